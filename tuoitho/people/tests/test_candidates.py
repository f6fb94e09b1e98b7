"""Who is shown before a new child is written, and why."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuoitho.people.matching import candidates, similarity
from tuoitho.people.models import Guardian
from tuoitho.people.tests.make import make_child, make_household

BORN = date(2014, 6, 1)


def test_same_name_and_birth_date(here, lan):
    child = make_child(here, "Trần Văn Đường", birth_date=BORN)
    (found,) = candidates("tran van duong", BORN, lan)
    assert found.child == child
    assert found.score >= 0.7
    assert found.reasons == ["cùng họ tên, khác dấu", "cùng ngày sinh 01/06/2014"]


def test_a_namesake_of_another_age_is_not_shown(here, lan):
    make_child(here, "Trần Văn Đường", birth_date=date(2009, 1, 1))
    assert candidates("Trần Văn Đường", BORN, lan) == []


def test_day_and_month_turned_round(here, lan):
    make_child(here, "Trần Văn Đường", birth_date=date(2014, 1, 6))
    (found,) = candidates("Trần Văn Đường", BORN, lan)
    assert "ngày sinh đảo ngày và tháng" in found.reasons


@pytest.mark.parametrize(
    ("kept", "typed", "why"),
    [
        ("Lê Thị Lý", "Lê Thị Lí", "cùng họ tên, khác cách viết"),
        ("Trần Văn Đường", "Trần Đường", "cùng họ và tên, một bên thiếu chữ đệm"),
        ("Trần Đường", "Trần Văn Đường", "cùng họ và tên, một bên thiếu chữ đệm"),
    ],
)
def test_other_spellings_and_a_missing_middle_name(here, lan, kept, typed, why):
    make_child(here, kept, birth_date=BORN)
    (found,) = candidates(typed, BORN, lan)
    assert found.reasons[0] == why


def test_same_mother_and_hamlet_with_a_name_nearly_the_same(here, lan):
    child = make_child(here, "Nguyễn Thu Hà", birth_date=None, hamlet="Thôn Nội", sex="female")
    Guardian.objects.create(
        child=child, relation="mother", full_name="Lê Thị Bưởi", folded_name="le thi buoi"
    )
    (found,) = candidates(
        "Nguyễn Thu Hạ", None, lan, guardian_names=("LÊ THỊ BƯỞI",), hamlet="thôn nội"
    )
    assert "cùng người thân: Lê Thị Bưởi" in found.reasons
    assert "cùng thôn, tổ: Thôn Nội" in found.reasons


def test_the_same_number_is_certain(here, lan, system):
    from tuoitho.people.actions import register_child

    register_child(
        here, full_name="Vũ Minh", national_id="001214012345", birth_date=BORN, by=system,
        on=date(2026, 1, 5),
    )  # fmt: skip
    (found,) = candidates("Hoàng Lan", None, lan, national_id="001214012345")
    assert (found.score, found.reasons) == (1.0, ["cùng số định danh cá nhân"])


def test_a_sibling_is_not_a_duplicate(here, lan):
    household = make_household(here)
    make_child(here, "Nguyễn Văn An", household=household, birth_date=date(2011, 3, 3))
    assert candidates("Nguyễn Thị Hoa", BORN, lan, household=household, sex="female") == []


def test_children_out_of_sight_are_not_revealed(here, thu, duc):
    make_child(here, "Trần Văn Đường", birth_date=BORN)
    assert candidates("Trần Văn Đường", BORN, thu) == []
    assert candidates("Trần Văn Đường", BORN, duc) == []


@given(st.text("abc đ", max_size=20), st.text("abc đ", max_size=20))
def test_similarity_is_a_share_and_symmetric(one, other):
    assert similarity(one, other) == similarity(other, one)
    assert 0 <= similarity(one, other) <= 1
