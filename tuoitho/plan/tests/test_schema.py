"""The plan file against the document, and what a broken file is told."""

import copy
import io
import re
import unicodedata
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
import yaml

from tuoitho.plan.check import PlanError, check, differences, load, main_check
from tuoitho.plan.schema import Direction, Plan, threshold_for

PLANS = Path(__file__).resolve().parents[3] / "plans"
FILE = PLANS / "365-kh-ubnd-2021.yaml"
TEXT = FILE.read_text(encoding="utf-8")
LINES = TEXT.split("\n")


@pytest.fixture(scope="module")
def plan() -> Plan:
    return load(FILE)


def source_paragraphs(plan: Plan) -> list[str]:
    """The document with the slips listed in `corrections` put right, one entry a paragraph."""
    text = (PLANS / plan.header.source).read_text(encoding="utf-8")
    for correction in plan.corrections:
        assert correction.wrong in text, correction
        text = text.replace(correction.wrong, correction.right)
    return [" ".join(p.split()) for p in text.split("\n\n") if p.strip()]


def part_of(plan: Plan, first: str, last: str) -> list[str]:
    paragraphs = source_paragraphs(plan)
    start, end = (
        next(i for i, p in enumerate(paragraphs) if p.startswith(sign)) for sign in (first, last)
    )
    return paragraphs[start + 1 : end]


def bare(paragraph: str) -> str:
    return re.sub(r"^(- |\d+\. )", "", paragraph)


# --- the plan and its document --------------------------------------------------------------------


def test_the_plan_is_right_and_counted():
    out = io.StringIO()
    assert main_check(FILE, out) == 0
    assert out.getvalue() == (
        f"{FILE}: đúng. Kế hoạch 365/KH-UBND: 5 mục tiêu, 8 chỉ tiêu, 19 phần chỉ tiêu, "
        "55 nhiệm vụ.\n"
    )


def test_every_paragraph_of_parts_ii_to_iv_is_a_task_or_a_heading(plan):
    said = {task.text for task in plan.tasks} | {group.title for group in plan.groups}
    wanted = [
        bare(p)
        for p in part_of(plan, "II. NHIỆM VỤ", "Nơi nhận")
        if not re.match(r"(III|IV)\. ", p)
    ]
    assert len(wanted) == 70
    assert [p for p in wanted if p not in said] == []


def test_every_bullet_is_a_task_in_the_order_of_the_document(plan):
    bullets = [p for p in part_of(plan, "II. NHIỆM VỤ", "Nơi nhận") if p.startswith("- ")]
    texts = [task.text for task in plan.tasks]
    places = [texts.index(bare(bullet)) for bullet in bullets]
    assert len(bullets) == 42
    assert places == sorted(places)


def test_every_paragraph_of_part_i_is_an_objective_or_a_target(plan):
    said = [o.text for o in plan.objectives] + [t.title for t in plan.targets]
    for paragraph in part_of(plan, "I. MỤC TIÊU", "II. NHIỆM VỤ"):
        words = re.sub(r"^([a-c]\) |- )?(Mục tiêu|Chỉ tiêu) \d: ", "", paragraph)
        headings = ("1. Mục tiêu chung", "2. Mục tiêu cụ thể", "3. Định hướng đến năm 2030")
        assert words in said or words in headings, paragraph


def test_tasks_by_group(plan):
    assert Counter(task.group for task in plan.tasks) == {
        "II.1": 3, "II.2": 5, "II.3": 2, "II.4": 4, "II.5": 1, "II.6": 1, "II.7": 2, "II.8": 1,
        "III": 3, "IV.1": 10, "IV.2": 5, "IV.3": 2, "IV.4": 3, "IV.5": 1, "IV.6": 1, "IV.7": 1,
        "IV.9": 3, "IV.10": 6, "IV.KL": 1,
    }  # fmt: skip
    assert "IV.8" not in {group.code for group in plan.groups}


