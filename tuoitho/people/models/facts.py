"""What is known about a child over time: carers, circumstances, schooling, where it lived."""

from datetime import date
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from tuoitho.access.models import ScopedQuerySet
from tuoitho.lib.fields import EncryptedTextField
from tuoitho.people.models.child import Child
from tuoitho.people.models.household import Household
from tuoitho.people.school_years import school_year_of
from tuoitho.people.states import Group, Relation, SchoolStatus
from tuoitho.units.models import Organisation, Unit

LEARNING = (SchoolStatus.ATTENDING, SchoolStatus.VOCATIONAL, SchoolStatus.COMPLETED)


class GuardianQuerySet(models.QuerySet["Guardian"]):
    def caring_for(self, child: Child) -> Self:
        """Of the child itself, then of its household."""
        of_household = Q(household=child.household_id) if child.household_id else Q(pk__in=[])
        return self.filter(Q(child=child) | of_household).order_by("household", "pk")


class Guardian(models.Model):
    """Cha, mẹ, người giám hộ, người chăm sóc: of one child, or of all children of a household."""

    child = models.ForeignKey(
        Child, models.PROTECT, null=True, blank=True, related_name="guardians",
        verbose_name=_("Trẻ em"),
    )  # fmt: skip
    household = models.ForeignKey(
        Household, models.PROTECT, null=True, blank=True, related_name="guardians",
        verbose_name=_("Hộ gia đình"),
    )  # fmt: skip
    relation = models.CharField(_("Quan hệ với trẻ"), max_length=12, choices=Relation)
    full_name = models.CharField(_("Họ và tên"), max_length=120)
    folded_name = models.CharField(max_length=120, editable=False)
    phone = EncryptedTextField(_("Số điện thoại"), blank=True, default="")
    birth_year = models.PositiveSmallIntegerField(_("Năm sinh"), null=True, blank=True)
    occupation = models.CharField(_("Nghề nghiệp"), max_length=120, blank=True)

    objects = GuardianQuerySet.as_manager()

    class Meta:
        verbose_name = _("người chăm sóc")
        verbose_name_plural = _("người chăm sóc")
        indexes = [models.Index(fields=["folded_name"], name="guardian_folded_name")]
        constraints = [
            models.CheckConstraint(
                name="guardian_of_child_or_household",
                condition=Q(child__isnull=False, household=None)
                | Q(child=None, household__isnull=False),
            ),
            models.CheckConstraint(
                name="guardian_birth_year_is_sensible",
                condition=Q(birth_year=None) | Q(birth_year__gte=1900, birth_year__lte=2100),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_relation_display()}: {self.full_name}"


class CircumstanceQuerySet(ScopedQuerySet["Circumstance"]):
    view_permission = "people.view"
    unit_path = "child__unit"

    def lasting_on(self, day: date) -> Self:
        """True on that day (first and last day included)."""
        return self.filter(Q(until=None) | Q(until__gte=day), since__lte=day)


class Circumstance(models.Model):
    """Hoàn cảnh đặc biệt of a child, Luật Trẻ em 2016 Đ10.1, from day to day."""

    child = models.ForeignKey(
        Child, models.PROTECT, related_name="circumstances", verbose_name=_("Trẻ em")
    )
    group = models.CharField(_("Nhóm hoàn cảnh"), max_length=8, choices=Group)
    since = models.DateField(_("Từ ngày"))
    until = models.DateField(
        _("Đến hết ngày"), null=True, blank=True, help_text=_("Để trống nếu vẫn còn.")
    )
    evidence = EncryptedTextField(_("Căn cứ"), blank=True, default="")

    objects = CircumstanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("hoàn cảnh đặc biệt")
        verbose_name_plural = _("hoàn cảnh đặc biệt")
        ordering = ["-since"]
        constraints = [
            models.CheckConstraint(
                name="circumstance_group_is_known", condition=Q(group__in=Group.values)
            ),
            models.CheckConstraint(
                name="circumstance_ends_after_it_begins",
                condition=Q(until=None) | Q(until__gte=F("since")),
            ),
            ExclusionConstraint(
                name="circumstance_once_a_day",
                expressions=[
                    ("child", RangeOperators.EQUAL),
                    ("group", RangeOperators.EQUAL),
                    (
                        Func(
                            F("since"),
                            F("until"),
                            RangeBoundary(inclusive_upper=True),
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_group_display()}"

    def lasts_on(self, day: date) -> bool:
        """True on that day (first and last day included)."""
        return self.since <= day and (self.until is None or self.until >= day)


class EnrolmentQuerySet(ScopedQuerySet["Enrolment"]):
    view_permission = "people.view"
    unit_path = "child__unit"

    def learning_on(self, day: date) -> Self:
        """At school on that day: in its school year, and not yet left."""
        return self.filter(
            Q(status__in=LEARNING) | Q(status=SchoolStatus.DROPPED_OUT, status_on__gt=day),
            school_year=school_year_of(day),
        )

    def left_by(self, day: date) -> Self:
        """Left school on or before that day (in that or an earlier school year)."""
        return self.filter(status=SchoolStatus.DROPPED_OUT, status_on__lte=day)


class Enrolment(models.Model):
    """Tình trạng đi học of a child in one school year; a change within the year replaces it (the
    audit log keeps what was there before)."""

    child = models.ForeignKey(
        Child, models.PROTECT, related_name="enrolments", verbose_name=_("Trẻ em")
    )
    school = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("Trường"),
    )  # fmt: skip
    school_name = models.CharField(_("Tên trường"), max_length=200, blank=True)
    school_year = models.CharField(_("Năm học"), max_length=9)
    grade = models.PositiveSmallIntegerField(_("Lớp"), null=True, blank=True)
    status = models.CharField(_("Tình trạng"), max_length=12, choices=SchoolStatus)
    # For who left school: the day of leaving.
    status_on = models.DateField(_("Tính từ ngày"))

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("tình trạng đi học")
        verbose_name_plural = _("tình trạng đi học")
        ordering = ["-school_year"]
        constraints = [
            models.UniqueConstraint(fields=["child", "school_year"], name="enrolment_once_a_year"),
            models.CheckConstraint(
                name="enrolment_status_is_known", condition=Q(status__in=SchoolStatus.values)
            ),
            models.CheckConstraint(
                name="enrolment_grade_is_1_to_12",
                condition=Q(grade=None) | Q(grade__gte=1, grade__lte=12),
            ),
            models.CheckConstraint(
                name="enrolment_school_year_form",
                condition=Q(school_year__regex=r"^\d{4}-\d{4}$"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school_year}: {self.get_status_display()}"

    @property
    def school_label(self) -> str:
        """Name of the school, from the register of organisations or as typed."""
        return str(self.school) if self.school else self.school_name


class MembershipQuerySet(ScopedQuerySet["Membership"]):
    view_permission = "people.view"
    unit_path = "child__unit"

    def on(self, day: date) -> Self:
        """Lasting on that day."""
        return self.filter(valid__contains=day)


class Membership(models.Model):
    """A child belongs to a household for some days (first included, last excluded), to one at a
    time.

    Kept by a trigger of ``people_child.household`` (migration 0013), whatever writes it.
    """

    child = models.ForeignKey(
        Child, models.PROTECT, related_name="memberships", verbose_name=_("Trẻ em")
    )
    household = models.ForeignKey(
        Household, models.PROTECT, related_name="memberships", verbose_name=_("Hộ gia đình")
    )
    valid = DateRangeField(_("Thời gian"))

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("thành viên hộ")
        verbose_name_plural = _("thành viên hộ")
        ordering = ["-valid"]
        constraints = [
            ExclusionConstraint(
                name="membership_one_a_day",
                expressions=[
                    ("child", RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.household} {self.valid}"


class Residence(models.Model):
    """Nơi ở of a child during some days (first included, last excluded)."""

    child = models.ForeignKey(
        Child, models.PROTECT, related_name="residences", verbose_name=_("Trẻ em")
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("Địa bàn"))
    hamlet = models.CharField(_("Thôn, tổ dân phố"), max_length=120, blank=True)
    valid = DateRangeField(_("Thời gian"))

    class Meta:
        verbose_name = _("nơi ở")
        verbose_name_plural = _("nơi ở")
        ordering = ["-valid"]
        constraints = [
            ExclusionConstraint(
                name="residence_one_a_day",
                expressions=[
                    ("child", RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.valid}"
