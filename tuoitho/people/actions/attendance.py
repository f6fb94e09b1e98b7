"""Writing down how often a child was at school in a term, by who may."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tuoitho.access.models import User
from tuoitho.audit.actions import record, snapshot
from tuoitho.lib.actors import Actor
from tuoitho.lib.hanoi import today
from tuoitho.people.models import Attendance, Child, Pupil
from tuoitho.people.models.attendance import MOST_DAYS
from tuoitho.people.school_years import SchoolTerm, parse_school_year
from tuoitho.people.states import Term, Told
from tuoitho.people.values import line_of
from tuoitho.people.violations import explained

FACTS = ["days", "with_leave", "without_leave", "result", "school", "recorded_on"]


@dataclass(frozen=True)
class Days:
    """A term in numbers: days of class, and absences with and without leave among them."""

    days: int
    with_leave: int = 0
    without_leave: int = 0

    def check(self) -> None:
        """Raises ValidationError beside the number that cannot be."""
        if not 1 <= self.days <= MOST_DAYS:
            most = {"n": MOST_DAYS}
            raise ValidationError({"days": _("Số buổi học của một học kỳ từ 1 đến %(n)s.") % most})
        if self.with_leave < 0 or self.without_leave < 0:
            raise ValidationError({"without_leave": _("Số buổi nghỉ không thể âm.")})
        if self.with_leave + self.without_leave > self.days:
            name = "with_leave" if self.with_leave > self.days else "without_leave"
            raise ValidationError({name: _("Tổng số buổi nghỉ nhiều hơn số buổi học.")})


@transaction.atomic
def record_attendance(  # noqa: PLR0913 - the facts of a term
    child: Child,
    *,
    school_year: str,
    term: str,
    days: int,
    with_leave: int = 0,
    without_leave: int = 0,
    result: str = "",
    source: str = Told.SCHOOL,
    by: Actor,
    on: date,
) -> Attendance:
    """How often the child was at school in a term, as ``source`` told it on ``on``.

    A later record of the same source and term replaces the earlier. Raises ValidationError (by
    field), PermissionDenied.
    """
    child = Child.objects.select_for_update().get(pk=child.pk)
    by.require("people.register", child)
    if source not in Told.values:
        raise ValidationError({"source": _("Chọn nguồn.")})
    numbers = Days(days, with_leave, without_leave)
    year = _term(school_year, term, on).year
    enrolment = child.enrolments.filter(school_year=year).first()
    school = enrolment.school_id if enrolment and source == Told.SCHOOL else None
    key = {"child_id": child.pk, "school_year": year, "term": term, "source": source}
    return _write(key, numbers, result, school, child.unit_id, by, on)


@transaction.atomic
def record_pupil_attendance(  # noqa: PLR0913 - the facts of a term
    pupil: Pupil,
    *,
    term: str,
    days: int,
    with_leave: int = 0,
    without_leave: int = 0,
    result: str = "",
    by: User,
    on: date,
) -> Attendance:
    """The school's own word about its pupil. Raises ValidationError (by field), PermissionDenied
    (also for a pupil of another school)."""
    by.require("people.attendance")
    if not Pupil.objects.visible_to(by).filter(pk=pupil.pk).exists():
        raise PermissionDenied("people.attendance")
    numbers = Days(days, with_leave, without_leave)
    year = _term(pupil.school_year, term, on).year
    key = {"child_id": pupil.child_key, "school_year": year, "term": term, "source": Told.SCHOOL}
    return _write(key, numbers, result, pupil.school_id, pupil.unit_key, by, on)


def _term(school_year: str, number: str, on: date) -> SchoolTerm:
    """Raises ValidationError: unreadable, not begun, or a day to come."""
    try:
        year = parse_school_year(school_year)
    except ValidationError as error:
        raise ValidationError({"school_year": error.messages}) from error
    if number not in Term.values:
        raise ValidationError({"term": _("Chọn học kỳ.")})
    if on > today():
        raise ValidationError({"on": _("Ngày ghi không thể ở tương lai.")})
    term = SchoolTerm(year, number)
    if term.begins > on:
        raise ValidationError({"term": _("Học kỳ này chưa bắt đầu.")})
    return term


def _write(
    key: dict[str, Any], numbers: Days, result: str, school: int | None, unit: int, by: Actor,
    on: date,
) -> Attendance:  # fmt: skip
    numbers.check()
    row = Attendance.objects.select_for_update(of=["self"]).filter(**key).first()
    before = snapshot(row, FACTS) if row else {}
    row = row or Attendance(**key)
    row.days, row.school_id = numbers.days, school
    row.with_leave, row.without_leave = numbers.with_leave, numbers.without_leave
    row.result = line_of(result, "result", 300)
    row.recorded_on, row.recorded_by = on, by.actor_name
    with explained():
        row.save()
    record(
        "people.record_attendance", row, by=by, on=on, before=before, after=snapshot(row, FACTS),
        unit_key=unit,
    )  # fmt: skip
    return row
