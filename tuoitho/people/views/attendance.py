"""Days at school by term: written by the commune for a child, by a school for its pupils."""

from typing import Any

import django_filters
from django.db.models import F, OuterRef, QuerySet, Subquery
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from tuoitho.access.guards import UserRequest, needs
from tuoitho.audit.actions import record
from tuoitho.lib.hanoi import today
from tuoitho.lib.text import fold
from tuoitho.people import actions
from tuoitho.people.forms import AttendanceForm, PupilAttendanceForm
from tuoitho.people.models import Attendance, Pupil
from tuoitho.people.school_years import recent_school_years, school_year_of, term_to_write
from tuoitho.people.search import every_word
from tuoitho.people.states import Term
from tuoitho.people.views.children import answer, child_seen, page_of, sent
from tuoitho.ui.listing import Column, listing


@require_http_methods(["GET", "POST"])
@needs("people.register")
def attendance_new(request: UserRequest, pk: int) -> HttpResponse:
    child = child_seen(request, pk)
    form = AttendanceForm(sent(request))

    def act() -> None:
        actions.record_attendance(child, by=request.user, **form.cleaned_data)

    return answer(request, form, act, _("Chuyên cần theo học kỳ: %(name)s") % {"name": child},
                  page_of(child))  # fmt: skip


class PupilFilter(django_filters.FilterSet):  # type: ignore[misc]
    q = django_filters.CharFilter(label=gettext_lazy("Họ và tên"), method="named")
    year = django_filters.ChoiceFilter(
        label=gettext_lazy("Năm học"), field_name="school_year",
        choices=lambda: [(year, year) for year in recent_school_years(today())],
    )  # fmt: skip
    grade = django_filters.NumberFilter(label=gettext_lazy("Lớp"))

    class Meta:
        model = Pupil
        fields: list[str] = []

    def named(self, rows: Any, _name: str, text: str) -> Any:
        return rows.filter(every_word("folded_name", fold(text)))


def _absent_in(user: Any, term: str) -> Any:
    """Days missed in a term of the pupil's year, None while nobody wrote them down."""
    rows = Attendance.objects.visible_to(user).filter(
        child=OuterRef("child_key"), school_year=OuterRef("school_year"), term=term,
        school=OuterRef("school"),
    )  # fmt: skip
    return Subquery(rows.values_list(F("with_leave") + F("without_leave"))[:1])


def _pupils(request: UserRequest) -> QuerySet[Pupil]:
    """The pupils of this person's schools; of the present school year unless another is chosen."""
    pupils = Pupil.objects.visible_to(request.user).select_related("school")
    if not request.GET.get("year"):
        pupils = pupils.filter(school_year=school_year_of(today()))
    terms = {f"absent_{term.value}": _absent_in(request.user, term) for term in Term}
    return pupils.annotate(**terms)


def _absence(term: Term) -> Column:
    def value(pupil: Any) -> str:
        absent = getattr(pupil, f"absent_{term.value}")
        return _("chưa ghi") if absent is None else _("vắng %(n)s buổi") % {"n": absent}

    return Column(f"term_{term.value}", term.label, value)


@require_GET
@needs("people.attendance")
def pupil_list(request: UserRequest) -> HttpResponse:
    """A school's pupils in the register, and of whom this year's attendance is missing."""
    record("people.view_pupils", None, by=request.user)
    columns = [
        Column("name", _("Họ và tên"), lambda p: p.full_name, sort="sort_name",
               link=lambda p: reverse("people:pupil_attendance", args=[p.pk])),
        Column("birth_date", _("Ngày sinh"), lambda p: p.birth_date, sort="birth_date"),
        Column("grade", _("Lớp"), lambda p: p.grade, sort="grade"),
        Column("year", _("Năm học"), lambda p: p.school_year, sort="school_year"),
        *(_absence(term) for term in Term),
        Column("school", _("Trường"), lambda p: p.school.name, hide_small=True),
    ]  # fmt: skip
    return listing(
        request, _pupils(request), columns, title=_("Học sinh của trường"), filterset=PupilFilter,
        empty=_("Chưa có học sinh nào của trường trong sổ năm học này. Ủy ban nhân dân xã ghi việc "
                "học của trẻ; khi đó em hiện ở đây."),
        default_sort="name", filename="hoc-sinh",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@needs("people.attendance")
def pupil_attendance(request: UserRequest, pk: int) -> HttpResponse:
    """Write one term of one pupil; what was written before stands in the form."""
    pupil = get_object_or_404(Pupil.objects.visible_to(request.user), pk=pk)
    form = PupilAttendanceForm(sent(request), initial=_written(request, pupil))

    def act() -> None:
        actions.record_pupil_attendance(pupil, by=request.user, **form.cleaned_data)

    title = _("Chuyên cần năm học %(year)s: %(name)s") % {
        "year": pupil.school_year, "name": pupil,
    }  # fmt: skip
    return answer(request, form, act, title, reverse("people:pupil_list"))


def _written(request: UserRequest, pupil: Pupil) -> dict[str, Any]:
    """The latest term this school wrote of the pupil in that year, else only which one to write."""
    rows = Attendance.objects.visible_to(request.user).filter(
        child=pupil.child_key, school_year=pupil.school_year, school=pupil.school_id
    )
    latest = rows.order_by("-term").first()
    if latest is None:
        return {"term": term_to_write(pupil.school_year, today())}
    names = ("term", "days", "with_leave", "without_leave", "result")
    return {name: getattr(latest, name) for name in names}
