"""Two children of the register that the linking takes for one, until a person says otherwise."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tuoitho.people.models.child import Child
from tuoitho.people.states import MatchState
from tuoitho.units.models import Unit


class MatchPairQuerySet(models.QuerySet["MatchPair"]):
    def visible_to(self, user: Any) -> Self:
        """Where both children may be seen; the policies of migration 0015 say the same."""
        if not getattr(user, "pk", None):
            return self.none()
        scope = user.scope("people.view")
        if not scope:
            return self.none()
        return self.filter(scope.covers("first__unit_id") & scope.covers("second__unit_id"))

    def waiting(self) -> Self:
        """Nobody has said anything yet, and both rows still stand."""
        return self.standing().filter(state=MatchState.OPEN)

    def standing(self) -> Self:
        """Neither row has been merged into another."""
        return self.filter(first__merged_into=None, second__merged_into=None)

    def merged(self) -> Self:
        """One row is the other now."""
        return self.filter(
            Q(first__merged_into=F("second")) | Q(second__merged_into=F("first"))
        )  # fmt: skip

    def living_in(self, unit: Unit) -> Self:
        """One of the two lives there."""
        return self.filter(Q(first__unit=unit) | Q(second__unit=unit))

    def of_child(self, child: Child) -> Self:
        return self.filter(Q(first=child) | Q(second=child))


class MatchPair(models.Model):
    """Hai hồ sơ có thể là một em: found by the linking, looked at by a person."""

    first = models.ForeignKey(
        Child, models.PROTECT, related_name="+", verbose_name=_("Hồ sơ thứ nhất")
    )
    second = models.ForeignKey(
        Child, models.PROTECT, related_name="+", verbose_name=_("Hồ sơ thứ hai")
    )
    weight = models.FloatField(_("Trọng số"))
    probability = models.FloatField(_("Xác suất là một em"))
    # Comparison → [level, bits]: words of the program, nothing of the child.
    levels = models.JSONField(_("Vì sao"), default=dict)
    engine = models.CharField(_("Tìm bằng"), max_length=10)
    run = models.UUIDField(_("Lần tìm"))
    found_on = models.DateField(_("Tìm thấy ngày"))
    state = models.CharField(
        _("Tình trạng"), max_length=10, choices=MatchState, default=MatchState.OPEN
    )
    judged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("Người xem xét"),
    )  # fmt: skip
    judged_on = models.DateField(_("Ngày xem xét"), null=True, blank=True)

    objects = MatchPairQuerySet.as_manager()

    class Meta:
        verbose_name = _("cặp có thể trùng")
        verbose_name_plural = _("cặp có thể trùng")
        indexes = [models.Index(fields=["state", "-weight"], name="matchpair_state_weight")]
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="matchpair_once"),
            models.CheckConstraint(
                name="matchpair_is_ordered", condition=Q(first__lt=F("second"))
            ),
            models.CheckConstraint(
                name="matchpair_state_is_known", condition=Q(state__in=MatchState.values)
            ),
            models.CheckConstraint(
                name="matchpair_judged_by_somebody",
                condition=~Q(state=MatchState.DIFFERENT)
                | Q(judged_by__isnull=False, judged_on__isnull=False),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.first} – {self.second}"

    @property
    def is_merged(self) -> bool:
        return self.first_id == self.second.merged_into_id or (
            self.second_id == self.first.merged_into_id
        )

    @property
    def state_words(self) -> str | Promise:
        """What has become of the pair."""
        return _("Đã gộp thành một em") if self.is_merged else self.get_state_display()
