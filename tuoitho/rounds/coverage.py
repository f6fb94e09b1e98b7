"""How far a round has come: the same few counts for every commune, collaborator and hamlet.

Each count is a condition of ``models.listed``; the list behind a number filters by the same one.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext as _

from tuoitho.rounds.models import ListedChild, Round, WorkList
from tuoitho.rounds.models.listed import CONDITIONS

COUNTED = ("to_visit", "visited", "not_met", "child_labour", "at_risk", "needs_report")


@dataclass
class Coverage:
    """The counts of one row of the table. ``key``: how its list is asked for in the address."""

    label: str
    key: str = ""
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(("all", *COUNTED), 0))
    work_list: WorkList | None = None

    @property
    def share(self) -> float:
        """Visited, of all; 0 for nobody to visit."""
        return self.counts["visited"] / self.counts["all"] if self.counts["all"] else 0.0

    def add(self, other: "Coverage") -> None:
        for name, number in other.counts.items():
            self.counts[name] += number


@dataclass(frozen=True)
class Progress:
    """A round: as a whole, by commune, by collaborator, by hamlet; each in its order of names."""

    whole: Coverage
    communes: list[Coverage]
    people: list[Coverage]
    lists: list[Coverage]


def progress_of(planned: Round, user: Any) -> Progress:
    """What ``user`` sees of the round, in two questions."""
    lists = WorkList.objects.visible_to(user).filter(round=planned)
    numbers = ListedChild.objects.visible_to(user).filter(round=planned).once().order_by()
    counted: Any = numbers.values("work_list").annotate(
        all=Count("pk"), **{name: Count("pk", CONDITIONS[name]) for name in COUNTED}
    )
    by_list = {row.pop("work_list"): row for row in counted}
    rows = []
    for work_list in lists.select_related("unit", "collaborator").order_by(
        "unit__folded_name", "folded_hamlet"
    ):
        row = Coverage(str(work_list), f"list={work_list.pk}", work_list=work_list)
        row.counts |= by_list.get(work_list.pk, {})
        rows.append(row)
    return Progress(
        whole=_summed(_("Cả đợt"), "", rows),
        communes=_grouped(rows, lambda w: (w.unit.name, f"unit={w.unit_id}")),
        people=_grouped(rows, _whose),
        lists=rows,
    )


def _whose(work_list: WorkList) -> tuple[str, str]:
    if work_list.collaborator is None:
        return _("Chưa giao ai"), "collaborator=0"
    return str(work_list.collaborator), f"collaborator={work_list.collaborator_id}"


def _grouped(rows: Iterable[Coverage], by: Callable[[WorkList], tuple[str, str]]) -> list[Coverage]:
    found: dict[tuple[str, str], list[Coverage]] = {}
    for row in rows:
        if row.work_list is not None:
            found.setdefault(by(row.work_list), []).append(row)
    return [_summed(label, key, part) for (label, key), part in found.items()]


def _summed(label: str, key: str, rows: Iterable[Coverage]) -> Coverage:
    whole = Coverage(label, key)
    for row in rows:
        whole.add(row)
    return whole
