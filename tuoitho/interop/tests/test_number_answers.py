"""The list of identity numbers out as Excel, filled by the police, read back and written."""

import io
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from conftest import make_user
from tuoitho.access.person import acting_as
from tuoitho.audit.models import Event
from tuoitho.lib.hanoi import today
from tuoitho.people import actions
from tuoitho.people.models import Child, NumberList
from tuoitho.people.number_sheet import HEAD, KEY, NAME, NUMBER, RESULT, number_sheet
from tuoitho.people.tests.make import make_child

UGLY = Path(__file__).parent / "ugly"
RIGHT = "001214000001"


@pytest.fixture
def handed(here, lan):
    """Bùi A, Bùi B and Bùi C, without a number, asked of the police."""
    children = [make_child(here, f"Bùi {letter}") for letter in "ABC"]
    with acting_as(lan):
        row = actions.prepare_number_list(here, children, by=lan, on=today())
        return actions.hand_over_numbers(
            row, recipient="Công an xã", received_by="Hùng", by=lan, on=today()
        )


def filled(row, *changes):
    """The file with cells changed: (name of the child, column, value)."""
    book = load_workbook(number_sheet(row))
    sheet = book.active
    lines = {sheet.cell(n, 2).value: n for n in range(5, sheet.max_row + 1)}
    for name, column, value in changes:
        sheet.cell(lines[f"Bùi {name}"], HEAD.index(column) + 1).value = value
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def hand_in(client, row, content, name="tra-loi.xlsx"):
    file = SimpleUploadedFile(name, content)
    return client.post(reverse("interop:numbers_read", args=[row.pk]), {"file": file})


def problems(page):
    return {line.name: line.problems for line in page.context["lines"] if line.problems}


def write(client, row, page):
    url = reverse("interop:numbers_write", args=[row.pk])
    return client.post(url, {"sent": page.context["sent"]})


def said(row):
    with acting_as(row.handed_by):
        return list(row.checks.order_by("place").values_list("result", "answered_at"))


def test_the_file_is_locked_but_for_what_the_police_write(client, handed, lan):
    client.force_login(lan)
    answer = client.get(reverse("people:numberlist_sheet", args=[handed.pk]))
    sheet = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    assert sheet.protection.sheet
    line = {HEAD[cell.column - 1]: cell for cell in sheet[5]}
    assert (line[KEY].value, line[NAME].value) == (f"{handed}/1", "Bùi A")
    open_cells = [name for name, cell in line.items() if not cell.protection.locked]
    assert open_cells == ["Kết quả", "Số đúng", "Ghi chú"]
    assert "Chưa được cấp số" in sheet.data_validations.dataValidation[0].formula1


def test_a_filled_file_is_shown_first_and_written_then(client, handed, lan):
    client.force_login(lan)
    content = filled(
        handed, ("A", NUMBER, RIGHT), ("B", RESULT, "Chưa được cấp số"), ("B", "Ghi chú", "hẹn")
    )
    page = hand_in(client, handed, content)
    assert (page.status_code, page.context["new"], page.context["wrong"]) == (200, 2, 0)
    assert [result for result, _at in said(handed)] == ["", "", ""]
    assert write(client, handed, page).status_code == 303
    assert [result for result, _at in said(handed)] == ["number", "not_issued", ""]
    with acting_as(lan):
        assert actions.return_numbers(handed, answered_by="Hùng", by=lan, on=today()) == []
        assert Child.objects.get(full_name="Bùi A").national_id == RIGHT


def test_the_same_file_twice_changes_nothing(client, handed, lan):
    client.force_login(lan)
    content = filled(handed, ("A", NUMBER, RIGHT))
    first = hand_in(client, handed, content)
    write(client, handed, first)
    before = said(handed)
    assert hand_in(client, handed, content).context["new"] == 0
    write(client, handed, first)
    assert said(handed) == before
    assert Event.objects.filter(action="people.answer_numbers").count() == 1


