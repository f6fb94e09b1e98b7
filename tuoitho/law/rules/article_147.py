"""Điều 147: jobs and places forbidden from 15 to under 18."""

from __future__ import annotations

from tuoitho.law.facts import Work
from tuoitho.law.findings import Finding
from tuoitho.law.parameters.in_force import InForce
from tuoitho.law.rules.harm import JOB_LIST_MISSING, harmful_job, place_finding
from tuoitho.law.rules.rule import Age, Rule, fine, named

JOB = Rule("147.1-job", "job", "prohibited.jobs")
PLACE = Rule("147.2-place", "place", "prohibited.places")


def check_job(work: Work, age: Age, law: InForce) -> Finding:
    """Khoản 1 Điều 147 BLLĐ 2019 (và khoản 2 Điều 143); Phụ lục III TT 09/2020. From 15."""
    if work.job is None:
        return JOB.unknown(law, f"{age.text}: chưa biết làm công việc gì.", "job")
    job = named(law, work.job)
    answer = harmful_job(work, law)
    if answer is None:
        reason = f"{age.text}, làm {job}: chưa có danh mục việc gây tổn hại có hiệu lực ngày này."
        return JOB.unknown(law, reason, JOB_LIST_MISSING)
    if not answer:
        return JOB.kept(law, f"{age.text}, làm {job}: không thuộc công việc cấm.")
    in_code = work.job in law.forbidden_jobs
    citation = law.cite("prohibited.jobs" if in_code else "harmful_jobs.list")
    reason = f"{age.text}, làm {job}: công việc cấm người từ đủ 15 đến chưa đủ 18 tuổi."
    return JOB.broken(law, reason, fine(law, "prohibited_15_17", work), citation)


def check_place(work: Work, age: Age, law: InForce) -> Finding:
    """Khoản 2 Điều 147 BLLĐ 2019 (và khoản 2 Điều 143); Phụ lục IV TT 09/2020. From 15."""
    return place_finding(PLACE, work, age, law, "prohibited_15_17")
