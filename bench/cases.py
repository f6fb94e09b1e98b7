"""How the pages of cases stay flat from 10,000 to 100,000 cases in one district.

Prints, for each page, milliseconds at both sizes and their ratio; the named baseline is the same
page of the same person over the smaller register in the same run. The worker has 2,000 open items
at both sizes, the child whose file is opened 200 events. With ``--write``: the plans of the long
questions go into ``docs/query-plans.md``.
"""

from itertools import pairwise

from bench.measuring import (
    ROOT,
    District,
    Measured,
    asked,
    district,
    measure,
    name_table,
    plans,
    table,
)
from conftest import make_user
from tuoitho.access.actions import system_actor
from tuoitho.access.models import User
from tuoitho.access.person import acting_as
from tuoitho.cases.actions.clocks import clock_of
from tuoitho.cases.models import Case, CaseMove, Visit
from tuoitho.cases.turns import Waiting, end_of, rule_for, start_of
from tuoitho.lib.hanoi import now, today
from tuoitho.people.models import Child
from tuoitho.plan.actions import load_programme
from tuoitho.plan.check import load
from tuoitho.reports.actions import call_reports
from tuoitho.units.models import Unit

SIZES, OPEN, EVENTS = (10_000, 100_000), 2_000, 200
QUEUE = "/hom-nay/viec/"
PLAN = ROOT / "plans" / "365-kh-ubnd-2021.yaml"


class Register:
    """Children, cases and clocks of the district, written in bulk and kept count of."""

    def __init__(self, place: District, worker: User) -> None:
        self.place, self.worker = place, worker
        self.names, self.count = name_table(place), 0

    def grow_to(self, count: int) -> None:
        """The first 2,000 are open with the worker in the first commune; the rest in the others,
        one in five of them open."""
        first, *others = self.place.communes
        if not self.count:
            self._fill(OPEN, f"{first.pk}", "'assessed'", str(self.worker.pk))
        some = "CASE WHEN n / 7 % 5 = 0 THEN 'assessed' ELSE 'closed' END"
        units = f"(ARRAY{[unit.pk for unit in others]})[1 + n % {len(others)}]"
        self._fill(count - self.count, units, some, "NULL")
        self.place.settle()

    def _fill(self, count: int, unit: str, state: str, worker: str) -> None:
        owner, base = self.place.owner, self.count
        somewhere, day = self.place.communes[0], today()
        child = Child(unit=somewhere, sex="male", registered_on=day)
        self.place.multiply(
            child, count, id=f"{base} + n", unit_id=unit, **self.names,
            birth_date=f"'{day:%Y-%m-%d}'::date - 4000 - n % 2200",
        )  # fmt: skip
        day_of_case = f"'{day:%Y-%m-%d}'::date - (n % 20)"
        case = Case(
            unit=somewhere, child=child, category="child_labour", opened_on=day,
            opened_unit=somewhere, opened_by="đo", notified_on=day, outside_children_law=False,
            first_response_due_at=now(), response_due_at=now(), state="assessed",
        )  # fmt: skip
        self.place.multiply(
            case, count, id=f"{base} + n", child_id=f"{base} + n", unit_id=unit, state=state,
            opened_unit_id=unit, opened_on=day_of_case, notified_on=day_of_case,
            assigned_to_id=worker,
            closing=f"CASE WHEN {state} = 'closed' THEN 'reached' ELSE '' END",
            closed_on=f"CASE WHEN {state} = 'closed' THEN '{day:%Y-%m-%d}'::date END",
            step_due_on=f"'{day:%Y-%m-%d}'::date + (n % 40 - 20)",
        )  # fmt: skip
        for table_name in ("people_child", "cases_case"):
            owner.execute(f"SELECT setval('{table_name}_id_seq', {base + count})")
        self._clocks(case, base, base + count)
        self.count = base + count

    def _clocks(self, case: Case, after: int, last: int) -> None:
        """A limit for every open case between these keys."""
        limit = Waiting("plan", "", end_of(today()), start_of(today()), rule_for("plan", today()))
        of = f"FROM cases_case c WHERE c.id = {after} + n"
        clock = clock_of(case, limit)
        self.place.multiply(
            clock, last - after, id="gen_random_uuid()", case_id=f"{after} + n",
            unit_id=f"(SELECT c.unit_id {of})", assigned_to_id=f"(SELECT c.assigned_to_id {of})",
            due_at=f"(SELECT c.step_due_on + interval '17 hours' {of})",
        )  # fmt: skip
        self.place.owner.execute(
            "DELETE FROM cases_clock k USING cases_case c WHERE c.id = k.case_id "
            "AND c.state = 'closed'"
        )


