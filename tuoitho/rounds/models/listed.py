"""A child on the list of a round, and what was answered about it."""

from typing import Any, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import BooleanField, Exists, F, Func, OuterRef, Q
from django.db.models.functions import Coalesce
from django.db.models.lookups import IsNull, LessThan
from django.utils.translation import gettext_lazy as _

from tuoitho.access.models import Scoped, ScopedQuerySet
from tuoitho.cases.models import Outcome, Report, Schooling
from tuoitho.cases.models.screening import Judged
from tuoitho.lib.fields import EncryptedTextField
from tuoitho.lib.hanoi import now
from tuoitho.people.models import Child, Household
from tuoitho.rounds.models.round import Round, WorkList
from tuoitho.rounds.states import NotMet

# Every figure of a round is one of these conditions, whether counted or opened as a list.
TO_VISIT = Q(answer=None)
# Asked of the column alone: ``answer__isnull`` would drop rows whose answer is not for the reader.
VISITED = Q(IsNull(F("answer_id"), False))
MET = Q(answer__met=True)
NOT_MET = Q(answer__met=False)
CHILD_LABOUR = Q(answer__child_labour=True)
# Works, but facts are missing for a judgement.
UNCLEAR = Q(answer__outcome=Outcome.UNDETERMINED, answer__works=True)
# The programme's own reading of "trẻ em có nguy cơ" (no article defines it): not child labour, yet
# out of school, at work with facts missing, or at a workplace whose employer breaks a duty.
AT_RISK = (
    MET
    & ~CHILD_LABOUR
    & (Q(answer__schooling=Schooling.DROPPED_OUT) | UNCLEAR | Q(answer__outcome=Outcome.UNLAWFUL))
)
NEEDS_REPORT = (CHILD_LABOUR | UNCLEAR) & Q(report=None)
CONDITIONS = {
    "to_visit": TO_VISIT, "visited": VISITED, "met": MET, "not_met": NOT_MET,
    "child_labour": CHILD_LABOUR, "at_risk": AT_RISK, "needs_report": NEEDS_REPORT,
}  # fmt: skip


def _rank(column: type[F]) -> Func:
    """Of the rows of one child in a round the lowest counts: report, last answer, first."""
    return Func(
        IsNull(column("report_id"), True), -Coalesce(column("answer_id"), 0), column("pk"),
        function="ROW", output_field=models.TextField(),
    )  # fmt: skip


class ListedChildQuerySet(ScopedQuerySet["ListedChild"]):
    view_permission = "rounds.view"

    def once(self) -> Self:
        """Each child once in a round: two rows found to be one child may both have been listed.
        Of those the row with a report counts, then the one answered last."""
        # "None is before it" and not "is the first": the planner expects nearly every row to stay.
        twins = ListedChild.objects.filter(round=OuterRef("round"), child=OuterRef("child"))
        return self.exclude(Exists(twins.filter(LessThan(_rank(F), _rank(OuterRef)))))

    def to_visit(self) -> Self:
        """Nothing has been answered yet."""
        return self.filter(TO_VISIT)

    def visited(self) -> Self:
        return self.filter(VISITED)

    def met(self) -> Self:
        return self.filter(MET)

    def not_met(self) -> Self:
        """Visited in vain: moved, absent, refused."""
        return self.filter(NOT_MET)

    def found_in_child_labour(self) -> Self:
        """By the last answer, a substantive rule is broken (what target 1.1 counts)."""
        return self.filter(CHILD_LABOUR)

    def found_at_risk(self) -> Self:
        return self.filter(AT_RISK)

    def needing_report(self) -> Self:
        """Child labour, or signs of it, and no report has been made from here."""
        return self.filter(NEEDS_REPORT)

    def in_state(self, name: str) -> Self:
        """One of ``CONDITIONS``. Raises KeyError for another word."""
        return self.filter(CONDITIONS[name])

    def next_first(self) -> Self:
        """As one walks: house by house; in a house, the oldest first."""
        return self.order_by("place_in_list", "pk")


