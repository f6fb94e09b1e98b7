"""What every step of a report has in common: the lock, the table, the history."""

from datetime import date
from typing import Any, TypeVar, cast

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from tuoitho.audit.actions import record, snapshot
from tuoitho.lib.actors import Actor
from tuoitho.lib.hanoi import today
from tuoitho.lib.steps import move_from
from tuoitho.lib.text import tidy
from tuoitho.reports import states
from tuoitho.reports.models import Consolidation, Move, UnitReport
from tuoitho.reports.speakers import speaks_for
from tuoitho.reports.states import State, Step

D = TypeVar("D", bound=UnitReport | Consolidation)
# What no person types: the table of steps and the call for the report have set it.
SET_HERE = {"unit", "organisation", "office", "year", "state"}
LOGGED = ["year", "state", "revision", "due_on", "sent_on", "amendment"]


def locked(document: D, wanted: Step, by: Actor) -> tuple[D, states.Move]:
    """The row under lock and the step of the table, once the actor may take it.

    Raises ValidationError when there is no such step from where the report stands now (somebody
    else may have taken it meanwhile), PermissionDenied when it is not this person's to take.
    """
    rows = type(document).objects.select_for_update(of=("self",)).select_related("unit")
    document = cast(D, rows.get(pk=document.pk))
    move = move_from(document.rows, document.state, wanted)
    if move is None:
        raise ValidationError(_refusal(document, wanted), code="no_step")
    by.require(move.permission, document)
    if move.own and not speaks_for(by, document):
        raise PermissionDenied(f"{by.actor_name}: the report of {document}")
    return document, move


def _refusal(document: UnitReport | Consolidation, wanted: Step) -> str:
    """Names who did what last: most often he was a moment faster."""
    said = _("Báo cáo đang ở tình trạng “%(state)s” nên không thể: %(step)s.") % {
        "state": document.get_state_display(), "step": str(wanted.label).lower(),
    }  # fmt: skip
    last = document.moves.order_by("-pk").first()
    if last is None:
        return said
    latest = _("Bước gần nhất: %(step)s, %(who)s, ngày %(on)s.") % {
        "step": last.get_step_display(), "who": last.by_name, "on": f"{last.on:%d/%m/%Y}",
    }  # fmt: skip
    return f"{said} {latest}"


def logged(document: UnitReport | Consolidation) -> dict[str, Any]:
    return snapshot(document, LOGGED)


def moved(
    document: D, move: states.Move, before: dict[str, Any], *, by: Actor, on: date, note: str = ""
) -> D:
    """Save the row in its new state, append the history, write the log."""
    document.state = move.target
    document.full_clean(exclude=SET_HERE)
    document.save()
    append(document, move.name, by=by, on=on, note=note)
    record(
        f"reports.{move.name}", document, by=by, on=on, note=tidy(note), before=before,
        after=logged(document),
    )  # fmt: skip
    return document


def append(
    document: UnitReport | Consolidation, step: Step, *, by: Actor, on: date, note: str = ""
) -> None:
    """A line of history."""
    Move.objects.create(
        unit=document.unit, **of(document), step=step, target=State(document.state), on=on,
        by_name=by.actor_name, note=note.strip(),
    )  # fmt: skip


def of(document: UnitReport | Consolidation) -> dict[str, Any]:
    """The foreign key by which a row names its report."""
    return {"report" if isinstance(document, UnitReport) else "consolidation": document}


def not_in_future(on: date) -> None:
    if on > today():
        raise ValidationError({"on": _("Ngày không thể ở tương lai.")})


def reason_given(reason: str) -> str:
    """The reason as kept. Raises ValidationError (field ``reason``) when there is none."""
    if not reason.strip():
        raise ValidationError({"reason": _("Hãy ghi lý do.")})
    return reason.strip()
