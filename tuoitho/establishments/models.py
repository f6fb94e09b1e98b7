"""The register: establishments of every kind, craft villages, guidance, commitments."""

from datetime import date
from typing import Self

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import TrigramSimilarity
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from tuoitho.access.models import Scoped, ScopedQuerySet
from tuoitho.establishments.names import distinctive
from tuoitho.establishments.states import Kind, Sector, Topic
from tuoitho.lib.fields import EncryptedTextField
from tuoitho.lib.periods import Period
from tuoitho.lib.text import fold
from tuoitho.units.models import Unit

LIKE_ENOUGH = 0.4  # trigram similarity of distinctive names from which two may be the same


class CraftVillageQuerySet(ScopedQuerySet["CraftVillage"]):
    view_permission = "establishments.view"


class CraftVillage(Scoped):
    """Làng nghề of a commune."""

    name = models.CharField(_("Tên làng nghề"), max_length=120)
    folded_name = models.CharField(max_length=120, editable=False)
    trade = models.CharField(_("Nghề"), max_length=120, blank=True)

    objects = CraftVillageQuerySet.as_manager()

    class Meta:
        verbose_name = _("làng nghề")
        verbose_name_plural = _("làng nghề")
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "folded_name"], name="craft_village_once_in_a_unit"
            ),
            models.CheckConstraint(name="craft_village_has_name", condition=~Q(name="")),
        ]

    def __str__(self) -> str:
        return self.name


class EstablishmentQuerySet(ScopedQuerySet["Establishment"]):
    view_permission = "establishments.view"

    def existing_in(self, period: Period) -> Self:
        """At work on at least one day of the period; an unknown first day is long ago."""
        return self.filter(
            Q(opened_on=None) | Q(opened_on__lt=period.end),
            Q(closed_on=None) | Q(closed_on__gte=period.start),
        )

    def open_on(self, day: date) -> Self:
        """At work on that day; ``closed_on`` is the last day of work."""
        return self.existing_in(Period(day, date.fromordinal(day.toordinal() + 1)))

    def of_kinds(self, *kinds: str) -> Self:
        """Of one of these ``Kind``s."""
        return self.filter(kind__in=kinds)

    def in_craft_villages(self) -> Self:
        return self.filter(craft_village__isnull=False)

    def informal(self) -> Self:
        """Khu vực phi chính thức: workplaces without any registration."""
        return self.filter(informal=True)

    def located_in(self, unit: Unit) -> Self:
        """In ``unit`` or below it."""
        return self.filter(unit__above__ancestor=unit)

    def matching(self, text: str) -> Self:
        """Name or owner holds every word of ``text``, marks typed or not, or the name is spelt
        nearly so. An empty text changes nothing."""
        bare = fold(text)
        if not bare:
            return self
        words = Q()
        for word in bare.split():
            words &= Q(folded_name__contains=word) | Q(folded_owner__contains=word)
        rows = self.annotate(similarity=TrigramSimilarity("core_name", distinctive(text)))
        return rows.filter(words | Q(similarity__gte=LIKE_ENOUGH))

    def similar_to(self, name: str) -> Self:
        """Whose distinctive name resembles that of ``name`` (legal forms set aside), nearest first;
        annotated with ``similarity`` from 0 to 1."""
        core = distinctive(name)
        rows = self.annotate(similarity=TrigramSimilarity("core_name", core))
        return rows.filter(similarity__gte=LIKE_ENOUGH).order_by("-similarity", "pk")

    def committed_by(self, day: date) -> Self:
        """Signed, on or before that day, not to use child labour."""
        signed = Commitment.objects.filter(establishment=OuterRef("pk"), signed_on__lte=day)
        return self.filter(Exists(signed))

    def guided_in(self, period: Period) -> Self:
        """Whose employer was guided at least once in the period (plan II.4)."""
        given = Guidance.objects.given_in(period).filter(establishment=OuterRef("pk"))
        return self.filter(Exists(given))


