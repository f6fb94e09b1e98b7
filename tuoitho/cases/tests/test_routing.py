"""Which commune a report goes to, line by line of the decision table, and in which words."""

import pytest
from django.core.exceptions import ValidationError

from conftest import thanh_tri
from tuoitho.access.actions import system_actor
from tuoitho.access.person import acting_as
from tuoitho.cases.actions import receive_report
from tuoitho.cases.models import Report
from tuoitho.cases.routing import words_of
from tuoitho.cases.tests.make import RECEIVED, make_child

TOLD = {"channel": "phone", "received_at": RECEIVED, "happening": "Cháu bé rửa bát thuê."}
SPLIT, WHOLE, ONE_HEIR = "00658", "00673", "00685"  # Tứ Hiệp, Ngọc Hồi, Đông Mỹ


def sent(unit, by, **fields):
    report, _code = receive_report(unit, **TOLD, by=by, **fields)
    return Report.objects.get(pk=report.pk)


def test_where_it_happened_comes_first(here, there, lan):
    report = sent(here, lan, home_unit=there)
    assert (report.unit, report.happened_unit) == (here, here)
    assert words_of(report.routing) == (
        "Chuyển đến Xã Thanh Trì vì việc xảy ra ở đó (khoản 1 Điều 26 Nghị định 56/2017/NĐ-CP)."
    )


@pytest.mark.parametrize(("code", "heir"), [(WHOLE, "00679"), (ONE_HEIR, "00685")])
def test_a_commune_that_ended_has_its_heir(lan, code, heir):
    report = sent(thanh_tri(code, before=True), lan)
    assert (report.unit.code, report.routing["rule"]) == (heir, "happened_heir")
    assert report.unit.valid.upper is None
    assert "cũ, nay thuộc đó" in words_of(report.routing)


def test_a_split_commune_is_told_apart_by_hamlet(here, lan):
    make_child(here, hamlet="Thôn Cương Ngô", folded_hamlet="thon cuong ngo")
    report = sent(thanh_tri(SPLIT, before=True), lan, hamlet="thôn cương ngô")
    assert (report.unit, report.routing["rule"]) == (here, "happened_hamlet")
    assert "thôn cương ngô, Xã Tứ Hiệp cũ" in words_of(report.routing)


def test_the_public_is_routed_by_hamlet_without_seeing_a_child(here):
    make_child(here, hamlet="Thôn Cương Ngô", folded_hamlet="thon cuong ngo")
    public = system_actor("public")
    with acting_as(public):
        report, _code = receive_report(
            thanh_tri(SPLIT, before=True), **TOLD, by=public, hamlet="Thôn Cương Ngô"
        )
    assert report.unit == here


def test_a_split_commune_without_hamlet_goes_to_the_child_then_to_the_area(area, there, lan):
    split = thanh_tri(SPLIT, before=True)
    assert sent(split, lan, home_unit=there).unit == there
    report = sent(split, lan)
    assert (report.unit, report.routing["rule"]) == (area, "split")
    assert "đã chia cho nhiều xã" in words_of(report.routing)


def test_nothing_known_goes_to_the_area_whose_office_sees_it(area, hanh, lan):
    report = sent(None, lan)
    assert (report.unit, report.happened_unit) == (area, area)
    assert words_of(report.routing).startswith(f"Chuyển đến {area} vì chưa rõ nơi xảy ra")
    assert Report.objects.visible_to(hanh).filter(pk=report.pk).exists()
    assert not Report.objects.visible_to(lan).filter(pk=report.pk).exists()


def test_where_the_child_lives_comes_second(there, lan):
    report = sent(None, lan, home_unit=there)
    assert (report.unit, report.routing["rule"]) == (there, "home")
    assert "trẻ ở đó" in words_of(report.routing)


def test_the_table_is_overridden_only_with_a_reason(here, there, lan):
    with pytest.raises(ValidationError) as refused:
        sent(here, lan, send_to=there)
    assert set(refused.value.message_dict) == {"send_reason"}
    report = sent(here, lan, send_to=there, send_reason="Đường dây nóng đã hẹn xã Đại Thanh")
    assert (report.unit, report.happened_unit) == (there, here)
    assert report.routing_reason == "Đường dây nóng đã hẹn xã Đại Thanh"
    assert "khác với Xã Thanh Trì theo bảng" in words_of(report.routing)


def test_to_name_the_tables_own_commune_is_no_override(here, lan):
    assert sent(here, lan, send_to=here).routing["rule"] == "happened"


def test_reports_from_before_the_table_say_nothing():
    assert words_of({}) == ""
