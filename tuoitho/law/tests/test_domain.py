"""Every row of the facts file (domain.md 1, 2, 5A, 5B, 6.1) is in the data, with its flag."""

import pytest

from tuoitho.law import parameters

LAW = parameters.load()
ROWS = {
    "1.1": ("ages.minimum", "V"),
    "1.2": ("ages.minor", "V"),
    "1.3": ("prohibited.jobs", "V"),
    "1.4": ("light_work.rule", "V"),
    "1.5": ("light_work.under_13", "V"),
    "1.6": ("conditions.fit_work", "V"),
    "1.7": ("conditions.book_contents", "V"),
    "1.7 consent": ("duties.consent", "V"),
    "1.8": ("conditions.schooling", "V"),
    "1.9": ("duties.contract", "V"),
    "1.10": ("duties.study", "V"),
    "1.11": ("duties.health_check", "V"),
    "1.12": ("duties.safe_conditions", "V"),
    "1.13": ("duties.provincial_consent", "V"),
    "1.14": ("hours.week_under_15", "V"),
    "1.15": ("hours.week_15_17", "V"),
    "1.16": ("hours.night_from", "V"),
    "1.17": ("hours.overtime_year_special", "V"),
    "1.18": ("hours.break_night", "V"),
    "1.18 short": ("conditions.short_breaks", "V"),
    "1.19": ("hours.weekly_rest", "V"),
    "1.20": ("ages.apprentice_hazardous", "V"),
    "1.20 terms": ("conditions.apprentice_terms", "V"),
    "1.21": ("conditions.domestic_worker", "V"),
    "1.22": ("conditions.code_amendments", "P"),
    "147.2": ("prohibited.places", "V"),
    "2.1": ("conditions.study_time", "V"),
    "2.2": ("conditions.short_breaks_under_15", "V"),
    "2.3": ("light_work.place_test", "V"),
    "2.4": ("conditions.signatory", "V"),
    "2.5": ("duties.contract_contents", "V"),
    "2.6": ("conditions.contract_effect_under_13", "V"),
    "2.7": ("conditions.provincial_place", "V"),
    "2.8": ("conditions.dossier_under_13", "V"),
    "2.9": ("duties.provincial_answer_days", "V"),
    "2.10": ("conditions.annexes", "V"),
    "2.11": ("duties.provincial_authority", "P"),
    "2.12": ("conditions.circular_status", "V*"),
    "PL II": ("light_work.list", "V*"),
    "PL III": ("harmful_jobs.list", "V*"),
    "PL IV": ("harmful_places.list", "V*"),
    "PL V": ("overtime_night.overtime", "V*"),
    "PL V night": ("overtime_night.night", "M"),
    "5A k1": ("sanctions.book", "V*"),
    "5A k2.a": ("sanctions.consent", "V*"),
    "5A k2.b": ("sanctions.conditions_under_15", "V*"),
    "5A k2.c": ("sanctions.hours", "V*"),
    "5A k2.d": ("sanctions.overtime_night_under_15", "V*"),
    "5A k2.đ": ("sanctions.overtime_night_15_17", "V*"),
    "5A k3.a": ("sanctions.outside_light_work", "V*"),
    "5A k3.b": ("sanctions.under_13", "V*"),
    "5A k3.c": ("sanctions.prohibited_15_17", "V*"),
    "5A Đ7": ("sanctions.organisation_factor", "V*"),
    "5A Đ3.4": ("procedure.limitation_years", "V*"),
    "5A Đ4.2.k": ("procedure.repeat_criminal", "V*"),
    "5A Đ54": ("procedure.record_makers", "V*"),
    "5A Đ55": ("procedure.power_commune_chair", "V*"),
    "5A Đ67": ("procedure.continuing_act", "V*"),
    "5A Đ17.4": ("procedure.forced_labour", "V*"),
    "6.1": ("standards.sdg_bands", "V"),
}
AMOUNTS = {
    "book": (1, 2),
    "consent": (20, 25),
    "conditions_under_15": (20, 25),
    "hours": (20, 25),
    "overtime_night_under_15": (20, 25),
    "overtime_night_15_17": (20, 25),
    "outside_light_work": (50, 75),
    "under_13": (50, 75),
    "prohibited_15_17": (50, 75),
}


@pytest.mark.parametrize("row", ROWS)
def test_a_row_of_the_facts_is_a_dated_value_with_its_flag(row):
    name, flag = ROWS[row]
    latest = LAW.parameters[name].values[-1]
    assert latest.flag == flag, f"{row}: {name}"


@pytest.mark.parametrize("act", AMOUNTS)
def test_each_decree_names_its_fine(act):
    low, high = (million * 1_000_000 for million in AMOUNTS[act])
    values = LAW.parameters[f"sanctions.{act}"].values
    decrees = [v.value["decree"] for v in values]
    assert decrees == ["28/2020/NĐ-CP", "12/2022/NĐ-CP", "283/2026/NĐ-CP"]
    assert {(v.value["min_vnd"], v.value["max_vnd"]) for v in values} == {(low, high)}
    assert not values[0].verified
