"""A screening round and the lists by which its households are visited."""

from datetime import date
from typing import Any, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from tuoitho.access.models import NOWHERE, Scoped, ScopedQuerySet
from tuoitho.rounds.states import Group, State
from tuoitho.units.models import Unit

YOUNGEST, OLDEST = 5, 17  # the ages of target 1.1 (KH 365 I.2.a)


class RoundQuerySet(ScopedQuerySet["Round"]):
    view_permission = "rounds.view"

    def visible_to(self, user: Any) -> Self:
        """Planned in one's units, or with a list in one of them: a commune sees the round of its
        area. The policy of migration 0002 says the same."""
        scope = user.scope(self.view_permission) if getattr(user, "pk", None) else NOWHERE
        if scope.everywhere:
            return self
        lists = WorkList.objects.filter(scope.covers(), round=OuterRef("pk"))
        return self.filter(scope.covers() | Exists(lists))

    def running(self) -> Self:
        return self.filter(state=State.RUNNING)

    def being_listed(self) -> Self:
        """Begun, and the lists of some communes are still to be made."""
        return self.running().exclude(unlisted=[])

    def over_on(self, day: date) -> Self:
        """Still running although their last day has passed."""
        return self.running().filter(last_day__lt=day)


class Round(Scoped):
    """Đợt rà soát (KH 365 II.4). ``unit`` plans it: an area for its communes, or one commune."""

    name = models.CharField(_("Tên đợt"), max_length=120)
    state = models.CharField(_("Tình trạng"), max_length=10, choices=State, default=State.DRAFTED)
    basis = models.CharField(_("Theo văn bản"), max_length=200, blank=True)
    communes = models.ManyToManyField(Unit, related_name="+", verbose_name=_("Xã, phường"))
    groups = ArrayField(
        models.CharField(max_length=15, choices=Group), verbose_name=_("Nhóm trẻ được rà soát")
    )
    age_low = models.PositiveSmallIntegerField(_("Từ tuổi"), default=YOUNGEST)
    age_high = models.PositiveSmallIntegerField(_("Đến tuổi"), default=OLDEST)
    score_from = models.PositiveSmallIntegerField(_("Điểm nguy cơ từ"), null=True, blank=True)
    first_day = models.DateField(_("Ngày bắt đầu"))
    last_day = models.DateField(_("Ngày cuối"))
    started_on = models.DateField(_("Bắt đầu ngày"), null=True, blank=True)
    closed_on = models.DateField(_("Kết thúc ngày"), null=True, blank=True)
    # Communes (by key) whose lists are still being made: of a long round by a job.
    unlisted = ArrayField(models.BigIntegerField(), default=list, blank=True, editable=False)

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("đợt rà soát")
        verbose_name_plural = _("đợt rà soát")
        indexes = [models.Index(fields=["unit", "state", "last_day"], name="round_unit_state")]
        constraints = [
            models.CheckConstraint(
                name="round_state_is_known", condition=Q(state__in=State.values)
            ),
            models.CheckConstraint(name="round_has_name", condition=~Q(name="")),
            models.CheckConstraint(name="round_has_groups", condition=~Q(groups=[])),
            models.CheckConstraint(
                name="round_ages_are_minors",
                condition=Q(age_low__lte=F("age_high"), age_high__lte=OLDEST),
            ),
            models.CheckConstraint(
                name="round_ends_after_it_begins", condition=Q(last_day__gte=F("first_day"))
            ),
            models.CheckConstraint(
                name="round_by_score_says_which",
                condition=~Q(groups__contains=[Group.AT_RISK]) | Q(score_from__isnull=False),
            ),
            models.CheckConstraint(
                name="round_begun_has_day",
                condition=Q(state__in=(State.RUNNING, State.CLOSED), started_on__isnull=False)
                | Q(state__in=(State.DRAFTED, State.CANCELLED), started_on=None),
            ),
            models.CheckConstraint(
                name="round_closed_has_day",
                condition=Q(state=State.CLOSED, closed_on__isnull=False)
                | (~Q(state=State.CLOSED) & Q(closed_on=None)),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_running(self) -> bool:
        return self.state == State.RUNNING

    @property
    def group_labels(self) -> list[str]:
        """The groups in words, in the order of the catalogue."""
        return [str(group.label) for group in Group if group in self.groups]


class RoundMove(models.Model):
    """One step in the life of a round. Appended, never edited."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="moves")
    source = models.CharField(max_length=10, choices=State)
    target = models.CharField(max_length=10, choices=State)
    on = models.DateField(_("Ngày"))
    by_name = models.CharField(_("Người thực hiện"), max_length=200)
    note = models.TextField(_("Ghi chú"), blank=True)

    class Meta:
        verbose_name = _("bước của đợt rà soát")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.source} → {self.target}"


class WorkListQuerySet(ScopedQuerySet["WorkList"]):
    view_permission = "rounds.view"

    def of_running_rounds(self) -> Self:
        return self.filter(round__state=State.RUNNING)


class WorkList(Scoped):
    """Danh sách thăm hộ of one hamlet in a round, and whose it is. ``unit`` is the commune."""

    round = models.ForeignKey(
        Round, models.CASCADE, related_name="lists", verbose_name=_("Đợt rà soát")
    )
    hamlet = models.CharField(_("Thôn, tổ dân phố"), max_length=120, blank=True)
    folded_hamlet = models.CharField(max_length=120, blank=True, editable=False)
    collaborator = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("Cộng tác viên"),
    )  # fmt: skip
    reminded_on = models.DateField(_("Nhắc lần cuối"), null=True, blank=True, editable=False)

    objects = WorkListQuerySet.as_manager()

    class Meta:
        verbose_name = _("danh sách rà soát")
        verbose_name_plural = _("danh sách rà soát")
        ordering = ["unit", "folded_hamlet"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "unit", "folded_hamlet"], name="work_list_once_a_hamlet"
            )
        ]

    def __str__(self) -> str:
        return self.hamlet or str(_("Chưa rõ thôn"))
