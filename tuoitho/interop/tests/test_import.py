"""From a file to the register: staged, foreseen, written once, refused rows given back."""

import io
from datetime import date

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection

from tuoitho.access.person import acting_as
from tuoitho.audit.models import Event
from tuoitho.interop.actions import commit_batch, set_columns, settle_row, stage_file, writing
from tuoitho.interop.models import Batch, BatchRow
from tuoitho.interop.sheets import read_sheets
from tuoitho.interop.tables import find_table
from tuoitho.interop.template_file import write_template
from tuoitho.interop.tests.make import AN, BINH, HEADINGS, make_xlsx
from tuoitho.jobs.tests.make import run_jobs
from tuoitho.people.actions import approve_merge, request_merge
from tuoitho.people.models import Child, Household
from tuoitho.people.tests.make import make_child, make_household

ON = date(2026, 6, 1)
GOOD = make_xlsx([HEADINGS, AN, BINH])


def staged(unit, by, content=GOOD, name="trẻ em.xlsx") -> Batch:
    with acting_as(by):
        return stage_file(unit, name, content, by=by, on=ON)


def committed(unit, by, content=GOOD, **facts) -> Batch:
    batch = staged(unit, by, content)
    with acting_as(by):
        commit_batch(batch, by=by, on=ON, **facts)
    return batch


def fates(batch) -> list[str]:
    return [row.fate for row in batch.rows.order_by("line")]


def test_staging_writes_nothing_into_the_register(here, lan):
    batch = staged(here, lan)
    assert fates(batch) == ["ready", "ready"]
    assert not Child.objects.exists()
    assert Event.objects.get(action="interop.stage_file").after["rows"] == 2


def test_a_commit_writes_the_whole_family(here, lan):
    batch = committed(here, lan)
    assert fates(batch) == ["created", "created"]
    child = Child.objects.get(folded_name="nguyen van an")
    assert (child.household.head_name, child.hamlet) == ("Nguyễn Văn Hùng", "Thôn Nội")
    assert child.household.poverty(2026) == "poor"
    assert child.guardians.get().phone == "0912345678"
    assert (child.enrolments.get().grade, child.enrolments.get().status) == (6, "attending")
    assert Event.objects.filter(action="people.register_child").count() == 2


def test_the_same_file_twice_says_so_and_changes_nothing(here, lan):
    first = committed(here, lan)
    before = Event.objects.filter(action__startswith="people.").count()
    second = committed(here, lan)
    assert second.same_as == first
    assert fates(second) == ["unchanged", "unchanged"]
    assert Event.objects.filter(action__startswith="people.").count() == before
    assert (Child.objects.count(), Household.objects.count()) == (2, 2)


def test_a_child_merged_into_another_is_not_written_again_by_the_same_file(here, lan, chung):
    committed(here, lan)
    an, binh = Child.objects.order_by("pk")
    with acting_as(lan):
        merge = request_merge(an, binh, {}, reason="là một em", by=lan, on=ON)
    with acting_as(chung):
        approve_merge(merge, by=chung, on=ON)
    assert fates(committed(here, lan)) == ["unchanged", "unchanged"]
    assert [row.child for row in BatchRow.objects.all()[2:]] == [an, an]
    assert list(Child.objects.all()) == [an]


def test_committing_one_batch_twice_changes_nothing(here, lan):
    batch = committed(here, lan)
    with acting_as(lan):
        assert commit_batch(batch, by=lan, on=ON) == 0
    assert Child.objects.count() == 2


def test_in_portions(here, lan):
    batch = staged(here, lan)
    with acting_as(lan):
        assert commit_batch(batch, by=lan, on=ON, limit=1) == 1
        batch.refresh_from_db()
        assert batch.state == "committing"
        assert commit_batch(batch, by=lan, on=ON, limit=1) == 0
    batch.refresh_from_db()
    assert batch.state == "committed"


def test_a_long_file_is_written_in_the_background(client, here, lan, monkeypatch):
    monkeypatch.setattr(writing, "AT_ONCE", 1)
    batch = staged(here, lan)
    client.force_login(lan)
    url = f"/interop/imports/{batch.pk}/"
    assert client.post(f"{url}commit/").url == url
    page = client.get(url).content.decode()
    assert "còn 2 dòng đang ghi" in page
    assert "Sửa các cột" not in page
    (job,) = run_jobs()
    assert (job.owner, job.done, job.refused) == (lan, 1, 0)
    assert "đang ghi" not in client.get(url).content.decode()
    with acting_as(lan):
        assert Child.objects.count() == 2


