"""A tiny district with known answers; boundary days; nothing twice; unknown sizes."""

import json
from datetime import date, datetime
from decimal import Decimal

import pytest
import time_machine
from django.core.management import call_command

from tuoitho.activities.models import EstablishmentReach
from tuoitho.cases.models import Cessation, Relapse, Service, Visit
from tuoitho.cases.tests.make import make_report, make_screening, seal
from tuoitho.indicators.definitions import BY_CODE, INDICATORS
from tuoitho.indicators.engine import BESIDE, compute, compute_years, lines_of, plan_of
from tuoitho.indicators.models import SurveyEstimate
from tuoitho.indicators.places import Ask, unit_for
from tuoitho.indicators.results import KEYS, percent
from tuoitho.indicators.tests.make import (
    DAY,
    figure,
    make_activity,
    make_baseline,
    make_case,
    make_child,
    make_establishment,
    make_reach,
    old_communes,
)
from tuoitho.lib.hanoi import HANOI
from tuoitho.people.models import Enrolment
from tuoitho.plan.tests.make import make_programme, packaged

IN_TIME = {
    "notified_on": DAY, "opened_on": DAY, "emergency": False, "plan_due_on": date(2024, 5, 13),
    "plan_submitted_on": date(2024, 5, 13), "approval_due_on": date(2024, 5, 15),
    "approved_on": date(2024, 5, 15),
}  # fmt: skip


@pytest.fixture
def commune(district):
    return old_communes(district)[0]


@pytest.fixture
def neighbour(district):
    return old_communes(district)[1]


def helped_case(unit, **facts):
    """A case in which every limit was kept, and a service given."""
    case = make_case(unit, **{"state": "supporting", **IN_TIME, **facts})
    Service.objects.create(case=case, kind="health", starts_on=DAY, recorded_by="lan")
    return case


def test_every_figure_of_the_plan_has_a_definition(db):
    lines = lines_of(packaged(), 2024)
    assert {line.code for line in lines} == set(BY_CODE) - set(BESIDE)
    assert len(lines) == len(INDICATORS) - len(BESIDE) == 20


def test_the_plan_in_the_database_is_what_counts(db, district):
    make_programme()
    assert plan_of(2024).header.number == "365/KH-UBND"
    assert [r.code for r in compute(district, 2024)][:3] == ["1.1", "1.2", "1.3"]


def test_target_1_2_counts_children_helped_in_time(district, commune, neighbour):
    helped_case(commune)
    helped_case(neighbour, category="trafficked")
    make_case(neighbour, notified_on=DAY, opened_on=DAY, category="at_risk")
    make_case(commune, "closed", notified_on=DAY, opened_on=DAY, closing="not_confirmed")
    found = figure("1.2", district)
    assert (found.numerator, found.denominator, found.value) == (2, 3, Decimal("66.67"))
    assert found.met is False
    assert {r.unit: (r.numerator, r.denominator) for r in found.by_unit if r.denominator} == {
        commune.code: (1, 1), neighbour.code: (1, 2),
    }  # fmt: skip


def test_a_plan_one_day_late_is_not_in_time(district, commune):
    helped_case(commune, plan_submitted_on=date(2024, 5, 14), approval_due_on=date(2024, 5, 16))
    assert figure("1.2", district).numerator == 0


def test_a_commune_without_cases_has_none_rather_than_an_unknown_number(district, commune):
    helped_case(commune)
    rows = figure("1.2", district).by_unit
    assert sorted((r.numerator, r.denominator) for r in rows) == [(0, 0)] * 15 + [(1, 1)]


def test_a_survey_of_the_district_is_found_by_the_area_that_continues_it(district, area):
    SurveyEstimate.objects.create(
        unit=district, year=2024, rate=1, low=0, high=2, source="Điều tra", design="x",
        entered_by="hanh", entered_on=DAY,
    )  # fmt: skip
    assert figure("1.1", area).value == 1


def test_a_child_with_two_cases_counts_once_and_only_if_both_were_in_time(
    district, commune, neighbour
):
    child = make_child(commune)
    helped_case(commune, child=child, state="closed", closed_on=date(2024, 8, 1), closing="reached")
    make_case(neighbour, child=child, notified_on=date(2024, 9, 2), opened_on=date(2024, 9, 2))
    found = figure("1.2", district)
    assert (found.numerator, found.denominator) == (0, 1)
    assert [(r.unit, r.denominator) for r in found.by_unit if r.denominator] == [(commune.code, 1)]


