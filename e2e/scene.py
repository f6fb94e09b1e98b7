"""The small scene of the journeys: the demonstration's offices and people, a few children.

Xã Thanh Trì (00640) has a register and a case at work; everything happened in the last weeks.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings

from tuoitho.access.actions import system_actor
from tuoitho.access.models import User
from tuoitho.activities.actions import plan_activity
from tuoitho.budget.actions import draft_line, record_contribution
from tuoitho.cases.actions import decide_emergency, open_case, screen_child
from tuoitho.demo.cast import make_cast
from tuoitho.demo.families import Known
from tuoitho.demo.names import man
from tuoitho.demo.stage import Stage, make_organisations
from tuoitho.demo.story import Way, tell
from tuoitho.demo.works import UNLAWFUL, facts
from tuoitho.establishments.actions import register_establishment
from tuoitho.inspections.actions import schedule_inspection
from tuoitho.lib.hanoi import day_of, now, today
from tuoitho.lib.workdays import is_working_day
from tuoitho.people.actions import register_child, register_household
from tuoitho.plan.actions import add_document, load_programme
from tuoitho.plan.check import load
from tuoitho.plan.models import Task
from tuoitho.reports.actions import (
    call_reports,
    publish_figures,
    send_report,
    sign_report,
    start_consolidation,
    start_report,
    write_report,
)
from tuoitho.rounds.actions import answer_child, draft_round, start_round
from tuoitho.rounds.models import ListedChild
from tuoitho.units.models import Unit

WORKER, CHAIR, STRANGER = "canbo.thanhtri", "chutich.thanhtri", "canbo.daithanh"
PLAN = settings.BASE_DIR / "plans/365-kh-ubnd-2021.yaml"


@dataclass(frozen=True)
class Scene:
    """Where the pages of the scene are found: primary keys, and the name nobody else may read."""

    child: int
    name: str
    household: int | None
    case: int
    report: str
    sealed: int
    sealed_child: int
    danger: int
    separated: int
    moving: int
    screening: int
    establishment: int
    round: int
    running: int
    work_list: int
    listed: int
    inspection: int
    activity: int
    line: int
    contribution: int
    document: int
    task: int
    yearly: int
    edition: int
    whole: int


def set_scene() -> Scene:
    """Play the scene into the present database, as the actions of the rooms allow."""
    stage = Stage(system_actor(), today(), say=lambda line: None)
    make_organisations(stage)
    make_cast(stage)
    with stage.acting():
        load_programme(load(PLAN), by=stage.system, on=stage.today)
    here = next(unit for unit in stage.new_communes if unit.code == "00640")
    with stage.acting():
        children = _register(stage, here)
        case = tell(stage, _way(stage, children.pop(0), "submit", 4))[0]
        tell(stage, _way(stage, children.pop(0), "report", 1))
        tell(stage, _way(stage, children.pop(0), "assess", 2))
        tell(stage, _way(stage, children.pop(0), "visit", 60))
        screening = case.screenings.get()
        # Seen at the same work once more, as happens: pages that list one thing then list two.
        screen_child(case.child, screening.facts, observed_on=stage.today, by=stage.system)
        return Scene(
            child=case.child_id, name=case.child.full_name, household=case.child.household_id,
            case=case.pk, report=str(case.report_id), screening=screening.pk,
            **_sealed(stage, children.pop(0)), **_for_journeys(stage, children),
            **_around(stage, here), **_rounds(stage, here), **_reports(stage, here),
        )  # fmt: skip


def _register(stage: Stage, unit: Unit) -> list[Known]:
    """Fifteen families of two, 6 to 16 years old today; those of 10 to 13 come first."""
    known = []
    on = stage.today - timedelta(days=90)
    for number in range(15):
        father = man(stage.chance)
        household = register_household(
            unit, head_name=father, hamlet=f"Thôn {number % 5 + 1}", address=f"Số {number + 1}",
            by=stage.system, on=on,
        )  # fmt: skip
        for age in (10 + number % 4, (6, 14, 15, 16)[number % 4]):
            child = register_child(
                unit, full_name=man(stage.chance, father.split()[0]), sex="male",
                birth_date=stage.today - timedelta(days=age * 366 + number),
                household=household, hamlet=household.hamlet, by=stage.system, on=on,
            )  # fmt: skip
            known.append(Known(child, unit, household))
    return known[::2] + known[1::2]


def _rounds(stage: Stage, here: Unit) -> dict[str, int]:
    """A draft of the area, and a round of the commune in which one child was found at work."""
    by, day = stage.system, stage.today
    plan: dict[str, Any] = {"groups": ["everyone"], "first_day": day,
                            "last_day": day + timedelta(days=14)}  # fmt: skip
    draft = draft_round(stage.area, name="Rà soát năm tới", by=by, on=day, **plan)
    running = draft_round(here, name="Rà soát của xã", by=by, on=day, **plan)
    running = start_round(running, by=by, on=day)
    listed = ListedChild.objects.filter(round=running, child__cases=None).next_first()[0]
    answer_child(listed, visited_on=day, facts=facts(UNLAWFUL[1]), by=by)
    return {"round": draft.pk, "running": running.pk, "work_list": listed.work_list_id,
            "listed": listed.pk}  # fmt: skip


def _for_journeys(stage: Stage, children: list[Known]) -> dict[str, int]:
    """Cases that a journey takes further: news of two hours ago, a separation of ten days that
    ended yesterday, a child with help that is about to move."""
    received = now() - timedelta(hours=2)
    danger = _way(stage, children.pop(0), "open", 0)
    danger.day, danger.received = day_of(received), received
    separated = tell(stage, _way(stage, children.pop(0), "assess", 20))[0]
    first = stage.today - timedelta(days=10)
    decide_emergency(
        separated, kind="separation", by=stage.system, on=first, until=first + timedelta(days=9),
        place_of_stay="Nhà bà ngoại", carer="Bà ngoại của em", number="03/QĐ-UBND",
    )  # fmt: skip
    return {
        "danger": tell(stage, danger)[0].pk, "separated": separated.pk,
        "moving": tell(stage, _way(stage, children.pop(0), "serve", 20))[0].pk,
    }  # fmt: skip


def _sealed(stage: Stage, known: Known) -> dict[str, int]:
    """A case of trafficking, whose list names nobody yet: the police see it."""
    day = _working_days_ago(stage.today, 5)
    screening = screen_child(known.child, facts(UNLAWFUL[7]), observed_on=day, by=stage.system)
    case = open_case(known.child, "trafficked", screening=screening, by=stage.system, on=day)
    return {"sealed": case.pk, "sealed_child": known.child.pk}


def _way(stage: Stage, known: Known, last_step: str, ago: int) -> Way:
    worker, chair = (User.objects.get(username=name) for name in (WORKER, CHAIR))
    day = _working_days_ago(stage.today, ago)
    return Way(known, day, last_step, worker, chair, kind="labour")


def _working_days_ago(today: date, count: int) -> date:
    day = today
    while count or not is_working_day(day, {}):
        day -= timedelta(days=1)
        count -= is_working_day(day, {})
    return day


def _around(stage: Stage, unit: Unit) -> dict[str, int]:
    """One of each of the other nouns of the programme."""
    by, on = stage.system, stage.today
    workshop = register_establishment(
        unit, name="Hộ kinh doanh Bún Thanh Trì", kind="household", sector="handicraft",
        owner_name="Trần Văn Bún", address="Thôn 2", by=by, on=on,
    )  # fmt: skip
    visit = schedule_inspection(workshop, kind="surprise", planned_on=on, by=by, on=on)
    activity = plan_activity(
        unit, title="Nói chuyện với cha mẹ tại nhà văn hóa thôn 2", kind="event", owner="ubnd_xa",
        starts_on=on, place="Thôn 2", by=by, on=on,
    )  # fmt: skip
    line = draft_line(
        unit, year=on.year, owner="ubnd_xa", task_code="II.2.1", source="state",
        purpose="In tờ rơi", estimate=10_000_000, by=by, on=on,
    )  # fmt: skip
    gift = record_contribution(
        unit, donor="Công ty May Thanh Trì", donor_kind="enterprise", owner="ubnd_xa",
        kind="money", amount=5_000_000, purpose="Học bổng", received_on=on, by=by, on=on,
    )  # fmt: skip
    document = add_document(
        stage.area, "directive", number="12/CT-UBND", signed_on=on, issuer="UBND huyện",
        title="Tăng cường phòng ngừa trẻ em lao động trái quy định", by=by, on=on,
    )  # fmt: skip
    task = Task.objects.order_by("pk")[0]
    return {
        "establishment": workshop.pk, "inspection": visit.pk, "activity": activity.pk,
        "line": line.pk, "contribution": gift.pk, "document": document.pk, "task": task.pk,
    }  # fmt: skip


def _reports(stage: Stage, unit: Unit) -> dict[str, int]:
    """This year's reports: the commune's being written, the education office's signed, the whole
    published."""
    by, on = stage.system, stage.today
    texts = {"situation": "Xã có kế hoạch riêng.", "proposals": "Đề nghị tập huấn thêm."}
    called = call_reports(stage.area, on.year, by=by, on=on)
    mine = start_report(next(r for r in called if r.unit == unit), by=by, on=on)
    write_report(mine, texts, revision=0, by=by, on=on)
    other = start_report(next(r for r in called if r.office == "gddt"), by=by, on=on)
    write_report(other, texts, revision=0, by=by, on=on)
    signer: dict[str, Any] = {"signer_name": "Ngô Thu Trang", "signer_position": "Trưởng phòng"}
    edition = sign_report(other, **signer, revision=1, by=by, on=on)
    whole = start_consolidation(stage.area, on.year, by=by, on=on)
    write_report(whole, texts, revision=0, by=by, on=on)
    sign_report(whole, **signer, revision=1, by=by, on=on)
    publish_figures(send_report(whole, by=by, on=on), by=by, on=on)
    return {"yearly": mine.pk, "edition": edition.pk, "whole": whole.pk}
