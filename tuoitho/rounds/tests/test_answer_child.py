"""An answer is judged at once and kept; a correction stands beside it; a report is made once."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from conftest import make_user
from tuoitho.access.person import acting_as
from tuoitho.audit.models import Event
from tuoitho.cases.models import Report, Screening
from tuoitho.cases.tests.make import DISHES, NO_WORK
from tuoitho.lib.hanoi import today
from tuoitho.rounds.actions import add_child, answer_child, close_round, report_child
from tuoitho.rounds.models import Answer, ListedChild
from tuoitho.rounds.tests.make import listed_of, make_family, make_living, make_running

SIGNS = {"works": [{"description": "Phụ quán"}], "chores_hours_week": None}


@pytest.fixture
def listed(here):
    child = make_living(here)
    make_running(here)
    return listed_of(child)


@pytest.fixture
def collaborator(here):
    return make_user("ctv", "collaborator", here)


def answered(listed, by, facts, **found):
    return answer_child(listed, visited_on=today(), facts=facts, by=by, **found)


def test_the_law_judges_the_answer_at_once_and_both_are_kept(listed, collaborator):
    answer = answered(listed, collaborator, DISHES, schooling="attending")
    assert (answer.outcome, answer.child_labour) == ("unlawful", True)
    assert answer.broken[0]["citation"]
    assert answer.law_version
    assert answer.facts["works"][0]["hours_week"] == 35
    assert "description" not in answer.facts["works"][0]
    assert ListedChild.objects.found_in_child_labour().get() == listed


def test_a_correction_is_a_new_answer_and_the_old_one_stays(listed, collaborator):
    first = answered(listed, collaborator, DISHES)
    second = answered(listed, collaborator, NO_WORK)
    assert list(listed.answers.all()) == [first, second]
    assert ListedChild.objects.get().answer == second
    assert not ListedChild.objects.found_in_child_labour().exists()
    events = Event.objects.filter(action="rounds.answer").order_by("pk")
    assert events.last().before["answer"] == first.pk


def test_a_child_not_met_says_why_and_is_not_judged(listed, collaborator):
    answer = answer_child(listed, visited_on=today(), not_met="refused", by=collaborator)
    assert (answer.met, answer.outcome, answer.law_version) == (False, "", "")
    assert ListedChild.objects.not_met().get() == listed
    with pytest.raises(ValidationError):
        answer_child(listed, visited_on=today(), not_met="nonsense", by=collaborator)


def test_the_same_form_sent_twice_is_one_answer(listed, collaborator):
    token = uuid4()
    first = answered(listed, collaborator, NO_WORK, form_token=token)
    assert answered(listed, collaborator, NO_WORK, form_token=token) == first
    assert Answer.objects.count() == 1


def test_a_day_to_come_or_before_the_round_is_refused(listed, collaborator):
    for day in (today() + timedelta(days=1), today() - timedelta(days=1)):
        with pytest.raises(ValidationError) as refused:
            answer_child(listed, visited_on=day, facts=NO_WORK, by=collaborator)
        assert "observed_on" in refused.value.message_dict


def test_nobody_answers_after_the_end_or_without_the_right(
    listed, collaborator, system, thu, chung
):
    for stranger in (thu, chung):
        with pytest.raises(PermissionDenied):
            answered(listed, stranger, NO_WORK)
    close_round(listed.round, by=system, on=today())
    with pytest.raises(ValidationError):
        answered(listed, collaborator, NO_WORK)


def test_child_labour_becomes_one_report_with_its_screening(listed, collaborator):
    answered(listed, collaborator, DISHES)
    with acting_as(collaborator):
        report_child(listed, by=collaborator, on=today())
        report_child(listed, by=collaborator, on=today())
    report = Report.objects.get()
    assert (report.channel, report.child, report.state) == (
        "screening_round", listed.child, "screened",
    )  # fmt: skip
    assert "Rửa bát thuê" in report.happening
    screening = Screening.objects.get()
    assert (screening.report, screening.child_labour) == (report, True)
    assert screening.works.get().description == "Rửa bát thuê"
    assert ListedChild.objects.get().report == report
    assert not ListedChild.objects.needing_report().exists()


def test_work_with_facts_missing_is_a_sign_and_may_be_reported(listed, collaborator):
    assert answered(listed, collaborator, SIGNS).outcome == "undetermined"
    assert ListedChild.objects.needing_report().exists()
    assert ListedChild.objects.found_at_risk().exists()
    report_child(listed, by=collaborator, on=today())
    assert Report.objects.count() == 1


def test_a_child_without_work_is_not_reported(listed, collaborator):
    answered(listed, collaborator, NO_WORK)
    with pytest.raises(ValidationError):
        report_child(listed, by=collaborator, on=today())
    assert not Report.objects.exists()


def test_a_round_does_not_end_while_a_child_in_child_labour_has_no_report(
    listed, collaborator, lan
):
    answered(listed, collaborator, DISHES)
    with pytest.raises(ValidationError, match="tin báo"):
        close_round(listed.round, by=lan, on=today())
    report_child(listed, by=collaborator, on=today())
    assert close_round(listed.round, by=lan, on=today()).closed_on == today()


def test_a_child_met_on_the_way_is_added_beside_its_household_once(here, collaborator):
    an, _binh = make_family(here, "An", "Bình")
    planned = make_running(here)
    met = make_living(here, "Cu Tí", household=an.household, on=today())
    work_list = planned.lists.get()
    added = add_child(work_list, met, by=collaborator, on=today())
    assert add_child(work_list, met, by=collaborator, on=today()) == added
    assert added.added_later
    assert added.household == an.household


def test_a_child_of_another_commune_is_not_added(here, there, listed, collaborator):
    with pytest.raises(ValidationError):
        add_child(listed.work_list, make_living(there, "Xa"), by=collaborator, on=today())


def test_the_page_at_the_door_leads_to_the_result_and_the_report(client, listed, collaborator):
    client.force_login(collaborator)
    address = reverse("rounds:listed_answer", args=[listed.pk])
    assert client.get(address).status_code == 200
    sent = {"met": "yes", "working": "yes", "observed_on": f"{today():%d/%m/%Y}",
            "schooling": "attending", "w1-description": "Rửa bát", "w1-relation": "employee",
            "w1-job": "other", "w1-place": "ordinary", "w1-hours_day": "5",
            "w1-hours_week": "35", "w1-night": "yes"}  # fmt: skip
    assert client.post(address, sent).status_code == 303
    page = client.get(reverse("rounds:listed_detail", args=[listed.pk])).content.decode()
    assert "Điều 145" in page
    assert "Lập tin báo" in page
    report = reverse("rounds:listed_report", args=[listed.pk])
    assert [client.post(report).status_code for _time in range(2)] == [303, 303]
    assert Report.objects.count() == 1


def test_wrong_input_comes_back_in_place_with_what_was_typed(client, listed, collaborator):
    client.force_login(collaborator)
    address = reverse("rounds:listed_answer", args=[listed.pk])
    sent = {"met": "no", "observed_on": f"{today():%d/%m/%Y}", "schooling": "unknown",
            "note": "Hàng xóm nói đã đi"}  # fmt: skip
    page = client.post(address, sent)
    assert page.status_code == 422
    assert "Hàng xóm nói đã đi" in page.content.decode()
    with_work = client.post(address, {**sent, "not_met": "moved", "w1-description": "Phụ quán"})
    assert with_work.status_code == 422
    assert not Answer.objects.exists()


def test_the_note_is_encrypted_in_the_database(listed, collaborator):
    from django.db import connection

    answered(listed, collaborator, DISHES, note="chuyện riêng")
    with connection.cursor() as cursor:
        cursor.execute("SELECT note, told FROM rounds_answer")
        note, told = cursor.fetchone()
    assert "chuyện riêng".encode() not in bytes(note)
    assert "Rửa bát".encode() not in bytes(told)
