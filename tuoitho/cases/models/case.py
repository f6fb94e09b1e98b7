"""The file of one child, from the finding until it has stopped; and each step it took."""

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from tuoitho.access.models import Scoped
from tuoitho.cases.levels import Level
from tuoitho.cases.models.report import Report
from tuoitho.cases.models.sight import OfCaseQuerySet, SealableQuerySet
from tuoitho.cases.states import State
from tuoitho.lib.fields import EncryptedTextField
from tuoitho.lib.hanoi import now, today
from tuoitho.lib.periods import Period
from tuoitho.people.models import Child, Enrolment
from tuoitho.units.models import Unit


class Category(models.TextChoices):
    """Whom target 1.2 of the plan counts."""

    CHILD_LABOUR = "child_labour", _("Lao động trái quy định pháp luật")
    AT_RISK = "at_risk", _("Có nguy cơ lao động trái quy định")
    TRAFFICKED = "trafficked", _("Nạn nhân mua bán người")


class Closing(models.TextChoices):
    """Why a case ended."""

    REACHED = "reached", _("Không còn nguy cơ, trẻ đã ổn định")
    NOT_CONFIRMED = "not_confirmed", _("Xác minh không phải trường hợp cần hỗ trợ")
    ADULT = "adult", _("Đã đủ 18 tuổi")
    MOVED = "moved", _("Đã chuyển đi nơi khác, đã bàn giao")
    DIED = "died", _("Trẻ đã mất")
    DUPLICATE = "duplicate", _("Trùng với hồ sơ khác của cùng một em")
    OTHER = "other", _("Lý do khác")


class CaseQuerySet(SealableQuerySet["Case"]):
    case_path = "pk"

    def opened_in(self, period: Period) -> Self:
        return self.filter(opened_on__gte=period.start, opened_on__lt=period.end)

    def closed_in(self, period: Period) -> Self:
        """Closed on a day of the period, even if opened again since (the history tells)."""
        then = CaseMove.objects.filter(
            case=OuterRef("pk"), target=State.CLOSED, on__gte=period.start, on__lt=period.end
        )
        now_closed = Q(closed_on__gte=period.start, closed_on__lt=period.end)
        return self.filter(now_closed | Q(Exists(then)))

    def active_in(self, period: Period) -> Self:
        """Open on at least one day of the period (the day of closing included)."""
        return self.filter(opened_on__lt=period.end).filter(
            Q(closed_on__isnull=True) | Q(closed_on__gte=period.start)
        )

    def still_open(self) -> Self:
        return self.exclude(state=State.CLOSED)

    def in_category(self, *categories: str) -> Self:
        return self.filter(category__in=categories)

    def notified_in(self, period: Period) -> Self:
        """The news of the child came in the period (the report; without one, the opening)."""
        return self.filter(notified_on__gte=period.start, notified_on__lt=period.end)

    def confirmed(self) -> Self:
        """Without those that verification found not to be a case, or to be one already counted."""
        return self.exclude(closing__in=[Closing.NOT_CONFIRMED, Closing.DUPLICATE])

    def supported_in_time(self) -> Self:
        """Helped within the limits of the law (target 1.2 of the plan). All of:

        - assessed at first; in an emergency the assessment and the measure within 12 hours of the
          news (NĐ 56/2017 Điều 26.3, 31, 32);
        - plan submitted within 5 working days of the assessment (Điều 28.1);
        - plan approved within 2 working days of its submission (Điều 28.4);
        - at least one service given or visit made (Điều 29).

        To a minor of 16 or 17, and in an emergency, the two limits of Điều 28 do not apply and are
        not asked.
        """
        from tuoitho.cases.models.support import Service, Visit

        limit = F("first_response_due_at")
        soon_enough = Q(first_assessed_at__lte=limit, emergency_decided_at__lte=limit)
        helped = Exists(Service.objects.filter(case=OuterRef("pk"))) | Exists(
            Visit.objects.filter(case=OuterRef("pk"))
        )
        return self.filter(
            Q(emergency=False) | Q(soon_enough, emergency=True)
            | Q(emergency=None, outside_children_law=True),
            Q(plan_due_on__isnull=True) | Q(plan_submitted_on__lte=F("plan_due_on")),
            Q(outside_children_law=True, approval_due_on=None) | Q(emergency=True)
            | Q(approved_on__lte=F("approval_due_on")),
            helped,
        )  # fmt: skip

    def with_education_access(self, period: Period | None = None) -> Self:
        """Learning (school or trade), or given an education or vocational service (target 1.3).

        Schooling is asked of the last day of ``period`` (never a day to come), services of any day
        of it; without a period, of today.
        """
        from tuoitho.cases.models.support import EDUCATION_KINDS, Service

        day = min(period.last_day, today()) if period else today()
        span = period or Period(day, date.fromordinal(day.toordinal() + 1))
        learning = Enrolment.objects.filter(child=OuterRef("child")).learning_on(day)
        served = Service.objects.filter(case=OuterRef("pk")).of_kinds(*EDUCATION_KINDS)
        return self.filter(Exists(learning) | Exists(served.running_in(span)))

    def of_hazardous_work(self) -> Self:
        """A screening or visit found work of Điều 147 or the harmful lists."""
        return self.filter(hazardous=True)

    def ceased_in(self, period: Period) -> Self:
        """Child labour was recorded to have stopped on a day of the period, whatever came after."""
        from tuoitho.cases.models.cessation import Cessation

        stopped = Cessation.objects.filter(
            case=OuterRef("pk"), ceased_on__gte=period.start, ceased_on__lt=period.end
        )
        return self.filter(Exists(stopped))

    def relapsed_after(self, period: Period) -> Self:
        """Child labour that stopped in the period was found again later, on any day."""
        from tuoitho.cases.models.cessation import Relapse

        again = Relapse.objects.filter(
            case=OuterRef("pk"), cessation__ceased_on__gte=period.start,
            cessation__ceased_on__lt=period.end,
        )  # fmt: skip
        return self.filter(Exists(again))

    def happened_in(self, units: models.Value) -> Self:
        """Opened for something in one of ``units`` (``lookups.keys``), whoever handles it now."""
        return self.filter(opened_unit__among=units)

    def due_by(self, day: date) -> Self:
        """Something has to be done by that day (included)."""
        return self.still_open().filter(step_due_on__lte=day)

    def with_child_name(self) -> Self:
        """Annotated with ``child_name``: None for a child out of sight, whose case stays listed."""
        name = Child.objects.filter(pk=OuterRef("child")).values("full_name")[:1]
        return self.annotate(child_name=Subquery(name))


