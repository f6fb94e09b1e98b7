"""Finding a child by a name typed in any of the ways people type it."""

import unicodedata

import pytest

from tuoitho.people.models import Child, Household
from tuoitho.people.tests.make import make_child, make_household


def names(text: str) -> list[str]:
    return [child.full_name for child in Child.objects.matching(text)]


@pytest.fixture
def three(here):
    for name in ("Nguyễn Thị Dương", "Trần Văn Đường", "Lê Bảo Ngọc"):
        make_child(here, name)


def test_without_marks_every_spelling_is_found(three):
    assert set(names("duong")) == {"Nguyễn Thị Dương", "Trần Văn Đường"}


@pytest.mark.parametrize("typed", ["đường", "Đường", "ĐƯỜNG", "đu\u031bo\u031b\u0300ng"])
def test_the_very_marks_come_first(three, typed):
    assert names(typed)[0] == "Trần Văn Đường"


def test_words_in_any_order(three):
    assert names("ngọc lê") == ["Lê Bảo Ngọc"]
    assert names("bao le") == ["Lê Bảo Ngọc"]


@pytest.mark.parametrize("slip", ["tran van duonh", "trann van duong", "tran vn duong"])
def test_a_slip_of_the_keys_still_finds(three, slip):
    assert names(slip)[:1] == ["Trần Văn Đường"]


def test_what_is_far_away_is_not_found(three):
    assert names("hoàng xuân vinh") == []


def test_signs_of_like_mean_themselves(three):
    assert names("%") == []
    assert names("_") == []


def test_an_empty_text_changes_nothing(three):
    assert len(names("  ")) == 3


def test_stored_decomposed_is_found_composed(here):
    make_child(here, unicodedata.normalize("NFC", "Phạm Quỳnh"))
    assert names(unicodedata.normalize("NFD", "quỳnh")) == ["Phạm Quỳnh"]


def test_households_by_their_head(here):
    make_household(here, "Đỗ Văn Lượng")
    assert Household.objects.matching("luong do").get().head_name == "Đỗ Văn Lượng"


def test_by_identification_number(here):
    child = make_child(here)
    from tuoitho.access.models import User
    from tuoitho.people.actions import correct_child

    system = User.objects.get(username="system")
    correct_child(child, national_id="001 214 012345", by=system, on=child.registered_on)
    assert Child.objects.numbered("001214012345").get() == child
    assert not Child.objects.numbered("001214012346").exists()
    assert not Child.objects.numbered("").exists()
