"""What was done, by whom, to what: events that can be added and read, never changed."""

from datetime import date
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _


class EventQuerySet(models.QuerySet["Event"]):
    def about_child(self, child_key: int) -> Self:
        """Everything done to, or seen of, one child's file."""
        return self.filter(child_key=child_key)

    def views(self) -> Self:
        """Only looks, no changes."""
        return self.filter(action__endswith=".view")

    def on_day(self, day: date) -> Self:
        """Recorded on that Hà Nội day."""
        return self.filter(at__date=day)


class Event(models.Model):
    """One act. The application's database role may insert and select, nothing else (see access)."""

    at = models.DateTimeField(_("Lúc"), auto_now_add=True, db_index=True)
    actor_key = models.BigIntegerField(_("Mã người thực hiện"), null=True, db_index=True)
    actor_name = models.CharField(_("Người thực hiện"), max_length=200)
    action = models.CharField(_("Việc"), max_length=80)
    subject_type = models.CharField(_("Loại hồ sơ"), max_length=60)
    subject_key = models.CharField(_("Mã hồ sơ"), max_length=40)
    # Plain keys, not foreign keys: audit stands below the rooms it writes about.
    unit_key = models.BigIntegerField(_("Mã địa bàn"), null=True)
    child_key = models.BigIntegerField(_("Mã trẻ"), null=True)
    on = models.DateField(_("Ngày việc xảy ra"), null=True)
    before = models.JSONField(_("Trước"), default=dict)
    after = models.JSONField(_("Sau"), default=dict)
    note = models.TextField(_("Ghi chú"), blank=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("sự kiện")
        indexes = [
            models.Index(fields=["child_key", "-at"], name="audit_event_child"),
            models.Index(fields=["unit_key", "-id"], name="audit_event_unit"),
            models.Index(fields=["subject_type", "subject_key"], name="audit_event_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%d/%m/%Y %H:%M} {self.actor_name}: {self.action}"
