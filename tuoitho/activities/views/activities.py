"""Screens of activities: the list, one activity, planning, recording, and whom they reached."""

from typing import Any

import django_filters
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from tuoitho.access.forms import manageable_units
from tuoitho.access.guards import UserRequest, needs
from tuoitho.access.models import User
from tuoitho.activities import actions
from tuoitho.activities.forms import CancelForm, PlanForm, RecordForm, row_label
from tuoitho.activities.kinds import Kind
from tuoitho.activities.models import Activity, EstablishmentReach, Reach
from tuoitho.activities.offices import recorded_by
from tuoitho.activities.states import MOVES, State, Step
from tuoitho.establishments.states import Kind as EstablishmentKind
from tuoitho.lib.hanoi import today
from tuoitho.lib.periods import Period
from tuoitho.lib.steps import moves_from
from tuoitho.plan.offices import Office
from tuoitho.ui.listing import Action, Column, listing
from tuoitho.ui.responses import page, see_other
from tuoitho.units.models import Unit

COLOURS = {State.PLANNED: "blue", State.DONE: "green", State.CANCELLED: "secondary"}
FIRST_YEAR = 2021  # the plan's first


def _units(request: HttpRequest | None) -> Any:
    user = getattr(request, "user", None)
    return manageable_units(user, "activities.view") if user else Unit.objects.none()


def years() -> list[tuple[int, str]]:
    """Years a list may be filtered by: the plan's first to the next."""
    return [(year, str(year)) for year in range(today().year + 1, FIRST_YEAR - 1, -1)]


class ActivityFilter(django_filters.FilterSet):  # type: ignore[misc]
    title = django_filters.CharFilter(lookup_expr="icontains", label=gettext_lazy("Tên hoạt động"))
    year = django_filters.ChoiceFilter(
        choices=years, field_name="starts_on", lookup_expr="year", label=gettext_lazy("Năm")
    )
    kind = django_filters.ChoiceFilter(choices=Kind.choices, label=gettext_lazy("Hình thức"))
    state = django_filters.ChoiceFilter(choices=State.choices, label=gettext_lazy("Tình trạng"))
    owner = django_filters.ChoiceFilter(
        choices=Office.choices, label=gettext_lazy("Cơ quan chủ trì")
    )
    unit = django_filters.ModelChoiceFilter(queryset=_units, label=gettext_lazy("Địa bàn"))

    class Meta:
        model = Activity
        fields: list[str] = []


@require_GET
@needs("activities.view")
def activity_list(request: UserRequest) -> HttpResponse:
    columns = [
        Column("title", _("Tên hoạt động"), lambda a: a.title, sort="title",
               link=lambda a: reverse("activities:activity_detail", args=[a.pk])),
        Column("starts_on", _("Ngày"), lambda a: a.starts_on, sort="starts_on"),
        Column("kind", _("Hình thức"), lambda a: a.get_kind_display()),
        Column("owner", _("Cơ quan chủ trì"), lambda a: a.get_owner_display(), hide_small=True),
        Column("unit", _("Địa bàn"), lambda a: a.unit.name),
        Column("seats", _("Số lượt người"), lambda a: a.seats or 0),
        Column("people", _("Lần đầu trong năm"), lambda a: a.people or 0, hide_small=True),
        Column("state", _("Tình trạng"), lambda a: a.get_state_display(),
               badge=lambda a: COLOURS[a.state]),
    ]  # fmt: skip
    buttons = [Action(_("Số người được tiếp cận"), reverse("activities:reach_list"), "users")]
    if request.user.may("activities.record"):
        buttons.insert(0, Action(_("Lập hoạt động"), reverse("activities:activity_new")))
    return listing(
        request,
        Activity.objects.visible_to(request.user).with_people().select_related("unit"),
        columns, filterset=ActivityFilter, default_sort="-starts_on", title=_("Hoạt động"),
        empty=_("Chưa có hoạt động nào. Hãy lập hoạt động đầu tiên."), actions=buttons,
        filename="hoat-dong",
    )  # fmt: skip


def establishments_by_kind(user: User, period: Period) -> list[tuple[str, int, int]]:
    """Kind, distinct workplaces informed, distinct workplaces taught; else none."""
    if not user.may("establishments.view"):
        return []
    rows = EstablishmentReach.objects.visible_to(user)
    informed, trained = rows.informed_in(period).by_kind(), rows.trained_in(period).by_kind()
    return [
        (str(kind.label), informed.get(kind, 0), trained.get(kind, 0))
        for kind in EstablishmentKind
        if informed.get(kind)
    ]


