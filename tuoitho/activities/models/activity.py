"""Communication, training, products and models of the plan, and whom they reached."""

from datetime import date
from decimal import Decimal
from typing import Any, Self

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tuoitho.access.models import Scoped, ScopedQuerySet
from tuoitho.access.permissions import ROLES
from tuoitho.activities.kinds import (
    COMMUNICATION,
    Channel,
    Kind,
    ModelKind,
    ProductKind,
)
from tuoitho.activities.states import State, Step
from tuoitho.lib.periods import Period
from tuoitho.plan.offices import Office
from tuoitho.units.models import Closure, Organisation, Unit

TASK_CODE = r"^(II|III|IV)\.([0-9]+|KL)(\.[0-9]+)*$"


class ActivityQuerySet(ScopedQuerySet["Activity"]):
    view_permission = "activities.view"

    def visible_to(self, user: Any) -> Self:
        """As everywhere, by unit; who looks as a school sees its own school's activities only.

        The database's policy is by unit: other schools of the same commune are kept apart here.
        """
        rows = super().visible_to(user)
        if not getattr(user, "pk", None):
            return rows
        held_as = [
            (held.role, held.unit_id, held.organisation_id)
            for held in user.held_today
            if self.view_permission in ROLES[held.role][1]
        ]
        if all(role != "school" for role, _unit, _organisation in held_as):
            return rows
        schools = [organisation for role, _u, organisation in held_as if role == "school"]
        widely = [unit for role, unit, _o in held_as if role != "school"]
        below = Closure.objects.filter(ancestor_id__in=widely).values("descendant_id")
        return rows.filter(Q(organisation_id__in=schools) | Q(unit_id__in=below))

    def done_in(self, period: Period) -> Self:
        """Done (a model: set up) on a day of the period."""
        return self.filter(
            state=State.DONE, done_on__gte=period.start, done_on__lt=period.end
        )  # fmt: skip

    def informing(self) -> Self:
        """Communication of every kind (II.2), advice to employers included."""
        return self.filter(kind__in=COMMUNICATION)

    def training(self) -> Self:
        """Courses (II.3)."""
        return self.filter(kind=Kind.TRAINING)

    def models(self) -> Self:
        """Models (II.5)."""
        return self.filter(kind=Kind.MODEL)

    def running_in(self, period: Period) -> Self:
        """Done, and running on at least one day of the period (models run for years)."""
        return self.filter(
            state=State.DONE, starts_on__lt=period.end, ends_on__gte=period.start
        )  # fmt: skip

    def within(self, unit: Unit) -> Self:
        """Of ``unit`` or a unit below it."""
        return self.filter(unit__above__ancestor=unit)

    def of_owner(self, *offices: str) -> Self:
        return self.filter(owner__in=offices)

    def planned_before(self, day: date) -> Self:
        """Still only planned although their last day is before ``day``."""
        return self.filter(state=State.PLANNED, ends_on__lt=day)

    def with_people(self) -> Self:
        """Annotated with ``seats`` and ``people`` (first reached that year); None without."""
        here = self.model.objects.filter(pk=models.OuterRef("pk")).order_by().values("pk")
        return self.annotate(
            seats=models.Subquery(here.annotate(n=models.Sum("reached__attended")).values("n")),
            people=models.Subquery(here.annotate(n=models.Sum("reached__first_time")).values("n")),
        )

    def naming_hotline(self) -> Self:
        """Those that made 111 and 02433.525.662 known (II.2, fifth paragraph)."""
        return self.filter(names_hotline=True)


