"""Anyone reports a concern: it reaches the commune, once, and shows nothing to anybody else."""

from html import unescape

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.urls import reverse

from tuoitho.access.actions import system_actor
from tuoitho.access.person import acting_as
from tuoitho.audit.models import Event
from tuoitho.cases.tests.make import make_case, make_report
from tuoitho.units.models import Unit

# By name: not even the tests of this room import the models of others (import contract).
Report = apps.get_model("cases", "Report")
Receipt = apps.get_model("cases", "Receipt")
Child = apps.get_model("people", "Child")
NEW, DONE, STATUS = "/bao-tin/", "/bao-tin/da-nhan/", "/bao-tin/tra-cuu/"
STORY = "Bạn ấy rửa bát ở quán đến khuya, không đi học."


@pytest.fixture(autouse=True)
def _fresh_limits(db):
    cache.clear()


def concern(unit, **facts):
    return {"unit": unit.pk, "happening": STORY, "form_token": "t" * 32, **facts}


def code_on(page):
    text = page.content.decode()
    return text.split('id="receipt-code"><strong>')[1].split("<")[0]


def sent(client, unit, **facts):
    """The code shown after the form was accepted."""
    answer = client.post(NEW, concern(unit, **facts))
    assert answer.status_code == 303, unescape(answer.content.decode())[:3000]
    assert answer.headers["Location"] == DONE
    return code_on(client.get(DONE))


def test_the_form_needs_only_what_happened(client, here):
    page = client.get(NEW)
    assert page.status_code == 200
    text = page.content.decode()
    assert f'<option value="{here.pk}">' in text
    assert "111" in text
    refused = client.post(NEW, {})
    assert refused.status_code == 422
    assert set(refused.context["form"].errors) == {"happening"}


def test_only_communes_of_today_in_a_programme_are_offered(client, here, area):
    offered = client.get(NEW).context["form"].fields["unit"].queryset
    assert here in offered
    assert area not in offered
    assert not offered.exclude(valid__endswith=None).exists()


def test_a_stranger_reports_and_the_communes_worker_sees_it(client, here, lan, thu):
    sent(client, here, child_name="Bé Na", age_estimate="0", place="Quán chợ",
         reporter_phone="0912345678")  # fmt: skip
    report = Report.objects.get()
    assert (report.unit, report.channel, report.age_estimate) == (here, "public", 0)
    assert (report.happening, report.informant_named) == (STORY, True)
    for person, seen in ((lan, True), (thu, False)):
        with acting_as(person):
            assert Report.objects.filter(pk=report.pk).exists() is seen
        assert Report.objects.visible_to(person).filter(pk=report.pk).exists() is seen


def test_who_does_not_know_the_commune_is_heard_too(client, area):
    answer = client.post(NEW, {"happening": STORY})
    assert answer.status_code == 303
    assert Report.objects.get().unit == area


def test_the_worker_finds_it_on_the_list_and_the_neighbour_does_not(client, here, lan, thu):
    sent(client, here, child_name="Bé Mận")
    url = reverse("cases:report_list")
    client.force_login(lan)
    assert "Bé Mận" in client.get(url).content.decode()
    client.force_login(thu)
    assert "Bé Mận" not in client.get(url).content.decode()


def test_the_receipt_is_written_in_the_log_as_the_publics(client, here):
    sent(client, here)
    event = Event.objects.get(action="cases.receive")
    assert event.actor_key == system_actor("public").pk


@pytest.mark.parametrize("person", [None, "public"])
def test_the_database_shows_the_public_nothing_about_people(here, person):
    make_case(here)
    make_report(here)
    with acting_as(system_actor(person) if person else None):
        assert not Report.objects.exists()
        assert not Child.objects.exists()
        assert Unit.objects.exists()


def test_the_same_form_twice_is_one_report_and_one_code(client, here):
    first = sent(client, here)
    assert sent(client, here) == first
    assert Report.objects.count() == 1
    assert Receipt.objects.count() == 1


def test_something_added_after_going_back_is_not_lost(client, here):
    first = sent(client, here)
    assert sent(client, here, happening=STORY + " Tên quán là Hải Anh.") != first
    assert Report.objects.count() == 2


def test_two_visitors_who_say_the_same_are_two_reports(client, here):
    sent(client, here, form_token="a" * 32)
    sent(client, here, form_token="b" * 32)
    assert Report.objects.count() == 2


def test_without_the_hidden_token_a_report_is_still_taken(client, here):
    sent(client, here, form_token="")
    assert Report.objects.count() == 1


