"""Who may look at figures, that they are true for those who see no child, and what they open."""

import json
from datetime import date

import pytest
from django.urls import reverse

from conftest import make_user
from tuoitho.indicators.actions import freeze_figures
from tuoitho.indicators.models import Baseline, SurveyEstimate
from tuoitho.indicators.tests.make import (
    DAY,
    make_baseline,
    make_case,
    make_child,
    make_establishment,
    make_reach,
    old_communes,
)

TABLE = reverse("indicators:target_table")
NOW = date(2026, 3, 10)


def detail(code):
    return reverse("indicators:target_detail", args=[code])


def rows_page(code):
    return reverse("indicators:target_list", args=[code])


@pytest.fixture
def leader(area):
    return make_user("lanhdao", "leader", area)


@pytest.fixture
def cases(here):
    return [make_case(here, notified_on=NOW, opened_on=NOW) for _ in range(3)]


def test_a_leader_who_sees_no_child_sees_the_true_figure(client, leader, cases, area):
    client.force_login(leader)
    found = client.get(TABLE, {"year": 2026, "format": "json"})
    row = next(r for r in json.loads(found.content) if r["code"] == "1.2")
    assert (row["unit"], row["denominator"]) == ("020", 3)
    listed = client.get(rows_page("1.2"), {"year": 2026})
    assert listed.status_code == 200
    assert "Nguyễn Văn An" not in listed.content.decode()


def test_who_works_with_children_opens_the_list_behind_the_figure(client, lan, hanh, thu, cases):
    for person, seen in ((lan, 3), (hanh, 3)):
        client.force_login(person)
        page = client.get(rows_page("1.2"), {"year": 2026}).content.decode()
        assert page.count("Nguyễn Văn An") == seen
    client.force_login(thu)
    assert "Nguyễn Văn An" not in client.get(rows_page("1.2"), {"year": 2026}).content.decode()


def test_a_case_whose_child_moved_out_of_sight_stays_in_the_list(client, lan, here, there):
    make_case(here, child=make_child(there), notified_on=NOW, opened_on=NOW)
    client.force_login(lan)
    page = client.get(rows_page("1.2"), {"year": 2026}).content.decode()
    assert "(ngoài địa bàn)" in page
    assert "Nguyễn Văn An" not in page


def test_strangers_and_other_units_are_404(client, lan, there, cast_member):
    assert client.get(TABLE).status_code == 302
    client.force_login(lan)
    assert client.get(TABLE, {"unit": there.code}).status_code == 404
    assert client.get(TABLE, {"unit": "020"}).status_code == 404
    client.force_login(cast_member("school"))
    assert client.get(TABLE).status_code == 404


@pytest.mark.parametrize("year", ["1999", "nay", "٢٠٢٤", ""])
def test_a_year_nobody_can_mean_is_this_year(client, hanh, year):
    client.force_login(hanh)
    assert client.get(TABLE, {"year": year}).status_code == 200


