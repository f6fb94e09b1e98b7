"""The yearly reports: past years through to publication, this year's as far as it has come.

Everything goes through the actions of the room, each report a transaction of its own.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from tuoitho.access.models import User
from tuoitho.access.person import acting_as
from tuoitho.demo.cast import SHORT
from tuoitho.demo.names import man, woman
from tuoitho.demo.stage import SEED, Stage
from tuoitho.demo.words import commune_texts, office_texts, whole_texts
from tuoitho.lib.workdays import is_working_day
from tuoitho.reports import actions
from tuoitho.reports.models import Consolidation, UnitReport
from tuoitho.reports.owed import due_on
from tuoitho.units.models import Unit

ACCOUNTS = {"tckh": "taichinh"}  # other offices' accounts are called as the office is
HEADS = {
    "ubnd_xa": "Chủ tịch UBND", "congan": "Trưởng Công an", "mttq": "Chủ tịch", "phunu": "Chủ tịch",
    "doantn": "Bí thư", "nongdan": "Chủ tịch", "ldld": "Chủ tịch",
}  # fmt: skip
LAST_OF_DISTRICT = 2024
# Of this year: who is late on the day after the last one, and how far they have come.
HALF_WRITTEN, NOT_BEGUN = ("ubnd_xa", "00640"), ("kinhte", "020")


@dataclass
class Calendar:
    """The days of one report, none of them past the day the story has reached."""

    stage: Stage
    due: date

    def day(self, before: int) -> date:
        """The working day ``before`` calendar days before the last day in time, or just before."""
        found = self.due - timedelta(days=before)
        while not is_working_day(found, {}):
            found -= timedelta(days=1)
        return found

    def has_come(self, day: date) -> bool:
        return day <= self.stage.today


def report_past(stage: Stage, whole: Unit, year: int) -> None:
    """A whole year: every report signed, sent and accepted, one of them two days late; then the
    consolidated one, signed, sent and published."""
    standing = _account("ldtbxh", stage)
    calendar = Calendar(stage, due_on(year))
    with stage.acting(standing):
        called = actions.call_reports(whole, year, by=standing, on=calendar.day(30))
    for place, report in enumerate(called):
        late = place == 3
        signed = calendar.due + timedelta(days=2) if late else calendar.day(1 + place % 12)
        _deliver(stage, report, signed)
        with stage.acting(standing):
            on = signed + timedelta(days=2)
            actions.accept_report(report, by=standing, on=min(on, stage.today))
    _consolidate(stage, whole, year, calendar)


def report_lately(stage: Stage) -> None:
    """The last completed year, when it is one of the area, and this year."""
    year = stage.today.year
    if year - 1 > LAST_OF_DISTRICT:
        report_past(stage, stage.area, year - 1)
    report_present(stage, year)


def report_present(stage: Stage, year: int) -> None:
    """This year's reports as of today: most are in, two are late on the day after the last one."""
    calendar = Calendar(stage, due_on(year))
    if not calendar.has_come(calendar.day(30)):
        return
    standing = _account("ldtbxh", stage)
    with stage.acting(standing):
        called = actions.call_reports(stage.area, year, by=standing, on=calendar.day(30))
    for place, report in enumerate(called):
        key = (report.office, report.unit.code)
        if key == NOT_BEGUN:
            continue
        if key == HALF_WRITTEN:
            _begin(stage, report, calendar.day(12), ("situation", "group_2", "group_4"))
            continue
        signed = calendar.day(place % 9)
        if not calendar.has_come(signed):
            continue
        _deliver(stage, report, signed)
        accepted = signed + timedelta(days=4)
        if calendar.has_come(accepted):
            with stage.acting(standing):
                actions.accept_report(report, by=standing, on=accepted)
    _begin_whole(stage, year, calendar)


def _account(name: str, stage: Stage) -> User:
    """The account, when the story has one for this desk; the system otherwise."""
    return User.objects.filter(username=name).first() or stage.system


def _people(stage: Stage, report: UnitReport) -> tuple[User, User]:
    """Who writes and who signs: the accounts of the body, where it has some."""
    if report.office != "ubnd_xa":
        person = _account(ACCOUNTS.get(report.office, report.office), stage)
        return person, person
    if report.unit.ended:
        return stage.system, stage.system
    short = SHORT[report.unit.code]
    return _account(f"canbo.{short}", stage), _account(f"chutich.{short}", stage)


def _begin(stage: Stage, report: UnitReport, on: date, keys: tuple[str, ...] = ()) -> None:
    """Started and written (only ``keys``, when given) by the body's own people."""
    on = min(on, stage.today)
    writer, _signer = _people(stage, report)
    texts = commune_texts(report) if report.office == "ubnd_xa" else office_texts(report)
    wanted = {key: text for key, text in texts.items() if not keys or key in keys}
    with acting_as(writer):
        report = actions.start_report(report, by=writer, on=on)
        actions.write_report(report, wanted, revision=report.revision, by=writer, on=on)


def _deliver(stage: Stage, report: UnitReport, signed: date) -> None:
    """Written, signed on the day, sent the same day."""
    _begin(stage, report, signed - timedelta(days=5))
    writer, signer = _people(stage, report)
    chair = report.office == "ubnd_xa" and signer != stage.system
    name = signer.full_name if chair else _head(f"{report.office} {report.unit_id}")
    with acting_as(signer, steady=True):
        report.refresh_from_db()
        actions.sign_report(
            report, signer_name=name, revision=report.revision, by=signer, on=signed,
            signer_position=HEADS.get(report.office, "Trưởng phòng"),
        )  # fmt: skip
    with acting_as(writer):
        actions.send_report(report, by=writer, on=signed)


def _head(of: str) -> str:
    """The name of who stands at the head of a body: the same whenever it is asked for."""
    names = Random(f"{SEED} {of}")  # noqa: S311 - a story, no secret
    return man(names) if names.random() < 0.5 else woman(names)


def _begin_whole(stage: Stage, year: int, calendar: Calendar) -> None:
    """On the day after the last one the standing body begins to put the reports together."""
    begun = calendar.due + timedelta(days=1)
    if not calendar.has_come(begun):
        return
    person = _account("ldtbxh", stage)
    with stage.acting(person):
        document = actions.start_consolidation(stage.area, year, by=person, on=begun)
        texts = {key: whole_texts(document)[key] for key in ("situation", "group_1", "group_2")}
        actions.write_report(document, texts, revision=0, by=person, on=begun)


def _consolidate(stage: Stage, whole: Unit, year: int, calendar: Calendar) -> None:
    """Written by the standing body, signed, sent, and published a week later."""
    person = _account("ldtbxh", stage)
    begun, signed = calendar.due + timedelta(days=3), calendar.due + timedelta(days=11)
    with stage.acting(person):
        document = actions.start_consolidation(whole, year, by=person, on=begun)
        actions.write_report(document, whole_texts(document), revision=0, by=person, on=begun)
    with acting_as(person, steady=True):
        _sign_whole(document, person, signed)
    with stage.acting(person):
        document.refresh_from_db()
        actions.send_report(document, by=person, on=signed)
        actions.publish_figures(document, by=person, on=signed + timedelta(days=7))


def _sign_whole(document: Consolidation, person: User, on: date) -> None:
    document.refresh_from_db()
    actions.sign_report(
        document, signer_name=_head(f"ldtbxh {document.unit_id}"), signer_position="Trưởng phòng",
        revision=document.revision, by=person, on=on,
    )  # fmt: skip
