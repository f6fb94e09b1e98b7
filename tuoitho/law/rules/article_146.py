"""Điều 146: hours of the day and week, overtime and night work."""

from __future__ import annotations

from dataclasses import dataclass

from tuoitho.law.facts import OTHER, Work
from tuoitho.law.findings import Finding, Sanction, sanction_for
from tuoitho.law.parameters.in_force import InForce
from tuoitho.law.rules.harm import harmful_job
from tuoitho.law.rules.rule import Age, Rule, fine, named

TOLERANCE = 1e-6  # hours


@dataclass(frozen=True, slots=True)
class Limit:
    """An hours rule: the fact, its words, and for 15–17 how overtime may lengthen it."""

    rule: Rule
    fact: str
    per: str
    overtime: tuple[str, ...] = ()


DAY_UNDER_15 = Limit(
    Rule("146.1-hours-day", "hours-day", "hours.day_under_15"), "hours_day", "ngày"
)
WEEK_UNDER_15 = Limit(
    Rule("146.1-hours-week", "hours-week", "hours.week_under_15"), "hours_week", "tuần"
)
DAY_15_17 = Limit(
    Rule("146.2-hours-day", "hours-day", "hours.day_15_17"),
    "hours_day",
    "ngày",
    ("hours.overtime_total_day",),
)
WEEK_15_17 = Limit(
    Rule("146.2-hours-week", "hours-week", "hours.week_15_17"),
    "hours_week",
    "tuần",
    ("hours.week_15_17", "hours.overtime_month"),
)
OVERTIME_UNDER_15 = Rule("146.1-overtime", "overtime", "hours.day_under_15")
NIGHT_UNDER_15 = Rule("146.1-night", "night", "hours.day_under_15")
OVERTIME_15_17 = Rule("146.2-overtime", "overtime", "hours.day_15_17")
NIGHT_15_17 = Rule("146.2-night", "night", "hours.day_15_17")


def total(works: tuple[Work, ...], fact: str) -> tuple[float, bool]:
    """Sum of the known hours of all works, and whether all were known."""
    hours = [getattr(work, fact) for work in works]
    return sum(h for h in hours if h is not None), None not in hours


def exceeds(hours: float, most: float) -> bool:
    """Whether hours are over an inclusive limit; sums of tenths of an hour are not exact."""
    return hours > most + TOLERANCE


def _text(hours: float) -> str:
    return f"{hours:g}".replace(".", ",")


def _fine(works: tuple[Work, ...], limit: Limit, most: float, law: InForce) -> Sanction | None:
    """Only an employer is fined, and only for hours given to employers beyond the limit."""
    employed = tuple(work for work in works if work.employed)
    if not exceeds(total(employed, limit.fact)[0], most):
        return None
    organised = tuple(work for work in employed if work.organisation is True)
    doubled = exceeds(total(organised, limit.fact)[0], most)
    return sanction_for(law, "hours", organisation=doubled)


def _perhaps_overtime(works: tuple[Work, ...], law: InForce) -> bool:
    """Whether some work is said to have overtime and Phụ lục V is not known to forbid it."""
    return any(
        work.overtime is True and permitted(work, "overtime", law) is not False for work in works
    )


def _check(limit: Limit, works: tuple[Work, ...], age: Age, law: InForce) -> Finding:
    most = law.number(limit.rule.source)
    hours, all_known = total(works, limit.fact)
    said = f"{age.text}, làm {_text(hours)} giờ/{limit.per}"
    if len(works) > 1:
        said += f" (cộng {len(works)} công việc)"
    if exceeds(hours, most):
        cap = sum(law.number(name) for name in limit.overtime)
        if limit.overtime and not exceeds(hours, cap) and _perhaps_overtime(works, law):
            reason = (
                f"{said}; trên {most} giờ có thể là giờ làm thêm được phép, cần sổ giờ làm thêm."
            )
            return limit.rule.unknown(law, reason, "overtime_hours")
        reason = f"{said}; mức tối đa {most} giờ/{limit.per}."
        return limit.rule.broken(law, reason, _fine(works, limit, most, law))
    if not all_known:
        reason = f"{age.text}: chưa biết đủ số giờ làm trong {limit.per}; tối đa {most} giờ."
        return limit.rule.unknown(law, reason, limit.fact)
    return limit.rule.kept(law, f"{said}; không quá {most} giờ/{limit.per}.")


