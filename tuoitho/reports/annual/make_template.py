"""Make `templates/reports/annual_report.docx`, the Word template of the annual report.

    python -m tuoitho.reports.annual.make_template [FILE]

Run it after a change here or in `lib.official_document`, look at the result, commit the .docx.
An office does not need this: it edits the .docx in Word and keeps the tags. `{{ x }}` prints a
line, `{%p ... %}` stands alone in a paragraph, `{%tr ... %}` in a table row, `{%tc ... %}` in a
cell. The names are the keys made by `context.build`.
"""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from tuoitho.lib import official_document as od
from tuoitho.reports.annual.word import MATRIX_CAPTION, TEMPLATE

CELL, MID, NUM, BOLD = "VB Ô bảng", "VB Ô bảng giữa", "VB Ô bảng số", "VB Ô bảng đậm"


def make(out: Path = TEMPLATE) -> Path:
    doc = od.new_document(footer="{{ footer_notice }}")
    _head(doc)
    _opening(doc)
    _sections(doc)
    _end(doc)
    _annex_units(doc)
    _annex_details(doc)
    _annex_late(doc)
    core = doc.core_properties
    core.title, core.author, core.language = "Mẫu báo cáo năm", "Tuổi Thơ", "vi-VN"
    core.comments, core.created = "", datetime(2024, 1, 1)  # noqa: DTZ001
    out.parent.mkdir(parents=True, exist_ok=True)
    doc.save(str(out))
    return out


def _lines(doc: Any, *pairs: tuple[str, str]) -> None:
    for style, text in pairs:
        od.add(doc, style, text)


def _head(doc: Any) -> None:
    parent = ["{%p for line in parent_body %}", "{{ line }}", "{%p endfor %}"]
    table = od.add_letterhead(
        doc, parent, "{{ issuer }}", "Số: {{ number }}", "{{ place }}, {{ signed_on }}"
    )
    left = table.rows[1].cells[0]
    style = "VB Số ký hiệu"
    od.add(left, style, "{%p if confidentiality %}")
    od.add_box(left, "{{ confidentiality }}", indent_mm=10)
    od.add(left, style, "{%p endif %}")


def _opening(doc: Any) -> None:
    _lines(
        doc,
        ("VB Cảnh báo", "{%p for notice in warnings %}"),
        ("VB Cảnh báo", "{{ notice }}"),
        ("VB Cảnh báo", "{%p endfor %}"),
    )
    od.add_title(doc, "Báo cáo", "{{ subject }}")
    _lines(
        doc,
        ("VB Kính gửi", "{%p if addressed_to|length == 1 %}"),
        ("VB Kính gửi", "Kính gửi: {{ addressed_to[0] }}"),
        ("VB Kính gửi", "{%p elif addressed_to %}"),
        ("VB Nơi kính gửi", "Kính gửi:"),
        ("VB Nơi kính gửi", "{%p for body in addressed_to %}"),
        ("VB Nơi kính gửi", "- {{ body }}{{ '.' if loop.last else ';' }}"),
        ("VB Nơi kính gửi", "{%p endfor %}"),
        ("VB Kính gửi", "{%p endif %}"),
        ("VB Căn cứ", "{%p for basis in legal_bases %}"),
        ("VB Căn cứ", "{{ basis }}"),
        ("VB Căn cứ", "{%p endfor %}"),
        ("VB Lời văn", "{%p for paragraph in introduction %}"),
        ("VB Lời văn", "{{ paragraph }}"),
        ("VB Lời văn", "{%p endfor %}"),
    )


def _sections(doc: Any) -> None:
    _lines(
        doc,
        ("VB Đề mục", "{%p for section in sections %}"),
        ("VB Đề mục", "{{ section.heading }}"),
        ("VB Lời văn", "{%p for paragraph in section.paragraphs %}"),
        ("VB Lời văn", "{{ paragraph }}"),
        ("VB Lời văn", "{%p endfor %}"),
        ("VB Khoản", "{%p for part in section.parts %}"),
        ("VB Khoản", "{{ part.heading }}"),
        ("VB Lời văn", "{%p for paragraph in part.paragraphs %}"),
        ("VB Lời văn", "{{ paragraph }}"),
        ("VB Lời văn", "{%p endfor %}"),
        ("VB Khoản", "{%p endfor %}"),
        ("VB Lời văn", "{%p if section.key == 'results' and targets %}"),
    )
    _targets(doc)
    od.add(doc, "VB Lời văn", "{%p endif %}")
    od.add(doc, "VB Lời văn", "{%p if section.key == 'budget' and budget %}")
    _budget(doc)
    od.add(doc, "VB Lời văn", "{%p endif %}")
    od.add(doc, "VB Đề mục", "{%p endfor %}")


