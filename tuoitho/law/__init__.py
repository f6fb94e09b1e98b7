"""The law as data and pure functions: who may work, how long, where, and what breaks it."""

from datetime import date

from tuoitho.law import parameters
from tuoitho.law.assess import Assessment, Outcome, assess
from tuoitho.law.citations import Citation
from tuoitho.law.facts import Facts, Work
from tuoitho.law.findings import Answer, Finding, Kind, Sanction
from tuoitho.law.parameters import Law, LawDataError
from tuoitho.law.reading import JOB_LISTS, PLACE_LISTS, FactsError, read_facts
from tuoitho.law.statistics import StatisticalClass

__all__ = [
    "LAW_VERSION",
    "Answer",
    "Assessment",
    "Citation",
    "Facts",
    "FactsError",
    "Finding",
    "Kind",
    "Law",
    "LawDataError",
    "Outcome",
    "Sanction",
    "StatisticalClass",
    "Work",
    "assess",
    "job_codes",
    "light_work_list",
    "place_codes",
    "read_facts",
]

LAW_VERSION = parameters.current().version


def light_work_list(on: date) -> dict[str, str]:
    """Code to Vietnamese label of Phụ lục II TT 09/2020; empty when no list was in force."""
    return dict(parameters.current().on(on).items("light_work.list") or {})


def job_codes(on: date) -> dict[str, str]:
    """All job codes in force on a day with their labels, for forms; "other" last.

    Before a list of our data was in force its codes are left out.
    """
    return _codes(on, JOB_LISTS) | {"other": "Việc khác, đã tra và không có trong danh mục nào"}


def place_codes(on: date) -> dict[str, str]:
    """All place codes in force on a day with their labels, for forms; "ordinary" last."""
    return _codes(on, PLACE_LISTS) | {"ordinary": "Nơi thông thường, đã tra và không thuộc nơi cấm"}


def _codes(on: date, lists: tuple[str, ...]) -> dict[str, str]:
    day = parameters.current().on(on)
    codes: dict[str, str] = {}
    for name in lists:
        for code, label in (day.items(name) or {}).items():
            codes.setdefault(code, label)
    return codes
