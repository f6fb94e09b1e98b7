"""What has to be done next on reports and cases, by whom, by which article."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tuoitho.cases.deadlines import Rule, rule
from tuoitho.cases.due_ages import adult_due, adults_due
from tuoitho.cases.due_emergency import about_case, emergencies_due, emergency_due
from tuoitho.cases.due_exchange import due_items as exchange_due
from tuoitho.cases.models import Case, Report, Service
from tuoitho.cases.states import State
from tuoitho.lib.due import DueItem
from tuoitho.lib.hanoi import today
from tuoitho.people.models import Child

MOST = 500
VISITS_AHEAD = timedelta(days=14)
# State -> the permission whose holder must act, and the rule of its limit.
TURNS: dict[str, tuple[str, str]] = {
    State.OPENED: ("cases.work", "first_response"),
    State.REOPENED: ("cases.work", "first_response"),
    State.ASSESSED: ("cases.work", "plan"),
    State.PLANNED: ("cases.work", "plan"),
    State.SUBMITTED: ("cases.approve", "approval"),
    State.SUPPORTING: ("cases.work", "visit"),
    State.FOLLOWING: ("cases.work", "visit"),
    State.REVIEWED: ("cases.close", ""),
}


# Whose turn it is, as the procedure names them.
WHO: dict[str, str | Promise] = {
    "cases.work": gettext_lazy("người làm công tác bảo vệ trẻ em cấp xã"),
    "cases.approve": gettext_lazy("Chủ tịch Ủy ban nhân dân cấp xã"),
    "cases.close": gettext_lazy("Chủ tịch Ủy ban nhân dân cấp xã hoặc cơ quan thường trực"),
}


def _rule(step: str) -> Rule | None:
    return rule(step, today()) if step else None


def _words(case: Case) -> tuple[str, str]:
    """What is due, and what closes it."""
    return {
        State.OPENED: (_("Đánh giá ban đầu"), _("Ghi đánh giá ban đầu (Mẫu 02)")),
        State.REOPENED: (_("Đánh giá lại"), _("Ghi đánh giá ban đầu (Mẫu 02)")),
        State.ASSESSED: (_("Lập kế hoạch"), _("Trình kế hoạch (Mẫu 04)")),
        State.PLANNED: (_("Trình kế hoạch"), _("Trình kế hoạch (Mẫu 04)")),
        State.SUBMITTED: (_("Phê duyệt kế hoạch"), _("Phê duyệt hoặc không (Mẫu 05)")),
        State.SUPPORTING: (_("Thăm hộ"), _("Ghi lần thăm")),
        State.FOLLOWING: (_("Thăm hộ"), _("Ghi lần thăm")),
        State.REVIEWED: (_("Quyết định sau rà soát"), _("Kết thúc, theo dõi tiếp hoặc lập lại")),
    }[State(case.state)]


def _basis(case: Case, step: str) -> str:
    limit = _rule(step)
    if limit is None:
        return "khoản 2 Điều 30 Nghị định 56/2017/NĐ-CP"
    if case.outside_children_law and limit.legal:
        return _("Thông lệ của chương trình (16–17 tuổi: luật không đặt hạn)")
    if case.emergency and step in ("plan", "approval"):
        return _("Thông lệ của chương trình (khẩn cấp: Điều 28 không đặt hạn)")
    return limit.basis


def of_case(case: Case, name: str) -> list[tuple[str, DueItem]]:
    """What is due on one case, each with the permission of who must do it. ``name``: the child."""
    if not case.is_open:
        return []
    items = []
    about: dict[str, Any] = {
        "subject": f"{case} · {name}" if name else str(case), "url_name": "cases:case_detail",
        "url_args": (case.pk,), "unit_name": case.unit.name,
    }  # fmt: skip
    if case.emergency_pending:
        items.append(("cases.approve", DueItem(
            what=_("Quyết định biện pháp khẩn cấp"), due=case.response_due_at,
            basis=_basis(case, "first_response"), done_by=_("Quyết định (Mẫu 07)"), **about,
        )))  # fmt: skip
    permission, step = TURNS[State(case.state)]
    first = step == "first_response"
    due = case.response_due_at if first else case.step_due_on
    if due is not None:
        what, done_by = _words(case)
        items.append((permission, DueItem(
            what=what, due=due, basis=_basis(case, step), done_by=done_by, **about
        )))  # fmt: skip
    return items


def due_on_page(case: Case, child: Child | None) -> list[tuple[str, DueItem]]:
    """As ``of_case``, with what its emergency leaves to do; for a case with its rows prefetched."""
    if not case.is_open:
        return []
    found = of_case(case, "") + emergency_due(case, about_case(case))
    adult = adult_due(case, child)
    found += [("cases.close", adult)] if adult else []
    return sorted(found, key=lambda pair: pair[1].moment)


def due_items(user: Any) -> list[DueItem]:
    """Everything of this room that waits for ``user``, soonest first; at most ``MOST``."""
    items = [*_reports(user), *_cases(user), *_services(user), *emergencies_due(user),
             *adults_due(user), *exchange_due(user)]  # fmt: skip
    return sorted(items, key=lambda item: item.moment)[:MOST]


def _reports(user: Any) -> Iterator[DueItem]:
    if not user.may("cases.screen"):
        return
    limit = _rule("first_response")
    waiting = Report.objects.visible_to(user).waiting().select_related("unit")
    for report in waiting.order_by("first_response_due_at")[:MOST]:
        yield DueItem(
            what=_("Xem xét tin báo"), subject=report.child_name or _("Trẻ chưa rõ tên"),
            due=report.first_response_due_at, url_name="cases:report_detail",
            url_args=(report.pk,), basis=limit.basis if limit else "",
            unit_name=report.unit.name, done_by=_("Sàng lọc, mở hồ sơ hoặc xếp lại"),
        )  # fmt: skip


def _cases(user: Any) -> Iterator[DueItem]:
    mine = [state for state, (permission, _step) in TURNS.items() if user.may(permission)]
    wanted = Q(state__in=mine)
    if user.may("cases.approve"):
        wanted |= Q(emergency_pending=True)
    if user.may("cases.sealed"):
        wanted |= Q(sealed=True)
    elif not mine:
        return
    soon = Q(step_due_on__lte=today() + VISITS_AHEAD) | ~Q(
        state__in=[State.SUPPORTING, State.FOLLOWING]
    )
    cases = Case.objects.visible_to(user).still_open().filter(wanted & soon)
    rows = cases.with_child_name().select_related("unit").order_by("step_due_on", "pk")[:MOST]
    for case in rows:
        for permission, item in of_case(case, getattr(case, "child_name", None) or ""):
            if case.unit_id in user.scope("cases.sealed" if case.sealed else permission):
                yield item


def _services(user: Any) -> Iterator[DueItem]:
    if not user.may("cases.work"):
        return
    late = Service.objects.visible_to(user).filter(ended_on=None, planned_end__lt=today())
    for service in late.select_related("case__unit").order_by("planned_end")[:MOST]:
        yield DueItem(
            what=_("Ghi kết quả dịch vụ"), subject=f"{service.case} · {service}",
            due=service.planned_end or today(), url_name="cases:service_end",
            url_args=(service.pk,), basis="Điều 29 Nghị định 56/2017/NĐ-CP",
            unit_name=service.case.unit.name,
            done_by=_("Kết thúc dịch vụ với kết quả"),
        )  # fmt: skip
