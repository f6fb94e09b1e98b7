"""A child sent to another body: offered, answered, done, taken back; and nobody sees too much."""

from datetime import date, timedelta
from itertools import product

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection

from conftest import make_user
from tuoitho.access.person import acting_as
from tuoitho.cases import actions
from tuoitho.cases.exchange_states import REFERRAL_MOVES, ReferralState
from tuoitho.cases.models import Case, Referral, Service, SharingBasis
from tuoitho.cases.sharing import Claim
from tuoitho.cases.tests.make import OPENED, make_case, make_child, seal
from tuoitho.cases.tests.make_exchange import DUTY, make_referral, make_school, make_teacher
from tuoitho.lib.steps import move_from

ON = OPENED + timedelta(days=1)


def test_a_request_goes_out_with_a_day_for_the_answer(here, lan):
    case = make_case(here)
    referral = actions.offer_referral(
        case, make_school(here), kind="education", request="Xếp lớp", by=lan, on=ON, claim=DUTY
    )
    assert (referral.state, referral.answer_due_on) == ("offered", date(2026, 3, 10))
    assert referral.child_name == case.child.full_name
    assert "tuổi" in referral.child_facts
    assert referral.basis.ground == "state_duty"
    assert not case.services.exists()


def test_without_consent_or_ground_nothing_goes_out(here, lan):
    case = make_case(here)
    with pytest.raises(ValidationError) as error:
        actions.offer_referral(
            case, make_school(here), kind="education", request="x", by=lan, on=ON
        )
    assert "chưa có ý kiến của trẻ" in error.value.message_dict["ground"][0]
    assert not Referral.objects.exists()


def test_the_same_body_is_not_asked_twice_at_once(here, lan):
    first = make_referral(here)
    with pytest.raises(ValidationError):
        actions.offer_referral(
            first.case, first.receiver, kind=first.kind, request="x", by=lan, on=ON, claim=DUTY
        )


@pytest.mark.parametrize("person", ["thu", "chung", "duc"])
def test_only_who_works_on_the_case_sends(here, request, person):
    case, school = make_case(here), make_school(here)
    with pytest.raises(PermissionDenied):
        actions.offer_referral(
            case, school, kind="education", request="x", by=request.getfixturevalue(person),
            on=ON, claim=DUTY,
        )  # fmt: skip


def test_a_sealed_case_is_sent_nowhere(here, cast_member):
    case = make_case(here)
    police = cast_member("police")
    seal(case)
    with acting_as(police), pytest.raises(ValidationError):
        actions.offer_referral(
            case, make_school(here), kind="health", request="x", by=police, on=ON, claim=DUTY
        )


def test_accepting_begins_a_service_and_the_result_ends_it(here):
    referral = make_referral(here)
    teacher = make_teacher(referral.receiver)
    with acting_as(teacher):
        actions.accept_referral(referral, by=teacher, on=ON)
        done = actions.finish_referral(referral, result="achieved", by=teacher, on=ON)
    service = Service.objects.get(case=referral.case)
    assert (done.state, service.result, service.ended_on) == ("done", "achieved", ON)
    assert service.provider == referral.receiver


def test_refusing_needs_a_reason_and_begins_nothing(here):
    referral = make_referral(here)
    teacher = make_teacher(referral.receiver)
    with acting_as(teacher):
        with pytest.raises(ValidationError):
            actions.refuse_referral(referral, by=teacher, on=ON, note=" ")
        assert actions.refuse_referral(referral, by=teacher, on=ON, note="Hết chỗ").state == (
            "refused"
        )
    assert not Service.objects.exists()


def test_ending_the_service_on_the_case_is_the_result_of_the_referral(here, lan):
    referral = actions.accept_referral(make_referral(here), by=lan, on=ON, heard="Điện thoại")
    actions.end_service(referral.service, result="partly", by=lan, on=ON)
    referral.refresh_from_db()
    assert (referral.state, referral.result) == ("done", "partly")


def test_taking_back_stops_the_service(here, lan):
    referral = actions.accept_referral(make_referral(here), by=lan, on=ON, heard="Điện thoại")
    taken = actions.take_back_referral(referral, by=lan, on=ON, note="Gia đình chuyển đi")
    assert taken.state == "taken_back"
    assert Service.objects.get().result == "stopped"


def test_who_writes_an_answer_down_says_how_it_came(here, lan):
    referral = make_referral(here)
    with pytest.raises(ValidationError):
        actions.accept_referral(referral, by=lan, on=ON)
    actions.accept_referral(referral, by=lan, on=ON, heard="Công văn 12")
    assert referral.moves.get(name="accept").heard == "Công văn 12"