class ListedChild(Scoped):
    """Trẻ trong danh sách rà soát. ``answer`` is the last one; earlier ones stay readable."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="listed")
    work_list = models.ForeignKey(
        WorkList, models.CASCADE, related_name="listed", verbose_name=_("Danh sách")
    )
    child = models.ForeignKey(Child, models.PROTECT, related_name="+", verbose_name=_("Trẻ"))
    household = models.ForeignKey(
        Household, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("Hộ gia đình"),
    )  # fmt: skip
    place_in_list = models.PositiveIntegerField(_("Thứ tự"))
    # What held of the child when the round began: what a model learns from, before anybody looked.
    factors = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    added_later = models.BooleanField(_("Thêm khi đi rà soát"), default=False)
    answer = models.ForeignKey(
        "rounds.Answer", models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("Kết quả"),
    )  # fmt: skip
    report = models.ForeignKey(
        Report, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Tin báo")
    )

    objects = ListedChildQuerySet.as_manager()

    class Meta:
        verbose_name = _("trẻ trong danh sách rà soát")
        verbose_name_plural = _("trẻ trong danh sách rà soát")
        # Not unique with the child: two children found to be one are joined with their rows, of
        # which ``once`` counts one.
        indexes = [
            models.Index(fields=["round", "child"], name="listed_round_child"),
            models.Index(fields=["work_list", "place_in_list"], name="listed_list_place"),
            models.Index(fields=["round", "id"], name="listed_round_order"),
        ]

    def __str__(self) -> str:
        return str(self.child)

    @property
    def is_kept_back(self) -> bool:
        """Answered, and the answer is not for who asks: it went with a report that was sealed."""
        if self.answer_id is None:
            return False
        return not Answer.objects.filter(pk=self.answer_id).exists()


class IsSealed(Func):
    """Whether a report is sealed; asked past row-level security."""

    function = "rounds_is_sealed"
    output_field = BooleanField()


class AnswerQuerySet(ScopedQuerySet["Answer"]):
    view_permission = "rounds.view"
    unit_path = "listed__unit"

    def visible_to(self, user: Any) -> Self:
        """With the child's row; once the report made from it is sealed, with that report only."""
        reports = Report.objects.visible_to(user)
        return super().visible_to(user).filter(
            Q(listed__report=None)
            | ~Q(IsSealed("listed__report"))
            | Q(listed__report__in=reports.values("pk"))
        )  # fmt: skip

    def judged(self) -> Self:
        """With facts of a child that was met."""
        return self.filter(met=True)

    def current(self) -> Self:
        """The last answer about each child of a list."""
        return self.filter(listed__answer=models.F("pk"))


class Answer(Judged):
    """What one visit found, judged by the law of that day. Never edited: a correction is a new
    answer, and the row of the child points at the last."""

    listed = models.ForeignKey(ListedChild, models.CASCADE, related_name="answers")
    visited_on = models.DateField(_("Ngày thăm"))
    met = models.BooleanField(_("Gặp được trẻ"))
    not_met = models.CharField(_("Không gặp vì"), max_length=10, choices=NotMet, blank=True)
    schooling = models.CharField(
        _("Học tập"), max_length=20, choices=Schooling, default=Schooling.UNKNOWN
    )
    works = models.BooleanField(_("Trẻ có làm việc"), null=True)
    # What a work says beside the facts of the law, as JSON: free text about a child.
    told = EncryptedTextField(_("Công việc bằng lời"), blank=True, default="")
    note = EncryptedTextField(_("Ghi chú"), blank=True, default="")
    recorded_at = models.DateTimeField(_("Ghi lúc"), default=now)
    recorded_by = models.CharField(_("Người ghi"), max_length=200)
    # Which sending of which form: the same form sent twice is one answer.
    form_token = models.UUIDField(null=True, blank=True, unique=True, editable=False)

    objects = AnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("kết quả rà soát")
        verbose_name_plural = _("kết quả rà soát")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="round_answer_is_whole",
                condition=Q(met=True, not_met="", outcome__in=Outcome.values) & ~Q(law_version="")
                | Q(met=False, not_met__in=NotMet.values, outcome="", law_version=""),
            ),
        ]

    def __str__(self) -> str:
        if not self.met:
            return str(self.get_not_met_display())
        return str(self.get_outcome_display())