def test_a_known_child_is_completed_not_changed(here, lan):
    committed(here, lan)
    later = make_xlsx([HEADINGS, [*AN[:5], "Cận nghèo", "Người Khác", "0999999999", 7]])
    batch = committed(here, lan, later)
    assert fates(batch) == ["completed"]
    child = Child.objects.get(folded_name="nguyen van an")
    assert child.household.poverty(2026) == "near_poor"
    assert child.enrolments.get().grade == 7
    assert child.guardians.get().full_name == "Lê Thị Bưởi"


def test_siblings_share_their_household(here, lan):
    committed(here, lan, make_xlsx([HEADINGS, AN, ["Nguyễn Thị Hoa", "2/2/2010", "Nữ", *AN[3:]]]))
    assert Household.objects.count() == 1
    assert Household.objects.get().children.count() == 2


def test_every_error_of_every_row(here, lan):
    rows = [HEADINGS, ["An 9", "31/02/2014", "?", *AN[3:]], BINH, ["", *BINH[1:]], AN, AN]
    batch = staged(here, lan, make_xlsx(rows))
    assert fates(batch) == ["rejected", "ready", "rejected", "ready", "rejected"]
    problems = {row.line: [column for column, _m in row.problems] for row in batch.rows.all()}
    assert set(problems[2]) == {"Họ và tên trẻ", "Ngày sinh", "Giới tính"}
    assert problems[4] == ["Họ và tên trẻ"]
    assert "Trùng với dòng 5" in batch.rows.get(line=6).problem_text


def test_what_only_the_database_sees_is_undone_for_that_row_alone(here, there, lan, system):
    from tuoitho.people.actions import register_child

    register_child(there, full_name="Lê Kín", national_id="001214012345", by=system, on=ON)
    headings = ["Họ và tên", "Số định danh", "Chủ hộ"]
    rows = [headings, ["Nguyễn An", "001214012345", "Lê Hùng"], ["Lê Bé", "", "Lê Hùng"]]
    batch = committed(here, lan, make_xlsx(rows))
    assert fates(batch) == ["rejected", "created"]
    assert "Lê Kín" not in batch.rows.get(line=2).problem_text
    assert Household.objects.filter(unit=here).count() == 1


def test_possible_duplicates_wait_for_a_person(here, lan):
    known = make_child(here, "Nguyen Van An", hamlet="Thôn Nội")
    batch = committed(here, lan)
    assert fates(batch) == ["review", "created"]
    row = batch.rows.get(fate="review")
    assert row.candidates == [known.pk]
    with acting_as(lan):
        row = settle_row(row, known, by=lan, on=ON)
        with pytest.raises(ValidationError):
            settle_row(row, None, by=lan, on=ON)
    assert (row.fate, row.child, Child.objects.count()) == ("unchanged", known, 2)


def test_or_is_another_child_after_all(here, lan):
    make_child(here, "Nguyen Van An")
    batch = committed(here, lan)
    with acting_as(lan):
        row = settle_row(batch.rows.get(fate="review"), None, by=lan, on=ON)
    assert row.fate == "created"
    assert Child.objects.count() == 3


def test_not_a_child_that_was_not_offered(here, lan):
    make_child(here, "Nguyen Van An")
    other = make_child(here, "Hoàng Lan", birth_date=date(2011, 1, 1))
    batch = committed(here, lan)
    with pytest.raises(ValidationError), acting_as(lan):
        settle_row(batch.rows.get(fate="review"), other, by=lan, on=ON)


def test_only_who_imports_and_registers_there(here, area, thu, chung, duc, hanh):
    for person in (thu, chung, duc):
        with pytest.raises(PermissionDenied):
            staged(here, person)
    with pytest.raises(ValidationError):
        staged(area, hanh)
    assert staged(here, hanh).rows.count() == 2


def test_files_are_sealed_and_seen_only_there(here, lan, thu, duc):
    staged(here, lan)
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(encode(content, 'escape'), '') FROM interop_batchrow")
        assert "Bưởi" not in cursor.fetchone()[0]
    for person in (None, thu, duc):
        with acting_as(person):
            assert not Batch.objects.exists()
            assert not BatchRow.objects.exists()


