"""The law of one day: what the rules ask, answered from the values in force."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

from tuoitho.law.citations import Citation

if TYPE_CHECKING:
    from tuoitho.law.parameters import Parameter, Value

HOURS_LAWS = ("ages.minor", "hours.day_under_15")


class InForce:
    """A snapshot between two change days. Lists are None when no text was in force."""

    def __init__(self, parameters: Mapping[str, Parameter], day: date, period: int) -> None:
        self.period = period
        self._parameters = parameters
        self._values: dict[str, Value] = {
            name: value for name, p in parameters.items() if (value := p.on(day)) is not None
        }

    def has(self, name: str) -> bool:
        """Whether a value of `name` is in force."""
        return name in self._values

    def get(self, name: str) -> Value | None:
        """The value in force with its citation, or None."""
        return self._values.get(name)

    def cite(self, name: str) -> Citation:
        """The citation in force, or that of the first text in our data (to name what lacks)."""
        value = self._values.get(name)
        return (value or self._parameters[name].values[0]).citation

    def number(self, name: str) -> int:
        """A number in force. Raises KeyError: ask only when `judged` is true."""
        return cast(int, self._values[name].value)

    def items(self, name: str) -> dict[str, str] | None:
        """A list in force: code to Vietnamese label; None when no list was in force."""
        value = self._values.get(name)
        return None if value is None else cast("dict[str, str]", value.value)

    def complete(self, name: str) -> bool:
        """Whether we hold the whole list (else: absence from it proves nothing)."""
        return self._parameters[name].complete

    @cached_property
    def reading(self) -> tuple[tuple[str, date], ...]:
        """What the rules read on this day, fines apart: days with equal readings answer alike."""
        return tuple(
            (name, value.start)
            for name, value in self._values.items()
            if not name.startswith(_NOT_READ)
        )

    @cached_property
    def judged(self) -> bool:
        """Whether the labour code of our data was in force at all on this day."""
        return all(name in self._values for name in HOURS_LAWS)

    @cached_property
    def adult(self) -> int:
        """Age from which nobody is a minor; before the code, the earliest age we know.

        A person of 18 is outside a programme for ages 5 to 17 on any day, so the register
        need not call an adult of 2020 undetermined.
        """
        value = self._values.get("ages.minor") or self._parameters["ages.minor"].values[0]
        return cast(int, value.value)

    @cached_property
    def forbidden_jobs(self) -> frozenset[str]:
        """Codes of Điều 147.1 (in the code itself) in force."""
        return frozenset(self.items("prohibited.jobs") or ())

    @cached_property
    def forbidden_places(self) -> frozenset[str]:
        """Codes of Điều 147.2 (in the code itself) in force."""
        return frozenset(self.items("prohibited.places") or ())

    @cached_property
    def age_steps(self) -> tuple[int, ...]:
        """First age of each band in which every rule answers alike (for estimated ages)."""
        steps = {0, self.adult}
        steps |= {int(v.value) for n, v in self._values.items() if n in _AGE_STEPS}
        for band in self.sdg_bands:
            steps |= {band["low"], band["high"] + 1}
        return tuple(sorted(s for s in steps if s <= self.adult))

    @cached_property
    def sdg_bands(self) -> list[dict[str, Any]]:
        """Bands of SDG 8.7.1 in force, inclusive ages; empty before the standard."""
        value = self._values.get("standards.sdg_bands")
        return [] if value is None else cast("list[dict[str, Any]]", value.value)


_NOT_READ = ("sanctions.", "procedure.", "standards.c1")
_AGE_STEPS = ("ages.minimum", "ages.light_work", "ages.apprentice")
