"""Two rows of the register that are one child: asked for, approved by another person, undone."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tuoitho.lib.fields import EncryptedTextField
from tuoitho.lib.hanoi import now
from tuoitho.people.models.child import Child
from tuoitho.people.states import MergeState


class MergeQuerySet(models.QuerySet["Merge"]):
    def visible_to(self, user: Any) -> Self:
        """Where both children may be seen; the policies of migration 0008 say the same."""
        if not getattr(user, "pk", None):
            return self.none()
        scope = user.scope("people.view")
        if not scope:
            return self.none()
        return self.filter(scope.covers("kept__unit_id") & scope.covers("other__unit_id"))

    def waiting(self) -> Self:
        return self.filter(state=MergeState.REQUESTED)

    def standing(self) -> Self:
        """Waiting or done."""
        return self.filter(state__in=[MergeState.REQUESTED, MergeState.DONE])

    def done(self) -> Self:
        return self.filter(state=MergeState.DONE)


class Merge(models.Model):
    """Gộp hồ sơ trùng: ``other`` is the same child as ``kept``, whose row goes on alone.

    What hung on ``other`` and moved is remembered row by row where only the database's own
    functions read it (table ``people_mergedrow``): a list of rows would tell of sealed cases.
    """

    kept = models.ForeignKey(
        Child, models.PROTECT, related_name="merges", verbose_name=_("Hồ sơ giữ lại")
    )
    other = models.ForeignKey(
        Child, models.PROTECT, related_name="merges_away", verbose_name=_("Hồ sơ gộp vào")
    )
    # Group of fields (``merging.GROUPS``) → ``Side``.
    choices = models.JSONField(_("Lựa chọn từng mục"), default=dict)
    reason = EncryptedTextField(_("Vì sao là một em"))
    state = models.CharField(
        _("Tình trạng"), max_length=10, choices=MergeState, default=MergeState.REQUESTED
    )
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("Người đề nghị")
    )
    requested_at = models.DateTimeField(_("Đề nghị lúc"), default=now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("Người duyệt"),
    )  # fmt: skip
    decided_at = models.DateTimeField(_("Duyệt lúc"), null=True, blank=True)
    answer = EncryptedTextField(_("Ý kiến"), blank=True, default="")
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("Người tách lại"),
    )  # fmt: skip
    undone_at = models.DateTimeField(_("Tách lại lúc"), null=True, blank=True)
    # JSON of the kept row's columns before and after, for the undoing.
    before = EncryptedTextField(blank=True, default="", editable=False)
    after = EncryptedTextField(blank=True, default="", editable=False)

    objects = MergeQuerySet.as_manager()

    class Meta:
        verbose_name = _("gộp hồ sơ trùng")
        verbose_name_plural = _("gộp hồ sơ trùng")
        constraints = [
            models.CheckConstraint(
                name="merge_state_is_known", condition=Q(state__in=MergeState.values)
            ),
            models.CheckConstraint(
                name="merge_needs_two_children", condition=~Q(kept=F("other"))
            ),
            models.CheckConstraint(
                name="merge_needs_two_persons",
                condition=~Q(state=MergeState.DONE) | ~Q(decided_by=F("requested_by")),
            ),
            models.UniqueConstraint(
                name="merge_once_away", fields=["other"],
                condition=Q(state__in=[MergeState.REQUESTED, MergeState.DONE]),
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["state", "-requested_at"], name="merge_state_time")]

    def __str__(self) -> str:
        return f"{self.other} → {self.kept}"


class MergedRow(models.Model):
    """One row that hung on the other child and was given to the kept one; for the undoing."""

    merge = models.ForeignKey(Merge, models.PROTECT, related_name="+")
    table = models.CharField(max_length=63)
    column = models.CharField(max_length=63)
    row = models.CharField(max_length=40)

    class Meta:
        verbose_name = _("dòng đã chuyển khi gộp")
        constraints = [
            models.UniqueConstraint(
                fields=["merge", "table", "column", "row"], name="mergedrow_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.table} {self.row}"
