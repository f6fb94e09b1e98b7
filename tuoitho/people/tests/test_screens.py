"""Lists, pages and small forms of the register: what they show, to whom, and to whom not."""

from datetime import date

import pytest

from tuoitho.audit.models import Event
from tuoitho.people.models import Child, Circumstance, Guardian, PovertyStatus
from tuoitho.people.tests.make import make_child, make_household

TODAY = date(2026, 6, 1)


@pytest.fixture(autouse=True)
def _on_a_day():
    import time_machine as clock

    with clock.travel("2026-06-01 03:00:00+00:00", tick=True):
        yield


@pytest.fixture
def child(here):
    household = make_household(here, hamlet="Thôn Nội")
    Guardian.objects.create(
        household=household, relation="mother", full_name="Lê Thị Bưởi", phone="0912345678"
    )
    PovertyStatus.objects.create(household=household, year=2026, status="poor")
    child = make_child(
        here, household=household, hamlet="Thôn Nội", national_id="001214012345",
        note="hay nghỉ học",
    )  # fmt: skip
    Circumstance.objects.create(child=child, group="10.1.h", since=date(2026, 1, 1))
    return child


def body(client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return str(answer.content.decode())


def test_the_page_tells_the_childs_story_and_is_logged(client, lan, child):
    client.force_login(lan)
    page = body(client, f"/people/children/{child.pk}/")
    for words in ("Nguyễn Văn An", "Lê Thị Bưởi", "0912345678", "001214012345", "hay nghỉ học",
                  "Phải bỏ học kiếm sống", "2026: Nghèo", "Thôn Nội"):  # fmt: skip
        assert words in page
    event = Event.objects.get(action="people.view")
    assert (event.child_key, event.actor_key, event.unit_key) == (child.pk, lan.pk, child.unit_id)


def test_numbers_are_shown_only_with_that_permission(client, child, cast_member):
    client.force_login(cast_member("education_office"))
    page = body(client, f"/people/children/{child.pk}/")
    assert "0912345678" not in page
    assert "001214012345" not in page


@pytest.mark.parametrize(
    "path",
    ["children/{0}/", "children/{0}/edit/", "children/{0}/move/", "children/{0}/guardians/new/",
     "children/{0}/circumstances/new/", "children/{0}/enrolments/new/", "households/{1}/",
     "households/{1}/edit/", "households/{1}/poverty/new/", "households/{1}/guardians/new/",
     "circumstances/{2}/end/"],
)  # fmt: skip
def test_each_page_opens_here_and_does_not_exist_for_strangers(client, path, child, lan, thu, duc):
    row = child.circumstances.get()
    url = "/people/" + path.format(child.pk, child.household_id, row.pk)
    client.force_login(lan)
    assert "<html" in body(client, url)
    for stranger in (thu, duc):
        client.force_login(stranger)
        assert client.get(url).status_code == 404
    client.logout()
    assert client.get(url).status_code == 302


def names(client, query: str) -> list[str]:
    rows = client.get(f"/people/children/?format=csv&{query}").getvalue().decode("utf-8-sig")
    return [line.split(",")[0] for line in rows.splitlines()[1:-1]]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", 2), ("q=nguyen+an", 1), ("q=%C4%91%C6%B0%E1%BB%9Dng", 1), ("age_from=13", 1),
        ("age_to=12", 1), ("age_from=13&age_to=15", 0), ("sex=female", 1), ("hamlet=noi", 1),
        ("poverty=poor", 1), ("poverty=none", 0), ("circumstance=10.1.h", 1),
        ("circumstance=any", 1), ("circumstance=10.1.k", 0), ("school=unknown", 2),
        ("school=at", 0), ("school=out", 0), ("q=001214012345", 0), ("q=%25", 0),
        ("age_from=999999999999999999999", 0), ("age_to=-5", 0), ("q=%20", 2),
    ],
)  # fmt: skip
def test_filters(client, lan, child, here, query, found):
    make_child(here, "Trần Thị Đường", sex="female", birth_date=date(2010, 3, 1))
    client.force_login(lan)
    assert len(names(client, query)) == found


def test_by_number_for_those_who_may_see_numbers(client, lan, here, system, cast_member):
    from tuoitho.people.actions import correct_child

    child = make_child(here)
    correct_child(child, national_id="001214012345", by=system, on=TODAY)
    client.force_login(lan)
    assert names(client, "q=001+214+012345") == ["Nguyễn Văn An"]
    assert names(client, "q=001.214.012-345") == ["Nguyễn Văn An"]
    client.force_login(cast_member("education_office"))
    assert names(client, "q=001214012345") == []


def test_the_nearest_name_comes_first(client, lan, here):
    for name in ("An Thị Dương", "Lê Đường", "Lê Dương"):
        make_child(here, name)
    client.force_login(lan)
    assert names(client, "q=l%C3%AA+d%C6%B0%C6%A1ng")[0] == "Lê Dương"


def test_a_filter_that_cannot_be_understood_is_no_error(client, lan, child):
    client.force_login(lan)
    for query in ("q=an&age_from=abc", "unit=x", "sex=z", "sort=match_rank", "q=an&sort=-name"):
        assert client.get(f"/people/children/?{query}").status_code == 200