def test_a_reminder_once_a_day(here, lan):
    referral = make_referral(here)
    actions.remind_receiver(referral, by=lan, on=ON)
    with pytest.raises(ValidationError):
        actions.remind_receiver(referral, by=lan, on=ON)
    assert referral.moves.filter(name="remind").count() == 1


@pytest.mark.parametrize(
    ("name", "state"), list(product(("accept", "refuse", "finish", "take_back"), ReferralState))
)
def test_only_steps_of_the_table_can_be_taken(here, lan, name, state):
    referral = make_referral(here, state=state)
    act = {
        "accept": lambda: actions.accept_referral(referral, by=lan, on=ON, heard="x"),
        "refuse": lambda: actions.refuse_referral(referral, by=lan, on=ON, note="x", heard="x"),
        "finish": lambda: actions.finish_referral(
            referral, result="achieved", by=lan, on=ON, heard="x"
        ),
        "take_back": lambda: actions.take_back_referral(referral, by=lan, on=ON, note="x"),
    }[name]
    step = move_from(REFERRAL_MOVES, state, name)
    if step:
        assert act().state == step.target
    else:
        with pytest.raises(ValidationError, match="không làm được việc này"):
            act()
        assert Referral.objects.get().state == state


def raw_count(table):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return cursor.fetchone()[0]


def test_the_receiver_sees_its_requests_and_nothing_of_the_case(here, there):
    mine = make_referral(here)
    make_referral(here, receiver=make_school(there))
    teacher = make_teacher(mine.receiver)
    with acting_as(teacher):
        assert Referral.objects.visible_to(teacher).get() == mine
        assert raw_count("cases_referral") == raw_count("cases_referralmove") == 1
        assert raw_count("cases_case") == raw_count("people_child") == raw_count("cases_service")
        assert raw_count("cases_case") == raw_count("cases_sharingbasis") == 0


def test_a_stranger_and_nobody_see_no_request(here, thu):
    make_referral(here)
    for person in (thu, None):
        with acting_as(person):
            assert raw_count("cases_referral") == raw_count("cases_referralmove") == 0
    assert not Referral.objects.visible_to(thu).exists()


def test_sealing_takes_the_request_from_the_receiver(here):
    referral = make_referral(here)
    teacher = make_teacher(referral.receiver)
    seal(referral.case)
    with acting_as(teacher):
        assert raw_count("cases_referral") == 0
        assert not Referral.objects.visible_to(teacher).exists()
        with pytest.raises((PermissionDenied, Referral.DoesNotExist)):
            actions.accept_referral(referral, by=teacher, on=ON)


def test_another_school_cannot_answer(here):
    referral = make_referral(here)
    stranger = make_teacher(make_school(here, name="Trường khác"), username="khac")
    with acting_as(stranger), pytest.raises(PermissionDenied):
        actions.accept_referral(referral, by=stranger, on=ON)


def test_a_teacher_without_a_school_answers_for_none(here):
    make_referral(here)
    loose = make_user("oanh", "school", here)
    assert not Referral.objects.visible_to(loose).exists()


def test_the_copies_follow_the_case(here, there):
    referral = make_referral(here)
    Case.objects.filter(pk=referral.case_id).update(unit=there)
    referral.refresh_from_db()
    assert referral.unit == there


def test_answers_are_counted_per_body(here, lan):
    school = make_school(here)
    asked = [make_referral(here, receiver=school) for _ in range(3)]
    actions.accept_referral(asked[0], by=lan, on=ON, heard="x")
    actions.refuse_referral(asked[1], by=lan, on=ON + timedelta(days=20), note="x", heard="x")
    taken = make_referral(here, receiver=school)
    actions.take_back_referral(taken, by=lan, on=ON, note="x")
    row = Referral.objects.visible_to(lan).by_receiver().get()
    assert (row["asked"], row["answered"], row["in_time"]) == (3, 2, 1)
    assert row["median"] == timedelta(days=11)


def test_a_claim_is_written_down(here, lan):
    make_case(here)
    case = make_case(here, child=make_child(here))
    actions.offer_referral(
        case, make_school(here), kind="health", request="x", by=lan, on=ON,
        claim=Claim("urgent", "Cháu bị thương"),
    )  # fmt: skip
    basis = SharingBasis.objects.get()
    assert (basis.ground, basis.review) == ("urgent", "")
    assert "Điều 19" in basis.citation