@pytest.mark.parametrize(
    ("day", "year"),
    [(date(2023, 12, 31), 2023), (date(2024, 1, 1), 2024), (date(2024, 12, 31), 2024)],
)
def test_new_years_eve_belongs_to_the_old_year(district, commune, day, year):
    make_case(commune, notified_on=day, opened_on=day)
    make_reach(commune, "parents", 10, 10, day=day)
    counted = [figure("1.2", district, y).denominator for y in (2022, 2023, 2024, 2025)]
    assert counted == [int(y == year) for y in (2022, 2023, 2024, 2025)]
    reached = [figure("2.1.parents", district, y).numerator for y in (2022, 2023, 2024, 2025)]
    assert reached == [10 * (y == year) for y in (2022, 2023, 2024, 2025)]


def test_target_1_3_counts_who_learns_or_is_taught_a_trade(district, commune):
    pupil, trainee, neither = (make_child(commune, name) for name in ("A", "B", "C"))
    Enrolment.objects.create(child=pupil, school_year="2024-2025", status="attending",
                             status_on=date(2024, 9, 5))  # fmt: skip
    cases = [make_case(commune, child=child, category="at_risk", opened_on=DAY, notified_on=DAY)
             for child in (pupil, trainee, neither)]  # fmt: skip
    Service.objects.create(case=cases[1], kind="vocational", starts_on=DAY, recorded_by="lan")
    make_case(commune, category="trafficked", opened_on=DAY, notified_on=DAY)
    found = figure("1.3", district)
    assert (found.numerator, found.denominator, found.value) == (2, 3, Decimal("66.67"))


def test_without_a_survey_target_1_1_is_unknown_and_the_register_stands_beside(district, commune):
    make_baseline(district, "population_5_17", 50_000)
    child = make_child(commune)
    make_screening(child, observed_on=DAY)
    make_screening(child, observed_on=date(2024, 6, 1))
    make_case(commune, child=child, notified_on=DAY, opened_on=DAY)
    make_screening(make_child(commune, birth_date=date(2021, 1, 1)), observed_on=DAY)
    found = figure("1.1", district)
    assert (found.value, found.met, found.numerator) == (None, None, None)
    assert (found.register_count, found.register_share) == (1, Decimal("0.00"))
    assert found.register_name == "phát hiện / dân số 5–17"
    assert "Chưa có điều tra mẫu" in found.note


@pytest.mark.parametrize(("rate", "met"), [("0.9999", True), ("1.0", False), ("1.2", False)])
def test_a_survey_gives_the_rate_with_its_interval(district, rate, met):
    SurveyEstimate.objects.create(
        unit=district, year=2024, rate=rate, low="0.5", high="1.5", source="Điều tra 2024",
        design="Mẫu hai giai đoạn", entered_by="hanh", entered_on=DAY,
    )  # fmt: skip
    found = figure("1.1", district)
    assert found.value == Decimal(rate)
    assert (found.met, found.low, found.high) == (met, Decimal("0.5"), Decimal("1.5"))


def test_hazardous_share_of_the_children_found(district, commune):
    make_screening(make_child(commune, "A"), observed_on=DAY, hazardous=True)
    make_screening(make_child(commune, "B"), observed_on=DAY, hazardous=None)
    found = figure("1.1.hazardous", district)
    assert (found.numerator, found.denominator, found.value) == (1, 2, Decimal(50))
    assert (found.target, found.met, found.threshold) == ("2030.2", None, None)


def test_people_informed_count_once_and_both_owners_add_up(district, commune):
    make_reach(commune, "children", 50, 40, day=DAY)
    make_reach(commune, "children", 60, 60, part="school", owner="gddt", day=DAY)
    make_baseline(district, "children_community", 100)
    make_baseline(district, "children_school", 100)
    values = [figure(code, district).value for code in ("2.2", "2.2.community", "2.2.school")]
    assert values == [50, 40, 60]


def test_planned_and_cancelled_activities_count_nowhere(district, commune):
    for state in ("planned", "cancelled"):
        activity = make_activity(commune, state=state, day=DAY, title=state)
        make_reach(commune, "parents", 9, 9, activity=activity)
    assert figure("2.1.parents", district).numerator == 0


def test_an_office_of_the_district_has_its_own_row(district, commune):
    make_reach(district, "parents", 5, 5, day=DAY)
    make_reach(commune, "parents", 7, 7, day=DAY)
    found = figure("2.1.parents", district)
    assert found.numerator == sum(row.numerator for row in found.by_unit) == 12
    assert (found.by_unit[0].name, found.by_unit[0].numerator) == (district.name, 5)