def _targets(doc: Any) -> None:
    _lines(
        doc,
        ("VB Khoản", "{{ targets_heading }}"),
        ("VB Lời văn", "{{ targets_summary }}"),
        ("VB Lời văn", "{%p for paragraph in late_summary %}"),
        ("VB Lời văn", "{{ paragraph }}"),
        ("VB Lời văn", "{%p endfor %}"),
        ("VB Tên bảng", "Kết quả thực hiện các chỉ tiêu năm {{ year }}"),
    )
    table = _loop_table(doc, Grid(
        (17, 50, 18, 17, 17, 13, 14, 19),
        ("Chỉ tiêu", "Nội dung", "Đơn vị báo cáo", "Số thực hiện", "Tổng số",
         "Kết quả (%)", "Mục tiêu (%)", "Đánh giá"),
        ("{{ t.label }}", "{{ t.title }}", "{{ t.owner }}", "{{ t.numerator }}",
         "{{ t.denominator }}", "{{ t.value }}", "{{ t.threshold }}", "{{ t.met }}"),
        (MID, CELL, CELL, NUM, NUM, MID, MID, MID),
        before=[("{%tr if t.objective %}",), ("{{ t.objective }}",), ("{%tr endif %}",)],
    ))  # fmt: skip
    _merge_row(table.rows[3], BOLD)
    title = table.rows[5].cells[1]
    for text in ("{%p if t.remark %}", "{{ t.remark }}", "{%p endif %}"):
        od.add(title, CELL, text).runs[0].italic = True
    _lines(
        doc,
        ("VB Chú thích", "{{ source }}"),
        ("VB Hình", "{%p if chart %}"),
        ("VB Hình", "{{ chart }}"),
        ("VB Tên hình", "Biểu đồ: Kết quả so với mục tiêu của từng chỉ tiêu năm {{ year }}"),
        ("VB Tên hình", "{%p endif %}"),
    )


@dataclass(frozen=True)
class Grid:
    """A table with one row for each of `rows`; `before` stands inside the loop, `total` after."""

    widths: Sequence[float]
    head: Sequence[str]
    row: Sequence[str]
    styles: Sequence[str]
    name: str = "t"
    rows: str = "targets"
    before: Sequence[Sequence[str]] = ()
    total: Sequence[str] = ()


def _loop_table(doc: Any, grid: Grid) -> Any:
    loop = f"{{%tr for {grid.name} in {grid.rows} %}}"
    body = [(loop,), *grid.before, grid.row, ("{%tr endfor %}",)]
    total = [grid.total] if grid.total else []
    table = od.data_table(doc, grid.widths, grid.head, [*body, *total], grid.styles)
    if total:
        for cell in table.rows[-1].cells:
            cell.paragraphs[0].runs[0].bold = True
        for cell in table.rows[len(body) - 1].cells:  # the whole table on one page, total included
            cell.paragraphs[0].paragraph_format.keep_with_next = True
    return table


def _merge_row(row: Any, style: str) -> None:
    """One cell across the table; python-docx keeps the empty paragraphs of the others."""
    merged = row.cells[0].merge(row.cells[-1])
    merged.paragraphs[0].style = style
    for paragraph in merged.paragraphs[1:]:
        merged._tc.remove(paragraph._p)


def _budget(doc: Any) -> None:
    _lines(
        doc,
        ("VB Tên bảng", "Kinh phí thực hiện Chương trình năm {{ year }}"),
        ("VB Đơn vị tính", "Đơn vị tính: đồng"),
    )
    _loop_table(doc, Grid(
        (10, 39, 30, 30, 30, 26),
        ("TT", "Nguồn kinh phí", "Dự toán", "Được duyệt", "Đã chi", "Ghi chú"),
        ("{{ loop.index }}", "{{ b.source }}", "{{ b.estimate }}", "{{ b.approved }}",
         "{{ b.spent }}", "{{ b.note }}"),
        (MID, CELL, NUM, NUM, NUM, CELL), name="b", rows="budget",
        total=("{{ '' }}", "Tổng cộng", "{{ budget_total.estimate }}",
               "{{ budget_total.approved }}", "{{ budget_total.spent }}", "{{ '' }}"),
    ))  # fmt: skip
    od.add(doc, "VB Ngắt phần", "")


def _end(doc: Any) -> None:
    _lines(
        doc,
        ("VB Lời văn", "{%p if distribution %}"),
        ("VB Lời văn", "{{ distribution }}"),
        ("VB Lời văn", "{%p endif %}"),
        ("VB Lời kết", "{{ closing }}"),
    )
    od.add_signature(
        doc,
        ["{%p for line in recipients %}", "{{ line }}", "{%p endfor %}"],
        ["{%p for line in signer_lines %}", "{{ line }}", "{%p endfor %}"],
        "{{ signer_name }}",
    )


