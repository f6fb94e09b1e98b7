"""The score of a child: a sum over factors that hold. Pure: facts and weights in, reasons out.

It only says whom to visit first. No state of anything changes by it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PACKAGED = Path(__file__).parent / "data" / "risk_rules.yaml"
FACTORS: dict[str, str | Promise] = {
    "left_school": _("Đã bỏ học"),
    "long_absence": _("Nghỉ học nhiều trong học kỳ gần nhất"),
    "poor": _("Hộ nghèo hoặc cận nghèo"),
    "special": _("Có hoàn cảnh đặc biệt"),
    "no_parent": _("Không có cha, mẹ trong số người chăm sóc đã ghi"),
    "past_case": _("Đã từng có hồ sơ ở xã"),
    "sibling_case": _("Anh chị em cùng hộ có hồ sơ lao động trẻ em ở xã"),
    "moved_lately": _("Mới chuyển đến trong một năm"),
    "craft_hamlet": _("Thôn có cơ sở làng nghề"),
    "teen_in_summer": _("13–17 tuổi, trong các tháng hè"),
}
OF_CASES = ("past_case", "sibling_case")  # what is erased when a case is sealed


@dataclass(frozen=True)
class Reason:
    """A factor that counted, and how much."""

    code: str
    points: int

    @property
    def label(self) -> str:
        return str(FACTORS[self.code])


@dataclass(frozen=True)
class Score:
    """The points of a child with their reasons, heaviest first."""

    points: int
    reasons: tuple[Reason, ...]


def score(factors: Iterable[str], weights: Mapping[str, int]) -> Score:
    """The sum of the weights of the factors that hold; a factor without a weight counts nothing."""
    held = [Reason(code, weights[code]) for code in set(factors) if weights.get(code)]
    reasons = tuple(sorted(held, key=lambda reason: (-reason.points, reason.code)))
    return Score(sum(reason.points for reason in reasons), reasons)


@cache
def packaged() -> dict[str, Any]:
    """The rules as they come with the system, with where each is from and how sure it is."""
    return dict(yaml.safe_load(PACKAGED.read_text(encoding="utf-8")))


def packaged_weights() -> dict[str, int]:
    return {rule["code"]: rule["weight"] for rule in packaged()["rules"]}
