"""Starting and stopping time limits: after each change a case has exactly the clocks it should."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef

from tuoitho.cases.models import Case, Clock, ClockOutcome, Report, ReportState
from tuoitho.cases.turns import STEPS, Waiting, is_of_law, rule_for, waiting
from tuoitho.lib.hanoi import day_of, now, today


def keep_clocks(case: Case, on: date) -> None:
    """Bring the clocks of a (locked) case in line with where it stands after a change on ``on``.

    A limit that is still the same runs on; one that is done stops; one that begins starts. Nothing
    happens to a case that has left the sight of who acts (sealed, handed over): whoever has it now
    goes on with its clocks as they are.
    """
    wanted = {(w.step, w.about): w for w in waiting(case, on)}
    done: list[UUID] = []
    running = list(Clock.objects.running().filter(case=case))
    for clock in running:
        found = wanted.get((clock.step, clock.about))
        if found is not None and found.due_at == clock.due_at:
            _say_whose_limit(clock, case, wanted.pop((clock.step, clock.about)))
        else:
            done.append(clock.pk)
    # Most changes leave the limits as they are: then nothing more is asked. Who sees a clock sees
    # its case.
    if (done or wanted) and (running or Case.objects.filter(pk=case.pk).exists()):
        _stop(done, ClockOutcome.DONE if case.is_open else ClockOutcome.VOID)
        Clock.objects.bulk_create([clock_of(case, w) for w in wanted.values()])


def _say_whose_limit(clock: Clock, case: Case, limit: Waiting) -> None:
    """The limit runs on; it may have ceased to be one of the law (16 years old, an emergency)."""
    legal = is_of_law(case, limit.step, limit.rule)
    if clock.legal != legal:
        clock.legal = legal
        clock.save(update_fields=["legal"])


def clock_of(case: Case, limit: Waiting) -> Clock:
    """A clock of ``case`` that begins to run (not saved)."""
    return Clock(
        case=case, step=limit.step, about=limit.about, unit_id=case.unit_id, sealed=case.sealed,
        assigned_to_id=case.assigned_to_id, permission=STEPS[limit.step].permission,
        started_at=limit.started_at, due_at=limit.due_at,
        in_hours=limit.rule.unit == "clock_hours", rule_id=limit.rule.key or 0,
        legal=is_of_law(case, limit.step, limit.rule),
    )  # fmt: skip


def _stop(clocks: list[UUID], outcome: str) -> None:
    if clocks:
        Clock.objects.filter(pk__in=clocks).update(stopped_at=now(), outcome=outcome)


def start_report_clock(report: Report) -> None:
    """The 12 hours of a report begin; who writes it need not be able to read it."""
    Clock.objects.bulk_create([report_clock(report)])


def report_clock(report: Report) -> Clock:
    """The clock of a waiting report (not saved)."""
    limit = rule_for("report", day_of(report.received_at))
    return Clock(
        report=report, step="report", unit_id=report.unit_id, sealed=report.sealed,
        permission=STEPS["report"].permission, started_at=report.received_at,
        due_at=report.first_response_due_at, in_hours=True, legal=limit.legal,
        rule_id=limit.key or 0,
    )  # fmt: skip


def stop_report_clock(report: Report) -> None:
    """Somebody has judged the report, or put it aside with a reason."""
    if report.state != ReportState.WAITING:
        _stop([clock.pk for clock in Clock.objects.running().filter(report=report)],
              ClockOutcome.DONE)  # fmt: skip


@transaction.atomic
def start_missing_clocks() -> int:
    """Clocks for open cases and waiting reports that have none: rows from before there were clocks,
    or written in bulk. Part of installing, safe to run again. Returns how many were started."""
    of_case = Clock.objects.running().filter(case=OuterRef("pk"))
    of_report = Clock.objects.running().filter(report=OuterRef("pk"))
    clocks = []
    cases = Case.objects.still_open().exclude(Exists(of_case)).prefetch_related("services")
    for case in cases.iterator(chunk_size=2000):
        clocks += [clock_of(case, limit) for limit in waiting(case, case.opened_on or today())]
    reports = Report.objects.waiting().exclude(Exists(of_report))
    clocks += [report_clock(report) for report in reports.iterator(chunk_size=2000)]
    Clock.objects.bulk_create(clocks, batch_size=2000)
    return len(clocks)
