"""A case passes to a commune only when that commune accepts; the old one keeps a receipt."""

from datetime import timedelta
from io import BytesIO
from itertools import product

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.urls import reverse
from docx import Document

from conftest import make_user
from tuoitho.access.person import acting_as
from tuoitho.cases import actions
from tuoitho.cases.due_exchange import due_items
from tuoitho.cases.exchange_states import HANDOVER_MOVES, HandoverState
from tuoitho.cases.models import Case, Handover, HandoverBundle, Report, Screening
from tuoitho.cases.tests.make import (
    OPENED,
    make_case,
    make_child,
    make_report,
    make_screening,
    seal,
)
from tuoitho.cases.tests.make_exchange import DUTY, make_consent, make_referral
from tuoitho.lib.hanoi import today
from tuoitho.lib.steps import move_from
from tuoitho.notices.models import Notice
from tuoitho.people.actions import move_child
from tuoitho.people.models import Child

ON = OPENED + timedelta(days=1)


def offered(case, there, by, **more):
    return actions.offer_handover(case, there, by=by, on=ON, claim=DUTY, **more)


def counts(person):
    """What the database shows: cases, reports, screenings, children, referrals, papers."""
    tables = ("cases_case", "cases_report", "cases_screening", "people_child", "cases_referral",
              "cases_handoverbundle")  # fmt: skip
    with acting_as(person), connection.cursor() as cursor:
        found = []
        for table in tables:
            cursor.execute(f"SELECT count(*) FROM {table}")
            found.append(cursor.fetchone()[0])
    return found


@pytest.fixture
def full(here):
    """A case with a report, a screening in it and one before it, and a request to a school."""
    child = make_child(here)
    case = make_case(here, child=child, state="supporting")
    make_report(here, child=child, case=case, state="in_case")
    make_screening(child, case=case)
    make_screening(child)
    make_referral(here, case=case)
    return case


def test_an_offer_changes_nothing_but_shows_the_papers(full, there, lan, thu):
    offer = offered(full, there, lan, note="Gia đình chuyển nhà")
    assert counts(lan) == [1, 1, 2, 1, 1, 1]
    assert counts(thu) == [0, 0, 0, 0, 0, 1]
    bundle = HandoverBundle.objects.get(handover=offer)
    assert full.child.full_name in bundle.contents
    assert "Giáo dục" not in bundle.contents  # a request is not yet a service


def test_acceptance_moves_everything_and_ends_old_sight(full, there, lan, thu):
    due = full.step_due_on
    offer = offered(full, there, lan)
    with acting_as(thu):
        actions.accept_handover(offer, by=thu, on=ON, note="Đã nhận")
    assert counts(lan) == [0, 0, 0, 0, 0, 0]
    assert counts(thu) == [1, 1, 2, 1, 1, 1]
    case = Case.objects.get(pk=full.pk)
    assert (case.unit, case.step_due_on, case.moves.last().name) == (there, due, "transfer")
    assert Child.objects.get(pk=case.child_id).unit == there


def test_the_sender_keeps_a_receipt_and_nothing_of_the_child(client, full, there, lan, thu):
    offer = offered(full, there, lan)
    with acting_as(thu):
        actions.accept_handover(offer, by=thu, on=ON)
    client.force_login(lan)
    page = client.get(reverse("cases:handover_detail", args=[offer.pk]))
    assert "Đây là biên nhận" in page.content.decode()
    assert full.child.full_name not in page.content.decode()
    for name, key in (("handover_paper", offer.pk), ("case_detail", full.pk),
                      ("child_panel", full.child_id), ("exchange_panel", full.pk),
                      ("referral_detail", full.referrals.get().pk)):  # fmt: skip
        assert client.get(reverse(f"cases:{name}", args=[key])).status_code == 404, name


def test_refused_with_a_reason_the_case_stays(full, there, lan, thu):
    offer = offered(full, there, lan)
    with acting_as(thu):
        with pytest.raises(ValidationError):
            actions.refuse_handover(offer, by=thu, on=ON, note=" ")
        actions.refuse_handover(offer, by=thu, on=ON, note="Không cư trú ở đây")
    assert counts(thu)[5] == 0
    assert HandoverBundle.objects.get().answer == "Không cư trú ở đây"
    assert Case.objects.get(pk=full.pk).unit == full.unit