class Activity(Scoped):
    """A communication activity, product, course or model of the programme (II.2, II.3, II.5)."""

    title = models.CharField(_("Tên hoạt động"), max_length=200)
    kind = models.CharField(_("Hình thức"), max_length=12, choices=Kind)
    topic = models.CharField(_("Chủ đề"), max_length=200, blank=True)
    owner = models.CharField(_("Cơ quan chủ trì"), max_length=12, choices=Office)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("Đơn vị thực hiện"),
    )  # fmt: skip
    task_code = models.CharField(
        _("Nhiệm vụ trong kế hoạch"), max_length=12, blank=True,
        validators=[RegexValidator(TASK_CODE, _("Mã nhiệm vụ viết như II.2.1 hoặc IV.1.4."))],
    )  # fmt: skip
    starts_on = models.DateField(_("Từ ngày"))
    ends_on = models.DateField(_("Đến hết ngày"))
    place = models.CharField(_("Địa điểm"), max_length=200, blank=True)
    state = models.CharField(_("Tình trạng"), max_length=10, choices=State, default=State.PLANNED)
    # The day that decides the year of its figures: last day held; for a model, the day it began.
    done_on = models.DateField(_("Ngày thực hiện"), null=True, blank=True)
    result = models.TextField(_("Kết quả"), blank=True)
    evidence = models.CharField(
        _("Minh chứng"), max_length=300, blank=True,
        help_text=_("Số văn bản, đường dẫn tới ảnh hoặc bài đăng."),
    )  # fmt: skip
    names_hotline = models.BooleanField(
        _("Có giới thiệu Tổng đài 111 và 02433.525.662"), default=False
    )

    product_kind = models.CharField(
        _("Loại sản phẩm"), max_length=10, choices=ProductKind, blank=True
    )
    channel = models.CharField(_("Kênh"), max_length=12, choices=Channel, blank=True)
    quantity = models.PositiveIntegerField(
        _("Số lượng"), default=0, help_text=_("Số bản in, số lượt phát hoặc số bài đăng.")
    )
    hours = models.DecimalField(
        _("Số giờ học"), max_digits=5, decimal_places=1, null=True, blank=True
    )
    score_before = models.DecimalField(
        _("Điểm trung bình trước lớp"), max_digits=4, decimal_places=2, null=True, blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(10)],
    )  # fmt: skip
    score_after = models.DecimalField(
        _("Điểm trung bình sau lớp"), max_digits=4, decimal_places=2, null=True, blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(10)],
    )  # fmt: skip
    certificates = models.PositiveIntegerField(_("Số giấy chứng nhận đã cấp"), default=0)
    model_kind = models.CharField(_("Loại mô hình"), max_length=16, choices=ModelKind, blank=True)
    member_households = models.PositiveIntegerField(_("Số hộ tham gia"), default=0)
    member_establishments = models.PositiveIntegerField(_("Số cơ sở tham gia"), default=0)
    before = models.TextField(_("Trước khi có mô hình"), blank=True)
    after = models.TextField(_("Sau khi có mô hình"), blank=True)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name = _("hoạt động")
        indexes = [
            models.Index(fields=["unit", "done_on"], name="activity_unit_done"),
            models.Index(fields=["unit", "-starts_on"], name="activity_unit_starts"),
            models.Index(fields=["state", "ends_on"], name="activity_state_ends"),
        ]
        constraints = [
            models.CheckConstraint(
                name="activity_state_is_known", condition=Q(state__in=State.values)
            ),
            models.CheckConstraint(
                name="activity_kind_is_known", condition=Q(kind__in=Kind.values)
            ),
            models.CheckConstraint(
                name="activity_owner_is_known", condition=Q(owner__in=Office.values)
            ),
            models.CheckConstraint(
                name="activity_ends_after_start", condition=Q(ends_on__gte=F("starts_on"))
            ),
            models.CheckConstraint(
                name="activity_done_has_day",
                condition=Q(state=State.PLANNED, done_on__isnull=True)
                | Q(state=State.DONE, done_on__isnull=False)
                | Q(state=State.CANCELLED),
            ),
            models.CheckConstraint(
                name="activity_model_has_its_kind",
                condition=(Q(kind=Kind.MODEL) & ~Q(model_kind=""))
                | (~Q(kind=Kind.MODEL) & Q(model_kind="")),
            ),
            models.CheckConstraint(
                name="activity_product_has_its_kind",
                condition=(Q(kind=Kind.PRODUCT) & ~Q(product_kind=""))
                | (~Q(kind=Kind.PRODUCT) & Q(product_kind="")),
            ),
            models.CheckConstraint(
                name="activity_task_code_reads",
                condition=Q(task_code="") | Q(task_code__regex=TASK_CODE),
            ),
            models.CheckConstraint(
                name="activity_scores_are_0_to_10",
                condition=(Q(score_before__isnull=True) | Q(score_before__range=(0, 10)))
                & (Q(score_after__isnull=True) | Q(score_after__range=(0, 10))),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    @property
    def in_action_month(self) -> bool:
        """Held (in part) in June, the month of action for children (Luật Trẻ em Đ11)."""
        return any(
            self.starts_on <= date(year, 6, 30) and date(year, 6, 1) <= self.ends_on
            for year in range(self.starts_on.year, self.ends_on.year + 1)
        )

    @property
    def score_gain(self) -> Decimal | None:
        """Points gained between the tests; None unless both were held."""
        if self.score_before is None or self.score_after is None:
            return None
        return self.score_after - self.score_before


class ActivityMove(models.Model):
    """One step in the life of an activity: appended by actions, never edited."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="moves")
    step = models.CharField(_("Bước"), max_length=10, choices=Step)
    target = models.CharField(_("Tình trạng"), max_length=10, choices=State)
    on = models.DateField(_("Ngày"))
    at = models.DateTimeField(_("Ghi lúc"), auto_now_add=True)
    by = models.CharField(_("Người ghi"), max_length=200)
    note = models.TextField(_("Ghi chú"), blank=True)

    class Meta:
        verbose_name = _("bước của hoạt động")

    def __str__(self) -> str:
        return f"{self.get_step_display()} {self.on:%d/%m/%Y}"