def test_the_table_says_in_words_how_targets_stand(client, hanh, area, here):
    make_baseline(area, "parents", 100, year=2025)
    make_reach(here, "parents", 50, 50, day=date(2025, 9, 9))
    client.force_login(hanh)
    page = client.get(TABLE, {"year": 2025}).content.decode()
    assert "Không đạt" in page
    assert "Chưa có số liệu" in page
    part = client.get(TABLE, {"year": 2025}, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part


@pytest.mark.parametrize(
    "code", ["1.1", "1.1.hazardous", "1.2", "1.3", "2.1.staff", "2.3", "3.2.enterprise"]
)
@pytest.mark.parametrize("year", [2024, 2026])
def test_every_figure_has_a_page_and_a_list(client, hanh, here, cases, code, year):
    make_reach(here, "staff_teachers", 5, 5, day=NOW)
    make_establishment(here, "Công ty A", kind="enterprise")
    client.force_login(hanh)
    for map_ in ("then", "today"):
        assert client.get(detail(code), {"year": year, "map": map_}).status_code == 200
    assert client.get(rows_page(code), {"year": year}).status_code == 200


def test_an_unknown_indicator_is_404(client, hanh):
    client.force_login(hanh)
    assert client.get(detail("9.9")).status_code == 404
    assert client.get(rows_page("9.9")).status_code == 404


def test_a_commune_worker_sees_the_own_commune_in_years_before_it_was(client, lan):
    client.force_login(lan)
    page = client.get(TABLE, {"year": 2024})
    assert page.status_code == 200
    assert "Xã Thanh Trì" in page.content.decode()


@pytest.mark.parametrize("kind", ["xlsx", "csv", "json"])
def test_the_table_can_be_taken_away(client, hanh, kind):
    client.force_login(hanh)
    answer = client.get(TABLE, {"year": 2024, "format": kind})
    assert answer.status_code == 200
    assert f".{kind}" in answer["Content-Disposition"]
    assert client.get(TABLE, {"format": "pdf"}).status_code == 404


BASELINE = {"year": 2026, "group": "parents", "count": "1.250", "source": "Báo cáo 12/BC-UBND"}


def test_entering_and_correcting_a_baseline(client, hanh, area):
    client.force_login(hanh)
    address = reverse("indicators:baseline_new")
    assert client.post(address, {**BASELINE, "unit": area.pk}).status_code == 303
    start = client.get(address, {"unit": area.pk, "year": 2026, "group": "parents"})
    assert "1.250" in start.content.decode()
    assert client.post(address, {**BASELINE, "unit": area.pk, "count": "1300"}).status_code == 303
    assert Baseline.objects.get().count == 1300


def test_an_address_that_names_no_figure_opens_an_empty_form(client, hanh):
    client.force_login(hanh)
    answer = client.get(reverse("indicators:baseline_new"), {"unit": "²", "year": "²"})
    assert answer.status_code == 200


def test_wrong_input_comes_back_with_what_was_typed(client, hanh, area):
    client.force_login(hanh)
    wrong = {**BASELINE, "unit": area.pk, "count": "nhiều", "source": "Báo cáo lạ"}
    answer = client.post(reverse("indicators:baseline_new"), wrong)
    assert answer.status_code == 422
    assert "Báo cáo lạ" in answer.content.decode()


def test_a_unit_that_did_not_exist_is_told_beside_the_field(client, hanh, district):
    client.force_login(hanh)
    answer = client.post(reverse("indicators:baseline_new"), {**BASELINE, "unit": district.pk})
    assert answer.status_code == 422
    assert "không tồn tại trong năm 2026" in answer.content.decode()


def test_removing_a_baseline(client, hanh, area):
    row = make_baseline(area, "parents", 9, year=2026)
    client.force_login(hanh)
    address = reverse("indicators:baseline_remove", args=[row.pk])
    assert client.get(address).status_code == 200
    assert client.post(address, {"note": ""}).status_code == 422
    assert client.post(address, {"note": "Nhập nhầm"}).status_code == 303
    assert not Baseline.objects.exists()


def test_entering_a_survey(client, hanh, area):
    client.force_login(hanh)
    given = {"unit": area.pk, "year": 2026, "rate": "0,8", "low": "0,5", "high": "1,1",
             "confidence": "95", "source": "Điều tra", "design": "Hai giai đoạn"}  # fmt: skip
    address = reverse("indicators:survey_new")
    assert client.post(address, {**given, "rate": "2"}).status_code == 422
    assert client.post(address, given).status_code == 303
    assert SurveyEstimate.objects.get().unit == area
    assert "0,5" in client.get(reverse("indicators:survey_list")).content.decode()
    assert client.get(detail("1.1"), {"year": 2026}).status_code == 200


def test_looking_is_not_entering(client, lan):
    client.force_login(lan)
    assert client.get(reverse("indicators:baseline_list")).status_code == 200
    for name in ("baseline_new", "survey_new", "snapshot_new"):
        assert client.get(reverse(f"indicators:{name}")).status_code == 403


def test_freezing_and_seeing_what_changed(client, hanh, area, here):
    client.force_login(hanh)
    address = reverse("indicators:snapshot_new") + "?year=2026&unit=020"
    assert client.get(address).status_code == 200
    answer = client.post(address, {"note": "Báo cáo"})
    assert answer.status_code == 303
    assert "Không có chênh lệch nào" in client.get(answer.url).content.decode()
    make_reach(here, "parents", 7, 7, day=NOW)
    assert "Không có chênh lệch nào" not in client.get(answer.url).content.decode()
    assert client.get(reverse("indicators:snapshot_list")).status_code == 200


def test_a_snapshot_of_elsewhere_is_404(client, thu, here, hanh):
    kept = freeze_figures(here, 2026, by=hanh)
    client.force_login(thu)
    address = reverse("indicators:snapshot_detail", args=[kept.pk])
    assert client.get(address).status_code == 404


def test_lists_ask_a_bounded_number_of_questions(client, hanh, here, django_assert_max_num_queries):
    for place in range(12):
        make_baseline(here, "parents", 9, year=2021 + place)
        make_case(here, notified_on=NOW, opened_on=NOW)
    client.force_login(hanh)
    with django_assert_max_num_queries(20):
        client.get(reverse("indicators:baseline_list"))
    with django_assert_max_num_queries(25):
        client.get(rows_page("1.2"), {"year": 2026})
    with django_assert_max_num_queries(66):
        client.get(TABLE, {"year": 2026})
    with django_assert_max_num_queries(70):
        client.get(detail("1.2"), {"year": 2026})


def test_old_communes_are_listed_for_old_years(client, hanh, district):
    make_reach(old_communes(district)[3], "parents", 7, 7, day=DAY)
    client.force_login(hanh)
    page = client.get(detail("2.1.parents"), {"year": 2024}).content.decode()
    assert old_communes(district)[3].name in page
