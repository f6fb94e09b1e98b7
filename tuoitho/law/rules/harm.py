"""Harmful jobs (147.1, Phụ lục III) and places (147.2, Phụ lục IV): what several articles ask."""

from __future__ import annotations

from tuoitho.law.facts import Work
from tuoitho.law.findings import Finding
from tuoitho.law.parameters.in_force import InForce
from tuoitho.law.rules.rule import Age, Rule, fine, named

JOB_LIST_MISSING = "harmful_job_list"
PLACE_LIST_MISSING = "harmful_place_list"


def harmful(
    code: str | None, forbidden: frozenset[str], annex: dict[str, str] | None
) -> bool | None:
    """Whether a code is in the code's own list or its annex; None when that is not known."""
    if code is None:
        return None
    if code in forbidden:
        return True
    return None if annex is None else code in annex


def harmful_job(work: Work, law: InForce) -> bool | None:
    """Khoản 1 Điều 147 BLLĐ 2019 and Phụ lục III TT 09/2020; None: not known."""
    return harmful(work.job, law.forbidden_jobs, law.items("harmful_jobs.list"))


def harmful_place(work: Work, law: InForce) -> bool | None:
    """Khoản 2 Điều 147 BLLĐ 2019 and Phụ lục IV TT 09/2020; None: not known."""
    return harmful(work.place, law.forbidden_places, law.items("harmful_places.list"))


def hazardous(works: tuple[Work, ...], law: InForce) -> bool | None:
    """Whether a minor is in a job or place of those lists in any work; None: not known."""
    answers = [f(w, law) for w in works for f in (harmful_job, harmful_place)]
    if any(answers):
        return True
    return None if None in answers else False


def place_finding(rule: Rule, work: Work, age: Age, law: InForce, act: str) -> Finding:
    """The place test, shared by Điều 145.3, 143.3 and 147.2; `act` names the fine."""
    if work.place is None:
        return rule.unknown(law, f"{age.text}: chưa biết nơi làm việc.", "place")
    place = named(law, work.place)
    answer = harmful_place(work, law)
    if answer is None:
        reason = f"{age.text}, làm ở {place}: chưa có danh mục nơi gây tổn hại cho ngày này."
        return rule.unknown(law, reason, PLACE_LIST_MISSING)
    if not answer:
        return rule.kept(law, f"{age.text}, làm ở {place}: không thuộc nơi cấm.")
    code = work.place in law.forbidden_places
    citation = law.cite("prohibited.places" if code else "harmful_places.list")
    reason = f"{age.text}, làm ở {place}: nơi cấm người chưa thành niên làm việc."
    return rule.broken(law, reason, fine(law, act, work), citation)
