"""A workplace is entered once, in its commune, with its number and phone sealed."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection

from tuoitho.access.person import acting_as
from tuoitho.audit.models import Event
from tuoitho.establishments.actions import correct_establishment, register_establishment
from tuoitho.establishments.models import Establishment
from tuoitho.establishments.names import distinctive
from tuoitho.establishments.tests.make import make_establishment, make_village

TODAY = date(2026, 11, 24)
NEW = "/establishments/new/"


def register(unit, by, **facts):
    defaults = {"name": "Hộ kinh doanh Mây tre Hùng", "kind": "household"}
    return register_establishment(unit, by=by, on=TODAY, **{**defaults, **facts})


def typed(unit, **changes):
    facts = {"unit": unit.pk, "name": "Xưởng Gốm Tâm", "kind": "household", "sector": "handicraft"}
    return {**facts, **changes}


def test_it_is_stored_tidy_and_folded(here, lan):
    one = register(here, lan, name="  Hộ kinh doanh  Đồ gỗ Đức ", owner_name="Đỗ  Văn Đức")
    assert (one.name, one.folded_name) == ("Hộ kinh doanh Đồ gỗ Đức", "ho kinh doanh do go duc")
    assert (one.core_name, one.folded_owner) == ("do go duc", "do van duc")
    assert one.registered_on == TODAY


def test_phone_and_tax_code_are_not_readable_in_the_database_or_the_log(here, lan):
    register(here, lan, owner_phone="0912345678", tax_code="001085012345")
    with connection.cursor() as cursor:
        cursor.execute("SELECT owner_phone, tax_code FROM establishments_establishment")
        stored = b"".join(bytes(value) for value in cursor.fetchone())
    assert b"0912345678" not in stored
    assert b"001085012345" not in stored
    assert "001085012345" not in str(Event.objects.get().after)


@pytest.mark.parametrize(
    ("given", "kept"),
    [("0101234567", "0101234567"), ("0101234567 001", "0101234567-001"), ("", ""),
     ("001085012345", "001085012345")],
)  # fmt: skip
def test_tax_codes_take_three_forms(here, lan, given, kept):
    assert register(here, lan, tax_code=given).tax_code == kept


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"name": " "}, "name"),
        ({"kind": "shop"}, "kind"),
        ({"tax_code": "12345"}, "tax_code"),
        ({"opened_on": date(2026, 11, 25)}, "opened_on"),
    ],
)
def test_wrong_facts_are_named(here, lan, facts, field):
    with pytest.raises(ValidationError) as refused:
        register(here, lan, **facts)
    assert field in refused.value.message_dict
    assert not Establishment.objects.exists()


def test_a_craft_village_of_another_commune_is_refused(here, there, lan):
    with pytest.raises(ValidationError, match="địa bàn khác"):
        register(here, lan, craft_village=make_village(there))


def test_a_mistyped_fact_is_a_bug(here, lan):
    with pytest.raises(TypeError, match="colour"):
        register(here, lan, colour="red")


@pytest.mark.parametrize("role", ["collaborator", "commune_chair", "police", "leader", "school"])
def test_roles_that_may_not(here, cast_member, role):
    with pytest.raises(PermissionDenied):
        register(here, cast_member(role))


def test_not_in_another_commune(there, lan):
    with pytest.raises(PermissionDenied):
        register(there, lan)


def test_it_leaves_a_trace(here, lan):
    one = register(here, lan)
    event = Event.objects.get(action="establishments.register")
    assert (event.subject_key, event.unit_key, event.actor_name) == (
        str(one.pk), here.pk, lan.actor_name,
    )  # fmt: skip


def test_a_correction_changes_only_what_is_given(here, lan):
    one = register(here, lan, owner_name="Lê Hùng", tax_code="0101234567")
    one = correct_establishment(one, name="Cơ sở Tre Hùng", by=lan, on=TODAY)
    assert (one.owner_name, one.tax_code, one.core_name) == ("Lê Hùng", "0101234567", "tre hung")
    event = Event.objects.get(action="establishments.correct")
    assert event.before["name"] == "Hộ kinh doanh Mây tre Hùng"
    assert event.after["name"] == "Cơ sở Tre Hùng"


@pytest.mark.parametrize(
    ("name", "core"),
    [
        ("Công ty TNHH Một thành viên Gốm Tâm", "gom tam"),
        ("HTX Nông nghiệp Đại Áng", "nong nghiep dai ang"),
        ("Cơ sở sản xuất", "co so san xuat"),
        ("Hộ kinh doanh Hồ Văn A", "van a"),
    ],
)
def test_the_name_without_legal_form(name, core):
    assert distinctive(name) == core


def test_the_screen_saves_and_leads_to_the_new_one(client, here, lan):
    client.force_login(lan)
    answer = client.post(NEW, typed(here))
    one = Establishment.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, f"/establishments/{one.pk}/")


def test_similar_names_are_a_question_not_an_obstacle(client, here, lan):
    make_establishment(here, "Công ty TNHH Gốm Tâm")
    client.force_login(lan)
    asked = client.post(NEW, typed(here))
    assert asked.status_code == 200
    assert "Công ty TNHH Gốm Tâm" in asked.content.decode()
    assert Establishment.objects.count() == 1
    again = client.post(NEW, typed(here, asked="gom tam"))
    assert again.status_code == 303
    assert Establishment.objects.count() == 2


def test_similar_names_of_another_commune_stay_hidden(client, here, there, lan):
    make_establishment(there, "Công ty TNHH Gốm Tâm")
    client.force_login(lan)
    assert client.post(NEW, typed(here)).status_code == 303


def test_wrong_input_comes_back_with_everything_typed(client, here, lan):
    client.force_login(lan)
    answer = client.post(NEW, typed(here, tax_code="77", owner_name="Lê Văn Tám"))
    assert answer.status_code == 422
    body = answer.content.decode()
    assert "Mã số thuế có 10 số" in body
    assert "Lê Văn Tám" in body


def test_another_unit_is_no_choice(client, there, lan):
    client.force_login(lan)
    assert client.post(NEW, typed(there)).status_code == 422


def test_who_only_looks_gets_403_and_strangers_404(client, here, chung, duc):
    client.force_login(chung)
    assert client.get(NEW).status_code == 403
    client.force_login(duc)
    assert client.get(NEW).status_code == 404


def test_correcting_by_screen(client, here, lan, thu):
    one = make_establishment(here)
    url = f"/establishments/{one.pk}/edit/"
    client.force_login(lan)
    assert client.get(url).status_code == 200
    facts = {"name": "Tre Hùng", "kind": "cooperative", "sector": "handicraft"}
    assert client.post(url, facts).status_code == 303
    one.refresh_from_db()
    assert (one.name, one.kind) == ("Tre Hùng", "cooperative")
    assert client.post(url, {**facts, "name": ""}).status_code == 422
    client.force_login(thu)
    assert client.get(url).status_code == 404


def test_acting_as_lan_the_database_lets_her_write(here, lan):
    with acting_as(lan):
        assert register(here, lan).pk
