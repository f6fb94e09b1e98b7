"""The ways a figure is divided besides by commune: sex, age band, category, owner, kind."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.db.models import Count, Sum
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tuoitho.cases.models import Category
from tuoitho.establishments.states import Kind
from tuoitho.indicators.counting import (
    CaseShare,
    EmployersReached,
    PeopleReached,
    counting,
)
from tuoitho.indicators.definitions import BY_CODE
from tuoitho.indicators.definitions.found import FoundAtHazard, RateOfSurvey, found_children
from tuoitho.indicators.places import Ask
from tuoitho.lib.hanoi import today
from tuoitho.lib.lookups import keys
from tuoitho.people.ages import years_between
from tuoitho.people.models import Child
from tuoitho.people.states import Sex
from tuoitho.plan.offices import Office

BANDS = ((5, 11), (12, 14), (15, 17))  # as SDG 8.7.1 and the labour force survey divide


@dataclass(frozen=True)
class SplitRow:
    label: str
    numerator: int
    denominator: int | None


@dataclass(frozen=True)
class Split:
    """One way of dividing a figure; ``denominator`` None: the size of the part is not known."""

    title: str | Promise
    rows: tuple[SplitRow, ...]


def splits_of(code: str, ask: Ask) -> list[Split]:
    """All divisions of one indicator; empty ones are left out. Counts every row, as the figure."""
    measure = BY_CODE[code].measure
    with counting():
        if isinstance(measure, CaseShare):
            found = _by_child(_of_cases(measure, ask), ask) + _by_category(measure, ask)
        elif isinstance(measure, RateOfSurvey | FoundAtHazard):
            found = _by_child(_of_found(measure, ask), ask)
        elif isinstance(measure, PeopleReached):
            found = _by_owner(measure, ask)
        else:
            found = _by_kind(measure, ask) if isinstance(measure, EmployersReached) else []
    return [split for split in found if any(row.numerator or row.denominator for row in split.rows)]


Judged = Mapping[int, bool | None]  # child -> in the numerator; None: a numerator without a size


def _of_cases(measure: CaseShare, ask: Ask) -> Judged:
    answered = set(measure.those(ask).values_list("pk", flat=True))
    answers: dict[int, list[bool]] = {}
    for pk, child in _open(measure, ask).values_list("pk", "child_id"):
        answers.setdefault(child, []).append(pk in answered)
    judge = all if measure.every else any
    return {child: judge(given) for child, given in answers.items()}


def _open(measure: CaseShare, ask: Ask):  # type: ignore[no-untyped-def]
    """The cases counted, without sealed ones: by sex or age a few of them would show."""
    return measure.of(ask).filter(sealed=False)


def _of_found(measure: RateOfSurvey | FoundAtHazard, ask: Ask) -> Judged:
    found = {
        child: seen.hazardous for child, seen in found_children(ask).items()
        if not seen.sealed
    }  # fmt: skip
    return found if isinstance(measure, FoundAtHazard) else dict.fromkeys(found)


def _by_child(judged: Judged, ask: Ask) -> list[Split]:
    facts = Child.objects.filter(pk__among=keys(judged)).values_list("pk", "sex", "birth_date")
    day, other = min(ask.period.last_day, today()), _("khác, chưa rõ")
    of_age = {age: f"{low}–{high}" for low, high in BANDS for age in range(low, high + 1)}
    known = {
        pk: (sex, of_age.get(years_between(birth, day), other) if birth else other)
        for pk, sex, birth in facts
    }
    bands = [*dict.fromkeys(of_age.values()), other]
    sexes = {value: str(label) for value, label in Sex.choices}
    return [
        _counted(gettext_lazy("Theo giới tính"), judged, lambda c: sexes.get(known[c][0], ""),
                 list(sexes.values()), known),
        _counted(gettext_lazy("Theo nhóm tuổi"), judged, lambda c: known[c][1], bands, known),
    ]  # fmt: skip


def _counted(
    title: str | Promise, judged: Judged, part: Callable[[int], str], labels: list[str],
    known: Mapping[int, object],
) -> Split:  # fmt: skip
    whole = Counter(part(child) for child in judged if child in known)
    good = Counter(part(child) for child, yes in judged.items() if yes and child in known)
    bare = all(yes is None for yes in judged.values())
    return Split(
        title,
        tuple(
            SplitRow(label, whole[label] if bare else good[label], None if bare else whole[label])
            for label in labels
            if whole[label]
        ),
    )


def _by_category(measure: CaseShare, ask: Ask) -> list[Split]:
    """By category a child with two kinds of case counts in both."""
    count = Count("child", distinct=True)
    rows = _open(measure, ask).order_by().values_list("category")
    whole = dict(rows.annotate(n=count))
    good = dict(rows.filter(pk__in=measure.those(ask).values("pk")).annotate(n=count))
    table = [SplitRow(str(label), good.get(c, 0), whole.get(c, 0)) for c, label in Category.choices]
    return [Split(gettext_lazy("Theo nhóm hồ sơ"), tuple(r for r in table if r.denominator))]


def _by_owner(measure: PeopleReached, ask: Ask) -> list[Split]:
    rows = measure.rows(ask).order_by().values_list("activity__owner")
    people = dict(rows.annotate(n=Sum("counted")))
    table = (SplitRow(str(label), people.get(o) or 0, None) for o, label in Office.choices)
    return [
        Split(gettext_lazy("Theo cơ quan thực hiện"), tuple(row for row in table if row.numerator))
    ]


def _by_kind(measure: EmployersReached, ask: Ask) -> list[Split]:
    reached, present = measure.reached(ask), measure.register(ask)
    good = reached.by_kind()
    whole = dict(present.order_by().values_list("kind").annotate(n=Count("pk", distinct=True)))
    kinds = [
        SplitRow(str(label), good.get(kind, 0), whole.get(kind, 0))
        for kind, label in Kind.choices if kind in measure.kinds
    ]  # fmt: skip
    all_good, all_there = reached.establishments(), present.count()
    inside = reached.in_craft_villages().establishments(), present.in_craft_villages().count()
    villages = (
        SplitRow(_("Trong làng nghề"), *inside),
        SplitRow(_("Ngoài làng nghề"), all_good - inside[0], all_there - inside[1]),
    )
    return [
        Split(gettext_lazy("Theo loại hình (cơ sở trong sổ)"), tuple(kinds)),
        Split(gettext_lazy("Theo làng nghề (cơ sở trong sổ)"), villages),
    ]
