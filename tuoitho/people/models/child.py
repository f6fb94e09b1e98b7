"""A child of the register, and the questions asked of many children."""

from datetime import date
from functools import reduce
from operator import or_
from typing import Any, Self

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.expressions import CombinedExpression, Func, RawSQL
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tuoitho.access.models import Scoped, ScopedQuerySet
from tuoitho.lib.fields import EncryptedTextField
from tuoitho.lib.text import fold
from tuoitho.people import national_id
from tuoitho.people.ages import ADULT, moved_range, years_before, years_between
from tuoitho.people.models.household import Household, PovertyStatus
from tuoitho.people.search import FIND, Query, born_in, ranked
from tuoitho.people.states import NumberProblem, NumberTrouble, Sex
from tuoitho.units.models import Unit

NEAREST = 200  # children a look-up is content with; a list that is filtered or taken home has all


_TROUBLES = {
    NumberTrouble.MISSING.value: Q(national_id_hash=""),
    NumberTrouble.MALFORMED.value: Q(national_id_problem=NumberProblem.MALFORMED),
    NumberTrouble.MISMATCHED.value: Q(
        national_id_problem__in=[NumberProblem.BIRTH_YEAR, NumberProblem.SEX, NumberProblem.BOTH]
    ),
}


class _YearsSince(Func):
    """Full years from a date column to a day, counted as ``ages.years_between`` does."""

    template = "extract(year from age(%(expressions)s))::int"
    output_field = models.IntegerField()


class _OneOf(Func):
    """One of the keys a question gives, asked first: the rows are then read by their keys."""

    template = "(%(expressions)s))"
    arg_joiner = " = ANY (ARRAY"
    output_field = models.BooleanField()


