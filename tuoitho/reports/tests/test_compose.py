"""The lines of a report come from the indicators and the budget, and from nowhere else."""

from datetime import date
from decimal import Decimal

import pytest

from tuoitho.budget.tests.make import make_contribution, make_line
from tuoitho.indicators.engine import compute
from tuoitho.indicators.tests.make import (
    make_baseline,
    make_case,
    make_reach,
    old_communes,
)
from tuoitho.lib.hanoi import now
from tuoitho.plan.tests.make import make_programme
from tuoitho.reports.annual import Direction
from tuoitho.reports.composing import compose
from tuoitho.reports.models import Consolidation, UnitReport
from tuoitho.reports.owed import due_on

DAY = date(2024, 5, 6)


def whole(unit, year=2024, **facts):
    return Consolidation(unit=unit, year=year, due_on=due_on(year), **facts)


def of_office(unit, office, year=2024, **facts):
    return UnitReport(unit=unit, year=year, office=office, name="Phòng", due_on=due_on(year),
                      **facts)  # fmt: skip


def line(annual, code, part=""):
    return next(t for t in annual.targets if (t.code, t.part) == (code, part))


@pytest.fixture
def rows(district):
    """One commune has two cases and twenty parents reached of a hundred; the rest nothing."""
    commune = old_communes(district)[0]
    for unit in old_communes(district):
        make_baseline(unit, "parents", 100)
    make_reach(commune, "parents", 20, 20, day=DAY)
    for _number in range(2):
        make_case(commune, opened_on=DAY, notified_on=DAY)
    return commune


def test_every_figure_is_the_engines(district, rows):
    annual = compose(whole(district), now()).annual
    computed = compute(district, 2024)
    assert [(t.numerator, t.denominator, t.value, t.threshold) for t in annual.targets] == [
        (r.numerator, r.denominator, r.value, r.threshold) for r in computed
    ]
    parents = line(annual, "2.1", "cha mẹ")
    assert (parents.numerator, parents.denominator, parents.value) == (20, 1600, Decimal("1.25"))
    assert parents.objective.startswith("Mục tiêu 2:")


def test_the_district_of_2024_has_its_sixteen_communes(district, rows):
    parents = line(compose(whole(district), now()).annual, "2.1", "cha mẹ")
    assert len(parents.by_unit) == 16
    assert (parents.by_unit[0].numerator, parents.by_unit[0].value) == (20, Decimal("20.00"))
    assert parents.by_unit[1].value == 0


def test_after_the_reform_the_area_speaks_for_its_communes(area):
    annual = compose(whole(area, 2025), now()).annual
    assert annual.unit_name == "huyện Thanh Trì (cũ)"
    assert "trên địa bàn huyện Thanh Trì (cũ) năm 2025" in annual.full_subject


def test_what_the_district_did_for_all_is_not_zero_in_a_commune(district):
    for unit in old_communes(district):
        make_baseline(unit, "parents", 100)
    make_reach(district, "parents", 900, 900, day=DAY)
    parents = line(compose(whole(district), now()).annual, "2.1", "cha mẹ")
    together, first = parents.by_unit[:2]
    assert (together.numerator, together.value) == (900, None)
    assert (first.numerator, first.value) == (None, None)
    assert "thực hiện chung" in first.reason


def test_a_commune_reports_its_own_figures(district, rows):
    annual = compose(of_office(rows, "ubnd_xa"), now()).annual
    assert line(annual, "2.1", "cha mẹ").value == Decimal("20.00")
    assert not any(t.by_unit for t in annual.targets)
    assert annual.addressed_to == ("Phòng Lao động - Thương binh và Xã hội",)


def test_an_office_reports_the_targets_it_owns(district, rows):
    education = compose(of_office(district, "gddt"), now()).annual
    assert {t.code for t in education.targets} == {"1.3", "2.1", "2.2"}
    assert education.parent_body == "Ủy ban nhân dân huyện Thanh Trì"
    police = compose(of_office(district, "congan", sections={"group_4": "Xác minh."}), now()).annual
    assert (police.targets, police.parent_body) == ((), "")
    assert [s.key for s in police.sections] == ["results"]


def test_money_is_that_of_the_budget(district, area, rows):
    make_line(district, year=2024, owner="gddt", state="approved", estimate=80, approved=60)
    make_line(rows, year=2024, state="approved", estimate=20, approved=10)
    make_line(district, year=2023, estimate=999)
    make_contribution(rows, on=DAY, received_on=DAY)
    annual = compose(whole(district), now()).annual
    (state,) = annual.budget
    assert (state.estimate, state.approved, state.spent) == (100, 70, 0)
    money = next(s for s in annual.sections if s.key == "budget")
    assert "1 khoản ủng hộ" in money.paragraphs[0]
    assert "5.000.000 đồng" in money.paragraphs[0]
    (own,) = compose(of_office(district, "gddt"), now()).annual.budget
    assert own.estimate == 80


def test_before_the_end_of_the_period_a_comparison_is_no_verdict(district, rows):
    annual = compose(whole(district), now()).annual
    assert line(annual, "2.1", "cha mẹ").verdict == "Chưa tới mức 2025"
    results = next(s for s in annual.sections if s.key == "results")
    assert "chỉ so sánh, chưa kết luận" in results.paragraphs[0]
    assert "chưa kết luận" not in line(annual, "2.1", "cha mẹ").note


def test_what_has_no_threshold_is_only_shown(district, rows):
    hazardous = line(compose(whole(district), now()).annual, "1.1", "nặng nhọc, độc hại")
    assert (hazardous.direction, hazardous.threshold) == (Direction.MINIMISE, None)
    assert hazardous.objective.startswith("Định hướng đến năm 2030")


def test_the_rate_of_child_labour_comes_from_a_survey_alone(district, rows):
    rate = line(compose(whole(district), now()).annual, "1.1")
    assert (rate.value, rate.reason) == (None, "chưa có số liệu: thiếu điều tra mẫu năm 2024")
    assert all(unit.value is None for unit in rate.by_unit)


def test_words_are_vietnamese_whatever_the_screen_speaks(district, rows):
    from django.utils.translation import override

    make_programme()
    with override("en"):
        annual = compose(whole(district), now()).annual
    assert annual.budget == ()
    assert line(annual, "1.2").owner == "Phòng LĐTBXH"
    assert "Tỷ lệ" in line(annual, "1.1").title


def test_a_draft_has_no_number_and_says_so(district, rows):
    annual = compose(whole(district), now()).annual
    assert (annual.number, annual.signed_on, annual.is_draft) == (None, None, True)
    assert annual.signer.name == ""


def test_a_demonstration_says_so(district, rows, system):
    from tuoitho.audit.actions import record

    assert not compose(whole(district), now()).annual.is_demo
    record("demo.begun", district, by=system)
    assert compose(whole(district), now()).annual.is_demo
