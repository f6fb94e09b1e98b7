"""Events of an act that touches thousands are written together, or not at all."""

import pytest

from tuoitho.audit.actions import gathering, record
from tuoitho.audit.models import Event


def actions_written():
    return list(Event.objects.order_by("pk").values_list("action", flat=True))


def test_they_are_written_at_the_end_in_their_order(system, here):
    before = actions_written()
    with gathering():
        record("units.first", here, by=system)
        record("units.second", here, by=system)
        assert actions_written() == before
    assert actions_written() == [*before, "units.first", "units.second"]


def _break_off(here, system):
    with gathering():
        record("units.first", here, by=system)
        raise ZeroDivisionError


def test_what_fails_writes_none(system, here):
    before = actions_written()
    with pytest.raises(ZeroDivisionError):
        _break_off(here, system)
    record("units.alone", here, by=system)
    assert actions_written() == [*before, "units.alone"]


def test_inside_another_the_outer_end_counts(system, here):
    before = actions_written()
    with gathering():
        record("units.first", here, by=system)
        with gathering():
            record("units.second", here, by=system)
        assert actions_written() == before
    assert actions_written() == [*before, "units.first", "units.second"]
