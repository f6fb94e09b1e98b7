"""Scene four: what lies on the desks of the five communes today, in every state a case can have."""

from datetime import date, timedelta

from tuoitho.access.models import User
from tuoitho.cases import actions
from tuoitho.demo.cast import SHORT
from tuoitho.demo.families import Known
from tuoitho.demo.stage import Stage
from tuoitho.demo.story import Way, tell
from tuoitho.demo.works import UNLAWFUL, facts
from tuoitho.lib.hanoi import now
from tuoitho.lib.workdays import is_working_day
from tuoitho.people.actions import record_attendance, record_enrolment
from tuoitho.people.models import Child
from tuoitho.people.school_years import term_ended_by
from tuoitho.people.states import SchoolStatus
from tuoitho.units.models import Unit

# Working days ago, last step, kind, level of risk: one line a case of every commune.
DESK = (
    (0, "report", "labour", ""), (1, "report", "labour", ""), (1, "screen", "labour", ""),
    (2, "open", "labour", ""), (3, "assess", "risk", "low"), (5, "assess", "labour", "medium"),
    (9, "assess", "labour", "medium"), (4, "draft", "labour", "high"),
    (5, "submit", "labour", "medium"), (8, "submit", "risk", "low"),
    (12, "approve", "labour", "high"), (30, "serve", "labour", "medium"),
    (55, "visit", "labour", "high"), (70, "visit", "risk", "low"),
    (45, "follow", "labour", "medium"), (110, "cease", "labour", "medium"),
    (172, "review", "labour", "medium"), (180, "reopen", "labour", "medium"),
)  # fmt: skip


def fill_desks(stage: Stage) -> None:
    """The same desk in every commune, with other children."""
    for unit in stage.new_communes:
        worker = User.objects.get(username=f"canbo.{SHORT[unit.code]}")
        chair = User.objects.get(username=f"chutich.{SHORT[unit.code]}")
        with stage.acting():
            children = _children(stage, unit)
        for ago, step, kind, risk in DESK:
            day = working_days_ago(stage.today, ago)
            received = now() - timedelta(hours=2) if ago == 0 else None
            way = Way(children.pop(), day, step, worker, chair, kind=kind, received=received,
                      risk=risk or "medium")  # fmt: skip
            with stage.acting():
                _schooling(stage, way)
                tell(stage, way)
        with stage.acting():
            # Separation is for children in the sense of the law: the youngest of those left.
            youngest = max(children, key=lambda known: known.child.birth_date or date.min)
            _emergency(stage, youngest, worker, chair)
    with stage.acting():
        _sealed(stage)


def _children(stage: Stage, unit: Unit) -> list[Known]:
    """Children of 10 to 16 of the commune without a case, in an order of chance."""
    found = Child.objects.filter(unit=unit, cases=None, household__isnull=False)
    found = found.aged_in(10, 16, stage.today).select_related("household", "unit")
    free = list(found.order_by("pk"))
    stage.chance.shuffle(free)
    return [Known(child, unit, child.household) for child in free[:40] if child.household]


def working_days_ago(today: date, count: int) -> date:
    """The working day ``count`` working days before ``today``."""
    day = today
    while count or not is_working_day(day, {}):
        day -= timedelta(days=1)
        count -= bool(count) and is_working_day(day, {})
    return day


def _schooling(stage: Stage, way: Way) -> None:
    """Most still go to school this year; of those who work, some have left."""
    first = stage.today.year if stage.today.month >= 9 else stage.today.year - 1
    left = way.kind == "labour" and stage.chance.random() < 0.3
    child, on = way.known.child, min(date(first, 9, 20), stage.today)
    school = stage.schools[way.known.unit.pk][0 if (child.age_on(on) or 0) < 12 else 1]
    record_enrolment(
        child, school_year=f"{first}-{first + 1}", school=school,
        status=SchoolStatus.DROPPED_OUT if left else SchoolStatus.ATTENDING, by=way.worker, on=on,
    )  # fmt: skip
    _attendance(child, way.worker, on)


def _attendance(child: Child, worker: User, on: date) -> None:
    """What the school said of the term that was over, for two children of three."""
    if child.pk % 3 == 0:
        return
    term, missed = term_ended_by(on), child.pk % 11
    record_attendance(
        child, school_year=term.year, term=term.number, days=88, with_leave=missed // 2,
        without_leave=missed - missed // 2, by=worker, on=on,
    )  # fmt: skip


def _emergency(stage: Stage, known: Known, worker: User, chair: User) -> None:
    """A child in danger: separated for some days, the plan being drafted."""
    day = working_days_ago(stage.today, 2)
    way = Way(known, day, "assess", worker, chair, kind="labour", emergency=True)
    tell(stage, way)


def _sealed(stage: Stage) -> None:
    """One case of trafficking, which only the police and the named few may know of."""
    known = _children(stage, stage.new_communes[1])[-1]
    day = working_days_ago(stage.today, 6)
    screening = actions.screen_child(
        known.child, facts(UNLAWFUL[7]), observed_on=day, by=stage.system
    )
    actions.open_case(known.child, "trafficked", screening=screening, by=stage.system, on=day)