def test_training_is_counted_apart_from_information(district, commune):
    make_baseline(district, "officials_commune", 40)
    make_reach(commune, "officials_commune", 30, 20, first_trained=30, kind="training", day=DAY)
    make_reach(commune, "officials_commune", 10, 10, day=DAY)
    found = figure("3.1.commune", district)
    assert (found.numerator, found.denominator, found.value) == (30, 40, 75)


def reached(establishment, **facts):
    activity = make_activity(establishment.unit, state="done", day=DAY, **facts)
    EstablishmentReach.objects.create(activity=activity, establishment=establishment)


def test_workplaces_count_once_by_kind(district, commune):
    firm = make_establishment(commune, "Công ty A", kind="enterprise")
    small = make_establishment(commune, "Công ty B", kind="small_enterprise")
    make_establishment(commune, "Hộ C", kind="household")
    make_establishment(commune, "Hộ đã nghỉ", kind="household", closed_on=date(2023, 12, 31),
                       closing_reason="Nghỉ")  # fmt: skip
    reached(firm)
    reached(firm, title="Lần hai")
    reached(small, title="Lần ba", kind="training")
    whole, firms = figure("2.3", district), figure("2.3.enterprise", district)
    assert (whole.numerator, whole.denominator) == (2, 3)
    assert (firms.numerator, firms.denominator, firms.value) == (2, 2, 100)
    trained = figure("3.2.enterprise", district)
    assert (trained.numerator, trained.denominator, trained.value) == (1, 2, 50)
    homes = figure("3.2.cooperative_household", district)
    assert (homes.numerator, homes.denominator) == (0, 1)


def test_the_office_may_count_more_workplaces_than_the_register(district, commune):
    make_establishment(commune, "Công ty A", kind="enterprise")
    make_baseline(district, "enterprises", 10)
    assert figure("2.3.enterprise", district).denominator == 10
    make_baseline(commune, "enterprises", 25)
    assert figure("2.3.enterprise", district).denominator == 25


def test_an_unknown_denominator_is_named(district, commune):
    make_reach(commune, "parents", 10, 10, day=DAY)
    make_baseline(commune, "parents", 100)
    found = figure("2.1.parents", district)
    assert (found.numerator, found.denominator, found.value, found.met) == (10, None, None, None)
    assert "parents" in found.note
    assert "Xã Tân Triều" in found.note
    assert commune.name not in found.note
    row = next(row for row in found.by_unit if row.unit == commune.code)
    assert row.value == 10


def test_what_only_a_district_has_is_not_asked_of_a_commune(commune):
    assert "Chỉ tính cho cả địa bàn" in figure("3.1.district", commune).note


def test_communes_add_up_only_when_all_are_known(district):
    for unit in old_communes(district):
        make_baseline(unit, "parents", 100)
    make_baseline(district, "parents", 9_999)
    assert figure("2.1.parents", district).denominator == 1_600


def test_the_own_figure_of_the_district_stands_in(district, commune):
    make_baseline(commune, "parents", 100)
    make_baseline(district, "parents", 2_000)
    assert figure("2.1.parents", district).denominator == 2_000


def test_more_than_all_is_shown_and_questioned(district, commune):
    make_reach(commune, "parents", 30, 30, day=DAY)
    make_baseline(district, "parents", 20)
    found = figure("2.1.parents", district)
    assert found.value == 150
    assert "Tử số lớn hơn mẫu số: kiểm tra số liệu nền." in found.note


def test_nothing_notified_is_no_share(district):
    found = figure("1.2", district)
    assert (found.denominator, found.value, found.met) == (0, None, None)


def test_a_year_that_is_not_over_says_so(area, here):
    with time_machine.travel(datetime(2026, 6, 1, tzinfo=HANOI)):
        assert "Tính đến ngày 01/06/2026" in figure("1.2", area, 2026).note
        assert "chưa bắt đầu" in figure("1.2", area, 2027).note
        assert "Tính đến" not in figure("1.2", area, 2025).note


@pytest.mark.parametrize(("year", "concluded"), [(2024, False), (2025, True)])
def test_the_end_target_is_a_verdict_only_at_the_end(district, area, year, concluded):
    unit = district if year == 2024 else area
    make_baseline(unit, "parents", 10, year=year)
    make_reach(unit, "parents", 9, 9, day=date(year, 5, 6))
    found = figure("2.1.parents", unit, year)
    assert (found.threshold, found.threshold_year, found.met) == (80, 2025, True)
    assert (found.only_end_value, found.concluded) == (True, concluded)


