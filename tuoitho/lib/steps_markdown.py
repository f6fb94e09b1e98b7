"""A table of steps for people to read: Markdown, with a diagram of the states above the rows."""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from django.db.models import TextChoices

from tuoitho.lib.steps import Move

M = TypeVar("M", bound=Move[str, TextChoices])
Column = tuple[str, Callable[[M], object]]


def steps_markdown(
    moves: Sequence[M],
    *starts: TextChoices,
    label: Callable[[M], object],
    more: Iterable[Column[M]] = (),
) -> str:
    """A Mermaid diagram and a table of ``moves``.

    ``starts``: the states a life begins in; ``label``: what the button of a row says; ``more``:
    headings and cells of what only these rows carry, before their ground.
    """
    columns: list[Column[M]] = [
        ("Nút", label), ("Bước", lambda m: f"`{m.name}`"), ("Từ", lambda m: m.source.label),
        ("Đến", lambda m: m.target.label), ("Quyền", lambda m: f"`{m.permission}`"), *more,
        ("Căn cứ", lambda m: m.basis),
    ]  # fmt: skip
    rows = [[cell(move) for _heading, cell in columns] for move in moves]
    table = markdown_table([heading for heading, _cell in columns], rows)
    return f"{_diagram(moves, starts, label)}\n{table}"


def markdown_table(headings: Sequence[str], rows: Iterable[Iterable[object]]) -> str:
    """The lines of a Markdown table."""
    return "\n".join([*map(_line, (headings, ["---"] * len(headings), *rows)), ""])


def _line(cells: Iterable[object]) -> str:
    return "| " + " | ".join(str(cell) for cell in cells) + " |"


def _diagram(
    moves: Sequence[M], starts: Sequence[TextChoices], label: Callable[[M], object]
) -> str:
    known = {*starts, *(state for move in moves for state in (move.source, move.target))}
    names = [f'    state "{state.label}" as {state}' for state in type(starts[0]) if state in known]
    begin = [f"    [*] --> {state}" for state in starts]
    arrows = [f"    {move.source} --> {move.target}: {label(move)}" for move in moves]
    return "\n".join(["```mermaid", "stateDiagram-v2", *names, *begin, *arrows, "```", ""])
