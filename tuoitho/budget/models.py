"""Money of the programme: yearly estimates, what was approved, what was spent, what was given."""

from dataclasses import dataclass
from datetime import date
from typing import Self

from django.conf import settings
from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tuoitho.access.models import Scoped, ScopedQuerySet
from tuoitho.budget.states import State, Step
from tuoitho.lib.periods import Period
from tuoitho.plan.offices import Office
from tuoitho.units.models import Organisation

TASK_CODE = r"^(II|III|IV)\.([0-9]+|KL)(\.[0-9]+)*$"


class Source(models.TextChoices):
    """The lawful sources of part III."""

    STATE = "state", _("Ngân sách nhà nước")
    MOBILISED = "mobilised", _("Huy động từ xã hội, cộng đồng")
    OTHER = "other", _("Nguồn hợp pháp khác")


@dataclass(frozen=True)
class SourceTotal:
    """Sums of one source, in đồng."""

    source: Source
    estimate: int
    approved: int
    spent: int


@dataclass(frozen=True)
class Totals:
    """Sums of some budget lines, in đồng: by source (every source, in order), and of all."""

    by_source: tuple[SourceTotal, ...]

    @property
    def estimate(self) -> int:
        return sum(row.estimate for row in self.by_source)

    @property
    def approved(self) -> int:
        return sum(row.approved for row in self.by_source)

    @property
    def spent(self) -> int:
        return sum(row.spent for row in self.by_source)

    @property
    def spent_share(self) -> float | None:
        """Spent of approved, between 0 and 1; None while nothing is approved."""
        return self.spent / self.approved if self.approved else None

    @property
    def approved_share(self) -> float | None:
        """Approved of estimated, between 0 and 1; None without an estimate."""
        return self.approved / self.estimate if self.estimate else None


class LineQuerySet(ScopedQuerySet["Line"]):
    view_permission = "budget.view"

    def of_year(self, year: int) -> Self:
        return self.filter(year=year)

    def of_owner(self, *offices: str) -> Self:
        return self.filter(owner__in=offices)

    def from_source(self, *sources: str) -> Self:
        return self.filter(source__in=sources)

    def approved(self) -> Self:
        """Approved, settled ones included."""
        return self.filter(state__in=(State.APPROVED, State.CLOSED))

    def waiting(self) -> Self:
        """Submitted, not yet appraised."""
        return self.filter(state=State.SUBMITTED)

    def totals(self) -> Totals:
        """Sums of exactly these rows, in đồng (an estimate counts whatever became of it)."""
        rows = (
            self.order_by()
            .values("source")
            .annotate(e=models.Sum("estimate"), a=models.Sum("approved"), s=models.Sum("spent"))
        )
        found = {row["source"]: (row["e"] or 0, row["a"] or 0, row["s"] or 0) for row in rows}
        return Totals(
            tuple(SourceTotal(source, *found.get(source, (0, 0, 0))) for source in Source)
        )


