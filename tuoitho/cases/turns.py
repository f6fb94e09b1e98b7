"""Whose turn it is on a case: which steps wait, since when, by whom, and what closes them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tuoitho.cases.deadlines import Rule, rule
from tuoitho.cases.models import Case
from tuoitho.cases.states import State
from tuoitho.lib.hanoi import HANOI, day_of


@dataclass(frozen=True)
class Step:
    """A step with a limit: its permission, the kind of work it is in a queue, its words."""

    permission: str
    kind: str
    what: str | Promise
    done_by: str | Promise


STEPS: dict[str, Step] = {
    "report": Step("cases.screen", "report", _("Xem xét tin báo"),
                   _("Sàng lọc, mở hồ sơ hoặc xếp lại")),
    "first_response": Step("cases.work", "case", _("Đánh giá ban đầu"),
                           _("Ghi đánh giá ban đầu (Mẫu 02)")),
    "emergency": Step("cases.approve", "approval", _("Quyết định biện pháp khẩn cấp"),
                      _("Quyết định (Mẫu 07)")),
    "plan": Step("cases.work", "case", _("Lập và trình kế hoạch"), _("Trình kế hoạch (Mẫu 04)")),
    "approval": Step("cases.approve", "approval", _("Phê duyệt kế hoạch"),
                     _("Phê duyệt hoặc không (Mẫu 05)")),
    "visit": Step("cases.work", "visit", _("Thăm hộ"), _("Ghi lần thăm")),
    "decision": Step("cases.close", "approval", _("Quyết định sau rà soát"),
                     _("Kết thúc, theo dõi tiếp hoặc lập lại")),
    "service": Step("cases.work", "service", _("Ghi kết quả dịch vụ"),
                    _("Kết thúc dịch vụ với kết quả")),
}  # fmt: skip
# The rule by which a step is counted, where it has another name.
RULE_OF = {"report": "first_response"}
KINDS: dict[str, str | Promise] = {
    "report": _("Tin báo"), "case": _("Hồ sơ"), "approval": _("Phê duyệt, quyết định"),
    "visit": _("Thăm hộ"), "service": _("Dịch vụ"),
}  # fmt: skip
# State -> the step whose limit runs.
TURNS: dict[str, str] = {
    State.OPENED: "first_response",
    State.REOPENED: "first_response",
    State.ASSESSED: "plan",
    State.PLANNED: "plan",
    State.SUBMITTED: "approval",
    State.SUPPORTING: "visit",
    State.FOLLOWING: "visit",
    State.REVIEWED: "decision",
}
# Whose turn it is, as the procedure names them.
WHO: dict[str, str | Promise] = {
    "cases.screen": _("người làm công tác bảo vệ trẻ em cấp xã"),
    "cases.work": _("người làm công tác bảo vệ trẻ em cấp xã"),
    "cases.approve": _("Chủ tịch Ủy ban nhân dân cấp xã"),
    "cases.close": _("Chủ tịch Ủy ban nhân dân cấp xã hoặc cơ quan thường trực"),
}


@dataclass(frozen=True)
class Waiting:
    """A limit that should be running now. ``about``: which row of the case, "" for the case."""

    step: str
    about: str
    due_at: datetime
    started_at: datetime
    rule: Rule


def end_of(day: date) -> datetime:
    """The last moment of a day in Hà Nội: until then a limit in days is kept."""
    return datetime.combine(day, time.max, HANOI)


def start_of(day: date) -> datetime:
    """The first moment of a day in Hà Nội."""
    return datetime.combine(day, time(), HANOI)


def rule_for(step: str, day: date) -> Rule:
    """The dated rule by which ``step`` is counted when it starts on ``day``."""
    return rule(RULE_OF.get(step, step), day)


def is_of_law(case: Case, step: str, limit: Rule) -> bool:
    """Whether the law sets this limit for this case: not for a minor of 16 or 17, and in an
    emergency not for plan and approval (khoản 1, 4 Điều 28)."""
    unbound = case.emergency is True and step in ("plan", "approval")
    return limit.legal and not case.outside_children_law and not unbound


def waiting(case: Case, on: date) -> Iterator[Waiting]:
    """Every limit that should run on ``case``; those that begin now began on ``on``."""
    if not case.is_open:
        return
    if case.emergency_pending:
        yield _response(case, "emergency")
    step = TURNS[State(case.state)]
    if step == "first_response":
        yield _response(case, step)
    elif case.step_due_on is not None:
        yield Waiting(step, "", end_of(case.step_due_on), start_of(on), rule_for(step, on))
    for service in case.services.all():
        planned = service.planned_end
        if planned is not None and service.ended_on is None:
            yield Waiting("service", str(service.pk), end_of(planned), start_of(planned),
                          rule_for("service", planned))  # fmt: skip


def _response(case: Case, step: str) -> Waiting:
    limit = rule_for(step, day_of(case.response_due_at))
    began = case.response_due_at - timedelta(hours=limit.amount)
    return Waiting(step, "", case.response_due_at, began, limit)
