"""A child's report and case with all that hangs on them; a case for every step; what passes between
bodies; a sealed case."""

from datetime import timedelta
from typing import Any

from tests.world.asking import DAY, OF_THE_LIST, SEALED, SEALED_REPORT
from tuoitho.access.models import User
from tuoitho.access.person import acting_as
from tuoitho.cases.actions import (
    add_reader,
    assess_needs,
    attach_file,
    decide_emergency,
    hold_meeting,
    list_provider,
    make_link,
    name_lead,
    offer_handover,
    record_basis,
    request_court,
    send_to_police,
    start_service,
)
from tuoitho.cases.links import spaced
from tuoitho.cases.models import (
    Attachment,
    Case,
    Informant,
    Policy,
    SealedReader,
    SupportPlan,
    WithdrawalNotice,
)
from tuoitho.cases.states import MOVES, State
from tuoitho.cases.tests.make import (
    RECEIVED,
    in_support,
    make_case,
    make_report,
    make_screening,
    seal,
)
from tuoitho.cases.tests.make_exchange import DUTY, make_consent, make_referral, make_school
from tuoitho.cases.tests.paper import printed
from tuoitho.cases.views.steps import SCREENS
from tuoitho.lib.hanoi import today
from tuoitho.people.models import Child
from tuoitho.people.tests.make import make_child
from tuoitho.units.models import Level, Unit


def protection(here: Unit, lan: User, chung: User) -> dict[str, Any]:
    """The child's report and its case in support, and what hangs on them."""
    child = Child.objects.get(full_name="Bùi Kín Đáo")
    told = {"child_name": "Bé Giấu Tên", "happening": "chuyện kể trong tin báo",
            "informant_named": True}  # fmt: skip
    case = in_support(child, lan, chung)
    day = case.opened_on
    SupportPlan.objects.filter(case=case).update(needs="nhu cầu riêng của em")
    measure = decide_emergency(case, kind="separation", by=chung, on=day, until=day, at=RECEIVED)
    asked = request_court(
        case, asked=True, ground="refuses", content="Hạn chế quyền của cha", by=chung, on=day,
        court="Tòa án khu vực",
    )  # fmt: skip
    needs = [{"kind": "education", "what": "nhu cầu riêng của em", "severity": "high",
              "said_by": "child"}]  # fmt: skip
    assessment = assess_needs(
        case, needs=needs, risk_level="medium", risk_why="Đã ổn hơn", by=lan, on=day
    )
    people = [{"part": "carers", "name": "người trong biên bản", "present": True}]
    meeting = hold_meeting(
        case, chair="Trần Văn Chung", minutes="chuyện trong biên bản", attendance=people, by=lan,
        on=day,
    )  # fmt: skip
    linked = make_report(here, child=child, **told)
    report = make_report(here, **told)
    for row in (linked, report):
        Informant.objects.create(report=row, phone="0977111222")
    first = case.first_assessments.get()
    paper = printed(case, "mau_02", lan, first.pk)
    sending = send_to_police(report, why="Giữ giấy tờ của trẻ", by=lan, on=day)
    return {
        "cases/documents/": paper.document_id,
        "cases/documents/versions/": paper.pk,
        "cases:case_document": {"pk": case.pk, "kind": "mau_02", "key": first.pk},
        "cases/templates/": "mau_01",
        "cases:template_file": {"kind": "mau_01", "version": 0},
        "cases/sendings/": sending.pk,
        "cases/files/": case.pk,
        "cases/screenings/": make_screening(child, case=case).pk,
        "cases/services/": start_service(case, kind="education", by=lan, on=day).pk,
        "cases/emergencies/": measure.pk,
        "cases/court/": asked.pk,
        "cases:plan_detail": {"pk": case.pk, "version": 1},
        "cases/assessments/": assessment.pk,
        "cases/meetings/": meeting.pk,
        "cases/attachments/": _file(case, lan).pk,
        "cases/reports/": report.pk,
        "cases:report_attach": linked.pk,
        "api/v1/reports/": str(report.pk),
        "api/v1/cases/": case.pk,
    }


def _file(case: Case, lan: User) -> Attachment:
    with acting_as(lan):
        return attach_file(case, "giấy.pdf", b"%PDF-1.7", kind="other", by=lan)


def steps(here: Unit) -> dict[str, Any]:
    """A case for every step, in the state from which the step goes on; and a sealed one."""
    sources = {move.name: move.source for move in MOVES}
    in_state = {state: make_case(here, state) for state in set(sources.values())}
    steps = {
        f"cases:case_step/{name}": in_state[sources.get(name, State.SUPPORTING)].pk
        for name in SCREENS
    }
    sealed = make_case(here, child=make_child(here, "Em Ở Đây"))
    report = make_report(
        here, child_name="Bé Niêm Phong", happening="chuyện đã niêm phong", case=sealed,
        state="in_case",
    )  # fmt: skip
    seal(sealed)
    steps["cases:case_plan"] = in_state[State.ASSESSED].pk
    listed = dict.fromkeys(OF_THE_LIST, sealed.pk) | {"cases/readers/": _listed(here).pk}
    return {**steps, **listed, SEALED: sealed.pk, SEALED_REPORT: report.pk}


def _listed(here: Unit) -> SealedReader:
    """A line of the list of another sealed case, which has its lead."""
    led = make_case(here, child=make_child(here, "Em Được Giấu"))
    seal(led)
    lead = User.objects.get(username="police")
    with acting_as(lead):
        name_lead(led, lead, reason="Chuyên án", by=lead)
        until = today() + timedelta(days=9)
        reader = User.objects.get(username="commune_chair")
        return add_reader(led, reader, reason="Phê duyệt", until=until, by=lead)


def exchange(here: Unit, lan: User) -> dict[str, Any]:
    """What passes between bodies: a request to the school of the commune, words, a handover."""
    school = make_school(here)
    User.objects.get(username="school").assignments.update(organisation=school)
    asked = make_referral(here, child_name="Em Cần Giúp")
    word = make_consent(Case.objects.get(child__full_name="Bùi Kín Đáo"))
    told = WithdrawalNotice.objects.create(referral=asked, consent=word, sent_on=DAY, due_on=DAY)
    by_link = make_referral(here, child_name="Em Cần Giúp")
    _link, key = make_link(by_link, by=lan, address=str)
    leaving = make_case(here, State.SUPPORTING)
    offer = offer_handover(
        leaving, None, to_place="Tỉnh khác", by=lan, on=leaving.opened_on, claim=DUTY
    )
    exception = record_basis(
        leaving, purpose="referral", ground="override", reason="Cha mẹ vắng", by=lan,
        on=leaving.opened_on,
    )  # fmt: skip
    area = Unit.objects.get(code="020", level=Level.AREA)
    system = User.objects.get(username="system")
    listed = list_provider(school, kinds=["education"], area=area, by=system, on=DAY)
    return {
        "cases/referrals/": asked.pk,
        "cases/referrals/<int:pk>/steps/": "remind",
        "cases/inbox/": asked.pk,
        "cases/inbox/<int:pk>/steps/": "accept",
        "cases/withdrawals/": told.pk,
        "cases/answer/": spaced(key),
        "cases/consents/": word.pk,
        "cases/overrides/": exception.pk,
        "cases/handovers/": offer.pk,
        "cases/handovers/<int:pk>/steps/": "take_back",
        "cases/providers/": listed.pk,
        "cases/policies/": Policy.objects.order_by("pk")[0].pk,
    }
