"""The register of documents (II.1), and the working days that the yearly notice swaps."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from tuoitho.lib.text import fold
from tuoitho.plan.models.programme import Programme
from tuoitho.plan.models.targets import Target
from tuoitho.plan.models.tasks import Task
from tuoitho.plan.states import DocumentKind
from tuoitho.units.models import Unit


class DocumentQuerySet(models.QuerySet["Document"]):
    def of_kind(self, *kinds: str) -> Self:
        return self.filter(kind__in=kinds)

    def matching(self, text: str) -> Self:
        """Number, issuer or title contains ``text``, tones aside."""
        return self.filter(folded_title__contains=fold(text))


class Document(models.Model):
    """A directive, plan, rule of coordination or proposal that carries the programme (II.1).

    Seen by everyone who may see the plan: what is issued is meant to be known. A unit's own plan
    (``derived_plan``) names the targets woven into it (II.1.1, IV.10.1).
    """

    kind = models.CharField(_("Loại"), max_length=20, choices=DocumentKind)
    number = models.CharField(_("Số, ký hiệu"), max_length=60)
    signed_on = models.DateField(_("Ngày ban hành"))
    issuer = models.CharField(_("Cơ quan ban hành"), max_length=200)
    title = models.CharField(_("Trích yếu"), max_length=500)
    folded_title = models.CharField(max_length=800, editable=False)
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="documents", verbose_name=_("Địa bàn")
    )
    programme = models.ForeignKey(
        Programme, models.PROTECT, null=True, blank=True, related_name="documents",
        verbose_name=_("Theo kế hoạch"),
    )  # fmt: skip
    tasks = models.ManyToManyField(
        Task, blank=True, related_name="documents", verbose_name=_("Về nhiệm vụ")
    )
    targets = models.ManyToManyField(
        Target, blank=True, related_name="documents", verbose_name=_("Chỉ tiêu được lồng ghép")
    )
    kept_at = models.CharField(
        _("Nơi lưu"), max_length=300, blank=True,
        help_text=_("Đường dẫn trên hệ thống văn bản, hoặc tủ, hồ sơ lưu."),
    )  # fmt: skip
    note = models.TextField(_("Nội dung chính"), blank=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("văn bản")
        verbose_name_plural = _("văn bản")
        constraints = [
            models.UniqueConstraint(
                fields=["number", "issuer", "signed_on"], name="document_is_registered_once"
            ),
            models.CheckConstraint(
                name="document_kind_is_known", condition=models.Q(kind__in=DocumentKind.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}"


class SwappedDay(models.Model):
    """A single day on which offices work although free, or rest although a working day."""

    day = models.DateField(_("Ngày"), unique=True)
    works = models.BooleanField(_("Là ngày làm việc"))
    note = models.CharField(_("Căn cứ"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("ngày hoán đổi")
        verbose_name_plural = _("ngày hoán đổi")
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y}"
