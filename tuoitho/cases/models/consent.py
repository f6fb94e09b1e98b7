"""Who agreed to what being shared about a child; where the law asks nobody, on what ground."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tuoitho.access.models import NOWHERE
from tuoitho.cases.exchange_states import ConsentState
from tuoitho.cases.models.case import Case
from tuoitho.cases.models.sight import OfCaseQuerySet
from tuoitho.lib.fields import EncryptedTextField
from tuoitho.lib.hanoi import now
from tuoitho.people.models import Child, Guardian
from tuoitho.units.models import Organisation


class Purpose(models.TextChoices):
    """What the information is shared for (Luật 91/2025/QH15 Điều 9: consent is per purpose)."""

    REFERRAL = "referral", _("Chuyển tiếp đến cơ quan, cơ sở hỗ trợ")
    HANDOVER = "handover", _("Bàn giao hồ sơ cho địa phương khác")
    PUBLICATION = "publication", _("Đăng tải, công bố (tin, bài, ảnh)")


class Party(models.TextChoices):
    """Whose word it is (Luật Trẻ em Điều 6 khoản 11: the child of 7 or more, and the guardian)."""

    CHILD = "child", _("Trẻ (từ đủ 7 tuổi)")
    GUARDIAN = "guardian", _("Cha, mẹ, người giám hộ")


class Manner(models.TextChoices):
    PAPER = "paper", _("Văn bản có chữ ký")
    SPOKEN = "spoken", _("Nói trước người làm chứng")


class ConsentQuerySet(models.QuerySet["Consent"]):
    def visible_to(self, user: Any) -> Self:
        """Of children in the units where ``user`` may see cases; what was written down with a
        case, only for who sees the case."""
        scope = user.scope("cases.view") if getattr(user, "pk", None) else NOWHERE
        where = scope.covers("child__unit_id")
        with_case = Q(case=None) | Q(case__in=Case.objects.visible_to(user))
        return self.filter(where, with_case)

    def standing_on(self, day: date) -> Self:
        """Said by that day, not yet run out, not taken back."""
        return self.exclude(state=ConsentState.WITHDRAWN).filter(
            Q(valid_until=None) | Q(valid_until__gte=day), valid_from__lte=day
        )

    def for_sharing(self, purpose: str, receiver: Organisation | None) -> Self:
        """About this purpose, and not only about another body."""
        mine = Q(organisation=None) | Q(organisation=receiver) if receiver else Q(organisation=None)
        return self.filter(mine, purpose=purpose)


class Consent(models.Model):
    """One person's word on one purpose: given or refused, and perhaps taken back later."""

    child = models.ForeignKey(Child, models.PROTECT, related_name="consents", verbose_name=_("Trẻ"))
    case = models.ForeignKey(
        Case, models.CASCADE, null=True, blank=True, related_name="consents",
        verbose_name=_("Hồ sơ"),
    )  # fmt: skip
    purpose = models.CharField(_("Mục đích"), max_length=12, choices=Purpose)
    party = models.CharField(_("Người có ý kiến"), max_length=8, choices=Party)
    guardian = models.ForeignKey(
        Guardian, models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("Người chăm sóc trong sổ"),
    )  # fmt: skip
    person_name = EncryptedTextField(_("Họ tên người có ý kiến"))
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("Chỉ cho cơ quan"),
    )  # fmt: skip
    state = models.CharField(_("Ý kiến"), max_length=9, choices=ConsentState)
    manner = models.CharField(_("Cách ghi nhận"), max_length=6, choices=Manner)
    witness = EncryptedTextField(_("Người làm chứng"), blank=True)
    note = EncryptedTextField(_("Ghi chú"), blank=True)
    valid_from = models.DateField(_("Từ ngày"))
    valid_until = models.DateField(_("Đến hết ngày"), null=True, blank=True)
    recorded_by = models.CharField(_("Người ghi"), max_length=200)
    recorded_at = models.DateTimeField(_("Ghi lúc"), default=now)
    withdrawn_on = models.DateField(_("Rút lại ngày"), null=True, blank=True)
    withdrawn_by = models.CharField(_("Người ghi rút lại"), max_length=200, blank=True)
    withdrawal_note = EncryptedTextField(_("Lời rút lại"), blank=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("ý kiến về chia sẻ thông tin")
        ordering = ["-valid_from", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="consent_state_is_known", condition=Q(state__in=ConsentState.values)
            ),
            models.CheckConstraint(
                name="consent_withdrawn_has_day",
                condition=Q(state=ConsentState.WITHDRAWN, withdrawn_on__isnull=False)
                | (~Q(state=ConsentState.WITHDRAWN) & Q(withdrawn_on=None)),
            ),
            models.CheckConstraint(
                name="consent_ends_after_start",
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
            ),
        ]
        indexes = [models.Index(fields=["child", "purpose"], name="consent_child_purpose")]

    def __str__(self) -> str:
        return f"{self.get_party_display()}: {self.get_purpose_display()}"