def test_a_few_sealed_cases_are_in_no_figure(district, commune):
    helped_case(commune)
    before = figure("1.2", district)
    for _one in range(4):
        seal(helped_case(commune, category="trafficked"))
    found = figure("1.2", district)
    assert (found.numerator, found.denominator) == (before.numerator, before.denominator) == (1, 1)


def test_sealed_cases_count_in_the_district_and_in_no_commune(district, commune):
    helped_case(commune)
    for _one in range(5):
        seal(helped_case(commune, category="trafficked"))
    found = figure("1.2", district)
    assert (found.numerator, found.denominator) == (6, 6)
    assert sum(row.denominator or 0 for row in found.by_unit) == 1
    assert figure("1.2", commune).denominator == 1


def test_waiting_reports_are_told_beside(district, commune):
    make_report(commune, received_at=datetime(2024, 5, 6, 8, tzinfo=HANOI))
    found = figure("1.2", district)
    assert found.denominator == 0
    assert "1 tin báo" in found.note


def test_units_are_those_of_the_last_day(district, area):
    assert unit_for("020", 2024) == district
    assert unit_for("020", 2025) == unit_for("020", 2026) == area
    assert Ask(district, 2024).root == area


def test_a_share_never_rounds_across_its_threshold():
    assert percent(89_996, 100_000, Decimal(90)) == Decimal("89.996")
    assert percent(2, 3) == Decimal("66.67")


def test_the_command_prints_the_contract(district, commune, capsys):
    make_reach(commune, "parents", 30, 30, day=DAY)
    make_baseline(district, "parents", 40)
    call_command("indicators", year=2024, unit="020", format="json")
    rows = json.loads(capsys.readouterr().out)
    assert {tuple(row) for row in rows} == {KEYS}
    row = next(r for r in rows if r["code"] == "2.1.parents")
    assert (row["target"], row["part"], row["owner"], row["unit"]) == (
        "2.1", "parents", "ldtbxh", "020",
    )  # fmt: skip
    assert (row["value"], row["threshold"], row["direction"]) == (75, 80, "at_least")
    assert row["met"] is False


def test_the_number_of_queries_does_not_grow_with_communes(district, django_assert_max_num_queries):
    for unit in old_communes(district):
        make_case(unit, notified_on=DAY, opened_on=DAY)
        make_reach(unit, "parents", 5, 5, day=DAY)
    with django_assert_max_num_queries(46):
        compute(district, 2024)


def test_years_share_what_does_not_change_between_them(area, django_assert_max_num_queries):
    make_baseline(area, "parents", 100, year=2025)
    years = range(2021, 2027)
    with django_assert_max_num_queries(12 + len(years)):
        found = compute_years(area, [*years, 2035], codes=["2.1.parents"])
    assert list(found) == list(years)
    assert found == {year: compute(area, year, codes=["2.1.parents"]) for year in years}
    assert found[2025][0].denominator == 100


def stopped_case(unit, day):
    """A case in which two clear visits showed on ``day`` that child labour had stopped."""
    case = make_case(unit, "following", notified_on=DAY, opened_on=DAY)
    visits = [
        Visit.objects.create(case=case, on=on, clear=True, child_labour=False, outcome="lawful",
                             visited_by="lan")
        for on in (date(day.year, 1, 5), day)
    ]  # fmt: skip
    Cessation.objects.create(
        case=case, ceased_on=day, first_visit=visits[0], last_visit=visits[1], recorded_on=day,
        recorded_by="lan",
    )  # fmt: skip
    return case


def test_relapses_are_of_those_who_had_stopped_in_the_year(district, commune):
    stopped_case(commune, date(2024, 6, 1))
    stopped_case(commune, date(2023, 6, 1))
    case = stopped_case(commune, date(2024, 12, 31))
    screening = make_screening(case.child, observed_on=date(2025, 2, 1))
    Relapse.objects.create(
        case=case, cessation=case.cessations.get(), on=date(2025, 2, 1), screening=screening
    )
    (found,) = compute(district, 2024, codes=["1.2.relapse"])
    assert (found.numerator, found.denominator, found.value) == (1, 2, Decimal("50.00"))
    assert "1.2.relapse" not in {result.code for result in compute(district, 2024)}
