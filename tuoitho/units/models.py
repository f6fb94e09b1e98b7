"""Administrative units as they were and are, how they changed, and the organisations in them."""

from datetime import date
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.contrib.postgres.indexes import GistIndex
from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.TextChoices):
    COUNTRY = "country", _("Cả nước")
    PROVINCE = "province", _("Tỉnh, thành phố")
    DISTRICT = "district", _("Huyện, quận (đến 30/06/2025)")
    AREA = "area", _("Địa bàn chương trình (từ 01/07/2025)")
    COMMUNE = "commune", _("Xã, phường, thị trấn")


class UnitQuerySet(models.QuerySet["Unit"]):
    def as_of(self, day: date) -> Self:
        """Units that existed on that day."""
        return self.filter(valid__contains=day)

    def communes(self) -> Self:
        return self.filter(level=Level.COMMUNE)

    def within(self, unit: "Unit") -> Self:
        """``unit`` itself and everything below it, whenever it existed."""
        return self.filter(above__ancestor=unit)

    def found(self, code: str, day: date) -> "Unit":
        """The unit that carried ``code`` on ``day``. Raises Unit.DoesNotExist.

        A code may mean another unit after the reform of 2025 (00640), hence the day.
        """
        return self.as_of(day).get(code=code)


class Unit(models.Model):
    """A unit of administration, known by its code together with its days of validity.

    QĐ 19/2025/QĐ-TTg reuses codes: 00640 was thị trấn Văn Điển until 30/06/2025 and is xã Thanh
    Trì since. A unit's meaning is never edited; it ends, and a successor begins (``UnitChange``).
    """

    code = models.CharField(_("Mã"), max_length=8)
    name = models.CharField(_("Tên"), max_length=120)
    folded_name = models.CharField(max_length=120, editable=False)
    level = models.CharField(_("Cấp"), max_length=10, choices=Level)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children",
        verbose_name=_("Thuộc"),
    )  # fmt: skip
    # Since districts ended, a programme's area is a chosen set of communes, no unit of state.
    area = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="members",
        verbose_name=_("Địa bàn chương trình"),
    )  # fmt: skip
    # Days, first included, last excluded; an open lower end means "before our data begin".
    valid = DateRangeField(_("Hiệu lực"))

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = _("đơn vị hành chính")
        constraints = [
            ExclusionConstraint(
                name="unit_code_means_one_unit_a_day",
                expressions=[("code", RangeOperators.EQUAL), ("valid", RangeOperators.OVERLAPS)],
            ),
        ]
        indexes = [
            GistIndex(fields=["valid"], name="unit_valid"),
            models.Index(fields=["folded_name"], name="unit_folded_name"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def ended(self) -> bool:
        """Whether the unit has a last day."""
        return self.valid.upper is not None


class Closure(models.Model):
    """Who stands above whom, one row a pair, the unit itself included: tree questions in one join.

    A programme area stands above its communes and above the district it continues.
    """

    ancestor = models.ForeignKey(Unit, models.CASCADE, related_name="below")
    descendant = models.ForeignKey(Unit, models.CASCADE, related_name="above")

    class Meta:
        verbose_name = _("quan hệ cấp trên")
        constraints = [
            models.UniqueConstraint(
                fields=["ancestor", "descendant"], name="closure_pair_is_unique"
            )
        ]

    def __str__(self) -> str:
        return f"{self.ancestor_id} > {self.descendant_id}"


class ChangeKind(models.TextChoices):
    WHOLE = "whole", _("Toàn bộ")
    PART = "part", _("Một phần")
    PEOPLE = "people", _("Một phần diện tích, toàn bộ dân số")
    AREA = "area", _("Chỉ diện tích, không có dân")


class UnitChange(models.Model):
    """One arrow of a reform: which unit went (in part) into which, with the official note."""

    old = models.ForeignKey(Unit, models.PROTECT, related_name="successors")
    new = models.ForeignKey(Unit, models.PROTECT, related_name="predecessors")
    on = models.DateField(_("Ngày"))
    kind = models.CharField(_("Phần"), max_length=8, choices=ChangeKind)
    note = models.CharField(_("Ghi chú chính thức"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("thay đổi đơn vị hành chính")
        constraints = [
            models.UniqueConstraint(fields=["old", "new", "on"], name="change_is_unique")
        ]

    def __str__(self) -> str:
        return f"{self.old} → {self.new} ({self.on:%d/%m/%Y})"


class OrganisationKind(models.TextChoices):
    OFFICE = "office", _("Phòng, ban chuyên môn")
    POLICE = "police", _("Công an")
    COMMITTEE = "committee", _("Ủy ban nhân dân")
    SCHOOL = "school", _("Trường học, cơ sở giáo dục")
    HEALTH = "health", _("Cơ sở y tế")
    UNION = "union", _("Mặt trận, đoàn thể")
    PROVIDER = "provider", _("Cơ sở cung cấp dịch vụ")
    OTHER = "other", _("Khác")


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def as_of(self, day: date) -> Self:
        """Organisations that existed on that day."""
        return self.filter(valid__contains=day)

    def within(self, unit: Unit) -> Self:
        """In ``unit`` or below it."""
        return self.filter(unit__above__ancestor=unit)


class Organisation(models.Model):
    """An office of the plan, a school, a union: a dated role rather than a lasting name.

    ``office`` is the code the plan uses for the duty (``ldtbxh``, ``gddt``, …), so that a duty can
    pass to a successor office while the plan's rows stay as they are.
    """

    name = models.CharField(_("Tên"), max_length=200)
    kind = models.CharField(_("Loại"), max_length=10, choices=OrganisationKind)
    office = models.CharField(_("Vai trong kế hoạch"), max_length=20, blank=True, db_index=True)
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="organisations", verbose_name=_("Địa bàn")
    )
    valid = DateRangeField(_("Hiệu lực"))

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("tổ chức")
        indexes = [models.Index(fields=["unit", "kind"], name="organisation_unit_kind")]
        constraints = [
            ExclusionConstraint(
                name="organisation_once_a_day",
                expressions=[
                    ("name", RangeOperators.EQUAL),
                    ("unit", RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return self.name
