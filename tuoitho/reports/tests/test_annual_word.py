"""The Word file of the annual report, read back."""

import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from docx import Document
from docx.oxml.ns import qn

from tuoitho.reports.annual import (
    AnnualReport,
    NarrativeSection,
    Signer,
    TargetLine,
    TemplateError,
    UnitLine,
    chart,
    from_json,
    render_word,
    to_json,
)
from tuoitho.reports.annual.data import explain_no_value
from tuoitho.reports.annual.make_template import make
from tuoitho.reports.annual.word import TEMPLATE
from tuoitho.reports.tests.annual_example import REPORT, TARGETS, UNITS


def render(report, template=None):
    out = BytesIO()
    render_word(report, out, template)
    return Document(out)


def all_text(doc):
    return "\n".join("".join(t.text or "" for t in p.iter(qn("w:t")))
                     for p in doc.element.body.iter(qn("w:p")))  # fmt: skip


def tables_headed(doc, first, second):
    return [t for t in doc.tables if [c.text for c in t.rows[0].cells[:2]] == [first, second]]


@pytest.fixture(scope="module")
def doc():
    return render(REPORT)


@pytest.fixture(scope="module")
def small():
    return replace(
        REPORT, targets=TARGETS[:1], sections=(), unit_reports=(), budget=(), is_demo=False
    )


def test_json_gives_back_the_same_report():
    assert from_json(to_json(REPORT)) == REPORT


def test_json_of_an_unknown_version_is_refused():
    with pytest.raises(ValueError, match="phiên bản 99"):
        from_json({**to_json(REPORT), "schema": 99})


def test_the_parts_stand_in_the_order_of_the_decree(doc):
    text = all_text(doc)
    parts = (
        "ỦY BAN NHÂN DÂN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc",
        "Số: 05/BC-UBND", "LƯU HÀNH NỘI BỘ", "Thanh Trì, ngày 05 tháng 12 năm 2024",
        "SỐ LIỆU GIẢ ĐỊNH ĐỂ TRÌNH DIỄN", "BÁO CÁO", "Kết quả thực hiện Chương trình",
        "Kính gửi: Sở Lao động", "Căn cứ Luật Trẻ em ngày 05 tháng 4 năm 2016;",
        "I. TÌNH HÌNH CHUNG", "II. KẾT QUẢ THỰC HIỆN", "8. Khảo sát đánh giá",
        "9. Kết quả thực hiện các chỉ tiêu", "III. KINH PHÍ", "1.342.000.000", "IV. KHÓ KHĂN",
        "V. ĐỀ XUẤT", "VI. PHƯƠNG HƯỚNG NĂM 2025", "Mức độ bảo mật: Lưu hành nội bộ.",
        "Trên đây là báo cáo", "Nơi nhận:", "- Lưu: VT, LĐTBXH.", "TM. ỦY BAN NHÂN DÂN",
        "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Nguyễn Văn Mẫu", "Phụ lục I", "Phụ lục II",
        "Phụ lục III",
    )  # fmt: skip
    at = 0
    for part in parts:
        found = text.find(part, at)
        assert found >= 0, f"{part!r} is missing or out of order"
        at = found


def test_the_letterhead_keeps_its_type(doc):
    left, right = doc.tables[0].rows[0].cells
    assert left.paragraphs[0].style.name == "VB Cơ quan ban hành"
    assert right.paragraphs[0].style.font.size.pt == 12
    assert right.paragraphs[1].style.font.size.pt == 13
    assert doc.tables[0].rows[1].cells[1].paragraphs[0].style.font.italic


def test_page_and_margins_survive_the_template(doc):
    first, wide, *_ = doc.sections
    assert round(first.page_width.mm) == 210
    sides = (first.top_margin, first.bottom_margin, first.left_margin, first.right_margin)
    assert [round(side.mm) for side in sides] == [20, 20, 30, 15]
    assert round(wide.page_width.mm) == 297
    assert all(s.different_first_page_header_footer for s in doc.sections)


def test_every_target_is_a_row_with_result_and_threshold(doc):
    (table,) = tables_headed(doc, "Chỉ tiêu", "Nội dung")
    rows = [[c.text for c in r.cells] for r in table.rows[1:]]
    lines = [r for r in rows if len(set(r)) > 1]
    assert [r[0] for r in lines] == [t.label for t in TARGETS]
    assert lines[4][3:] == ["46.759", "59.860", "78,1", "≥ 80", "Chưa đạt"]
    assert lines[0][3:] == ["463,5", "56.840", "0,82", "< 1", "Đạt"]
    assert len(rows) - len(lines) == 3  # one heading for each objective


def test_the_head_of_a_table_comes_back_and_rows_are_not_cut(doc):
    (table,) = tables_headed(doc, "Chỉ tiêu", "Nội dung")
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert all(r._tr.trPr.find(qn("w:cantSplit")) is not None for r in table.rows)


