"""What an emergency leaves to be done: tell police and health, end in time, ask the court."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Case as When_
from django.db.models import Exists, OuterRef, Q, When
from django.utils.translation import gettext as _

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
from tuoitho.lib.due import DueItem
from tuoitho.lib.hanoi import day_of, today

MOST = 500
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


def emergencies_due(user: Any) -> Iterator[DueItem]:
    """The same over every case ``user`` sees, for whom it waits."""
    if user.may("cases.work") or user.may("cases.approve"):
        for measure in _measures(user):
            if user.may("cases.work") and measure.waits_for_word:
                yield from _tell_whom(measure)
            if measure.ends_soon:
                yield _end_of(measure, about_case(measure.case))
    if user.may("cases.approve"):
        for measure in _no_longer_needed(user):
            yield _safe(measure, about_case(measure.case))
    if user.may("cases.close"):
        yield from _courts(user)


def _tell_whom(measure: Any) -> Iterator[DueItem]:
    for party in Party:
        if not getattr(measure, party.value):
            yield _tell(measure, str(party.label), about_case(measure.case))


def _measures(user: Any) -> Any:
    """Measures of which police or health were not told, or whose last day comes near."""
    told = EmergencyNotice.objects.filter(case=OuterRef("case"), measure__round=OuterRef("round"))
    ending = Q(cancelled_on=None, until__gte=today(), until__lte=today() + AHEAD)
    untold = Q(due_at__isnull=False) & ~Q(case__state=State.CLOSED)
    untold &= Q(police=False) | Q(health=False)
    measures = EmergencyMeasure.objects.visible_to(user).annotate(
        police=Exists(told.filter(party=Party.POLICE)),
        health=Exists(told.filter(party=Party.HEALTH)),
        waits_for_word=When_(When(untold, then=True), default=False),
        ends_soon=When_(When(ending, then=True), default=False),
    )  # fmt: skip
    waiting = measures.filter(Q(waits_for_word=True) | Q(ends_soon=True))
    return waiting.select_related("case__unit").order_by("decided_at", "pk")[:MOST]


def _no_longer_needed(user: Any) -> Any:
    """Separations that last although Mẫu 03 has since said that the carers are safe."""
    said = Assessment.objects.filter(
        case=OuterRef("case"), carers_safe=True, on__gte=OuterRef("starts_on")
    )
    running = EmergencyMeasure.objects.visible_to(user).filter(
        Exists(said), kind=EmergencyKind.SEPARATION, cancelled_on=None, until__gte=today()
    )
    return running.select_related("case__unit").order_by("until")[:MOST]


def _courts(user: Any) -> Iterator[DueItem]:
    cases = Case.objects.visible_to(user).still_open()
    first = FirstAssessment.objects.filter(case=OuterRef("pk"), carer_is_abuser=True)
    later = Assessment.objects.filter(case=OuterRef("pk"), carer_is_abuser=True)
    asked = CourtRequest.objects.filter(case=OuterRef("pk"))
    waiting = (
        cases.filter(Exists(first) | Exists(later)).exclude(Exists(asked)).select_related("unit")
    )
    for case in waiting.prefetch_related("first_assessments", "assessments").order_by("pk")[:MOST]:
        since = abuse_said_on(case)
        if since is not None:
            yield _court(since, about_case(case))
