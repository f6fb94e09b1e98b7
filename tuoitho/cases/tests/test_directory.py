"""The directory of providers and the policies: by day, kept by the standing body, read by all."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from tuoitho.cases import actions
from tuoitho.cases.actions.directing import load_policies
from tuoitho.cases.hints import hints_for
from tuoitho.cases.models import Policy, Provider
from tuoitho.cases.tests.make_exchange import make_school
from tuoitho.lib.hanoi import today
from tuoitho.people.actions import record_circumstance, record_enrolment
from tuoitho.people.tests.make import make_child
from tuoitho.units.models import Organisation

ON = date(2026, 3, 2)


def listed(here, by, **facts):
    given = {"kinds": ["education"], "area": here, "on": ON} | facts
    return actions.list_provider(make_school(here), by=by, **given)


def test_a_change_is_a_new_version_from_its_day(here, hanh):
    listed(here, hanh)
    later = ON + timedelta(days=30)
    listed(here, hanh, kinds=["education", "vocational"], on=later, capacity=20)
    assert Provider.objects.as_of(ON).get().kinds == ["education"]
    assert Provider.objects.as_of(later).get().capacity == 20
    assert Provider.objects.as_of(later).giving("vocational").serving(here).count() == 1


def test_one_leaves_the_directory_and_its_past_stays(here, hanh):
    provider = listed(here, hanh)
    actions.unlist_provider(provider, by=hanh, on=ON + timedelta(days=1))
    assert Provider.objects.as_of(ON).exists()
    assert not Provider.objects.as_of(ON + timedelta(days=1)).exists()
    with pytest.raises(ValidationError):
        actions.unlist_provider(provider, by=hanh, on=ON)


def test_a_provider_gives_something(here, hanh):
    with pytest.raises(ValidationError):
        listed(here, hanh, kinds=[])


@pytest.mark.parametrize("person", ["lan", "thu", "duc"])
def test_only_the_standing_body_keeps_the_directory(here, request, person):
    by = request.getfixturevalue(person)
    with pytest.raises(PermissionDenied):
        listed(here, by)
    with pytest.raises(PermissionDenied):
        actions.set_policy("x", by=by, on=ON, kind="loan", title="x", basis="x")


def test_a_policy_is_edited_by_day(hanh):
    before = Policy.objects.get(code="vay-von")
    actions.set_policy(
        "vay-von", by=hanh, on=ON, kind="loan", title="Vay vốn", basis="QĐ 1", flag="V"
    )
    assert Policy.objects.in_force(ON - timedelta(days=1)).get(code="vay-von").pk == before.pk
    assert Policy.objects.in_force(ON).get(code="vay-von").basis == "QĐ 1"
    with pytest.raises(ValidationError):
        actions.set_policy("y", by=hanh, on=ON, kind="loan", title="x", basis="x", age_low=9,
                           age_high=3)  # fmt: skip


def test_what_nobody_checked_is_marked_and_what_officials_wrote_is_left_alone(hanh):
    assert all(p.basis for p in Policy.objects.all())
    assert Policy.objects.filter(flag="M").exists()
    actions.set_policy("y-te", by=hanh, on=ON, kind="health", title="Khác", basis="x", flag="V")
    assert load_policies() == 0
    assert Policy.objects.in_force(ON).get(code="y-te").title == "Khác"


def test_hints_say_why_and_what_to_ask(here, lan):
    child = make_child(here, birth_date=date(2011, 1, 1))
    titles = {h.policy.code: h for h in hints_for(child, ON)}
    assert titles["vay-von"].unknown == ("chưa rõ hộ nghèo, cận nghèo",)
    assert "gioi-thieu-viec-lam" in titles
    record_enrolment(child, school_year="2025-2026", status="dropped_out", by=lan, on=ON)
    record_circumstance(child, "10.1.k", since=ON, by=lan)
    found = {h.policy.code: h.reasons for h in hints_for(child, today())}
    assert "đã bỏ học" in found["tro-lai-truong"]
    assert "k) Bị bóc lột" in found["tam-ly"]


def test_a_young_child_is_not_sent_to_learn_a_trade(here):
    child = make_child(here, birth_date=date(2018, 1, 1))
    codes = {h.policy.code for h in hints_for(child, ON)}
    assert not codes & {"dao-tao-nghe", "gioi-thieu-viec-lam"}


def test_through_the_pages(client, here, area, lan, hanh):
    client.force_login(hanh)
    data = {"new_name": "Trung tâm nghề", "new_kind": "provider", "area": area.pk,
            "kinds": ["vocational"], "on": "02/03/2026"}  # fmt: skip
    new = reverse("cases:provider_new")
    assert client.post(new, data | {"new_name": ""}).status_code == 422
    assert client.post(new, data).status_code == 303
    provider = Provider.objects.get()
    assert provider.organisation == Organisation.objects.get(name="Trung tâm nghề")
    edit = reverse("cases:provider_edit", args=[provider.pk])
    assert client.get(edit).status_code == 200
    policy = Policy.objects.get(code="vay-von")
    edit = reverse("cases:policy_edit", args=[policy.pk])
    client.post(edit, {"kind": "loan", "title": "Vay", "basis": "QĐ 2", "flag": "V",
                       "on": "01/06/2026"})  # fmt: skip
    assert Policy.objects.filter(code="vay-von").count() == 2
    client.force_login(lan)
    for name, args in (("provider_list", []), ("provider_detail", [provider.pk]),
                       ("policy_list", []), ("policy_detail", [policy.pk])):  # fmt: skip
        assert client.get(reverse(f"cases:{name}", args=args)).status_code == 200
    assert client.get(new).status_code == 403
