"""The questions of a visit, as dated data (``checklist.yaml``)."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import yaml

from tuoitho.inspections.offences import OFFENCES


@dataclass(frozen=True)
class Item:
    """One question and the rules it asks about (codes of ``offences.OFFENCES``)."""

    code: str
    question: str
    rules: tuple[str, ...]


@dataclass(frozen=True)
class Checklist:
    """The questions asked from day ``start`` on."""

    code: str
    start: date
    source: str
    items: tuple[Item, ...]

    def item(self, code: str) -> Item | None:
        return next((item for item in self.items if item.code == code), None)


@cache
def checklists() -> tuple[Checklist, ...]:
    """All checklists, oldest first. Raises KeyError for a rule nobody knows."""
    raw = yaml.safe_load(Path(__file__).with_name("checklist.yaml").read_text("utf-8"))
    found = [
        Checklist(c["code"], c["from"], c["source"], tuple(_item(i) for i in c["items"]))
        for c in raw["checklists"]
    ]
    return tuple(sorted(found, key=lambda c: c.start))


def _item(raw: dict[str, object]) -> Item:
    rules = tuple(OFFENCES[code].code for code in raw["rules"])  # type: ignore[attr-defined]
    return Item(str(raw["code"]), str(raw["question"]), rules)


def checklist_on(day: date) -> Checklist:
    """The checklist of that day; the first one for days before it."""
    known = checklists()
    return next((c for c in reversed(known) if c.start <= day), known[0])


def checklist_named(code: str) -> Checklist | None:
    """The checklist an inspection was recorded with; None when our data no longer hold it."""
    return next((c for c in checklists() if c.code == code), None)