def test_programs_that_fill_every_box_are_refused(client, here):
    answer = client.post(NEW, concern(here, website="https://spam.example"))
    assert answer.status_code == 422
    assert "chỉ dành cho người" in answer.content.decode()
    assert not Report.objects.exists()


def test_what_was_typed_is_kept_when_something_is_wrong(client, here):
    answer = client.post(NEW, concern(here, age_estimate="99", child_name="Bé Na"))
    assert answer.status_code == 422
    text = answer.content.decode()
    assert STORY in text
    assert 'value="Bé Na"' in text


@pytest.mark.parametrize(
    "hostile",
    ["<script>alert(1)</script>", "'; DROP TABLE cases_report; --", "{{ 7*7 }} {% load x %}",
     "‮gnort‬ \u200b\ufeff", "=HYPERLINK(1)", "😀" * 50],
)  # fmt: skip
def test_hostile_text_is_kept_as_text_and_shown_harmless(client, here, lan, hostile):
    sent(client, here, happening=f"Việc: {hostile}", child_name=hostile[:40])
    report = Report.objects.get()
    assert hostile in report.happening
    client.force_login(lan)
    page = client.get(reverse("cases:report_detail", args=[report.pk]))
    assert page.status_code == 200
    assert "<script>alert(1)" not in page.content.decode()


@pytest.mark.parametrize("field", ["happening", "child_name", "place", "reporter_name", "unit"])
def test_nul_bytes_are_refused_not_a_crash(client, here, field):
    answer = client.post(NEW, concern(here) | {field: "a\x00bcdefgh"})
    assert answer.status_code == 422
    assert not Report.objects.exists()


def test_five_thousand_signs_with_line_breaks_are_taken_and_one_more_is_not(client, here):
    lines = ("a" * 99 + "\r\n") * 50  # as a browser sends 5,000 signs
    sent(client, here, happening=lines[:-2] + "b")
    answer = client.post(NEW, concern(here, happening="c" * 5001))
    assert answer.status_code == 422
    assert "c" * 5001 in answer.content.decode()


@pytest.mark.parametrize("wrong", [{"unit": "0"}, {"unit": "x"}, {"unit": "99999999999999999999"},
                                   {"sex": "x"}, {"age_estimate": "-1"}, {"happening": "  "},
                                   {"form_token": "x" * 65}, {"place": "x" * 301}])  # fmt: skip
def test_bent_forms_are_refused(client, here, wrong):
    assert client.post(NEW, concern(here) | wrong).status_code == 422
    assert not Report.objects.exists()


def test_a_unit_that_has_ended_or_is_no_commune_is_refused(client, here, area, district):
    for unit in (area, district):
        assert client.post(NEW, concern(unit)).status_code == 422


def test_too_many_from_one_address_are_sent_to_the_phone(client, here, settings):
    settings.ACCOUNT_RATE_LIMITS = {"portal_report": "2/h/ip"}
    for number in range(2):
        sent(client, here, form_token=str(number) * 32)
    answer = client.post(NEW, concern(here, form_token="3" * 32))
    assert answer.status_code == 429
    assert "111" in answer.content.decode()
    assert STORY in answer.content.decode()
    elsewhere = client.post(NEW, concern(here, form_token="4" * 32), REMOTE_ADDR="10.9.8.7")
    assert elsewhere.status_code == 303


def test_mistakes_in_the_form_do_not_use_up_the_limit(client, here, settings):
    settings.ACCOUNT_RATE_LIMITS = {"portal_report": "1/h/ip"}
    for _ in range(3):
        client.post(NEW, {})
    sent(client, here)


def test_the_code_is_shown_only_to_the_browser_that_sent(client, here):
    sent(client, here)
    other = type(client)()
    answer = other.get(DONE)
    assert answer.status_code == 303
    assert answer.headers["Location"] == NEW


def test_the_browser_forgets_the_code_soon_and_keeps_no_copy(client, here):
    sent(client, here)
    assert client.session.get_expiry_age() <= 15 * 60
    assert "no-store" in client.get(DONE).headers["Cache-Control"]
    assert "no-store" in client.get(NEW).headers["Cache-Control"]
    assert Session.objects.count() == 1


def test_a_worker_who_tries_the_page_stays_signed_in(client, here, lan):
    client.force_login(lan)
    sent(client, here)
    assert client.session.get_expiry_age() > 3600


def test_the_form_needs_the_protection_of_forms(here):
    from django.test import Client

    assert Client(enforce_csrf_checks=True).post(NEW, concern(here)).status_code == 403
