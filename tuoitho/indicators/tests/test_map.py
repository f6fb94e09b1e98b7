"""Rows as the communes were and on today's map: totals are equal, what was divided is flagged."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tuoitho.indicators.places import moves
from tuoitho.indicators.tests.make import DAY, figure, make_baseline, make_reach, old_communes
from tuoitho.units.models import Unit


def rows_of(found):
    return {row.name: row for row in found.by_unit if row.numerator}


def commune(district, code):
    return next(unit for unit in old_communes(district) if unit.code == code)


@pytest.mark.parametrize(
    ("old", "name"), [("00676", "Xã Nam Phù"), ("00661", "Xã Thanh Trì"), ("00673", "Xã Ngọc Hồi")]
)
def test_a_commune_whose_people_went_to_one_is_counted_there(district, old, name):
    make_reach(commune(district, old), "parents", 8, 8, day=DAY)
    then, now = (figure("2.1.parents", district, on_map=m) for m in ("then", "today"))
    assert list(rows_of(now)) == [name]
    assert list(rows_of(then)) == [commune(district, old).name]
    assert rows_of(now)[name].numerator == rows_of(then)[commune(district, old).name].numerator


def test_a_divided_commune_stays_and_is_flagged(district):
    old = commune(district, "00640")
    make_reach(old, "parents", 8, 8, day=DAY)
    found = rows_of(figure("2.1.parents", district, on_map="today"))
    (row,) = found.values()
    assert row.unit_id == old.pk
    assert "Dân số đã chia" in row.note


def test_a_commune_that_got_part_of_a_divided_one_says_it_is_not_whole(district, area):
    make_reach(commune(district, "00661"), "parents", 8, 8, day=DAY)
    (row,) = rows_of(figure("2.1.parents", district, on_map="today")).values()
    assert "Chưa gồm phần dân số" in row.note
    assert not any(row.note for row in figure("2.1.parents", area, 2026, on_map="today").by_unit)


def test_a_commune_of_today_is_known_only_if_all_it_was_made_of_is(district, area):
    make_baseline(commune(district, "00676"), "parents", 100)
    found = figure("2.1.parents", district, on_map="today")
    assert next(r for r in found.by_unit if r.name == "Xã Nam Phù").denominator is None
    for code in ("00670", "00685"):
        make_baseline(commune(district, code), "parents", 100)
    found = figure("2.1.parents", district, on_map="today")
    assert next(r for r in found.by_unit if r.name == "Xã Nam Phù").denominator == 300


def test_the_year_of_the_reform_has_both_maps(area, here, district):
    make_reach(commune(district, "00676"), "parents", 3, 3, day=date(2025, 3, 1))
    make_reach(here, "parents", 4, 4, day=date(2025, 9, 1))
    found = figure("2.1.parents", area, 2025)
    assert found.numerator == 7
    assert [r.name for r in found.by_unit if r.numerator] == [
        "Xã Thanh Trì", "Xã Vạn Phúc (đến 30/06/2025)",
    ]  # fmt: skip


def test_every_ended_commune_of_the_district_goes_somewhere_or_is_flagged(district):
    found = moves(old_communes(district))
    assert len(found) == 16
    assert all((move.to is None) == move.split for move in found.values())
    assert sorted(
        Unit.objects.get(pk=unit).code for unit, move in found.items() if not move.split
    ) == ["00661", "00670", "00673", "00676", "00685"]


@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.dictionaries(st.integers(0, 15), st.integers(1, 30), max_size=6))
def test_totals_are_equal_on_both_maps(district, counts):
    from django.db import transaction

    communes = old_communes(district)
    with transaction.atomic():
        for place, count in counts.items():
            make_reach(communes[place], "parents", count, count, day=DAY)
        then, now = (figure("2.1.parents", district, on_map=m) for m in ("then", "today"))
        transaction.set_rollback(True)
    total = sum(counts.values())
    assert then.numerator == now.numerator == total
    assert sum(r.numerator for r in then.by_unit) == sum(r.numerator for r in now.by_unit) == total
