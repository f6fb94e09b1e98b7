"""Every indicator, by code; and one hash of what they all mean."""

import ast
import hashlib
import inspect
import json
import textwrap
from collections.abc import Callable
from functools import cache
from typing import Any

from django.utils.translation import override

from tuoitho.indicators.definitions import objective_1, objective_2, objective_3
from tuoitho.indicators.definitions.indicator import Indicator, Measure

# Raised by hand whenever a definition comes to mean something else.
VERSION = "2"

INDICATORS: tuple[Indicator, ...] = (
    *objective_1.INDICATORS,
    *objective_2.INDICATORS,
    *objective_3.INDICATORS,
)
BY_CODE = {indicator.code: indicator for indicator in INDICATORS}

__all__ = ["BY_CODE", "INDICATORS", "VERSION", "Indicator", "Measure", "definition_hash"]


@cache
def definition_hash() -> str:
    """SHA-256 of all definitions: their words, their way of counting, and the questions of other
    rooms they rest on (comments and docstrings aside)."""
    with override("vi"):
        written = [_written(indicator) for indicator in INDICATORS]
    text = json.dumps([VERSION, written], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _written(indicator: Indicator) -> dict[str, Any]:
    return {
        "code": indicator.code,
        "words": [str(indicator.title), str(indicator.formula), str(indicator.counted)],
        "years": [indicator.since, indicator.until],
        "measure": _measure(indicator.measure),
        "rests_on": [_meaning(function) for function in indicator.rests_on],
    }


def _measure(measure: Measure) -> dict[str, Any]:
    """The fields of the way of counting; functions by what they do."""
    found = {
        name: _meaning(value) if callable(value) else _plain(value)
        for name, value in vars(measure).items()
    }
    return {**found, "way": _meaning(type(measure).count)}


def _plain(value: Any) -> Any:
    if isinstance(value, bool | None):
        return value
    return [str(v) for v in value] if isinstance(value, tuple) else str(value)


def _meaning(function: Callable[..., Any]) -> str:
    """The code of a function without comments, layout and docstring."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    body = tree.body[0]
    if isinstance(body, ast.FunctionDef) and ast.get_docstring(body) is not None:
        body.body = body.body[1:] or [ast.Pass()]
    return ast.unparse(tree)
