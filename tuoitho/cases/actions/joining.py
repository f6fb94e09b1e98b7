"""Joining reports about one child or one workplace, and taking them apart again."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tuoitho.audit.actions import record
from tuoitho.cases.actions.steps import allow
from tuoitho.cases.models import Report, ReportJoin
from tuoitho.cases.models.joining import JoinBasis
from tuoitho.lib.actors import Actor
from tuoitho.lib.hanoi import now
from tuoitho.lib.text import tidy
from tuoitho.notices.actions import notify
from tuoitho.notices.people import holders_of


def _open_join(report: Report) -> ReportJoin | None:
    return ReportJoin.objects.filter(report=report, ended_at=None).first()


def _lock_groups(reports: Iterable[UUID]) -> None:
    """All rows of the groups of these reports: two who put the same two groups together, each from
    another end, go one after the other, or either group would take the name of the other."""
    of_them = ReportJoin.objects.filter(report__in=reports, ended_at=None)
    groups = list(of_them.values_list("group", flat=True))
    found = ReportJoin.objects.select_for_update().filter(group__in=groups, ended_at=None)
    list(found.order_by("pk"))


@transaction.atomic
def join_reports(report: Report, other: Report, basis: str, *, by: Actor, on: date) -> Report:
    """``report`` and ``other`` (with what it is joined to) speak of one matter. Nothing of either
    changes: its words, channel, informant and limit stay its own.

    Raises ValidationError (the same report, joined already), PermissionDenied for either.
    """
    found = Report.objects.select_for_update().filter(pk__in=[report.pk, other.pk]).order_by("pk")
    rows = {row.pk: row for row in found}
    if len(rows) != 2:
        raise ValidationError(_("Hãy chọn một tin khác."))
    report, other = rows[report.pk], rows[other.pk]
    for row in (report, other):
        allow(by, "cases.screen", row)
    if basis not in JoinBasis.values:
        raise ValidationError({"basis": _("Hãy chọn vì sao gộp.")})
    _lock_groups(rows)
    mine, theirs = _open_join(report), _open_join(other)
    if mine and theirs and mine.group == theirs.group:
        raise ValidationError(_("Hai tin này đã được gộp."))
    group = (theirs or mine).group if (theirs or mine) else uuid4()  # type: ignore[union-attr]
    if mine and theirs:  # two groups become one
        ReportJoin.objects.filter(group=mine.group, ended_at=None).update(group=group)
    for row, joined in ((report, mine), (other, theirs)):
        if joined is None:
            ReportJoin.objects.create(report=row, group=group, basis=basis, joined_by=by.actor_name)
    _trace("cases.join_reports", report, other, by=by, on=on)
    _tell_workers(report, other, by)
    return report


def _tell_workers(report: Report, other: Report, by: Actor) -> None:
    """Who works on the case of one of them hears of the other."""
    told = next((r for r in (other, report) if r.case_id and not r.sealed), None)
    if told is None or report.sealed or other.sealed:
        return
    new = report if told is other else other
    people = [p for p in holders_of("cases.work", told.unit, at_home=True) if p.pk != by.pk]
    notify(people, "report.joined", subject=str(new), url_name="cases:report_detail",
           url_args=(new.pk,), unit=told.unit, by=by)  # fmt: skip


@transaction.atomic
def separate_report(report: Report, because: str, *, by: Actor, on: date) -> Report:
    """Take ``report`` out of its group; a group of one is none. The ended rows stay.

    Raises ValidationError (not joined, no reason), PermissionDenied.
    """
    report = Report.objects.select_for_update().get(pk=report.pk)
    allow(by, "cases.screen", report)
    joined = _open_join(report)
    if joined is None:
        raise ValidationError(_("Tin này không gộp với tin nào."))
    if not tidy(because):
        raise ValidationError({"because": _("Hãy ghi vì sao tách.")})
    ended: dict[str, Any] = {"ended_at": now(), "ended_by": by.actor_name,
                             "ended_because": tidy(because)}  # fmt: skip
    ReportJoin.objects.filter(pk=joined.pk).update(**ended)
    left = ReportJoin.objects.filter(group=joined.group, ended_at=None)
    if left.count() == 1:
        left.update(**ended)
    _trace("cases.separate_report", report, report, by=by, on=on)
    return report


def _trace(action: str, report: Report, other: Report, *, by: Actor, on: date) -> None:
    hidden = report.sealed or other.sealed
    keys: dict[str, Any] = {"unit_key": None, "child_key": None} if hidden else {}
    after = {} if hidden else {"other": str(other.pk)}
    record(action, report, by=by, on=on, after=after, **keys)