def test_a_stranger_and_a_third_commune_see_no_offer(full, there, lan, area):
    from conftest import thanh_tri

    offered(full, there, lan)
    third = make_user("ba", "commune_worker", thanh_tri("00685"))
    with acting_as(third):
        assert not Handover.objects.exists()
        assert not Handover.objects.visible_to(third).exists()


def test_only_the_right_side_takes_a_step(full, there, lan, thu, chung):
    offer = offered(full, there, lan)
    for person, act in ((lan, actions.accept_handover), (thu, actions.take_back_handover),
                        (chung, actions.take_back_handover)):  # fmt: skip
        with acting_as(person), pytest.raises(PermissionDenied):
            act(offer, by=person, on=ON)


@pytest.mark.parametrize(
    ("name", "state"), list(product(("accept", "refuse", "take_back"), HandoverState))
)
def test_only_steps_of_the_table_can_be_taken(here, there, lan, system, name, state):
    offer = offered(make_case(here), there, lan)
    answered = {} if state == "offered" else {"answered_on": ON}
    Handover.objects.filter(pk=offer.pk).update(state=state, **answered)
    act = {"accept": actions.accept_handover, "refuse": actions.refuse_handover,
           "take_back": actions.take_back_handover}[name]  # fmt: skip
    step = move_from(HANDOVER_MOVES, state, name)
    if step:
        assert act(offer, by=system, on=ON, note="x").state == step.target
    else:
        with pytest.raises(ValidationError, match="đã xong"):
            act(offer, by=system, on=ON, note="x")
        assert Handover.objects.get().state == state


def test_one_offer_at_a_time_and_no_transfer_meanwhile(full, there, lan, hanh):
    offered(full, there, lan)
    with pytest.raises(ValidationError):
        offered(full, there, lan)
    with pytest.raises(ValidationError):
        actions.transfer_case(full, there, by=hanh, on=ON)


def test_a_closed_case_is_not_taken_over(full, there, lan, thu):
    offer = offered(full, there, lan)
    Case.objects.filter(pk=full.pk).update(state="closed", closed_on=ON, closing="other")
    with acting_as(thu), pytest.raises(ValidationError):
        actions.accept_handover(offer, by=thu, on=ON)


def test_the_offer_waits_in_both_queues(full, there, lan, thu):
    offered(full, there, lan)
    with acting_as(lan):
        assert "Chờ nơi khác nhận bàn giao" in [i.what for i in due_items(lan)]
    with acting_as(thu):
        assert [i.what for i in due_items(thu)] == ["Trả lời đề nghị bàn giao"]


def test_a_child_with_an_open_case_moves_only_with_it(full, there, lan, client):
    with acting_as(lan), pytest.raises(ValidationError) as error:
        move_child(full.child, there, by=lan, on=ON)
    assert "bàn giao" in error.value.message_dict["to_unit"][0]
    client.force_login(lan)
    url = reverse("people:child_move", args=[full.child_id])
    data = {"to_unit": there.pk, "hamlet": "", "on": f"{ON:%d/%m/%Y}"}
    answer = client.post(url, data)
    assert answer.status_code == 422
    Case.objects.filter(pk=full.pk).update(state="closed", closed_on=ON, closing="other")
    with acting_as(lan):
        move_child(full.child, there, by=lan, on=ON)


def test_a_sealed_case_does_not_betray_itself_when_the_child_moves(full, there, lan):
    seal(full)
    with acting_as(lan):
        assert move_child(full.child, there, by=lan, on=ON).unit == there


def test_a_sealed_case_passes_between_holders_only(full, there, here, thu):
    seal(full)
    giver, taker = make_user("g", "police", here), make_user("t", "police", there)
    with acting_as(giver):
        offer = offered(full, there, giver)
    assert counts(thu)[5] == 0
    with acting_as(thu):
        assert not Handover.objects.exists()
        with pytest.raises((PermissionDenied, Handover.DoesNotExist)):
            actions.accept_handover(offer, by=thu, on=ON)
    with acting_as(taker):
        actions.accept_handover(offer, by=taker, on=ON)
        assert Case.objects.get(pk=full.pk).unit == there
    assert Child.objects.get(pk=full.child_id).unit == here


