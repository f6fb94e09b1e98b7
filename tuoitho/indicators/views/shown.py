"""How one figure is drawn: its words, its colour, its bar, the addresses it opens."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from tuoitho.indicators.results import TargetResult
from tuoitho.indicators.views.choice import Choice
from tuoitho.plan.schema import Direction
from tuoitho.ui.formats import vn_number


@dataclass(frozen=True)
class Shown:
    """A figure as drawn in a table. ``width`` and ``mark`` are positions in percent of the bar."""

    result: TargetResult
    status: str
    colour: str
    width: str
    mark: str
    value: str
    threshold: str
    url: str
    list_url: str

    @property
    def aria(self) -> str:
        """The bar in words."""
        if not self.threshold:
            return f"{self.result.title}: {self.value}"
        return _("%(title)s: %(value)s, ngưỡng %(threshold)s") % {
            "title": self.result.title, "value": self.value, "threshold": self.threshold,
        }  # fmt: skip


def status_of(result: TargetResult) -> tuple[str, str]:
    """In words, and in a colour: met, not met, on the way, not known."""
    if result.value is None:
        return _("Chưa có số liệu"), "secondary"
    if result.met is None:
        return _("Không có ngưỡng"), "blue"
    if result.concluded:
        return (_("Đạt"), "green") if result.met else (_("Không đạt"), "red")
    year = {"year": result.threshold_year}
    if result.met:
        return _("Đã ở mức %(year)s") % year, "green"
    return _("Chưa tới mức %(year)s") % year, "orange"


def shown(result: TargetResult, choice: Choice) -> Shown:
    status, colour = status_of(result)
    low = result.direction == Direction.AT_MOST_BELOW and result.threshold
    full = result.threshold * 2 if low and result.threshold is not None else Decimal(100)
    limit = result.threshold
    sign = "< " if low else "≥ "
    return Shown(
        result, status, colour, _position(result.value, full), _position(limit, full),
        f"{vn_number(result.value)} %" if result.value is not None else "–",
        f"{sign}{vn_number(limit)} %" if limit is not None else "",
        f"{reverse('indicators:target_detail', args=[result.code])}?{choice.query}",
        f"{reverse('indicators:target_list', args=[result.code])}?{choice.query}",
    )  # fmt: skip


def _position(value: Decimal | None, full: Decimal) -> str:
    if value is None:
        return ""
    return f"{min(Decimal(100), max(Decimal(0), value / full * 100)):.1f}%"


@dataclass(frozen=True)
class Group:
    """A target with its figures; the target is met when every deciding part is."""

    code: str
    title: str
    rows: tuple[Shown, ...]
    status: str
    colour: str


def grouped(results: Sequence[TargetResult], choice: Choice) -> list[Group]:
    """Figures under their targets, in the order of the plan."""
    groups: dict[str, list[TargetResult]] = {}
    for result in results:
        groups.setdefault(result.target, []).append(result)
    return [_group(code, rows, choice) for code, rows in groups.items()]


def _group(code: str, results: list[TargetResult], choice: Choice) -> Group:
    order = {_("Không đạt"): 0, _("Chưa có số liệu"): 1}
    deciding = [status_of(r) for r in results if r.role == "deciding"]
    worst = min(deciding, key=lambda s: order.get(s[0], 3 if s[1] in ("green", "blue") else 2))
    rows = tuple(shown(result, choice) for result in results)
    return Group(code, results[0].target_title, rows, *worst)


def in_words(groups: Sequence[Group]) -> list[tuple[str, int, str]]:
    """How many targets stand how: words, number, colour."""
    counted: dict[str, tuple[int, str]] = {}
    for group in groups:
        number, _colour = counted.get(group.status, (0, ""))
        counted[group.status] = (number + 1, group.colour)
    return [(words, number, colour) for words, (number, colour) in counted.items()]
