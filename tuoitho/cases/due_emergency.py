"""What an emergency leaves to be done: tell police and health, end in time, ask the court."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Subquery, Value
from django.db.models.functions import Greatest, Least, TruncDate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tuoitho.cases.models import (
    Assessment,
    Case,
    CourtRequest,
    EmergencyMeasure,
    EmergencyNotice,
    FirstAssessment,
)
from tuoitho.cases.models.emergency import EmergencyKind, Party
from tuoitho.cases.states import State
from tuoitho.lib.due import DueItem, Part, end_of_day, part_of
from tuoitho.lib.hanoi import HANOI, day_of, today

AHEAD = timedelta(days=14)
Found = tuple[str, DueItem]


def first_of_round(case: Case) -> EmergencyMeasure | None:
    """The measure by which this round of the case became urgent, None without one."""
    now_round = case.current_round()
    mine = [m for m in case.emergency_measures.all() if m.round == now_round]
    return min(mine, key=lambda m: (m.decided_at, m.pk), default=None)


def untold(case: Case) -> list[Party]:
    """Whom nobody has told of this round's emergency yet."""
    first = first_of_round(case)
    if first is None:
        return []
    rounds = {m.pk: m.round for m in case.emergency_measures.all()}
    told = {
        n.party for n in case.emergency_notices.all() if rounds.get(n.measure_id) == first.round
    }
    return [party for party in Party if party not in told]


def emergency_due(case: Case, about: dict[str, Any]) -> list[Found]:
    """What the emergency of one open case leaves to do. ``about``: subject and address."""
    first, found = first_of_round(case), []
    for party in untold(case):
        if first is not None:
            found.append(("cases.work", _tell(first, str(party.label), about)))
    found += [
        ("cases.approve", _end_of(measure, about))
        for measure in case.emergency_measures.all()
        if measure.is_running and measure.until is not None
    ]
    safe_since = max((a.on for a in case.assessments.all() if a.carers_safe), default=None)
    found += [
        ("cases.approve", _safe(measure, about))
        for measure in case.emergency_measures.all()
        if measure.is_separation
        and measure.is_running
        and safe_since is not None
        and safe_since >= measure.starts_on
    ]
    asked_since = abuse_said_on(case)
    if asked_since is not None and not case.court_requests.all():
        found.append(("cases.close", _court(asked_since, about)))
    return found


def abuse_said_on(case: Case) -> date | None:
    """The day an assessment said that those who care for the child harm it, None if none does."""
    said = [day_of(a.at) for a in case.first_assessments.all() if a.carer_is_abuser]
    said += [a.on for a in case.assessments.all() if a.carer_is_abuser]
    return min(said, default=None)


def _tell(first: EmergencyMeasure, party: str, about: dict[str, Any]) -> DueItem:
    limit: datetime = max(first.decided_at, first.due_at or first.decided_at)
    return DueItem(
        what=_("Thông báo cho %(party)s") % {"party": party.lower()}, due=limit,
        basis="khoản 3 Điều 26, Điều 31 Nghị định 56/2017/NĐ-CP",
        done_by=_("Ghi đã thông báo, hoặc vì sao không cần"), **about,
    )  # fmt: skip


def _end_of(measure: EmergencyMeasure, about: dict[str, Any]) -> DueItem:
    return DueItem(
        what=_("Hết hạn: %(what)s") % {"what": measure}, due=measure.until or today(),
        basis="Điều 32 Nghị định 56/2017/NĐ-CP",
        done_by=_("Đưa trẻ về hoặc chăm sóc thay thế"), **about,
    )  # fmt: skip


def _safe(measure: EmergencyMeasure, about: dict[str, Any]) -> DueItem:
    return DueItem(
        what=_("Chấm dứt cách ly: người chăm sóc đã bảo đảm an toàn"), due=today(),
        basis="Điều 32 Nghị định 56/2017/NĐ-CP", done_by=_("Ghi chấm dứt biện pháp"), **about,
    )  # fmt: skip


