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


@pytest.mark.parametrize(
    ("kept", "typed", "found"),
    [
        ("Trần Thị Lý", "lí", True), ("Trần Thị Lí", "lý", True), ("Lê Mĩ", "le my", True),
        ("Trần Thị Linh", "lý", False), ("Lê Thị Thúy", "thúi", False),
        ("Phạm Văn Hòa", "hoà", True), ("Phạm Văn Hoà", "hòa", True), ("Vũ Thuý", "thúy", True),
        ("Nguyễn Văn An", "an nguyễn", True), ("Nguyễn Văn An", "nguyễn an", True),
        ("Đoàn Đuống", "duong", True), ("Đoàn Đuống", "duong doan", True),
        ("Nguyễn Văn An", "an 2014", True), ("Nguyễn Văn An", "an 2013", False),
        ("Nguyễn Văn An", "1/6/2014 an", True), ("Nguyễn Văn An", "an 02/06/2014", False),
        ("Nguyễn Văn An", "2014", True), ("Nguyễn Văn An", "31/02/2014", True),
    ],
)  # fmt: skip
def test_what_is_typed_and_what_is_kept(here, kept, typed, found):
    make_child(here, kept)
    assert (names(typed) == [kept]) is found


@pytest.mark.parametrize("typed", ["Hoà", "Hòa"])
def test_a_tone_in_either_place_is_the_very_mark(here, typed):
    for name in ("Hoa", "Hóa", "Hòa"):
        make_child(here, name)
    assert names(typed)[0] == "Hòa"


def test_a_year_and_a_second_spelling_stay_one_question(here, django_assert_num_queries):
    make_child(here, "Trần Thị Lý")
    with django_assert_num_queries(1):
        assert names("lí 2014") == ["Trần Thị Lý"]
