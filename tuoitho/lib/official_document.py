"""The layout of an administrative document: NĐ 30/2020/NĐ-CP, Phụ lục I ("PL I" below).

Building blocks on python-docx. A line of text may be a docxtpl tag, so the same blocks make a
document and the template of one. Every element has a Word style of its own ("VB ..."): an office
that wants body text of 13 pt changes one style in Word, not the program.
"""

from collections.abc import Iterable, Sequence
from copy import deepcopy
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django.conf import settings
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Emu, Mm, Pt
from docx.text.paragraph import Paragraph

from tuoitho.lib.official_text import ISSUER_MM, clean, width_mm

FONT = "Times New Roman"
PAGE_MM = (210, 297)
MARGINS_MM = {"top": 20, "bottom": 20, "left": 30, "right": 15}
TWIP = 635
"""Added to a margin: Word stores whole twips, and 15 mm cut to one would be 14,99."""
BODY_WIDTH_MM = PAGE_MM[0] - MARGINS_MM["left"] - MARGINS_MM["right"]
LETTERHEAD_MM = (ISSUER_MM, 94)
SIGNATURE_MM = (80, 85)
NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
INVENTED = "BẢN TRÌNH DIỄN: TÊN NGƯỜI, SỐ LIỆU ĐỀU LÀ GIẢ ĐỊNH"

LEFT, CENTER = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER
RIGHT, JUSTIFY = WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.JUSTIFY


@dataclass(frozen=True)
class Look:
    """How one element is set: the columns of the table in PL I, phần I, mục V."""

    size: float
    bold: bool = False
    italic: bool = False
    align: WD_ALIGN_PARAGRAPH = CENTER
    before: float = 0
    after: float = 0
    indent_mm: float = 0
    leading: float = 1.0
    keep_next: bool = False


STYLES = {
    "VB Quốc hiệu": Look(12, bold=True),
    "VB Tiêu ngữ": Look(13, bold=True),
    "VB Cơ quan chủ quản": Look(12),
    "VB Cơ quan ban hành": Look(12, bold=True),
    "VB Số ký hiệu": Look(13, before=6),
    "VB Địa danh": Look(13, italic=True, before=6),
    "VB Phạm vi lưu hành": Look(13, bold=True, before=8),
    "VB Tên loại": Look(14, bold=True, before=14, keep_next=True),
    "VB Trích yếu": Look(14, bold=True, keep_next=True),
    "VB Kính gửi": Look(14, before=6, after=6, keep_next=True),
    "VB Nơi kính gửi": Look(14, align=LEFT, after=3, indent_mm=45),
    "VB Căn cứ": Look(14, italic=True, align=JUSTIFY, after=6, indent_mm=12.7, leading=1.1),
    "VB Lời văn": Look(14, align=JUSTIFY, after=6, indent_mm=12.7, leading=1.1),
    "VB Lời kết": Look(14, align=JUSTIFY, after=6, indent_mm=12.7, leading=1.1, keep_next=True),
    "VB Đề mục": Look(
        14, bold=True, align=JUSTIFY, before=6, after=6, indent_mm=12.7, keep_next=True
    ),
    "VB Khoản": Look(14, bold=True, align=JUSTIFY, after=6, indent_mm=12.7, keep_next=True),
    "VB Tên bảng": Look(13, bold=True, before=8, after=4, keep_next=True),
    "VB Tên hình": Look(13, bold=True, after=8),
    "VB Hình": Look(13, before=8, after=4, keep_next=True),
    "VB Đơn vị tính": Look(11, italic=True, align=RIGHT, after=2, keep_next=True),
    "VB Đầu bảng": Look(11, bold=True, before=2, after=2, keep_next=True),
    "VB Ô bảng": Look(11, align=LEFT, before=1, after=1),
    "VB Ô bảng giữa": Look(11, before=1, after=1),
    "VB Ô bảng số": Look(11, align=RIGHT, before=1, after=1),
    "VB Ô bảng đậm": Look(11, bold=True, align=LEFT, before=1, after=1, keep_next=True),
    "VB Chú thích": Look(11, italic=True, align=JUSTIFY, before=4, after=6),
    "VB Nơi nhận": Look(12, bold=True, italic=True, align=LEFT),
    "VB Danh sách nơi nhận": Look(11, align=LEFT),
    "VB Quyền hạn": Look(14, bold=True),
    "VB Họ tên": Look(14, bold=True, before=84),
    "VB Phụ lục": Look(14, bold=True, keep_next=True),
    "VB Tên phụ lục": Look(14, bold=True, keep_next=True),
    "VB Kèm theo": Look(13, italic=True, after=8, keep_next=True),
    "VB Số trang": Look(13),
    "VB Cảnh báo": Look(12, bold=True, before=6, after=2),
    "VB Chân trang": Look(10, bold=True),
    "VB Ngắt phần": Look(1),
}
RULES = {"VB Kẻ tiêu ngữ": (13, 1.0), "VB Kẻ cơ quan": (12, 0.4), "VB Kẻ trích yếu": (14, 0.4)}
"""Rule style -> size of the text above, share of its width (PL I, mục II.1b, 2b, 5b)."""

