"""Who agreed to what being shared: child and guardian apart, taken back, told, reviewed."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.urls import reverse

from conftest import make_user
from tuoitho.access.person import acting_as
from tuoitho.cases import actions
from tuoitho.cases.due_exchange import due_items
from tuoitho.cases.exchange_states import CONSENT_MOVES, ConsentState
from tuoitho.cases.models import Consent, WithdrawalNotice
from tuoitho.cases.sharing import asked, citation, standing
from tuoitho.cases.tests.make import OPENED, make_case, make_child, seal
from tuoitho.cases.tests.make_exchange import DUTY, make_consent, make_school, make_teacher
from tuoitho.lib.steps import move_from

ON = OPENED + timedelta(days=1)


def referred(case, by):
    return actions.offer_referral(
        case, make_school(case.unit), kind="education", request="Xếp lớp", by=by, on=ON
    )


@pytest.mark.parametrize(
    ("born", "parties"),
    [
        (date(2020, 1, 1), ("guardian",)),
        (date(2019, 3, 2), ("child", "guardian")),
        (date(2010, 3, 3), ("child", "guardian")),
        (date(2010, 3, 2), ("child",)),
        (None, ("child", "guardian")),
    ],
)
def test_the_child_of_seven_and_the_guardian_of_one_below_sixteen_are_asked(here, born, parties):
    assert asked(make_child(here, birth_date=born), date(2026, 3, 2)) == parties


def test_each_word_is_needed_and_then_it_is_enough(here, lan):
    case = make_case(here)
    make_consent(case, "guardian")
    assert not standing(case.child, "referral", on=ON, case=case).is_enough
    actions.record_consent(
        case.child, purpose="referral", party="child", given=True, person_name="Bé Na",
        manner="spoken", witness="Bà Tư", by=lan, on=ON, case=case,
    )  # fmt: skip
    referral = referred(case, lan)
    assert referral.basis is None
    assert referral.consents.count() == 2


def test_a_word_for_another_purpose_or_body_or_day_is_none(here, there):
    case, school = make_case(here), make_school(here)
    make_consent(case, "child", purpose="publication")
    make_consent(case, "child", organisation=make_school(there))
    make_consent(case, "child", valid_until=OPENED)
    assert len(standing(case.child, "referral", on=ON, case=case, receiver=school).missing) == 2


def test_the_last_word_counts(here):
    case = make_case(here)
    for party in ("child", "guardian"):
        make_consent(case, party)
    make_consent(case, "guardian", state="refused", valid_from=ON)
    assert "không đồng ý" in standing(case.child, "referral", on=ON, case=case).words
    assert standing(case.child, "referral", on=OPENED, case=case).is_enough


def test_a_spoken_word_needs_a_witness_and_a_name(here, lan):
    with pytest.raises(ValidationError) as error:
        actions.record_consent(
            make_child(here), purpose="referral", party="child", given=True, manner="spoken",
            by=lan, on=ON, person_name=" ", witness="",
        )  # fmt: skip
    assert set(error.value.message_dict) == {"witness", "person_name"}


@pytest.mark.parametrize("person", ["thu", "chung", "duc"])
def test_only_who_works_here_writes_a_word_down(here, request, person):
    with pytest.raises(PermissionDenied):
        actions.record_consent(
            make_child(here), purpose="referral", party="child", given=True, manner="paper",
            by=request.getfixturevalue(person), on=ON, person_name="Na",
        )  # fmt: skip


@pytest.mark.parametrize("state", ConsentState)
def test_only_steps_of_the_table_can_be_taken(here, lan, state):
    ended = {"withdrawn_on": ON} if state == ConsentState.WITHDRAWN else {}
    word = make_consent(make_case(here), state=state, **ended)
    step = move_from(CONSENT_MOVES, state, "withdraw")
    if step:
        assert actions.withdraw_consent(word, by=lan, on=ON).state == step.target
    else:
        with pytest.raises(ValidationError, match="Chỉ rút lại được"):
            actions.withdraw_consent(word, by=lan, on=ON)
        assert Consent.objects.get().state == state


def test_taking_back_tells_every_holder_and_ends_what_is_not_answered(here, lan):
    case = make_case(here)
    word = make_consent(case, "guardian")
    make_consent(case, "child")
    accepted = actions.accept_referral(referred(case, lan), by=lan, on=ON, heard="x")
    other = actions.offer_referral(
        case, make_school(here, "Trung tâm nghề"), kind="vocational", request="x", by=lan, on=ON
    )
    actions.withdraw_consent(word, by=lan, on=ON, note="Đổi ý")
    notices = WithdrawalNotice.objects.filter(consent=word)
    assert {n.referral for n in notices} == {accepted, other}
    accepted.refresh_from_db()
    other.refresh_from_db()
    assert (accepted.state, other.state) == ("accepted", "taken_back")
    assert not standing(case.child, "referral", on=ON, case=case).is_enough
    with pytest.raises(ValidationError):
        actions.withdraw_consent(word, by=lan, on=ON)


def test_the_holder_acknowledges_and_until_then_it_is_owed(here, lan):
    case = make_case(here)
    word = make_consent(case, "guardian")
    make_consent(case, "child")
    referral = referred(case, lan)
    actions.withdraw_consent(word, by=lan, on=ON)
    teacher = make_teacher(referral.receiver)
    notice = WithdrawalNotice.objects.get()
    with acting_as(teacher):
        assert [i.what for i in due_items(teacher)] == ["Xác nhận việc rút lại đồng ý"]
        actions.acknowledge_withdrawal(notice, by=teacher, on=ON, done_with_it="Đã hủy")
        assert due_items(teacher) == []
    with acting_as(lan):
        assert due_items(lan) == []
    with acting_as(lan), pytest.raises(ValidationError):
        actions.acknowledge_withdrawal(notice, by=lan, on=ON)


def test_an_overdue_acknowledgement_waits_in_the_senders_queue_too(here, lan):
    case = make_case(here)
    word = make_consent(case, "guardian")
    make_consent(case, "child")
    referred(case, lan)
    actions.withdraw_consent(word, by=lan, on=ON)
    with acting_as(lan):
        assert "Xác nhận việc rút lại đồng ý" in [i.what for i in due_items(lan)]


def test_an_exception_needs_a_reason_and_a_second_person(here, lan, chung):
    case = make_case(here)
    with pytest.raises(ValidationError):
        actions.record_basis(case, purpose="referral", ground="override", reason=" ", by=lan, on=ON)
    basis = actions.record_basis(
        case, purpose="referral", ground="override", reason="Cha mẹ vắng", by=lan, on=ON
    )
    with pytest.raises(ValidationError):
        referred(case, lan)
    with pytest.raises(PermissionDenied):
        actions.review_override(basis, agreed=True, by=lan, on=ON)
    actions.review_override(basis, agreed=True, by=chung, on=ON)
    assert referred(case, lan).basis == basis


def test_nobody_reviews_an_own_exception(here, system):
    basis = actions.record_basis(
        make_case(here), purpose="referral", ground="override", reason="x", by=system, on=ON
    )
    with pytest.raises(ValidationError):
        actions.review_override(basis, agreed=True, by=system, on=ON)


def test_publication_is_never_without_consent(here, lan):
    case = make_case(here)
    for ground in ("urgent", "state_duty", "override"):
        with pytest.raises(ValidationError):
            actions.record_basis(
                case, purpose="publication", ground=ground, reason="x", by=lan, on=ON
            )


def test_the_article_is_that_of_the_day():
    assert "91/2025" in citation("state_duty", date(2026, 1, 1))
    assert "13/2023" in citation("urgent", date(2025, 12, 31))
    assert citation("override", ON) == ""


def raw_count(person):
    with acting_as(person), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM cases_consent")
        shown = cursor.fetchone()[0]
        assert Consent.objects.visible_to(person).count() == shown
        return shown


def test_words_are_seen_with_the_child_and_the_case(here, area, lan, hanh, thu, cast_member):
    case = make_case(here)
    make_consent(case)
    office = make_user("gddt", "education_office", area)
    assert [raw_count(p) for p in (lan, hanh, thu, office)] == [1, 1, 0, 0]
    seal(case)
    assert [raw_count(p) for p in (lan, hanh, cast_member("police"))] == [0, 0, 1]


def test_the_page_says_what_may_be_shared_and_takes_a_word(client, here, lan, thu):
    case = make_case(here)
    page = reverse("cases:consent_list", args=[case.child_id])
    client.force_login(thu)
    assert client.get(page).status_code == 404
    client.force_login(lan)
    assert "chưa có ý kiến của trẻ" in client.get(page).content.decode()
    new = reverse("cases:consent_new", args=[case.child_id])
    data = {"purpose": "referral", "party": "child", "person_name": "Bé Na", "given": "yes",
            "manner": "spoken", "on": f"{ON:%d/%m/%Y}"}  # fmt: skip
    assert client.post(new, data).status_code == 422
    assert client.post(new, data | {"witness": "Bà Tư"}).status_code == 303
    word = Consent.objects.get()
    assert (word.case, word.state) == (case, "given")
    back = reverse("cases:consent_withdraw", args=[word.pk])
    assert client.post(back, {"on": f"{ON:%d/%m/%Y}", "note": "x"}).status_code == 303
    assert "Đã rút lại" in client.get(page).content.decode()


def test_an_exception_through_the_pages(client, here, lan, chung):
    case = make_case(here)
    client.force_login(lan)
    new = reverse("cases:override_new", args=[case.pk])
    client.post(new, {"purpose": "referral", "reason": "Cha mẹ vắng", "on": f"{ON:%d/%m/%Y}"})
    review = reverse("cases:override_review", args=[case.sharing_bases.get().pk])
    assert client.get(review).status_code == 403
    client.force_login(chung)
    assert client.get(reverse("cases:consent_list", args=[case.child_id])).status_code == 200
    assert client.post(review, {"agreed": "yes", "on": f"{ON:%d/%m/%Y}"}).status_code == 303
    assert case.sharing_bases.get().review == "agreed"


def test_a_claim_needs_its_duty(here, lan):
    from tuoitho.cases.sharing import Claim

    with pytest.raises(ValidationError) as error:
        actions.offer_referral(
            make_case(here), make_school(here), kind="health", request="x", by=lan, on=ON,
            claim=Claim(DUTY.ground, " "),
        )  # fmt: skip
    assert set(error.value.message_dict) == {"ground_reason"}
