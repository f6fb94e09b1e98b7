"""Rows written many at once: one bad row spoils no other, twice changes nothing, few questions."""

import io

import openpyxl
import pytest

from tuoitho.access.person import acting_as
from tuoitho.audit.models import Event
from tuoitho.interop.actions import commit_batch
from tuoitho.interop.tests.make import make_xlsx
from tuoitho.interop.tests.test_import import ON, committed, fates, staged
from tuoitho.jobs.tests.make import run_jobs
from tuoitho.people.actions import register_child
from tuoitho.people.models import Child, Household
from tuoitho.ui import listing

HEADS = ["Họ và tên", "Ngày sinh", "Giới tính", "Số định danh", "Chủ hộ", "Thôn", "Hộ nghèo",
         "Họ tên mẹ", "Lớp", "Hoàn cảnh"]  # fmt: skip


def rows(count, **changed):
    """Children unlike each other; ``changed``: line → number."""
    made = []
    for n in range(count):
        word = f"{chr(97 + n % 26)}{chr(97 + n // 26)}".capitalize()
        name = f"{word}u {word}o {word}i"
        number = changed.get(f"n{n}", "")
        made.append([
            name, f"{n % 28 + 1:02d}/{n % 12 + 1:02d}/{2010 + n % 9}", "Nam", number,
            f"Lê {word}", f"Thôn {n}", "Nghèo", "Lê Thị Mẹ",
            n % 12 + 1, "h" if n % 5 == 0 else "",
        ])  # fmt: skip
    return [HEADS, *made]


def test_a_hundred_rows_are_written_with_all_that_belongs_to_them(here, lan):
    batch = committed(here, lan, make_xlsx(rows(100)))
    assert set(fates(batch)) == {"created"}
    assert (Child.objects.count(), Household.objects.count()) == (100, 100)
    child = Child.objects.get(hamlet="Thôn 5")
    assert (child.circumstances.get().group, child.enrolments.get().grade) == ("10.1.h", 6)
    assert (child.household.poverty(2026), child.guardians.get().relation) == ("poor", "mother")
    assert Event.objects.filter(action="people.register_child").count() == 100


def test_the_same_hundred_again_change_nothing_and_are_not_told(here, lan):
    committed(here, lan, make_xlsx(rows(100)))
    before = Event.objects.filter(action__startswith="people.").count()
    assert set(fates(committed(here, lan, make_xlsx(rows(100))))) == {"unchanged"}
    assert Event.objects.filter(action__startswith="people.").count() == before


def test_a_hundred_known_children_are_completed(here, lan):
    committed(here, lan, make_xlsx(rows(100)))
    later = [HEADS, *([*row[:6], "Cận nghèo", *row[7:8], 12, "k"] for row in rows(100)[1:])]
    assert set(fates(committed(here, lan, make_xlsx(later)))) == {"completed"}
    assert Child.objects.with_circumstance("10.1.k", ON).count() == 100
    assert Household.objects.with_poverty(2026, "near_poor").count() == 100


@pytest.fixture
def numbers_elsewhere(there, system):
    """Two children of a commune Lan does not see."""
    for name, number in (("Lê Kín", "001210012345"), ("Phạm Kín", "001210012346")):
        register_child(there, full_name=name, national_id=number, by=system, on=ON)


def test_numbers_of_children_elsewhere_refuse_their_rows_alone(here, lan, numbers_elsewhere):
    content = make_xlsx(rows(60, n7="001210012345", n41="001210012346", n50="001210099999"))
    batch = committed(here, lan, content)
    refused = batch.rows.filter(fate="rejected")
    assert [row.line for row in refused] == [9, 43]
    with acting_as(lan):
        assert Child.objects.count() == 58
        assert Event.objects.filter(action="people.register_child", actor_key=lan.pk).count() == 58
    for row in refused:
        assert "số định danh" in row.problem_text
        assert "Kín" not in row.problem_text
        assert row.child is None


def test_the_preview_does_not_tell_of_a_child_elsewhere(here, lan, numbers_elsewhere):
    batch = staged(here, lan, make_xlsx(rows(1, n0="001210012345")))
    row = batch.rows.get()
    assert (row.fate, row.child, row.candidates) == ("ready", None, [])


def test_rows_that_resemble_each_other_wait_for_a_person(here, lan):
    twins = [["Lê An Nhất", *rows(1)[1][1:]], ["Lê An Nhì", *rows(1)[1][1:]]]
    batch = committed(here, lan, make_xlsx([HEADS, *twins]))
    assert fates(batch) == ["created", "review"]
    assert batch.rows.get(fate="review").candidates == [Child.objects.get().pk]


def test_many_rows_take_as_many_questions_as_few(here, lan, django_assert_max_num_queries):
    batch = staged(here, lan, make_xlsx(rows(100)))
    with acting_as(lan), django_assert_max_num_queries(80):
        commit_batch(batch, by=lan, on=ON)


WRONG = [["31/02/2014" if place == 1 else cell for place, cell in enumerate(row)]
         for row in rows(5)[1:]]  # fmt: skip


def test_many_refused_rows_are_a_file_made_in_the_background(client, here, lan, monkeypatch):
    monkeypatch.setattr(listing, "AT_ONCE", 3)
    batch = staged(here, lan, make_xlsx([HEADS, *WRONG]))
    client.force_login(lan)
    answer = client.get(f"/interop/imports/{batch.pk}/rejected/", {"format": "xlsx"})
    run_jobs()
    file = client.get(f"{answer.url}file/") if "/jobs/" in answer.url else None
    assert file is not None
    book = openpyxl.load_workbook(io.BytesIO(b"".join(file.streaming_content)))
    cells = [[str(cell.value) for cell in row] for row in book.active.iter_rows()]
    assert sum("Không có ngày 31/02/2014" in row[0] for row in cells) == 5
    assert [*HEADS] == cells[3][2:]


def test_the_refused_rows_go_in_again_as_they_came(client, here, lan):
    batch = staged(here, lan, make_xlsx([HEADS, *WRONG]))
    client.force_login(lan)
    url = f"/interop/imports/{batch.pk}/rejected/"
    assert "Không có ngày" in client.get(url).content.decode()
    book = openpyxl.load_workbook(io.BytesIO(client.get(url, {"format": "xlsx"}).getvalue()))
    for row in book.active.iter_rows():
        for cell in row:
            cell.value = "3/2/2014" if cell.value == "31/02/2014" else cell.value
    mended = io.BytesIO()
    book.save(mended)
    again = committed(here, lan, mended.getvalue())
    assert fates(again).count("rejected") == 0
    assert again.rows.count() == 5