@require_GET
@needs("activities.view")
def reach_list(request: UserRequest) -> HttpResponse:
    """Whom the programme informed and trained in a year: the figures of targets 2.1 to 3.2."""
    chosen = request.GET.get("year", "")
    year = int(chosen) if chosen in {str(y) for y, _label in years()} else today().year
    rows = Reach.objects.visible_to(request.user).in_period(Period.year(year)).by_audience()
    return page(
        request,
        "activities/reach_list.html",
        {
            "title": _("Số người được tiếp cận"), "year": year, "years": years(),
            "rows": [(row_label(row["audience"], row["part"]), row) for row in rows],
            "kinds": establishments_by_kind(request.user, Period.year(year)),
        },
        part="table",
    )  # fmt: skip


def found_activity(request: UserRequest, pk: int) -> Activity:
    rows = Activity.objects.visible_to(request.user).select_related("unit", "organisation")
    return get_object_or_404(rows, pk=pk)


def reached_establishments(user: User, activity: Activity) -> list[EstablishmentReach]:
    """The workplaces reached, for those who may look into their register; else none."""
    if not user.may("establishments.view"):
        return []
    rows = EstablishmentReach.objects.visible_to(user).filter(activity=activity)
    return list(rows.select_related("establishment").order_by("establishment__folded_name"))


@require_GET
@needs("activities.view")
def activity_detail(request: UserRequest, pk: int) -> HttpResponse:
    activity = found_activity(request, pk)
    own = activity.owner in recorded_by(request.user, activity.unit)
    may = own and request.user.may("activities.record")
    return page(
        request,
        "activities/activity_detail.html",
        {
            "title": activity.title,
            "activity": activity,
            "colour": COLOURS[State(activity.state)],
            "people": [(row_label(r.audience, r.part), r) for r in activity.reached.order_by("pk")],
            "establishments": reached_establishments(request.user, activity),
            "may_link": may and request.user.may("establishments.view"),
            "steps": {m.name for m in moves_from(MOVES, activity.state)} if may else set(),
            "history": [
                {"when": m.at, "title": m.get_step_display(), "who": m.by, "text": m.note,
                 "icon": "x" if m.step == Step.CANCEL else "check"}
                for m in activity.moves.order_by("-pk")
            ],
        },
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@needs("activities.record")
def activity_new(request: UserRequest) -> HttpResponse:
    """First the kind (a link each), then the form of that kind."""
    kind = request.GET.get("kind", "")
    if kind not in Kind.values:
        choice = {"title": _("Lập hoạt động"), "kinds": Kind.choices}
        return page(request, "activities/kind_choice.html", choice)
    form = PlanForm(
        request.POST if request.method == "POST" else None, user=request.user, kind=kind
    )
    if request.method == "POST" and form.is_valid():
        try:
            activity = actions.plan_activity(
                **form.cleaned_data, kind=kind, by=request.user, on=today()
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return see_other(request, "activities:activity_detail", activity.pk)
    context = {
        "title": _("Lập hoạt động: %(kind)s") % {"kind": Kind(kind).label},
        "form": form,
        "cancel_url": reverse("activities:activity_list"),
    }
    return page(request, "ui/form.html", context, status=422 if form.errors else 200, part="form")


@require_http_methods(["GET", "POST"])
@needs("activities.record")
def activity_record(request: UserRequest, pk: int) -> HttpResponse:
    """Record what was done, or correct it with a reason."""
    activity = found_activity(request, pk)
    form = RecordForm(request.POST if request.method == "POST" else None, activity=activity)
    if request.method == "POST" and form.is_valid():
        act = actions.correct_activity if form.correcting else actions.record_activity
        try:
            act(
                activity, reached=form.cleaned_people(), by=request.user, on=today(),
                note=form.cleaned_data.get("note", ""), **form.cleaned_facts(),
            )  # fmt: skip
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return see_other(request, "activities:activity_detail", pk)
    year = Period.year(activity.ends_on.year)
    counted = Reach.objects.visible_to(request.user).filter(activity__unit=activity.unit)
    rows = counted.exclude(activity=activity).in_period(year).by_audience()
    context = {
        "title": _("Sửa số liệu") if form.correcting else _("Ghi nhận đã thực hiện"),
        "form": form, "activity": activity, "year": str(activity.ends_on.year),
        "counted": [(row_label(row["audience"], row["part"]), row) for row in rows],
    }  # fmt: skip
    status = 422 if form.errors else 200
    return page(request, "activities/activity_record.html", context, status=status, part="form")


@require_http_methods(["GET", "POST"])
@needs("activities.record")
def activity_cancel(request: UserRequest, pk: int) -> HttpResponse:
    activity = found_activity(request, pk)
    form = CancelForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.cancel_activity(activity, **form.cleaned_data, by=request.user, on=today())
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return see_other(request, "activities:activity_detail", pk)
    context = {
        "title": _("Hủy hoạt động"), "form": form, "submit_label": _("Hủy hoạt động"),
        "submit_colour": "danger", "intro": activity.title,
        "cancel_url": reverse("activities:activity_detail", args=[pk]),
    }  # fmt: skip
    return page(request, "ui/form.html", context, status=422 if form.errors else 200, part="form")
