"""One JSON object of the command's contract becomes Facts, or says which field is wrong."""

from __future__ import annotations

import math
import re
from datetime import date
from typing import Any

from tuoitho.law import parameters
from tuoitho.law.facts import ORDINARY, OTHER, RELATIONS, YES_NO, Facts, Work
from tuoitho.law.parameters import Law

JOB_LISTS = (
    "light_work.list",
    "light_work.under_13",
    "prohibited.jobs",
    "harmful_jobs.list",
    "overtime_night.overtime",
    "overtime_night.night",
)
PLACE_LISTS = ("prohibited.places", "harmful_places.list")
DAY_HOURS = 24
WEEK_HOURS = 168
OLDEST = 150
LONGEST_TEXT = 200
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


class FactsError(ValueError):
    """A line cannot be read; the message names the field and what is expected."""


def _shown(value: Any) -> str:
    text = repr(value) if not isinstance(value, int) or value.bit_length() < 64 else "số quá lớn"
    return text if len(text) <= 40 else text[:37] + "..."


def read_id(raw: Any) -> str | int | None:
    """The id as given (text or whole number), or None when it cannot serve as one."""
    if isinstance(raw, str) and len(raw) <= LONGEST_TEXT:
        return raw
    if isinstance(raw, int) and not isinstance(raw, bool) and raw.bit_length() < 64:
        return raw
    return None


def _date(raw: Any, field: str) -> date:
    if isinstance(raw, str) and _DATE.fullmatch(raw):
        try:
            return date.fromisoformat(raw)
        except ValueError:
            raise FactsError(f"{field}: không có ngày {raw}") from None
    raise FactsError(f"{field}: cần ngày dạng YYYY-MM-DD, nhận {_shown(raw)}")


def _hours(raw: Any, field: str, limit: int) -> float | None:
    if raw is None:
        return None
    if isinstance(raw, bool) or not isinstance(raw, int | float):
        raise FactsError(f"{field}: cần một số giờ hoặc null, nhận {_shown(raw)}")
    if not 0 <= raw <= limit or not math.isfinite(raw):
        raise FactsError(f"{field}: số giờ phải từ 0 đến {limit}, nhận {_shown(raw)}")
    return raw


def _yes_no(raw: Any, field: str) -> bool | None:
    if raw is None or isinstance(raw, bool):
        return raw
    raise FactsError(f"{field}: cần true, false hoặc null, nhận {_shown(raw)}")


def _code(raw: Any, field: str, known: frozenset[str]) -> str | None:
    if raw is None:
        return None
    if not isinstance(raw, str):
        raise FactsError(f"{field}: cần một mã hoặc null, nhận {_shown(raw)}")
    if raw not in known:
        raise FactsError(f"{field}: không có mã {_shown(raw)} trong các danh mục")
    return raw


def _jobs(law: Law) -> frozenset[str]:
    return law.every_code(*JOB_LISTS) | {OTHER}


def _places(law: Law) -> frozenset[str]:
    return law.every_code(*PLACE_LISTS) | {ORDINARY}


def _age_range(raw: Any) -> tuple[int, int] | None:
    if raw is None:
        return None
    whole = isinstance(raw, list | tuple) and len(raw) == 2
    if not whole or not all(isinstance(n, int) and not isinstance(n, bool) for n in raw):
        raise FactsError(f"age_range: cần hai số nguyên [thấp, cao], nhận {_shown(raw)}")
    low, high = raw
    if not 0 <= low <= high <= OLDEST:
        raise FactsError(f"age_range: cần 0 ≤ thấp ≤ cao ≤ {OLDEST}, nhận {_shown(raw)}")
    return low, high


def _work(raw: Any, field: str, law: Law) -> Work:
    if not isinstance(raw, dict):
        raise FactsError(f"{field}: cần một đối tượng mô tả công việc, nhận {_shown(raw)}")
    yes_no = {name: _yes_no(raw.get(name), f"{field}.{name}") for name in YES_NO}
    return Work(
        relation=_code(raw.get("relation"), f"{field}.relation", frozenset(RELATIONS)),
        job=_code(raw.get("job"), f"{field}.job", _jobs(law)),
        place=_code(raw.get("place"), f"{field}.place", _places(law)),
        hours_day=_hours(raw.get("hours_day"), f"{field}.hours_day", DAY_HOURS),
        hours_week=_hours(raw.get("hours_week"), f"{field}.hours_week", WEEK_HOURS),
        **yes_no,
    )


def _works(raw: Any, law: Law) -> tuple[Work, ...] | None:
    if raw is None:
        return None
    if not isinstance(raw, list | tuple):
        raise FactsError(f"works: cần một danh sách công việc, nhận {_shown(raw)}")
    return tuple(_work(item, f"works[{i}]", law) for i, item in enumerate(raw))


def read_facts(raw: Any, *, today: date | None = None, law: Law | None = None) -> Facts:
    """Facts from one decoded JSON object (contract: design, section 4).

    A key that is absent is the same as null: not known. Keys the contract does not name are
    ignored. `today`: refuse an observation after that day (None: do not ask).
    Raises FactsError naming the field, in Vietnamese.
    """
    if not isinstance(raw, dict):
        raise FactsError(f"Mỗi dòng phải là một đối tượng JSON, nhận {_shown(raw)}")
    if raw.get("id") is not None and read_id(raw["id"]) is None:
        raise FactsError("id: cần chữ (tối đa 200 ký tự) hoặc số nguyên")
    observed_on = _date(raw.get("observed_on"), "observed_on")
    if today is not None and observed_on > today:
        raise FactsError(f"observed_on: ngày quan sát {observed_on:%d/%m/%Y} ở tương lai")
    birth = raw.get("birth_date")
    try:
        return Facts(
            observed_on=observed_on,
            birth_date=None if birth is None else _date(birth, "birth_date"),
            age_range=_age_range(raw.get("age_range")),
            works=_works(raw.get("works"), law or parameters.current()),
            chores_hours_week=_hours(raw.get("chores_hours_week"), "chores_hours_week", WEEK_HOURS),
            id=read_id(raw.get("id")),
        )
    except FactsError:
        raise
    except ValueError as error:
        raise FactsError(str(error)) from None
