"""Which commune a report goes to, and why: one decision table, read from top to bottom.

Điều 26.1 sends a report to the commune where it happened; Điều 25.2 lets the commune where the
child lives verify; Luật Trẻ em Điều 52.2 gives the plan to the latter. Since 01/07/2025 a name
people still use may mean a commune that has ended: whole ones have one heir, split ones are told
apart by hamlet. What stays open goes to the programme's area, whose office finds the commune.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tuoitho.lib.text import fold
from tuoitho.units.models import ChangeKind, Level, Unit, UnitChange

ND_56 = "Nghị định 56/2017/NĐ-CP"


@dataclass(frozen=True)
class Where:
    """What the report says of places: communes as people name them, and the hamlet, if told."""

    on: date
    happened: Unit | None = None
    hamlet: str = ""
    home: Unit | None = None


@dataclass(frozen=True)
class Route:
    """Where the report goes; ``told`` is kept with it and gives its words again (``words_of``)."""

    unit: Unit
    told: dict[str, Any]


def heirs(unit: Unit, on: date) -> list[Unit]:
    """The communes that have people of ``unit`` on that day: itself while it lasts, else those it
    went into (land without people does not count)."""
    if unit.valid.upper is None or on < unit.valid.upper:
        return [unit]
    changes = UnitChange.objects.filter(old=unit, on__lte=on).exclude(kind=ChangeKind.AREA)
    found: dict[int, Unit] = {}
    for change in changes.select_related("new").order_by("new__code"):
        found |= {heir.pk: heir for heir in heirs(change.new, on)}
    return list(found.values())


def _itself(named: Unit | None, where: Where) -> Unit | None:
    return named if named and heirs(named, where.on) == [named] else None


def _only_heir(named: Unit | None, where: Where) -> Unit | None:
    found = heirs(named, where.on) if named else []
    return found[0] if len(found) == 1 else None


def _by_hamlet(named: Unit | None, where: Where) -> Unit | None:
    """The one heir in which the register knows children of this hamlet."""
    found = heirs(named, where.on) if named and where.hamlet.strip() else []
    with connection.cursor() as cursor:
        cursor.execute("SELECT cases_communes_of_hamlet(%s, %s)",
                       [[unit.pk for unit in found], fold(where.hamlet)])  # fmt: skip
        known = cursor.fetchone()[0] or []
    return next((u for u in found if u.pk == known[0]), None) if len(known) == 1 else None


@dataclass(frozen=True)
class Line:
    """One line of the table: about ``happened`` or ``home``, how a commune is found, the words."""

    rule: str
    about: str
    find: Callable[[Unit | None, Where], Unit | None]
    because: str | Promise


TABLE: tuple[Line, ...] = (
    Line("happened", "happened", _itself,
         gettext_lazy("việc xảy ra ở đó (khoản 1 Điều 26 %(law)s)")),
    Line("happened_heir", "happened", _only_heir,
         gettext_lazy("việc xảy ra ở %(named)s cũ, nay thuộc đó (khoản 1 Điều 26 %(law)s)")),
    Line("happened_hamlet", "happened", _by_hamlet,
         gettext_lazy("việc xảy ra ở %(hamlet)s, %(named)s cũ; theo sổ trẻ em, nơi này nay thuộc "
                      "đó (khoản 1 Điều 26 %(law)s)")),
    Line("home", "home", _itself,
         gettext_lazy("chưa rõ xã nơi xảy ra; trẻ ở đó (khoản 2 Điều 25 %(law)s)")),
    Line("home_heir", "home", _only_heir,
         gettext_lazy("chưa rõ xã nơi xảy ra; trẻ ở %(named)s cũ, nay thuộc đó "
                      "(khoản 2 Điều 25 %(law)s)")),
    Line("home_hamlet", "home", _by_hamlet,
         gettext_lazy("chưa rõ xã nơi xảy ra; trẻ ở %(hamlet)s, %(named)s cũ; theo sổ trẻ em, nơi "
                      "này nay thuộc đó (khoản 2 Điều 25 %(law)s)")),
)  # fmt: skip
LAST = {
    "split": gettext_lazy("%(named)s cũ đã chia cho nhiều xã mà chưa rõ thôn; cần xác định xã"),
    "unknown": gettext_lazy("chưa rõ nơi xảy ra và nơi trẻ ở; cần xác định xã"),
    "override": gettext_lazy("người tiếp nhận chọn như vậy, khác với %(table)s theo bảng"),
    "forward": gettext_lazy("%(sender)s chuyển đến"),
}


def route(where: Where, *, fallback: Unit | None) -> Route:
    """The first line of the table that finds a commune; else ``fallback``, the programme's area.

    Raises ValidationError when nothing is known and there is no area to ask.
    """
    for line in TABLE:
        if line.rule == "home_hamlet" and where.happened:
            continue  # the hamlet told is where it happened
        named = getattr(where, line.about)
        if unit := line.find(named, where):
            return Route(unit, _told(line.rule, unit, named, where))
    if fallback is None:
        raise ValidationError({"unit": _("Hãy chọn xã, phường nơi xảy ra hoặc nơi trẻ ở.")})
    named = where.happened or where.home
    return Route(fallback, _told("split" if named else "unknown", fallback, named, where))


def _told(rule: str, unit: Unit, named: Unit | None, where: Where) -> dict[str, Any]:
    told = {"rule": rule, "to": unit.name, "named": named.name if named else ""}
    return told | ({"hamlet": where.hamlet.strip()} if "hamlet" in rule else {})


def overridden(found: Route, to: Unit) -> Route:
    """Another commune than the table's, by choice of who takes the report down."""
    return Route(to, {"rule": "override", "to": to.name, "table": found.unit.name})


def words_of(told: dict[str, Any]) -> str:
    """ "Chuyển đến xã … vì …", from what was kept; "" for reports from before the table."""
    rule = told.get("rule", "")
    because = next((line.because for line in TABLE if line.rule == rule), LAST.get(rule))
    if because is None:
        return ""
    facts = {"hamlet": "", "named": "", "sender": "", "table": "", "law": ND_56} | told
    reason = str(because) % facts
    return _("Chuyển đến %(to)s vì %(reason)s.") % {"to": told.get("to", ""), "reason": reason}


def area_of(by: Any, on: date) -> Unit | None:
    """The programme area that looks for the commune: the receiver's own, or the only one."""
    home = by.home() if hasattr(by, "home") else None
    areas = Unit.objects.as_of(on).filter(level__in=[Level.AREA, Level.DISTRICT])
    if home is not None:
        own = areas.filter(below__descendant=home.unit).first()
        if own is not None:
            return own
    found = list(areas[:2])
    return found[0] if len(found) == 1 else None
