"""The sealed compartment: a police lead, a list of names, and no trace for anyone else."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.urls import reverse

from conftest import make_user
from tuoitho.access.actions import end_assignment
from tuoitho.access.person import acting_as
from tuoitho.audit.actions import record
from tuoitho.audit.models import Event
from tuoitho.cases.actions import add_reader, attach_file, end_reader, name_lead
from tuoitho.cases.due import due_items
from tuoitho.cases.models import Attachment, Case, Report, Screening, SealedReader
from tuoitho.cases.models.sealed import log_of
from tuoitho.cases.tests.make import make_case, make_child, make_report, make_screening, seal
from tuoitho.lib.hanoi import today
from tuoitho.notices.actions import notify
from tuoitho.notices.models import Notice

SOON = timedelta(days=30)
OUTSIDERS = ("commune_worker", "commune_chair", "collaborator", "labour_office", "police",
             "administrator", "leader", "department", "education_office")  # fmt: skip


@pytest.fixture
def vinh(area):
    """The police officer who leads."""
    return make_user("vinh", "police", area, full_name="Đỗ Quang Vinh")


@pytest.fixture
def case(here, vinh):
    """A sealed case with everything that can hang on it, led by Vinh."""
    case = make_case(here, child=make_child(here, full_name="Lò Thị Mỷ"), category="trafficked")
    make_report(here, case=case, state="in_case", child_name="Lò Thị Mỷ", child=case.child)
    make_screening(case.child, case=case)
    seal(case)
    with acting_as(vinh):
        case = Case.objects.get(pk=case.pk)
        name_lead(case, vinh, reason="Phụ trách chuyên án", by=vinh)
        attach_file(case, "a.pdf", b"%PDF-1.7 x", kind="other", by=vinh)
    return case


def listed(case, vinh, user, until=None):
    with acting_as(vinh):
        return add_reader(
            case, user, reason="Cùng xác minh", until=until or today() + SOON, by=vinh
        )


def sees(user, case):
    """What the database and ``visible_to`` show; they must agree."""
    with acting_as(user):
        shown = Case.objects.filter(pk=case.pk).exists()
        assert Case.objects.visible_to(user).filter(pk=case.pk).exists() == shown
        for model in (Report, Screening, Attachment, SealedReader):
            rows = set(model.objects.values_list("pk", flat=True))
            assert set(model.objects.visible_to(user).values_list("pk", flat=True)) == rows
            assert bool(rows) == shown
    return shown


def test_the_lead_sees_it(case, vinh):
    assert sees(vinh, case)


@pytest.mark.parametrize("role", OUTSIDERS)
def test_nobody_else_does_not_even_the_police(case, cast_member, role):
    assert not sees(cast_member(role), case)


def test_a_person_on_the_list_sees_it_until_the_last_day(case, vinh, lan):
    listed(case, vinh, lan)
    assert sees(lan, case)
    with acting_as(vinh):
        SealedReader.objects.filter(user=lan).update(until=today() - timedelta(days=1))
    lan.forget_scopes()
    assert not sees(lan, case)


def test_who_is_taken_off_the_list_sees_it_no_more(case, vinh, lan):
    reader = listed(case, vinh, lan)
    with acting_as(vinh):
        end_reader(reader, by=vinh)
    lan.forget_scopes()
    assert not sees(lan, case)


def test_without_a_lead_in_office_the_police_there_see_it_again(case, vinh, system, cast_member):
    police = cast_member("police")
    assert not sees(police, case)
    end_assignment(vinh.assignments.get(), by=system, on=date(2026, 1, 1))
    vinh.forget_scopes()
    assert sees(police, case)
    assert not sees(vinh, case)


def test_only_the_lead_changes_the_list(case, vinh, lan, chung, cast_member):
    listed(case, vinh, lan)
    for person in (lan, chung, cast_member("police")):
        with acting_as(person), pytest.raises((PermissionDenied, Case.DoesNotExist)):
            add_reader(case, chung, reason="x", until=today() + SOON, by=person)


def test_the_list_asks_for_a_reason_and_a_day(case, vinh, lan, duc):
    with acting_as(vinh):
        for wrong in ({"reason": " "}, {"until": today() - SOON}, {"until": date(2099, 1, 1)}):
            given = {"reason": "Vì vậy", "until": today() + SOON, **wrong}
            with pytest.raises(ValidationError):
                add_reader(case, lan, by=vinh, **given)
        with pytest.raises(ValidationError):  # sees no children at all
            add_reader(case, duc, reason="Vì vậy", until=today() + SOON, by=vinh)
        with pytest.raises(ValidationError):  # no police
            name_lead(case, lan, reason="Vì vậy", by=vinh)


def test_the_lead_hands_over_and_leaves(case, vinh, cast_member):
    police = cast_member("police")
    with acting_as(vinh):
        name_lead(case, police, reason="Đổi người", by=vinh)
    assert sees(police, case)
    assert not sees(vinh, case)


def test_a_listed_person_works_with_the_permission_held(client, case, vinh, lan, chung):
    listed(case, vinh, lan)
    listed(case, vinh, chung)
    with acting_as(lan):
        assert attach_file(case, "b.pdf", b"%PDF-1.7 y", kind="other", by=lan).pk
    with acting_as(chung), pytest.raises(PermissionDenied):
        attach_file(case, "b.pdf", b"%PDF-1.7 y", kind="other", by=chung)


def test_each_addition_and_look_is_written_down_without_unit_or_child(client, case, vinh, lan):
    listed(case, vinh, lan)
    client.force_login(lan)
    assert client.get(reverse("cases:case_detail", args=[case.pk])).status_code == 200
    with acting_as(vinh):
        told = [(name, act) for _at, name, act in log_of(case)]
    assert (lan.actor_name, "cases.view") in told
    assert (vinh.actor_name, "cases.add_reader") in told
    assert (vinh.actor_name, "cases.name_lead") in told
    with acting_as(vinh):
        events = Event.objects.filter(subject_key=str(case.pk), subject_type="cases.Case")
        assert {(e.unit_key, e.child_key) for e in events} == {(None, None)}


def test_the_log_of_a_sealed_case_is_told_to_nobody_else(case, lan, hanh):
    for person in (lan, hanh):
        with acting_as(person):
            assert log_of(case) == []


def test_what_was_logged_before_the_seal_hides_with_it(here, system, chung, cast_member):
    case = make_case(here)
    record("cases.view", case, by=system)
    with acting_as(chung):
        assert Event.objects.filter(subject_key=str(case.pk)).exists()
    seal(case)
    with acting_as(chung):
        assert not Event.objects.filter(subject_type="cases.Case").exists()
    police = cast_member("police")
    with acting_as(police):
        assert Case.objects.filter(pk=case.pk).exists()


DOORS = (
    "cases:case_detail", "cases:case_plan", "cases:case_visit", "cases:case_attach",
    "cases:case_readers", "cases:case_reader_add",
)  # fmt: skip


@pytest.mark.parametrize("role", OUTSIDERS)
def test_every_page_of_it_is_404_for_everyone_else(client, case, vinh, cast_member, role):
    client.force_login(cast_member(role))
    for name in DOORS:
        assert client.get(reverse(name, args=[case.pk])).status_code in (404, 403)
    with acting_as(vinh):
        file, report = Attachment.objects.get(), Report.objects.get()
        reader = SealedReader.objects.get()
    for name, key in (
        ("cases:attachment_open", file.pk), ("cases:attachment_withdraw", file.pk),
        ("cases:report_detail", report.pk), ("cases:report_file", report.pk),
    ):  # fmt: skip
        assert client.get(reverse(name, args=[key])).status_code in (404, 403)
    assert client.post(reverse("cases:reader_end", args=[reader.pk])).status_code in (404, 403)


def test_a_door_says_the_same_of_a_sealed_case_and_of_none(client, case, lan, chung):
    for person in (lan, chung):
        client.force_login(person)
        for name in DOORS:
            sealed, none = (
                client.get(reverse(name, args=[key])).status_code for key in (case.pk, 999_999)
            )
            assert sealed == none


@pytest.mark.parametrize("role", ["commune_worker", "labour_office", "commune_chair", "police"])
def test_no_trace_in_lists_exports_the_childs_page_or_what_is_due(client, case, cast_member, role):
    person = cast_member(role)
    client.force_login(person)
    lists = ("/cases/files/", "/cases/files/?format=csv", "/cases/reports/",
             "/cases/reports/?format=csv", "/hom-nay/", "/notices/")  # fmt: skip
    for address in lists:
        answer = client.get(address)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert "Lò Thị Mỷ" not in body.decode()
        assert str(case) not in body.decode()
    with acting_as(person):
        assert not [item for item in due_items(person) if str(case) in str(item)]
    shown = client.get(reverse("people:child_detail", args=[case.child_id]))
    assert "Lò Thị Mỷ" in shown.content.decode()  # the child itself is known otherwise
    panel = client.get(reverse("cases:child_panel", args=[case.child_id])).content.decode()
    for trace in (str(case), "mua bán", f"/cases/files/{case.pk}/", "Niêm phong"):
        assert trace not in panel
        assert trace not in shown.content.decode()


def test_a_notice_about_it_reaches_those_on_the_list_only(case, vinh, lan, hanh, system):
    listed(case, vinh, lan)
    for person in (lan, hanh):
        notify(
            [person], "case.overdue", subject=str(case), url_name="cases:case_detail",
            url_args=(case.pk,), unit=case.unit, by=system,
        )  # fmt: skip
    with acting_as(lan):
        assert {n.kind for n in Notice.objects.visible_to(lan)} == {
            "case.overdue", "case.sealed_access",
        }  # fmt: skip
    with acting_as(hanh):
        assert not Notice.objects.visible_to(hanh).exists()


def test_a_sealed_case_does_not_forbid_another(case, here):
    assert make_case(here, child=case.child).pk


def test_a_list_export_never_holds_it_even_for_the_lead(client, case, vinh):
    client.force_login(vinh)
    assert str(case) in client.get("/cases/files/").content.decode()
    answer = client.get("/cases/files/?format=csv")
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert str(case) not in body.decode()


def test_its_own_export_asks_for_permission_and_reason(client, case, vinh, lan, cast_member):
    address = reverse("cases:sealed_export")
    client.force_login(vinh)
    assert client.get(address).status_code == 200
    assert client.post(address, {"reason": " "}).status_code == 422
    answer = client.post(address, {"reason": "Báo cáo chuyên án"})
    assert answer["Content-Type"].endswith("sheet")
    with acting_as(vinh):
        event = Event.objects.get(action="cases.export_sealed")
    assert (event.note, event.unit_key, event.child_key) == ("Báo cáo chuyên án", None, None)
    listed(case, vinh, lan)
    for person in (lan, cast_member("police"), cast_member("leader")):
        client.force_login(person)
        assert client.get(address).status_code in (403, 404)


def test_the_pages_of_the_list(client, case, vinh, lan):
    client.force_login(vinh)
    add = reverse("cases:case_reader_add", args=[case.pk])
    day = today() + SOON
    given = {"user": "lan", "until": f"{day:%d/%m/%Y}", "reason": "Thăm hộ cùng công an"}
    assert client.post(add, {**given, "user": "khong-co"}).status_code == 422
    assert client.post(add, given).status_code == 303
    shown = client.get(reverse("cases:case_readers", args=[case.pk])).content.decode()
    assert "Nguyễn Thị Lan" in shown
    assert "Thăm hộ cùng công an" in shown
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM cases_sealedreader")  # as the system: none
        assert cursor.fetchone() == (0,)
    with acting_as(vinh):
        reader = SealedReader.objects.get(user=lan)
    assert client.post(reverse("cases:reader_end", args=[reader.pk])).status_code == 303
    client.force_login(lan)
    assert client.get(reverse("cases:case_detail", args=[case.pk])).status_code == 404
