"""Reads the packaged lists of the country's units: before and after the reform of 01/07/2025."""

import csv
import gzip
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml

from tuoitho.lib.text import tidy
from tuoitho.units.models import ChangeKind, Level

DATA = Path(__file__).parent / "data"
REFORM = date(2025, 7, 1)  # Luật 72/2025/QH15; QĐ 19/2025/QĐ-TTg

Key = tuple[str, bool]  # code, and whether the unit exists since the reform


@dataclass(frozen=True)
class UnitRow:
    """One unit to be made; ``start``/``end`` None mean an open end."""

    key: Key
    name: str
    level: Level
    parent: Key | None
    start: date | None
    end: date | None


@dataclass(frozen=True)
class ChangeRow:
    old: Key
    new: Key
    kind: ChangeKind
    note: str


@dataclass(frozen=True)
class AreaRow:
    key: Key
    name: str
    continues: Key
    members: tuple[Key, ...]


def _rows(name: str) -> Iterator[dict[str, str]]:
    with gzip.open(DATA / name, "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield {column: tidy(value or "") for column, value in row.items()}


def change_kind(note: str) -> ChangeKind:
    """How much of the old unit went, read from the official note (spelling slips included)."""
    text = note.casefold()
    if "toàn bộ dân số" in text:
        return ChangeKind.PEOPLE
    if "phần" not in text:
        return ChangeKind.WHOLE
    return ChangeKind.AREA if text.endswith("một phần diện tích") else ChangeKind.PART


def read() -> tuple[list[UnitRow], list[ChangeRow], list[AreaRow]]:
    """All units (parents before children), all changes, all programme areas."""
    before = list(_rows("communes-before-2025-07.csv.gz"))
    changes = list(_rows("changes-2025-07-01.csv.gz"))
    units = {("VN", False): UnitRow(("VN", False), "Việt Nam", Level.COUNTRY, None, None, None)}
    kept = _kept_provinces(before, changes)
    for row in before:
        _add_old(units, row, kept)
    for row in changes:
        if _old_key(row) not in units and (row["old_code"] or not row["old_name"]):
            _add_old(units, _as_old(row), kept)
    for row in changes:
        _add_new(units, row, kept)
    return list(units.values()), list(_changes(changes, units)), _areas()


def _kept_provinces(before: list[dict[str, str]], changes: list[dict[str, str]]) -> frozenset[str]:
    """Codes of provinces that came through the reform unmerged: one row, no end."""
    province_of = {row["commune_code"]: (row["province_code"], row["province"]) for row in before}
    sources: dict[tuple[str, str], set[tuple[str, str]]] = defaultdict(set)
    for row in changes:
        if row["old_code"] in province_of:
            new = (row["new_province_code"], row["new_province"])
            sources[new].add(province_of[row["old_code"]])
    return frozenset(new[0] for new, old in sources.items() if old == {new})


def _as_old(change: dict[str, str]) -> dict[str, str]:
    """The old side of a change, in the columns of the list before: for units formed in 2025."""
    return {
        "province_code": change["old_province_code"], "province": change["old_province"],
        "district_code": change["old_district_code"], "district": change["old_district"],
        "commune_code": change["old_code"], "commune": change["old_name"],
    }  # fmt: skip


def _add_old(units: dict[Key, UnitRow], row: dict[str, str], kept: frozenset[str]) -> None:
    province, district = (row["province_code"], False), (row["district_code"], False)
    end = None if row["province_code"] in kept else REFORM
    country: Key = ("VN", False)
    units.setdefault(
        province, UnitRow(province, row["province"], Level.PROVINCE, country, None, end)
    )
    units.setdefault(
        district, UnitRow(district, row["district"], Level.DISTRICT, province, None, REFORM)
    )
    if not row["commune_code"]:
        return
    commune = (row["commune_code"], False)
    units[commune] = UnitRow(commune, row["commune"], Level.COMMUNE, district, None, REFORM)


def _add_new(units: dict[Key, UnitRow], row: dict[str, str], kept: frozenset[str]) -> None:
    code = row["new_province_code"]
    province: Key = (code, code not in kept)
    units.setdefault(
        province,
        UnitRow(province, row["new_province"], Level.PROVINCE, ("VN", False), REFORM, None),
    )
    commune = (row["new_code"], True)
    units.setdefault(
        commune, UnitRow(commune, row["new_name"], Level.COMMUNE, province, REFORM, None)
    )


def _old_key(row: dict[str, str]) -> Key:
    """The unit on the old side of a change.

    Island districts had no communes: the district itself became the special zone. One strip of
    coast was no unit at all (a name without a code): its key is in no list.
    """
    return (row["old_code"] or ("" if row["old_name"] else row["old_district_code"]), False)


def _changes(changes: list[dict[str, str]], units: dict[Key, UnitRow]) -> Iterator[ChangeRow]:
    for row in changes:
        old = _old_key(row)
        if old in units:
            yield ChangeRow(old, (row["new_code"], True), change_kind(row["note"]), row["note"])


def _areas() -> list[AreaRow]:
    areas = yaml.safe_load((DATA / "areas.yaml").read_text(encoding="utf-8"))
    return [
        AreaRow(
            (area["code"], True),
            area["name"],
            (area["continues"], False),
            tuple((code, True) for code in area["members"]),
        )
        for area in areas
    ]
