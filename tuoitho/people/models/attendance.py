"""Days at school in one term, and the pupils a school may write them for."""

from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tuoitho.access.models import ScopedQuerySet
from tuoitho.access.permissions import ROLES
from tuoitho.lib.fields import EncryptedTextField
from tuoitho.people.models.child import Child
from tuoitho.people.school_years import SchoolTerm
from tuoitho.people.states import Term, Told
from tuoitho.units.models import Organisation

# More days of class than any term has: half a year, weekends taken out.
MOST_DAYS = 131


def schools_of(user: Any) -> list[int]:
    """Organisations (by key) for which ``user`` writes down attendance today."""
    if not getattr(user, "pk", None) or not user.may("people.attendance"):
        return []
    return sorted({
        held.organisation_id for held in getattr(user, "held_today", ())
        if held.organisation_id and "people.attendance" in ROLES.get(held.role, ("", ()))[1]
    })  # fmt: skip


class AttendanceQuerySet(ScopedQuerySet["Attendance"]):
    view_permission = "people.view"
    unit_path = "child__unit"

    def visible_to(self, user: Any) -> Self:
        """With the child; for a school, what it wrote itself. So says the policy too."""
        if schools := schools_of(user):
            return self.filter(school__in=schools)
        return super().visible_to(user)

    def of_term(self, term: SchoolTerm) -> Self:
        return self.filter(school_year=term.year, term=term.number)


class Attendance(models.Model):
    """Chuyên cần of a child in one term, as the school or the family says it: each keeps its word;
    a later record of the same source replaces the earlier (the log keeps it)."""

    child = models.ForeignKey(
        Child, models.PROTECT, related_name="attendances", verbose_name=_("Trẻ em")
    )
    school_year = models.CharField(_("Năm học"), max_length=9)
    term = models.CharField(_("Học kỳ"), max_length=1, choices=Term)
    source = models.CharField(_("Nguồn"), max_length=6, choices=Told)
    # The school that says so, when it is in the register of organisations; never for the family.
    school = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("Trường"),
    )  # fmt: skip
    days = models.PositiveSmallIntegerField(_("Số buổi học"))
    with_leave = models.PositiveSmallIntegerField(_("Nghỉ có phép"), default=0)
    without_leave = models.PositiveSmallIntegerField(_("Nghỉ không phép"), default=0)
    # In the words of the school's paper: no text of the programme lists them.
    result = EncryptedTextField(_("Kết quả học tập"), blank=True, default="")
    recorded_on = models.DateField(_("Ngày ghi"))
    recorded_by = models.CharField(_("Người ghi"), max_length=200)

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("chuyên cần theo học kỳ")
        verbose_name_plural = _("chuyên cần theo học kỳ")
        ordering = ["-school_year", "-term", "source"]
        constraints = [
            models.UniqueConstraint(
                fields=["child", "school_year", "term", "source"], name="attendance_once_a_term"
            ),
            models.CheckConstraint(
                name="attendance_term_is_known", condition=Q(term__in=Term.values)
            ),
            models.CheckConstraint(
                name="attendance_source_is_known", condition=Q(source__in=Told.values)
            ),
            models.CheckConstraint(
                name="attendance_absent_within_days",
                condition=Q(days__gte=1, days__lte=MOST_DAYS)
                & Q(days__gte=F("with_leave") + F("without_leave")),
            ),
            models.CheckConstraint(
                name="attendance_school_speaks_for_itself",
                condition=Q(school=None) | Q(source=Told.SCHOOL),
            ),
            models.CheckConstraint(
                name="attendance_school_year_form",
                condition=Q(school_year__regex=r"^\d{4}-\d{4}$"),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.get_term_display()}, {self.school_year}"

    @property
    def absent(self) -> int:
        return self.with_leave + self.without_leave

    @property
    def in_words(self) -> str:
        return absence_in_words(self.days, self.with_leave, self.without_leave)


def absence_in_words(days: int, with_leave: int, without_leave: int) -> str:
    """ "vắng 5/80 buổi (2 không phép)"."""
    text = str(_("vắng %(absent)s/%(days)s buổi")) % {
        "absent": with_leave + without_leave, "days": days,
    }  # fmt: skip
    if without_leave:
        text += " " + str(_("(%(n)s không phép)")) % {"n": without_leave}
    return text


class PupilQuerySet(models.QuerySet["Pupil"]):
    def visible_to(self, user: Any) -> Self:
        """Of the schools for which ``user`` writes. The view itself asks the same of who acts."""
        return self.filter(school__in=schools_of(user))


class Pupil(models.Model):
    """A child of the register as its own school sees it: name, birth, class, nothing else.

    A view of the database (migration 0005) over the enrolments that name the school; the school
    cannot open the child. ``id`` is the enrolment's.
    """

    child_key = models.BigIntegerField()
    unit_key = models.BigIntegerField()
    school = models.ForeignKey(Organisation, models.DO_NOTHING, related_name="+")
    school_year = models.CharField(_("Năm học"), max_length=9)
    grade = models.PositiveSmallIntegerField(_("Lớp"), null=True)
    full_name = models.CharField(_("Họ và tên"), max_length=120)
    folded_name = models.CharField(max_length=120)
    sort_name = models.CharField(max_length=120, db_collation="C")
    birth_date = models.DateField(_("Ngày sinh"), null=True)

    objects = PupilQuerySet.as_manager()

    class Meta:
        managed = False
        db_table = "people_pupil"
        verbose_name = _("học sinh")

    def __str__(self) -> str:
        return self.full_name
