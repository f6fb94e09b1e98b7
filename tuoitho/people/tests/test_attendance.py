"""Days at school by term: by the commune, by the school for its own pupils, by nobody else."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import ProgrammingError, transaction
from django.urls import reverse

from conftest import make_user
from tuoitho.access.person import acting_as
from tuoitho.audit.models import Event
from tuoitho.people import actions
from tuoitho.people.models import Attendance, Child, Pupil
from tuoitho.people.school_years import SchoolTerm, term_ended_by, term_to_write
from tuoitho.people.tests.make import make_child, make_school

ON = date(2026, 3, 2)
TERM = {"school_year": "2025-2026", "term": "1", "days": 80}
pytestmark = pytest.mark.usefixtures("_spring")


@pytest.fixture
def _spring():
    with time_machine.travel("2026-03-02 09:00+07:00", tick=False):
        yield


@pytest.fixture
def school(here):
    return make_school(here)


@pytest.fixture
def oanh(here, school):
    """Teacher of that school."""
    return make_user("oanh", "school", here, organisation=school, full_name="Đinh Thị Oanh")


@pytest.fixture
def child(here, school, system):
    child = make_child(here)
    actions.record_enrolment(
        child, school_year="2025-2026", status="attending", grade=6, school=school, by=system,
        on=date(2025, 9, 5),
    )  # fmt: skip
    return child


def pupil_of(child):
    return Pupil.objects.get(child_key=child.pk)


def test_the_commune_writes_what_the_school_and_the_family_say(child, school, lan):
    with acting_as(lan):
        said = actions.record_attendance(
            child, **TERM, with_leave=3, without_leave=2, result="Đạt", by=lan, on=ON
        )
        home = actions.record_attendance(child, **TERM, source="family", by=lan, on=ON)
    assert (said.absent, said.school, said.in_words) == (5, school, "vắng 5/80 buổi (2 không phép)")
    assert (home.school, child.attendances.count()) == (None, 2)
    event = Event.objects.filter(action="people.record_attendance", child_key=child.pk).first()
    assert event.after["result"] in {"•••", ""}


def test_a_later_word_of_the_same_source_replaces_the_earlier(child, lan):
    with acting_as(lan):
        actions.record_attendance(child, **TERM, by=lan, on=ON)
        actions.record_attendance(child, **TERM, without_leave=7, by=lan, on=ON)
    assert child.attendances.get().absent == 7
    event = Event.objects.filter(action="people.record_attendance").latest("pk")
    assert (event.before["without_leave"], event.after["without_leave"]) == (0, 7)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"with_leave": 81}, "with_leave"), ({"with_leave": 50, "without_leave": 31},
        "without_leave"), ({"days": 0}, "days"), ({"days": 132}, "days"),
        ({"without_leave": -1}, "without_leave"), ({"term": "3"}, "term"),
        ({"school_year": "2025"}, "school_year"), ({"source": "x"}, "source"),
        ({"on": date(2026, 3, 3)}, "on"), ({"school_year": "2026-2027"}, "term"),
    ],
)  # fmt: skip
def test_numbers_that_cannot_be_are_refused_beside_the_field(child, lan, wrong, field):
    with acting_as(lan), pytest.raises(ValidationError) as caught:
        actions.record_attendance(child, **{**TERM, "by": lan, "on": ON, **wrong})
    assert list(caught.value.message_dict) == [field]
    assert not child.attendances.exists()


def test_the_school_writes_for_its_pupil_and_reads_no_child(child, oanh):
    with acting_as(oanh):
        row = actions.record_pupil_attendance(
            pupil_of(child), term="1", days=80, without_leave=4, by=oanh, on=ON
        )
        assert list(Attendance.objects.visible_to(oanh)) == [row]
        assert not Child.objects.exists()
        assert pupil_of(child).full_name == child.full_name
    assert (row.source, row.recorded_by) == ("school", "Đinh Thị Oanh (oanh)")


def test_another_school_has_other_pupils(child, here, oanh):
    other = make_school(here, "Trường THCS khác")
    stranger = make_user("khac", "school", here, organisation=other)
    pupil = pupil_of_as(oanh, child)
    with acting_as(stranger):
        assert not Pupil.objects.exists()
        with pytest.raises(PermissionDenied):
            actions.record_pupil_attendance(pupil, term="1", days=80, by=stranger, on=ON)


def pupil_of_as(person, child):
    with acting_as(person):
        return pupil_of(child)


def test_the_database_itself_takes_no_row_about_another_childs_school(child, here, oanh, school):
    elsewhere = make_child(here, "Trần Văn Bình")
    with acting_as(oanh), pytest.raises(ProgrammingError), transaction.atomic():
        Attendance.objects.create(
            child=elsewhere, school=school, school_year="2025-2026", term="1", source="school",
            days=80, recorded_on=ON, recorded_by="x",
        )  # fmt: skip


def test_a_school_does_not_read_what_the_family_said(child, lan, oanh):
    with acting_as(lan):
        actions.record_attendance(child, **TERM, source="family", by=lan, on=ON)
    with acting_as(oanh):
        assert not Attendance.objects.exists()


def test_strangers_write_and_read_nothing(child, lan, thu, chung):
    with acting_as(lan):
        actions.record_attendance(child, **TERM, by=lan, on=ON)
    with acting_as(thu):
        assert not Attendance.objects.exists()
        assert not Pupil.objects.exists()
    with acting_as(chung), pytest.raises(PermissionDenied):
        actions.record_attendance(child, **TERM, by=chung, on=ON)


@pytest.mark.parametrize(
    ("day", "term"),
    [
        (date(2026, 1, 17), SchoolTerm("2024-2025", "2")),
        (date(2026, 1, 18), SchoolTerm("2025-2026", "1")),
        (date(2026, 5, 31), SchoolTerm("2025-2026", "1")),
        (date(2026, 6, 1), SchoolTerm("2025-2026", "2")),
        (date(2026, 12, 31), SchoolTerm("2025-2026", "2")),
    ],
)
def test_the_term_that_ended_last(day, term):
    assert term_ended_by(day) == term


FORM = {"school_year": "2025-2026", "term": "1", "source": "school", "days": "80",
        "with_leave": "3", "without_leave": "2", "result": "", "on": "02/03/2026"}  # fmt: skip


def test_the_page_takes_it_and_the_childs_page_tells_it(client, child, lan):
    client.force_login(lan)
    url = reverse("people:attendance_new", args=[child.pk])
    assert 'value="1" selected' in client.get(url).content.decode()
    assert client.post(url, FORM).status_code == 303
    panel = client.get(reverse("cases:child_panel", args=[child.pk])).content.decode()
    assert "Chuyên cần Học kỳ I năm học 2025-2026" in panel
    assert "vắng 5/80 buổi (2 không phép), theo nhà trường" in panel


def test_a_wrong_number_comes_back_in_place(client, child, lan):
    client.force_login(lan)
    url = reverse("people:attendance_new", args=[child.pk])
    answer = client.post(url, {**FORM, "without_leave": "78"})
    assert answer.status_code == 422
    assert "Tổng số buổi nghỉ nhiều hơn số buổi học." in answer.content.decode()
    assert 'value="78"' in answer.content.decode()


def test_the_school_has_a_page_of_its_pupils(
    client, child, here, oanh, django_assert_max_num_queries
):
    make_child(here, "Trần Văn Bình")
    client.force_login(oanh)
    with django_assert_max_num_queries(16):
        text = client.get(reverse("people:pupil_list")).content.decode()
    assert child.full_name in text
    assert "Trần Văn Bình" not in text
    url = reverse("people:pupil_attendance", args=[pupil_of_as(oanh, child).pk])
    sent = {name: value for name, value in FORM.items() if name not in {"school_year", "source"}}
    assert client.post(url, sent).status_code == 303
    assert "vắng 5 buổi" in client.get(reverse("people:pupil_list")).content.decode()
    assert 'value="80"' in client.get(url).content.decode()
    assert client.get(reverse("people:child_detail", args=[child.pk])).status_code == 404


def test_strangers_find_no_page(client, child, thu, oanh):
    pupil = pupil_of_as(oanh, child)
    client.force_login(thu)
    assert client.get(reverse("people:attendance_new", args=[child.pk])).status_code == 404
    assert client.get(reverse("people:pupil_attendance", args=[pupil.pk])).status_code == 403


@pytest.mark.parametrize(
    ("year", "term"), [("2026-2027", "1"), ("2025-2026", "2"), ("2024-2025", "2")]
)
def test_a_form_opens_at_the_term_one_writes_of(year, term):
    assert term_to_write(year, date(2026, 11, 26)) == term
