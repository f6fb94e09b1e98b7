"""/cases, /indicators, /units."""

from datetime import date

import pytest
from django.core.management import call_command

from conftest import make_user
from tuoitho.audit.models import Event
from tuoitho.cases.actions import record_visit, start_service
from tuoitho.cases.tests.make import NO_WORK, OPENED, in_support, make_case, make_child, seal
from tuoitho.interop.api.tests.make import program_of


def ids(answer):
    assert answer.status_code == 200, answer.content
    return [row["id"] for row in answer.json()["items"]]


def test_a_case_tells_its_moves_services_and_visits(lan, chung, here):
    case = in_support(make_child(here), lan, chung)
    start_service(case, kind="education", on=OPENED, provider_name="THCS Tả Thanh Oai",
                  what="Học bù", by=lan)  # fmt: skip
    record_visit(case, NO_WORK, on=OPENED, schooling="attending", by=lan)
    answer = program_of(lan).get(f"/cases/{case.pk}")
    assert answer.status_code == 200, answer.content
    found = answer.json()
    assert found["state"] == "supporting"
    assert [m["name"] for m in found["moves"]][-1] == "approve_plan"
    assert found["services"][0]["provider_name"] == "THCS Tả Thanh Oai"
    assert found["visits"][0]["schooling"] == "attending"
    assert found["child_name"] == "Nguyễn Văn An"
    assert Event.objects.filter(action="cases.view", subject_key=str(case.pk), note="API").exists()


def test_the_childs_name_needs_the_childs_permission(lan, here):
    case = make_case(here)
    answer = program_of(lan, "cases.view").get(f"/cases/{case.pk}")
    assert answer.json()["child_name"] is None
    assert "An" not in answer.content.decode()


def test_cases_are_filtered(hanh, here, there):
    one = make_case(here)
    two = make_case(there, "closed", category="at_risk", opened_on=date(2026, 5, 1))
    program = program_of(hanh)
    assert ids(program.get("/cases")) == [two.pk, one.pk]
    assert ids(program.get("/cases", open="true")) == [one.pk]
    assert ids(program.get("/cases", open="false")) == [two.pk]
    assert ids(program.get("/cases", state="closed")) == [two.pk]
    assert ids(program.get("/cases", category="child_labour")) == [one.pk]
    assert ids(program.get("/cases", unit="00664")) == [two.pk]
    assert ids(program.get("/cases", child=one.child_id)) == [one.pk]
    assert ids(program.get("/cases", opened_from="2026-04-01")) == [two.pk]
    assert ids(program.get("/cases", opened_to="2026-04-30")) == [one.pk]
    assert program.get("/cases", opened_to="30/04/2026").status_code == 422


def test_strangers_find_no_case(thu, here):
    case = make_case(here)
    program = program_of(thu)
    assert ids(program.get("/cases")) == []
    assert program.get(f"/cases/{case.pk}").status_code == 404


def test_a_sealed_case_does_not_exist_for_those_without_the_key(lan, hanh, here):
    case = make_case(here, category="trafficked")
    seal(case)
    for person in (lan, hanh):
        program = program_of(person)
        assert ids(program.get("/cases")) == []
        assert program.get(f"/cases/{case.pk}").status_code == 404


def test_indicators_are_those_of_the_command(hanh, capsys):
    call_command("indicators", year=2024, unit="020", format="json", details=True)
    import json

    expected = json.loads(capsys.readouterr().out)
    answer = program_of(hanh).get("/indicators", year=2024, unit="020")
    assert answer.status_code == 200, answer.content
    assert answer.json() == expected


def test_indicators_of_a_unit_out_of_scope_are_not_there(lan):
    program = program_of(lan)
    assert program.get("/indicators", year=2026, unit="00640").status_code == 200
    assert program.get("/indicators", year=2026, unit="00664").status_code == 404
    assert program.get("/indicators", year=2026, unit="020").status_code == 404


@pytest.mark.parametrize(
    ("params", "field"),
    [({"year": "x", "unit": "020"}, "year"), ({"unit": "020"}, "year"),
     ({"year": 1900, "unit": "020"}, "year"), ({"year": 2024, "unit": "nope"}, "__all__")],
)  # fmt: skip
def test_indicators_say_what_is_wrong(hanh, params, field):
    answer = program_of(hanh).get("/indicators", **params)
    assert answer.status_code == 422
    assert field in answer.json()["errors"]


def test_units_are_those_of_the_day(lan):
    program = program_of(lan, "cases.receive")

    def found(**asked):
        rows = program.get("/units", limit=200, **asked).json()["items"]
        return {row["code"]: row["name"] for row in rows}

    assert "Thanh Trì" in found(q="thanh tri", on="2026-01-01")["00640"]
    assert "Văn Điển" in found(q="van dien", on="2024-01-01")["00640"]
    assert found(on="1700-01-01") is not None


def test_a_unit_names_those_above_it(lan):
    rows = program_of(lan).get("/units", q="thanh tri", on="2026-01-01").json()["items"]
    row = next(row for row in rows if row["code"] == "00640")
    assert row["area"]["code"] == "020"
    assert row["valid_from"] == "2025-07-01"
    assert row["valid_to"] is None


def test_whoever_moved_away_sees_nothing_more(area):
    person = make_user("moi", "commune_worker", area)
    program = program_of(person)
    person.assignments.all().delete()
    assert program.get("/cases").status_code == 401