# --- page and styles ------------------------------------------------------------------------


def element(tag: str, **attributes: object) -> Any:
    """A WordprocessingML element; `w:` is added to the names of the attributes."""
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    return made


def new_document(footer: str = "") -> Any:
    """An empty A4 document with all styles, margins and page numbers (PL I, mục I)."""
    doc = Document()
    _set_font(doc.styles["Normal"], 14)
    doc.styles["Normal"].paragraph_format.space_after = Pt(0)
    doc.styles["Normal"].paragraph_format.widow_control = True
    lang = doc.styles.element.find(f".//{qn('w:lang')}")
    if lang is not None:
        lang.set(qn("w:val"), "vi-VN")
    for name, look in STYLES.items():
        _add_style(doc, name, look)
    for name in RULES:
        _add_rule_style(doc, name)
    set_page(doc.sections[0])
    _number_pages(doc.sections[0], footer)
    return doc


def _set_font(style: Any, size: float) -> None:
    style.font.name, style.font.size = FONT, Pt(size)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), FONT)


def _add_style(doc: Any, name: str, look: Look) -> None:
    style = doc.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style, style.quick_style = doc.styles["Normal"], True
    _set_font(style, look.size)
    style.font.bold, style.font.italic = look.bold, look.italic
    form = style.paragraph_format
    form.alignment, form.keep_with_next = look.align, look.keep_next
    form.space_before, form.space_after = Pt(look.before), Pt(look.after)
    form.line_spacing = look.leading
    if look.align is JUSTIFY and look.indent_mm:
        form.first_line_indent = Mm(look.indent_mm)
    elif look.indent_mm:
        form.left_indent = Mm(look.indent_mm)


def _add_rule_style(doc: Any, name: str) -> None:
    """A rule is the top border of an empty paragraph: it survives editing, a drawing may not."""
    _add_style(doc, name, Look(2, before=3, after=8 if name == "VB Kẻ trích yếu" else 0))
    properties = doc.styles[name].element.get_or_add_pPr()
    borders = element("w:pBdr")
    borders.append(element("w:top", val="single", sz=6, space=0, color="000000"))
    properties.insert_element_before(borders, "w:shd", "w:spacing", "w:ind", "w:jc")
    form = doc.styles[name].paragraph_format
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(3)


def set_page(section: Any, landscape: bool = False) -> None:
    """A4 and the margins; landscape turns the paper, the margins stay where PL I puts them."""
    width, height = reversed(PAGE_MM) if landscape else PAGE_MM
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(width), Mm(height)
    for side, mm in MARGINS_MM.items():
        setattr(section, f"{side}_margin", Emu(Mm(mm) + TWIP))
    section.header_distance, section.footer_distance = Mm(10), Mm(9)


def _number_pages(section: Any, footer: str) -> None:
    """From 1, centred in the top margin, 13 pt, not shown on page 1 (PL I, mục I.7)."""
    section.different_first_page_header_footer = True
    numbers = section.header.paragraphs[0]
    numbers.style = "VB Số trang"
    field = element("w:fldSimple", instr=" PAGE ")
    field.append(numbers.add_run("2")._r)
    numbers._p.append(field)
    section.first_page_header.paragraphs[0].style = "VB Số trang"
    for part in (section.footer, section.first_page_footer):
        part.paragraphs[0].style = "VB Chân trang"
        part.paragraphs[0].add_run(footer)
    section._sectPr.append(element("w:pgNumType", start=1))
    _order_section(section._sectPr)


def _order_section(properties: Any) -> None:
    """The schema wants pgNumType before cols; Word repairs or refuses a wrong order."""
    for tag in ("w:cols", "w:titlePg", "w:docGrid"):
        for child in properties.findall(qn(tag)):
            properties.append(child)


# --- blocks ---------------------------------------------------------------------------------


