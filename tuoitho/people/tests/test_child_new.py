"""The screen that registers a child: duplicates first, nothing lost, one form makes one child."""

import re
from uuid import uuid4

import pytest

from tuoitho.access.person import acting_as
from tuoitho.people.models import Child, Guardian, Household
from tuoitho.people.tests.make import make_child, make_household

URL = "/people/children/new/"


@pytest.fixture
def typed(here):
    return {
        "unit": here.pk, "full_name": "Trần Văn Đường", "sex": "male", "birth_date": "1/6/2014",
        "hamlet": "Thôn Nội", "form_token": str(uuid4()),
    }  # fmt: skip


@pytest.fixture
def screen(client, lan):
    client.force_login(lan)
    return client


def test_a_child_nobody_resembles_is_registered_at_once(screen, typed):
    answer = screen.post(URL, typed)
    child = Child.objects.get()
    assert (answer.status_code, answer.url) == (303, f"/people/children/{child.pk}/")


def test_possible_duplicates_come_first_with_everything_typed_kept(screen, typed, here):
    known = make_child(here, "Tran Van Duong", hamlet="Thôn Nội")
    answer = screen.post(URL, {**typed, "note": "ghi chú dài"})
    body = answer.content.decode()
    assert answer.status_code == 422
    assert Child.objects.count() == 1
    for words in (f"/people/children/{known.pk}/", "cùng ngày sinh 01/06/2014", "ghi chú dài",
                  'value="Trần Văn Đường"', "cùng thôn, tổ: Thôn Nội"):  # fmt: skip
        assert words in body


def test_after_looking_the_person_may_go_on(screen, typed, here):
    make_child(here, "Tran Van Duong")
    body = screen.post(URL, typed).content.decode()
    seen = re.search(r'name="seen" value="([\d,]+)"', body).group(1)
    assert screen.post(URL, {**typed, "seen": seen, "not_same": "on"}).status_code == 303
    assert Child.objects.count() == 2


def test_the_tick_holds_only_for_those_shown(screen, typed, here):
    make_child(here, "Tran Van Duong")
    assert screen.post(URL, {**typed, "seen": "999", "not_same": "on"}).status_code == 422


def test_a_child_of_another_commune_is_not_revealed(screen, typed, there):
    make_child(there, "Trần Văn Đường")
    assert screen.post(URL, typed).status_code == 303


def test_the_same_form_twice_leads_to_the_same_child(screen, typed):
    first = screen.post(URL, typed)
    # It must not be told that it resembles the first.
    second = screen.post(URL, typed)
    assert (first.status_code, second.status_code, first.url) == (303, 303, second.url)
    assert Child.objects.count() == 1


def test_with_a_new_household_and_a_carer(screen, typed):
    screen.post(URL, {
        **typed, "household_head": "Trần Văn Lợi", "new_household": "on",
        "guardian_name": "Lê Thị Bưởi", "guardian_relation": "mother",
        "guardian_phone": "0912 345 678",
    })  # fmt: skip
    child = Child.objects.get()
    assert (child.household.head_name, child.household.hamlet) == ("Trần Văn Lợi", "Thôn Nội")
    assert child.guardians.get().phone == "0912345678"


def test_a_wrong_phone_leaves_nothing_behind(screen, typed):
    answer = screen.post(URL, {
        **typed, "household_head": "Trần Văn Lợi", "new_household": "on",
        "guardian_name": "Lê Thị Bưởi", "guardian_relation": "mother", "guardian_phone": "12",
    })  # fmt: skip
    assert answer.status_code == 422
    assert "Số điện thoại gồm" in answer.content.decode()
    for model in (Child, Household, Guardian):
        assert not model.objects.exists()


def test_the_head_is_found_in_the_register(screen, typed, here):
    household = make_household(here, "Trần Văn Lợi")
    screen.post(URL, {**typed, "household_head": "tran van loi"})
    assert Child.objects.get().household == household


def test_an_unknown_head_or_two_of_that_name_are_asked_about(screen, typed, here):
    answer = screen.post(URL, {**typed, "household_head": "Trần Văn Lợi"})
    assert "Chưa có hộ nào" in answer.content.decode()
    homes = [make_household(here, "Trần Văn Lợi", hamlet=h) for h in ("Nội", "Ngoại")]
    answer = screen.post(URL, {**typed, "household_head": "Trần Văn Lợi"})
    assert "hãy chọn một hộ" in answer.content.decode()
    screen.post(URL, {**typed, "household_head": "Trần Văn Lợi", "household": homes[1].pk})
    assert Child.objects.get().household == homes[1]


def test_wrong_input_comes_back_in_place(screen, typed):
    answer = screen.post(URL, {**typed, "birth_date": "31/02/2014", "national_id": "12"})
    assert answer.status_code == 422
    assert "Không có ngày 31/02/2014" in answer.content.decode()
    answer = screen.post(URL, {**typed, "national_id": "12"})
    assert "12 chữ số" in answer.content.decode()


def test_only_places_of_ones_own(screen, typed, there):
    answer = screen.post(URL, {**typed, "unit": there.pk})
    assert answer.status_code == 422
    assert not Child.objects.exists()


def test_a_household_begins_the_page(screen, here, there):
    household = make_household(here, "Trần Văn Lợi")
    hidden = make_household(there, "Lê Văn Kín")
    assert "Trần Văn Lợi" in screen.get(f"{URL}?household={household.pk}").content.decode()
    assert "Lê Văn Kín" not in screen.get(f"{URL}?household={hidden.pk}").content.decode()
    for junk in ("x", "%00", "9" * 30, "²"):
        assert screen.get(f"{URL}?household={junk}").status_code == 200


def test_only_the_form_for_htmx(screen):
    part = screen.get(URL, headers={"HX-Request": "true"}).content.decode()
    assert '<form id="form"' in part
    assert "<html" not in part


def test_who_may_only_look_gets_403_and_strangers_404(client, chung, duc):
    for person, status in ((chung, 403), (duc, 404)):
        client.force_login(person)
        assert client.get(URL).status_code == status


def test_it_acts_as_the_person(screen, typed, lan):
    screen.post(URL, typed)
    with acting_as(lan):
        from tuoitho.audit.models import Event

        assert Event.objects.get(action="people.register_child").actor_key == lan.pk
