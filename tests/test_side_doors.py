"""No side door leads to a child: not a list, a search, a filter, a file, the API, an import, a form
sent blind, or a number. Everybody of the matrix tries.

``tests/world`` names the words of a child's file and who may read them; every answer is searched
for them, as are all plain answers in ``test_permission_matrix.py``.
"""

import json
from contextlib import contextmanager

import pytest
from django.db import connection, transaction
from django.template.base import Template
from django.test.utils import _TestState
from django.urls import reverse

from tests.world import (
    API,
    ASKING,
    DAY,
    ELSEWHERE,
    SEALED,
    SEALED_REPORT,
    SECRETS,
    addresses,
    secrets_in,
    world,
)
from tuoitho.access.permissions import PERMISSIONS
from tuoitho.access.person import acting_as
from tuoitho.interop.actions import stage_file
from tuoitho.interop.tests.make import HEADINGS, make_xlsx
from tuoitho.units.models import Unit

LISTS = [a for a in addresses() if "<" not in a.route and not a.route.startswith("accounts/")]
OF_A_ROW = [a for a in addresses() if "<" in a.route and not a.route.startswith("accounts/")]
# Every word by which the filters of lists are called, asking for the child. Without diacritics, so
# that what is typed is not what is looked for in the answer.
ASKED_FOR = {
    "q": "bui kin dao", "name": "bui kin dao", "text": "bui kin dao", "hamlet": "xom khuat",
    "age_from": "10", "age_to": "13", "since": "01/01/2026", "until": "31/12/2026", "year": "2026",
}  # fmt: skip
THE_CHILD = {"full_name": "Bùi Kín Đáo", "birth_date": "2014-06-01", "sex": "male"}


@pytest.fixture(scope="module")
def stage(django_db_setup, django_db_blocker):
    watched = Template._render
    Template._render = _TestState.saved_data.template_render
    with django_db_blocker.unblock(), world() as made:
        yield made
    Template._render = watched


def look(stage, who, url, data=None):
    """The answer, after it was searched."""
    answer = stage.ask(who, "GET", url, data)
    assert not stage.leaked(who, answer), f"{who} reads at {url} {data}"
    return answer


def open_to(stage, who, address) -> bool:
    """Whether an answer says more than no: that the others are refused is in the matrix."""
    if address.permission not in PERMISSIONS:
        return True
    return who in stage.people and stage.people[who].may(address.permission)


@pytest.mark.parametrize("who", ASKING)
def test_no_search_filter_or_file_of_a_list_shows_what_is_not_for_one(stage, who):
    for address in LISTS:
        if not open_to(stage, who, address):
            continue
        url = stage.url(address)
        unit = stage.here.code if "indicators" in url or url.startswith(API) else stage.here.pk
        answer = look(stage, who, url, {**ASKED_FOR, "unit": unit})
        if not answer.streaming and b"format=csv" in answer.content:
            look(stage, who, url, {"format": "csv"})
            look(stage, who, url, {"format": "xlsx"})


def test_who_may_read_finds_every_secret(stage):
    """What is searched for above is there to be found."""
    read = set()
    pages = [
        reverse("people:child_detail", args=[stage.made["people/children/"]]),
        reverse("people:child_edit", args=[stage.made["people/children/"]]),
        reverse("cases:case_detail", args=[stage.made["cases/files/"]]),
        reverse("cases:report_detail", args=[stage.made["cases/reports/"]]),
        reverse("cases:report_detail", args=[stage.made[SEALED_REPORT]]),
        reverse("cases:meeting_detail", args=[stage.made["cases/meetings/"]]),
    ]
    for who in ("commune_worker", "police"):
        for url in pages:
            read |= set(secrets_in(look(stage, who, url)))
    # Who told is opened only with a reason (cases/tests/test_informant.py).
    assert read == set(SECRETS) - {"0977111222"}


