"""A model trained on one's own rounds, with all that was measured of it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class TrainedModel(models.Model):
    """Mô hình dự báo. Appended; the last is shown beside the rules, never instead of them."""

    trained_on = models.DateField(_("Ngày"))
    trained_by = models.CharField(_("Người chạy"), max_length=200)
    rows = models.PositiveIntegerField(_("Số kết quả đã dùng"))
    positives = models.PositiveIntegerField(_("Trong đó lao động trái quy định"))
    rule_version = models.PositiveIntegerField(_("So với quy tắc phiên bản"))
    learned = models.JSONField(_("Hệ số và số đo"), default=dict)

    class Meta:
        verbose_name = _("mô hình dự báo")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.trained_on:%d/%m/%Y}"
