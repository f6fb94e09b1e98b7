"""One child: its page, registering, correcting, and what is added to it over time."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from tuoitho.access.guards import UserRequest, needs
from tuoitho.audit.actions import record
from tuoitho.lib.hanoi import today
from tuoitho.people import actions
from tuoitho.people.as_of import Line, child_as_of
from tuoitho.people.forms import (
    ChildEditForm,
    ChildNewForm,
    CircumstanceEndForm,
    CircumstanceForm,
    DayForm,
    EnrolmentForm,
    GuardianForm,
    MoveForm,
    RegisterForm,
)
from tuoitho.people.matching import Candidate, candidates_for
from tuoitho.people.models import Child, Circumstance, Guardian, Household, Merge
from tuoitho.people.states import Sex
from tuoitho.people.story import story_of
from tuoitho.ui.responses import page, see_other

FAMILY = "household_head household new_household"
CARER = "guardian_name guardian_relation guardian_phone"
FACTS = "unit full_name sex birth_date age_low age_high hamlet national_id note"


def child_seen(request: UserRequest, pk: int) -> Child:
    """The child, if this person may see it."""
    children = Child.objects.visible_to(request.user).select_related("unit", "household")
    return get_object_or_404(children, pk=pk)


# What the page of a child offers → the permission it needs where the child lives.
MAY = {
    "may_identify": "people.identity",
    "may_register": "people.register",
    "may_see_risk": "rounds.view",
    "may_log": "audit.view",
}


def as_of(request: UserRequest, lines: Callable[[date], list[Line]]) -> dict[str, Any]:
    """What a page needs to show a day of the past, if the address names one."""
    form = DayForm(request.GET or None)
    day = form.day()
    return {"then_form": form, "then": day and (day, lines(day))}


@require_GET
@needs("people.view")
def child_detail(request: UserRequest, pk: int) -> HttpResponse:
    try:
        child = child_seen(request, pk)
    except Http404:  # the old link of a merged row still leads on
        merges = Merge.objects.visible_to(request.user).done()
        return see_other(request, "people:merge_detail", get_object_or_404(merges, other=pk).pk)
    record("people.view", child, by=request.user)
    now = today()
    household = child.household
    sees_cases = child.unit_id in request.user.scope("cases.view")
    return page(
        request,
        "people/child_detail.html",
        {
            "title": child.full_name,
            "child": child,
            "age": child.age_text(now),
            "guardians": Guardian.objects.caring_for(child),
            **as_of(request, lambda day: child_as_of(child, day, request.user)),
            "merges": child.merges.visible_to(request.user).standing().select_related("other"),
            "siblings": household.children.exclude(pk=child.pk) if household else [],
            "poverty": household.poverty_statuses.all()[:3] if household else [],
            "circumstances": child.circumstances.lasting_on(now),
            # Who may see cases gets the whole file (the panel of the room above) instead.
            "story": [] if sees_cases else story_of(child),
            "may_see_cases": sees_cases,
            **{name: child.unit_id in request.user.scope(code) for name, code in MAY.items()},
        },
    )


@require_http_methods(["GET", "POST"])
@needs("people.register")
def child_new(request: UserRequest) -> HttpResponse:
    """Register a child; possible duplicates are shown first, and nothing typed is lost."""
    sent = request.POST if request.method == "POST" else None
    form = ChildNewForm(sent, user=request.user, initial=_opened_for(request))
    found: list[Candidate] = []
    if form.is_bound and form.is_valid():
        found = _unseen(form)
        if not found:
            child = _register(form)
            if child is not None:
                return see_other(request, "people:child_detail", child.pk)
    context = {
        "title": _("Đăng ký trẻ"), "form": form, "candidates": found,
        "seen": ",".join(str(c.child.pk) for c in found),
        "cancel_url": reverse("people:child_list"),
        "typed": form.person() if found else None,
        "typed_sex": Sex(form.cleaned_data["sex"]).label if found else "",
        "names": (FACTS, FAMILY, CARER),
    }  # fmt: skip
    status = 422 if form.is_bound else 200
    return page(request, "people/child_new.html", context, part="form", status=status)


def _opened_for(request: UserRequest) -> dict[str, Any]:
    """A page opened from a household begins with it; one opened from a search, with the name."""
    initial: dict[str, Any] = {"full_name": request.GET.get("full_name", "")}
    given = request.GET.get("household", "")
    visible = Household.objects.visible_to(request.user)
    household = visible.filter(pk=given).first() if given.isascii() and given.isdigit() else None
    if household:
        initial |= {
            "household": household.pk, "household_head": household.head_name,
            "hamlet": household.hamlet, "unit": household.unit_id,
        }  # fmt: skip
    return initial


def _unseen(form: ChildNewForm) -> list[Candidate]:
    """Possible duplicates, unless the person was shown all of them and says they are others, or
    this very form has already made its child."""
    mine = Child.objects.visible_to(form.user).filter(form_token=form.cleaned_data["form_token"])
    if mine.exists():
        return []
    found = candidates_for(form.person(), form.user)
    shown = set(form.cleaned_data["seen"].split(","))
    waved = form.cleaned_data["not_same"] and all(str(c.child.pk) in shown for c in found)
    return [] if waved else found


def _register(form: ChildNewForm) -> Child | None:
    given = form.cleaned_data
    try:
        return actions.register_with_family(
            given["unit"], form_token=given["form_token"], by=form.user, on=today(),
            **form.facts(), **form.family(),
        )  # fmt: skip
    except ValidationError as error:
        form.refuse(error)
        return None


def answer(
    request: HttpRequest, form: RegisterForm, act: Callable[[], Any], title: str, back: str
) -> HttpResponse:
    """The life of a small form: shown, sent, refused with everything kept, or done and back."""
    if form.is_bound and form.is_valid():
        try:
            with transaction.atomic():
                act()
        except ValidationError as error:
            form.refuse(error)
        else:
            return see_other(request, back)
    context = {"form": form, "title": title, "cancel_url": back}
    status = 422 if form.is_bound else 200
    return page(request, "ui/form.html", context, part="form", status=status)


def sent(request: UserRequest) -> Any:
    return request.POST if request.method == "POST" else None


def page_of(child: Child) -> str:
    return reverse("people:child_detail", args=[child.pk])


@require_http_methods(["GET", "POST"])
@needs("people.register")
def child_edit(request: UserRequest, pk: int) -> HttpResponse:
    child = child_seen(request, pk)
    form = ChildEditForm(sent(request), child=child, user=request.user)

    def act() -> None:
        actions.correct_child(child, by=request.user, on=today(), **form.facts())

    return answer(request, form, act, _("Sửa: %(name)s") % {"name": child}, page_of(child))


@require_http_methods(["GET", "POST"])
@needs("people.register")
def child_move(request: UserRequest, pk: int) -> HttpResponse:
    child = child_seen(request, pk)
    form = MoveForm(sent(request), child=child)
    home = child.unit_id

    def act() -> None:
        actions.move_child(child, by=request.user, **form.cleaned_data)

    # Once in another commune, the child's page may be out of sight.
    stays = form.is_bound and form.data.get("to_unit") == str(home)
    back = page_of(child) if stays or not form.is_bound else reverse("people:child_list")
    return answer(request, form, act, _("Chuyển nơi ở: %(name)s") % {"name": child}, back)


@require_http_methods(["GET", "POST"])
@needs("people.register")
def guardian_new(request: UserRequest, pk: int) -> HttpResponse:
    child = child_seen(request, pk)
    form = GuardianForm(sent(request))

    def act() -> None:
        actions.add_guardian(child, by=request.user, on=today(), **form.cleaned_data)

    return answer(request, form, act, _("Người chăm sóc của %(name)s") % {"name": child},
                  page_of(child))  # fmt: skip


@require_http_methods(["GET", "POST"])
@needs("people.register")
def circumstance_new(request: UserRequest, pk: int) -> HttpResponse:
    child = child_seen(request, pk)
    form = CircumstanceForm(sent(request))

    def act() -> None:
        actions.record_circumstance(child, by=request.user, **form.cleaned_data)

    return answer(request, form, act, _("Hoàn cảnh đặc biệt của %(name)s") % {"name": child},
                  page_of(child))  # fmt: skip


@require_http_methods(["GET", "POST"])
@needs("people.register")
def circumstance_end(request: UserRequest, pk: int) -> HttpResponse:
    rows = Circumstance.objects.visible_to(request.user).select_related("child")
    row = get_object_or_404(rows, pk=pk)
    form = CircumstanceEndForm(sent(request))

    def act() -> None:
        actions.end_circumstance(row, by=request.user, **form.cleaned_data)

    return answer(request, form, act, _("Không còn: %(group)s") % {"group": row},
                  page_of(row.child))  # fmt: skip


@require_http_methods(["GET", "POST"])
@needs("people.register")
def enrolment_new(request: UserRequest, pk: int) -> HttpResponse:
    child = child_seen(request, pk)
    form = EnrolmentForm(sent(request), child=child)

    def act() -> None:
        actions.record_enrolment(child, by=request.user, **form.cleaned_data)

    return answer(request, form, act, _("Đi học: %(name)s") % {"name": child}, page_of(child))
