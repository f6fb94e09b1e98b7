"""Whom an activity reached: people by audience, and workplaces."""

from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import ExtractYear
from django.utils.translation import gettext_lazy as _

from tuoitho.access.models import ScopedQuerySet
from tuoitho.activities.kinds import IN_SCHOOLS, Audience, Kind, Part
from tuoitho.activities.models.activity import Activity
from tuoitho.activities.states import State
from tuoitho.establishments.models import Establishment
from tuoitho.lib.periods import Period
from tuoitho.units.models import Unit


class ReachQuerySet(ScopedQuerySet["Reach"]):
    view_permission = "activities.view"
    unit_path = "activity__unit"

    def visible_to(self, user: Any) -> Self:
        """Of the activities this person may see (a school: its own)."""
        return self.filter(activity__in=Activity.objects.visible_to(user))

    def in_period(self, period: Period) -> Self:
        """Of activities done in the period."""
        return self.filter(
            activity__state=State.DONE,
            activity__done_on__gte=period.start,
            activity__done_on__lt=period.end,
        )

    def within(self, unit: Unit) -> Self:
        """Of activities of ``unit`` or a unit below it."""
        return self.filter(activity__unit__above__ancestor=unit)

    def informed(self, audience: str, part: str | None = None) -> Self:
        """Given information and knowledge (targets 2.1, 2.2): by communication and by courses.

        ``people()`` of the answer counts ``first_time``.
        """
        rows = self.filter(activity__state=State.DONE, audience=audience)
        if part is not None:
            rows = rows.filter(part=part)
        return rows.annotate(counted=F("first_time"))

    def trained(self, audience: str) -> Self:
        """Taught in courses (target 3.1); ``people()`` of the answer counts ``first_trained``."""
        rows = self.filter(
            activity__state=State.DONE, activity__kind=Kind.TRAINING, audience=audience
        )
        return rows.annotate(counted=F("first_trained"))

    def people(self) -> int:
        """Distinct people: those reached for the first time in the calendar year, added up.

        Raises ValueError when the rows are of several calendar years: whoever was reached in two
        of them would count twice. Ask year by year.
        """
        rows = (
            self if "counted" in self.query.annotations else self.annotate(counted=F("first_time"))
        )
        found = rows.order_by().aggregate(
            total=models.Sum("counted"),
            first=models.Min(ExtractYear("activity__done_on")),
            last=models.Max(ExtractYear("activity__done_on")),
        )
        if found["first"] != found["last"]:
            raise ValueError(f"people of {found['first']} to {found['last']} cannot be added up")
        return found["total"] or 0

    def by_audience(self) -> list[dict[str, Any]]:
        """Rows ``audience, part, seats, informed, trained, women`` of one calendar year's reach."""
        in_courses = Q(activity__kind=Kind.TRAINING)
        found = (
            self.order_by()
            .values("audience", "part")
            .annotate(
                seats=models.Sum("attended"),
                informed=models.Sum("first_time"),
                trained=models.Sum("first_trained", filter=in_courses, default=0),
                women=models.Sum("female"),
            )
        )
        order = {audience: place for place, audience in enumerate(Audience.values)}
        return sorted(map(dict, found), key=lambda row: (order[row["audience"]], row["part"]))

    def seats(self) -> int:
        """Attendances: a person who came twice counts twice."""
        return self.aggregate(total=models.Sum("attended"))["total"] or 0


class Reach(models.Model):
    """How many of one audience an activity reached.

    ``attended`` counts seats. ``first_time`` counts the people among them whom no activity of the
    calendar year had reached before; ``first_trained`` (courses only) those whom no course had.
    """

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="reached")
    audience = models.CharField(_("Đối tượng"), max_length=20, choices=Audience)
    part = models.CharField(_("Thuộc số liệu"), max_length=10, choices=Part, default=Part.COMMUNITY)
    attended = models.PositiveIntegerField(_("Số lượt người"))
    first_time = models.PositiveIntegerField(_("Số người lần đầu trong năm"), default=0)
    first_trained = models.PositiveIntegerField(
        _("Số người lần đầu được tập huấn trong năm"), default=0
    )
    female = models.PositiveIntegerField(_("Trong đó nữ"), default=0)

    objects = ReachQuerySet.as_manager()

    class Meta:
        verbose_name = _("số người được truyền thông, tập huấn")
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "audience", "part"], name="reach_once_per_audience"
            ),
            models.CheckConstraint(
                name="reach_first_time_among_attended",
                condition=Q(first_time__lte=F("attended"), first_trained__lte=F("attended")),
            ),
            models.CheckConstraint(
                name="reach_female_among_attended", condition=Q(female__lte=F("attended")),
            ),
            models.CheckConstraint(
                name="reach_school_part_is_staff_or_pupils",
                condition=~Q(part=Part.SCHOOL) | Q(audience__in=IN_SCHOOLS),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.get_audience_display()}: {self.attended}"


class EstablishmentReachQuerySet(ScopedQuerySet["EstablishmentReach"]):
    view_permission = "activities.view"
    unit_path = "activity__unit"

    def visible_to(self, user: Any) -> Self:
        """Of the activities this person may see (a school: its own)."""
        return self.filter(activity__in=Activity.objects.visible_to(user))

    def informed_in(self, period: Period) -> Self:
        """Reached by communication or by a course done in the period (target 2.3)."""
        return self.filter(
            activity__state=State.DONE,
            activity__done_on__gte=period.start,
            activity__done_on__lt=period.end,
        )

    def trained_in(self, period: Period) -> Self:
        """Taught in a course done in the period (target 3.2)."""
        return self.informed_in(period).filter(activity__kind=Kind.TRAINING)

    def located_in(self, unit: Unit) -> Self:
        """Workplaces in ``unit`` or below it, whoever reached them."""
        return self.filter(establishment__unit__above__ancestor=unit)

    def of_kinds(self, *kinds: str) -> Self:
        """Workplaces of one of these ``establishments.states.Kind``s."""
        return self.filter(establishment__kind__in=kinds)

    def in_craft_villages(self) -> Self:
        return self.filter(establishment__craft_village__isnull=False)

    def establishments(self) -> int:
        """Distinct workplaces, however often they were reached."""
        counted = self.order_by().aggregate(n=models.Count("establishment", distinct=True))
        return counted["n"] or 0

    def by_kind(self) -> dict[str, int]:
        """Distinct workplaces by kind; kinds without any are left out."""
        counted = self.order_by().values("establishment__kind")
        rows = counted.annotate(n=models.Count("establishment", distinct=True))
        return {row["establishment__kind"]: row["n"] for row in rows}


class EstablishmentReach(models.Model):
    """The employer of this workplace was informed or taught by this activity."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="establishments_reached")
    establishment = models.ForeignKey(
        Establishment, models.PROTECT, related_name="+", verbose_name=_("Cơ sở")
    )

    objects = EstablishmentReachQuerySet.as_manager()

    class Meta:
        verbose_name = _("cơ sở được truyền thông, tập huấn")
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "establishment"], name="establishment_reached_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.establishment_id} @ {self.activity_id}"
