"""Why two children may be one, in words: what was compared, how near, how much it counted."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tuoitho.people.matching.levels import COMPARISONS
from tuoitho.people.matching.model import Model

# Bits from which a comparison counts so much; each bit doubles the odds.
STRENGTHS: tuple[tuple[float, str | Promise, str], ...] = (
    (8, _("rất giống"), "green"),
    (2, _("giống"), "lime"),
    (-2, _("không nói lên gì"), "secondary"),
    (-6, _("trái ngược"), "orange"),
)
AGAINST = (_("rất trái ngược"), "red")
LABELS: dict[str, str | Promise] = {
    "name": _("Họ và tên"), "marks": _("Dấu trong tên"), "birth": _("Ngày sinh, tuổi"),
    "carers": _("Cha mẹ, người thân"), "place": _("Nơi ở"), "sex": _("Giới tính"),
    "number": _("Số định danh"),
}  # fmt: skip
_WORDS = {
    (comparison.name, level.code): level.words
    for comparison in COMPARISONS
    for level in comparison.levels
}


@dataclass(frozen=True)
class Reason:
    """One comparison: ``bits`` above 0 speak for one child, below 0 against."""

    name: str
    words: str | Promise
    bits: float

    @property
    def label(self) -> str | Promise:
        return LABELS[self.name]

    @property
    def strength(self) -> str | Promise:
        return next((words for least, words, _c in STRENGTHS if self.bits >= least), AGAINST[0])

    @property
    def colour(self) -> str:
        return next((colour for least, _w, colour in STRENGTHS if self.bits >= least), AGAINST[1])


def reasons_of(levels: Mapping[str, tuple[str, float] | list[str | float]]) -> list[Reason]:
    """What was compared, in the order of the register; unknown codes of an old run are left out."""
    found = []
    for name in LABELS:
        if name in levels:
            code, bits = str(levels[name][0]), float(levels[name][1])
            if (name, code) in _WORDS:
                found.append(Reason(name, _WORDS[name, code], bits))
    return found


def verdict(weight: float, model: Model) -> str | Promise:
    """The weight in one word."""
    if weight >= model.sure:
        return _("gần như chắc chắn")
    if weight >= model.likely:
        return _("rất có thể")
    return _("có thể")