class Case(Scoped):
    """Hồ sơ hỗ trợ, can thiệp of one child. ``unit`` handles it now; ``opened_unit`` is where it
    happened. Days of limits are stored when a step starts, so that lateness is one comparison."""

    child = models.ForeignKey(Child, models.PROTECT, related_name="cases", verbose_name=_("Trẻ"))
    category = models.CharField(_("Nhóm"), max_length=12, choices=Category)
    opened_on = models.DateField(_("Ngày mở"))
    opened_unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="+", verbose_name=_("Nơi xảy ra")
    )
    opened_by = models.CharField(_("Người mở"), max_length=200)
    report = models.ForeignKey(
        Report, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Tin báo")
    )
    notified_on = models.DateField(_("Ngày nhận tin"))
    state = models.CharField(_("Tình trạng"), max_length=12, choices=State, default=State.OPENED)
    closed_on = models.DateField(_("Ngày kết thúc"), null=True, blank=True)
    closing = models.CharField(_("Lý do kết thúc"), max_length=14, choices=Closing, blank=True)
    sealed = models.BooleanField(_("Niêm phong"), default=False)
    outside_children_law = models.BooleanField(_("Ngoài phạm vi Luật Trẻ em (16–17 tuổi)"))
    # During the case; a case opened at 16 or 17 has none.
    turned_16_on = models.DateField(_("Đủ 16 tuổi ngày"), null=True, blank=True)
    hazardous = models.BooleanField(_("Công việc nguy hiểm, độc hại"), null=True)
    emergency = models.BooleanField(_("Khẩn cấp"), null=True)
    # Of the latest Mẫu 03, "" before one: how often the child is visited.
    risk_level = models.CharField(_("Mức độ nguy cơ"), max_length=6, choices=Level, blank=True)

    # The chair has to decide: an assessment said emergency, no measure has followed yet.
    emergency_pending = models.BooleanField(_("Chờ quyết định khẩn cấp"), default=False)

    # Of the first news: what "in time" is judged by. ``response_due_at`` is the limit of this round
    # (another one after reopening).
    first_response_due_at = models.DateTimeField(_("Hạn đánh giá ban đầu"))
    response_due_at = models.DateTimeField(_("Hạn đánh giá của lần này"))
    first_assessed_at = models.DateTimeField(_("Đánh giá ban đầu lúc"), null=True, blank=True)
    emergency_decided_at = models.DateTimeField(
        _("Quyết định biện pháp khẩn cấp lúc"), null=True, blank=True
    )
    # The first plan, submission and approval: what "in time" is judged by.
    plan_due_on = models.DateField(_("Hạn trình kế hoạch"), null=True, blank=True)
    plan_submitted_on = models.DateField(_("Ngày trình kế hoạch"), null=True, blank=True)
    approval_due_on = models.DateField(_("Hạn phê duyệt"), null=True, blank=True)
    approved_on = models.DateField(_("Ngày phê duyệt"), null=True, blank=True)
    supported_since = models.DateField(_("Bắt đầu hỗ trợ"), null=True, blank=True)
    ceased_on = models.DateField(_("Ngày chấm dứt lao động trái quy định"), null=True, blank=True)
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("Người phụ trách"),
    )  # fmt: skip
    # What is due now, whatever it is: a limit, a visit, a review.
    step_due_on = models.DateField(_("Việc kế tiếp đến hạn"), null=True, blank=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("hồ sơ")
        constraints = [
            models.CheckConstraint(name="case_state_is_known", condition=Q(state__in=State.values)),
            models.CheckConstraint(
                name="case_category_is_known", condition=Q(category__in=Category.values)
            ),
            models.CheckConstraint(
                name="case_closed_has_date_and_reason",
                condition=(Q(state=State.CLOSED, closed_on__isnull=False) & ~Q(closing=""))
                | (~Q(state=State.CLOSED) & Q(closed_on__isnull=True, closing="")),
            ),
            models.CheckConstraint(
                name="case_closes_after_opening",
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("opened_on")),
            ),
            # Not of sealed ones: a sealed case must not show itself by forbidding another.
            models.UniqueConstraint(
                name="case_one_open_for_a_child", fields=["child"],
                condition=~Q(state="closed") & Q(sealed=False),
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["unit", "-opened_on"], name="case_unit_opened"),
            # The list of cases begins with what is due next: of one place, and of the whole area.
            models.Index(fields=["unit", "step_due_on", "id"], name="case_unit_due"),
            models.Index(fields=["step_due_on", "id"], name="case_due"),
            models.Index(fields=["opened_unit", "notified_on"], name="case_happened_notified"),
            models.Index(fields=["child"], name="case_child"),
            models.Index(
                fields=["assigned_to"], name="case_of_worker", condition=~Q(state="closed")
            ),
        ]

    def __str__(self) -> str:
        return f"HS-{self.pk:06d}" if self.pk else str(_("hồ sơ mới"))

    @property
    def is_open(self) -> bool:
        return self.state != State.CLOSED

    def current_round(self) -> int:
        """1 until the case is first opened again, then 2, …: the event its measures belong to."""
        return 1 + sum(move.name == "reopen" for move in self.moves.all())

    def round_began(self) -> date:
        """The day of the last reopening; until then the day the case was opened."""
        return max((m.on for m in self.moves.all() if m.name == "reopen"), default=self.opened_on)

    def is_urgent(self) -> bool:
        """An emergency measure has been decided in this round: help need not wait for the plan."""
        now_round = self.current_round()
        return any(m.round == now_round for m in self.emergency_measures.all())


class CaseMoveQuerySet(OfCaseQuerySet["CaseMove"]):
    pass


class CaseMove(models.Model):
    """One step in the life of a case. Appended by actions, never edited."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="moves")
    name = models.CharField(_("Bước"), max_length=20)
    source = models.CharField(_("Từ"), max_length=12, choices=State, blank=True)
    target = models.CharField(_("Đến"), max_length=12, choices=State)
    on = models.DateField(_("Ngày"))
    recorded_at = models.DateTimeField(_("Ghi lúc"), default=now)
    by_name = models.CharField(_("Người thực hiện"), max_length=200)
    by_key = models.BigIntegerField(_("Mã người thực hiện"), null=True)
    note = EncryptedTextField(_("Ghi chú"), blank=True)

    objects = CaseMoveQuerySet.as_manager()

    class Meta:
        verbose_name = _("bước của hồ sơ")
        constraints = [
            models.CheckConstraint(
                name="case_move_states_are_known",
                condition=Q(target__in=State.values) & Q(source__in=[*State.values, ""]),
            )
        ]
        indexes = [models.Index(fields=["case", "on"], name="case_move_case_day")]

    def __str__(self) -> str:
        return f"{self.source} → {self.target}"
