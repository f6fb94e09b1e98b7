"""One column of a list: how it is called, what it shows, how it is sorted."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise


@dataclass(frozen=True)
class Column:
    """A column of a list page and of its Excel and CSV files.

    ``value`` gives the plain value (date, Decimal, text ...), the page and the files write it each
    in their own way. ``sort`` is the ORM field to sort by, "" for none. ``badge`` gives a Tabler
    colour for the value, or "" for plain text.
    """

    name: str
    label: str | Promise
    value: Callable[[Any], Any]
    sort: str = ""
    link: Callable[[Any], str] | None = None
    hide_small: bool = False
    badge: Callable[[Any], str] | None = None
