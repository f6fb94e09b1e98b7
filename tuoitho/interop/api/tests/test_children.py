"""/children: what is found, what is hidden, what is written once."""

from datetime import date

import pytest

from tuoitho.access.person import acting_as
from tuoitho.audit.models import Event
from tuoitho.interop.api.tests.make import program_of
from tuoitho.people.actions import add_guardian
from tuoitho.people.models import Child, Household
from tuoitho.people.tests.make import make_child

AN = {
    "unit": "00640", "full_name": "Nguyễn Văn An", "birth_date": "2014-06-01", "sex": "male",
    "hamlet": "Thôn 1",
}  # fmt: skip
BINH = {"full_name": "Trần Thị Bình", "relation": "mother"}


def names(answer):
    assert answer.status_code == 200, answer.content
    return [row["full_name"] for row in answer.json()["items"]]


def test_children_of_the_commune_are_listed_by_name_a_page_at_a_time(lan, here, there):
    for name in ("Bùi Văn Dũng", "Đỗ Thị Ánh", "An Văn Bé"):
        make_child(here, name)
    make_child(there, "Lê Văn Xa")
    program = program_of(lan)
    first = program.get("/children", limit=2)
    assert names(first) == ["An Văn Bé", "Bùi Văn Dũng"]
    rest = program.get("/children", limit=2, after=first.json()["next"])
    assert names(rest) == ["Đỗ Thị Ánh"]
    assert rest.json()["next"] == ""


def test_a_row_tells_dates_by_iso_and_the_unit(lan, here):
    child = make_child(here)
    row = program_of(lan).get("/children").json()["items"][0]
    assert row["birth_date"] == "2014-06-01"
    assert row["unit"] == {"code": "00640", "name": here.name}
    assert row["id"] == child.pk


def test_a_cursor_that_is_not_ours_is_refused_not_begun_anew(lan, here):
    make_child(here)
    assert program_of(lan).get("/children", after="xyz").status_code == 422


@pytest.mark.parametrize("typed", ["nguyen van an", "Văn An", "an nguyen"])
def test_search_needs_no_marks_and_no_order(lan, here, typed):
    make_child(here)
    make_child(here, "Lê Thị Hoa")
    assert names(program_of(lan).get("/children", q=typed)) == ["Nguyễn Văn An"]


def test_filter_by_unit_takes_the_area_too(hanh, here, there):
    make_child(here, "Ở Đây")
    make_child(there, "Ở Kia")
    program = program_of(hanh)
    assert names(program.get("/children", unit="00664")) == ["Ở Kia"]
    assert len(names(program.get("/children", unit="020"))) == 2
    answer = program.get("/children", unit="99999")
    assert answer.status_code == 422
    assert "unit" in answer.json()["errors"]


def test_opening_a_child_is_logged(lan, here):
    child = make_child(here)
    assert program_of(lan).get(f"/children/{child.pk}").status_code == 200
    event = Event.objects.filter(action="people.view", child_key=child.pk).get()
    assert (event.actor_key, event.note) == (lan.pk, "API")


def test_numbers_are_for_tokens_that_may_identify(lan, here):
    child = make_child(here, national_id="001214000001")
    add_guardian(child, **BINH, phone="0912345678", by=lan, on=date(2026, 3, 2))
    seen = program_of(lan).get(f"/children/{child.pk}").json()
    hidden = program_of(lan, "people.view").get(f"/children/{child.pk}").json()
    assert (seen["national_id"], seen["guardians"][0]["phone"]) == ("001214000001", "0912345678")
    assert (hidden["national_id"], hidden["guardians"][0]["phone"]) == (None, None)


def test_strangers_find_nothing(thu, here):
    child = make_child(here)
    program = program_of(thu)
    assert names(program.get("/children")) == []
    assert names(program.get("/children", q="Nguyễn Văn An")) == []
    assert names(program.get("/children", unit="00640")) == []
    answer = program.get(f"/children/{child.pk}")
    assert answer.status_code == 404
    assert "An" not in answer.content.decode()
    assert program.get("/children/999999999999999999999").status_code in (404, 422)


def test_a_child_is_registered_with_family_by_the_same_action(lan, here):
    body = AN | {
        "new_household_head": "Nguyễn Văn Hùng", "national_id": "001214000001",
        "guardian": BINH | {"phone": "0912345678"},
    }  # fmt: skip
    answer = program_of(lan).post("/children", body)
    assert answer.status_code == 201, answer.content
    made = answer.json()
    assert made["household_head"] == "Nguyễn Văn Hùng"
    assert made["guardians"][0]["full_name"] == "Trần Thị Bình"
    assert made["national_id"] == "001214000001"
    assert Event.objects.filter(action="people.register_child", child_key=made["id"]).exists()


