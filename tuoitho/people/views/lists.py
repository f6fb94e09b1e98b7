"""The lists of children and of households."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tuoitho.access.guards import UserRequest, needs
from tuoitho.audit.actions import record
from tuoitho.lib.hanoi import today
from tuoitho.lib.text import fold
from tuoitho.people.filters import ChildFilter, HouseholdFilter
from tuoitho.people.models import Child, ChildQuerySet, Household
from tuoitho.people.school_years import school_year_of
from tuoitho.people.states import Poverty
from tuoitho.ui.listing import Action, Column, listing

POVERTY_COLOURS = {"poor": "red", "near_poor": "orange", "none": "green"}


def _poverty(household: Household | None) -> str:
    status = household.poverty(today().year) if household else ""
    return str(Poverty(status).label) if status else ""


def _poverty_colour(household: Household | None) -> str:
    return POVERTY_COLOURS.get(household.poverty(today().year) if household else "", "")


def _school(child: Child) -> str:
    latest = max(child.enrolments.all(), key=lambda row: row.school_year, default=None)
    if latest is None or latest.school_year == school_year_of(today()):
        return str(latest.get_status_display()) if latest else ""
    return f"{latest.get_status_display()} ({latest.school_year})"


def _circumstances(child: Child) -> str:
    now = today()
    rows = [r for r in child.circumstances.all() if r.since <= now and (r.until or now) >= now]
    return "; ".join(str(row.get_group_display()) for row in rows)


def _child_columns() -> list[Column]:
    return [
        Column("name", _("Họ và tên"), lambda c: c.full_name, sort="sort_name",
               link=lambda c: reverse("people:child_detail", args=[c.pk])),
        Column("age", _("Tuổi"), lambda c: c.age_text(today())),
        Column("birth_date", _("Ngày sinh"), lambda c: c.birth_date, sort="birth_date",
               hide_small=True),
        Column("sex", _("Giới tính"), lambda c: c.get_sex_display(), sort="sex"),
        Column("hamlet", _("Thôn, tổ"), lambda c: c.hamlet, sort="hamlet"),
        Column("head", _("Chủ hộ"), lambda c: c.household, sort="household__head_name",
               hide_small=True),
        Column("poverty", _("Nghèo"), lambda c: _poverty(c.household),
               badge=lambda c: _poverty_colour(c.household)),
        Column("circumstances", _("Hoàn cảnh đặc biệt"), _circumstances),
        Column("school", _("Đi học"), _school),
        Column("unit", _("Xã, phường"), lambda c: c.unit.name, sort="unit__name", hide_small=True),
    ]  # fmt: skip


def _asked(request: UserRequest, children: ChildQuerySet) -> ChildQuerySet:
    """The children asked for in the box; without one, minors (unless grown ones are wanted, or ages
    are given). By words alone the nearest are enough to look through; filtered, sorted another way
    or taken home the list is whole."""
    given = request.GET
    if not any(given.get(name) for name in ("q", "grown", "age_from", "age_to")):
        children = children.minors_on(today())
    more = any(value for name, value in given.items() if name not in _LOOKING)
    return children.asked(given.get("q", ""), request.user, whole=more)


_LOOKING = ("q", "after", "before")


@require_GET
@needs("people.view")
def child_list(request: UserRequest) -> HttpResponse:
    children = _asked(request, Child.objects.visible_to(request.user))
    children = children.select_related("unit", "household").prefetch_related(
        "household__poverty_statuses", "enrolments", "circumstances"
    )
    if request.GET.get("format"):
        record_export(request)
    ranked = "match_rank" in children.query.annotations
    return listing(
        request, children, _child_columns(), title=_("Trẻ em"), filterset=ChildFilter,
        empty=_("Chưa có trẻ nào trong sổ. Hãy đăng ký em đầu tiên."),
        default_sort="-match_rank" if ranked else "name", actions=_actions(request, "child"),
        filename="tre-em", template="people/register_list.html", context=tabs(request, "child"),
    )  # fmt: skip


def record_export(request: UserRequest, *what: str) -> None:
    """A list taken home is remembered: which (``what``, the register itself when not said) and by
    which filters, not what was typed (it may be a number)."""
    home = request.user.home()
    filters = sorted(name for name, value in request.GET.items() if value and name != "format")
    record("people.export", None, by=request.user, note=", ".join([*what, *filters]),
           unit_key=home.unit_id if home else None)  # fmt: skip


def _actions(request: UserRequest, noun: str) -> list[Action]:
    if not request.user.may("people.register"):
        return []
    label = _("Đăng ký trẻ") if noun == "child" else _("Lập hộ mới")
    return [Action(label, reverse(f"people:{noun}_new"))]


def tabs(request: UserRequest, noun: str) -> dict[str, Any]:
    """What the row of lists above a list of the register needs: which of them this one is."""
    return {"noun": noun, "may_identify": request.user.may("people.identity")}


@require_GET
@needs("people.view")
def household_list(request: UserRequest) -> HttpResponse:
    households = Household.objects.visible_to(request.user).matching(request.GET.get("q", ""))
    households = households.select_related("unit").prefetch_related("poverty_statuses", "children")
    columns = [
        Column("head", _("Chủ hộ"), lambda h: h.head_name, sort="head_name",
               link=lambda h: reverse("people:household_detail", args=[h.pk])),
        Column("hamlet", _("Thôn, tổ"), lambda h: h.hamlet, sort="hamlet"),
        Column("address", _("Địa chỉ"), lambda h: h.address, hide_small=True),
        Column("children", _("Số trẻ"), lambda h: len(h.children.all())),
        Column("poverty", _("Năm nay"), _poverty, badge=_poverty_colour),
        Column("unit", _("Xã, phường"), lambda h: h.unit.name, sort="unit__name", hide_small=True),
    ]  # fmt: skip
    ranked = bool(fold(request.GET.get("q", "")))
    return listing(
        request, households, columns, title=_("Hộ gia đình"), filterset=HouseholdFilter,
        empty=_("Chưa có hộ nào trong sổ. Hãy lập hộ đầu tiên."),
        default_sort="-match_rank" if ranked else "head", actions=_actions(request, "household"),
        filename="ho-gia-dinh", template="people/register_list.html",
        context=tabs(request, "household"),
    )  # fmt: skip
