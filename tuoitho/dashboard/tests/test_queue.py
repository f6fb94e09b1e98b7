"""One queue over all rooms: in order, nothing lost between pages, cheap however long."""

from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tuoitho.access.person import acting_as
from tuoitho.cases.models import Clock
from tuoitho.cases.tests.make import OPENED, RECEIVED, make_case, make_report, seal
from tuoitho.dashboard.queue import URGENCIES, Asked, queue_for, urgency_of
from tuoitho.lib.due import DueItem
from tuoitho.lib.hanoi import HANOI, now
from tuoitho.plan.tests.make import make_programme

# What opens and closes the transaction of a page and says who acts.
NO_QUESTION = ("SAVEPOINT", "set_config", "current_setting")
NOW = datetime(2026, 3, 4, 10, 0, tzinfo=HANOI)
pytestmark = pytest.mark.usefixtures("_morning")


@pytest.fixture
def _morning():
    with time_machine.travel("2026-03-04 10:00+07:00", tick=False):
        yield


@pytest.fixture
def programme(db):
    return make_programme()


def item(limit):
    return DueItem(what="Việc", subject="", due=limit, url_name="plan:plan_detail")


@pytest.mark.parametrize(
    ("limit", "expected"),
    [
        (date(2026, 3, 3), "overdue"),
        (datetime(2026, 3, 4, 9, 59, tzinfo=HANOI), "overdue"),
        (datetime(2026, 3, 4, 10, 1, tzinfo=HANOI), "today"),
        (date(2026, 3, 4), "today"),
        (datetime(2026, 3, 5, 0, 30, tzinfo=HANOI), "week"),
        (date(2026, 3, 11), "week"),
        (date(2026, 3, 12), "later"),
    ],
)
def test_a_day_lasts_until_its_end_and_a_moment_until_its_minute(limit, expected):
    assert urgency_of(item(limit).moment, NOW) == expected


def whole(user, size, **asked):
    """All pages one after another."""
    keys, after = [], None
    while True:
        found = queue_for(user, Asked(after=after, **asked), now(), size=size)
        keys += [(row.item.moment, row.url, row.item.what) for row in found.rows]
        if not found.after:
            return keys
        after = Asked.read(QueryDict(f"after={found.after.replace('+', '%2B')}")).after


@settings(
    max_examples=5, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(st.integers(1, 5))
def test_pages_lose_nothing_and_show_nothing_twice(here, lan, size):
    if not Clock.objects.exists():
        for days in (0, 0, 0, 1, 5, 5, 9):
            make_case(here, state="submitted", step_due_on=OPENED + timedelta(days=days))
            make_case(here, state="assessed", step_due_on=OPENED + timedelta(days=days))
            make_report(here)
    pages = whole(lan, size)
    assert len(pages) == len(set(pages)) == 14
    assert [moment for moment, *_rest in pages] == sorted(moment for moment, *_rest in pages)


def test_counts_are_of_everything_and_filters_narrow_them(here, lan):
    make_report(here)
    make_case(here, state="assessed", step_due_on=NOW.date())
    make_case(here, state="planned", step_due_on=NOW.date() + timedelta(days=3))
    found = queue_for(lan, Asked(), NOW)
    assert found.counts == {"overdue": 1, "today": 1, "week": 1, "later": 0}
    assert {code: count for code, (_label, count) in found.kinds.items()} == {
        "report": 1, "case": 2}  # fmt: skip
    only = queue_for(lan, Asked(kind="case", urgency="week"), NOW)
    assert [row.urgency for row in only.rows] == ["week"]
    assert only.counts["overdue"] == 0


def test_each_row_says_what_closes_it_by_which_article_and_who(here, lan):
    make_case(here, assigned_to=lan, state="assessed", step_due_on=NOW.date())
    (row,) = queue_for(lan, Asked(), NOW).rows
    assert row.item.done_by == "Trình kế hoạch (Mẫu 04)"
    assert row.item.basis == "khoản 1 Điều 28 Nghị định 56/2017/NĐ-CP"
    assert row.item.owner == str(lan)


def test_what_was_given_to_a_colleague_is_not_mine(here, lan, cast_member):
    colleague = cast_member("commune_worker")
    make_case(here, assigned_to=colleague)
    make_case(here)
    assert queue_for(lan, Asked(), NOW).total == 1
    assert queue_for(lan, Asked(whose="all"), NOW).total == 2
    assert queue_for(lan, Asked(whose="own"), NOW).total == 0
    assert queue_for(colleague, Asked(whose="own"), NOW).total == 1


def test_decisions_wait_for_the_chair_whoever_has_the_case(here, lan, chung):
    make_case(here, assigned_to=lan, state="submitted", step_due_on=NOW.date())
    assert queue_for(chung, Asked(), NOW).total == 1
    assert queue_for(lan, Asked(), NOW).total == 0


def test_strangers_and_sealed_cases(here, lan, thu, duc, cast_member):
    make_report(here)
    sealed = make_case(here)
    seal(sealed)
    for person in (thu, duc):
        assert queue_for(person, Asked(whose="all"), NOW).total == 0
    assert queue_for(lan, Asked(whose="all"), NOW).total == 1
    police = cast_member("police")
    with acting_as(police):
        assert queue_for(police, Asked(), NOW).total == 1


def test_filters_that_cannot_be_understood_filter_nothing(client, here, lan):
    make_case(here)
    client.force_login(lan)
    for query in ("after=x", "after=2026-13-01~a", "unit=abc", "urgency=never", "whose=x", "kind="):
        assert client.get(f"{reverse('dashboard:queue')}?{query}").context["total"] == 1


def test_the_district_filters_by_commune(here, there, hanh):
    make_report(here)
    make_report(there)
    assert queue_for(hanh, Asked(), NOW).total == 2
    assert queue_for(hanh, Asked(unit=here.pk), NOW).total == 1


@pytest.mark.parametrize("count", [3, 60])
@pytest.mark.usefixtures("programme")
def test_the_page_asks_few_questions_however_long_the_queue(client, here, lan, count):
    for number in range(count):
        due = OPENED + timedelta(days=number % 9)
        make_case(here, state="assessed", step_due_on=due)
        make_report(here, received_at=RECEIVED)
    client.force_login(lan)
    client.get(reverse("dashboard:queue"))
    with CaptureQueriesContext(connection) as asked:
        page = client.get(reverse("dashboard:queue"))
    assert page.context["total"] == 2 * count
    questions = [q["sql"] for q in asked if not any(word in q["sql"] for word in NO_QUESTION)]
    assert len(questions) <= 10, questions


def test_the_page_and_its_part(client, here, lan):
    make_case(here, state="assessed", step_due_on=OPENED)
    client.force_login(lan)
    address = reverse("dashboard:queue")
    page = client.get(address).content.decode()
    assert "Lập và trình kế hoạch" in page
    assert "<html" in page
    part = client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert all(str(label) in part for label, _colour in URGENCIES.values())