def test_an_estimate_of_age_is_enough(lan):
    made = program_of(lan).post("/children", {"unit": "00640", "full_name": "Bé Na", "age_low": 9})
    assert made.status_code == 201
    assert (made.json()["age_low"], made.json()["age_high"]) == (9, 9)


def test_a_resemblance_is_shown_first(lan, here):
    child = make_child(here)
    program = program_of(lan)
    answer = program.post("/children", AN)
    assert answer.status_code == 409
    assert [c["child"]["id"] for c in answer.json()["candidates"]] == [child.pk]
    assert "cùng họ tên" in answer.json()["candidates"][0]["reasons"]
    assert Child.objects.count() == 1
    assert program.post("/children", AN | {"confirmed_new": True}).status_code == 201
    assert Child.objects.count() == 2


def test_a_resemblance_out_of_sight_stays_unknown(thu, here):
    make_child(here)
    answer = program_of(thu).post("/children", AN | {"unit": "00664"})
    assert answer.status_code == 201


def test_a_known_number_elsewhere_is_refused_without_saying_where(thu, here):
    make_child(here, national_id="001214000001", national_id_hash="")
    program = program_of(thu)
    body = AN | {"unit": "00664", "national_id": "001214000001"}
    assert program.post("/children", body).status_code == 201
    again = program.post("/children", body | {"full_name": "Lê Khác", "confirmed_new": True})
    assert again.status_code == 422
    assert list(again.json()["errors"]) == ["national_id"]


def test_the_same_sending_twice_makes_one_child(lan):
    program = program_of(lan)
    one, two = (program.post("/children", AN, key="abc") for _ in range(2))
    assert (one.status_code, two.status_code) == (201, 201)
    assert one.json()["id"] == two.json()["id"]
    assert Child.objects.count() == 1


def test_two_children_under_one_key_are_two(lan):
    program = program_of(lan)
    program.post("/children", AN, key="1")
    other = program.post("/children", AN | {"full_name": "Lê Thị Hoa", "sex": "female"}, key="1")
    assert other.status_code == 201
    assert Child.objects.count() == 2


@pytest.mark.parametrize("extra", [{"national_id": "001214000001"},
                                   {"guardian": BINH | {"phone": "0912345678"}}])  # fmt: skip
def test_numbers_are_written_only_by_tokens_that_may_identify(lan, extra):
    program = program_of(lan, "people.view", "people.register")
    assert program.post("/children", AN | extra).status_code == 403
    assert program.post("/children", AN).status_code == 201


def test_another_commune_is_not_written_to(lan):
    assert program_of(lan).post("/children", AN | {"unit": "00664"}).status_code == 403
    assert not Child.objects.exists()


def test_writing_needs_to_see_what_is_there(lan):
    assert program_of(lan, "people.register").post("/children", AN).status_code == 404


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"full_name": ""}, "full_name"),
        ({"full_name": "A\x00n Văn"}, "full_name"),
        ({"full_name": "x" * 5000}, "full_name"),
        ({"birth_date": "01/06/2014"}, "birth_date"),
        ({"birth_date": "2001-01-01"}, "birth_date"),
        ({"birth_date": "2099-01-01"}, "birth_date"),
        ({"birth_date": None, "age_low": 12, "age_high": 3}, "age_low"),
        ({"sex": "boy"}, "sex"),
        ({"unit": "020"}, "unit"),
        ({"unit": "không"}, "unit"),
        ({"national_id": "12"}, "national_id"),
        ({"guardian": {"full_name": "", "relation": "mother"}}, "guardian_name"),
        ({"guardian": {"relation": "mother"}}, "guardian.full_name"),
        ({"confirmed_new": "maybe"}, "confirmed_new"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_written(lan, wrong, field):
    answer = program_of(lan).post("/children", AN | wrong)
    assert answer.status_code == 422, answer.content
    assert field in answer.json()["errors"]
    assert not Child.objects.exists()
    assert not Household.objects.exists()


def test_a_lone_surrogate_and_hostile_text_break_nothing(lan):
    program = program_of(lan)
    answer = program.client.post(
        "/api/v1/children", r'{"unit": "00640", "full_name": "\ud800"}',
        content_type="application/json",
    )  # fmt: skip
    assert answer.status_code == 422
    assert program.get("/children", q="%' OR 1=1 --").status_code == 200
    assert program.client.get("/api/v1/children?q=a%00b").status_code == 422


def test_pages_ask_the_database_a_fixed_number_of_times(
    lan, here, django_assert_max_num_queries
):  # fmt: skip
    for number in range(30):
        make_child(here, f"Nguyễn Văn {chr(65 + number % 26)}")
    program = program_of(lan)
    with django_assert_max_num_queries(25):
        program.get("/children", limit=30)


def test_the_database_answers_as_the_person(thu, here):
    make_child(here)
    with acting_as(thu):
        assert not Child.objects.exists()