def _annex_units(doc: Any) -> None:
    """Units down and targets across, on a wide page."""
    od.add(doc, "VB Ngắt phần", "{%p if matrix.rows %}")
    od.end_section(doc)
    od.add_annex_title(doc, "{{ annex.matrix }}", _caps("kết quả các chỉ tiêu theo đơn vị"),
                       "{{ annex_reference }}")  # fmt: skip
    od.add(doc, "VB Đơn vị tính", "Đơn vị tính: %")
    table = od.data_table(
        doc, (10, 42, 40, 120, 40),
        ("TT", "Đơn vị", "{%tc for head in matrix.heads %}", "{{ head }}", "{%tc endfor %}"),
        [("{%tr for r in matrix.rows %}",),
         ("{{ loop.index }}", "{{ r.name }}", "{%tc for value in r.cells %}", "{{ value }}",
          "{%tc endfor %}"),
         ("{%tr endfor %}",),
         ("{{ '' }}", "{{ whole }}", "{%tc for value in matrix.total %}", "{{ value }}",
          "{%tc endfor %}")],
        (MID, CELL, MID, MID, MID),
    )  # fmt: skip
    for cell in table.rows[-1].cells:
        cell.paragraphs[0].runs[0].bold = True
    table._tbl.tblPr.append(od.element("w:tblCaption", val=MATRIX_CAPTION))
    od.add(doc, "VB Chú thích", "{{ matrix.note }}")
    od.end_section(doc, landscape=True)
    od.add(doc, "VB Ngắt phần", "{%p endif %}")


def _annex_details(doc: Any) -> None:
    """The counts behind the matrix, a table a target."""
    od.add(doc, "VB Ngắt phần", "{%p if details %}")
    od.add(doc, "VB Ngắt phần", "{%p if not matrix.rows %}")
    od.end_section(doc)
    od.add(doc, "VB Ngắt phần", "{%p endif %}")
    od.add_annex_title(doc, "{{ annex.details }}", _caps("số liệu từng chỉ tiêu theo đơn vị"),
                       "{{ annex_reference }}")  # fmt: skip
    od.add(doc, "VB Tên bảng", "{%p for t in details %}")
    od.add(doc, "VB Tên bảng", "Chỉ tiêu {{ t.label }}. {{ t.title }}")
    _loop_table(doc, Grid(
        (10, 43, 25.5, 20, 23.5, 43),
        ("TT", "Đơn vị", "Số thực hiện", "Tổng số", "Kết quả (%)", "Ghi chú"),
        ("{{ loop.index }}", "{{ u.unit_name }}", "{{ u.numerator }}", "{{ u.denominator }}",
         "{{ u.value }}", "{{ u.note }}"),
        (MID, CELL, NUM, NUM, MID, CELL), name="u", rows="t.by_unit",
        total=("{{ '' }}", "{{ whole }}", "{{ t.numerator }}", "{{ t.denominator }}",
               "{{ t.value }}", "{{ '' }}"),
    ))  # fmt: skip
    od.add(doc, "VB Tên bảng", "{%p endfor %}")
    od.add(doc, "VB Ngắt phần", "{%p endif %}")


def _annex_late(doc: Any) -> None:
    od.add(doc, "VB Ngắt phần", "{%p if unit_reports %}")
    od.end_section(doc)
    od.add_annex_title(doc, "{{ annex.late }}", _caps("tình hình gửi báo cáo của các đơn vị"),
                       "{{ annex_reference }}")  # fmt: skip
    _loop_table(doc, Grid(
        (10, 43, 22, 22, 25, 43),
        ("TT", "Đơn vị", "Hạn gửi", "Ngày gửi", "Tình trạng", "Tóm tắt"),
        ("{{ loop.index }}", "{{ u.unit_name }}", "{{ u.due_on }}", "{{ u.sent_on }}",
         "{{ u.status }}", "{{ u.summary }}"),
        (MID, CELL, MID, MID, MID, CELL), name="u", rows="unit_reports",
    ))  # fmt: skip
    od.add(doc, "VB Ngắt phần", "{%p endif %}")


def _caps(text: str) -> str:
    """Titles of annexes are capitals (PL I, phần III.1b); the year is filled in."""
    return f"{text.upper()} NĂM {{{{ year }}}}"


if __name__ == "__main__":
    make(Path(sys.argv[1]) if len(sys.argv) > 1 else TEMPLATE)
