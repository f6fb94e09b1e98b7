"""Builders for what passes between bodies: schools, teachers, referrals, consents, handovers."""

from datetime import timedelta
from typing import Any

from conftest import make_user
from tuoitho.access.models import User
from tuoitho.cases.models import Consent, Referral, ReferralMove
from tuoitho.cases.sharing import Claim
from tuoitho.cases.tests.make import OPENED, make_case
from tuoitho.people.tests.make import make_school
from tuoitho.units.models import Organisation, Unit

__all__ = ["DUTY", "make_consent", "make_referral", "make_school", "make_teacher"]

DUTY = Claim("state_duty", "Hỗ trợ trẻ theo kế hoạch")


def make_teacher(school: Organisation, username: str = "oanh") -> User:
    """Who answers for the school."""
    return make_user(username, "school", school.unit, school, full_name="Đinh Thị Oanh")


def make_referral(unit: Unit, state: str = "offered", **facts: Any) -> Referral:
    """A request of 02/03/2026 to the school of the commune, in any state."""
    case = facts.pop("case", None) or make_case(unit)
    defaults: dict[str, object] = {
        "kind": "education", "child_name": case.child.full_name, "request": "Xếp lớp cho em",
        "child_facts": "Nam; 11 tuổi", "offered_on": OPENED, "offered_by": "lan",
        "answer_due_on": OPENED + timedelta(days=7),
    }  # fmt: skip
    if state in ("accepted", "refused", "done"):
        defaults["answered_on"] = OPENED
    if state == "done":
        defaults |= {"ended_on": OPENED, "result": "achieved"}
    if "receiver" not in facts:
        defaults["receiver"] = make_school(unit)
    referral = Referral.objects.create(
        case=case, unit_id=case.unit_id, state=state, **{**defaults, **facts}
    )
    ReferralMove.objects.create(
        referral=referral, name="offer", target=state, on=OPENED, by_name="lan"
    )
    return referral


def make_consent(case, party: str = "guardian", **facts: object) -> Consent:
    """A consent of 02/03/2026 to referrals, on paper."""
    defaults: dict[str, object] = {
        "purpose": "referral", "person_name": "Nguyễn Văn Ba", "state": "given",
        "manner": "paper", "valid_from": OPENED, "recorded_by": "lan",
    }  # fmt: skip
    return Consent.objects.create(child=case.child, case=case, party=party, **{**defaults, **facts})
