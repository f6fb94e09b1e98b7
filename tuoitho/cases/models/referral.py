"""A child sent to another body for help: what was asked, and the answer that body owes."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Count, F, Q
from django.utils.translation import gettext_lazy as _

from tuoitho.access.models import User
from tuoitho.access.permissions import ROLES
from tuoitho.cases.exchange_states import ReferralState
from tuoitho.cases.models.case import Case
from tuoitho.cases.models.consent import Consent, SharingBasis
from tuoitho.cases.models.support import Service, ServiceKind, ServiceResult
from tuoitho.lib.fields import EncryptedTextField
from tuoitho.lib.hanoi import now
from tuoitho.lib.periods import Period
from tuoitho.units.models import Organisation, Unit


def answered_for(user: Any) -> list[int]:
    """Organisations (by key) for which ``user`` answers referrals today."""
    if not getattr(user, "pk", None) or not user.may("cases.answer"):
        return []
    held = user.held_today if isinstance(user, User) else ()
    return sorted({
        a.organisation_id for a in held
        if a.organisation_id and a.role in ROLES and "cases.answer" in ROLES[a.role][1]
    })  # fmt: skip


class Median(models.Aggregate):
    """The middle value of a span of time (percentile_cont)."""

    function = "percentile_cont"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = models.DurationField()


class ReferralQuerySet(models.QuerySet["Referral"]):
    def sent_from_sight_of(self, user: Any) -> Self:
        """Of the cases this person may see."""
        return self.filter(case__in=Case.objects.visible_to(user))

    def received_by(self, user: Any) -> Self:
        """Addressed to the bodies for which this person answers; never of a sealed case."""
        return self.filter(receiver__in=answered_for(user), sealed=False)

    def visible_to(self, user: Any) -> Self:
        """Both. The policy of the table says the same."""
        mine = Q(receiver__in=answered_for(user), sealed=False)
        return self.filter(mine | Q(case__in=Case.objects.visible_to(user)))

    def offered_in(self, period: Period) -> Self:
        return self.filter(offered_on__gte=period.start, offered_on__lt=period.end)

    def counted(self) -> Self:
        """Those that were for the receiver to answer: not the ones taken back before it did."""
        return self.exclude(state=ReferralState.TAKEN_BACK, answered_on=None)

    def answered(self) -> Self:
        return self.filter(answered_on__isnull=False)

    def answered_in_time(self) -> Self:
        return self.filter(answered_on__lte=F("answer_due_on"))

    def unanswered(self) -> Self:
        """The receiver still owes an answer."""
        return self.filter(state=ReferralState.OFFERED)

    def overdue(self, day: date) -> Self:
        return self.unanswered().filter(answer_due_on__lt=day)

    def still_open(self) -> Self:
        """Waiting for an answer, or being helped."""
        return self.filter(state__in=[ReferralState.OFFERED, ReferralState.ACCEPTED])

    def running(self) -> Self:
        return self.filter(state=ReferralState.ACCEPTED)

    def by_receiver(self) -> Any:
        """One row a body: how many it was asked, answered, in time; median time to the answer."""
        return (
            self.counted()
            .values("receiver", "receiver__name")
            .annotate(
                asked=Count("pk"),
                answered=Count("pk", filter=Q(answered_on__isnull=False)),
                in_time=Count("pk", filter=Q(answered_on__lte=F("answer_due_on"))),
                median=Median(F("answered_on") - F("offered_on")),
            )
            .order_by("receiver__name", "receiver")
        )


class Referral(models.Model):
    """One request to one body about one child. It carries the little the receiver may know, so
    that who answers never opens the case.

    ``unit`` (who handles the case now) and ``sealed`` are copies of the case's; a foreign key with
    ON UPDATE CASCADE over the three columns keeps them true (migration).
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="referrals")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("Nơi gửi"))
    sealed = models.BooleanField(default=False, editable=False)
    receiver = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("Nơi nhận")
    )
    kind = models.CharField(_("Loại dịch vụ"), max_length=20, choices=ServiceKind)
    measure = models.ForeignKey(
        "cases.PlanMeasure", models.SET_NULL, null=True, blank=True, related_name="referrals",
        verbose_name=_("Theo biện pháp của kế hoạch"),
    )  # fmt: skip
    policy_code = models.SlugField(_("Theo chính sách"), max_length=40, blank=True)
    child_name = EncryptedTextField(_("Trẻ"))
    child_facts = EncryptedTextField(_("Về trẻ, chỉ những gì cần"), blank=True)
    request = EncryptedTextField(_("Đề nghị"))
    contact = EncryptedTextField(_("Liên hệ lại với ai"), blank=True)
    state = models.CharField(
        _("Tình trạng"), max_length=10, choices=ReferralState, default=ReferralState.OFFERED
    )
    offered_on = models.DateField(_("Ngày gửi"))
    answer_due_on = models.DateField(_("Hạn trả lời"))
    answered_on = models.DateField(_("Ngày trả lời"), null=True, blank=True)
    ended_on = models.DateField(_("Ngày xong, rút lại"), null=True, blank=True)
    result = models.CharField(_("Kết quả"), max_length=10, choices=ServiceResult, blank=True)
    reminded_on = models.DateField(_("Nhắc gần nhất"), null=True, blank=True)
    service = models.OneToOneField(
        Service, models.SET_NULL, null=True, blank=True, related_name="referral",
        verbose_name=_("Dịch vụ của hồ sơ"),
    )  # fmt: skip
    consents = models.ManyToManyField(Consent, through="ReferralConsent", related_name="referrals")
    basis = models.ForeignKey(
        SharingBasis, models.PROTECT, null=True, blank=True, related_name="referrals",
        verbose_name=_("Căn cứ chia sẻ"),
    )  # fmt: skip
    offered_by = models.CharField(_("Người gửi"), max_length=200)

    objects = ReferralQuerySet.as_manager()

    class Meta:
        verbose_name = _("chuyển tiếp")
        constraints = [
            models.CheckConstraint(
                name="referral_state_is_known", condition=Q(state__in=ReferralState.values)
            ),
            models.CheckConstraint(
                name="referral_answer_has_day",
                condition=~Q(state__in=["accepted", "refused", "done"])
                | Q(answered_on__isnull=False),
            ),
            models.CheckConstraint(
                name="referral_done_has_result",
                condition=~Q(state="done") | (Q(ended_on__isnull=False) & ~Q(result="")),
            ),
            models.CheckConstraint(
                name="referral_answer_after_offer",
                condition=Q(answered_on=None) | Q(answered_on__gte=F("offered_on")),
            ),
            # Asking the same body twice for the same thing confuses both.
            models.UniqueConstraint(
                name="referral_one_running", fields=["case", "receiver", "kind"],
                condition=Q(state__in=["offered", "accepted"]),
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["receiver", "state", "answer_due_on"], name="referral_receiver"),
            models.Index(fields=["unit", "state", "answer_due_on"], name="referral_unit"),
            models.Index(fields=["offered_on"], name="referral_offered"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.receiver}"

    @property
    def awaits_answer(self) -> bool:
        return self.state == ReferralState.OFFERED

    @property
    def is_running(self) -> bool:
        return self.state in (ReferralState.OFFERED, ReferralState.ACCEPTED)


class OfReferralQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """Seen exactly when the referral is."""
        return self.filter(referral__in=Referral.objects.visible_to(user))


class ReferralMove(models.Model):
    """One step in the life of a referral, or a reminder. Appended, never edited."""

    referral = models.ForeignKey(Referral, models.CASCADE, related_name="moves")
    name = models.CharField(_("Bước"), max_length=12)
    source = models.CharField(_("Từ"), max_length=10, choices=ReferralState, blank=True)
    target = models.CharField(_("Đến"), max_length=10, choices=ReferralState)
    on = models.DateField(_("Ngày"))
    recorded_at = models.DateTimeField(_("Ghi lúc"), default=now)
    by_name = models.CharField(_("Người thực hiện"), max_length=200)
    by_key = models.BigIntegerField(null=True)
    # How the answer came, when it was not given in the system: link, telephone, letter.
    heard = models.CharField(_("Cách trả lời"), max_length=200, blank=True)
    note = EncryptedTextField(_("Ghi chú"), blank=True)

    objects = OfReferralQuerySet.as_manager()

    class Meta:
        verbose_name = _("bước của chuyển tiếp")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.source} → {self.target}"


