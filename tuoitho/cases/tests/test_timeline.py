"""The timeline of a child: everything of every room, once, latest first, to whom may see it."""

import re
from datetime import datetime, timedelta

import pytest
from django.apps import apps
from django.db import connection, models
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tuoitho.access.person import acting_as
from tuoitho.cases import actions
from tuoitho.cases.models import Case, Clock, ClockChange, Visit
from tuoitho.cases.models.sight import listed_cases
from tuoitho.cases.tests.make import (
    DISHES,
    NO_WORK,
    OPENED,
    RECEIVED,
    in_support,
    make_case,
    make_child,
    make_report,
    seal,
)
from tuoitho.cases.timeline import KINDS, timeline
from tuoitho.cases.timeline.sources import SOURCES
from tuoitho.lib.hanoi import HANOI
from tuoitho.people.actions import record_circumstance, record_enrolment
from tuoitho.people.models import Child

# Tables that hang on a child or a case and are no entry of their own, each with its reason.
NO_ENTRY = {
    "cases.Case": "its steps and its cessations say it",
    "cases.Document": "its printed versions say it",
    "cases.FirstAssessment": "its step in the history says it",
    "cases.SealedReader": "told on the page of the list only",
    "cases.SupportPlan": "its steps in the history say it",
    "cases.Clock": "still to be done; counted anew, its changes say it",
    "people.Child": "itself; its merges say it",
    "people.MatchPair": "a likeness, not a happening",
    "people.NumberCheck": "told on the page of its list",
    "rounds.ListedChild": "its report and screening say it",
    "rounds.RiskScore": "says whom to visit first, not a happening",
    "people.Guardian": "a fact of the child, not a happening",
    "interop.BatchRow": "where a row of a file went, not a happening",
}  # fmt: skip


@pytest.fixture
def lived(here, lan, chung):
    """A child with a bit of everything: report, screening, case in support, visit, school."""
    child = make_child(here)
    record_enrolment(child, school_year="2025-2026", grade=6, status="attending", by=lan, on=OPENED)
    record_circumstance(child, "10.1.k", since=OPENED, evidence="Rửa bát thuê", by=lan)
    report = make_report(here, child=child)
    actions.screen_child(child, DISHES, observed_on=OPENED, report=report, by=lan)
    case = in_support(child, lan, chung)
    actions.start_service(case, kind="education", what="Trở lại lớp 6", by=lan, on=OPENED)
    actions.record_visit(case, NO_WORK, by=lan, on=OPENED + timedelta(days=30))
    return case


def titles(child: Child, user, **asked):
    with acting_as(user):
        return [entry.title for entry in timeline(child, user, **asked).entries]


def test_it_tells_what_happened_latest_first(lived, lan):
    told = titles(lived.child, lan)
    assert told[0] == "Thăm hộ: không còn lao động trái quy định"
    for words in ("Tin báo: Điện thoại", "Sàng lọc: Trái quy định pháp luật", "Mở hồ sơ",
                  "Phê duyệt kế hoạch", "Giáo dục, trở lại trường",
                  "Đang học, năm học 2025-2026", "Hoàn cảnh đặc biệt: k) Bị bóc lột"):  # fmt: skip
        assert words in told


def test_a_screening_says_which_articles_are_broken(lived, lan):
    with acting_as(lan):
        law = timeline(lived.child, lan, kinds=["law"]).entries[0]
    assert "Điều 145" in law.text
    assert "Bộ luật Lao động" in law.text


def test_encrypted_words_are_opened(lived, lan):
    with acting_as(lan):
        news = timeline(lived.child, lan, kinds=["news"]).entries[0]
    assert news.text == "Cháu bé rửa bát thuê đến khuya."


def test_pages_join_without_gap_or_repetition(lived, lan):
    with acting_as(lan):
        whole = timeline(lived.child, lan).entries
        pieces, after = [], ""
        while True:
            part = timeline(lived.child, lan, after=after, size=3)
            pieces += part.entries
            after = part.older
            if not after:
                break
    assert pieces == whole
    assert len(whole) > 9


def test_a_cursor_that_is_not_ours_begins_at_the_top(lived, lan):
    assert titles(lived.child, lan, after="hỏng") == titles(lived.child, lan)