def test_parts_with_thresholds_and_owners(plan):
    rows = {
        part.indicator: (part.role, part.thresholds[2025], part.owners) for _, part in plan.parts()
    }
    assert rows == {
        "1.1": ("deciding", 1, ("ldtbxh",)),
        "1.2": ("deciding", 100, ("ldtbxh",)),
        "1.3": ("deciding", 90, ("gddt",)),
        "2.1.staff": ("deciding", 90, ("gddt", "ldtbxh")),
        "2.1.parents": ("deciding", 80, ("ldtbxh",)),
        "2.2": ("deciding", 85, ("ldtbxh", "gddt")),
        "2.2.community": ("breakdown", 85, ("ldtbxh",)),
        "2.2.school": ("breakdown", 85, ("gddt",)),
        "2.3": ("deciding", 90, ("ldtbxh",)),
        "2.3.enterprise": ("breakdown", 90, ("ldtbxh",)),
        "2.3.cooperative": ("breakdown", 90, ("ldtbxh",)),
        "2.3.household": ("breakdown", 90, ("ldtbxh",)),
        "3.1.district": ("deciding", 90, ("ldtbxh",)),
        "3.1.commune": ("deciding", 100, ("ldtbxh",)),
        "3.1.other": ("deciding", 90, ("ldtbxh",)),
        "3.2.enterprise": ("deciding", 90, ("ldtbxh",)),
        "3.2.cooperative_household": ("deciding", 70, ("ldtbxh",)),
        "3.2.cooperative": ("breakdown", 70, ("ldtbxh",)),
        "3.2.household": ("breakdown", 70, ("ldtbxh",)),
    }
    strict = {p.indicator for _, p in plan.parts() if p.direction is Direction.AT_MOST_BELOW}
    assert strict == {"1.1"}


def test_recipients_are_those_of_the_document(plan):
    lines = source_paragraphs(plan)[-3]
    named = "".join(f" - {name};" for name in plan.header.recipients)
    assert lines == f"{named.strip()} - Lưu: {plan.header.archive}."


def test_text_is_nfc():
    assert unicodedata.is_normalized("NFC", TEXT)


def test_below_one_percent_is_strict():
    assert Direction.AT_MOST_BELOW.met(0.99, 1.0)
    assert not Direction.AT_MOST_BELOW.met(1.0, 1.0)
    assert Direction.AT_LEAST.met(90, 90)
    with pytest.raises(ValueError, match="minimise"):
        Direction.MINIMISE.met(1, 1)


@pytest.mark.parametrize(
    ("year", "shown"), [(2023, (1, 2025, "before_end")), (2025, (1, 2025, "stated")),
                        (2026, (1, 2025, "after_end"))]
)  # fmt: skip
def test_a_year_without_its_own_threshold_shows_the_nearest(plan, year, shown):
    found = plan.targets[0].parts[0].threshold(year)
    assert (found.value, found.year, found.basis) == shown
    assert threshold_for({}, year) is None


def test_before_25_november_ends_on_the_24th(plan):
    assert plan.annual_report.due_on(2024) == date(2024, 11, 24)
    assert plan.annual_report.reminders_on(2024) == (
        date(2024, 10, 25), date(2024, 11, 10), date(2024, 11, 17), date(2024, 11, 23),
    )  # fmt: skip
    assert plan.tasks[-1].due_on(2024) == date(2024, 11, 24)
    assert plan.tasks[0].due_on(2024) is None


def test_education_office_answers_for_what_iv_2_gives_it(plan):
    mine = [part.indicator for part in plan.owned_by("gddt")]
    assert mine == ["1.3", "2.1.staff", "2.2", "2.2.school"]


# --- broken files ---------------------------------------------------------------------------------


def line_of(text: str) -> int:
    """The first line of the real file that contains ``text``."""
    return next(n for n, line in enumerate(LINES, 1) if text in line)


