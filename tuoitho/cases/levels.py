"""High, medium, low: how Mẫu 02, 03 and 06 rate a risk, a need or a strength."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.TextChoices):
    HIGH = "high", _("Cao")
    MEDIUM = "medium", _("Trung bình")
    LOW = "low", _("Thấp")
