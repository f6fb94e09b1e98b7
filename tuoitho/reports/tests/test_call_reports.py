"""Who owes a report; calling for the reports of a year; beginning one's own."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from conftest import make_user, thanh_tri
from tuoitho.audit.models import Event
from tuoitho.reports.actions import begin_report, call_reports, start_report
from tuoitho.reports.models import UnitReport
from tuoitho.reports.owed import due_on, reporters, whole_above
from tuoitho.reports.tests.make import DAY, DUE, YEAR, make_report
from tuoitho.units.actions import create_organisation
from tuoitho.units.models import OrganisationKind


def body(area, name, office, system, **facts):
    return create_organisation(
        name, OrganisationKind.OFFICE, area, by=system, office=office, **facts
    )


def test_before_the_reform_the_sixteen_communes_owe_after_it_the_five(district, area):
    for whole, year, count in ((district, 2024, 16), (area, 2025, 5)):
        owed = reporters(whole, year)
        assert sum(reporter.office == "ubnd_xa" for reporter in owed) == count
        assert [r.office for r in owed[count:]][:3] == ["ldtbxh", "gddt", "congan"]
    assert due_on(2024) == date(2024, 11, 24)


def test_a_duty_is_reported_by_who_held_it_on_the_day(area, system):
    body(area, "Phòng Giáo dục cũ", "gddt", system, end=date(2025, 11, 1))
    body(area, "Phòng Văn hóa - Xã hội", "gddt", system, start=date(2025, 11, 1))
    names = {r.office: r.name for r in reporters(area, YEAR)}
    assert names["gddt"] == "Phòng Văn hóa - Xã hội"
    assert names["congan"] == "Công an huyện"  # nobody is registered: the plan's own name


def test_bodies_that_share_a_duty_report_one_by_one(area, hanh, system):
    assert "khac" not in {r.office for r in reporters(area, YEAR)}
    for name in ("Phòng Y tế", "Phòng Tư pháp"):
        body(area, name, "khac", system)
    call_reports(area, YEAR, by=hanh, on=DAY)
    assert UnitReport.objects.filter(office="khac").count() == 2


def test_calling_twice_adds_nobody(area, hanh):
    called = call_reports(area, YEAR, by=hanh, on=DAY)
    assert len(called) == 16
    assert {(r.state, r.due_on) for r in called} == {("owed", DUE)}
    assert Event.objects.filter(action="reports.call").count() == 16
    assert call_reports(area, YEAR, by=hanh, on=DAY) == []


def test_only_the_standing_body_calls(area, here, lan, duc, hanh):
    for person in (lan, duc):
        with pytest.raises(PermissionDenied):
            call_reports(area, YEAR, by=person, on=DAY)
    with pytest.raises(ValidationError, match="huyện hoặc địa bàn"):
        call_reports(here, YEAR, by=hanh, on=DAY)


def test_a_year_without_a_plan_or_not_begun_is_refused(area, district, hanh):
    with pytest.raises(ValidationError, match="Không có kế hoạch"):
        call_reports(district, 2019, by=hanh, on=DAY)
    with pytest.raises(ValidationError, match="chưa bắt đầu"):
        call_reports(area, 2026, by=hanh, on=DAY)


def test_the_area_of_another_time_is_refused(area, district, hanh):
    assert whole_above(thanh_tri("00643", before=True), 2024) == district
    with pytest.raises(ValidationError, match="Năm 2024 không có"):
        call_reports(area, 2024, by=hanh, on=DAY)


def test_a_commune_begins_its_own_report_uncalled(here, lan):
    report = begin_report(here, "ubnd_xa", YEAR, by=lan, on=DAY)
    assert (report.state, report.name) == ("draft", "Ủy ban nhân dân xã Thanh Trì")
    assert list(report.moves.order_by("pk").values_list("step", flat=True)) == ["call", "start"]
    with pytest.raises(ValidationError, match="Không có báo cáo nào"):
        begin_report(here, "ubnd_xa", YEAR, by=lan, on=DAY)


def test_nobody_begins_the_report_of_another(area, here, there, lan, hanh):
    with pytest.raises(PermissionDenied):
        begin_report(there, "ubnd_xa", YEAR, by=lan, on=DAY)
    with pytest.raises(PermissionDenied):
        begin_report(area, "gddt", YEAR, by=hanh, on=DAY)


def test_only_its_own_people_start_a_report(area, here, thu, lan, hanh):
    owed = make_report(here, "owed")
    for person in (thu, hanh):
        with pytest.raises(PermissionDenied):
            start_report(owed, by=person, on=DAY)
    assert start_report(owed, by=lan, on=DAY).state == "draft"


def test_a_body_that_shares_a_duty_writes_only_its_own(area, system):
    health = body(area, "Phòng Y tế", "khac", system)
    law = body(area, "Phòng Tư pháp", "khac", system)
    binh = make_user("binh", "economy_office", area, health)
    mine, other = (
        make_report(area, "owed", office="khac", name=b.name, organisation=b) for b in (health, law)
    )
    assert start_report(mine, by=binh, on=DAY).state == "draft"
    with pytest.raises(PermissionDenied):
        start_report(other, by=binh, on=DAY)