def test_an_absent_figure_says_what_is_missing_and_is_never_zero(doc):
    (table,) = tables_headed(doc, "Chỉ tiêu", "Nội dung")
    row = next(r for r in table.rows if r.cells[0].text == "3.2 doanh nghiệp")
    assert "Chưa có số liệu: thiếu tổng số doanh nghiệp" in row.cells[1].text
    assert [c.text for c in row.cells[4:]] == ["–", "–", "≥ 90", "–"]


def test_each_target_counted_by_unit_has_a_table_of_all_units(doc):
    details = tables_headed(doc, "TT", "Đơn vị")
    matrix, *by_target, late = details
    counted = [t for t in TARGETS if t.by_unit]
    assert len(matrix.columns) == 2 + len(counted)
    assert len(by_target) == len(counted)
    assert all(len(t.rows) == 1 + len(UNITS) + 1 for t in (matrix, *by_target))
    assert len(late.rows) == 1 + len(REPORT.unit_reports)


def test_the_matrix_fills_the_wide_page_and_no_more(doc):
    matrix = tables_headed(doc, "TT", "Đơn vị")[0]
    width = sum(c.w.mm for c in matrix._tbl.tblGrid.gridCol_lst)
    assert width == pytest.approx(297 - 30 - 15, abs=1)


def test_who_is_late_is_named_with_the_days(doc):
    text = all_text(doc)
    assert "Có 21/22 đơn vị đã gửi báo cáo, trong đó 2 đơn vị gửi chậm" in text
    assert "chưa gửi: Xã Duyên Hà (chi tiết tại Phụ lục III kèm theo)" in text
    assert "Chậm 3 ngày" in text
    assert "28/11/2024" in text


def test_the_annexes_name_the_report_they_belong_to(doc):
    line = "(Kèm theo Báo cáo số 05/BC-UBNDngày 05 tháng 12 năm 2024 của Ủy ban nhân dân huyện"
    assert all_text(doc).count(line) == 3


def test_the_figures_say_when_they_were_frozen_in_hanoi_time(doc):
    text = all_text(doc)
    assert "số liệu chốt lúc 10:30 ngày 02/12/2024" in text
    assert "9f2c4a7be01d" in text


def test_there_is_one_chart_of_print_quality_with_a_description(doc):
    (picture,) = doc.element.body.iter(qn("wp:docPr"))
    assert picture.get("descr").startswith("Biểu đồ")
    (image,) = (r.target_part.image for r in doc.part.rels.values() if "image" in r.reltype)
    assert image.horz_dpi == 300
    assert image.px_width > 1800


def test_the_chart_takes_any_label_and_any_figure():
    odd = replace(TARGETS[1], short_title="$\\frac{1}{0$ 👶 $x$ " * 5)
    png = chart.draw((odd, replace(odd, value=None), replace(odd, value=Decimal("163.2"))))
    assert png.startswith(b"\x89PNG")
    assert chart.draw((replace(TARGETS[0], value=None, threshold=None),))
    vietnamese = "ĂÂĐÊÔƠƯăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ"
    assert {ord(c) for c in vietnamese} <= chart._letters()


def test_demonstration_is_said_on_every_page(doc):
    notice = "SỐ LIỆU GIẢ ĐỊNH ĐỂ TRÌNH DIỄN"
    for section in doc.sections:
        assert section.footer.paragraphs[0].text == notice
        assert section.first_page_footer.paragraphs[0].text == notice


def test_a_real_report_does_not_say_so(small):
    doc = render(small)
    assert "GIẢ ĐỊNH" not in all_text(doc)
    assert doc.sections[0].footer.paragraphs[0].text == ""


def test_a_report_without_units_has_no_annex_and_no_empty_page(small):
    doc = render(small)
    assert len(doc.sections) == 1
    assert "Phụ lục" not in all_text(doc)
    assert doc.sections[0].header._element.find(f".//{qn('w:fldSimple')}") is not None


def test_figures_are_printed_even_if_nobody_wrote_their_section(small):
    assert len(tables_headed(render(small), "Chỉ tiêu", "Nội dung")) == 1


def test_one_annex_has_no_number(small):
    doc = render(replace(small, unit_reports=REPORT.unit_reports))
    assert [p.text for p in doc.paragraphs if p.style.name == "VB Phụ lục"] == ["Phụ lục"]


def test_a_draft_leaves_room_for_number_and_date(small):
    text = all_text(render(replace(small, number=None, signed_on=None))).replace("\u00a0", " ")
    assert "Số:       /BC-UBND" in text
    assert "Thanh Trì, ngày      tháng      năm 2024" in text