def check_hours_day(works: tuple[Work, ...], age: Age, law: InForce) -> Finding:
    """Khoản 1, khoản 2 Điều 146 BLLĐ 2019: at most 4 (under 15) or 8 hours a day, inclusive.

    Hours of all works are added up. Unknown hours do not hide that the known ones exceed.
    """
    limit = DAY_UNDER_15 if age.years < law.number("ages.minimum") else DAY_15_17
    return _check(limit, works, age, law)


def check_hours_week(works: tuple[Work, ...], age: Age, law: InForce) -> Finding:
    """Khoản 1, khoản 2 Điều 146 BLLĐ 2019: at most 20 (under 15) or 40 hours a week, inclusive."""
    limit = WEEK_UNDER_15 if age.years < law.number("ages.minimum") else WEEK_15_17
    return _check(limit, works, age, law)


def check_overtime(work: Work, age: Age, law: InForce) -> Finding:
    """Khoản 1, khoản 2 Điều 146 BLLĐ 2019; Phụ lục V TT 09/2020: overtime."""
    if age.years < law.number("ages.minimum"):
        return _forbidden(OVERTIME_UNDER_15, work, "overtime", age, law)
    return _listed(OVERTIME_15_17, work, "overtime", age, law)


def check_night(work: Work, age: Age, law: InForce) -> Finding:
    """Khoản 1, khoản 2 Điều 146, Điều 106 BLLĐ 2019; Phụ lục V TT 09/2020: 22:00 to 06:00."""
    if age.years < law.number("ages.minimum"):
        return _forbidden(NIGHT_UNDER_15, work, "night", age, law)
    return _listed(NIGHT_15_17, work, "night", age, law)


_WORDS = {"overtime": "làm thêm giờ", "night": "làm việc ban đêm"}


def _forbidden(rule: Rule, work: Work, fact: str, age: Age, law: InForce) -> Finding:
    words, answer = _WORDS[fact], getattr(work, fact)
    if answer is None:
        return rule.unknown(law, f"{age.text}: chưa biết có {words} không.", fact)
    if answer:
        sanction = fine(law, "overtime_night_under_15", work)
        return rule.broken(law, f"{age.text}, {words}; chưa đủ 15 tuổi thì bị cấm.", sanction)
    return rule.kept(law, f"{age.text}: không {words}.")


def permitted(work: Work, fact: str, law: InForce) -> bool | None:
    """Whether Phụ lục V lets this job have overtime or night work; None: not known.

    Absence from a list we hold only in part proves nothing, except for "other" (a person
    looked and found it in none of the lists) and for jobs that are forbidden anyway.
    """
    name = f"overtime_night.{fact}"
    listed = law.items(name)
    if work.job is None or listed is None:
        return None
    if work.job in listed:
        return True
    if work.job == OTHER or harmful_job(work, law) or law.complete(name):
        return False
    return None


def _listed(rule: Rule, work: Work, fact: str, age: Age, law: InForce) -> Finding:
    words, answer = _WORDS[fact], getattr(work, fact)
    if answer is None:
        return rule.unknown(law, f"{age.text}: chưa biết có {words} không.", fact)
    if not answer:
        return rule.kept(law, f"{age.text}: không {words}.")
    if work.job is None:
        return rule.unknown(law, f"{age.text}, {words}: chưa biết làm công việc gì.", "job")
    job = named(law, work.job)
    allowed = permitted(work, fact, law)
    if allowed is None:
        reason = f"{age.text}, {words}, {job}: chưa có đủ danh mục nghề được {words} (Phụ lục V)."
        return rule.unknown(law, reason, f"{fact}_list")
    if allowed:
        doubt = "" if _verified(fact, law) else " (danh mục cần đối chiếu với Công báo)"
        return rule.kept(law, f"{age.text}, {words}, {job}: nghề được phép{doubt}.")
    reason = f"{age.text}, {words}, {job}: không thuộc nghề được {words}."
    return rule.broken(law, reason, fine(law, "overtime_night_15_17", work))


def _verified(fact: str, law: InForce) -> bool:
    value = law.get(f"overtime_night.{fact}")
    return value is not None and value.verified
