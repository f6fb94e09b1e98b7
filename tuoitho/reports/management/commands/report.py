"""``tuoitho report annual --year 2024 --unit 020 --out DIR``: the report as Word and Excel."""

from argparse import ArgumentParser, ArgumentTypeError
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from tuoitho.access.actions import system_actor
from tuoitho.access.person import steadily
from tuoitho.indicators.places import unit_for
from tuoitho.lib.hanoi import now
from tuoitho.reports.annual import AnnualReport, render_excel, render_word
from tuoitho.reports.composing import compose
from tuoitho.reports.models import Consolidation, UnitReport
from tuoitho.reports.owed import WHOLE, due_on, reporters, whole_above
from tuoitho.units.models import Unit


def _year(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 2000 <= int(text) <= 2100):
        raise ArgumentTypeError(f"“{text}” không phải là năm từ 2000 đến 2100")
    return int(text)


class Command(BaseCommand):
    help = "Lập báo cáo năm ra Word và Excel / write the annual report as Word and Excel"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kind", choices=["annual"], help="annual: báo cáo năm")
        parser.add_argument("--year", type=_year, required=True, help="năm, ví dụ 2024")
        parser.add_argument(
            "--unit", required=True,
            help="mã địa bàn: 020 là báo cáo tổng hợp của huyện (từ 2025: địa bàn chương trình); "
            "mã xã, ví dụ 00640, là báo cáo của xã",
        )  # fmt: skip
        parser.add_argument(
            "--office", default="",
            help="báo cáo riêng của một cơ quan, theo vai trong kế hoạch, ví dụ gddt",
        )  # fmt: skip
        parser.add_argument("--out", type=Path, default=Path(), help="thư mục ghi tệp")
        parser.add_argument(
            "--draft", action="store_true", help="số liệu hiện tại (dự thảo), dù đã có bản ký"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        out = options["out"]
        try:
            report, name = steadily(system_actor(), lambda: _report(options))
            out.mkdir(parents=True, exist_ok=True)
            render_word(report, out / f"{name}.docx")
            render_excel(report, out / f"{name}.xlsx")
        except ValidationError as error:
            raise CommandError("; ".join(error.messages)) from error
        except OSError as error:
            raise CommandError(f"Không ghi được vào {out}: {error.strerror}.") from error
        self.stdout.write(_what(report))
        for suffix in ("docx", "xlsx"):
            self.stdout.write(str(out / f"{name}.{suffix}"))


def _what(report: AnnualReport) -> str:
    if report.is_draft:
        return "DỰ THẢO: chưa có bản ký, số liệu tính lúc này."
    return f"Bản đã ký: số {report.number:02d}/{report.symbol}, ngày {report.signed_on:%d/%m/%Y}."


def _report(options: dict[str, Any]) -> tuple[AnnualReport, str]:
    """What was signed last, else a draft from the figures of this moment; and the file's name."""
    year, office = options["year"], options["office"]
    document = _document(unit_for(options["unit"], year), year, office)
    name = f"bao-cao-{year}-{options['unit']}" + (f"-{office}" if office else "")
    edition = document.latest_edition if document.pk and not options["draft"] else None
    return (edition.annual if edition else compose(document, now()).annual), name


def _document(unit: Unit, year: int, office: str) -> UnitReport | Consolidation:
    """The row of the register, or one made for this page only when nobody has begun it."""
    if unit.level in WHOLE and not office:
        found = Consolidation.objects.filter(unit=unit, year=year).first()
        return found or Consolidation(unit=unit, year=year, due_on=due_on(year))
    owed = reporters(whole_above(unit, year), year)
    mine = [row for row in owed if row.unit == unit and (not office or row.office == office)]
    if not mine:
        who = f"cơ quan “{office}” của {unit.name}" if office else unit.name
        known = ", ".join(dict.fromkeys(row.office for row in owed if row.unit == unit))
        more = f" Cơ quan có báo cáo: {known}." if office and known else ""
        raise CommandError(f"Năm {year}, {who} không có báo cáo phải lập.{more}")
    rows = UnitReport.objects.of_year(year).filter(unit=unit, office=mine[0].office)
    return rows.first() or UnitReport(
        unit=unit, office=mine[0].office, name=mine[0].name, year=year, due_on=due_on(year)
    )
