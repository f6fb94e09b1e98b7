"""Who told: kept apart from what was told, opened only on demand."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tuoitho.cases.models.report import Report
from tuoitho.lib.fields import EncryptedTextField


class Informant(models.Model):
    """Người báo tin of one report, as far as they named themselves (NĐ 56/2017 Điều 24.3).

    Under a security of its own: seen with ``cases.informant`` where the report is, and only through
    ``actions.reveal_informant``, which asks why and writes it down. Never in lists, exports or API.
    """

    report = models.OneToOneField(
        Report,
        models.CASCADE,
        primary_key=True,
        related_name="informant",
        verbose_name=_("Tin báo"),
    )
    name = EncryptedTextField(_("Họ và tên"), blank=True)
    phone = EncryptedTextField(_("Điện thoại"), blank=True)
    address = EncryptedTextField(_("Địa chỉ"), blank=True)

    class Meta:
        verbose_name = _("người báo tin")

    def __str__(self) -> str:
        return str(self._meta.verbose_name)