def test_our_own_template_can_be_handed_in(here, lan):
    batch = staged(here, lan, write_template().read())
    assert fates(batch) == ["ready", "ready"]
    assert len(find_table(read_sheets("m.xlsx", write_template().read())).places) == 21


# Screens


def posted(client, unit, content, name="a.xlsx"):
    file = SimpleUploadedFile(name, content)
    return client.post("/interop/imports/new/", {"unit": unit.pk, "file": file})


def test_the_way_of_a_file_through_the_screens(client, here, lan):
    client.force_login(lan)
    wrong = ["Lê Sai", "31/02/2014", "Nam", *AN[3:]]
    answer = posted(client, here, make_xlsx([HEADINGS, AN, wrong]))
    assert answer.status_code == 303
    page = client.get(answer.url).content.decode()
    assert "Không có ngày 31/02/2014" in page
    assert "Ghi 1 dòng vào sổ" in page
    assert client.post(f"{answer.url}commit/").url == answer.url
    assert "Đã ghi mới" in client.get(answer.url).content.decode()
    book = openpyxl.load_workbook(
        io.BytesIO(client.get(f"{answer.url}rejected/?format=xlsx").getvalue())
    )
    cells = [str(cell.value) for row in book.active.iter_rows() for cell in row]
    assert "Lê Sai" in cells
    assert any("Không có ngày" in cell for cell in cells)


def test_the_refused_rows_can_be_mended_and_sent_again(client, here, lan):
    client.force_login(lan)
    url = posted(client, here, make_xlsx([HEADINGS, ["An 9", *AN[1:]]])).url
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{url}rejected/?format=xlsx").getvalue()))
    for row in book.active.iter_rows():
        for cell in row:
            if cell.value == "An 9":
                cell.value = "Nguyễn Văn An"
    mended = io.BytesIO()
    book.save(mended)
    batch = staged(here, lan, mended.getvalue())
    assert fates(batch)[0] == "ready"


@pytest.mark.parametrize("content", [b"", b"\x89PNG", b"<html>", b"PK\x03\x04", b"\x00" * 50])
def test_any_file_comes_back_with_a_sentence(client, here, lan, content):
    client.force_login(lan)
    answer = posted(client, here, content)
    assert answer.status_code == 422
    assert "invalid-feedback" in answer.content.decode()


def test_no_file_at_all(client, here, lan):
    client.force_login(lan)
    assert client.post("/interop/imports/new/", {"unit": here.pk}).status_code == 422


def test_a_row_is_settled_on_its_page(client, here, lan):
    known = make_child(here, "Nguyen Van An")
    batch = committed(here, lan)
    row = batch.rows.get(fate="review")
    client.force_login(lan)
    url = f"/interop/imports/rows/{row.pk}/"
    assert "Nguyen Van An" in client.get(url).content.decode()
    assert client.post(url, {"same_as": "999999"}).status_code == 404
    assert client.post(url, {"same_as": known.pk}).status_code == 303
    assert client.post(url, {}).status_code == 422


def test_strangers_find_nothing(client, here, lan, thu, duc):
    make_child(here, "Nguyen Van An")
    batch = committed(here, lan)
    row = batch.rows.get(fate="review")
    base = f"/interop/imports/{batch.pk}/"
    for stranger in (thu, duc):
        client.force_login(stranger)
        for url in (base, f"{base}rejected/", f"/interop/imports/rows/{row.pk}/"):
            assert client.get(url).status_code == 404
        assert client.post(f"{base}commit/").status_code == 404
    assert client.get("/interop/imports/").status_code == 404


def test_the_list_and_the_template(client, here, lan, django_assert_max_num_queries):
    for _number in range(5):
        staged(here, lan)
    client.force_login(lan)
    with django_assert_max_num_queries(20):
        assert client.get("/interop/imports/").content.decode().count("trẻ em.xlsx") >= 5
    assert client.get("/interop/imports/new/").status_code == 200
    template = client.get("/interop/imports/template.xlsx").getvalue()
    assert openpyxl.load_workbook(io.BytesIO(template)).sheetnames == ["Trẻ em", "Hướng dẫn"]


