"""How far a round has come: numbers and the lists behind them are the same."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from conftest import make_user
from tuoitho.access.person import acting_as
from tuoitho.cases.tests.make import DISHES, NO_WORK, make_case, seal
from tuoitho.lib.hanoi import today
from tuoitho.rounds.actions import answer_child, report_child
from tuoitho.rounds.coverage import COUNTED, progress_of
from tuoitho.rounds.due import QUEUE
from tuoitho.rounds.judging import differences, judged_together
from tuoitho.rounds.models import Answer, ListedChild, Round
from tuoitho.rounds.tests.make import listed_of, make_family, make_living, make_running


@pytest.fixture
def planned(here, system):
    """Four children: one in child labour, one without work, one not met, one not visited."""
    children = make_family(here, "An", "Bình", "Chi", "Dung")
    planned = make_running(here)
    an, binh, chi, _dung = (listed_of(child) for child in children)
    answer_child(an, visited_on=today(), facts=DISHES, by=system)
    answer_child(binh, visited_on=today(), facts=NO_WORK, schooling="dropped_out", by=system)
    answer_child(chi, visited_on=today(), not_met="absent", by=system)
    return planned


def test_every_number_is_counted_once(planned, lan):
    counts = progress_of(planned, lan).whole.counts
    assert counts == {
        "all": 4, "to_visit": 1, "visited": 3, "not_met": 1, "child_labour": 1, "at_risk": 1,
        "needs_report": 1,
    }  # fmt: skip


def test_every_number_opens_the_list_it_counts(client, planned, lan):
    client.force_login(lan)
    progress = progress_of(planned, lan)
    address = reverse("rounds:listed_list", args=[planned.pk])
    for row in (progress.whole, *progress.communes, *progress.people, *progress.lists):
        for state in COUNTED:
            page = client.get(f"{address}?{row.key}&state={state}")
            assert len(page.context["rows"]) == row.counts[state], (row.label, state)


def test_whole_round_judging_agrees_with_the_answers(planned):
    answers = list(Answer.objects.judged())
    for row in judged_together(answers).iter_rows(named=True):
        answer = Answer.objects.get(pk=row["id"])
        assert row["outcome"] == answer.outcome
        assert row["child_labour"] == answer.child_labour
        assert row["hazardous"] == answer.hazardous
        broken = {f["rule"] for f in answer.broken}
        assert set(row["broken"]) == broken
    assert differences(answers) == []


def test_a_judgement_that_would_differ_now_is_shown(client, planned, lan):
    Answer.objects.filter(child_labour=True).update(outcome="lawful", child_labour=False)
    client.force_login(lan)
    page = client.get(reverse("rounds:round_judging", args=[planned.pk]))
    assert len(page.context["differences"]) == 1


@pytest.fixture
def sealed(planned, lan, here):
    """An's row of the round, whose report was sealed."""
    listed = ListedChild.objects.get(child__full_name="An")
    report_child(listed, by=lan, on=today())
    listed.refresh_from_db()
    case = make_case(here, child=listed.child, category="trafficked")
    listed.report.__class__.objects.filter(pk=listed.report_id).update(case=case, state="in_case")
    seal(case)
    return listed


def test_a_report_that_was_sealed_takes_its_answer_along(planned, sealed, lan):
    with acting_as(lan):
        assert not Answer.objects.filter(listed=sealed).exists()
        assert not Answer.objects.visible_to(lan).filter(listed=sealed).exists()
        assert progress_of(planned, lan).whole.counts["child_labour"] == 0


def test_a_child_whose_answer_was_sealed_is_shown_as_visited(client, planned, sealed, lan):
    client.force_login(lan)
    page = client.get(reverse("rounds:list_detail", args=[planned.lists.get().pk]))
    lines = " ".join(page.content.decode().split())
    assert "An</a> · Đã thăm" in lines
    assert "None" not in lines


def test_an_answer_that_was_sealed_is_not_written_over(client, sealed, lan):
    client.force_login(lan)
    detail = client.get(reverse("rounds:listed_detail", args=[sealed.pk]))
    address = reverse("rounds:listed_answer", args=[sealed.pk])
    assert address not in detail.content.decode()
    sent = {"observed_on": f"{today():%d/%m/%Y}", "met": "false", "not_met": "absent"}
    assert client.post(address, sent).status_code == 403
    with acting_as(lan), pytest.raises(PermissionDenied):
        answer_child(sealed, visited_on=today(), not_met="absent", by=lan)
    assert ListedChild.objects.get(pk=sealed.pk).answer_id == sealed.answer_id


def test_the_list_of_a_hamlet_shows_the_next_house_first(client, planned, lan):
    client.force_login(lan)
    page = client.get(reverse("rounds:list_detail", args=[planned.lists.get().pk]))
    assert [h.children[0].child.full_name for h in page.context["houses"]] == ["Dung"]
    assert page.context["left"] == 1


def test_what_is_left_is_due_to_who_has_the_list(here, lan):
    ctv = make_user("ctv", "collaborator", here)
    make_family(here, "An")
    planned = make_running(here)
    with acting_as(ctv):
        items = [item for part in QUEUE for item in part.everything(ctv)]
    assert [(item.what, item.due) for item in items] == [
        ("Rà soát: còn 1 trẻ chưa thăm", planned.last_day)
    ]


def test_a_child_without_its_report_and_a_round_past_its_day_are_due(planned, lan):
    day = today() - timedelta(days=1)
    Round.objects.update(first_day=day, last_day=day)
    with acting_as(lan):
        kinds = {item.kind for part in QUEUE for item in part.everything(lan)}
    assert kinds == {"round_list", "round_report", "round_end"}


def test_a_stranger_has_nothing_due(planned, thu):
    with acting_as(thu):
        assert not [item for part in QUEUE for item in part.everything(thu)]


def test_the_page_of_today_names_the_list(client, planned, lan):
    client.force_login(lan)
    assert "Rà soát: còn 1 trẻ chưa thăm" in client.get("/hom-nay/viec/").content.decode()


def test_the_number_of_questions_does_not_grow_with_the_children(
    client, here, lan, django_assert_max_num_queries
):
    for n in range(30):
        make_living(here, f"Trẻ {chr(97 + n % 26)}{n // 26 * 'a'}")
    planned = make_running(here)
    client.force_login(lan)
    with django_assert_max_num_queries(20):
        client.get(reverse("rounds:listed_list", args=[planned.pk]))
    with django_assert_max_num_queries(20):
        client.get(reverse("rounds:list_detail", args=[planned.lists.get().pk]))