def test_the_bare_minimum_can_be_printed():
    report = AnnualReport("xã A", "Ủy ban nhân dân xã A", "Xã A", 2024, Signer("B", "Chủ tịch"))
    assert "ỦY BAN NHÂN DÂN\nXÃ A" in render(report).tables[0].rows[0].cells[0].text


HOSTILE = "{{ 7*7 }} {% for x in y %} {_{ }_} & <w:p/> <b>\x00\x07\x0c {#c#} ]]> ${x} \ue000"
HARMLESS = "{{ 7*7 }} {% for x in y %} {_{ }_} & <w:p/> <b> {#c#} ]]> ${x}"


def test_hostile_text_is_printed_as_typed_wherever_people_type():
    unit = UnitLine("1", HOSTILE, 1, 2, Decimal(50), HOSTILE)
    target = TargetLine("1.1", "", HOSTILE, HOSTILE, 1, 2, Decimal(50), None, note=HOSTILE,
                        objective=HOSTILE, short_title=HOSTILE, by_unit=(unit,))  # fmt: skip
    report = replace(
        REPORT, targets=(target,), subject=HOSTILE, place=HOSTILE, distribution=HOSTILE,
        signer=Signer(HOSTILE, HOSTILE, (HOSTILE,)), recipients=(HOSTILE,),
        legal_bases=(HOSTILE,), introduction=HOSTILE, closing=HOSTILE,
        sections=(NarrativeSection(HOSTILE, (HOSTILE,), "results"),),
    )  # fmt: skip
    text = all_text(render(report))
    assert text.count(HARMLESS) >= 14
    assert "49" not in text.replace("\n", "")[:400]
    assert "\ue000" not in text


def test_long_narratives_keep_their_paragraphs(small):
    typed = "Đoạn một.\r\n\r\nĐoạn hai,\tcó dấu < & >.\nĐoạn ba."
    section = NarrativeSection("I. Tình hình", (typed, "Đoạn bốn."))
    doc = render(replace(small, sections=(section,)))
    body = [p.text for p in doc.paragraphs if p.style.name == "VB Lời văn"]
    at = body.index("Đoạn một.")
    assert " ".join(body[at + 1].split()) == "Đoạn hai, có dấu < & >."
    assert body[at + 2 : at + 4] == ["Đoạn ba.", "Đoạn bốn."]


def test_an_office_may_use_its_own_template(tmp_path, small):
    own = Document(str(TEMPLATE))
    own.styles["VB Lời văn"].font.size = 13 * 12700
    own.add_paragraph("Mẫu riêng của {{ place }}")
    own.save(str(tmp_path / "rieng.docx"))
    doc = render(small, tmp_path / "rieng.docx")
    assert "Mẫu riêng của Thanh Trì" in all_text(doc)
    assert doc.styles["VB Lời văn"].font.size.pt == 13


@pytest.mark.parametrize(
    "tag", ["{{ no_such_name }}", "{% if %}", "{{ ''.__class__.__mro__ }}", "{{ place.x }}"]
)
def test_a_broken_template_is_an_error_that_names_it(tmp_path, small, tag):
    own = Document(str(TEMPLATE))
    own.add_paragraph(tag)
    own.save(str(tmp_path / "hong.docx"))
    with pytest.raises(TemplateError, match=r"hong\.docx"):
        render(small, tmp_path / "hong.docx")


def test_the_committed_template_is_the_one_the_script_makes(tmp_path):
    def parts(path):
        with zipfile.ZipFile(path) as file:
            names = [n for n in file.namelist() if n.startswith("word/") and n.endswith(".xml")]
            return {name: file.read(name) for name in names}

    assert parts(make(tmp_path / "t.docx")) == parts(TEMPLATE)


def test_a_path_can_be_given(tmp_path, small):
    render_word(small, tmp_path / "r.docx")
    assert Document(str(tmp_path / "r.docx")).core_properties.author == REPORT.issuer


@pytest.mark.parametrize(
    ("missing", "numerator", "denominator", "words"),
    [
        ("danh sách hộ", 1, 2, "chưa có số liệu: thiếu danh sách hộ"),
        ("", 0, 0, "không phát sinh đối tượng"),
        ("", 5, None, "chưa có số liệu: thiếu tổng số"),
        ("", None, None, "chưa có số liệu: thiếu số thực hiện, tổng số"),
        ("", 1, 2, "chưa có số liệu"),
    ],
)
def test_the_reason_for_no_value(missing, numerator, denominator, words):
    assert explain_no_value(missing, numerator, denominator) == words


def test_a_report_of_many_units_still_renders(small):
    units = tuple(UnitLine(str(i), f"Xã {i}", i, 126, Decimal(i)) for i in range(126))
    target = replace(TARGETS[1], by_unit=units)
    doc = render(replace(small, targets=(target,), signed_on=date(2025, 1, 1)))
    assert len(tables_headed(doc, "TT", "Đơn vị")[1].rows) == 128
