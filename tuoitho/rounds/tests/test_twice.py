"""Two rows of a round found to be one child: counted once, and twice again when it is undone."""

import pytest
from django.urls import reverse

from tuoitho.access.person import acting_as
from tuoitho.cases.tests.make import DISHES, NO_WORK
from tuoitho.lib.hanoi import today
from tuoitho.people.actions import approve_merge, request_merge, undo_merge
from tuoitho.rounds.actions import answer_child, close_round, report_child
from tuoitho.rounds.coverage import progress_of
from tuoitho.rounds.due import QUEUE
from tuoitho.rounds.models import ListedChild
from tuoitho.rounds.tests.make import listed_of, make_family, make_running


@pytest.fixture
def twins(here):
    """An and the same child written once more, both listed."""
    children = make_family(here, "An", "An Nguyễn")
    make_running(here)
    return [listed_of(child) for child in children]


@pytest.fixture
def merged(twins, lan, hanh):
    """The rows, of which the second child was merged into the first."""

    def merge():
        kept, other = twins[0].child, twins[1].child
        with acting_as(lan):
            asked = request_merge(kept, other, {}, reason="cùng khai sinh", by=lan, on=today())
        with acting_as(hanh):
            return approve_merge(asked, by=hanh, on=today())

    return merge


def counts(listed, user):
    return progress_of(listed.round, user).whole.counts


def test_a_child_listed_twice_is_counted_and_shown_once(client, twins, merged, lan):
    merged()
    assert (counts(twins[0], lan)["all"], counts(twins[0], lan)["to_visit"]) == (1, 1)
    client.force_login(lan)
    page = client.get(reverse("rounds:listed_list", args=[twins[0].round_id]))
    assert len(page.context["rows"]) == 1
    page = client.get(reverse("rounds:list_detail", args=[twins[0].work_list_id]))
    assert (page.context["total"], page.context["left"]) == (1, 1)


def test_the_row_that_was_visited_counts(client, twins, merged, lan):
    answer_child(twins[1], visited_on=today(), facts=NO_WORK, by=lan)
    merged()
    assert (counts(twins[0], lan)["visited"], counts(twins[0], lan)["to_visit"]) == (1, 0)
    with acting_as(lan):
        assert not [item for part in QUEUE for item in part.everything(lan)]


def test_a_report_made_from_either_row_is_enough(twins, merged, lan, system):
    for listed in twins:
        answer_child(listed, visited_on=today(), facts=DISHES, by=lan)
    report_child(twins[0], by=lan, on=today())
    merged()
    assert (counts(twins[0], lan)["child_labour"], counts(twins[0], lan)["needs_report"]) == (1, 0)
    assert close_round(twins[0].round, by=system, on=today()).state == "closed"


def test_what_was_answered_of_either_row_stays_readable(client, twins, merged, lan):
    answer_child(twins[0], visited_on=today(), not_met="absent", by=lan)
    answer_child(twins[1], visited_on=today(), facts=NO_WORK, by=lan)
    merged()
    client.force_login(lan)
    page = client.get(reverse("rounds:listed_detail", args=[twins[1].pk]))
    assert page.context["last"].met
    assert [answer.not_met for answer in page.context["earlier"]] == ["absent"]


def test_two_children_after_all_are_counted_as_before(twins, merged, lan, hanh):
    answer_child(twins[1], visited_on=today(), facts=DISHES, by=lan)
    rows, before = list(ListedChild.objects.order_by("pk").values()), counts(twins[0], lan)
    merge = merged()
    with acting_as(hanh):
        undo_merge(merge, by=hanh, on=today(), reason="hai em khác nhau")
    assert list(ListedChild.objects.order_by("pk").values()) == rows
    assert counts(twins[0], lan) == before
