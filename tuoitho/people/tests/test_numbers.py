"""Identity numbers put right with the police: who needs it, the list signed, what returns."""

import io
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document

from tuoitho.access.person import acting_as
from tuoitho.audit.models import Event
from tuoitho.lib.hanoi import today
from tuoitho.people import actions
from tuoitho.people.actions.numbers import Answer
from tuoitho.people.models import Child, NumberList
from tuoitho.people.tests.make import make_child

ON = date(2026, 1, 5)
RIGHT = "001214012345"


def child_with(here, system, number="", **facts):
    facts = {"full_name": "Nguyễn Văn An", "birth_date": date(2014, 6, 1), "sex": "male"} | facts
    return actions.register_child(here, national_id=number, by=system, on=ON, **facts)


@pytest.fixture
def three(here, system):
    """Missing, malformed, mismatched; and one that is right."""
    child_with(here, system, RIGHT)
    return [
        child_with(here, system, "", full_name="Bùi A"),
        child_with(here, system, "099214012345", full_name="Bùi B"),
        child_with(here, system, "001315012345", full_name="Bùi C"),
    ]


@pytest.fixture
def prepared(here, three, lan):
    with acting_as(lan):
        return actions.prepare_number_list(here, three, by=lan, on=today())


@pytest.fixture
def handed(prepared, lan):
    with acting_as(lan):
        return actions.hand_over_numbers(
            prepared, recipient="Công an xã", received_by="Đại úy Hùng", by=lan, on=today()
        )


def answer(row, lan, **answers):
    keys = dict(row.checks.values_list("child__full_name", "pk"))
    given = {keys[f"Bùi {letter}"]: value for letter, value in answers.items()}
    with acting_as(lan):
        return actions.answer_numbers(row, given, by=lan, on=today())