def add(where: Any, style: str, text: str) -> Any:
    return where.add_paragraph(clean(text), style=style)


def add_rule(where: Any, style: str, text: str, box_mm: float) -> None:
    """The line under `text`, centred in a column `box_mm` wide."""
    _fit(where.add_paragraph(style=style), style, text, box_mm)


def _fit(paragraph: Any, style: str, text: str, box_mm: float) -> None:
    size, share = RULES[style]
    longest = max((width_mm(line, size) for line in text.split("\n")), default=0.0)
    side = max((box_mm - min(longest, box_mm) * share) / 2, 0)
    paragraph.paragraph_format.left_indent = Mm(round(side, 1))
    paragraph.paragraph_format.right_indent = Mm(round(side, 1))


def fit_rules(doc: Any) -> None:
    """Give the rules the length of the text now above them (after a template is filled)."""
    rules = {style.style_id: style.name for style in doc.styles if style.name in RULES}
    ruled = [
        table for table in doc.tables
        if any(style.get(qn("w:val")) in rules for style in table._tbl.iter(qn("w:pStyle")))
    ]  # fmt: skip
    for cell in (cell for table in ruled for row in table.rows for cell in row.cells):
        _fit_all(cell.paragraphs, (cell.width or Mm(BODY_WIDTH_MM)).mm, rules)
    _fit_all(doc.paragraphs, BODY_WIDTH_MM, rules)


def mark_invented(doc: Any) -> None:
    """In a demonstration the foot of every page says so: a printed paper travels without its page
    on the screen."""
    if settings.DEMO_BANNER:
        for number, section in enumerate(doc.sections):
            for foot in (section.footer, section.first_page_footer):
                if number == 0 or not foot.is_linked_to_previous:
                    line = foot.add_paragraph()
                    line.alignment = CENTER
                    font = line.add_run(INVENTED).font
                    font.bold, font.size = True, Pt(10)


def finished(doc: Any) -> bytes:
    """The bytes of the .docx, its rules as long as their text."""
    fit_rules(doc)
    mark_invented(doc)
    out = BytesIO()
    doc.save(out)
    return out.getvalue()


def _fit_all(paragraphs: Iterable[Any], box_mm: float, rules: dict[str, str]) -> None:
    """``rules``: by the key of a style; its name would be looked for anew in each paragraph."""
    above = ""
    for paragraph in paragraphs:
        if paragraph._p.style in rules:
            _fit(paragraph, rules[paragraph._p.style], above, box_mm)
        elif paragraph.text.strip():
            above = paragraph.text


def plain_table(doc: Any, widths_mm: Sequence[float], rows: int) -> Any:
    """A table without borders or padding, for things that stand side by side."""
    table = doc.add_table(rows=rows, cols=len(widths_mm))
    table.autofit, table.alignment = False, WD_TABLE_ALIGNMENT.CENTER
    _pad(table, 0)
    fix_widths(table, widths_mm)
    for row in table.rows:
        row._tr.get_or_add_trPr().append(element("w:cantSplit"))
        for cell in row.cells:
            cell._tc.remove(cell.paragraphs[0]._p)
    return table


def _pad(table: Any, mm: float) -> None:
    """Room left and right in each cell; the schema wants it before tblLook."""
    padding = element("w:tblCellMar")
    for side in ("left", "right"):
        padding.append(element(f"w:{side}", w=Mm(mm).twips, type="dxa"))
    table._tbl.tblPr.find(qn("w:tblLook")).addprevious(padding)


def fix_widths(table: Any, widths_mm: Sequence[float]) -> None:
    """Word reads the grid, LibreOffice the cells: say it to both."""
    for column, mm in zip(table._tbl.tblGrid.gridCol_lst, widths_mm, strict=True):
        column.w = Mm(mm)
    for row in table._tbl.tr_lst:
        at = 0
        for cell in row.tc_lst:
            cell.width = Mm(sum(widths_mm[at : at + cell.grid_span]))
            at += cell.grid_span


def add_letterhead(doc: Any, parent: list[str], issuer: str, number: str, place: str) -> Any:
    """Boxes 1-4. `parent` is a list of lines because there is often none (PL I, mục II.1-4)."""
    table = plain_table(doc, LETTERHEAD_MM, 2)
    left, right = table.rows[0].cells
    for line in parent:
        add(left, "VB Cơ quan chủ quản", line)
    add(left, "VB Cơ quan ban hành", issuer)
    add_rule(left, "VB Kẻ cơ quan", issuer, LETTERHEAD_MM[0])
    add(right, "VB Quốc hiệu", NATION)
    add(right, "VB Tiêu ngữ", MOTTO)
    add_rule(right, "VB Kẻ tiêu ngữ", MOTTO, LETTERHEAD_MM[1])
    left, right = table.rows[1].cells
    add(left, "VB Số ký hiệu", number)
    add(right, "VB Địa danh", place)
    return table