def _court(since: date, about: dict[str, Any]) -> DueItem:
    return DueItem(
        what=_("Xem xét đề nghị Tòa án"), due=since, basis="khoản 3 Điều 52 Luật Trẻ em 2016",
        done_by=_("Ghi đề nghị gửi Tòa án, hoặc vì sao không đề nghị"), **about,
    )  # fmt: skip


def about_case(case: Case) -> dict[str, Any]:
    """The subject and address of an item of this case, for a list."""
    return {
        "subject": str(case), "url_name": "cases:case_detail", "url_args": (case.pk,),
        "unit_name": case.unit.name,
    }  # fmt: skip


def _untold(party: Party) -> Callable[[Any], Any]:
    """First measures of an event of which nobody has told this body yet."""

    def rows(user: Any) -> Any:
        if not user.may("cases.work"):
            return None
        told = EmergencyNotice.objects.filter(
            case=OuterRef("case"), measure__round=OuterRef("round"), party=party
        )
        measures = EmergencyMeasure.objects.visible_to(user).filter(~Exists(told))
        waiting = measures.filter(due_at__isnull=False).exclude(case__state=State.CLOSED)
        return waiting.select_related("case__unit")

    return rows


def _ending(user: Any) -> Any:
    """Measures whose last day comes near."""
    if not user.may("cases.work") and not user.may("cases.approve"):
        return None
    measures = EmergencyMeasure.objects.visible_to(user).filter(cancelled_on=None)
    near = measures.filter(until__gte=today(), until__lte=today() + AHEAD)
    return near.select_related("case__unit")


def _no_longer_needed(user: Any) -> Any:
    """Separations that last although Mẫu 03 has since said that the carers are safe."""
    if not user.may("cases.approve"):
        return None
    said = Assessment.objects.filter(
        case=OuterRef("case"), carers_safe=True, on__gte=OuterRef("starts_on")
    )
    running = EmergencyMeasure.objects.visible_to(user).filter(
        Exists(said), kind=EmergencyKind.SEPARATION, cancelled_on=None, until__gte=today()
    )
    return running.annotate(due_on=Value(today())).select_related("case__unit")


def _courts(user: Any) -> Any:
    """Open cases of which a form says that the carers do harm, with ``since``: the first such day;
    nothing was said about a court yet."""
    if not user.may("cases.close"):
        return None
    first = FirstAssessment.objects.filter(case=OuterRef("pk"), carer_is_abuser=True)
    later = Assessment.objects.filter(case=OuterRef("pk"), carer_is_abuser=True)
    since = Least(
        Subquery(first.order_by("at").values(day=TruncDate("at", tzinfo=HANOI))[:1]),
        Subquery(later.order_by("on").values("on")[:1]),
    )
    asked = CourtRequest.objects.filter(case=OuterRef("pk"))
    cases = Case.objects.visible_to(user).still_open().filter(~Exists(asked))
    return cases.annotate(since=since).filter(since__isnull=False).select_related("unit")


def _of(measure: EmergencyMeasure) -> dict[str, Any]:
    return about_case(measure.case)


KIND, LABEL = "emergency", gettext_lazy("Biện pháp khẩn cấp")
OF_MEASURE = {"unit": "case__unit_id"}


def _telling(party: Party) -> Part:
    """The part of the queue about telling one body."""
    return part_of(
        KIND, LABEL, _untold(party), Greatest("decided_at", "due_at"),
        lambda row: _tell(row, str(party.label), _of(row)),
        prefix=f"tell-{party.value}", **OF_MEASURE,
    )  # fmt: skip


QUEUE = (
    *map(_telling, Party),
    part_of(KIND, LABEL, _ending, end_of_day("until"), lambda row: _end_of(row, _of(row)),
            prefix="ending", **OF_MEASURE),
    part_of(KIND, LABEL, _no_longer_needed, end_of_day("due_on"),
            lambda row: _safe(row, _of(row)), prefix="safe", **OF_MEASURE),
    part_of(KIND, LABEL, _courts, end_of_day("since"),
            lambda row: _court(row.since, about_case(row)), prefix="court"),
)  # fmt: skip