@pytest.mark.parametrize(
    ("number", "trouble"),
    [
        ("", "missing"), ("001214012345", ""), ("099214012345", "malformed"),
        ("001014012345", "malformed"), ("001215012345", "mismatched"),
        ("001314012345", "mismatched"), ("001315012345", "mismatched"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_number(here, system, number, trouble):
    child = child_with(here, system, number)
    assert child.number_trouble == trouble
    for kind in ("missing", "malformed", "mismatched"):
        found = Child.objects.with_number_trouble(kind).filter(pk=child.pk).exists()
        assert found is (kind == trouble)


def test_a_list_has_those_in_trouble_once(here, three, prepared, lan):
    assert list(prepared.checks.order_by("place").values_list("trouble", flat=True)) == [
        "missing", "malformed", "mismatched",
    ]  # fmt: skip
    with pytest.raises(ValidationError, match="Không còn em nào"), acting_as(lan):
        actions.prepare_number_list(here, three, by=lan, on=today())


def test_a_cancelled_list_frees_its_children(here, three, prepared, lan):
    with acting_as(lan):
        actions.cancel_number_list(prepared, by=lan, on=today())
        assert actions.prepare_number_list(here, three, by=lan, on=today()).checks.count() == 3


def test_handing_over_is_signed(handed, lan):
    assert (handed.handed_by, handed.handed_digest) == (lan, handed.digest())
    event = Event.objects.get(action="people.hand_over_numbers")
    assert event.after["sha256"] == handed.handed_digest


def test_a_change_of_a_line_shows_in_the_fingerprint(handed, three):
    Child.objects.filter(pk=three[0].pk).update(full_name="Bùi Khác")
    assert handed.digest() != handed.handed_digest


@pytest.mark.parametrize("missing", ["recipient", "received_by"])
def test_who_receives_it_is_asked(prepared, lan, missing):
    facts = {"recipient": "Công an xã", "received_by": "Hùng", missing: " "}
    with pytest.raises(ValidationError) as caught, acting_as(lan):
        actions.hand_over_numbers(prepared, by=lan, on=today(), **facts)
    assert list(caught.value.message_dict) == [missing]


def test_what_returns_is_written_into_the_register(handed, three, lan):
    answer(handed, lan, A=Answer("number", "001 214 000 001"), B=Answer("not_found", "", "hỏi lại"))
    with acting_as(lan):
        refused = actions.return_numbers(handed, answered_by="Hùng", by=lan, on=today())
    three[0].refresh_from_db()
    assert (refused, three[0].national_id, three[0].number_trouble) == ([], "001214000001", "")
    event = Event.objects.filter(action="people.correct_child", child_key=three[0].pk).get()
    assert "Công an trả lời" in event.note


def test_a_line_without_an_answer_may_go_into_the_next_list(here, handed, three, lan):
    answer(handed, lan, A=Answer("number", "001214000001"))
    with acting_as(lan):
        actions.return_numbers(handed, answered_by="Hùng", by=lan, on=today())
        again = actions.prepare_number_list(here, three, by=lan, on=today())
    assert set(again.checks.values_list("child", flat=True)) == {three[1].pk, three[2].pk}


@pytest.fixture
def gone(handed, three, there, system):
    """Bùi A, who moved to another commune while the list was with the police."""
    actions.move_child(three[0], there, hamlet="Xóm 3", by=system, on=today())
    return handed.checks.get(place=1)


def test_a_child_that_moved_meanwhile_stays_in_the_list(client, handed, gone, lan):
    client.force_login(lan)
    page = client.get(reverse("people:numberlist_detail", args=[handed.pk]))
    assert [line[0].place for line in page.context["answers"].lines()] == [1, 2, 3]
    assert "không còn ở xã này" in page.content.decode()
    assert "Bùi A" not in page.content.decode()
    paper = client.get(reverse("people:numberlist_paper", args=[handed.pk]))
    (table,) = [t for t in Document(io.BytesIO(paper.content)).tables if len(t.columns) == 10]
    assert [row.cells[0].text for row in table.rows] == ["TT", "1", "2", "3"]


def test_the_number_of_a_child_that_moved_is_refused_with_the_reason(handed, gone, lan):
    with acting_as(lan):
        actions.answer_numbers(
            handed, {gone.pk: Answer("number", "001214000001")}, by=lan, on=today()
        )
        with pytest.raises(ValidationError, match="chưa có số"):
            actions.answer_numbers(handed, {gone.pk: Answer("right")}, by=lan, on=today())
        refused = actions.return_numbers(handed, answered_by="Hùng", by=lan, on=today())
    assert [row.pk for row in refused] == [gone.pk]
    gone.refresh_from_db()
    assert "không còn trong sổ của xã" in gone.refusal


def test_saying_the_same_again_changes_nothing(handed, lan):
    answer(handed, lan, A=Answer("not_found", "", "hỏi lại"))
    before = handed.checks.get(place=1).answered_at
    answer(handed, lan, A=Answer("not_found", "", " hỏi lại"), B=Answer(""))
    assert handed.checks.get(place=1).answered_at == before
    assert Event.objects.filter(action="people.answer_numbers").count() == 1


def test_a_number_another_child_has_is_refused_with_the_reason_and_the_rest_written(
    handed, three, lan
):
    answer(handed, lan, A=Answer("number", RIGHT), B=Answer("number", "001214000002"))
    with acting_as(lan):
        refused = actions.return_numbers(handed, answered_by="Hùng", by=lan, on=today())
    three[1].refresh_from_db()
    assert [row.child_id for row in refused] == [three[0].pk]
    assert "Không ghi được" in handed.checks.get(child=three[0]).refusal
    assert three[1].national_id == "001214000002"


@pytest.mark.parametrize(
    ("given", "field"),
    [
        (Answer("number", ""), "number"), (Answer("number", "12"), "number"),
        (Answer("right", "001214000001"), "result"), (Answer("right"), "result"),
        (Answer("maybe"), "result"),
    ],
)  # fmt: skip
def test_impossible_answers(handed, lan, given, field):
    with pytest.raises(ValidationError) as caught:
        answer(handed, lan, A=given)
    (name,) = caught.value.message_dict
    assert name.startswith(field)


def test_nothing_is_answered_before_it_has_left(prepared, lan):
    with pytest.raises(ValidationError, match="đang ở công an"):
        answer(prepared, lan, A=Answer("not_issued"))


def test_only_who_keeps_numbers_and_the_register_here(here, three, thu, chung, cast_member):
    for person in (chung, cast_member("collaborator"), cast_member("police")):
        with pytest.raises(PermissionDenied), acting_as(person):
            actions.prepare_number_list(here, three, by=person, on=today())
    with pytest.raises(PermissionDenied), acting_as(thu):
        actions.prepare_number_list(here, three, by=thu, on=today())


def test_the_page_counts_and_lists(client, three, lan):
    client.force_login(lan)
    page = client.get(reverse("people:number_children"), {"trouble": "malformed"}).content.decode()
    assert "Bùi B" in page
    assert "Bùi A" not in page
    assert "099214012345" in page


def test_from_the_page_to_the_signed_return(client, three, lan):
    client.force_login(lan)
    unit = three[0].unit_id
    made = client.post(reverse("people:numberlist_new"), {"unit": unit, "trouble": "missing"})
    row = NumberList.objects.get()
    assert made.headers["Location"] == reverse("people:numberlist_detail", args=[row.pk])
    day = f"{today():%d/%m/%Y}"
    sent = {"recipient": "Công an xã", "received_by": "Hùng", "on": day}
    client.post(reverse("people:numberlist_hand", args=[row.pk]), sent)
    key = row.checks.get().pk
    url = reverse("people:numberlist_answers", args=[row.pk])
    wrong = client.post(url, {f"result_{key}": "number", f"number_{key}": "12"})
    assert (wrong.status_code, 'value="12"' in wrong.content.decode()) == (422, True)
    client.post(url, {f"result_{key}": "number", f"number_{key}": "001214000009"})
    sent = {"answered_by": "Hùng", "on": day}
    client.post(reverse("people:numberlist_return", args=[row.pk]), sent)
    assert Child.objects.get(pk=three[0].pk).national_id == "001214000009"


def test_the_paper_has_every_line(client, prepared, lan):
    client.force_login(lan)
    answer = client.get(reverse("people:numberlist_paper", args=[prepared.pk]))
    (table,) = [t for t in Document(io.BytesIO(answer.content)).tables if len(t.columns) == 10]
    assert [row.cells[1].text for row in table.rows] == ["Họ và tên", "Bùi A", "Bùi B", "Bùi C"]
    assert "no-store" in answer["Cache-Control"]


def test_strangers_and_those_without_numbers_see_no_list(client, prepared, thu, cast_member):
    for person in (thu, cast_member("collaborator"), cast_member("police")):
        client.force_login(person)
        for name in ("numberlist_detail", "numberlist_paper"):
            assert client.get(reverse(f"people:{name}", args=[prepared.pk])).status_code in (
                403,
                404,
            )
        with acting_as(person):
            assert not NumberList.objects.exists()


def test_a_list_asks_the_same_however_long(client, here, prepared, lan):
    client.force_login(lan)

    def questions():
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("people:number_children"))
        return len(asked)

    few = questions()
    for number in range(12):
        make_child(here, f"Vũ {number}")
    assert questions() == few
