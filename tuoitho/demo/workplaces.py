"""Workplaces and craft villages of the communes, visits to them, what was found and remedied."""

from datetime import date, timedelta

from tuoitho.demo.stage import Stage
from tuoitho.establishments.actions import (
    name_craft_village,
    record_commitment,
    record_guidance,
    register_establishment,
)
from tuoitho.establishments.models import CraftVillage, Establishment
from tuoitho.establishments.states import Kind, Sector, Topic
from tuoitho.inspections.actions import (
    add_violation,
    order_measure,
    record_findings,
    schedule_inspection,
    verify_measure,
)
from tuoitho.units.models import Unit

SETTLED = timedelta(days=60)  # after so long a measure has been looked at again
REGISTERED = date(2021, 12, 1)
TRADES = (
    ("Bún, bánh", Sector.HANDICRAFT, "Cơ sở làm bún"),
    ("Mây tre đan", Sector.HANDICRAFT, "Xưởng đan"),
    ("Quán ăn", Sector.CATERING, "Quán cơm"),
    ("Phế liệu", Sector.RECYCLING, "Điểm thu gom"),
    ("Cơ khí", Sector.INDUSTRY, "Xưởng hàn"),
    ("Rau an toàn", Sector.AGRICULTURE, "Tổ trồng rau"),
)
KINDS = (
    Kind.HOUSEHOLD, Kind.HOUSEHOLD, Kind.HOUSEHOLD, Kind.SMALL_ENTERPRISE, Kind.COOPERATIVE,
    Kind.ENTERPRISE,
)  # fmt: skip
WITH_VILLAGE = ("00646", "00664", "00676")


def register_workplaces(stage: Stage) -> None:
    """Six workplaces of all kinds in each of the sixteen communes; craft villages in three."""
    for unit in stage.old_communes:
        with stage.acting():
            village = _village(stage, unit) if unit.code in WITH_VILLAGE else None
            for number, kind in enumerate(KINDS, start=1):
                _register(stage, unit, kind, number, village)


def _village(stage: Stage, unit: Unit) -> CraftVillage:
    return name_craft_village(
        unit, name="Làng nghề mây tre đan (giả định)", trade="Mây tre đan", by=stage.system,
        on=REGISTERED,
    )  # fmt: skip


def _register(
    stage: Stage, unit: Unit, kind: str, number: int, village: CraftVillage | None
) -> None:
    trade, sector, word = TRADES[(number + len(unit.name)) % len(TRADES)]
    owner = stage.person()
    household = kind == Kind.HOUSEHOLD
    name = f"{word} {owner.split(' ')[-1]}" if household else f"{trade} {unit.name} {number}"
    row = register_establishment(
        unit, by=stage.system, on=REGISTERED, name=name, kind=kind, sector=sector,
        products=trade, informal=household and stage.chance.random() < 0.5,
        address=f"Số {stage.chance.randrange(1, 90)}", hamlet=stage.hamlets(unit)[number - 1],
        owner_name=owner, workers=stage.chance.randrange(2, 40), opened_on=date(2019, 3, 1),
        craft_village=village if household else None,
    )  # fmt: skip
    if stage.chance.random() < 0.6:
        record_guidance(row, topic=Topic.LAW, by=stage.system, on=date(2023, 4, 10))
        record_commitment(row, signed_by=owner, by=stage.system, on=date(2023, 4, 10))


def visit_workplaces(stage: Stage, units: list[Unit], *years: int) -> None:
    """Two visits in each unit and year; some find violations and order measures."""
    for year in years:
        for unit in units:
            with stage.acting():
                rows = list(Establishment.objects.filter(unit=unit).order_by("pk"))
                for number, row in enumerate(stage.chance.sample(rows, 2), start=1):
                    on = date(year, 9, 2 + 3 * number) + timedelta(days=unit.pk % 9)
                    _visit(stage, row, on, number, broken=stage.chance.random() < 0.3)


def plan_visits(stage: Stage) -> None:
    """One visit in each commune in the coming days; in the first, a measure to look at again."""
    with stage.acting():
        place = Establishment.objects.filter(unit=stage.new_communes[0]).order_by("pk")[1]
        _visit(stage, place, stage.today - timedelta(days=25), 3, broken=True)
    for unit in stage.new_communes:
        with stage.acting():
            row = Establishment.objects.filter(unit=unit).order_by("pk")[0]
            schedule_inspection(
                row, kind="planned", planned_on=stage.today + timedelta(days=4), by=stage.system,
                on=stage.today, subject="Kiểm tra định kỳ quý IV",
            )  # fmt: skip


def _visit(stage: Stage, row: Establishment, on: date, number: int, *, broken: bool) -> None:
    by = stage.system
    kind = "surprise" if broken else "planned"
    visit = schedule_inspection(
        row, kind=kind, planned_on=on, by=by, on=on - timedelta(days=7),
        subject="Chấp hành pháp luật về lao động chưa thành niên",
    )  # fmt: skip
    visit = record_findings(
        visit, minutes_number=f"{number:02d}/BB-ĐKT", by=by, on=on, workers_seen=row.workers,
        minors_seen=int(broken), under_15_seen=0,
        conclusion="Có 01 người chưa thành niên làm quá giờ." if broken else "Chấp hành tốt.",
    )  # fmt: skip
    if not broken:
        return
    violation = add_violation(visit, "146.2-hours-week", children=1, by=by, on=on)
    measure = order_measure(
        visit, what="Bố trí lại giờ làm, lập sổ theo dõi riêng", due_on=on + timedelta(days=30),
        by=by, on=on, violation=violation,
    )  # fmt: skip
    if on + SETTLED < stage.today:
        verify_measure(measure, result="remedied", by=by, on=on + timedelta(days=28))