def test_lists_show_only_ones_own_and_saving_one_is_logged(client, thu, child, lan):
    client.force_login(thu)
    assert names(client, "") == []
    assert "Nguyễn Văn Hùng" not in body(client, "/people/households/")
    client.force_login(lan)
    names(client, "sex=male&q=001214012345")
    event = Event.objects.get(action="people.export", actor_key=lan.pk)
    assert event.note == "q, sex"


@pytest.mark.parametrize("url", ["/people/children/", "/people/households/"])
def test_lists_ask_the_database_the_same_for_two_as_for_forty(
    client, lan, here, url, django_assert_max_num_queries
):
    for number in range(40):
        name = "An" + chr(97 + number % 26) * 2 + chr(97 + number // 26)
        make_child(here, name, household=make_household(here, name))
    client.force_login(lan)
    with django_assert_max_num_queries(24):
        assert "Anaaa" in body(client, url)


def test_a_correction_is_saved_and_a_wrong_one_comes_back(client, lan, child):
    client.force_login(lan)
    url = f"/people/children/{child.pk}/edit/"
    given = {"full_name": "Nguyễn Văn Anh", "sex": "male", "birth_date": "01/06/2014",
             "national_id": "001214012345", "household": child.household_id}  # fmt: skip
    assert client.post(url, {**given, "birth_date": "01/06/2000"}).status_code == 422
    answer = client.post(url, given)
    assert (answer.status_code, answer.url) == (303, f"/people/children/{child.pk}/")
    child.refresh_from_db()
    assert (child.full_name, child.national_id) == ("Nguyễn Văn Anh", "001214012345")


def test_who_may_not_see_the_number_does_not_wipe_it(client, child, cast_member):
    client.force_login(cast_member("collaborator"))
    client.post(f"/people/children/{child.pk}/edit/", {"full_name": "Nguyễn An", "sex": "male"})
    child.refresh_from_db()
    assert (child.full_name, child.national_id) == ("Nguyễn An", "001214012345")


SMALL_FORMS = [
    ("children/{0}/guardians/new/", {"relation": "father", "full_name": "Nguyễn Hùng"}, "phone",
     "12"),
    ("children/{0}/circumstances/new/", {"group": "10.1.k", "since": "1/5/2026"}, "until",
     "1/4/2026"),
    ("children/{0}/enrolments/new/",
     {"school_year": "2025-2026", "status": "attending", "on": "5/9/2025"}, "grade", "13"),
    ("households/{1}/poverty/new/", {"year": "2025", "status": "poor"}, "year", "1800"),
    ("households/{1}/guardians/new/", {"relation": "father", "full_name": "Nguyễn Hùng"},
     "birth_year", "2099"),
    ("households/{1}/edit/", {"head_name": "Nguyễn Hùng"}, "head_name", "9"),
    ("circumstances/{2}/end/", {"until": "1/5/2026"}, "until", "1/5/2025"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "given", "field", "wrong"), SMALL_FORMS)
def test_small_forms_save_or_come_back(client, lan, child, path, given, field, wrong):
    client.force_login(lan)
    url = "/people/" + path.format(child.pk, child.household_id, child.circumstances.get().pk)
    refused = client.post(url, {**given, field: wrong})
    assert refused.status_code == 422
    assert f'value="{wrong}"' in refused.content.decode() or field == "grade"
    assert client.post(url, given).status_code == 303
    assert (
        not Event.objects.filter(actor_key=lan.pk, on=None).exclude(action="people.view").exists()
    )


def test_a_child_moved_away_is_no_longer_there(client, lan, thu, child, here, there):
    from django.db.backends.postgresql.psycopg_any import DateRange

    from tuoitho.people.models import Residence

    Residence.objects.create(child=child, unit=here, valid=DateRange(date(2026, 1, 5), None))
    client.force_login(lan)
    url = f"/people/children/{child.pk}/move/"
    assert client.post(url, {"to_unit": here.pk, "on": "1/5/2026",
                             "hamlet": "Thôn Nội"}).status_code == 422  # fmt: skip
    answer = client.post(url, {"to_unit": there.pk, "on": "1/5/2026"})
    assert (answer.status_code, answer.url) == (303, "/people/children/")
    assert client.get(f"/people/children/{child.pk}/").status_code == 404
    client.force_login(thu)
    assert client.get(f"/people/children/{child.pk}/").status_code == 200


def test_a_new_household(client, lan, here, there):
    client.force_login(lan)
    url = "/people/households/new/"
    assert client.post(url, {"unit": there.pk, "head_name": "Lê Lợi"}).status_code == 422
    answer = client.post(url, {"unit": here.pk, "head_name": "Lê Lợi"})
    assert answer.status_code == 303
    assert "Lê Lợi" in body(client, answer.url)


def test_nobody_is_shown_twice_in_the_household(client, lan, child):
    client.force_login(lan)
    page = body(client, f"/people/households/{child.household_id}/")
    assert page.count(f"/people/children/{child.pk}/") == 1
    assert Child.objects.count() == 1


@pytest.mark.parametrize("note", ["merges", "pairs", "numbers"])
def test_every_list_of_children_taken_home_is_remembered(client, lan, note):
    client.force_login(lan)
    client.get(f"/people/{note}/?format=csv")
    event = Event.objects.get(action="people.export", actor_key=lan.pk)
    assert (event.note, event.unit_key) == (note, lan.home().unit_id)
