"""The weights of the rules, version by version, and the scores computed by them."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tuoitho.access.models import Scoped, ScopedQuerySet
from tuoitho.lib.hanoi import now
from tuoitho.people.models import Child
from tuoitho.rounds.risk import Reason, Score, packaged_weights, score


class RuleSet(models.Model):
    """Bộ quy tắc tính điểm nguy cơ. Appended, never edited; the last one is in force. Before the
    first there is the packaged one, version 0."""

    version = models.PositiveIntegerField(_("Phiên bản"), unique=True)
    weights = models.JSONField(_("Số điểm"), default=dict)
    note = models.CharField(_("Lý do thay đổi"), max_length=300)
    recorded_on = models.DateField(_("Ngày"))
    recorded_by = models.CharField(_("Người ghi"), max_length=200)

    class Meta:
        verbose_name = _("bộ quy tắc tính điểm nguy cơ")
        ordering = ["-version"]
        constraints = [
            models.CheckConstraint(name="rule_set_says_why", condition=~Q(note="")),
            models.CheckConstraint(
                name="rule_set_comes_after_the_packaged", condition=Q(version__gte=1)
            ),
        ]

    def __str__(self) -> str:
        return str(self.version)


def rules_in_force() -> tuple[int, dict[str, int]]:
    """Version and weights of the rules now."""
    last = RuleSet.objects.order_by("-version").first()
    return (last.version, last.weights) if last else (0, packaged_weights())


class RiskScoreQuerySet(ScopedQuerySet["RiskScore"]):
    view_permission = "rounds.view"

    def visible_to(self, user: Any) -> Self:
        """Of children of the register: not of a row merged into another."""
        return super().visible_to(user).filter(child__merged_into=None)

    def at_least(self, points: int) -> Self:
        return self.filter(points__gte=points)

    def with_factor(self, code: str) -> Self:
        return self.filter(reasons__has_key=code)


class RiskScore(Scoped):
    """The score of a child of the register as of a day, with what it was made of. Says whom to
    visit first and nothing else; replaced whenever the register is scored again."""

    child = models.ForeignKey(Child, models.CASCADE, related_name="+", verbose_name=_("Trẻ"))
    points = models.PositiveSmallIntegerField(_("Điểm"))
    reasons = models.JSONField(_("Yếu tố"), default=dict)
    rule_version = models.PositiveIntegerField(_("Phiên bản quy tắc"))
    computed_on = models.DateField(_("Tính ngày"))
    computed_at = models.DateTimeField(_("Tính lúc"), default=now)

    objects = RiskScoreQuerySet.as_manager()

    class Meta:
        verbose_name = _("điểm nguy cơ")
        verbose_name_plural = _("điểm nguy cơ")
        indexes = [
            models.Index(fields=["unit", "-points"], name="risk_unit_points"),
            models.Index(fields=["child"], name="risk_child"),
        ]

    def __str__(self) -> str:
        return f"{self.child}: {self.points}"

    @property
    def parts(self) -> tuple[Reason, ...]:
        return score(self.reasons, self.reasons).reasons


def row_of(child: Child, found: Score, *, version: int, on: date) -> RiskScore:
    """An unsaved row from a computed score."""
    reasons: dict[str, Any] = {reason.code: reason.points for reason in found.reasons}
    return RiskScore(
        child=child, unit_id=child.unit_id, points=found.points, reasons=reasons,
        rule_version=version, computed_on=on,
    )  # fmt: skip
