"""A case as its page shows it: where it stands, what has happened, what may be done next."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tuoitho.access.models import User
from tuoitho.cases.deadlines import cessation_day
from tuoitho.cases.due_emergency import abuse_said_on
from tuoitho.cases.models import Case
from tuoitho.cases.models.sight import may_step
from tuoitho.cases.states import MAIN_LINE, MOVES, State
from tuoitho.cases.turns import STEPS
from tuoitho.lib.hanoi import HANOI
from tuoitho.lib.steps import moves_from
from tuoitho.ui.formats import vn_datetime

LABELS: dict[str, str | Promise] = {
    "open": gettext_lazy("Mở hồ sơ"), "seal": gettext_lazy("Niêm phong hồ sơ"),
    "transfer": gettext_lazy("Chuyển hồ sơ"), "assign": gettext_lazy("Giao hồ sơ"),
    "sixteen": gettext_lazy("Đủ 16 tuổi"), **{m.name: m.label for m in MOVES},
}  # fmt: skip
# What NĐ 56/2017 asks for and does not bind at 16 and 17: offered, not demanded.
OPTIONAL = frozenset({State.OPENED, State.ASSESSED, State.PLANNED, State.SUBMITTED, State.REVIEWED})
FIRST = {
    "assess_needs",
    "visit",
    "cease",
    "close",
    "approve_plan",
    "submit_plan",
}  # what usually comes next
OWN_PAGE = {"draft_plan": "cases:case_plan", "replan": "cases:case_plan"}


@dataclass(frozen=True)
class Stop:
    """One stop of the stepper: ``place`` is done, here or ahead."""

    label: str
    place: str
    optional: bool


def stepper(case: Case) -> list[Stop]:
    """The main line with where the case stands; steps that do not bind are marked."""
    state = State(case.state)
    here = MAIN_LINE.index(State.OPENED if state == State.REOPENED else state)
    optional = OPTIONAL if case.outside_children_law else frozenset()
    return [
        Stop(
            str(State.REOPENED.label if stop == here and state == State.REOPENED else name.label),
            "done" if stop < here or state == State.CLOSED else "here" if stop == here else "ahead",
            name in optional,
        )
        for stop, name in enumerate(MAIN_LINE)
    ]


@dataclass(frozen=True)
class Button:
    """Something this person may do now. ``main``: a step of the procedure, by article."""

    name: str
    label: str
    url: str
    basis: str = ""
    main: bool = True


def _may(user: User, permission: str, case: Case) -> bool:
    return may_step(user, permission, case)


def buttons(case: Case, user: User) -> list[Button]:
    """The steps of the table this person may take from here, then what may be added any time."""
    found: list[Button] = []
    outside, urgent = case.outside_children_law, case.is_urgent()
    for move in moves_from(MOVES, case.state):
        if move.is_for(outside=outside, urgent=urgent) and _may(user, move.permission, case):
            found.append(_button(case, move.name, move.label, basis=move.basis))
    found += [*_any_time(case, user), *_between_bodies(case, user)] if case.is_open else []
    return sorted(found, key=lambda button: button.name not in FIRST)


def _button(case: Case, name: str, label: Any, *, basis: str = "", main: bool = True) -> Button:
    if name in OWN_PAGE:
        url = reverse(OWN_PAGE[name], args=[case.pk])
    else:
        url = reverse("cases:case_step", args=[case.pk, name])
    return Button(name, str(label), url, basis, main)


def _any_time(case: Case, user: User) -> list[Button]:
    found = _protecting(case, user)
    if _may(user, "cases.work", case):
        found = _working(case) + found
    if _waits_for_verification(case, user):
        found.append(_button(case, "verify", _("Xác minh chấm dứt lao động"), main=False))
    if _may(user, "cases.transfer", case):
        found.append(_button(case, "transfer", _("Chuyển địa bàn"), main=False))
    if _may(user, "cases.supervise", case):
        found.append(_button(case, "assign", _("Giao hồ sơ"), main=False))
    if case.assigned_to_id is None and _may(user, "cases.work", case):
        found.append(_button(case, "take", _("Nhận phụ trách"), main=False))
    if not case.sealed and _may(user, "cases.screen", case):
        found.append(_button(case, "seal", _("Niêm phong (mua bán người)"), main=False))
    return found


def _protecting(case: Case, user: User) -> list[Button]:
    """The emergency measure and the request to the court."""
    found = []
    if _may(user, "cases.approve", case):
        found.append(_button(
            case, "emergency", _("Quyết định biện pháp khẩn cấp"),
            basis="Điều 31, 32", main=case.emergency_pending,
        ))  # fmt: skip
    if _may(user, "cases.close", case):
        pressing = abuse_said_on(case) is not None and not case.court_requests.all()
        found.append(_button(
            case, "court", _("Đề nghị Tòa án"), basis="khoản 3 Điều 52 Luật Trẻ em", main=pressing,
        ))  # fmt: skip
    return found


def _working(case: Case) -> list[Button]:
    """What the worker writes: Mẫu 03, the meeting, the draft, visits, services, cessation."""
    found = []
    if case.state == State.PLANNED:
        found.append(_button(case, "draft_plan", _("Sửa dự thảo kế hoạch")))
    # Before the plan, Mẫu 03 is what comes next.
    first = case.state == State.ASSESSED and not case.assessments.all()
    url = reverse("cases:case_assess_needs", args=[case.pk])
    label = _("Đánh giá cụ thể (Mẫu 03)")
    found.append(Button("assess_needs", label, url, "khoản 1 Điều 27", main=first))
    if case.state in (State.ASSESSED, State.PLANNED):
        url = reverse("cases:case_meeting", args=[case.pk])
        found.append(Button("meeting", _("Họp xác định nhu cầu"), url, "khoản 2 Điều 27", False))
    visit = reverse("cases:case_visit", args=[case.pk])
    # While the schedule of visits runs, a visit is what comes next.
    visited = case.state in (State.SUPPORTING, State.FOLLOWING)
    found.append(Button("visit", _("Ghi lần thăm"), visit, main=visited))
    found.append(_button(case, "service", _("Thêm dịch vụ"), main=False))
    if case.ceased_on is None and _has_ceased(case):
        found.append(_button(case, "cease", _("Ghi chấm dứt lao động trái quy định")))
    return found


def _waits_for_verification(case: Case, user: User) -> bool:
    """Somebody has to verify a cessation, and this person may and has not made its visits."""
    if not (_may(user, "cases.work", case) or _may(user, "cases.close", case)):
        return False
    if user.pk in {visit.visited_key for visit in case.visits.all()}:
        return False
    return any(c.ceased_on == case.ceased_on and not c.is_verified for c in case.cessations.all())


def _between_bodies(case: Case, user: User) -> list[Button]:
    """Asking another body for help, offering the case to another commune."""
    found = []
    if not case.sealed and _may(user, "cases.work", case):
        refer = reverse("cases:referral_new", args=[case.pk])
        found.append(Button("refer", _("Chuyển tiếp"), refer, main=False))
    if _may(user, "cases.transfer", case):
        offer = reverse("cases:handover_new", args=[case.pk])
        found.append(Button("handover", _("Bàn giao hồ sơ"), offer, main=False))
    return found


def _has_ceased(case: Case) -> bool:
    began = case.round_began()
    visits = sorted((v.on, v.clear) for v in case.visits.all() if v.on >= began)
    return cessation_day(visits) is not None


@dataclass(frozen=True)
class Event:
    """One line of the timeline, as ``{% timeline %}`` wants it."""

    when: date | datetime
    title: str
    text: str = ""
    icon: str = "clock"
    who: str = ""
    url: str = ""

    @property
    def moment(self) -> datetime:
        if isinstance(self.when, datetime):
            return self.when
        return datetime(self.when.year, self.when.month, self.when.day, 12, tzinfo=HANOI)


def story_of(case: Case) -> list[Event]:
    """Everything that happened, latest first. ``case`` comes with its rows prefetched."""
    events = [
        Event(m.on, str(LABELS.get(m.name, m.name)), m.note, "chevron-right", m.by_name)
        for m in case.moves.all()
    ]
    events += [
        Event(r.received_at, _("Tin báo: %(from)s") % {"from": r.get_channel_display()},
              icon="bell-ringing", url=reverse("cases:report_detail", args=[r.pk]))
        for r in case.reports.all()
    ]  # fmt: skip
    events += [
        Event(s.observed_on, _("Sàng lọc: %(found)s") % {"found": s.get_outcome_display()},
              icon="search", who=s.screened_by,
              url=reverse("cases:screening_detail", args=[s.pk]))
        for s in case.screenings.all()
    ]  # fmt: skip
    events += _help(case)
    events += recounted(case)
    events += [
        Event(m.decided_at, str(m), _measure_words(m), "alert-triangle", m.decided_by)
        for m in case.emergency_measures.all()
    ]
    # What was written later on the same day stands above.
    return sorted(events, key=lambda event: event.moment)[::-1]


def recounted(case: Case) -> list[Event]:
    """Limits that were counted anew, and superiors that were told."""
    events = []
    for clock in case.clocks.all():
        what = STEPS[clock.step].what
        for change in clock.changes.all():
            text = _("Hạn cũ %(old)s, hạn mới %(new)s. %(why)s") % {
                "old": vn_datetime(change.old_due_at), "new": vn_datetime(change.new_due_at),
                "why": change.why,
            }  # fmt: skip
            title = _("Tính lại hạn: %(what)s") % {"what": what}
            events.append(Event(change.at, title, text, "calendar", change.by_name))
        if told := getattr(clock, "escalation", None):
            title = _("Quá hạn luật định, báo cấp trên: %(what)s") % {"what": what}
            events.append(Event(told.at, title, told.told_names, "alert-triangle"))
    return events


def _measure_words(measure: Any) -> str:
    if measure.until is None:
        return ""
    return _("Từ %(start)s đến %(end)s") % {
        "start": f"{measure.starts_on:%d/%m/%Y}",
        "end": f"{measure.cancelled_on or measure.until:%d/%m/%Y}",
    }


def _help(case: Case) -> list[Event]:
    events = []
    for service in case.services.all():
        events.append(Event(
            service.starts_on, str(service), service.what, "heart-handshake", service.recorded_by
        ))  # fmt: skip
        if service.ended_on:
            ended = _("Kết thúc: %(what)s") % {"what": service}
            result = f"{service.get_result_display()}. {service.result_note}"
            events.append(Event(service.ended_on, ended, result, "check"))
    for visit in case.visits.all():
        found = (
            _("không còn lao động trái quy định") if visit.clear else visit.get_outcome_display()
        )
        title = _("Thăm hộ: %(found)s") % {"found": found}
        text = f"{visit.get_schooling_display()}. {visit.note}"
        events.append(Event(visit.on, title, text, "home", visit.visited_by))
    return events
