"""The annual report of the programme: its lines (`data`), its Word file, its Excel workbook."""

from tuoitho.reports.annual.data import (
    AnnualReport,
    BudgetLine,
    Direction,
    NarrativeSection,
    Signer,
    TargetLine,
    UnitLine,
    UnitReport,
    from_json,
    to_json,
)
from tuoitho.reports.annual.excel import render_excel
from tuoitho.reports.annual.word import TemplateError, render_word

__all__ = [
    "AnnualReport",
    "BudgetLine",
    "Direction",
    "NarrativeSection",
    "Signer",
    "TargetLine",
    "TemplateError",
    "UnitLine",
    "UnitReport",
    "from_json",
    "render_excel",
    "render_word",
    "to_json",
]
