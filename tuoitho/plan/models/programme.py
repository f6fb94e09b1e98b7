"""A programme, its offices and its objectives."""

import json
from collections.abc import Iterable
from typing import Self, TypeVar

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tuoitho.lib.hanoi import today
from tuoitho.plan.schema import Plan
from tuoitho.plan.states import ObjectiveKind
from tuoitho.units.models import Unit

R = TypeVar("R", bound=models.Model)


# By the hash of their text, of which they say nothing more; few at a time.
_PLANS: dict[str, Plan] = {}
KEPT = 8


def _read(sha256: str, source: object) -> Plan:
    plan = Plan.model_validate_json(json.dumps(source))
    if len(_PLANS) >= KEPT:
        _PLANS.clear()  # so may another thread, before this one returns
    _PLANS[sha256] = plan
    return plan


class ProgrammeQuerySet(models.QuerySet["Programme"]):
    def covering(self, year: int) -> Self:
        """Programmes whose period or outlook includes ``year``, the latest to begin first."""
        return self.filter(period_start__lte=year, outlook_year__gte=year).order_by(
            "-period_start", "pk"
        )

    def current(self, year: int | None = None) -> "Programme | None":
        """The programme of ``year`` (default: this year); None before any has been loaded. Its
        long text stays in the database: ``plan`` has been read before, as a rule."""
        return self.covering(year or today().year).defer("source").first()

    def plans(self, years: Iterable[int]) -> dict[int, Plan]:
        """The plans of the ``current`` programmes of several years; a year without one is left
        out. One query; a second for a plan this process has not read yet."""
        rows = self.order_by("-period_start", "pk")
        spans = list(rows.values_list("period_start", "outlook_year", "pk", "sha256"))
        found: dict[int, Plan] = {}
        for year in years:
            of_year = (row[2:] for row in spans if row[0] <= year <= row[1])
            if (programme := next(of_year, None)) is not None:
                found[year] = self.read(*programme)
        return found

    def read(self, pk: int, sha256: str) -> Plan:
        """The plan of a programme; its text is read only when this process has not read it yet."""
        return _PLANS.get(sha256) or _read(*self.values_list("sha256", "source").get(pk=pk))


class Programme(models.Model):
    """A plan as loaded from its file: Kế hoạch 365/KH-UBND ngày 18/10/2021, or one like it."""

    code = models.CharField(_("Mã"), max_length=60, unique=True)
    number = models.CharField(_("Số, ký hiệu"), max_length=60)
    title = models.TextField(_("Tên kế hoạch"))
    issuer = models.CharField(_("Cơ quan ban hành"), max_length=200)
    signed_on = models.DateField(_("Ngày ban hành"))
    period_start = models.PositiveSmallIntegerField(_("Từ năm"))
    period_end = models.PositiveSmallIntegerField(_("Đến năm"))
    outlook_year = models.PositiveSmallIntegerField(_("Định hướng đến năm"))
    area = models.ForeignKey(
        Unit, models.PROTECT, related_name="programmes", verbose_name=_("Địa bàn")
    )
    source = models.JSONField(_("Nội dung tệp"))
    sha256 = models.CharField(max_length=64)
    loaded_at = models.DateTimeField(_("Nạp lúc"), auto_now=True)

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        verbose_name = _("kế hoạch")
        verbose_name_plural = _("kế hoạch")
        constraints = [
            models.CheckConstraint(
                name="programme_years_in_order",
                condition=models.Q(period_start__lte=models.F("period_end"))
                & models.Q(period_end__lte=models.F("outlook_year")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}"

    @property
    def plan(self) -> Plan:
        """Everything the file said: outlook, contacts, kinds of models and products, rules."""
        if "source" in self.get_deferred_fields():
            return Programme.objects.read(self.pk, self.sha256)
        return _PLANS.get(self.sha256) or _read(self.sha256, self.source)

    @property
    def years(self) -> range:
        """The years of the period, without the outlook."""
        return range(self.period_start, self.period_end + 1)


class RowQuerySet(models.QuerySet[R]):
    def in_force(self) -> Self:
        """Rows the newest file still has."""
        return self.filter(ended_on__isnull=True)

    def of(self, programme: Programme) -> Self:
        """Rows of one programme, in the order of its file."""
        return self.filter(programme=programme).order_by("position")


class Row(models.Model):
    """A row of the file, known by its code. One that left the file is ended, never deleted."""

    programme = models.ForeignKey(
        Programme, models.PROTECT, related_name="%(class)ss", verbose_name=_("Kế hoạch")
    )
    code = models.CharField(_("Mã"), max_length=40)
    paragraph = models.CharField(_("Đoạn"), max_length=40)
    position = models.PositiveSmallIntegerField(_("Thứ tự"))
    ended_on = models.DateField(_("Không còn từ ngày"), null=True, blank=True)

    class Meta:
        abstract = True


class OfficeQuerySet(RowQuerySet["Office"]):
    def names(self, programme: Programme | None) -> dict[str, str]:
        """Short name by code, in one query."""
        return dict(self.filter(programme=programme).values_list("code", "short_name"))


class Office(Row):
    """An office as a role in part IV; ``units.Organisation.office`` says who holds it on a day."""

    name = models.CharField(_("Tên"), max_length=200)
    short_name = models.CharField(_("Tên ngắn"), max_length=120)
    level = models.CharField(_("Cấp"), max_length=10)

    objects = OfficeQuerySet.as_manager()

    class Meta:
        verbose_name = _("cơ quan trong kế hoạch")
        verbose_name_plural = _("cơ quan trong kế hoạch")
        constraints = [
            models.UniqueConstraint(fields=["programme", "code"], name="office_code_is_unique")
        ]

    def __str__(self) -> str:
        return self.short_name


class ObjectiveQuerySet(RowQuerySet["Objective"]):
    pass


class Objective(Row):
    """Part I: the general objective, the specific ones, the outlook."""

    kind = models.CharField(_("Loại"), max_length=10, choices=ObjectiveKind)
    title = models.CharField(_("Tên"), max_length=200)
    text = models.TextField(_("Nội dung"))

    objects = ObjectiveQuerySet.as_manager()

    class Meta:
        verbose_name = _("mục tiêu")
        verbose_name_plural = _("mục tiêu")
        constraints = [
            models.UniqueConstraint(fields=["programme", "code"], name="objective_code_is_unique")
        ]

    def __str__(self) -> str:
        return self.title


def names_of(codes: list[str], names: dict[str, str]) -> str:
    """Offices in words, the one that leads first; a code without a name stays a code."""
    return ", ".join(names.get(code, code) for code in codes)


def names_in_short(codes: list[str], names: dict[str, str]) -> str:
    """As ``names_of``, but for a table: of many offices the first, and how many more."""
    if len(codes) <= 2:
        return names_of(codes, names)
    more = len(codes) - 1
    said = gettext("%(first)s và %(more)s cơ quan khác")
    return said % {"first": names.get(codes[0], codes[0]), "more": more}
