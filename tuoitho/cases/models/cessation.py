"""Child labour has stopped (who saw it, who verified it), and has begun again: never unwritten."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tuoitho.cases.models.case import Case
from tuoitho.cases.models.screening import Screening
from tuoitho.cases.models.sight import OfCaseQuerySet
from tuoitho.cases.models.support import Visit
from tuoitho.lib.fields import EncryptedTextField
from tuoitho.lib.hanoi import now


class CessationQuerySet(OfCaseQuerySet["Cessation"]):
    pass


class Cessation(models.Model):
    """Chấm dứt lao động trái quy định: shown by a run of clear visits, the first and last of which
    lie far enough apart (parameters). Somebody other than who visited verifies it."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="cessations")
    ceased_on = models.DateField(_("Ngày chấm dứt"))
    first_visit = models.ForeignKey(
        Visit, models.PROTECT, related_name="+", verbose_name=_("Lần thăm đầu")
    )
    last_visit = models.ForeignKey(
        Visit, models.PROTECT, related_name="+", verbose_name=_("Lần thăm cuối")
    )
    recorded_on = models.DateField(_("Ngày ghi"))
    recorded_by = models.CharField(_("Người ghi"), max_length=200)
    verified_on = models.DateField(_("Ngày xác minh"), null=True, blank=True)
    verified_by = models.CharField(_("Người xác minh"), max_length=200, blank=True)
    note = EncryptedTextField(_("Ghi chú"), blank=True)

    objects = CessationQuerySet.as_manager()

    class Meta:
        verbose_name = _("lần chấm dứt lao động trái quy định")
        ordering = ["ceased_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="cessation_by_two_visits", condition=~Q(first_visit=F("last_visit"))
            ),
            models.UniqueConstraint(name="cessation_once_a_day", fields=["case", "ceased_on"]),
            models.CheckConstraint(
                name="cessation_verified_by_somebody",
                condition=Q(verified_on__isnull=True, verified_by="")
                | (Q(verified_on__gte=F("ceased_on")) & ~Q(verified_by="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ceased_on:%d/%m/%Y}"

    @property
    def is_verified(self) -> bool:
        return self.verified_on is not None


class RelapseQuerySet(OfCaseQuerySet["Relapse"]):
    pass


class Relapse(models.Model):
    """Tái lao động: child labour found on a day after it had stopped; one for each cessation.

    ``case`` is the file in which it had stopped; the finding may be of another one.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="relapses")
    cessation = models.OneToOneField(Cessation, models.CASCADE, related_name="relapse")
    on = models.DateField(_("Ngày phát hiện lại"))
    visit = models.ForeignKey(
        Visit, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("Qua lần thăm"),
    )  # fmt: skip
    screening = models.ForeignKey(
        Screening, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("Qua lần sàng lọc"),
    )  # fmt: skip
    recorded_at = models.DateTimeField(_("Ghi lúc"), default=now)

    objects = RelapseQuerySet.as_manager()

    class Meta:
        verbose_name = _("lần tái lao động")
        ordering = ["on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="relapse_by_a_visit_or_a_screening",
                condition=Q(visit__isnull=False, screening__isnull=True)
                | Q(visit__isnull=True, screening__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.on:%d/%m/%Y}"
