"""What one version of a plan says otherwise than the one before: in words, for a page."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from tuoitho.cases.models import PlanMeasure, SupportPlan
from tuoitho.cases.models.plan import BLOCKS
from tuoitho.ui.formats import vn_date, vn_money

COLUMNS = ("kind", "what", "need", "starts_on", "ends_on", "responsible", "provider", "cost")


@dataclass(frozen=True)
class Change:
    """One line: where, what stood there before ("" for something new), what stands there now."""

    where: str
    before: str
    after: str

    @property
    def kind(self) -> str:
        """new, gone or changed."""
        if not self.before:
            return "new"
        return "changed" if self.after else "gone"


def changes(old: SupportPlan, new: SupportPlan) -> list[Change]:
    """Texts that differ, then measures added, dropped and changed. Rows come prefetched."""
    found = []
    for name in (*BLOCKS, "goal"):
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            label = str(SupportPlan._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
            found.append(Change(label, before, after))
    return found + _measures(list(old.measures.all()), list(new.measures.all()))


def _measures(old: list[PlanMeasure], new: list[PlanMeasure]) -> list[Change]:
    left, found = list(old), []
    pairs: list[tuple[PlanMeasure | None, PlanMeasure]] = []
    for row in new:
        match = _match(row, left)
        if match is not None:
            left.remove(match)
        pairs.append((match, row))
    for before, after in pairs:
        if before is None:
            found.append(Change(_("Biện pháp mới"), "", _line(after)))
        else:
            found += _fields(before, after)
    return found + [Change(_("Bỏ biện pháp"), _line(row), "") for row in left]


def _match(row: PlanMeasure, among: Sequence[PlanMeasure]) -> PlanMeasure | None:
    """The same measure in the other version: the same words, else the only one of its kind."""
    same = [other for other in among if (other.kind, other.what) == (row.kind, row.what)]
    if same:
        return same[0]
    alike = [other for other in among if other.kind == row.kind]
    return alike[0] if len(alike) == 1 else None


def _line(row: PlanMeasure) -> str:
    return f"{row.get_kind_display()}: {row.what}"


def _fields(before: PlanMeasure, after: PlanMeasure) -> list[Change]:
    found = []
    for name in COLUMNS:
        was, now = _shown(before, name), _shown(after, name)
        if was != now:
            label = str(PlanMeasure._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
            found.append(Change(f"{_line(after)} · {label}", was or "–", now or "–"))
    return found


def _shown(row: PlanMeasure, name: str) -> str:
    if name == "need":
        return str(row.need) if row.need else ""
    if name == "kind":
        return str(row.get_kind_display())
    value = getattr(row, name)
    if name == "cost":
        return vn_money(value)
    return vn_date(value) if name.endswith("_on") else str(value)
