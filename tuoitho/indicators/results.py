"""What the engine answers: one figure of a target, its parts by commune, and how they are written.

Percentages are Decimals from 0 upwards, rounded half up to two decimals (more only where two would
put a figure on the wrong side of its threshold).
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

PLACES = 2
KEYS = (
    "code", "target", "part", "owner", "unit", "numerator", "denominator", "value", "threshold",
    "direction", "met", "note",
)  # fmt: skip


@dataclass(frozen=True)
class UnitRow:
    """One figure of one commune. ``note`` says what is unusual about the row."""

    unit_id: int
    unit: str
    name: str
    numerator: int | None
    denominator: int | None
    value: Decimal | None
    note: str = ""


@dataclass(frozen=True)
class TargetResult:
    """One figure of the plan for one unit and year.

    ``code`` is the indicator ("2.1.staff"), ``target`` the target of the plan ("2.1"), ``part`` the
    piece of it ("staff", or ""), ``owner`` the office that puts it together ("gddt"), ``unit`` the
    code of the administrative unit ("020").

    ``value`` and ``threshold`` are percentages; ``met`` compares them and is None when either is
    unknown. The plan states thresholds for the end of its period only: until then
    ``threshold_basis`` is "before_end", and only ``concluded`` says whether ``met`` is a verdict on
    the target or a comparison with where it has to arrive.

    For target 1.1, ``low``/``high`` are the interval of the survey, ``register_share`` (percent) is
    what the register found, called ``register_name`` and never the rate.
    """

    code: str
    target: str
    part: str
    owner: str
    unit: str
    numerator: int | None
    denominator: int | None
    value: Decimal | None
    threshold: Decimal | None
    direction: str
    met: bool | None
    note: str
    by_unit: tuple[UnitRow, ...] = ()

    year: int = 0
    unit_name: str = ""
    title: str = ""
    target_title: str = ""
    paragraph: str = ""
    owners: tuple[str, ...] = ()
    owner_name: str = ""
    role: str = "deciding"
    within: str = ""
    threshold_year: int | None = None
    threshold_basis: str = ""
    only_end_value: bool = False
    concluded: bool = False
    low: Decimal | None = None
    high: Decimal | None = None
    register_count: int | None = None
    register_share: Decimal | None = None
    register_name: str = ""

    def as_json(self) -> dict[str, Any]:
        """Plain values for JSON: the contract's keys first; Decimals as numbers."""
        row = {name: _plain(value) for name, value in asdict(self).items()}
        return {name: row[name] for name in (*KEYS, *(f.name for f in fields(self)))}


def from_json(row: Mapping[str, Any]) -> TargetResult:
    """The figure that ``as_json`` wrote down; keys it does not know are left out."""
    known = {name: value for name, value in row.items() if name in _NAMES}
    for name in _DECIMALS & known.keys():
        known[name] = _decimal(known[name])
    rows = tuple(UnitRow(**{**unit, "value": _decimal(unit["value"])}) for unit in known["by_unit"])
    return TargetResult(**{**known, "by_unit": rows, "owners": tuple(known["owners"])})


_NAMES = frozenset(field.name for field in fields(TargetResult))
_DECIMALS = frozenset({"value", "threshold", "low", "high", "register_share"})


def _decimal(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, list | tuple):
        return [_plain(v) for v in value]
    if isinstance(value, dict):
        return {key: _plain(v) for key, v in value.items()}
    return value


def percent(numerator: int, denominator: int, threshold: Decimal | None = None) -> Decimal:
    """``numerator`` of ``denominator`` in percent, rounded half up, never across ``threshold``.

    Raises ZeroDivisionError for a denominator of 0: nothing to take a share of.
    """
    exact = Decimal(numerator) * 100 / Decimal(denominator)
    return rounded(exact, threshold)


def rounded(exact: Decimal, threshold: Decimal | None = None) -> Decimal:
    """Two decimals, or as many as it takes to stay on the same side of ``threshold``."""
    for places in range(PLACES, 10):
        short = exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
        if threshold is None or _side(short, threshold) == _side(exact, threshold):
            return short
    return exact


def _side(value: Decimal, threshold: Decimal) -> int:
    return (value > threshold) - (value < threshold)
