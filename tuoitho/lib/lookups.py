"""Conditions Django has no word for."""

from collections.abc import Iterable
from typing import Any

from django.db import models


@models.ForeignObject.register_lookup
@models.Field.register_lookup
class Among(models.Lookup[bool]):
    """``column__among=keys(…)``: one of many keys, sent to the database as one value.

    ``__in`` writes each key out: a city's seven hundred units cost more to write and to read than
    the question itself.
    """

    lookup_name = "among"

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[str | int, ...]]:
        column, params = self.process_lhs(compiler, connection)
        keys, more = self.process_rhs(compiler, connection)
        return f"{column} = ANY ({keys}::bigint[])", (*params, *more)


def keys(numbers: Iterable[int]) -> models.Value:
    """Primary keys (whole numbers) as ``among`` takes them."""
    return models.Value("{" + ",".join(map(str, sorted(numbers))) + "}")
