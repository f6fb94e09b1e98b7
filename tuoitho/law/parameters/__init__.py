"""Dated parameters: YAML by topic, each value with its own day, article and flag.

A folder named by the environment variable ``TUOITHO_LAW_DIR`` (or given to `load`) may hold
YAML files of the same names; each replaces the packaged file as a whole.
"""

from __future__ import annotations

import hashlib
import os
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml

from tuoitho.law.citations import Citation
from tuoitho.law.parameters.in_force import InForce

FLAGS = ("V", "V*", "P", "M", "I")
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class LawDataError(ValueError):
    """A YAML file of the law is wrong; the message names file, parameter and field."""


@dataclass(frozen=True)
class Value:
    """One value of one parameter. `start` and `end` are inclusive; `end` None: still in force."""

    value: Any
    start: date
    end: date | None
    citation: Citation
    flag: str
    verified: bool
    note: str = ""


@dataclass(frozen=True)
class Parameter:
    """A parameter's history, oldest value first. `complete` False: an open list."""

    name: str
    title: str
    unit: str
    checked: date
    values: tuple[Value, ...]
    complete: bool = True
    count: int | None = None

    def on(self, day: date) -> Value | None:
        """The value in force on `day`, or None when no text in our data was in force."""
        for value in reversed(self.values):
            if value.start <= day:
                return value if value.end is None or day <= value.end else None
        return None


class Law:
    """All parameters, and the days on which something changes."""

    def __init__(self, parameters: dict[str, Parameter], version: str) -> None:
        self.parameters = parameters
        self.version = version
        self.changes = tuple(sorted(set(_change_days(parameters.values()))))
        self._snapshots: dict[int, InForce] = {}
        self._codes: dict[tuple[str, ...], frozenset[str]] = {}

    def on(self, day: date) -> InForce:
        """What was in force on `day`. Never raises: what is missing is missing in the answer."""
        period = bisect_right(self.changes, day)
        if period not in self._snapshots:
            self._snapshots[period] = InForce(self.parameters, day, period)
        return self._snapshots[period]

    def every_code(self, *names: str) -> frozenset[str]:
        """All codes the named lists ever had, in any period."""
        if names not in self._codes:
            values = [v for name in names for v in self.parameters[name].values]
            self._codes[names] = frozenset(code for v in values for code in v.value)
        return self._codes[names]


def _change_days(parameters: Any) -> Iterator[date]:
    for parameter in parameters:
        for value in parameter.values:
            yield value.start
            if value.end is not None:
                yield value.end + timedelta(days=1)


def _value(raw: dict[str, Any], where: str, verified: bool) -> Value:
    try:
        cited = raw["citation"]
        citation = Citation(cited["instrument"], str(cited["article"]), cited["date"])
        start, end, flag = raw["from"], raw.get("to"), raw["flag"]
        value = raw["value"]
    except (KeyError, TypeError) as error:
        raise LawDataError(f"{where}: giá trị cần from, value, citation, flag: {error}") from None
    dates = (start, citation.issued) if end is None else (start, end, citation.issued)
    if flag not in FLAGS or not all(type(d) is date for d in dates):
        raise LawDataError(f"{where}: flag phải thuộc {FLAGS}; from, to, date dạng 2021-01-01")
    verified = bool(raw.get("verified", verified and flag != "M"))
    return Value(value, start, end, citation, flag, verified, str(raw.get("note", "")).strip())


def _parameter(name: str, raw: dict[str, Any], checked: date) -> Parameter:
    verified = bool(raw.get("verified", True))
    values = tuple(
        sorted((_value(v, name, verified) for v in raw["values"]), key=lambda value: value.start)
    )
    for before, after in pairwise(values):
        if before.end is None or before.end >= after.start:
            raise LawDataError(f"{name}: hai giá trị chồng lên nhau từ {after.start}")
    return Parameter(
        name=name,
        title=str(raw["title"]),
        unit=str(raw["unit"]),
        checked=checked,
        values=values,
        complete=bool(raw.get("complete", True)),
        count=raw.get("count"),
    )


def _files(extra_dir: Path | None) -> dict[str, Path]:
    """Packaged files, then those of the override folder, which replace them by name."""
    files = {path.stem: path for path in Path(__file__).parent.glob("*.yaml")}
    if extra_dir is not None:
        if not extra_dir.is_dir():
            raise LawDataError(f"Không có thư mục luật {extra_dir} (TUOITHO_LAW_DIR)")
        files |= {path.stem: path for path in extra_dir.glob("*.yaml")}
    return dict(sorted(files.items()))


def load(extra_dir: Path | str | None = None) -> Law:
    """Read all YAML files. `extra_dir`: files there replace packaged ones of the same name.

    Raises LawDataError when a file is wrong: an administrator reads this message.
    """
    digest = hashlib.sha256()
    parameters: dict[str, Parameter] = {}
    for stem, path in _files(None if extra_dir is None else Path(extra_dir)).items():
        content = path.read_bytes()
        digest.update(stem.encode() + b"\0" + content + b"\0")
        try:
            data = yaml.load(content, Loader=_LOADER)  # noqa: S506 - CSafeLoader is safe
            for key, raw in data["parameters"].items():
                name = f"{stem}.{key}"
                parameters[name] = _parameter(name, raw, data["checked"])
        except LawDataError:
            raise
        except (yaml.YAMLError, KeyError, TypeError, AttributeError) as error:
            raise LawDataError(f"{path}: không đọc được ({error!r})") from None
    return Law(parameters, digest.hexdigest()[:16])


@cache
def current() -> Law:
    """The packaged law with the overrides of TUOITHO_LAW_DIR, read once per process."""
    return load(os.environ.get("TUOITHO_LAW_DIR") or None)
