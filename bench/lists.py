"""How lists and searches stay flat as the register grows.

Prints, for each page, milliseconds at district size and at ten times that, and their ratio (the
named baseline is the same page over the smaller register in the same run). Rows are generated.
"""

import os
import random
import statistics
import sys
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tuoitho.config.settings")

import tuoitho.config.test_environment  # noqa: F401  isort: skip
import django

django.setup()

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402

from conftest import make_user  # noqa: E402
from tuoitho.access.actions import system_actor  # noqa: E402
from tuoitho.access.models import User  # noqa: E402
from tuoitho.access.person import acting_as  # noqa: E402
from tuoitho.config.test_database import cloned, start_server  # noqa: E402
from tuoitho.demo.names import man, woman  # noqa: E402
from tuoitho.lib.text import fold  # noqa: E402
from tuoitho.people.models import Child  # noqa: E402
from tuoitho.ui.alphabet import alphabetical_key  # noqa: E402
from tuoitho.units.models import Level, Unit  # noqa: E402

SMALL, LARGE, RUNS = 6_000, 60_000, 12
PAGES: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("danh sách trẻ", "/people/children/", {}),
    ("tìm 'duong' không dấu", "/people/children/", {"q": "duong"}),
    ("tìm 'Nguyễn Văn An'", "/people/children/", {"q": "Nguyễn Văn An"}),
    ("danh sách hộ", "/people/households/", {}),
    ("danh sách hồ sơ", "/cases/files/", {}),
    ("việc hôm nay", "/hom-nay/", {}),
)


def fill(units: list[Unit], count: int, source: random.Random) -> None:
    """``count`` children more, spread over ``units``."""
    rows = []
    for number in range(count):
        name = man(source) if number % 2 else woman(source)
        rows.append(
            Child(
                unit=units[number % len(units)], full_name=name, folded_name=fold(name),
                sort_name=alphabetical_key(name),
                birth_date=date(2009, 1, 1) + timedelta(days=source.randrange(6_000)),
                sex="male" if number % 2 else "female", registered_on=date(2026, 1, 1),
            )
        )  # fmt: skip
    Child.objects.bulk_create(rows, batch_size=5_000)


def measure(user: User, path: str, query: dict[str, str]) -> float:
    """Median milliseconds of one page for ``user``."""
    client = Client()
    client.force_login(user)
    times = []
    for _number in range(RUNS):
        began = perf_counter()
        answer = client.get(path, query)
        times.append((perf_counter() - began) * 1000)
        if answer.status_code != 200:
            raise SystemExit(f"{path}: {answer.status_code}")
    return statistics.median(times)


def everyone(measured: Callable[[User, str, dict[str, str]], float], users: Any) -> list[float]:
    return [measured(user, path, query) for user in users for _name, path, query in PAGES]


def main() -> None:
    source = random.Random(1)
    with cloned(start_server(), "tuoitho_bench"):
        area = Unit.objects.get(code="020", level=Level.AREA)
        units = list(Unit.objects.communes().filter(area=area))
        with acting_as(system_actor()):
            users = (
                make_user("bench-xa", "commune_worker", units[0]),
                make_user("bench-huyen", "labour_office", area),
            )
        sizes = []
        for total, more in ((SMALL, SMALL), (LARGE, LARGE - SMALL)):
            with acting_as(system_actor()):
                fill(units, more, source)
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1")
            sizes.append(everyone(measure, users))
            print(f"{total} trẻ: đã đo", file=sys.stderr)
    print(f"{'trang':<28}{'ai':<10}{SMALL:>9} trẻ{LARGE:>9} trẻ   tỷ số")
    for number, (small, large) in enumerate(zip(*sizes, strict=True)):
        who = "xã" if number < len(PAGES) else "huyện"
        name = PAGES[number % len(PAGES)][0]
        print(f"{name:<28}{who:<10}{small:>10.0f} ms{large:>10.0f} ms{large / small:>8.2f}")


if __name__ == "__main__":
    main()
