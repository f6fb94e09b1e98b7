"""Referrals, consents and handovers on a child's timeline."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from tuoitho.access.models import User
from tuoitho.cases.models import (
    Consent,
    Ground,
    Handover,
    Party,
    Purpose,
    Referral,
    ServiceKind,
    ServiceResult,
    SharingBasis,
)
from tuoitho.cases.timeline.source import Entry, Raw, Source
from tuoitho.people.models import Child


def _referrals(child: Child, user: User) -> QuerySet[Referral]:
    return Referral.objects.sent_from_sight_of(user).filter(case__child=child)


def _consents(child: Child, user: User) -> QuerySet[Consent]:
    return Consent.objects.visible_to(user).filter(child=child)


def _withdrawn(child: Child, user: User) -> QuerySet[Consent]:
    return _consents(child, user).filter(withdrawn_on__isnull=False)


def _bases(child: Child, user: User) -> QuerySet[SharingBasis]:
    return SharingBasis.objects.visible_to(user).filter(case__child=child)


def _handovers(child: Child, user: User) -> QuerySet[Handover]:
    return Handover.objects.visible_to(user).filter(case__child=child)


def _page(raw: Raw) -> str:
    return reverse("cases:referral_detail", args=[raw.number])


def _kind(raw: Raw) -> str:
    return f"{ServiceKind(raw.facts['kind']).label}: {raw.facts['receiver']}"


def _referral(raw: Raw) -> Entry:
    title = _("Chuyển tiếp: %(what)s") % {"what": _kind(raw)}
    return Entry(raw.day, title, raw.text, "send", raw.facts["who"], _page(raw))


def _answer(raw: Raw) -> Entry:
    words = _("Nơi nhận từ chối: %(what)s") if raw.facts["state"] == "refused" else _(
        "Nơi nhận đã nhận: %(what)s"
    )  # fmt: skip
    return Entry(raw.day, words % {"what": _kind(raw)}, icon="check", url=_page(raw))


def _end(raw: Raw) -> Entry:
    if raw.facts["state"] == "done":
        result = ServiceResult(raw.facts["result"]).label
        title = _("Nơi nhận báo kết quả: %(what)s") % {"what": _kind(raw)}
        return Entry(raw.day, title, str(result), "check", url=_page(raw))
    title = _("Rút lại đề nghị: %(what)s") % {"what": _kind(raw)}
    return Entry(raw.day, title, icon="arrow-back-up", url=_page(raw))


def _about(raw: Raw) -> str:
    return f"{Party(raw.facts['party']).label} · {Purpose(raw.facts['purpose']).label}"


def _consent(raw: Raw) -> Entry:
    refused = raw.facts["state"] == "refused"
    title = _("Không đồng ý chia sẻ thông tin") if refused else _("Đồng ý chia sẻ thông tin")
    return Entry(raw.day, title, _about(raw), "file-text", raw.facts["who"])


def _withdrawal(raw: Raw) -> Entry:
    return Entry(raw.day, _("Rút lại đồng ý"), _about(raw), "arrow-back-up", raw.facts["who"])


def _basis(raw: Raw) -> Entry:
    title = _("Căn cứ chia sẻ: %(ground)s") % {"ground": Ground(raw.facts["ground"]).label}
    return Entry(raw.day, title, raw.text, "file-text", raw.facts["who"])


def _handover(raw: Raw) -> Entry:
    where = f"{raw.facts['from']} → {raw.facts['to'] or raw.facts['place']}"
    title = _("Đề nghị bàn giao: %(where)s") % {"where": where}
    return Entry(raw.day, title, icon="arrows-sort", who=raw.facts["who"],
                 url=reverse("cases:handover_detail", args=[raw.number]))  # fmt: skip


_OF_REFERRAL = {"kind": "kind", "receiver": "receiver__name", "state": "state", "result": "result"}
_OF_CONSENT = {"party": "party", "purpose": "purpose", "state": "state"}

EXCHANGE: tuple[Source, ...] = (
    Source("referral", "help", Referral, _referrals, "offered_on",
           {**_OF_REFERRAL, "who": "offered_by"}, _referral, "request"),
    Source("referral_answer", "help", Referral, _referrals, "answered_on", _OF_REFERRAL, _answer),
    Source("referral_end", "help", Referral, _referrals, "ended_on", _OF_REFERRAL, _end),
    Source("consent", "paper", Consent, _consents, "valid_from",
           {**_OF_CONSENT, "who": "recorded_by"}, _consent),
    Source("withdrawal", "paper", Consent, _withdrawn, "withdrawn_on",
           {**_OF_CONSENT, "who": "withdrawn_by"}, _withdrawal),
    Source("sharing_basis", "paper", SharingBasis, _bases, "on",
           {"ground": "ground", "who": "recorded_by"}, _basis, "reason"),
    Source("handover", "case", Handover, _handovers, "offered_on",
           {"from": "from_unit__name", "to": "to_unit__name", "place": "to_place",
            "who": "offered_by"}, _handover),
)  # fmt: skip