def test_out_of_the_area_the_papers_go_by_hand(client, full, lan):
    offer = actions.offer_handover(full, None, to_place="Xã A, tỉnh B", by=lan, on=ON, claim=DUTY)
    client.force_login(lan)
    answer = client.get(reverse("cases:handover_paper", args=[offer.pk]))
    text = "\n".join(p.text for p in Document(BytesIO(answer.content)).paragraphs)
    assert full.child.full_name in text
    assert "Xác nhận của nơi nhận" in text
    with pytest.raises(ValidationError):
        actions.accept_handover(offer, by=lan, on=ON)
    done = actions.accept_handover(offer, by=lan, on=ON, note="Công văn 12/UBND")
    assert (done.state, Case.objects.get(pk=full.pk).unit) == ("accepted", full.unit)


def test_where_to_is_one_or_the_other(full, there, lan):
    for to_unit, place in ((None, ""), (there, "Tỉnh B"), (full.unit, "")):
        with pytest.raises(ValidationError):
            actions.offer_handover(full, to_unit, to_place=place, by=lan, on=ON, claim=DUTY)


def test_through_the_pages(client, full, there, lan, thu):
    client.force_login(lan)
    new = reverse("cases:handover_new", args=[full.pk])
    assert "chưa có ý kiến" in client.get(new).content.decode()
    data = {"to_unit": there.pk, "on": f"{ON:%d/%m/%Y}"}
    assert client.post(new, data).status_code == 422
    data |= {"ground": "state_duty", "ground_reason": "Trẻ chuyển đến"}
    assert client.post(new, data).status_code == 303
    offer = Handover.objects.get()
    client.force_login(thu)
    assert "HS-" in client.get(reverse("cases:handover_list")).content.decode()
    page = client.get(reverse("cases:handover_detail", args=[offer.pk]))
    assert full.child.full_name in page.content.decode()
    step = reverse("cases:handover_step", args=[offer.pk, "accept"])
    assert client.post(step, {"on": f"{ON:%d/%m/%Y}"}).status_code == 303
    assert client.get(reverse("cases:case_detail", args=[full.pk])).status_code == 200
    assert Report.objects.get().unit == Screening.objects.first().unit == there


def test_the_offer_of_a_led_case_is_seen_by_its_list_only(full, here, there):
    seal(full)
    giver, other = make_user("g", "police", here), make_user("o", "police", here)
    taker, stranger = make_user("t", "police", there), make_user("s", "police", there)
    with acting_as(giver):
        actions.name_lead(full, giver, reason="Phụ trách", by=giver)
        until = today() + timedelta(days=9)
        actions.add_reader(full, taker, reason="Nơi nhận", until=until, by=giver)
        offered(full, there, giver)
    for person, shown in ((giver, 1), (taker, 1), (other, 0), (stranger, 0)):
        with acting_as(person):
            for model in (Handover, HandoverBundle):
                assert model.objects.count() == shown
                assert model.objects.visible_to(person).count() == shown


@pytest.mark.parametrize(
    ("claim", "state"), [(None, HandoverState.TAKEN_BACK), (DUTY, HandoverState.OFFERED)]
)
def test_an_offer_ends_with_the_consent_it_rested_on(full, there, lan, thu, claim, state):
    words = [make_consent(full, party, purpose="handover") for party in ("guardian", "child")]
    if claim:
        words[1].delete()
    with acting_as(lan):
        offer = actions.offer_handover(full, there, by=lan, on=ON, claim=claim)
        actions.withdraw_consent(words[0], by=lan, on=ON)
    assert Handover.objects.get(pk=offer.pk).state == state
    told = Notice.objects.filter(to=thu, kind="case.handover_answered").exists()
    assert told == (state == HandoverState.TAKEN_BACK)
    assert counts(thu)[5] == (state == HandoverState.OFFERED)


def test_who_is_listed_but_does_not_see_the_child_hands_nothing_over(client, full, here, there):
    seal(full)
    lead, listed = make_user("g", "police", here), make_user("l", "commune_worker", there)
    with acting_as(lead):
        actions.name_lead(full, lead, reason="Phụ trách", by=lead)
        until = today() + timedelta(days=9)
        actions.add_reader(full, listed, reason="Nơi nhận", until=until, by=lead)
    client.force_login(listed)
    form = {"to_unit": there.pk, "on": f"{ON:%d/%m/%Y}", "ground": "state_duty", "reason": "Chuyển"}
    answer = client.post(reverse("cases:handover_new", args=[full.pk]), form)
    assert answer.status_code in (403, 404, 422)
    assert not Handover.objects.exists()