class ReferralConsent(models.Model):
    """This referral rested on this consent."""

    referral = models.ForeignKey(Referral, models.CASCADE, related_name="+")
    consent = models.ForeignKey(Consent, models.PROTECT, related_name="+")

    objects = OfReferralQuerySet.as_manager()

    class Meta:
        verbose_name = _("đồng ý của chuyển tiếp")
        constraints = [
            models.UniqueConstraint(name="referral_consent_once", fields=["referral", "consent"])
        ]

    def __str__(self) -> str:
        return f"{self.referral_id}: {self.consent_id}"


class ReferralLink(models.Model):
    """A key by which a body without an account answers once. Only its keyed hash is kept."""

    referral = models.ForeignKey(Referral, models.CASCADE, related_name="links")
    key_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(_("Tạo lúc"), default=now)
    made_by = models.CharField(_("Người tạo"), max_length=200)
    sent_to = EncryptedTextField(_("Gửi đến"), blank=True)
    expires_at = models.DateTimeField(_("Hết hạn lúc"))
    used_at = models.DateTimeField(_("Đã dùng lúc"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("Thu hồi lúc"), null=True, blank=True)

    objects = OfReferralQuerySet.as_manager()

    class Meta:
        verbose_name = _("đường dẫn một lần")

    def __str__(self) -> str:
        return f"{self.made_at:%d/%m/%Y}"


class WithdrawalNoticeQuerySet(OfReferralQuerySet):
    def open(self) -> Self:
        return self.filter(acknowledged_on=None)


class WithdrawalNotice(models.Model):
    """A consent was taken back: told to a body that holds information because of it, which must
    say that it knows."""

    referral = models.ForeignKey(Referral, models.CASCADE, related_name="withdrawals")
    consent = models.ForeignKey(Consent, models.PROTECT, related_name="notices")
    sent_on = models.DateField(_("Báo ngày"))
    due_on = models.DateField(_("Hạn xác nhận"))
    acknowledged_on = models.DateField(_("Xác nhận ngày"), null=True, blank=True)
    acknowledged_by = models.CharField(_("Người xác nhận"), max_length=200, blank=True)
    done_with_it = EncryptedTextField(_("Đã xử lý thông tin thế nào"), blank=True)

    objects = WithdrawalNoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("báo rút lại đồng ý")
        constraints = [
            models.UniqueConstraint(name="withdrawal_told_once", fields=["referral", "consent"])
        ]

    def __str__(self) -> str:
        return f"{self.sent_on:%d/%m/%Y}"
