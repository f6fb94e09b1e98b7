"""How a report is drawn: its figures with the lists behind them, its steps, its history."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.urls import reverse

from tuoitho.access.models import User
from tuoitho.indicators.results import TargetResult, from_json
from tuoitho.lib.steps import moves_from
from tuoitho.reports.annual import TargetLine
from tuoitho.reports.annual.context import count, percent, threshold, verdict
from tuoitho.reports.models import Consolidation, Edition, UnitReport
from tuoitho.reports.speakers import speaks_for
from tuoitho.reports.states import Step

Document = UnitReport | Consolidation
ICONS = {Step.SIGN: "lock", Step.SEND: "send", Step.RETURN: "x", Step.WITHDRAW: "x",
         Step.WRITE: "edit", Step.AMEND: "arrow-back-up"}  # fmt: skip


@dataclass(frozen=True)
class Figure:
    """One line of the report's table, with the address of the indicator it comes from."""

    line: TargetLine
    count: str
    value: str
    threshold: str
    verdict: str
    colour: str
    url: str


def figures(
    lines: Sequence[TargetLine], results: Sequence[TargetResult], document: Document
) -> list[Figure]:
    """Lines and the results they were made from stand in the same order."""
    query = urlencode({"year": document.year, "unit": document.unit.code})
    return [
        Figure(
            line, f"{count(line.numerator)} / {count(line.denominator)}", percent(line.value),
            threshold(line), verdict(line), _colour(line),
            f"{reverse('indicators:target_detail', args=[result.code])}?{query}",
        )
        for line, result in zip(lines, results, strict=True)
    ]  # fmt: skip


def frozen(edition: Edition, document: Document) -> list[Figure]:
    """The figures as they were signed."""
    results = [from_json(row) for row in edition.figures]
    return figures(edition.annual.targets, results, document)


def _colour(line: TargetLine) -> str:
    if line.met is None:
        return "secondary"
    return "green" if line.met else ("orange" if line.verdict else "red")


def open_steps(user: User, document: Document) -> set[Step]:
    """What this person may do to the report now: buttons. (Actions check it again.)"""
    moves = [
        move for move in moves_from(document.rows, document.state)
        if document.unit_id in user.scope(move.permission)
    ]  # fmt: skip
    own = speaks_for(user, document) if any(move.own for move in moves) else False
    return {move.name for move in moves if own or not move.own}


def must_be_its(user: User, document: Document, step: Step) -> None:
    """Raise PermissionDenied unless this person takes ``step`` for this report at some time: a
    form one cannot send is not shown either."""
    move = next(move for move in document.rows if move.name == step)
    user.require(move.permission, document)
    if move.own and not speaks_for(user, document):
        raise PermissionDenied(f"{user.actor_name}: {step} of {document}")


def history(document: Document) -> list[dict[str, Any]]:
    """Newest first; who saved ten times in a row stands once."""
    found: list[dict[str, Any]] = []
    last: tuple[str, str] | None = None
    for move in document.moves.order_by("-pk"):
        this = (move.step, move.by_name)
        if move.step == Step.WRITE and this == last:
            continue
        last = this
        note = "" if move.step == Step.WRITE else move.note
        found.append({
            "when": move.at, "title": move.get_step_display(), "who": move.by_name,
            "text": note, "icon": ICONS.get(Step(move.step), "check"),
        })  # fmt: skip
    return found
