"""The annual report as a Word file laid out by NĐ 30/2020, from a template people can edit."""

from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm
from docxtpl import InlineImage
from jinja2 import TemplateError as JinjaError

from tuoitho.lib import official_document as od
from tuoitho.lib.word_template import ENVIRONMENT, WordTemplate
from tuoitho.reports.annual import chart
from tuoitho.reports.annual.context import build, compared, say, unshield
from tuoitho.reports.annual.data import AnnualReport

TEMPLATE = Path(__file__).parents[1] / "templates" / "reports" / "annual_report.docx"
"""Made by `make_template`; an office passes its own copy instead."""
MATRIX_CAPTION = "Ma trận chỉ tiêu"
"""Alternative text of the table with as many columns as targets: its widths are set here."""
CHART_TEXT = "Biểu đồ cột: kết quả so với mục tiêu của từng chỉ tiêu; số liệu như trong bảng."


class TemplateError(ValueError):
    """The office's own template names something a report does not have, or a tag is broken."""


def render_word(report: AnnualReport, out: Path | BinaryIO, template: Path | None = None) -> None:
    """Write the report as .docx. `template`: the office's own copy of our template."""
    filled = Document(_fill(report, template or TEMPLATE))
    for text in filled.element.body.iter(qn("w:t")):
        text.text = unshield(text.text or "")
    od.fit_rules(filled)
    _spread_matrix(filled)
    for picture in filled.element.body.iter(qn("wp:docPr")):
        picture.set("descr", CHART_TEXT)
    core = filled.core_properties
    core.title, core.author = say(report.full_subject)[:255], say(report.issuer)[:255]
    filled.save(str(out) if isinstance(out, Path) else out)


def _fill(report: AnnualReport, template: Path) -> BytesIO:
    tpl = WordTemplate(template)
    context = build(report)
    if drawn := compared(report.targets):
        image = BytesIO(chart.draw(drawn))
        context["chart"] = InlineImage(tpl, image, width=Mm(chart.WIDTH_MM))
    try:
        tpl.render(context, ENVIRONMENT, autoescape=True)
    except JinjaError as error:
        raise TemplateError(f"Mẫu {template.name} có lỗi: {error}") from error
    out = BytesIO()
    tpl.save(out)
    out.seek(0)
    return out


def _spread_matrix(doc: Any) -> None:
    """Share the wide page among as many columns as there are targets."""
    for table in doc.tables:
        caption = table._tbl.tblPr.find(qn("w:tblCaption"))
        if caption is None or caption.get(qn("w:val")) != MATRIX_CAPTION:
            continue
        targets = len(table._tbl.tblGrid.gridCol_lst) - 2
        wide = od.PAGE_MM[1] - od.MARGINS_MM["left"] - od.MARGINS_MM["right"] - 52
        od.fix_widths(table, [10, 42, *[wide / targets] * targets])