def test_a_kind_narrows_it(lived, lan):
    assert titles(lived.child, lan, kinds=["visit"]) == [
        "Thăm hộ: không còn lao động trái quy định"
    ]


def test_two_hundred_happenings_cost_one_query(here, lan, django_assert_num_queries):
    case = make_case(here, state="supporting")
    Visit.objects.bulk_create(
        Visit(case=case, on=OPENED + timedelta(days=n), clear=False, outcome="lawful",
              visited_by="lan", note="Đã gặp mẹ")
        for n in range(200)
    )  # fmt: skip
    with acting_as(lan):
        lan.may("cases.view"), lan.scope("cases.view"), lan.scope("audit.view")
        lan.scope("people.view"), listed_cases(lan)
        with django_assert_num_queries(1):
            assert len(timeline(case.child, lan, size=250).entries) == 201


@pytest.mark.parametrize("name", ["people:child_detail", "cases:child_panel"])
def test_the_file_of_a_child_with_200_happenings_takes_ten_queries(client, here, lan, name):
    case = make_case(here, state="supporting")
    Visit.objects.bulk_create(
        Visit(case=case, on=OPENED + timedelta(days=n), clear=False, outcome="lawful",
              visited_by="lan")
        for n in range(200)
    )  # fmt: skip
    client.force_login(lan)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(reverse(name, args=[case.child_id])).status_code == 200
    about_rows = [q["sql"] for q in asked if not OF_THE_TRANSACTION.match(q["sql"])]
    assert len(about_rows) <= 10, "\n".join(about_rows)


# Begin, end, and whom the database answers.
OF_THE_TRANSACTION = re.compile(r"SAVEPOINT|RELEASE|SELECT (set_config|coalesce\(current_setting)")


def test_a_sealed_case_leaves_no_trace(lived, lan):
    make_report(lived.unit, child=lived.child, received_at=RECEIVED)
    seal(lived)
    told = titles(lived.child, lan)
    assert not [t for t in told if "Thăm hộ" in t or "Mở hồ sơ" in t or "Sàng lọc" in t]
    assert "Tin báo: Điện thoại" in told  # the one that is in no case


def test_a_limit_counted_anew_says_from_when_to_when_and_why(here, lan, thu):
    case = make_case(here)
    clock = Clock.objects.running().filter(case=case).first()
    ends = [datetime(2026, 3, day, 23, 59, 59, tzinfo=HANOI) for day in (9, 10)]
    ClockChange.objects.create(
        clock=clock, old_due_at=ends[0], new_due_at=ends[1], why="Nghỉ bù", by_name="Giờ"
    )
    Clock.objects.filter(pk=clock.pk).update(in_hours=False)
    (entry,) = [e for e in timeline(case.child, lan).entries if e.title.startswith("Tính lại hạn")]
    assert entry.text == "Hạn cũ 09/03/2026, hạn mới 10/03/2026. Nghỉ bù"
    assert not [t for t in titles(case.child, thu) if t.startswith("Tính lại hạn")]


def test_the_neighbour_is_told_nothing(lived, thu):
    assert titles(lived.child, thu) == []


def test_a_stranger_gets_404_and_the_office_sees_who_looked(client, lived, lan, hanh, thu):
    panel = reverse("cases:child_panel", args=[lived.child_id])
    client.force_login(thu)
    assert client.get(panel).status_code == 404
    client.force_login(lan)
    assert client.get(panel).status_code == 200
    client.force_login(hanh)
    content = client.get(panel, {"kind": "look"}).content.decode()
    assert "Xem hồ sơ trẻ" in content
    assert str(lan) in content or lan.full_name in content


def test_every_kind_has_a_source():
    assert {source.kind for source in SOURCES} <= set(KINDS)


def test_every_table_about_a_child_is_on_the_timeline():
    shown = {source.model for source in SOURCES}
    hanging = {
        model
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey) and field.related_model in (Child, Case)
    }
    missing = {m._meta.label for m in hanging - shown} - set(NO_ENTRY)
    assert not missing, f"add a Source in cases/timeline/sources.py for {sorted(missing)}"
