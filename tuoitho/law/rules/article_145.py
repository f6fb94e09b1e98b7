"""Điều 145: under 15. Khoản 1: the employer's duties; khoản 3: under 13."""

from __future__ import annotations

from tuoitho.law.facts import Work
from tuoitho.law.findings import Finding, Kind
from tuoitho.law.parameters.in_force import InForce
from tuoitho.law.rules.article_144 import Duty
from tuoitho.law.rules.harm import place_finding
from tuoitho.law.rules.rule import Age, Rule, fine, named

JOB = Rule("145.3-job", "job", "light_work.under_13")
PLACE = Rule("145.3-place", "place", "light_work.under_13")


def _duty(code: str, parameter: str, have: str, lack: str) -> Duty:
    rule = Rule(code, parameter, f"duties.{parameter}", Kind.EMPLOYER_DUTY)
    return Duty(rule, "conditions_under_15", have, lack)


CONTRACT = _duty(
    "145.1.a-contract",
    "contract",
    "có hợp đồng lao động bằng văn bản với trẻ và người đại diện theo pháp luật",
    "chưa ký hợp đồng lao động bằng văn bản với trẻ và người đại diện theo pháp luật",
)
STUDY = _duty(
    "145.1.b-study",
    "study",
    "giờ làm việc không ảnh hưởng đến thời gian học tập",
    "giờ làm việc ảnh hưởng đến thời gian học tập",
)
HEALTH_CERTIFICATE = _duty(
    "145.1.c-health-certificate",
    "health_certificate",
    "có giấy khám sức khỏe phù hợp với công việc",
    "không có giấy khám sức khỏe phù hợp với công việc",
)
HEALTH_CHECK = _duty(
    "145.1.c-health-check",
    "health_check",
    "được kiểm tra sức khỏe ít nhất 6 tháng một lần",
    "không được kiểm tra sức khỏe ít nhất 6 tháng một lần",
)
SAFE_CONDITIONS = _duty(
    "145.1.d-safe-conditions",
    "safe_conditions",
    "điều kiện làm việc, an toàn, vệ sinh lao động phù hợp lứa tuổi",
    "điều kiện làm việc, an toàn, vệ sinh lao động không phù hợp lứa tuổi",
)
PROVINCIAL_CONSENT = Duty(
    Rule(
        "145.3-provincial-consent",
        "provincial_consent",
        "duties.provincial_consent",
        Kind.EMPLOYER_DUTY,
    ),
    "under_13",
    "có sự đồng ý của cơ quan chuyên môn về lao động cấp tỉnh",
    "chưa có sự đồng ý của cơ quan chuyên môn về lao động cấp tỉnh",
)
UNDER_15 = (CONTRACT, STUDY, HEALTH_CERTIFICATE, HEALTH_CHECK, SAFE_CONDITIONS)


def check_job(work: Work, age: Age, law: InForce) -> Finding:
    """Khoản 3 Điều 145 BLLĐ 2019 (và khoản 4 Điều 143). Under 13: arts and sport only."""
    if work.job is None:
        return JOB.unknown(law, f"{age.text}: chưa biết trẻ làm công việc gì.", "job")
    job = named(law, work.job)
    if work.job in (law.items("light_work.under_13") or {}):
        return JOB.kept(law, f"{age.text}, làm {job}: việc nghệ thuật, thể dục, thể thao.")
    reason = f"{age.text}, làm {job}: chưa đủ 13 tuổi chỉ được làm nghệ thuật, thể dục, thể thao."
    return JOB.broken(law, reason, fine(law, "under_13", work))


def check_place(work: Work, age: Age, law: InForce) -> Finding:
    """Khoản 3 Điều 145 BLLĐ 2019. Under 13: arts and sport "không làm tổn hại" only.

    Our reading: the places which Điều 147.2 and Phụ lục IV call harmful to the development of
    a minor fail this condition; the words are the same.
    """
    return place_finding(PLACE, work, age, law, "under_13")


def check_contract(work: Work, age: Age, law: InForce) -> Finding | None:
    """Điểm a khoản 1 Điều 145 BLLĐ 2019. Under 15, not in the family."""
    return CONTRACT.check(work, age, law)


def check_study(work: Work, age: Age, law: InForce) -> Finding | None:
    """Điểm b khoản 1 Điều 145 BLLĐ 2019. Under 15, not in the family."""
    return STUDY.check(work, age, law)


def check_health_certificate(work: Work, age: Age, law: InForce) -> Finding | None:
    """Điểm c khoản 1 Điều 145 BLLĐ 2019. Under 15, not in the family."""
    return HEALTH_CERTIFICATE.check(work, age, law)


def check_health_check(work: Work, age: Age, law: InForce) -> Finding | None:
    """Điểm c khoản 1 Điều 145 BLLĐ 2019. Under 15, every 6 months, not in the family."""
    return HEALTH_CHECK.check(work, age, law)


def check_safe_conditions(work: Work, age: Age, law: InForce) -> Finding | None:
    """Điểm d khoản 1 Điều 145 BLLĐ 2019. Under 15, not in the family."""
    return SAFE_CONDITIONS.check(work, age, law)


def check_provincial_consent(work: Work, age: Age, law: InForce) -> Finding | None:
    """Khoản 3 Điều 145 BLLĐ 2019; Điều 5 TT 09/2020. Under 13, not in the family.

    An employer's duty here: the paper lacks, the work itself is of a permitted kind.
    """
    return PROVINCIAL_CONSENT.check(work, age, law)