def test_all_that_is_wrong_is_said_at_once_and_the_rest_is_written(client, handed, lan):
    client.force_login(lan)
    content = filled(
        handed, ("A", NUMBER, "12"), ("B", RESULT, "chịu"), ("C", NUMBER, RIGHT)
    )  # fmt: skip
    page = hand_in(client, handed, content)
    assert "12 chữ số" in problems(page)["Bùi A"][0]
    assert "chịu" in problems(page)["Bùi B"][0]
    write(client, handed, page)
    assert [result for result, _at in said(handed)] == ["", "", "number"]


def test_a_number_whose_zeros_were_eaten_has_them_again(client, handed, lan):
    client.force_login(lan)
    page = hand_in(client, handed, filled(handed, ("A", NUMBER, 1214000001)))
    (line,) = [line for line in page.context["lines"] if line.is_new]
    assert line.answer.number == RIGHT


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ([("A", KEY, "DC-99999/1"), ("A", NUMBER, RIGHT)], "danh sách khác"),
        ([("A", KEY, "một"), ("A", NUMBER, RIGHT)], "Không hiểu mã dòng"),
        ([("A", KEY, ""), ("A", NUMBER, RIGHT)], "Không hiểu mã dòng"),
        ([("A", NAME, "Bùi B"), ("A", NUMBER, RIGHT)], "là của Bùi A"),
        ([("A", NUMBER, "=1+1")], "công thức"),
        ([("A", "Ghi chú", "=HYPERLINK(1)"), ("A", NUMBER, RIGHT)], "công thức"),
        ([("A", RESULT, "Số trong sổ đúng")], "chưa có số"),
        ([("A", "Ghi chú", "hỏi lại")], "chưa có kết quả"),
    ],
)
def test_what_cannot_be(client, handed, lan, changes, told):
    client.force_login(lan)
    page = hand_in(client, handed, filled(handed, *changes))
    (wrong,) = problems(page).values()
    assert told in wrong[0]
    assert page.context["new"] == 0


def test_a_line_stands_once(client, handed, lan):
    client.force_login(lan)
    changes = [("B", KEY, f"{handed}/1"), ("B", NAME, "Bùi A"), ("A", NUMBER, RIGHT)]
    page = hand_in(client, handed, filled(handed, *changes, ("B", NUMBER, "001214000002")))
    assert page.context["new"] == 1
    assert "đã ở dòng trên" in problems(page)["Bùi A"][0]


@pytest.mark.parametrize("name", sorted(path.name for path in UGLY.glob("refused-*")))
def test_hostile_files_are_refused_in_place(client, handed, lan, name):
    client.force_login(lan)
    page = hand_in(client, handed, (UGLY / name).read_bytes(), name)
    assert page.status_code == 422
    assert page.context["form"].errors["file"]


def test_a_file_that_is_no_such_list_is_refused(client, handed, lan):
    client.force_login(lan)
    page = hand_in(client, handed, "Họ và tên trẻ;Ngày sinh\nAn;2014\n".encode(), "trẻ.csv")
    assert page.status_code == 422
    assert "trang danh sách" in page.content.decode()


def test_a_list_that_is_back_takes_no_more(client, handed, lan):
    client.force_login(lan)
    content = filled(handed, ("A", NUMBER, RIGHT))
    page = hand_in(client, handed, content)
    write(client, handed, page)
    with acting_as(lan):
        actions.return_numbers(handed, answered_by="Hùng", by=lan, on=today())
    assert hand_in(client, handed, content).status_code == 422
    assert write(client, handed, page).status_code == 422


def test_what_was_read_is_of_this_person_and_this_list(client, here, handed, lan):
    client.force_login(lan)
    page = hand_in(client, handed, filled(handed, ("A", NUMBER, RIGHT)))
    client.force_login(make_user("liên", "commune_worker", here))
    assert write(client, handed, page).status_code == 422
    assert [result for result, _at in said(handed)] == ["", "", ""]


def test_strangers_find_no_list(client, handed, thu, cast_member):
    for person in (thu, cast_member("collaborator"), cast_member("police")):
        client.force_login(person)
        for url in ("interop:numbers_read", "people:numberlist_sheet"):
            assert client.get(reverse(url, args=[handed.pk])).status_code in (403, 404)
        url = reverse("interop:numbers_write", args=[handed.pk])
        assert client.post(url, {"sent": ""}).status_code in (403, 404)
        with acting_as(person):
            assert not NumberList.objects.exists()
