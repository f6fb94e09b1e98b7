"""Visits to workplaces, what was found there, what was ordered and decided."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Sum
from django.db.models.functions import ExtractYear
from django.utils.translation import gettext_lazy as _

from tuoitho.access.models import Scoped, ScopedQuerySet
from tuoitho.establishments.models import Establishment
from tuoitho.inspections.states import VISITED, Answer, Decider, Kind, Result, State
from tuoitho.lib.periods import Period
from tuoitho.units.models import Organisation, Unit


class InspectionQuerySet(ScopedQuerySet["Inspection"]):
    view_permission = "inspections.view"

    def planned_in(self, period: Period) -> Self:
        """Planned for a day of the period, whatever became of it but cancellation."""
        rows = self.exclude(state=State.CANCELLED)
        return rows.filter(planned_on__gte=period.start, planned_on__lt=period.end)

    def done_in(self, period: Period) -> Self:
        """Visited on a day of the period."""
        rows = self.filter(state__in=VISITED)
        return rows.filter(done_on__gte=period.start, done_on__lt=period.end)

    def waiting_on(self, day: date) -> Self:
        """Planned for that day or earlier and not yet visited."""
        return self.filter(state=State.PLANNED, planned_on__lte=day)

    def with_violations(self) -> Self:
        return self.filter(Exists(Violation.objects.filter(inspection=OuterRef("pk"))))

    def of_kinds(self, *kinds: str) -> Self:
        """Of one of these ``Kind``s."""
        return self.filter(kind__in=kinds)

    def at_establishments_of(self, *kinds: str) -> Self:
        """At workplaces of these ``establishments.states.Kind``s."""
        return self.filter(establishment__kind__in=kinds)

    def in_craft_villages(self) -> Self:
        return self.filter(establishment__craft_village__isnull=False)

    def located_in(self, unit: Unit) -> Self:
        """In ``unit`` or below it."""
        return self.filter(unit__above__ancestor=unit)

    def count_establishments(self) -> int:
        """Different workplaces of these inspections."""
        return self.order_by().values("establishment").distinct().count()


class Inspection(Scoped):
    """Cuộc kiểm tra, thanh tra at one workplace (plan II.7)."""

    establishment = models.ForeignKey(
        Establishment, models.PROTECT, related_name="inspections", verbose_name=_("Cơ sở")
    )
    kind = models.CharField(_("Hình thức"), max_length=10, choices=Kind)
    state = models.CharField(_("Tình trạng"), max_length=10, choices=State, default=State.PLANNED)
    subject = models.CharField(_("Nội dung kiểm tra"), max_length=300, blank=True)
    lead = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("Cơ quan chủ trì"),
    )  # fmt: skip
    team = models.TextField(_("Thành phần đoàn kiểm tra"), blank=True)
    planned_on = models.DateField(_("Ngày dự kiến"))
    done_on = models.DateField(_("Ngày kiểm tra"), null=True, blank=True)
    minutes_number = models.CharField(_("Số biên bản"), max_length=40, blank=True)
    checklist = models.CharField(_("Bảng kiểm"), max_length=20, blank=True)
    workers_seen = models.PositiveIntegerField(_("Số lao động có mặt"), null=True, blank=True)
    minors_seen = models.PositiveIntegerField(
        _("Số lao động chưa đủ 18 tuổi"), null=True, blank=True
    )
    under_15_seen = models.PositiveIntegerField(
        _("Trong đó chưa đủ 15 tuổi"), null=True, blank=True
    )
    conclusion = models.TextField(_("Kết luận"), blank=True)
    closed_on = models.DateField(_("Ngày kết thúc"), null=True, blank=True)
    cancel_reason = models.CharField(_("Lý do hủy"), max_length=200, blank=True)

    objects = InspectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("cuộc kiểm tra")
        verbose_name_plural = _("cuộc kiểm tra")
        indexes = [
            models.Index(fields=["unit", "state", "planned_on"], name="inspection_unit_state"),
            models.Index(fields=["unit", "done_on"], name="inspection_unit_done"),
        ]
        constraints = [
            models.CheckConstraint(
                name="inspection_state_is_known", condition=Q(state__in=State.values)
            ),
            models.CheckConstraint(
                name="inspection_kind_is_known", condition=Q(kind__in=Kind.values)
            ),
            models.CheckConstraint(
                name="inspection_visited_has_day_and_minutes",
                condition=(Q(state__in=VISITED, done_on__isnull=False) & ~Q(minutes_number=""))
                | (~Q(state__in=VISITED) & Q(done_on=None, minutes_number="")),
            ),
            models.CheckConstraint(
                name="inspection_closed_has_day",
                condition=Q(
                    state=State.CLOSED, closed_on__isnull=False, closed_on__gte=F("done_on")
                )
                | (~Q(state=State.CLOSED) & Q(closed_on=None)),
            ),
            models.CheckConstraint(
                name="inspection_cancelled_has_reason",
                condition=(Q(state=State.CANCELLED) & ~Q(cancel_reason=""))
                | (~Q(state=State.CANCELLED) & Q(cancel_reason="")),
            ),
            models.CheckConstraint(
                name="inspection_children_are_among_minors",
                condition=Q(under_15_seen=None)
                | Q(minors_seen__isnull=False, under_15_seen__lte=F("minors_seen")),
            ),
            models.UniqueConstraint(
                F("unit"), ExtractYear("done_on"), F("minutes_number"),
                name="minutes_number_once_a_year", condition=~Q(minutes_number=""),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.establishment}, {(self.done_on or self.planned_on):%d/%m/%Y}"

    @property
    def is_visited(self) -> bool:
        return self.state in VISITED


class InspectionMove(models.Model):
    """One step in the life of an inspection. Appended, never edited."""

    inspection = models.ForeignKey(Inspection, models.CASCADE, related_name="moves")
    source = models.CharField(max_length=10, choices=State)
    target = models.CharField(max_length=10, choices=State)
    on = models.DateField(_("Ngày"))
    by = models.CharField(_("Người thực hiện"), max_length=150)
    note = models.TextField(_("Ghi chú"), blank=True)

    class Meta:
        verbose_name = _("bước kiểm tra")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.source} → {self.target}"


class ChecklistAnswer(models.Model):
    """The answer to one line of the checklist in force on the day of the visit."""

    inspection = models.ForeignKey(Inspection, models.CASCADE, related_name="answers")
    item = models.CharField(_("Mục"), max_length=30)
    answer = models.CharField(_("Trả lời"), max_length=20, choices=Answer)

    class Meta:
        verbose_name = _("trả lời bảng kiểm")
        constraints = [
            models.UniqueConstraint(fields=["inspection", "item"], name="checklist_item_once"),
            models.CheckConstraint(
                name="checklist_answer_is_known", condition=Q(answer__in=Answer.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item}: {self.answer}"


class ViolationQuerySet(ScopedQuerySet["Violation"]):
    view_permission = "inspections.view"
    unit_path = "inspection__unit"

    def found_in(self, period: Period) -> Self:
        """Found at a visit of the period."""
        return self.filter(inspection__in=Inspection.objects.done_in(period))

    def fined_in(self, period: Period) -> Self:
        """Decided with a fine on a day of the period."""
        return self.filter(decided_on__gte=period.start, decided_on__lt=period.end, fine__gt=0)

    def undecided(self) -> Self:
        """A fine is provided for and no decision is recorded."""
        return self.filter(sanction_min__isnull=False, decided_on=None)

    def total_fine(self) -> int:
        """Đồng of the decisions."""
        return int(self.aggregate(total=Sum("fine"))["total"] or 0)


class Violation(models.Model):
    """Hành vi vi phạm: one rule broken, the article, and what the decree of that day provides."""

    inspection = models.ForeignKey(
        Inspection, models.PROTECT, related_name="violations", verbose_name=_("Cuộc kiểm tra")
    )
    rule = models.CharField(_("Quy định bị vi phạm"), max_length=40)
    citation = models.CharField(_("Điều khoản"), max_length=200)
    description = models.TextField(_("Mô tả hành vi"), blank=True)
    children = models.PositiveSmallIntegerField(_("Số người chưa đủ 18 tuổi liên quan"))
    # An act that ended before the visit falls under the decree of its own last day
    # (NĐ 283/2026 Điều 67).
    ended_on = models.DateField(_("Hành vi đã chấm dứt ngày"), null=True, blank=True)
    organisation = models.BooleanField(_("Phạt như tổ chức"))
    sanction_decree = models.CharField(_("Nghị định"), max_length=40, blank=True)
    sanction_clause = models.CharField(_("Điểm, khoản, điều"), max_length=40, blank=True)
    sanction_min = models.BigIntegerField(_("Phạt tối thiểu (đồng)"), null=True, blank=True)
    sanction_max = models.BigIntegerField(_("Phạt tối đa (đồng)"), null=True, blank=True)
    sanction_verified = models.BooleanField(_("Khung phạt đã đối chiếu"), default=False)
    law_version = models.CharField(max_length=20, blank=True, editable=False)
    fine = models.BigIntegerField(_("Số tiền phạt (đồng)"), null=True, blank=True)
    decision_number = models.CharField(_("Số quyết định"), max_length=60, blank=True)
    decided_on = models.DateField(_("Ngày quyết định"), null=True, blank=True)
    decided_by = models.CharField(_("Người quyết định"), max_length=30, choices=Decider, blank=True)
    decision_note = models.CharField(_("Lý do, ghi chú"), max_length=300, blank=True)

    objects = ViolationQuerySet.as_manager()

    class Meta:
        verbose_name = _("vi phạm")
        verbose_name_plural = _("vi phạm")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="violation_sanction_is_whole",
                condition=Q(sanction_decree="", sanction_min=None, sanction_max=None)
                | (
                    ~Q(sanction_decree="")
                    & Q(sanction_min__isnull=False, sanction_max__isnull=False)
                    & Q(sanction_min__gte=0, sanction_max__gte=F("sanction_min"))
                ),
            ),
            models.CheckConstraint(
                name="violation_decision_is_whole",
                condition=Q(fine=None, decision_number="", decided_on=None, decided_by="")
                | (
                    Q(fine__isnull=False, decided_on__isnull=False)
                    & Q(fine__gte=0, decided_by__in=Decider.values)
                    & ~Q(decision_number="")
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.citation


class MeasureQuerySet(ScopedQuerySet["Measure"]):
    view_permission = "inspections.view"
    unit_path = "inspection__unit"

    def unverified(self) -> Self:
        """Ordered, and nobody has looked yet."""
        return self.filter(verified_on=None)

    def overdue_on(self, day: date) -> Self:
        """Not verified although their last day has passed."""
        return self.unverified().filter(due_on__lt=day)

    def verified_in(self, period: Period) -> Self:
        return self.filter(verified_on__gte=period.start, verified_on__lt=period.end)

    def remedied(self) -> Self:
        return self.filter(result=Result.REMEDIED)


class Measure(models.Model):
    """Biện pháp khắc phục ordered to an employer; ``due_on`` is its last day."""

    inspection = models.ForeignKey(
        Inspection, models.PROTECT, related_name="measures", verbose_name=_("Cuộc kiểm tra")
    )
    violation = models.ForeignKey(
        Violation, models.PROTECT, null=True, blank=True, related_name="measures",
        verbose_name=_("Vi phạm"),
    )  # fmt: skip
    # A measure not carried out by its day is ordered anew; the first order stays readable.
    renews = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="renewed_by",
        verbose_name=_("Gia hạn cho"),
    )  # fmt: skip
    what = models.TextField(_("Biện pháp phải thực hiện"))
    ordered_on = models.DateField(_("Ngày yêu cầu"))
    due_on = models.DateField(_("Hạn khắc phục"))
    verified_on = models.DateField(_("Ngày kiểm tra lại"), null=True, blank=True)
    verified_by = models.CharField(_("Người kiểm tra lại"), max_length=150, blank=True)
    result = models.CharField(_("Kết quả"), max_length=20, choices=Result, blank=True)
    result_note = models.TextField(_("Nhận xét"), blank=True)

    objects = MeasureQuerySet.as_manager()

    class Meta:
        verbose_name = _("biện pháp khắc phục")
        verbose_name_plural = _("biện pháp khắc phục")
        ordering = ["due_on", "pk"]
        indexes = [models.Index(fields=["verified_on", "due_on"], name="measure_open_due")]
        constraints = [
            models.CheckConstraint(name="measure_says_what", condition=~Q(what="")),
            models.CheckConstraint(
                name="measure_due_after_order", condition=Q(due_on__gte=F("ordered_on"))
            ),
            models.CheckConstraint(
                name="measure_verification_is_whole",
                condition=Q(verified_on=None, result="")
                | Q(
                    verified_on__isnull=False,
                    verified_on__gte=F("ordered_on"),
                    result__in=Result.values,
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.what