class Line(Scoped):
    """What one unit asks for one purpose in one year, from one source (part III)."""

    year = models.PositiveSmallIntegerField(_("Năm ngân sách"))
    owner = models.CharField(_("Cơ quan lập dự toán"), max_length=12, choices=Office)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("Đơn vị sử dụng"),
    )  # fmt: skip
    task_code = models.CharField(
        _("Nhiệm vụ trong kế hoạch"), max_length=12,
        validators=[RegexValidator(TASK_CODE, _("Mã nhiệm vụ viết như II.2.1 hoặc IV.1.4."))],
    )  # fmt: skip
    source = models.CharField(_("Nguồn"), max_length=10, choices=Source)
    purpose = models.CharField(_("Nội dung chi"), max_length=300)
    estimate = models.BigIntegerField(
        _("Dự toán (đồng)"), validators=[MinValueValidator(1)]
    )  # fmt: skip
    approved = models.BigIntegerField(_("Được duyệt (đồng)"), null=True, blank=True)
    # Kept beside the vouchers so that the database itself refuses to overspend.
    spent = models.BigIntegerField(_("Đã chi (đồng)"), default=0, editable=False)
    state = models.CharField(_("Tình trạng"), max_length=10, choices=State, default=State.DRAFTED)
    submitted_on = models.DateField(_("Ngày trình"), null=True, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("Người trình"),
    )  # fmt: skip
    decided_on = models.DateField(_("Ngày quyết định"), null=True, blank=True)
    decision_number = models.CharField(_("Số quyết định"), max_length=80, blank=True)
    refusal = models.TextField(_("Lý do không phê duyệt"), blank=True)
    settled_on = models.DateField(_("Ngày quyết toán"), null=True, blank=True)
    settlement_number = models.CharField(_("Số văn bản quyết toán"), max_length=80, blank=True)

    objects = LineQuerySet.as_manager()

    class Meta:
        verbose_name = _("dòng kinh phí")
        indexes = [
            models.Index(fields=["unit", "-year"], name="line_unit_year"),
            models.Index(fields=["state", "submitted_on"], name="line_state_submitted"),
        ]
        constraints = [
            models.CheckConstraint(name="line_state_is_known", condition=Q(state__in=State.values)),
            models.CheckConstraint(
                name="line_source_is_known", condition=Q(source__in=Source.values)
            ),
            models.CheckConstraint(
                name="line_owner_is_known", condition=Q(owner__in=Office.values)
            ),
            models.CheckConstraint(name="line_estimate_is_positive", condition=Q(estimate__gt=0)),
            models.CheckConstraint(
                name="line_year_is_plausible", condition=Q(year__range=(2015, 2100))
            ),
            models.CheckConstraint(
                name="line_task_code_reads", condition=Q(task_code__regex=TASK_CODE)
            ),
            models.CheckConstraint(
                name="line_approved_has_amount",
                condition=Q(
                    state__in=(State.APPROVED, State.CLOSED),
                    approved__gt=0, approved__lte=F("estimate"), decided_on__isnull=False,
                )
                | Q(
                    state__in=(State.DRAFTED, State.SUBMITTED, State.REFUSED),
                    approved__isnull=True,
                ),
            ),
            models.CheckConstraint(
                name="line_spent_within_approved",
                condition=Q(spent=0) | Q(spent__gt=0, spent__lte=F("approved")),
            ),
            models.CheckConstraint(
                name="line_refused_has_reason", condition=~Q(state=State.REFUSED) | ~Q(refusal="")
            ),
            models.CheckConstraint(
                name="line_closed_has_day",
                condition=Q(state=State.CLOSED, settled_on__isnull=False)
                | (~Q(state=State.CLOSED) & Q(settled_on__isnull=True)),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.year} · {self.purpose}"

    @property
    def remaining(self) -> int:
        """What may still be spent, in đồng."""
        return (self.approved or 0) - self.spent

    @property
    def spent_share(self) -> float | None:
        """Spent of approved, between 0 and 1; None while nothing is approved."""
        return self.spent / self.approved if self.approved else None

    @property
    def last_spending_day(self) -> date:
        """31 January after the budget year: until then its accounts are put right."""
        return date(self.year + 1, 1, 31)


class LineMove(models.Model):
    """One step in the life of a line: appended by actions, never edited."""

    line = models.ForeignKey(Line, models.CASCADE, related_name="moves")
    step = models.CharField(_("Bước"), max_length=10, choices=Step)
    target = models.CharField(_("Tình trạng"), max_length=10, choices=State)
    on = models.DateField(_("Ngày"))
    at = models.DateTimeField(_("Ghi lúc"), auto_now_add=True)
    by = models.CharField(_("Người ghi"), max_length=200)
    note = models.TextField(_("Ghi chú"), blank=True)

    class Meta:
        verbose_name = _("bước của dòng kinh phí")

    def __str__(self) -> str:
        return f"{self.get_step_display()} {self.on:%d/%m/%Y}"


class ExpenditureQuerySet(ScopedQuerySet["Expenditure"]):
    view_permission = "budget.view"
    unit_path = "line__unit"

    def standing(self) -> Self:
        """Those that count: not withdrawn."""
        return self.filter(withdrawn_on__isnull=True)

    def paid_in(self, period: Period) -> Self:
        """Paid on a day of the period, and standing."""
        return self.standing().filter(on__gte=period.start, on__lt=period.end)


class Expenditure(models.Model):
    """Money paid from a line, by voucher. A wrong one is withdrawn with a reason, never erased."""

    line = models.ForeignKey(Line, models.PROTECT, related_name="expenditures")
    on = models.DateField(_("Ngày chi"))
    amount = models.BigIntegerField(_("Số tiền (đồng)"), validators=[MinValueValidator(1)])
    what = models.CharField(_("Nội dung"), max_length=300)
    voucher = models.CharField(_("Số chứng từ"), max_length=60)
    withdrawn_on = models.DateField(_("Hủy ngày"), null=True, blank=True)
    withdrawal = models.CharField(_("Lý do hủy"), max_length=300, blank=True)

    objects = ExpenditureQuerySet.as_manager()

    class Meta:
        verbose_name = _("khoản chi")
        constraints = [
            models.CheckConstraint(name="expenditure_is_positive", condition=Q(amount__gt=0)),
            models.UniqueConstraint(
                fields=["line", "voucher"],
                condition=Q(withdrawn_on__isnull=True),
                name="expenditure_voucher_once",
            ),
            models.CheckConstraint(
                name="expenditure_withdrawn_has_reason",
                condition=Q(withdrawn_on__isnull=True, withdrawal="")
                | (Q(withdrawn_on__isnull=False) & ~Q(withdrawal="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.voucher}: {self.amount}"


class DonorKind(models.TextChoices):
    AGENCY = "agency", _("Cơ quan, tổ chức")
    ENTERPRISE = "enterprise", _("Doanh nghiệp")
    PERSON = "person", _("Cá nhân")
    FOREIGN = "foreign", _("Tổ chức quốc tế")


class ContributionKind(models.TextChoices):
    MONEY = "money", _("Tiền")
    GOODS = "goods", _("Hiện vật")


class ContributionQuerySet(ScopedQuerySet["Contribution"]):
    view_permission = "budget.view"

    def received_in(self, period: Period) -> Self:
        """Received (not only pledged) on a day of the period."""
        return self.filter(received_on__gte=period.start, received_on__lt=period.end)

    def pledged(self) -> Self:
        """Promised, not yet received."""
        return self.filter(received_on__isnull=True)

    def amount(self) -> int:
        """Money and the value of goods, in đồng."""
        return self.aggregate(total=models.Sum("amount"))["total"] or 0

    def used_amount(self) -> int:
        """What of it was used, in đồng."""
        return self.aggregate(total=models.Sum("used"))["total"] or 0


class Contribution(Scoped):
    """Money or goods somebody gives to the programme (II.6; III, second paragraph)."""

    donor = models.CharField(_("Người, đơn vị ủng hộ"), max_length=200)
    donor_kind = models.CharField(_("Loại"), max_length=10, choices=DonorKind)
    owner = models.CharField(_("Cơ quan tiếp nhận"), max_length=12, choices=Office)
    kind = models.CharField(_("Hình thức"), max_length=6, choices=ContributionKind)
    goods = models.CharField(_("Tên, số lượng hiện vật"), max_length=200, blank=True)
    amount = models.BigIntegerField(
        _("Số tiền hoặc giá trị (đồng)"), validators=[MinValueValidator(1)]
    )  # fmt: skip
    on = models.DateField(_("Ngày cam kết"))
    received_on = models.DateField(_("Ngày nhận"), null=True, blank=True)
    purpose = models.CharField(_("Mục đích"), max_length=300)
    used = models.BigIntegerField(_("Đã sử dụng (đồng)"), default=0, editable=False)

    objects = ContributionQuerySet.as_manager()

    class Meta:
        verbose_name = _("khoản ủng hộ")
        indexes = [models.Index(fields=["unit", "-on"], name="contribution_unit_on")]
        constraints = [
            models.CheckConstraint(name="contribution_is_positive", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="contribution_owner_is_known", condition=Q(owner__in=Office.values)
            ),
            models.CheckConstraint(
                name="contribution_used_within_received",
                condition=Q(used=0)
                | Q(received_on__isnull=False, used__gt=0, used__lte=F("amount")),
            ),
            models.CheckConstraint(
                name="contribution_received_after_pledge",
                condition=Q(received_on__isnull=True) | Q(received_on__gte=F("on")),
            ),
            models.CheckConstraint(
                name="contribution_goods_are_named",
                condition=~Q(kind=ContributionKind.GOODS) | ~Q(goods=""),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.donor}: {self.amount}"

    @property
    def remaining(self) -> int:
        """Received and not yet used, in đồng."""
        return self.amount - self.used if self.received_on else 0


class ContributionUse(models.Model):
    """What part of a contribution was used for; appended, never edited."""

    contribution = models.ForeignKey(Contribution, models.PROTECT, related_name="uses")
    on = models.DateField(_("Ngày sử dụng"))
    amount = models.BigIntegerField(_("Số tiền, giá trị (đồng)"), validators=[MinValueValidator(1)])
    what = models.CharField(_("Dùng vào việc"), max_length=300)

    class Meta:
        verbose_name = _("lần sử dụng khoản ủng hộ")
        constraints = [
            models.CheckConstraint(name="contribution_use_is_positive", condition=Q(amount__gt=0))
        ]

    def __str__(self) -> str:
        return f"{self.on:%d/%m/%Y}: {self.amount}"