class Ground(models.TextChoices):
    """Why something is shared without the consents (Luật 91/2025/QH15 Điều 19 khoản 1)."""

    URGENT = "urgent", _("Bảo vệ khẩn cấp tính mạng, sức khỏe, danh dự, nhân phẩm")
    STATE_DUTY = "state_duty", _("Nhiệm vụ của cơ quan nhà nước do luật giao")
    OVERRIDE = "override", _("Ngoại lệ vì lợi ích tốt nhất của trẻ (phải có người thứ hai duyệt)")


class SecondLook(models.TextChoices):
    NOT_NEEDED = "", _("Không cần duyệt")
    WAITING = "waiting", _("Chờ người thứ hai duyệt")
    AGREED = "agreed", _("Đã duyệt")
    DENIED = "denied", _("Không duyệt")


class SharingBasisQuerySet(OfCaseQuerySet["SharingBasis"]):
    def in_force(self) -> Self:
        """May be relied on: grounds of the law, and exceptions a second person agreed to."""
        return self.filter(review__in=[SecondLook.NOT_NEEDED, SecondLook.AGREED])

    def awaiting_review(self) -> Self:
        return self.filter(review=SecondLook.WAITING)


class SharingBasis(models.Model):
    """The ground on which something of a case is shared although a consent is missing."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="sharing_bases")
    purpose = models.CharField(_("Mục đích"), max_length=12, choices=Purpose)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("Chỉ cho cơ quan"),
    )  # fmt: skip
    ground = models.CharField(_("Căn cứ"), max_length=10, choices=Ground)
    citation = models.CharField(_("Điều khoản"), max_length=200, blank=True)
    reason = EncryptedTextField(_("Lý do"))
    on = models.DateField(_("Ngày"))
    recorded_by = models.CharField(_("Người ghi"), max_length=200)
    recorded_key = models.BigIntegerField(null=True)
    review = models.CharField(
        _("Duyệt"), max_length=7, choices=SecondLook, blank=True, default=SecondLook.NOT_NEEDED
    )
    review_due_on = models.DateField(_("Hạn duyệt"), null=True, blank=True)
    reviewed_on = models.DateField(_("Ngày duyệt"), null=True, blank=True)
    reviewed_by = models.CharField(_("Người duyệt"), max_length=200, blank=True)
    reviewed_key = models.BigIntegerField(null=True)
    review_note = EncryptedTextField(_("Ý kiến duyệt"), blank=True)

    objects = SharingBasisQuerySet.as_manager()

    class Meta:
        verbose_name = _("căn cứ chia sẻ")
        constraints = [
            models.CheckConstraint(
                name="sharing_override_is_reviewed",
                condition=~Q(ground=Ground.OVERRIDE) | ~Q(review=SecondLook.NOT_NEEDED),
            ),
            models.CheckConstraint(
                name="sharing_reviewed_by_another",
                condition=Q(reviewed_key=None) | ~Q(reviewed_key=F("recorded_key")),
            ),
        ]

    def __str__(self) -> str:
        return self.get_ground_display()
