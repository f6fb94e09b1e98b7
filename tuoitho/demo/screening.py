"""Screening rounds: one of the autumn of 2025, closed, and one that is running now."""

from datetime import date, datetime, time, timedelta
from random import Random

from tuoitho.access.models import User
from tuoitho.cases.actions import open_case
from tuoitho.cases.models import Category, Report, Screening
from tuoitho.demo.cast import SHORT
from tuoitho.demo.families import Known
from tuoitho.demo.stage import SEED, Stage
from tuoitho.demo.story import Way, work_on
from tuoitho.demo.works import AT_RISK, UNLAWFUL, chores_only, facts
from tuoitho.lib.hanoi import HANOI
from tuoitho.people.actions import record_poverty
from tuoitho.people.models import PovertyStatus
from tuoitho.rounds.actions import (
    answer_child,
    close_round,
    draft_round,
    report_child,
    score_commune,
    start_round,
)
from tuoitho.rounds.models import ListedChild, Round
from tuoitho.rounds.states import Group, NotMet

FIRST, LAST = date(2025, 10, 6), date(2025, 10, 31)
PLANNED = (Group.POOR, Group.SPECIAL, Group.OUT_OF_SCHOOL)
SIGN = {"works": [{"description": "Phụ bán hàng ở chợ, chưa rõ giờ làm"}],
        "chores_hours_week": None}  # fmt: skip
FOUND_BEFORE = (10, 25)  # which children of the round of 2025 were found in child labour


def screen_hamlets(stage: Stage) -> None:
    """Both rounds, of the whole area. Chance of their own: other scenes stay as they are."""
    chance = Random(SEED)  # noqa: S311 - a story, no secret
    with stage.acting():
        _review_poverty(stage)
        past = _begun(stage, "Rà soát trẻ em có nguy cơ năm 2025", FIRST, LAST)
        rows = _listed(past)
        for number, listed in enumerate(rows):
            if number in FOUND_BEFORE:
                continue
            _answer(stage, listed, FIRST + timedelta(days=number % 24), chance)
    for number in FOUND_BEFORE:
        if number < len(rows):
            with stage.acting():
                _find(stage, rows[number])
    with stage.acting():
        close_round(past, by=stage.system, on=LAST)
        begun = stage.today - timedelta(days=10)
        now = _begun(stage, f"Rà soát trẻ em có nguy cơ năm {stage.today.year}", begun,
                     stage.today + timedelta(days=12))  # fmt: skip
        _go_on(stage, now, begun, chance)
        for unit in stage.new_communes:  # as the job of every morning does
            score_commune(unit, by=stage.system, on=stage.today)


def _begun(stage: Stage, name: str, first: date, last: date) -> Round:
    planned = draft_round(
        stage.area, name=name, groups=PLANNED, first_day=first, last_day=last, by=stage.system,
        on=first - timedelta(days=7), basis="KH 365/KH-UBND, mục II.4",
    )  # fmt: skip
    return start_round(planned, at_once=True, by=stage.system, on=first)


def _review_poverty(stage: Stage) -> None:
    """The yearly review found the same households as in 2024."""
    rows = PovertyStatus.objects.filter(year=2024).select_related("household").order_by("pk")
    for row in rows:
        for year in range(2025, stage.today.year):
            record_poverty(row.household, year, row.status, by=stage.system,
                           on=date(year, 12, 1))  # fmt: skip


def _listed(planned: Round) -> list[ListedChild]:
    rows = ListedChild.objects.filter(round=planned)
    return list(rows.select_related("child", "unit", "round", "work_list").order_by("pk"))


def _answer(stage: Stage, listed: ListedChild, on: date, chance: Random) -> None:
    """Nine of ten are met; most of them only help at home."""
    if chance.random() < 0.1:
        why = chance.choice((NotMet.ABSENT, NotMet.MOVED, NotMet.REFUSED))
        answer_child(listed, visited_on=on, not_met=why, by=stage.system)
        return
    work = facts(chance.choice(AT_RISK)) if chance.random() < 0.15 else chores_only()
    # Fourteen and older, their family's light work has no bound of its own; younger ones may pass
    # what is allowed, so only chores are told of them.
    old = (listed.child.age_on(on) or 0) >= 15
    schooling = chance.choices(("attending", "dropped_out", "unknown"), (90, 6, 4))[0]
    answer_child(listed, visited_on=on, facts=work if old else chores_only(), schooling=schooling,
                 by=stage.system)  # fmt: skip


def _find(stage: Stage, listed: ListedChild) -> None:
    """A child at work: told at once, helped until it was over."""
    on = FIRST + timedelta(days=9)
    answer_child(listed, visited_on=on, facts=facts(UNLAWFUL[1]), schooling="dropped_out",
                 by=stage.system)  # fmt: skip
    if listed.child.cases.exists():  # known already: the case at work takes the report
        answer_child(listed, visited_on=on, facts=chores_only(), by=stage.system)
        return
    received = datetime.combine(on, time(16, 0), HANOI)
    listed = report_child(listed, by=stage.system, on=on, received_at=received)
    report = Report.objects.get(pk__in=[listed.report_id])
    screening = Screening.objects.get(report=report)
    case = open_case(listed.child, Category.CHILD_LABOUR, report=report, screening=screening,
                     by=stage.system, on=on)  # fmt: skip
    household = listed.household
    if household is None:
        raise LookupError("children of the demonstration live in households")
    way = Way(Known(listed.child, listed.unit, household), on, "close", stage.system, stage.system)
    work_on(stage, way, case, received)


def _go_on(stage: Stage, planned: Round, begun: date, chance: Random) -> None:
    """Half of each list is done; in the first commune one child is found at work and told, another
    waits for its report, of a third too little is known."""
    rows = _listed(planned)
    free = [row for row in rows if row.unit == stage.new_communes[0]
            and 12 <= (row.child.age_on(begun) or 0) <= 15]  # fmt: skip
    found = [row for row in free if not row.child.cases.exists()][:3]
    for number, listed in enumerate(rows):
        if number % 2 == 0 and listed not in found:
            _answer(stage, listed, begun + timedelta(days=number % 10), chance)
    unit = stage.new_communes[0]
    collaborator = User.objects.get(username=f"ctv.{SHORT[unit.code]}")
    for listed, seen in zip(found, (facts(UNLAWFUL[5]), facts(UNLAWFUL[1]), SIGN), strict=False):
        answer_child(listed, visited_on=stage.today, facts=seen, by=collaborator)
    for listed in found[:1]:
        report_child(listed, by=collaborator, on=stage.today)