@pytest.mark.parametrize("who", [who for who in ASKING if who != "police"])
def test_a_sealed_case_is_not_there(stage, who):
    case, report = stage.made[SEALED], stage.made[SEALED_REPORT]
    for name, key in (("cases:case_detail", case), ("cases:report_detail", report)):
        assert look(stage, who, reverse(name, args=[key])).status_code in (302, 404)
    for url in (f"/api/v1/cases/{case}", f"/api/v1/reports/{report}"):
        assert look(stage, who, url).status_code in (401, 404)
    for url in (reverse("cases:case_list"), reverse("dashboard:today"), "/api/v1/cases"):
        assert f"cases/files/{case}/" not in look(stage, who, url).text


def test_a_form_sent_blind_from_another_commune_changes_nothing(stage):
    # Everybody reports on the tasks of the plan; a wrong key of a one-time link is written down.
    shared = {"units:", "plan:task_report", "cases:link_open"}
    for address in OF_A_ROW:
        if address.name in shared:
            continue
        url, sent = stage.url(address), {**THE_CHILD, "on": "10/03/2026", "note": "x", "child": "1"}
        with writes_nothing(stage, address):
            answer = stage.ask(ELSEWHERE, "POST", url, sent)
        assert answer.status_code in (403, 404, 405), (address.line, answer.status_code)
        assert not stage.leaked(ELSEWHERE, answer), address.line


@contextmanager
def writes_nothing(stage, address):
    """Fails when something was written into the log: every change and every reading is."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT last_value FROM audit_event_id_seq")
        before = cursor.fetchone()
        yield
        cursor.execute("SELECT last_value FROM audit_event_id_seq")
        assert cursor.fetchone() == before, f"{address.line} did something"


def test_registering_the_same_child_elsewhere_tells_nothing_of_the_first(stage):
    there = Unit.objects.found("00664", DAY)
    typed = {**THE_CHILD, "birth_date": "01/06/2014", "unit": there.pk, "hamlet": "Thôn 1"}
    page = stage.ask(ELSEWHERE, "POST", reverse("people:child_new"), typed)
    assert set(secrets_in(page)) <= {"Bùi Kín Đáo"}  # as typed
    assert "Xóm Khuất" not in page.text
    made = stage.ask(ELSEWHERE, "POST", "/api/v1/children", {**THE_CHILD, "unit": "00664"})
    assert made.status_code == 201, made.text  # 409 would say that the register knows such a child
    refused = stage.ask(ELSEWHERE, "POST", "/api/v1/children", {**THE_CHILD, "unit": "00640"})
    assert refused.status_code in (403, 404)
    assert "candidates" not in refused.text


def test_the_preview_of_an_import_elsewhere_tells_nothing_of_the_first(stage):
    there, thu = Unit.objects.found("00664", DAY), stage.people[ELSEWHERE]
    row = ["Bùi Kín Đáo", "01/06/2014", "Nam", "Bùi Văn Hộ", "Xóm Khuất", "", "", "", ""]
    mark = transaction.savepoint()
    with acting_as(thu):
        batch = stage_file(there, "tre.xlsx", make_xlsx([HEADINGS, row]), by=thu, on=DAY)
        found = batch.rows.get()
        assert (found.fate, found.candidates, found.child) == ("ready", [], None)
    transaction.savepoint_rollback(mark)


def test_the_figures_of_another_commune_do_not_count_the_child(stage):
    table = reverse("indicators:target_table")
    answer = look(stage, ELSEWHERE, table, {"year": "2026", "format": "json"})
    counted = {row["code"]: row["denominator"] for row in json.loads(answer.content)}
    assert counted["1.2"] in (0, None)
    ours = look(stage, "commune_worker", table, {"year": "2026", "format": "json"})
    assert {row["code"]: row["denominator"] for row in json.loads(ours.content)}["1.2"] > 0
    for url in (table, "/api/v1/indicators"):
        answer = look(stage, ELSEWHERE, url, {"year": "2026", "unit": stage.here.code})
        assert answer.status_code in (403, 404, 422), url