class Establishment(Scoped):
    """Cơ sở sử dụng lao động: any place where somebody works for somebody, registered or not."""

    name = models.CharField(_("Tên cơ sở"), max_length=200)
    folded_name = models.CharField(max_length=200, editable=False)
    core_name = models.CharField(max_length=200, editable=False)
    kind = models.CharField(_("Loại hình"), max_length=20, choices=Kind)
    # Without business registration: the plan's "khu vực kinh tế phi chính thức".
    informal = models.BooleanField(_("Khu vực phi chính thức, chưa đăng ký"), default=False)
    craft_village = models.ForeignKey(
        CraftVillage, models.PROTECT, null=True, blank=True, related_name="establishments",
        verbose_name=_("Làng nghề"),
    )  # fmt: skip
    sector = models.CharField(_("Ngành nghề"), max_length=20, choices=Sector, default=Sector.OTHER)
    products = models.CharField(_("Sản phẩm, công việc chính"), max_length=200, blank=True)
    address = models.CharField(_("Địa chỉ"), max_length=200, blank=True)
    hamlet = models.CharField(_("Thôn, tổ dân phố"), max_length=120, blank=True)
    owner_name = models.CharField(_("Chủ cơ sở, người đại diện"), max_length=120, blank=True)
    folded_owner = models.CharField(max_length=120, blank=True, editable=False)
    owner_phone = EncryptedTextField(_("Số điện thoại"), blank=True, default="")
    # Since 01/07/2025 a household's tax code is its owner's identity number, hence sealed.
    tax_code = EncryptedTextField(_("Mã số thuế"), blank=True, default="")
    tax_code_hash = models.CharField(max_length=64, blank=True, db_index=True, editable=False)
    workers = models.PositiveIntegerField(_("Số lao động"), null=True, blank=True)
    opened_on = models.DateField(_("Hoạt động từ ngày"), null=True, blank=True)
    closed_on = models.DateField(_("Ngày hoạt động cuối cùng"), null=True, blank=True)
    closing_reason = models.CharField(_("Lý do ngừng hoạt động"), max_length=200, blank=True)
    registered_on = models.DateField(_("Ngày đăng ký vào hệ thống"))

    objects = EstablishmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("cơ sở sử dụng lao động")
        verbose_name_plural = _("cơ sở sử dụng lao động")
        indexes = [
            GinIndex(fields=["core_name"], opclasses=["gin_trgm_ops"], name="establishment_name"),
            models.Index(fields=["unit", "folded_name"], name="establishment_unit_name"),
            models.Index(fields=["unit", "kind"], name="establishment_unit_kind"),
        ]
        constraints = [
            models.CheckConstraint(name="establishment_has_name", condition=~Q(name="")),
            models.CheckConstraint(
                name="establishment_kind_is_known", condition=Q(kind__in=Kind.values)
            ),
            models.CheckConstraint(
                name="establishment_sector_is_known", condition=Q(sector__in=Sector.values)
            ),
            models.CheckConstraint(
                name="establishment_closes_after_it_opens",
                condition=Q(closed_on=None) | Q(opened_on=None) | Q(closed_on__gte=F("opened_on")),
            ),
            models.CheckConstraint(
                name="establishment_closing_has_reason",
                condition=Q(closed_on=None, closing_reason="")
                | (Q(closed_on__isnull=False) & ~Q(closing_reason="")),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_organisation(self) -> bool:
        """Fined as an organisation; households and household businesses as a person
        (NĐ 283/2026 Điều 7)."""
        return self.kind != Kind.HOUSEHOLD

    def is_open(self, day: date) -> bool:
        """Whether it works on that day."""
        begun = self.opened_on is None or self.opened_on <= day
        return begun and (self.closed_on is None or self.closed_on >= day)


class GuidanceQuerySet(ScopedQuerySet["Guidance"]):
    view_permission = "establishments.view"
    unit_path = "establishment__unit"

    def given_in(self, period: Period) -> Self:
        return self.filter(given_on__gte=period.start, given_on__lt=period.end)


class Guidance(models.Model):
    """Hướng dẫn người sử dụng lao động: one talk with one employer (plan II.4)."""

    establishment = models.ForeignKey(
        Establishment, models.PROTECT, related_name="guidances", verbose_name=_("Cơ sở")
    )
    given_on = models.DateField(_("Ngày hướng dẫn"))
    topic = models.CharField(_("Nội dung"), max_length=20, choices=Topic)
    detail = models.TextField(_("Chi tiết, kết quả"), blank=True)
    given_by = models.CharField(_("Người hướng dẫn"), max_length=150)

    objects = GuidanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("lần hướng dẫn")
        verbose_name_plural = _("lần hướng dẫn")
        ordering = ["-given_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="guidance_topic_is_known", condition=Q(topic__in=Topic.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.given_on:%d/%m/%Y}: {self.get_topic_display()}"


class CommitmentQuerySet(ScopedQuerySet["Commitment"]):
    view_permission = "establishments.view"
    unit_path = "establishment__unit"

    def signed_in(self, period: Period) -> Self:
        return self.filter(signed_on__gte=period.start, signed_on__lt=period.end)


class Commitment(models.Model):
    """Cam kết không sử dụng lao động trẻ em, signed on a day."""

    establishment = models.ForeignKey(
        Establishment, models.PROTECT, related_name="commitments", verbose_name=_("Cơ sở")
    )
    signed_on = models.DateField(_("Ngày ký cam kết"))
    signed_by = models.CharField(_("Người ký"), max_length=120)

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("cam kết")
        verbose_name_plural = _("cam kết")
        ordering = ["-signed_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["establishment", "signed_on"], name="commitment_once_a_day",
                violation_error_message=_("Cơ sở đã ký một cam kết trong ngày này."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.signed_on:%d/%m/%Y}: {self.signed_by}"