BROKEN = [
    # replaced, by, in the line that has, path of the fault, in the message, in the remedy
    ("thresholds: {2025: 100}", "thresholds: {2025: 101}", "targets[1].parts[0].thresholds.2025",
     "số từ 0 đến 100", "ví dụ 90"),
    ("thresholds: {2025: 100}", 'thresholds: {2025: "95%"}', "targets[1].parts[0].thresholds.2025",
     "số từ 0 đến 100", "95"),
    ("thresholds: {2025: 100}", "thresholds: {2025: .nan}", "targets[1].parts[0].thresholds.2025",
     "số từ 0 đến 100", "ví dụ 90"),
    ("thresholds: {2025: 100}", 'thresholds: {"2025": 100}', "targets[1].parts[0].thresholds.2025",
     "năm phải là số nguyên", "2025"),
    ("thresholds: {2025: 100}", "thresholds: {2027: 100}", "targets[1].parts[0].thresholds.2027",
     "ngoài giai đoạn 2021–2025", "2021 đến 2025"),
    ("thresholds: {2025: 100}", "thresholds: {}", "targets[1].parts[0].thresholds",
     "chưa có ngưỡng", "2025: 90"),
    ("thresholds: {2025: 1.0}", "thresholds: {2025: 0}", "targets[0].parts[0].thresholds",
     "ngưỡng 0 %", "lớn hơn 0"),
    ("direction: at_most_below ", "direction: duoi ", "targets[0].parts[0].direction",
     "'duoi' không phải", "at_least"),
    ("unit: percent", "unit: per_mille", "targets[0].parts[0].unit",
     "'per_mille' không phải", "percent"),
    ("owners: [gddt] ", "owners: [gdtd] ", "targets[2].parts[0].owners[0]",
     "không có cơ quan nào mang mã 'gdtd'", "gddt"),
    ('code: "1.2"', 'code: "1.1"', "targets[1].code", "bị trùng", "mã khác"),
    ('code: "1.2"', "code: 1.2", "targets[1].code", "phải là chữ", "ngoặc kép"),
    ('area_code: "020"', "area_code: 020", "header.area_code", "phải là chữ", "ngoặc kép"),
    ("date: 2021-10-18", "date: 2021-02-30", "header.date", "ngày có thật", "2021-10-18"),
    ("date: 2021-10-18", "date: 18/10/2021", "header.date", "ngày có thật", "2021-10-18"),
    ("period_end: 2025", "period_end: 2019", "header.period_end", "sai thứ tự", "năm cuối"),
    ("schema_version: 1", "schema_version: 2", "schema_version", "2 không phải", "1"),
    ('  - code: "2.2"', '  - cod: "2.2"', "targets[4].cod", "không có trường", "'code'"),
    ('indicator: "2.1.staff"', 'indicator: "2.1.teachers"', "targets[3].parts[0].indicator",
     "phải là '2.1.staff'", '"2.1.staff"'),
    ('within: "2.2"', 'within: "2.3"', "targets[4].parts[1].within", "phần chia nhỏ", "2.2"),
    ("    only_end_value: true", "    only_end_value: có", "targets[0].parts[0].only_end_value",
     "true hoặc false", "true"),
    ("receiver: ldtbxh", "receiver: ubnd", "annual_report.receiver", "'ubnd'", "offices"),
    ('before: "11-25"\n', 'before: "25-11"\n', "tasks[54].before", "tháng-ngày", "11-25"),
    ("served_by: [plan:document, plan:derived_plan]", "served_by: [kho:x]",
     "tasks[0].served_by[0]", "phân hệ:việc", "activities:campaign"),
    ("reminders_days: [30, 14, 7, 1]", "reminders_days: [0]", "annual_report.reminders_days[0]",
     "lớn hơn 1", "0"),
    ("reminders_days: [30, 14, 7, 1]", "reminders_days: 30", "annual_report.reminders_days",
     "danh sách", "- "),
    ("owners: [gddt] ", "owners: [gđđt] ", "targets[2].parts[0].owners[0]",
     "'gđđt' không phải một mã", "không dấu"),
    ("issuer: UBND thành phố Hà Nội", "issuer: ' '", "header.legal_bases[0].issuer",
     "không được để trống", "ghi nội dung"),
    ("recurrence: once", "recurrence: ''", "tasks[18].recurrence", "'' không phải", "yearly"),
    ("group: IV.9", "group: IV.8", "tasks[45].group", "không có mục", "groups"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "path", "message", "remedy"), BROKEN)
def test_a_wrong_value_is_named_with_its_line(tmp_path, old, new, path, message, remedy):
    head, found, tail = TEXT.partition(old)
    assert found
    file = tmp_path / "plan.yaml"
    file.write_text(head + new + tail, encoding="utf-8")
    problem = next(p for p in check(file) if p.path == path)
    assert problem.line == head.count("\n") + 1
    assert message in problem.message
    assert remedy in problem.remedy


def test_a_missing_field_is_told_where_its_row_begins(tmp_path):
    file = tmp_path / "plan.yaml"
    file.write_text(TEXT.replace("    number: 1\n", "", 1), encoding="utf-8")
    (problem,) = check(file)
    assert (problem.path, problem.line) == ("targets[0].number", line_of('code: "1.1"'))
    assert problem.message == "thiếu trường 'number'"


