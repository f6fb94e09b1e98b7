"""``tuoitho indicators --year 2024 --unit 020 --format json|table|csv``."""

import csv
import json
from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from tuoitho.indicators.engine import compute
from tuoitho.indicators.places import unit_for
from tuoitho.indicators.results import KEYS, TargetResult
from tuoitho.indicators.states import Map
from tuoitho.ui.export import harmless
from tuoitho.ui.formats import vn_number


class Command(BaseCommand):
    help = "Tính các chỉ tiêu của một địa bàn, một năm / compute the targets of a unit and year"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--year", type=int, required=True, help="năm, ví dụ 2024")
        parser.add_argument("--unit", required=True, help="mã địa bàn, ví dụ 020")
        parser.add_argument("--format", choices=["json", "table", "csv"], default="table")
        parser.add_argument(
            "--map", choices=Map.values, default=Map.THEN.value,
            help="then: xã như khi đó; today: theo bản đồ hiện nay",
        )  # fmt: skip
        parser.add_argument(
            "--details", action="store_true",
            help="json: thêm tên, ngưỡng, khoảng tin cậy, từng xã / add names, intervals, communes",
        )  # fmt: skip
        parser.add_argument("--code", action="append", help="chỉ những mã này, ví dụ 2.1.staff")

    def handle(self, *args: Any, **options: Any) -> None:
        year = options["year"]
        if not 2000 <= year <= 2100:
            raise CommandError(f"--year {year}: năm phải từ 2000 đến 2100.")
        try:
            # One transaction: the figures of one table belong to one moment.
            with transaction.atomic():
                found = compute(
                    unit_for(options["unit"], year), year, on_map=options["map"],
                    codes=options["code"],
                )  # fmt: skip
        except ValidationError as error:
            raise CommandError("; ".join(error.messages)) from error
        if options["format"] == "json":
            self._json(found, details=options["details"])
        else:
            {"csv": self._csv, "table": self._table}[options["format"]](found)

    def _json(self, found: list[TargetResult], *, details: bool) -> None:
        """The keys of the contract and no other; what else is known only when asked for."""
        rows = [result.as_json() for result in found]
        if not details:
            rows = [{key: row[key] for key in KEYS} for row in rows]
        self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=2))

    def _csv(self, found: list[TargetResult]) -> None:
        writer = csv.writer(self.stdout, lineterminator="\n")
        writer.writerow(KEYS)
        for result in found:
            row = result.as_json()
            writer.writerow([_cell(row[key]) for key in KEYS])

    def _table(self, found: list[TargetResult]) -> None:
        if found:
            self.stdout.write(f"{found[0].unit_name}, {found[0].year}")
        for r in found:
            share = f"{vn_number(r.numerator) or '–'} / {vn_number(r.denominator) or '–'}"
            value = f"{vn_number(r.value)} %" if r.value is not None else "–"
            limit = f"{vn_number(r.threshold)} %" if r.threshold is not None else "–"
            self.stdout.write(f"{r.code:<24} {share:>18} {value:>10}  ({limit})  {r.title}")
            if r.note:
                self.stdout.write(f"{'':<24} {r.note}")


def _cell(value: Any) -> Any:
    return harmless(value) if isinstance(value, str) else value
