"""Identity numbers put right with the police: lists handed over, what came back of each line."""

import hashlib
import json
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tuoitho.access.models import Scoped, ScopedQuerySet
from tuoitho.lib.fields import EncryptedTextField
from tuoitho.lib.hanoi import now
from tuoitho.people.models.child import Child
from tuoitho.people.states import NumberListState, NumberResult, NumberTrouble

OPEN = (NumberListState.PREPARED, NumberListState.HANDED)


class NumberListQuerySet(ScopedQuerySet["NumberList"]):
    view_permission = "people.identity"

    def open(self) -> Self:
        """Prepared or handed over, not yet returned."""
        return self.filter(state__in=OPEN)


class NumberList(Scoped):
    """Danh sách đề nghị công an đối chiếu số định danh of one commune.

    Handing over and taking back are signed: by whom, when, and the fingerprint (SHA-256) of the
    lines as they were then, which the log keeps too.
    """

    state = models.CharField(
        _("Tình trạng"), max_length=10, choices=NumberListState, default=NumberListState.PREPARED
    )
    made_on = models.DateField(_("Ngày lập"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("Người lập")
    )
    document_number = models.CharField(_("Số văn bản"), max_length=40, blank=True)
    recipient = models.CharField(_("Cơ quan công an nhận"), max_length=200, blank=True)
    received_by = models.CharField(_("Cán bộ công an ký nhận"), max_length=120, blank=True)
    handed_on = models.DateField(_("Ngày chuyển"), null=True, blank=True)
    handed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("Người chuyển"),
    )  # fmt: skip
    handed_digest = models.CharField(_("Dấu vân tay khi chuyển"), max_length=64, blank=True)
    answered_by = models.CharField(_("Cán bộ công an ký trả lời"), max_length=120, blank=True)
    returned_on = models.DateField(_("Ngày nhận lại"), null=True, blank=True)
    returned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("Người nhận lại"),
    )  # fmt: skip
    returned_digest = models.CharField(_("Dấu vân tay khi nhận lại"), max_length=64, blank=True)

    objects = NumberListQuerySet.as_manager()

    class Meta:
        verbose_name = _("danh sách đối chiếu số định danh")
        verbose_name_plural = _("danh sách đối chiếu số định danh")
        constraints = [
            models.CheckConstraint(
                name="numberlist_state_is_known", condition=Q(state__in=NumberListState.values)
            ),
            models.CheckConstraint(
                name="numberlist_handed_is_signed",
                condition=Q(state__in=[NumberListState.PREPARED, NumberListState.CANCELLED])
                | (Q(handed_on__isnull=False) & ~Q(handed_digest="")),
            ),
        ]
        indexes = [models.Index(fields=["unit", "-made_on"], name="numberlist_unit_day")]

    def __str__(self) -> str:
        return f"DC-{self.pk:05d}" if self.pk else str(_("danh sách mới"))

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    def digest(self) -> str:
        """SHA-256 of all lines with the answers they have now."""
        lines = [row.line() for row in self.checks.with_children()]
        return hashlib.sha256(json.dumps(lines, ensure_ascii=False).encode()).hexdigest()


class NumberCheckQuerySet(models.QuerySet["NumberCheck"]):
    def open(self) -> Self:
        return self.filter(number_list__state__in=OPEN)

    def with_children(self, *more: str) -> Self:
        """In their order, with their children (and what ``more`` names of them). Not joined: a
        line stays in the list when its child has moved out of sight."""
        return self.prefetch_related("child", *more).order_by("place")


class NumberCheck(models.Model):
    """One line of such a list: a child, what is wrong, what the police answered."""

    number_list = models.ForeignKey(
        NumberList, models.CASCADE, related_name="checks", verbose_name=_("Danh sách")
    )
    child = models.ForeignKey(
        Child, models.PROTECT, related_name="number_checks", verbose_name=_("Trẻ em")
    )
    place = models.PositiveIntegerField(_("TT"))
    trouble = models.CharField(_("Cần đối chiếu vì"), max_length=10, choices=NumberTrouble)
    result = models.CharField(_("Kết quả"), max_length=10, choices=NumberResult, blank=True)
    number = EncryptedTextField(_("Số đúng"), blank=True, default="")
    note = EncryptedTextField(_("Ghi chú"), blank=True, default="")
    # Why a number told by the police could not be written into the register.
    refusal = models.CharField(_("Chưa ghi được vì"), max_length=300, blank=True)
    answered_at = models.DateTimeField(_("Ghi kết quả lúc"), null=True, blank=True, default=None)

    objects = NumberCheckQuerySet.as_manager()

    class Meta:
        verbose_name = _("dòng đối chiếu số định danh")
        constraints = [
            models.CheckConstraint(
                name="numbercheck_trouble_is_known", condition=Q(trouble__in=NumberTrouble.values)
            ),
            models.CheckConstraint(
                name="numbercheck_result_is_known",
                condition=Q(result__in=[*NumberResult.values, ""]),
            ),
            models.UniqueConstraint(fields=["number_list", "place"], name="numbercheck_place_once"),
        ]

    def __str__(self) -> str:
        return f"{self.number_list} {self.place}"

    @property
    def known(self) -> Child | None:
        """The child, None when it has left the sight of who asks (moved to another commune)."""
        try:
            return self.child
        except Child.DoesNotExist:
            return None

    @property
    def who(self) -> str:
        return self.known.full_name if self.known else gettext("Em không còn ở xã này")

    def line(self) -> list[str]:
        """The line as it is signed."""
        child = self.known
        facts = [child.full_name, str(child.birth_date or ""), child.sex] if child else [""] * 3
        said = [self.trouble, self.result, self.number, self.note]
        return [str(self.place), str(self.child_id), *facts, *said]

    def answer(self, result: str, number: str, note: str) -> bool:
        """Set what came back (not saved). Returns whether it says anything new."""
        same = (self.result, self.number, self.note) == (result, number, note)
        if not same:
            self.result, self.number, self.note = result, number, note
            self.answered_at = now() if result else None
        return not same
