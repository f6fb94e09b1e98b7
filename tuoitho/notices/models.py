"""What people were told, and how each wants to be told."""

import uuid
from typing import Any, Self

from django.conf import settings
from django.db import connection, models
from django.db.models import Q
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from tuoitho.lib.fields import EncryptedTextField
from tuoitho.lib.hanoi import now
from tuoitho.notices.kinds import KINDS, Way
from tuoitho.units.models import Unit


class NoticeQuerySet(models.QuerySet["Notice"]):
    def visible_to(self, user: Any) -> Self:
        """One's own; the database leaves out those about a file one no longer sees."""
        return self.filter(to_id=user.pk)

    def unread(self) -> Self:
        return self.filter(read_at=None)


def count_unread(user: Any, most: int) -> int:
    """How many of ``visible_to(user).unread()`` there are, at most ``most``, asked of the database
    in the way that is planned once a connection: the frame of every page asks."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT notices_unread(%s, %s)", [user.pk, most])
        return int(cursor.fetchone()[0])


class Notice(models.Model):
    """One thing one person was told. The key is made here: the writer may not read the row."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    to = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("Gửi đến")
    )
    kind = models.CharField(_("Loại"), max_length=40)
    subject = EncryptedTextField(_("Nội dung"), blank=True)
    url_name = models.CharField(max_length=80)
    url_args = models.JSONField(default=list)
    # The row it is about: its table and key. See notices/rls.py.
    about = models.CharField(max_length=60, blank=True)
    about_id = models.BigIntegerField(null=True)
    about_uuid = models.UUIDField(null=True)
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, related_name="+", verbose_name=_("Địa bàn")
    )
    by_name = models.CharField(_("Người gửi"), max_length=200)
    at = models.DateTimeField(_("Lúc"), default=now)
    read_at = models.DateTimeField(_("Đọc lúc"), null=True)
    mailed_at = models.DateTimeField(_("Gửi thư lúc"), null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("thông báo")
        constraints = [
            models.CheckConstraint(name="notice_kind_is_known", condition=~Q(kind="")),
            models.CheckConstraint(
                name="notice_about_has_key",
                condition=Q(about="") | Q(about_id__isnull=False) | Q(about_uuid__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["to", "-at"], name="notice_to_at"),
            models.Index(fields=["to"], name="notice_unread", condition=Q(read_at=None)),
        ]

    def __str__(self) -> str:
        return str(KINDS[self.kind].title) if self.kind in KINDS else self.kind

    @property
    def url(self) -> str:
        """Where it leads; the list of notices when that page is gone."""
        try:
            return reverse(self.url_name, args=self.url_args)
        except NoReverseMatch:
            return reverse("notices:notice_list")


class NoticeSetting(models.Model):
    """How one person wants one kind. Says nothing about a child; whoever tells must read it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    kind = models.CharField(_("Loại"), max_length=40)
    way = models.CharField(_("Cách nhận"), max_length=10, choices=Way)

    class Meta:
        verbose_name = _("cách nhận thông báo")
        constraints = [
            models.UniqueConstraint(name="notice_setting_once", fields=["user", "kind"]),
            models.CheckConstraint(
                name="notice_way_is_known", condition=Q(way__in=Way.values)
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.kind}: {self.get_way_display()}"
