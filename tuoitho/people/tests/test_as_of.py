"""The register of a day in the past: who lived where, with whom, poor or not, at school."""

from datetime import date

import pytest
from django.db import IntegrityError
from django.db.backends.postgresql.psycopg_any import DateRange
from django.urls import reverse

from tuoitho.access.person import acting_as
from tuoitho.people import actions
from tuoitho.people.as_of import child_as_of, members_on
from tuoitho.people.models import Membership
from tuoitho.people.tests.make import make_household

BEGIN, LATER, TODAY = date(2026, 1, 5), date(2026, 3, 2), date(2026, 6, 1)


@pytest.fixture
def two(here):
    return make_household(here, "Đỗ Văn Lượng"), make_household(here, "Vũ Thị Sen")


@pytest.fixture
def child(here, two, system):
    return actions.register_child(
        here, full_name="Đỗ Bình", birth_date=date(2014, 6, 1), household=two[0],
        hamlet="Thôn Nội", by=system, on=BEGIN,
    )  # fmt: skip


def stays(child):
    rows = child.memberships.order_by("valid")
    return [(m.household.head_name, m.valid.lower, m.valid.upper) for m in rows]


def test_a_household_is_left_for_another_on_a_day(child, two, system):
    actions.correct_child(child, household=two[1], by=system, on=LATER)
    assert stays(child) == [
        ("Đỗ Văn Lượng", BEGIN, LATER), ("Vũ Thị Sen", LATER, None),
    ]  # fmt: skip


def test_taken_back_the_same_day_it_never_was(child, two, system):
    actions.correct_child(child, household=two[1], by=system, on=LATER)
    actions.correct_child(child, household=two[0], by=system, on=LATER)
    assert stays(child) == [("Đỗ Văn Lượng", BEGIN, None)]


def test_moving_away_ends_it(child, there, lan, thu):
    with acting_as(lan):
        actions.move_child(child, there, by=lan, on=LATER)
    with acting_as(thu):
        assert [m.valid.upper for m in child.memberships.all()] == [LATER]


def test_other_corrections_leave_it_alone(child, system):
    actions.correct_child(child, full_name="Đỗ An Bình", by=system, on=LATER)
    assert stays(child) == [("Đỗ Văn Lượng", BEGIN, None)]


def test_one_household_at_a_time(child, two):
    with pytest.raises(IntegrityError):
        Membership.objects.create(child=child, household=two[1], valid=DateRange(LATER, None))


def test_a_merge_brings_the_membership_and_its_undoing_takes_it(child, here, system, lan, chung):
    kept = actions.register_child(here, full_name="Đỗ Bính", by=system, on=BEGIN)
    with acting_as(lan):
        merge = actions.request_merge(kept, child, {}, reason="một em", by=lan, on=LATER)
    with acting_as(chung):
        actions.approve_merge(merge, by=chung, on=LATER)
        assert stays(kept) == [("Đỗ Văn Lượng", BEGIN, None)]
        actions.undo_merge(merge, by=chung, on=TODAY, reason="hai em")
    assert (stays(kept), stays(child)) == ([], [("Đỗ Văn Lượng", BEGIN, None)])


def test_the_child_on_a_day(child, two, system, lan):
    actions.correct_child(child, household=two[1], by=system, on=LATER)
    actions.record_poverty(two[0], 2026, "poor", by=system)
    actions.record_circumstance(child, "10.1.h", since=LATER, by=system)
    actions.record_enrolment(
        child, school_year="2025-2026", status="attending", grade=6, by=system, on=BEGIN
    )
    then = {line.label: line.text for line in child_as_of(child, date(2026, 2, 1), lan)}
    assert (then["Tuổi"], then["Hộ gia đình"], then["Hộ nghèo năm 2026"]) == (
        "11", "Đỗ Văn Lượng", "Nghèo",
    )  # fmt: skip
    assert (then["Hoàn cảnh đặc biệt"], then["Nơi ở"]) == ("", "Thôn Nội, Xã Thanh Trì")
    assert then["Đi học"] == "2025-2026: Đang học, lớp 6"


def test_the_members_on_a_day(child, two, system, lan, thu):
    actions.correct_child(child, household=two[1], by=system, on=LATER)
    assert [m.child for m in members_on(two[0], date(2026, 2, 1), lan)] == [child]
    assert members_on(two[0], TODAY, lan) == []
    assert members_on(two[0], date(2026, 2, 1), thu) == []


@pytest.mark.parametrize("name", ["child_detail", "household_detail"])
def test_the_pages_show_a_day(client, child, two, system, lan, name):
    actions.correct_child(child, household=two[1], by=system, on=LATER)
    subject = child if name == "child_detail" else two[0]
    client.force_login(lan)
    url = reverse(f"people:{name}", args=[subject.pk])
    page = client.get(url, {"on": "01/02/2026"}).content.decode()
    assert "Vào ngày 01/02/2026" in page
    assert ("Đỗ Văn Lượng" in page, "Đỗ Bình" in page) == (True, True)
    assert client.get(url, {"on": "khi nao"}).status_code == 200