class ChildQuerySet(ScopedQuerySet["Child"]):
    view_permission = "people.view"

    def aged_in(self, low: int, high: int, on: date) -> Self:
        """From ``low`` to ``high`` full years old on that day, both included.

        A child without a birth date counts with the middle of the estimate, moved by the full years
        since it was made; without either, never.
        """
        known = Q(birth_date__lte=years_before(on, low), birth_date__gt=years_before(on, high + 1))
        middle = CombinedExpression(F("age_low") + F("age_high"), "/", Value(2))
        day = Value(on, output_field=models.DateField())
        rows = self.annotate(estimated_age=middle + _YearsSince(day, F("age_seen_on")))
        estimated = Q(birth_date=None, estimated_age__gte=low, estimated_age__lte=high)
        return rows.filter(known | estimated)

    def matching(self, text: str) -> Self:
        """All that the words of ``text`` find, in any order, marks typed or not, one slip allowed:
        in the name, and (behind those) in names of carers and of the head, and in the hamlet.

        Annotated with ``match_rank`` and nearest first (see ``people.search``). A birth date or
        year among the words narrows: "an 2014". Without words nothing is ranked."""
        return self._found(text, None)

    def nearest(self, text: str, most: int = NEAREST) -> Self:
        """As ``matching``, the nearest first, but looking no further for what is less near once 50
        are found, and for no more than ``most`` (or a little over) that are equally near: what a
        person looks through, in a register of millions."""
        return self._found(text, most)

    def _found(self, text: str, most: int | None) -> Self:
        text, born = born_in(text)
        rows = self.born(born) if born else self
        bare = fold(text)
        if not bare:
            return rows
        # The function knows the indexes and the scope of who asks; what it gives is ranked.
        found = RawSQL(FIND, Query.of(bare).arguments(born, most))  # noqa: S611 - a text of ours
        rows = rows.filter(_OneOf(F("pk"), found))
        return ranked(rows, text, name="full_name", folded="folded_name", hamlet="folded_hamlet")

    def asked(self, typed: str, user: Any, *, whole: bool = True) -> Self:
        """What somebody looks for in the one box: an identity number (found where they may see
        numbers), else words. Not ``whole``: the nearest only."""
        if number := national_id.number_in(typed):
            return self.numbered(number).filter(user.scope("people.identity").covers())
        return self.matching(typed) if whole else self.nearest(typed)

    def keys_asked(self, typed: str, user: Any) -> Self:
        """Keys of all that ``asked`` finds, for lists of what hangs on children."""
        return self.asked(typed, user).order_by().values("pk")  # type: ignore[return-value]

    def born(self, when: date | int) -> Self:
        """Born on that day, or in that year."""
        if isinstance(when, date):
            return self.filter(birth_date=when)
        return self.filter(birth_date__year=when)

    def numbered(self, typed: str) -> Self:
        """The child with this identification number. Raises ValidationError (malformed)."""
        number = national_id.normalised(typed)
        return self.filter(national_id_hash=national_id.hashed(number)) if number else self.none()

    def minors_on(self, day: date) -> Self:
        """Below 18 full years on that day, or of an age nobody knows."""
        middle = CombinedExpression(F("age_low") + F("age_high"), "/", Value(2))
        moved = middle + _YearsSince(Value(day, output_field=models.DateField()), F("age_seen_on"))
        unknown = Q(birth_date=None) & (Q(age_low=None) | Q(supposed_age__lt=ADULT))
        return self.annotate(supposed_age=moved).filter(
            Q(birth_date__gt=years_before(day, ADULT)) | unknown
        )

    def with_number_trouble(self, trouble: str) -> Self:
        """Whose identity number is missing, malformed or mismatched (``NumberTrouble``); "" for any
        of them."""
        return self.filter(_TROUBLES[trouble] if trouble else reduce(or_, _TROUBLES.values()))

    def count_number_troubles(self) -> dict[str, int]:
        """How many have each ``NumberTrouble``, in one question."""
        sums = {name: models.Count("pk", filter=found) for name, found in _TROUBLES.items()}
        counted: dict[str, int] = self.aggregate(**sums)
        return counted

    def waiting_for_police(self, *, waiting: bool = True) -> Self:
        """In a list that is prepared or handed over and not yet returned (or not)."""
        from tuoitho.people.models.numbers import NumberCheck

        rows = NumberCheck.objects.filter(child=models.OuterRef("pk")).open()
        return self.filter(models.Exists(rows) if waiting else ~models.Exists(rows))

    def living_in(self, unit: Unit) -> Self:
        """Living now in ``unit`` or below it."""
        return self.filter(unit__above__ancestor=unit)

    def lived_in(self, unit: Unit, day: date) -> Self:
        """Living in ``unit`` or below it on that day, by the history of residence."""
        return self.filter(residences__unit__above__ancestor=unit, residences__valid__contains=day)

    def with_circumstance(self, group: str, on: date) -> Self:
        """In a group of Luật Trẻ em Đ10.1 ("10.1.k") on that day."""
        from tuoitho.people.models.facts import Circumstance

        return self.filter(
            models.Exists(
                Circumstance.objects.filter(child=models.OuterRef("pk"), group=group).lasting_on(on)
            )
        )

    def in_special_circumstances(self, on: date) -> Self:
        """In at least one of the fourteen groups on that day."""
        from tuoitho.people.models.facts import Circumstance

        return self.filter(
            models.Exists(Circumstance.objects.filter(child=models.OuterRef("pk")).lasting_on(on))
        )

    def at_school_on(self, day: date) -> Self:
        """Recorded as learning (school or trade) on that day."""
        return self.filter(self._enrolled(day, at_school=True))

    def out_of_school_on(self, day: date) -> Self:
        """Recorded as having left school by that day; a child nothing is known of is in neither."""
        return self.filter(self._enrolled(day, at_school=False)).exclude(
            self._enrolled(day, at_school=True)
        )

    def schooling_unknown_on(self, day: date) -> Self:
        """Neither recorded as learning on that day nor as having left school by it."""
        return self.exclude(self._enrolled(day, at_school=True)).exclude(
            self._enrolled(day, at_school=False)
        )

    @staticmethod
    def _enrolled(day: date, *, at_school: bool) -> models.Exists:
        from tuoitho.people.models.facts import Enrolment

        rows = Enrolment.objects.filter(child=models.OuterRef("pk"))
        return models.Exists(rows.learning_on(day) if at_school else rows.left_by(day))

    def with_poverty(self, year: int, *statuses: str) -> Self:
        """In a household recorded for ``year`` with one of ``statuses`` (``Poverty``)."""
        return self.filter(
            models.Exists(
                PovertyStatus.objects.filter(
                    household=models.OuterRef("household"), year=year, status__in=statuses
                )
            )
        )


_ManagerOfChildren = models.Manager.from_queryset(ChildQuerySet)


class StandingChildren(_ManagerOfChildren["Child"]):
    """The register as it stands: a row merged into another is the same child a second time, so no
    list, search or figure meets it. ``Child.with_merged`` reads those too."""

    def get_queryset(self) -> ChildQuerySet:
        return ChildQuerySet(self.model, using=self._db).filter(merged_into=None)