def live(place: District, key: int) -> None:
    """Two hundred events in the file of one child."""
    case = Case.objects.get(pk=key)
    case_day = case.opened_on
    move = CaseMove(case=case, name="update", target="assessed", on=case_day, by_name="đo")
    place.multiply(move, EVENTS // 2, on="'2026-01-01'::date + n")
    visit = Visit(case=case, on=case_day, visited_by="đo", still_working=False, clear=True)
    place.multiply(visit, EVENTS // 2, on="'2026-01-01'::date + n")


def pages(worker: User, office: User, chair: User) -> list[tuple[str, User, str]]:
    mine = "xã"
    return [
        (f"việc của tôi, {OPEN} việc mở ({mine})", worker, QUEUE),
        ("việc của tôi (phòng cấp huyện)", office, QUEUE),
        (f"trang trẻ, {EVENTS} sự kiện (xã)", worker, "/people/children/1/"),
        ("trang hồ sơ (xã)", worker, "/cases/files/2/"),
        ("danh sách hồ sơ (xã)", worker, "/cases/files/"),
        ("danh sách hồ sơ (huyện)", office, "/cases/files/"),
        ("hồ sơ đang mở, lọc theo bước (huyện)", office, "/cases/files/?state=assessed"),
        ("tìm 'duong' trong hồ sơ (huyện)", office, "/cases/files/?q=duong"),
        ("nhóm của tôi (chủ tịch xã)", chair, "/cases/team/"),
        ("hôm nay (huyện)", office, "/hom-nay/"),
    ]


def write_plans(worker: User) -> None:
    head = (
        "# Kế hoạch truy vấn\n\nViết bởi `bench/cases.py --write`, không sửa tay: "
        f"{SIZES[1]:,} hồ sơ trong địa bàn, người làm công tác bảo vệ trẻ em có {OPEN:,} việc mở, "
        f"trẻ có {EVENTS} sự kiện; bảo mật theo hàng đang bật.\n\n"
    ).replace(",", ".")
    queue = "## Việc của tôi\n\n" + plans(worker, QUEUE, "queue_due")
    child = "\n## Dòng thời gian của một trẻ\n\n" + plans(worker, "/people/children/1/", "UNION")
    (ROOT / "docs" / "query-plans.md").write_text(head + queue + child, encoding="utf-8")


def main() -> None:
    with district("cases") as place:
        with acting_as(system_actor()):
            first: Unit = place.communes[0]
            worker = make_user("do-xa", "commune_worker", first)
            chair = make_user("do-chu-tich", "commune_chair", first)
            office = make_user("do-huyen", "labour_office", place.area)
            register = Register(place, worker)
            load_programme(load(PLAN), by=system_actor(), on=today())
            call_reports(place.area, today().year, by=system_actor(), on=today())
        found: list[list[Measured]] = []
        wanted = pages(worker, office, chair)
        for size in SIZES:
            with acting_as(system_actor()):
                register.grow_to(size)
                if not found:
                    live(place, 1)
            found.append([measure(user, path) for _name, user, path in wanted])
        if asked("--write"):
            write_plans(worker)
    for before, after in pairwise(found):
        rows = [(wanted[n][0], before[n], after[n]) for n in range(len(wanted))]
        table("trang, số hồ sơ trong địa bàn", SIZES, rows)


if __name__ == "__main__":
    main()
