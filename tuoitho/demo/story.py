"""Scene two: reports about children, and the way of each case as far as it has come."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from tuoitho.access.models import User
from tuoitho.cases import actions
from tuoitho.cases.models import Case, PlanMeasure, Service
from tuoitho.cases.models.case import Category
from tuoitho.demo.families import Known
from tuoitho.demo.needs import RATINGS, assess_child, hold_meeting, measures
from tuoitho.demo.stage import Stage
from tuoitho.demo.works import AT_RISK, HAPPENINGS, UNLAWFUL, chores_only, facts
from tuoitho.lib.hanoi import HANOI
from tuoitho.lib.workdays import is_working_day

CHANNELS = ("commune", "school", "screening_round", "hotline_111", "phone", "inspection", "public")
PER_YEAR = {2021: 4, 2022: 22, 2023: 28, 2024: 34, 2025: 26}
# Days after support began on which a child of the story is visited, by level of risk.
VISITS = {"high": (7, 14, 30, 60, 90, 125, 220), "medium": (30, 125, 220), "low": (30, 125, 220)}
STEPS = ("report", "screen", "open", "assess", "draft", "submit", "approve", "serve", "visit",
         "follow", "cease", "review", "close", "reopen")  # fmt: skip


@dataclass
class Way:
    """One child's way: when the news came, how far it goes, and who acts."""

    known: Known
    day: date
    last_step: str
    worker: User
    chair: User
    late: bool = False
    emergency: bool = False
    kind: str = ""  # "labour", "risk" or "nothing"; chance decides when it is left open
    risk: str = "medium"
    received: datetime | None = None

    def reaches(self, step: str) -> bool:
        return STEPS.index(step) <= STEPS.index(self.last_step)


def tell_past(stage: Stage, children: list[Known]) -> list[Case]:
    """The closed and followed cases of 2021 to 2025, in the communes of that time."""
    cases = []
    for year, count in PER_YEAR.items():
        for _number in range(count):
            day = _day_in(stage, year)
            known = _pick(stage, children, day)
            way = Way(known, day, "close" if year < 2025 else "visit", stage.system, stage.system,
                      late=stage.chance.random() < 0.12)  # fmt: skip
            with stage.acting():
                cases += tell(stage, way)
        stage.say(f"  {year}: {count} tin báo")
    return cases


def _day_in(stage: Stage, year: int) -> date:
    start = date(2021, 11, 20) if year == 2021 else date(year, 1, 5)
    end = date(2025, 5, 30) if year == 2025 else date(year, 12, 20)
    day = start + timedelta(days=stage.chance.randrange((end - start).days))
    while not is_working_day(day, {}):
        day += timedelta(days=1)
    return day


def _pick(stage: Stage, children: list[Known], day: date) -> Known:
    """Some child of 8 to 17 on that day who has no case yet; taken from the list."""
    while True:
        known = children.pop(stage.chance.randrange(len(children)))
        birth = known.child.birth_date
        if birth is not None and (day - birth).days // 366 >= 8 and (day - birth).days < 17.5 * 365:
            return known


def tell(stage: Stage, way: Way) -> list[Case]:
    """Act the way out as far as its last step. Returns its case, if one was opened."""
    child, by, on = way.known.child, way.worker, way.day
    morning = datetime.combine(on, time(stage.chance.randrange(7, 11), 15), HANOI)
    received = way.received or morning
    kind = way.kind or stage.chance.choices(("labour", "risk", "nothing"), (55, 30, 15))[0]
    report, _code = actions.receive_report(
        child.unit, channel=stage.chance.choice(CHANNELS), received_at=received, by=by,
        happening=stage.chance.choice(HAPPENINGS), child_name=child.full_name, sex=child.sex,
        place=f"{way.known.household.hamlet}",
    )  # fmt: skip
    if not way.reaches("screen"):
        return []
    if kind == "nothing":
        actions.screen_child(child, chores_only(), observed_on=on, report=report, by=by)
        actions.dismiss_report(
            report, "Đã đến nhà: em đi học đều, chỉ giúp việc nhà.", by=by, on=on
        )
        return []
    work = stage.chance.choice(UNLAWFUL if kind == "labour" else AT_RISK)
    screening = actions.screen_child(child, facts(work), observed_on=on, report=report, by=by)
    if not way.reaches("open"):
        return []
    category = Category.CHILD_LABOUR if screening.child_labour else Category.AT_RISK
    case = actions.open_case(child, category, report=report, screening=screening, by=by, on=on)
    work_on(stage, way, case, received)
    return [case]


