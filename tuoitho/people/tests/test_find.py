"""Finding a child by a name typed in any of the ways people type it."""

import unicodedata
from datetime import date

import pytest
from django.db import connection

from conftest import make_user
from tuoitho.access.person import acting_as
from tuoitho.people import actions
from tuoitho.people.models import Child, Household
from tuoitho.people.tests.make import make_child, make_household
from tuoitho.units.models import Level, Unit

DAY = date(2026, 1, 5)


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


def test_by_identification_number(here, system):
    child = make_child(here)
    actions.correct_child(child, national_id="001 214 012345", by=system, on=child.registered_on)
    assert Child.objects.numbered("001214012345").get() == child
    assert not Child.objects.numbered("001214012346").exists()
    assert not Child.objects.numbered("").exists()


@pytest.mark.parametrize(
    ("kept", "typed", "found"),
    [
        ("Trần Thị Lý", "lí", True), ("Trần Thị Lí", "lý", True), ("Lê Mĩ", "le my", True),
        ("Trần Thị Linh", "lý", False),
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


@pytest.mark.parametrize(
    ("kept", "typed"),
    [
        ("Nguyễn An", "nguyễn văn an"), ("Nguyễn Văn An", "nguyễn an"),
        ("Trần Văn Đường", "trna van duong"), ("Lê Thị Thúy", "thúi"),
    ],
)  # fmt: skip
def test_a_look_up_finds_it_too(here, kept, typed):
    child = make_child(here, kept)
    make_child(here, "Hoàng Xuân Vinh")
    assert list(Child.objects.nearest(typed)) == [child]
    assert list(Child.objects.matching(typed)) == [child]


def test_a_look_up_stops_when_it_has_enough_the_nearest_first(here):
    for name in ["Đỗ An Bình", *["An Thị Vân"] * 3, "An"]:
        make_child(here, name)
    found = [child.full_name for child in Child.objects.nearest("An", most=2)]
    assert found[0] == "An"
    assert "Đỗ An Bình" not in found
    assert len(names("An")) == 5


@pytest.fixture
def family(here, system):
    household = make_household(here, "Đỗ Văn Lượng")
    child = make_child(here, "Đỗ Bình", household=household, hamlet="Thôn Tựu Liệt")
    actions.add_guardian(child, relation="mother", full_name="Lê Thị Bưởi", by=system, on=DAY)
    actions.add_guardian(household, relation="father", full_name="Đỗ Mạnh", by=system, on=DAY)
    return child


@pytest.mark.parametrize(
    "typed", ["lê thị bưởi", "buoi", "bình bưởi", "do manh", "lượng", "binh tuu liet"]
)
def test_by_who_cares_for_it_and_where_it_lives(family, here, typed):
    make_child(here, "Trần Bình", birth_date=None)
    assert names(typed) == ["Đỗ Bình"]


def test_names_of_the_family_follow_corrections(family, system):
    mother = family.guardians.get()
    actions.correct_guardian(mother, full_name="Lê Thị Cam", by=system, on=DAY)
    actions.correct_household(family.household, head_name="Đỗ Văn Sửu", by=system, on=DAY)
    assert (names("cam"), names("suu")) == (["Đỗ Bình"], ["Đỗ Bình"])
    assert (names("bưởi"), names("lượng")) == ([], [])


def test_the_childs_own_name_comes_before_its_mothers(family, here):
    make_child(here, "Hoàng Bưởi")
    assert names("bưởi") == ["Hoàng Bưởi", "Đỗ Bình"]


def test_by_the_name_of_a_row_merged_into_it(here, lan, chung):
    kept, other = make_child(here, "Vũ Thị Hạ"), make_child(here, "Vũ Mùa Hè")
    with acting_as(lan):
        merge = actions.request_merge(kept, other, {}, reason="một em", by=lan, on=DAY)
    with acting_as(chung):
        actions.approve_merge(merge, by=chung, on=DAY)
    assert names("mùa hè") == ["Vũ Thị Hạ"]


def test_a_number_in_the_box_is_for_who_may_see_numbers(here, lan, thu, cast_member, system):
    child = make_child(here)
    actions.correct_child(child, national_id="001214012345", by=system, on=DAY)
    for person, found in ((lan, [child]), (thu, []), (cast_member("collaborator"), [])):
        with acting_as(person):
            rows = Child.objects.visible_to(person).asked("001 214 012 345", person)
            assert list(rows) == found


@pytest.fixture(params=["commune", "city", "everywhere"])
def somebody(request, here, area, system):
    """One of a commune, whom the index serves by unit; of a city; of the whole country."""
    if request.param == "everywhere":
        return system
    if request.param == "commune":
        return make_user("lan", "commune_worker", here)
    province = Unit.objects.get(level=Level.PROVINCE, below__descendant=area)
    person = make_user("tp", "labour_office", province)
    assert len(person.scope("people.view").unit_ids) > 20
    return person


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Đỗ Mạnh An", ["Đỗ Mạnh An"]), ("an", ["An Thị Vân", "Đỗ Mạnh An"]),
        ("do manh", ["Đỗ Mạnh An"]), ("an do", ["Đỗ Mạnh An"]), ("an 2014", ["Đỗ Mạnh An"]),
        ("an thi van 01/02/2012", ["An Thị Vân"]), ("an thi van 2014", []),
        ("do mnah an", ["Đỗ Mạnh An"]), ("mnah do", ["Đỗ Mạnh An"]), ("vna", ["An Thị Vân"]),
        ("an thi tuyet van", ["An Thị Vân"]), ("đỗ mạnh an thôn 3", ["Đỗ Mạnh An"]),
        ("đỗ mạnh an thôn 4", ["Đỗ Mạnh An"]), ("hoàng xuân vinh", []),
    ],
)  # fmt: skip
def test_whoever_looks_finds_the_same(here, somebody, typed, found):
    make_child(here, "Đỗ Mạnh An", birth_date=date(2014, 6, 1), hamlet="Thôn 3")
    make_child(here, "An Thị Vân", birth_date=date(2012, 2, 1))
    with acting_as(somebody):
        rows = Child.objects.visible_to(somebody).nearest(typed)
        assert sorted(child.full_name for child in rows) == found


def test_a_name_with_its_hamlet_is_found_before_the_same_name_elsewhere(here, somebody):
    for hamlet in ("Thôn Yên Ngưu", "Thôn Tựu Liệt", "Thôn 3"):
        make_child(here, "Nguyễn Văn An", hamlet=hamlet)
    with acting_as(somebody):
        for typed, hamlet in (("thôn tựu liệt", "Thôn Tựu Liệt"), ("tuu liet", "Thôn Tựu Liệt"),
                              ("thon 3", "Thôn 3")):  # fmt: skip
            found = Child.objects.visible_to(somebody).nearest(f"nguyễn văn an {typed}")
            assert next(iter(found)).hamlet == hamlet


def test_common_words_are_told_apart_by_the_statistics_and_found_all_the_same(here):
    make_child(here, "Đỗ Mạnh An")
    make_child(here, "Trần Thị Vân")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE people_child")
    for typed, found in (("mnah do", "Đỗ Mạnh An"), ("tran vna", "Trần Thị Vân")):
        assert [child.full_name for child in Child.objects.nearest(typed)] == [found]


def test_another_commune_is_not_found(here, there, thu):
    make_child(here, "Đỗ Bình")
    with acting_as(thu):
        assert names("Đỗ Bình") == []