def test_the_preview_asks_the_database_the_same_for_any_number(
    client, here, lan, django_assert_max_num_queries
):
    rows = [[f"Lê {chr(97 + n % 26)}{chr(97 + n // 26)}", *AN[1:]] for n in range(60)]
    batch = staged(here, lan, make_xlsx([HEADINGS, *rows]))
    client.force_login(lan)
    with django_assert_max_num_queries(20):
        assert client.get(f"/interop/imports/{batch.pk}/").status_code == 200


# The columns, chosen by a person

STRANGE = make_xlsx([["Cháu", "Ngày sinh", "Giới tính"], ["Lê Bé", "1/6/2014", "Nam"]])


def test_a_file_without_a_known_name_column_waits_for_it_to_be_chosen(here, lan):
    batch = staged(here, lan, STRANGE)
    assert fates(batch) == ["rejected"]
    with acting_as(lan):
        set_columns(batch, {0: "full_name", 1: "birth"}, by=lan, on=ON)
        assert commit_batch(batch, by=lan, on=ON) == 0
        child = Child.objects.get()
    assert (child.full_name, child.sex) == ("Lê Bé", "unknown")
    assert Event.objects.get(action="interop.set_columns").after["places"]["0"] == "full_name"


@pytest.mark.parametrize(
    "places",
    [{0: "full_name", 1: "full_name"}, {1: "birth"}, {0: "full_name", 9: "sex"}, {0: "what"}],
)
def test_columns_that_make_no_sense(here, lan, places):
    batch = staged(here, lan, STRANGE)
    with pytest.raises(ValidationError), acting_as(lan):
        set_columns(batch, places, by=lan, on=ON)
    batch.refresh_from_db()
    assert batch.places == {"1": "birth", "2": "sex"}


def test_columns_are_fixed_once_rows_are_written(here, lan, duc):
    batch = committed(here, lan)
    with pytest.raises(ValidationError), acting_as(lan):
        set_columns(batch, {0: "full_name"}, by=lan, on=ON)
    with pytest.raises(PermissionDenied), acting_as(lan):
        set_columns(batch, {0: "full_name"}, by=duc, on=ON)


def test_columns_are_chosen_on_their_page(client, here, lan, duc):
    batch = staged(here, lan, STRANGE)
    client.force_login(lan)
    url = f"/interop/imports/{batch.pk}/columns/"
    assert "Lê Bé" in client.get(url).content.decode()
    assert "Sửa các cột" in client.get(f"/interop/imports/{batch.pk}/").content.decode()
    assert client.post(url, {"c1": "birth"}).status_code == 422
    assert client.post(url, {"c0": "full_name", "c1": "birth"}).status_code == 303
    assert fates(batch) == ["ready"]
    client.force_login(duc)
    assert client.get(url).status_code == 404


# Command


def test_the_command_takes_the_same_path(here, lan, tmp_path, capsys):
    file = tmp_path / "tre.xlsx"
    file.write_bytes(make_xlsx([HEADINGS, AN, ["An 9", *AN[1:]]]))
    call_command("import_people", str(file), unit="00640", by="lan")
    assert not Child.objects.exists()
    call_command("import_people", str(file), unit="00640", by="lan", commit=True)
    said = capsys.readouterr().out
    assert Child.objects.count() == 1
    assert "dòng 3: Họ và tên trẻ" in said
    assert "đã nộp" in said


@pytest.mark.parametrize(
    ("file", "unit", "by"),
    [("none.xlsx", "00640", "lan"), ("tre.xlsx", "99999", "lan"), ("tre.xlsx", "00640", "x"),
     ("tre.xlsx", "00640", "thu"), ("bad.xlsx", "00640", "lan")],
)  # fmt: skip
def test_the_command_says_what_is_wrong(here, lan, thu, tmp_path, file, unit, by):
    (tmp_path / "tre.xlsx").write_bytes(GOOD)
    (tmp_path / "bad.xlsx").write_bytes(b"<html>")
    with pytest.raises(CommandError):
        call_command("import_people", str(tmp_path / file), unit=unit, by=by)


def test_an_existing_household_is_used(here, lan):
    household = make_household(here, hamlet="Thôn Nội")
    committed(here, lan)
    assert Child.objects.get(folded_name="nguyen van an").household == household