WHOLE = [
    # bytes of the file, line, in the message
    (b"", 1, "trống"),
    (b"# chi co chu thich\n", 1, "trống"),
    (b"- a\n- b\n", 1, "tên: nội dung"),
    (b"a: 1\n\tb: 2\n", 2, "tab"),
    (b"a: 1\nb: c: d\n", 2, "hai chấm"),
    (b"a: 1\nb:\n  c: 1\n d: 2\n", 4, "thụt lệch"),
    (b"a: 1\nb: [1, 2\nc: 3\n", 2, "ngoặc vuông"),
    (b'a: 1\nb: "mo ma khong dong\n', 2, "không đóng"),
    (b"a: 1\nb:\n  c: 1\n  c: 2\n", 4, "đã viết ở dòng 3"),
    (b"a: &x 1\nb: *x\n", 2, "bí danh"),
    (b"a: 1\nb: !!python/object:os.system x\n", 2, "thẻ"),
    (b"a: 1\n---\nb: 2\n", 2, "nhiều hơn một"),
    (b"a: 1\nb: \x07\n", 2, "điều khiển"),
    ("a: 1\nb: Thạch\n".encode("cp1258", "replace") + b"c: \xff\xe9\n", 3, "UTF-8"),
    ("a: Việt\n".encode("utf-16"), 1, "UTF-16"),
    (b"PK\x03\x04\x14\x00\x06\x00", 1, "nhị phân"),
    (unicodedata.normalize("NFD", "a: 1\nb: Việt\n").encode(), 2, "tổ hợp"),
    (b"[" * 5000, 1, "cấp"),
]


@pytest.mark.parametrize(("raw", "line", "message"), WHOLE)
def test_an_unreadable_file_is_named_with_its_line(tmp_path, raw, line, message):
    file = tmp_path / "plan.yaml"
    file.write_bytes(raw)
    problem = check(file)[0]
    assert problem.line == line
    assert message in problem.message
    assert problem.remedy


def test_no_file_and_a_folder(tmp_path):
    assert "không có tệp" in check(tmp_path / "x.yaml")[0].message
    assert "thư mục" in check(tmp_path)[0].message


def test_all_faults_are_printed_in_order_with_exit_code_one(tmp_path):
    file = tmp_path / "plan.yaml"
    file.write_text(
        TEXT.replace("{2025: 100}", "{2025: 101}").replace("period_start: 2021", "period_start: x"),
        encoding="utf-8",
    )
    out = io.StringIO()
    assert main_check(file, out) == 1
    lines = out.getvalue().splitlines()
    assert lines[0].startswith(f"{file}:{line_of('period_start')}: header.period_start: phải là số")
    assert lines[1] == (
        f"{file}:{line_of('{2025: 100}')}: targets[1].parts[0].thresholds.2025: "
        "phải là số từ 0 đến 100 → sửa thành số phần trăm, ví dụ 90"
    )
    assert lines[-1] == "3 lỗi. Chưa dùng được tệp này."


def test_load_refuses_a_wrong_file(tmp_path):
    file = tmp_path / "plan.yaml"
    file.write_text(TEXT.replace("{2025: 100}", "{2025: 101}"), encoding="utf-8")
    with pytest.raises(PlanError, match=r"số từ 0 đến 100") as caught:
        load(file)
    assert len(caught.value.problems) == 2


def test_a_file_saved_by_notepad_is_read(tmp_path):
    file = tmp_path / "plan.yaml"
    file.write_bytes(b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode())
    assert check(file) == []


# --- differences ----------------------------------------------------------------------------------


def test_no_difference_between_a_file_and_its_dump(plan):
    assert differences(plan.model_dump(), plan.model_dump(mode="json")) == []
    moved = plan.model_dump()
    moved["tasks"] = moved["tasks"][::-1]
    assert differences(plan.model_dump(), moved) == []


def test_differences_name_the_row_and_the_values(plan):
    old, new = plan.model_dump(), copy.deepcopy(plan.model_dump())
    new["targets"][0]["parts"][0]["thresholds"] = {2025: 0.5}
    new["header"]["signer"] = "Người khác"
    new["contacts"] = [*new["contacts"], {"code": "so_moi", "name": "Số mới", "phone": "123"}]
    new["tasks"] = [task for task in new["tasks"] if task["code"] != "II.6.1"]
    new["tasks"][0]["owners"] = ["ldtbxh"]
    assert differences(old, new) == [
        "Sửa phần đầu › người ký: Nguyễn Tiến Cường → Người khác",
        "Sửa chỉ tiêu 1.1 › phần 1.1 › ngưỡng › 2025: 1 → 0.5",
        "Sửa nhiệm vụ II.1.1 › cơ quan chịu trách nhiệm: ubnd_xa, khac → ldtbxh",
        "Bỏ nhiệm vụ II.6.1: Vận động nguồn lực của cơ quan, tổ chức, doanh nghiệp, cá nhân",
        "Thêm liên hệ so_moi: Số mới",
    ]


def test_the_file_is_plain_yaml():
    """Other tools can read it: nothing depends on our loader."""
    assert yaml.safe_load(TEXT)["header"]["number"] == "365/KH-UBND"
