"""Writing down a child's work on a day and what the law says of it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tuoitho.audit.actions import record
from tuoitho.cases.actions.ceasing import note_relapse
from tuoitho.cases.actions.clocks import stop_report_clock
from tuoitho.cases.actions.report_steps import locked_report, tell_reporter
from tuoitho.cases.models import Case, Report, ReportState, Screening, ScreeningWork
from tuoitho.cases.models.report import ReceiptState
from tuoitho.cases.screening import judge
from tuoitho.lib.actors import Actor
from tuoitho.lib.hanoi import today
from tuoitho.people.models import Child


@transaction.atomic
def screen_child(
    child: Child,
    facts: Mapping[str, Any],
    *,
    observed_on: date,
    report: Report | None = None,
    by: Actor,
    note: str = "",
) -> Screening:
    """Judge a child's work as seen on ``observed_on`` and keep facts, answer and law version.

    ``facts``: ``{"works": [...] | None, "chores_hours_week": number | None}`` in the words of
    the law; a work may also carry ``description``, ``workplace`` and ``establishment`` (a row).
    Raises ValidationError for facts the law cannot read or a day to come.
    """
    if report is not None:
        report = locked_report(report)
        if report.state == ReportState.DISMISSED:
            raise ValidationError(_("Tin này đã được xếp là không phải xử lý."))
    by.require("cases.screen", child)
    if observed_on > today():
        raise ValidationError({"observed_on": _("Ngày này chưa tới.")})
    judgement = judge(child, facts, observed_on)
    case = Case.objects.filter(child=child).still_open().order_by("sealed").first()
    screening = Screening.objects.create(
        child=child, unit_id=child.unit_id, report=report, case=case, observed_on=observed_on,
        happened_unit=report.happened_unit if report else child.unit, age=judgement.age,
        screened_by=by.actor_name, note=note, sealed=bool(case and case.sealed),
        **judgement.as_fields(),
    )  # fmt: skip
    _keep_works(screening, facts.get("works") or [])
    if judgement.child_labour:
        note_relapse(child, observed_on, screening=screening)
    if report is not None:
        _answer(report, child, observed_on)
    if case is not None and judgement.hazardous and not case.hazardous:
        Case.objects.filter(pk=case.pk).update(hazardous=True)
    keys: dict[str, Any] = {"unit_key": None, "child_key": None} if screening.sealed else {}
    record(
        "cases.screen", screening, by=by, on=observed_on, **keys,
        after={"outcome": judgement.outcome, "child_labour": judgement.child_labour},
    )  # fmt: skip
    return screening


def _keep_works(screening: Screening, works: Sequence[Mapping[str, Any]]) -> None:
    ScreeningWork.objects.bulk_create(
        ScreeningWork(
            screening=screening, place_in_list=number, relation=work.get("relation") or "",
            job=work.get("job") or "", place=work.get("place") or "",
            description=work.get("description") or "", workplace=work.get("workplace") or "",
            establishment=work.get("establishment"),
        )
        for number, work in enumerate(works, start=1)
    )  # fmt: skip


def _answer(report: Report, child: Child, on: date) -> None:
    """The report has led to a screening of this child."""
    if report.state == ReportState.WAITING:
        report.state = ReportState.SCREENED
    report.child = report.child or child
    report.save(update_fields=["state", "child"])
    stop_report_clock(report)
    tell_reporter(report, ReceiptState.VERIFYING, on)
