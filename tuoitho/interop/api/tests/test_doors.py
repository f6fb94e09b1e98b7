"""Who may knock: tokens good, revoked, expired, of fewer permissions; and what a refusal says."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError

from conftest import make_user
from tuoitho.access.models import ApiToken
from tuoitho.access.permissions import ROLES
from tuoitho.access.tokens import create_token, revoke_token
from tuoitho.cases.tests.make import make_case, make_report
from tuoitho.interop.api import doors
from tuoitho.interop.api.routes import api
from tuoitho.interop.api.tests.make import Program, program_of, token_for
from tuoitho.lib.hanoi import now, today
from tuoitho.people.tests.make import make_child

LISTS = ("/reports", "/children", "/cases", "/units")
READS = (*LISTS, "/indicators?year=2024&unit=020")


@pytest.mark.parametrize("path", READS)
def test_nobody_reads_without_a_token(db, path):
    answer = Program().get(path)
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert "Thiếu khoá" in answer.json()["errors"]["__all__"][0]


@pytest.mark.parametrize("token", ["khong-co", "x" * 5000, "é", "'; DROP TABLE people_child; --"])
def test_a_made_up_token_is_refused(db, token):
    assert Program(token).get("/children").status_code == 401


def test_a_revoked_token_stops_at_once(lan):
    program = program_of(lan)
    assert program.get("/children").status_code == 200
    revoke_token(ApiToken.objects.get(user=lan), by=lan)
    assert program.get("/children").status_code == 401


def test_a_token_works_to_the_end_of_its_last_day_and_no_longer(lan):
    program = program_of(lan)
    with time_machine.travel(now() + timedelta(days=30), tick=False):
        assert program.get("/units").status_code == 200
    with time_machine.travel(now() + timedelta(days=31), tick=False):
        assert program.get("/units").status_code == 401


def test_a_token_ends_with_the_account_and_with_the_role(lan):
    program = program_of(lan)
    lan.is_active = False
    lan.save()
    assert program.get("/units").status_code == 401
    lan.is_active = True
    lan.save()
    lan.assignments.all().delete()
    assert program.get("/units").status_code == 401


@pytest.mark.parametrize("role", sorted(set(ROLES) - {"public", "system"}))
def test_only_roles_with_the_api_get_a_token(cast_member, role):
    person = cast_member(role)
    if person.may("interop.api"):
        assert program_of(person).get("/units").status_code == 200
        return
    with pytest.raises(Exception, match=r"interop\.api"):
        token_for(person, "cases.receive")


@pytest.mark.parametrize("role", ["commune_worker", "labour_office"])
def test_each_role_with_the_api_reads_every_list(cast_member, here, role):
    make_case(here)
    make_report(here)
    program = program_of(cast_member(role))
    for path in LISTS:
        answer = program.get(path)
        assert answer.status_code == 200, path
        assert answer.json()["items"], path


def test_a_token_gives_no_more_than_it_was_given(lan, here):
    child, case, report = make_child(here), make_case(here), make_report(here)
    program = program_of(lan, "indicators.view")
    for path in ("/children", f"/children/{child.pk}", "/cases", f"/cases/{case.pk}", "/reports",
                 f"/reports/{report.pk}"):  # fmt: skip
        assert program.get(path).status_code == 404, path
    assert program.get("/units").status_code == 200


def test_reading_is_not_writing(lan):
    program = program_of(lan, "people.view", "cases.view")
    child = {"unit": "00640", "full_name": "Nguyễn Văn An"}
    report = {"unit": "00640", "channel": "phone", "happening": "Có việc."}
    assert program.post("/children", child).status_code == 403
    assert program.post("/reports", report).status_code == 403


def test_a_token_cannot_be_made_for_what_the_person_lacks(lan):
    for permissions in (["access.manage"], ["people.view", "cases.sealed"], []):
        with pytest.raises(ValidationError):
            create_token(lan, "x", permissions, expires_on=today(), by=lan)


def test_too_many_requests_in_a_minute_wait(lan, monkeypatch):
    monkeypatch.setattr(doors, "A_MINUTE", 2)
    program = program_of(lan)
    with time_machine.travel("2026-03-02T08:00:10+07:00", tick=False):
        token = ApiToken.objects.get()
        token.expires_on = today()
        token.save()
        answers = [program.get("/units") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert 0 < int(answers[2].headers["Retry-After"]) <= 61


def test_another_person_is_not_slowed_down_by_the_first(lan, thu, monkeypatch):
    monkeypatch.setattr(doors, "A_MINUTE", 1)
    one, other = program_of(lan), program_of(thu)
    assert one.get("/units").status_code == 200
    assert other.get("/units").status_code == 200


def test_a_body_that_is_no_json_is_refused_in_a_sentence(lan):
    program = program_of(lan)
    answer = program.client.post("/api/v1/reports", b"\xff{", content_type="application/json")
    assert answer.status_code == 400
    assert "JSON" in answer.json()["errors"]["__all__"][0]


def test_a_misspelt_field_is_not_silently_dropped(lan):
    answer = program_of(lan).post("/children", {"unit": "00640", "fullname": "An"})
    assert answer.status_code == 422
    assert answer.json()["errors"] == {
        "full_name": ["Thiếu mục này."],
        "fullname": ["Không có mục nào tên như vậy."],
    }


OPERATIONS = [
    (path, verb, operation)
    for path, verbs in api.get_openapi_schema()["paths"].items()
    for verb, operation in verbs.items()
]


@pytest.mark.parametrize(
    ("path", "verb", "operation"), OPERATIONS, ids=[f"{v} {p}" for p, v, _ in OPERATIONS]
)
def test_every_operation_is_described(path, verb, operation):
    assert operation["summary"] != operation["operationId"].rsplit("_", 1)[-1]
    assert any(ord(sign) > 127 for sign in operation["summary"]), "in Vietnamese"
    assert operation["description"]
    assert {"401", "404", "422", "429"} <= {str(code) for code in operation["responses"]}
    assert operation["security"] == [{"TokenAuth": []}]
    for parameter in operation.get("parameters", []):
        if parameter["in"] != "path":
            assert parameter["schema"].get("description") or parameter.get("description"), parameter
    if verb == "post":
        assert "403" in {str(code) for code in operation["responses"]}
        assert any(p["name"] == "Idempotency-Key" for p in operation["parameters"])


def test_every_reference_of_the_document_is_there(client, db):
    document = client.get("/api/v1/openapi.json").json()
    assert document["openapi"].startswith("3.")
    parts = document["components"]["schemas"]
    for name in references(document):
        assert name in parts


def references(node):
    if isinstance(node, dict):
        if "$ref" in node:
            yield node["$ref"].rsplit("/", 1)[-1]
        node = list(node.values())
    if isinstance(node, list):
        for child in node:
            yield from references(child)


def test_the_page_of_the_document_is_served_by_us(client, db):
    page = client.get("/api/v1/docs")
    assert page.status_code == 200
    text = page.content.decode()
    assert "/static/ninja/swagger-ui-bundle.js" in text
    assert "https://" not in text


def test_every_resource_was_tried_here():
    assert {path.split("/")[3] for path, _verb, _operation in OPERATIONS} == {
        "reports", "children", "cases", "indicators", "units"
    }  # fmt: skip


def test_a_school_may_report_on_the_screen_but_has_no_program(area):
    teacher = make_user("co-giao", "school", area)
    assert teacher.may("cases.receive")
    assert not teacher.may("interop.api")