class Child(Scoped):
    """Trẻ em và người chưa thành niên: a person below 18 whom the programme knows.

    The Law on Children says child below 16; minors of 16 and 17 are kept here all the same.
    """

    full_name = models.CharField(_("Họ và tên"), max_length=120)
    folded_name = models.CharField(max_length=120, editable=False)
    # Sorted in the database's own order this is the Vietnamese alphabet, and an index gives it.
    sort_name = models.CharField(max_length=120, editable=False, db_collation="C")
    birth_date = models.DateField(_("Ngày sinh"), null=True, blank=True)
    # When the birth date is not known: full years, both ends included, as judged on a day.
    age_low = models.PositiveSmallIntegerField(_("Tuổi ước chừng, từ"), null=True, blank=True)
    age_high = models.PositiveSmallIntegerField(_("Tuổi ước chừng, đến"), null=True, blank=True)
    age_seen_on = models.DateField(_("Ngày ước chừng tuổi"), null=True, blank=True)
    sex = models.CharField(_("Giới tính"), max_length=8, choices=Sex, default=Sex.UNKNOWN)
    national_id = EncryptedTextField(_("Số định danh cá nhân"), blank=True, default="")
    national_id_hash = models.CharField(max_length=64, blank=True, db_index=True, editable=False)
    # A number that contradicts birth date or sex is kept and shown as such: either may be wrong.
    national_id_problem = models.CharField(
        _("Số định danh có điểm lạ"), max_length=12, choices=NumberProblem, blank=True,
        editable=False,
    )  # fmt: skip
    household = models.ForeignKey(
        Household, models.PROTECT, null=True, blank=True, related_name="children",
        verbose_name=_("Hộ gia đình"),
    )  # fmt: skip
    hamlet = models.CharField(_("Thôn, tổ dân phố"), max_length=120, blank=True)
    folded_hamlet = models.CharField(max_length=120, blank=True, editable=False)
    note = EncryptedTextField(_("Ghi chú"), blank=True, default="")
    registered_on = models.DateField(_("Ngày đăng ký"))
    # Which sending of which form made this row: the same form sent twice makes one child.
    form_token = models.UUIDField(null=True, blank=True, editable=False)
    # Set by ``actions.merging`` only: the row that stands for the same child.
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, editable=False, related_name="merged_rows",
        verbose_name=_("Đã gộp vào"),
    )  # fmt: skip

    objects = StandingChildren()
    with_merged = ChildQuerySet.as_manager()

    class Meta:
        verbose_name = _("trẻ em")
        verbose_name_plural = _("trẻ em")
        indexes = [
            GinIndex(fields=["folded_name"], opclasses=["gin_trgm_ops"], name="child_name_trgm"),
            models.Index(fields=["unit", "birth_date"], name="child_unit_birth"),
            models.Index(fields=["unit", "sort_name"], name="child_unit_name"),
            models.Index(fields=["sort_name"], name="child_name"),
        ]
        constraints = [
            models.CheckConstraint(name="child_has_name", condition=~Q(full_name="")),
            models.CheckConstraint(name="child_sex_is_known_word", condition=Q(sex__in=Sex.values)),
            models.CheckConstraint(
                name="child_age_estimate_is_whole",
                condition=Q(age_low=None, age_high=None, age_seen_on=None)
                | Q(
                    birth_date=None,
                    age_low__isnull=False,
                    age_high__isnull=False,
                    age_seen_on__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="child_is_not_merged_into_itself",
                condition=Q(merged_into=None) | ~Q(merged_into=F("pk")),
            ),
            models.CheckConstraint(
                name="child_age_low_not_above_high",
                condition=Q(age_low__isnull=True) | Q(age_low__lte=F("age_high"), age_high__lte=30),
            ),
            models.UniqueConstraint(
                fields=["national_id_hash"],
                condition=~Q(national_id_hash="") & Q(merged_into=None),
                name="child_national_id_is_unique",
            ),
            models.UniqueConstraint(fields=["form_token"], name="child_form_makes_one"),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def number_trouble(self) -> str:
        """The ``NumberTrouble`` of its identity number, "" for none."""
        if not self.national_id_hash:
            return NumberTrouble.MISSING.value
        if self.national_id_problem == NumberProblem.MALFORMED:
            return NumberTrouble.MALFORMED.value
        return NumberTrouble.MISMATCHED.value if self.national_id_problem else ""

    def age_on(self, day: date) -> int | None:
        """Full years on that day; None unless certain (an estimate may be a range)."""
        ages = self.age_range_on(day)
        return ages[0] if ages and ages[0] == ages[1] else None

    def age_range_on(self, day: date) -> tuple[int, int] | None:
        """Youngest and oldest possible age on that day (equal with a birth date), None if unknown
        or not yet born."""
        if self.birth_date is not None:
            age = years_between(self.birth_date, day)
            return (age, age) if age >= 0 else None
        if self.age_low is None or self.age_high is None or self.age_seen_on is None:
            return None
        return moved_range(self.age_low, self.age_high, self.age_seen_on, day)

    def age_text(self, day: date) -> str:
        """The age as people say it: "13", "khoảng 13–14", "" when nothing is known."""
        ages = self.age_range_on(day)
        if ages is None:
            return ""
        if ages[0] == ages[1]:
            return str(ages[0])
        return gettext("khoảng %(low)s–%(high)s") % {"low": ages[0], "high": ages[1]}
