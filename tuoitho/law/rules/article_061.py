"""Điều 61: apprentices and trainees: at least 14; hazardous trades at least 18."""

from __future__ import annotations

from tuoitho.law.facts import Work
from tuoitho.law.findings import Finding
from tuoitho.law.parameters.in_force import InForce
from tuoitho.law.rules.harm import JOB_LIST_MISSING, harmful_job
from tuoitho.law.rules.rule import Age, Rule, named

AGE = Rule("61-apprentice-age", "apprentice-age", "ages.apprentice")
TRADE = Rule("61-apprentice-trade", "apprentice-trade", "ages.apprentice_hazardous")


def check_age(work: Work, age: Age, law: InForce) -> Finding | None:
    """Điều 61 BLLĐ 2019: apprentices and trainees are at least 14. No fine in our data."""
    if work.relation != "apprentice":
        return None
    least = law.number("ages.apprentice")
    if age.years < least:
        return AGE.broken(law, f"{age.text}, học nghề, tập nghề; phải đủ {least} tuổi.")
    return AGE.kept(law, f"{age.text}, học nghề, tập nghề: đã đủ {least} tuổi.")


def check_trade(work: Work, age: Age, law: InForce) -> Finding | None:
    """Điều 61 BLLĐ 2019: hazardous trades from 18, except arts and sport. No fine in our data.

    Our reading: the hazardous trades are the jobs of Điều 147.1 and Phụ lục III; no art or
    sport is among them, so the exception needs no words of its own.
    """
    if work.relation != "apprentice":
        return None
    if work.job is None:
        return TRADE.unknown(law, f"{age.text}: chưa biết học nghề, tập nghề gì.", "job")
    job = named(law, work.job)
    answer = harmful_job(work, law)
    if answer is None:
        reason = f"{age.text}, học {job}: chưa có danh mục việc gây tổn hại có hiệu lực ngày này."
        return TRADE.unknown(law, reason, JOB_LIST_MISSING)
    if answer:
        least = law.number("ages.apprentice_hazardous")
        return TRADE.broken(law, f"{age.text}, học {job}; nghề này phải đủ {least} tuổi.")
    return TRADE.kept(law, f"{age.text}, học {job}: không phải nghề nặng nhọc, độc hại.")
