"""Who told is kept apart: opened on demand, with a reason, by the few; each look is written."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from tuoitho.access.actions import system_actor
from tuoitho.access.person import acting_as
from tuoitho.audit.models import Event
from tuoitho.cases.actions import receive_report, reveal_informant
from tuoitho.cases.models import Informant, Report
from tuoitho.cases.tests.make import RECEIVED, make_case, seal

TOLD = {"channel": "phone", "received_at": RECEIVED, "happening": "Cháu bé rửa bát thuê.",
        "reporter_name": "Bà Tư", "reporter_phone": "0912345678"}  # fmt: skip


@pytest.fixture
def report(here, lan):
    with acting_as(lan):
        return receive_report(here, **TOLD, by=lan)[0]


def url(report):
    return reverse("cases:report_informant", args=[report.pk])


def test_a_holder_with_a_reason_learns_who_told(report, lan):
    with acting_as(lan):
        informant = reveal_informant(report, "Gọi lại hỏi địa chỉ quán", by=lan)
    assert (informant.name, informant.phone) == ("Bà Tư", "0912345678")
    event = Event.objects.get(action="cases.informant.view")
    assert (event.actor_key, event.note) == (lan.pk, "Gọi lại hỏi địa chỉ quán")


def test_without_a_reason_nothing_is_shown_or_written(report, lan):
    with acting_as(lan), pytest.raises(ValidationError):
        reveal_informant(report, "  ", by=lan)
    assert not Event.objects.filter(action="cases.informant.view").exists()


def test_who_sees_the_report_does_not_see_who_told(report, chung, cast_member):
    for person in (chung, cast_member("collaborator"), cast_member("system")):
        with acting_as(person):
            assert Report.objects.filter(pk=report.pk).exists()
            assert not Informant.objects.exists()
            with pytest.raises(PermissionDenied):
                reveal_informant(report, "Muốn biết thôi", by=person)


def test_the_neighbour_and_the_public_see_nobody(report, thu):
    for person in (thu, system_actor("public"), None):
        with acting_as(person):
            assert not Informant.objects.exists()


def test_who_told_of_a_sealed_report_is_sealed_too(report, here, lan, cast_member):
    case = make_case(here)
    Report.objects.filter(pk=report.pk).update(case=case, state="in_case")
    seal(case)
    with acting_as(lan):
        assert not Informant.objects.exists()
    with acting_as(cast_member("police")):
        assert Informant.objects.count() == 1


def test_the_database_keeps_no_name_in_the_report(report):
    fields = {field.name for field in Report._meta.get_fields()}
    assert not {"reporter_name", "reporter_phone", "reporter_address"} & fields
    assert report.informant_named


def test_an_unnamed_informant_is_said_so(here, lan):
    unnamed = {k: v for k, v in TOLD.items() if not k.startswith("reporter")}
    report, _code = receive_report(here, **unnamed, by=lan)
    assert not report.informant_named
    with acting_as(lan):
        assert reveal_informant(report, "Gọi lại", by=lan) is None


def test_the_page_shows_the_name_once_and_the_reports_page_never(client, report, lan):
    client.force_login(lan)
    page = client.get(reverse("cases:report_detail", args=[report.pk])).content.decode()
    assert url(report) in page
    assert "Bà Tư" not in page
    assert "Bà Tư" not in client.get(url(report)).content.decode()
    refused = client.post(url(report), {"reason": ""})
    assert refused.status_code == 422
    opened = client.post(url(report), {"reason": "Gọi lại cho người báo"})
    assert "Bà Tư" in opened.content.decode()
    assert opened["Cache-Control"] == "no-store"


def test_strangers_find_no_page(client, report, thu, chung, duc):
    for person, status in ((thu, 404), (duc, 404), (chung, 403)):
        client.force_login(person)
        assert client.get(url(report)).status_code == status
