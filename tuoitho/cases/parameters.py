"""The programme's own numbers, asked by day: visits that prove cessation, schedules, weights.

The law sets none of them, so the office may change them from a day on (screen "Thời hạn và tham
số"). Values live in ``models.Parameter``; here stands what each means and how it is read.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tuoitho.cases.models.limit import Parameter
from tuoitho.lib.transaction_memory import asked_once, forget

_MEMORY = "cases.parameters"


@dataclass(frozen=True)
class Meaning:
    """What a parameter says. ``many``: several rising numbers; ``least``: the smallest allowed."""

    label: str | Promise
    unit: str | Promise
    many: bool = False
    least: int = 1


_DAYS = _("ngày")
_POINTS = _("điểm")
PARAMETERS: dict[str, Meaning] = {
    "cessation_visits": Meaning(_("Số lần thăm liên tiếp để ghi chấm dứt"), _("lần"), least=2),
    "cessation_days": Meaning(_("Khoảng cách từ lần thăm đầu đến lần cuối để ghi chấm dứt"), _DAYS),
    "visit_schedule": Meaning(_("Lịch thăm khi chưa xếp mức nguy cơ: thăm vào các ngày thứ"),
                              _DAYS, many=True),
    "visit_interval": Meaning(_("Sau lịch ấy, thăm lại mỗi"), _DAYS),
    "visit_schedule_high": Meaning(_("Lịch thăm khi nguy cơ cao: thăm vào các ngày thứ"), _DAYS,
                                   many=True),
    "visit_interval_high": Meaning(_("Nguy cơ cao: sau lịch ấy, thăm lại mỗi"), _DAYS),
    "visit_schedule_medium": Meaning(_("Lịch thăm khi nguy cơ trung bình: thăm vào các ngày thứ"),
                                     _DAYS, many=True),
    "visit_interval_medium": Meaning(_("Nguy cơ trung bình: sau lịch ấy, thăm lại mỗi"), _DAYS),
    "visit_schedule_low": Meaning(_("Lịch thăm khi nguy cơ thấp: thăm vào các ngày thứ"), _DAYS,
                                  many=True),
    "visit_interval_low": Meaning(_("Nguy cơ thấp: sau lịch ấy, thăm lại mỗi"), _DAYS),
    "visit_settles": Meaning(_("Lần thăm sớm hơn lịch được tính là đúng lịch trong vòng"), _DAYS,
                             least=0),
    "workload_case": Meaning(_("Khối lượng việc: mỗi hồ sơ đang mở"), _POINTS, least=0),
    "workload_risk_high": Meaning(_("Cộng thêm khi nguy cơ cao"), _POINTS, least=0),
    "workload_risk_medium": Meaning(_("Cộng thêm khi nguy cơ trung bình"), _POINTS, least=0),
    "workload_risk_low": Meaning(_("Cộng thêm khi nguy cơ thấp"), _POINTS, least=0),
    "workload_hazardous": Meaning(_("Cộng thêm khi công việc nguy hiểm, độc hại"), _POINTS,
                                  least=0),
    "workload_emergency": Meaning(_("Cộng thêm khi khẩn cấp"), _POINTS, least=0),
    "workload_overdue": Meaning(_("Cộng thêm cho mỗi việc quá hạn"), _POINTS, least=0),
}  # fmt: skip


@dataclass(frozen=True)
class Schedule:
    """On which days after support begins a child is visited, then every ``interval`` days.

    ``settles``: a visit so many days early counts as the one of the schedule.
    """

    days: tuple[int, ...]
    interval: int
    settles: int = 7


@dataclass(frozen=True)
class Cessation:
    """How many clear visits in a row, spanning how many days, show that it has stopped."""

    visits: int
    days: int


def parameter(code: str, day: date) -> list[int]:
    """The value of ``code`` in force on ``day``.

    Raises KeyError for a code without a meaning, LookupError when no value is in force that day.
    """
    if code not in PARAMETERS:
        raise KeyError(f"unknown parameter {code!r}; see cases/parameters.py")
    for row in asked_once(_MEMORY, lambda: list(Parameter.objects.all())):
        if row.code == code and row.since <= day and (row.until is None or day < row.until):
            return list(row.value)
    raise LookupError(f"no value of {code!r} on {day:%Y-%m-%d}")


def number(code: str, day: date) -> int:
    """The single number of ``code`` on ``day``. Raises as ``parameter`` does."""
    return parameter(code, day)[0]


def visit_schedule(day: date, risk: str = "") -> Schedule:
    """The visiting schedule in force on ``day`` for a risk level (high, medium, low, "")."""
    ending = f"_{risk}" if risk else ""
    return Schedule(
        tuple(parameter(f"visit_schedule{ending}", day)),
        number(f"visit_interval{ending}", day),
        number("visit_settles", day),
    )


def cessation(day: date) -> Cessation:
    """What proves cessation on ``day``."""
    return Cessation(number("cessation_visits", day), number("cessation_days", day))


def weights(day: date) -> dict[str, int]:
    """Points of workload by what they are given for, without the prefix."""
    names = [code for code in PARAMETERS if code.startswith("workload_")]
    return {name.removeprefix("workload_"): number(name, day) for name in names}


def wrong_value(code: str, value: Sequence[int]) -> bool:
    """Whether ``value`` cannot be one of ``code``: too small, too many, or not rising."""
    meaning = PARAMETERS[code]
    if not value or min(value) < meaning.least or (len(value) > 1 and not meaning.many):
        return True
    return list(value) != sorted(set(value))


def forget_parameters() -> None:
    """Ask again: after a value has changed in this transaction."""
    forget(_MEMORY)
