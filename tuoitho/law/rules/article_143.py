"""Điều 143.3: light work only, from 13 to under 15 (with Thông tư 09/2020 Điều 3.5)."""

from __future__ import annotations

from tuoitho.law.facts import Work
from tuoitho.law.findings import Finding
from tuoitho.law.parameters.in_force import InForce
from tuoitho.law.rules.harm import place_finding
from tuoitho.law.rules.rule import Age, Rule, fine, named

LIGHT_WORK = Rule("143.3-light-work", "job", "light_work.rule")
PLACE = Rule("143.3-place", "place", "light_work.place_test")


def check_light_work(work: Work, age: Age, law: InForce) -> Finding:
    """Khoản 3 Điều 143 BLLĐ 2019; điểm a khoản 5 Điều 3 và Phụ lục II TT 09/2020.

    From 13 to under 15. A job Điều 147.1 itself names as harmful is not light work even while
    no list is in our data (01/01/2021 to 14/03/2021): our reading, with Điều 144.1.
    """
    if work.job is None:
        return LIGHT_WORK.unknown(law, f"{age.text}: chưa biết trẻ làm công việc gì.", "job")
    light = law.items("light_work.list")
    job = named(law, work.job)
    sanction = fine(law, "outside_light_work", work)
    if work.job in law.forbidden_jobs:
        reason = f"{age.text}, làm {job}: không phải công việc nhẹ."
        return LIGHT_WORK.broken(law, reason, sanction)
    if light is None:
        reason = f"{age.text}, làm {job}: chưa có danh mục công việc nhẹ có hiệu lực ngày này."
        return LIGHT_WORK.unknown(law, reason, "light_work_list")
    if work.job in light:
        return LIGHT_WORK.kept(law, f"{age.text}, làm {job}: có trong danh mục công việc nhẹ.")
    reason = f"{age.text}, làm {job}: ở tuổi 13–14 chỉ được làm công việc nhẹ."
    return LIGHT_WORK.broken(law, reason, sanction)


def check_place(work: Work, age: Age, law: InForce) -> Finding:
    """Điểm b khoản 5 Điều 3 TT 09/2020: not in places of Điều 147.2.a–d nor Phụ lục IV."""
    return place_finding(PLACE, work, age, law, "outside_light_work")