def add_box(cell: Any, text: str, indent_mm: float) -> Any:
    """A frame of one line round capitals: "LƯU HÀNH NỘI BỘ" (PL I, phần III.2c)."""
    made = add(cell, "VB Phạm vi lưu hành", text)
    borders = element("w:pBdr")
    for side in ("top", "left", "bottom", "right"):
        borders.append(element(f"w:{side}", val="single", sz=6, space=2, color="000000"))
    properties = made._p.get_or_add_pPr()
    properties.insert_element_before(borders, "w:shd", "w:spacing", "w:ind", "w:jc")
    made.paragraph_format.left_indent = made.paragraph_format.right_indent = Mm(indent_mm)
    return made


def add_title(doc: Any, kind: str, subject: str) -> None:
    """Boxes 5a: kind of document, what it is about, a rule (PL I, mục II.5)."""
    add(doc, "VB Tên loại", kind.upper())
    add(doc, "VB Trích yếu", subject)
    add_rule(doc, "VB Kẻ trích yếu", subject, BODY_WIDTH_MM)


def add_signature(
    doc: Any, receivers: list[str], powers: list[str], name: str, label: str = "Nơi nhận:"
) -> Any:
    """Boxes 9b and 7: one row that no page break cuts (PL I, mục II.7, II.9)."""
    table = plain_table(doc, SIGNATURE_MM, 1)
    left, right = table.rows[0].cells
    add(left, "VB Nơi nhận", label)
    for line in receivers:
        add(left, "VB Danh sách nơi nhận", line)
    for line in powers:
        add(right, "VB Quyền hạn", line)
    add(right, "VB Họ tên", name)
    return table


def end_section(doc: Any, landscape: bool = False) -> None:
    """What was added so far is a section; page numbers begin again (PL I, phần III.1đ).

    The header references are copied, so a section keeps its numbers if the others are removed.
    """
    last = add(doc, "VB Ngắt phần", "")
    properties = deepcopy(doc.sections[-1]._sectPr)
    set_page(Section(properties, doc.part), landscape)
    last._p.get_or_add_pPr().append(properties)


def add_annex_title(doc: Any, label: str, title: str, reference: str) -> None:
    """ "Phụ lục I", its title in capitals, "(Kèm theo ...)" (PL I, phần III.1)."""
    add(doc, "VB Phụ lục", label)
    add(doc, "VB Tên phụ lục", title)
    add(doc, "VB Kèm theo", reference)


def data_table(
    doc: Any,
    widths_mm: Sequence[float],
    head: Sequence[str],
    rows: Sequence[Sequence[str]],
    styles: Sequence[str],
) -> Any:
    """A ruled table whose head comes back on every page and whose rows are never cut."""
    table = doc.add_table(rows=0, cols=len(head), style="Table Grid")
    table.autofit, table.alignment = False, WD_TABLE_ALIGNMENT.CENTER
    _fill(table, _row(table, ["VB Đầu bảng"] * len(head)), head)
    # Looking a style up takes longer than all else, so the first row lends its looks to the others.
    model = _row(table, styles)
    table._tbl.remove(model)
    for texts in rows:
        row = deepcopy(model)
        table._tbl.append(row)
        _fill(table, row, texts)
    _pad(table, 1)
    table.rows[0]._tr.trPr.append(element("w:tblHeader"))
    fix_widths(table, widths_mm)
    return table


def _row(table: Any, looks: Sequence[str]) -> Any:
    """The XML of a new empty row of the table, which is never cut."""
    row = table.add_row()
    row._tr.get_or_add_trPr().append(element("w:cantSplit"))
    for cell, look in zip(row.cells, looks, strict=True):
        cell.paragraphs[0].style = look
        cell.vertical_alignment = 1
    return row._tr


def _fill(table: Any, row: Any, texts: Sequence[str]) -> None:
    """Texts into the first cells of a row; the others stay empty."""
    for paragraph, text in zip(row.iter(qn("w:p")), texts, strict=False):
        Paragraph(paragraph, table).add_run(text)