def work_on(stage: Stage, way: Way, case: Case, received: datetime) -> None:
    """Take an opened case as far as the way goes."""
    on = way.day
    if not way.reaches("assess"):
        return
    assessed = received + timedelta(hours=stage.chance.randrange(2, 8))
    levels: dict[str, Any] = RATINGS[way.risk]
    actions.assess_emergency(
        case, emergency=way.emergency, by=way.worker, on=on, at=assessed, **levels
    )
    if way.emergency:
        _separate(way, case, assessed + timedelta(hours=1))
    if not way.reaches("draft"):
        return
    drafted = stage.after(on, 7 if way.late else stage.chance.randrange(1, 5))
    education, income = assess_child(case, by=way.worker, on=drafted, risk=way.risk)
    hold_meeting(case, by=way.worker, on=drafted)
    actions.draft_plan(
        case, by=way.worker, on=drafted, met_on=drafted,
        goal="Không còn lao động trái quy định; đi học đều.",
        measures=measures(drafted, education, income),
    )  # fmt: skip
    if way.reaches("submit"):
        actions.submit_plan(case, by=way.worker, on=drafted)
    if way.reaches("approve"):
        actions.approve_plan(case, by=way.chair, on=stage.after(drafted, 1))
        _help(stage, way, case, stage.after(drafted, 2))


def _separate(way: Way, case: Case, at: datetime) -> None:
    """Two days at the grandmother's, told to the police, then prolonged by eight."""
    stay: dict[str, Any] = {"place_of_stay": "Nhà bà ngoại", "carer": "Bà ngoại của em"}
    first = actions.decide_emergency(
        case, kind="separation", by=way.chair, on=way.day, at=at, number="03/QĐ-UBND",
        until=way.day + timedelta(days=1), grounds="Chủ cơ sở đe dọa em", **stay,
    )  # fmt: skip
    actions.inform_party(
        first, party="police", way="phone", at=at, body="Công an xã", by=way.worker
    )
    actions.decide_emergency(
        case, kind="separation", by=way.chair, on=way.day + timedelta(days=2), number="04/QĐ-UBND",
        until=way.day + timedelta(days=9), **stay,
    )  # fmt: skip


def _help(stage: Stage, way: Way, case: Case, on: date) -> None:
    if not way.reaches("serve"):
        return
    service = _serve(stage, way, case, on)
    if not way.reaches("visit"):
        return
    for days in VISITS[way.risk]:
        visited = on + timedelta(days=days)
        if visited > stage.today:
            return
        actions.record_visit(
            case, chores_only(), by=way.worker, on=visited, schooling="attending",
            note="Em đi học đều, không còn đi làm.",
        )  # fmt: skip
        if way.last_step == "follow":
            actions.move_case(case, "follow", by=way.worker, on=visited)
            return
        if way.last_step == "cease" and days == 125:
            actions.record_cessation(case, by=way.worker, on=visited)
            actions.verify_cessation(case, by=way.chair, on=stage.after(visited, 2))
            return
    actions.end_service(service, result="achieved", by=way.worker, on=visited)
    if way.reaches("review"):
        _end(stage, way, case, visited)


def _serve(stage: Stage, way: Way, case: Case, on: date) -> Service:
    """What the plan says of school begins; today also what it says of money, which would be due."""
    kind = "vocational" if case.outside_children_law else "education"
    school, money = PlanMeasure.objects.filter(plan__case=case).order_by("kind")
    service = actions.start_service(
        case, kind=kind, by=way.worker, on=on, measure=school,
        what="Đưa em trở lại lớp, miễn các khoản đóng góp",
    )  # fmt: skip
    if way.worker != stage.system:
        actions.start_service(
            case, kind="loan", by=way.worker, on=on, measure=money,
            what="Nộp hồ sơ vay qua tổ tiết kiệm và vay vốn của thôn",
        )  # fmt: skip
    return service


def _end(stage: Stage, way: Way, case: Case, on: date) -> None:
    if case.category == Category.CHILD_LABOUR:
        actions.record_cessation(case, by=way.worker, on=on)
    actions.review_case(case, no_more_risk=True, stable=True, conclusion="close", by=way.worker,
                        on=on)  # fmt: skip
    if way.reaches("close"):
        actions.close_case(case, by=way.chair, on=on)
    if way.reaches("reopen"):
        actions.reopen_case(case, by=way.chair, on=stage.after(on, 3),
                            note="Em lại nghỉ học đi làm theo mùa.")  # fmt: skip
