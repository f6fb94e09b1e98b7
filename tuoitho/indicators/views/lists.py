"""The rows behind a figure, for those who may see them."""

from collections.abc import Callable
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tuoitho.access.guards import UserRequest, needs
from tuoitho.activities.models import Reach
from tuoitho.cases.models import Case
from tuoitho.establishments.models import Establishment
from tuoitho.indicators.counting import CaseShare, EmployersReached
from tuoitho.indicators.definitions import BY_CODE
from tuoitho.indicators.places import Ask
from tuoitho.indicators.views.choice import chosen
from tuoitho.lib.hanoi import today
from tuoitho.people.models import Child
from tuoitho.ui.listing import Action, Column, listing


@require_GET
@needs("indicators.view")
def target_list(request: UserRequest, code: str) -> HttpResponse:
    """Only what this person may see of what was counted: it may be fewer than the figure says."""
    indicator = BY_CODE.get(code)
    if indicator is None:
        raise Http404
    choice = chosen(request)
    rows = indicator.measure.listed(choice.ask, request.user)
    if request.GET.get("format") and rows.model is Case:
        rows = rows.filter(sealed=False)  # nothing sealed leaves in a file
    columns, sort, related = COLUMNS[rows.model]
    marked = _marked(rows.select_related(*related), indicator.measure, choice.ask)
    back = f"{reverse('indicators:target_detail', args=[code])}?{choice.query}"
    title = _("%(code)s, %(unit)s, %(year)s: các dòng được đếm") % {
        "code": code, "unit": choice.unit.name, "year": choice.year,
    }  # fmt: skip
    return listing(
        request, marked, columns(), default_sort=sort, title=title,
        empty=_("Không có dòng nào, hoặc bạn không có quyền xem từng dòng."),
        actions=[Action(_("Về chỉ tiêu"), back, "target-arrow")],
        filename=f"chi-tieu-{code}-{choice.year}",
        template="indicators/target_list.html",
    )  # fmt: skip


def _marked(rows: QuerySet[Any], measure: Any, ask: Ask) -> QuerySet[Any]:
    """With ``good``: whether the row is in the numerator, where rows are of both sides."""
    if isinstance(measure, CaseShare):
        # A child who has moved away is out of sight; the case stays in the list.
        rows = rows.with_child_name().annotate(  # type: ignore[attr-defined]
            good=Exists(measure.in_numerator(ask).filter(pk=OuterRef("pk")))
        )
    elif isinstance(measure, EmployersReached):
        reached = measure.in_numerator(ask).filter(establishment=OuterRef("pk"))
        rows = rows.annotate(good=Exists(reached))
    return rows


def _good() -> Column:
    return Column(
        "good", _("Trong tử số"), lambda row: _("Có") if row.good else _("Không"),
        badge=lambda row: "green" if row.good else "orange",
    )  # fmt: skip


def _case_columns() -> list[Column]:
    return [
        Column("child", _("Trẻ"), lambda c: c.child_name or _("(ngoài địa bàn)"), sort="child_name",
               link=lambda c: reverse("cases:case_detail", args=[c.pk])),
        Column("category", _("Nhóm"), lambda c: c.get_category_display()),
        Column("notified_on", _("Ngày nhận tin"), lambda c: c.notified_on, sort="notified_on"),
        Column("unit", _("Nơi xảy ra"), lambda c: c.opened_unit.name, sort="opened_unit__name"),
        Column("state", _("Tình trạng"), lambda c: c.get_state_display(), hide_small=True),
        _good(),
    ]  # fmt: skip


def _child_columns() -> list[Column]:
    return [
        Column("name", _("Trẻ"), lambda c: c.full_name, sort="full_name",
               link=lambda c: reverse("people:child_detail", args=[c.pk])),
        Column("age", _("Tuổi"), lambda c: c.age_on(today())),
        Column("sex", _("Giới tính"), lambda c: c.get_sex_display()),
        Column("unit", _("Nơi ở"), lambda c: c.unit.name, sort="unit__name"),
    ]  # fmt: skip


def _reach_columns() -> list[Column]:
    return [
        Column("on", _("Ngày"), lambda r: r.activity.done_on, sort="activity__done_on"),
        Column("activity", _("Hoạt động"), lambda r: r.activity.title,
               link=lambda r: reverse("activities:activity_detail", args=[r.activity_id])),
        Column("unit", _("Địa bàn"), lambda r: r.activity.unit.name, sort="activity__unit__name"),
        Column("owner", _("Cơ quan"), lambda r: r.activity.get_owner_display(), hide_small=True),
        Column("attended", _("Số lượt người"), lambda r: r.attended, sort="attended"),
        Column("counted", _("Được đếm"), lambda r: r.counted),
    ]  # fmt: skip


def _establishment_columns() -> list[Column]:
    return [
        Column("name", _("Tên cơ sở"), lambda e: e.name, sort="folded_name",
               link=lambda e: reverse("establishments:establishment_detail", args=[e.pk])),
        Column("kind", _("Loại hình"), lambda e: e.get_kind_display(), sort="kind"),
        Column("unit", _("Địa bàn"), lambda e: e.unit.name, sort="unit__name"),
        _good(),
    ]  # fmt: skip


COLUMNS: dict[Any, tuple[Callable[[], list[Column]], str, tuple[str, ...]]] = {
    Case: (_case_columns, "-notified_on", ("opened_unit",)),
    Child: (_child_columns, "name", ("unit",)),
    Reach: (_reach_columns, "-on", ("activity__unit",)),
    Establishment: (_establishment_columns, "name", ("unit",)),
}
