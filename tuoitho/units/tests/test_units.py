from datetime import date

import pytest

from tuoitho.units.actions import load_national_units
from tuoitho.units.models import ChangeKind, Level, Unit, UnitChange
from tuoitho.units.national import change_kind


def test_the_whole_country_is_there(db):
    assert Unit.objects.communes().as_of(date(2025, 7, 1)).count() == 3321
    assert Unit.objects.filter(level=Level.PROVINCE).as_of(date(2025, 7, 1)).count() == 34
    assert Unit.objects.filter(level=Level.PROVINCE).as_of(date(2025, 6, 30)).count() == 63
    hanoi = Unit.objects.found("01", date(2026, 1, 1))
    assert Unit.objects.communes().as_of(date(2026, 1, 1)).within(hanoi).count() == 126


def test_a_code_means_another_unit_after_the_reform(db):
    assert Unit.objects.found("00640", date(2025, 6, 30)).name == "Thị trấn Văn Điển"
    assert Unit.objects.found("00640", date(2025, 7, 1)).name == "Xã Thanh Trì"


def test_the_district_had_sixteen_communes(district):
    assert Unit.objects.communes().within(district).count() == 16


def test_the_area_stands_above_old_and_new_communes(area, district, here):
    codes = set(Unit.objects.communes().within(area).values_list("code", flat=True))
    assert here in Unit.objects.within(area)
    assert district in Unit.objects.within(area)
    assert len(Unit.objects.communes().within(area)) == 16 + 5
    assert "00316" not in codes  # phường Định Công took parts, but is not of the area


def test_van_dien_went_into_three_units(db):
    old = Unit.objects.found("00640", date(2025, 6, 30))
    new = UnitChange.objects.filter(old=old).values_list("new__name", "kind")
    assert dict(new) == {
        "Phường Hoàng Liệt": ChangeKind.PART,
        "Xã Thanh Trì": ChangeKind.PART,
        "Xã Đại Thanh": ChangeKind.PART,
    }


@pytest.mark.parametrize(
    ("note", "kind"),
    [
        ("Nhập toàn bộ", ChangeKind.WHOLE),
        ("Giữ nguyên", ChangeKind.WHOLE),
        ("Nhập toàn bộ diện tích", ChangeKind.WHOLE),
        ("Nhập một phần", ChangeKind.PART),
        ("Nhập một phần dân số", ChangeKind.PART),
        ("Nhâp một phần diện tích", ChangeKind.AREA),
        ("Nhập một phần diện tích, toàn bộ dân số", ChangeKind.PEOPLE),
    ],
)
def test_the_official_note_says_how_much_went(note, kind):
    assert change_kind(note) == kind


def test_every_commune_of_today_comes_from_somewhere(db):
    today = Unit.objects.communes().as_of(date(2025, 7, 1))
    assert not today.filter(predecessors__isnull=True).exists()


def test_loading_twice_changes_nothing(db):
    assert load_national_units() == 0
