"""NĐ 30/2020, Phụ lục I, to the millimetre."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from docx import Document
from docx.oxml.ns import qn

from tuoitho.lib import official_document as od
from tuoitho.lib import official_text as words
from tuoitho.lib import word_template


def mm(length):
    return round(length.mm, 1)


def test_paper_and_margins_are_within_the_decree():
    section = od.new_document().sections[0]
    assert (mm(section.page_width), mm(section.page_height)) == (210, 297)
    assert 20 <= section.top_margin.mm <= 25
    assert 20 <= section.bottom_margin.mm <= 25
    assert 30 <= section.left_margin.mm <= 35
    assert 15 <= section.right_margin.mm <= 20


def test_the_page_number_is_centred_above_and_absent_from_page_one():
    section = od.new_document().sections[0]
    field = section.header._element.find(f".//{qn('w:fldSimple')}")
    assert field.get(qn("w:instr")).strip() == "PAGE"
    assert section.header.paragraphs[0].style.paragraph_format.alignment is od.CENTER
    assert section.header.paragraphs[0].style.font.size.pt == 13
    assert section.header_distance < section.top_margin
    assert section.different_first_page_header_footer
    assert section.first_page_header._element.find(f".//{qn('w:fldSimple')}") is None
    assert section._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) == "1"


@pytest.mark.parametrize(
    ("style", "sizes", "bold", "italic"),
    [
        ("VB Quốc hiệu", (12, 13), True, False),
        ("VB Tiêu ngữ", (13, 14), True, False),
        ("VB Cơ quan chủ quản", (12, 13), False, False),
        ("VB Cơ quan ban hành", (12, 13), True, False),
        ("VB Số ký hiệu", (13, 13), False, False),
        ("VB Địa danh", (13, 14), False, True),
        ("VB Tên loại", (13, 14), True, False),
        ("VB Trích yếu", (13, 14), True, False),
        ("VB Căn cứ", (13, 14), False, True),
        ("VB Lời văn", (13, 14), False, False),
        ("VB Nơi nhận", (12, 12), True, True),
        ("VB Danh sách nơi nhận", (11, 11), False, False),
        ("VB Quyền hạn", (13, 14), True, False),
        ("VB Họ tên", (13, 14), True, False),
        ("VB Phụ lục", (14, 14), True, False),
        ("VB Kèm theo", (13, 14), False, True),
        ("VB Phạm vi lưu hành", (13, 14), True, False),
    ],
)
def test_each_element_has_the_type_of_the_decree(style, sizes, bold, italic):
    font = od.new_document().styles[style].font
    assert font.name == "Times New Roman"
    assert sizes[0] <= font.size.pt <= sizes[1]
    assert (font.bold, font.italic) == (bold, italic)


def test_body_text_is_justified_indented_and_spaced():
    form = od.new_document().styles["VB Lời văn"].paragraph_format
    assert form.alignment is od.JUSTIFY
    assert mm(form.first_line_indent) in (10, 12.7)
    assert form.space_after.pt >= 6
    assert 1 <= form.line_spacing <= 1.5


@pytest.mark.parametrize(
    ("number", "written"), [(5, "05/BC-UBND"), (365, "365/BC-UBND"), (10, "10/BC-UBND")]
)
def test_numbers_below_ten_have_a_leading_zero(number, written):
    assert words.number_and_symbol(number, "BC-UBND") == written


def test_a_document_without_number_and_date_leaves_room_to_write():
    assert words.number_and_symbol(None, "BC-UBND").replace("\u00a0", " ") == "      /BC-UBND"
    blank = words.long_date(None, 2024).replace("\u00a0", " ")
    assert blank == "ngày      tháng      năm 2024"


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2024, 1, 5), "ngày 05 tháng 01 năm 2024"),
        (date(2024, 2, 12), "ngày 12 tháng 02 năm 2024"),
        (date(2024, 3, 9), "ngày 09 tháng 3 năm 2024"),
        (date(2024, 12, 25), "ngày 25 tháng 12 năm 2024"),
    ],
)
def test_days_below_ten_and_the_first_two_months_have_a_leading_zero(day, written):
    assert words.long_date(day, 2024) == written


def test_legal_bases_and_recipients_end_as_the_decree_says():
    assert words.legal_bases(["Căn cứ A.", "- Căn cứ B;"]) == ["Căn cứ A;", "Căn cứ B."]
    assert words.recipients(["- Như trên;", "Lưu: VT"], "VT, LĐTBXH.") == [
        "- Như trên;",
        "- Lưu: VT, LĐTBXH.",
    ]


@pytest.mark.parametrize(
    ("value", "places", "written"),
    [
        (Decimal("1234.5"), 1, "1.234,5"),
        (1_342_000_000, 0, "1.342.000.000"),
        (Decimal("0.825"), 2, "0,83"),
        (0, 1, "0,0"),
        (-1234, 0, "-1.234"),
    ],
)
def test_numbers_are_written_the_vietnamese_way(value, places, written):
    assert words.vn_number(value, places) == written


def test_control_characters_cannot_break_the_file():
    assert words.clean("a\x00b\x0c\x1bc\ud800") == "abc"
    assert words.paragraphs_of("một\r\n\r\n hai ") == ["một", "hai"]


def test_a_council_stands_over_the_name_of_its_place():
    assert words.issuer_lines("Ủy ban nhân dân huyện Thanh Trì") == (
        "ỦY BAN NHÂN DÂN\nHUYỆN THANH TRÌ"
    )
    assert words.parent_lines("Ủy ban nhân dân huyện Thanh Trì") == "UBND HUYỆN THANH TRÌ"


def test_a_long_issuer_is_broken_in_two_lines_of_like_length():
    name = words.issuer_lines("Phòng Lao động - Thương binh và Xã hội")
    assert name == "PHÒNG LAO ĐỘNG -\nTHƯƠNG BINH VÀ XÃ HỘI"


def test_the_nation_fits_on_one_line_and_the_motto_is_underlined_in_full():
    assert words.width_mm(od.NATION, 12) < od.LETTERHEAD_MM[1]
    doc = od.new_document()
    od.add_letterhead(doc, [], "ỦY BAN NHÂN DÂN", "Số: 05/BC-UBND", "Thanh Trì, ...")
    rule = doc.tables[0].rows[0].cells[1].paragraphs[2].paragraph_format
    line = od.LETTERHEAD_MM[1] - rule.left_indent.mm - rule.right_indent.mm
    assert line == pytest.approx(words.width_mm(od.MOTTO, 13), abs=0.5)


def test_the_rule_under_the_issuer_is_a_third_to_a_half_of_the_text():
    doc = od.new_document()
    od.add_letterhead(doc, ["UBND"], "ỦY BAN NHÂN DÂN\nHUYỆN THANH TRÌ", "Số:", "")
    od.fit_rules(doc)
    cell = doc.tables[0].rows[0].cells[0]
    rule = cell.paragraphs[-1].paragraph_format
    line = od.LETTERHEAD_MM[0] - rule.left_indent.mm - rule.right_indent.mm
    assert 1 / 3 <= line / words.width_mm("ỦY BAN NHÂN DÂN", 12) <= 1 / 2


def test_an_annex_counts_its_own_pages_and_may_lie_on_its_side():
    doc = od.new_document()
    od.end_section(doc)
    od.add_annex_title(doc, "Phụ lục I", "KẾT QUẢ", "(Kèm theo ...)")
    od.end_section(doc, landscape=True)
    starts = [s._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) for s in doc.sections]
    assert starts == ["1", "1", "1"]
    assert [mm(s.page_width) for s in doc.sections] == [210, 297, 210]
    assert all(s._sectPr.findall(qn("w:headerReference")) for s in doc.sections)


def test_the_signature_row_is_never_cut():
    doc = od.new_document()
    table = od.add_signature(doc, ["- Lưu: VT."], ["CHỦ TỊCH"], "Nguyễn Văn A")
    assert table.rows[0]._tr.trPr.find(qn("w:cantSplit")) is not None
    left, right = table.rows[0].cells
    assert left.text == "Nơi nhận:\n- Lưu: VT."
    assert right.text == "CHỦ TỊCH\nNguyễn Văn A"


def feet(data):
    """What stands at the foot of the first page and of the others, once for each section."""
    sections = Document(BytesIO(data)).sections
    return [
        [line.text for line in foot.paragraphs if line.text]
        for section in sections
        for foot in (section.first_page_footer, section.footer)
    ]


@pytest.mark.parametrize("make", [od.finished, lambda doc: word_template.fill(saved(doc), {})])
def test_in_a_demonstration_every_page_says_that_it_is_invented(settings, make):
    settings.DEMO_BANNER = True
    doc = od.new_document("Mật")
    doc.add_section()  # its foot is that of the section before
    assert feet(make(doc)) == [["Mật", od.INVENTED]] * 4


def test_a_real_paper_says_no_such_thing():
    assert feet(od.finished(od.new_document("Mật"))) == [["Mật"]] * 2


def saved(doc):
    out = BytesIO()
    doc.save(out)
    return out.getvalue()
