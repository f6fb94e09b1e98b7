"""The queue of a worker with 2,000 open items, in a district of 100,000 cases.

Prints milliseconds and questions of the page "Việc của tôi", and its ratio to a named baseline: the
same page for the same worker with 20 open items in an empty district, in the same run. Writes the
plan of its two long questions into ``docs/queue-plan.md`` with ``--write``.
"""

import os
import statistics
import sys
from datetime import date, datetime, timedelta
from pathlib import Path
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tuoitho.config.settings")

import tuoitho.config.test_environment  # noqa: F401  isort: skip
import django

django.setup()

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from conftest import make_user  # noqa: E402
from tuoitho.access.actions import system_actor  # noqa: E402
from tuoitho.access.models import User  # noqa: E402
from tuoitho.access.person import acting_as  # noqa: E402
from tuoitho.cases.actions.clocks import clock_of  # noqa: E402
from tuoitho.cases.models import Case, Clock  # noqa: E402
from tuoitho.cases.turns import Waiting, end_of, rule_for, start_of  # noqa: E402
from tuoitho.config.test_database import cloned, start_server  # noqa: E402
from tuoitho.lib.hanoi import now, today  # noqa: E402
from tuoitho.people.models import Child  # noqa: E402
from tuoitho.ui.alphabet import alphabetical_key  # noqa: E402
from tuoitho.units.models import Level, Unit  # noqa: E402

FEW, MANY, CASES, RUNS, LIMIT_MS = 20, 2_000, 100_000, 15, 150
PAGE = "/hom-nay/viec/"
PLAN = Path(__file__).resolve().parents[1] / "docs" / "queue-plan.md"


def fill(unit: Unit, count: int, worker: User | None = None) -> None:
    """``count`` open cases in ``unit``, each waiting for its plan around today."""
    name = "Nguyễn Văn An"
    children = Child.objects.bulk_create(
        [
            Child(unit=unit, full_name=name, folded_name="nguyen van an", sex="male",
                  sort_name=alphabetical_key(name), birth_date=date(2014, 1, 1),
                  registered_on=date(2026, 1, 1))
            for _ in range(count)
        ],
        batch_size=5_000,
    )  # fmt: skip
    moment: datetime = now()
    cases = Case.objects.bulk_create(
        [
            Case(unit=unit, child=child, category="child_labour", state="assessed",
                 opened_on=today(), opened_unit=unit, opened_by="đo", notified_on=today(),
                 outside_children_law=False, first_response_due_at=moment, assigned_to=worker,
                 response_due_at=moment, step_due_on=today() + timedelta(days=number % 40 - 20))
            for number, child in enumerate(children)
        ],
        batch_size=5_000,
    )  # fmt: skip
    limit, begun = rule_for("plan", today()), start_of(today())
    clocks = [
        clock_of(case, Waiting("plan", "", end_of(case.step_due_on), begun, limit))
        for case in cases
        if case.step_due_on is not None
    ]
    Clock.objects.bulk_create(clocks, batch_size=5_000)


def measure(user: User, query: str = "") -> tuple[float, int, int]:
    """Median milliseconds, questions and rows counted of the page for ``user``."""
    client = Client()
    client.force_login(user)
    times = []
    for _number in range(RUNS):
        began = perf_counter()
        answer = client.get(PAGE + query)
        times.append((perf_counter() - began) * 1000)
        if answer.status_code != 200:
            raise SystemExit(f"{PAGE}: {answer.status_code}")
    with CaptureQueriesContext(connection) as asked:
        client.get(PAGE + query)
    questions = [
        q["sql"]
        for q in asked
        if "set_config" not in q["sql"] and "current_setting" not in q["sql"]
    ]
    with acting_as(user):
        waiting_rows = Clock.objects.running().count()
    return statistics.median(times), len(questions), waiting_rows


def plans(user: User) -> str:
    """EXPLAIN ANALYZE of the two questions whose cost could grow, as ``user`` asks them."""
    client = Client()
    client.force_login(user)
    with CaptureQueriesContext(connection) as asked:
        client.get(PAGE)
    parts = []
    for query in asked:
        if "queue_due" not in query["sql"]:
            continue
        with acting_as(user), connection.cursor() as cursor:
            cursor.execute(
                "EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY ON) "
                + query["sql"].replace("%", "%%")
            )
            parts.append("```\n" + "\n".join(row[0] for row in cursor.fetchall()) + "\n```\n")
    return "\n".join(parts)


def main() -> None:
    with cloned(start_server(), "tuoitho_bench_queue"):
        area = Unit.objects.get(code="020", level=Level.AREA)
        units = list(Unit.objects.communes().filter(area=area))
        keeper = system_actor("system")
        with acting_as(keeper):
            worker = make_user("bench-viec", "commune_worker", units[0])
            office = make_user("bench-phong", "labour_office", area)
            fill(units[0], FEW, worker)
        small = measure(worker)
        with acting_as(keeper):
            fill(units[0], MANY - FEW, worker)
            for place in units[1:]:
                fill(place, (CASES - MANY) // (len(units) - 1))
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        large, district = measure(worker), measure(office)
        text = plans(worker)
    print(f"{'việc của tôi':<42}{'ms':>8}{'câu hỏi':>10}{'việc mở':>10}{'tỷ số':>8}")
    for name, found in (
        (f"mốc: {FEW} việc, địa bàn trống", small), (f"{MANY} việc, {CASES} hồ sơ", large),
        (f"phòng cấp huyện, {CASES} hồ sơ", district),
    ):  # fmt: skip
        ratio = found[0] / small[0]
        print(f"{name:<42}{found[0]:>8.0f}{found[1]:>10}{found[2]:>10}{ratio:>8.2f}")
    if large[0] > LIMIT_MS:
        print(f"quá {LIMIT_MS} ms", file=sys.stderr)
    if "--write" in sys.argv:
        head = (
            "# Kế hoạch truy vấn của “Việc của tôi”\n\n"
            f"Viết bởi `bench/queue.py --write`: người làm công tác bảo vệ trẻ em có {MANY} việc "
            f"mở, trong địa bàn {CASES} hồ sơ; bảo mật theo hàng đang bật.\n\n"
        )
        PLAN.write_text(head + text, encoding="utf-8")


if __name__ == "__main__":
    main()
