"""Files of reports and cases: encrypted, seen as their case is, every look written down."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse

from tuoitho.access.person import acting_as
from tuoitho.audit.models import Event
from tuoitho.cases.actions import attach_file, read_file, withdraw_file
from tuoitho.cases.models import Attachment, AttachmentContent
from tuoitho.cases.tests.make import make_case, make_report, seal
from tuoitho.ui.tests.test_safe_files import photo, photo_with_place

PDF = b"%PDF-1.7\nGiay khai sinh cua chau An"


@pytest.fixture
def case(here):
    return make_case(here)


def attached(owner, by, data=PDF, name="Giấy khai sinh.pdf", **facts):
    with acting_as(by):
        return attach_file(owner, name, data, kind="household", by=by, **facts)


def opened(client, person, attachment):
    client.force_login(person)
    return client.get(reverse("cases:attachment_open", args=[attachment.pk]))


def test_a_file_is_kept_encrypted_and_read_back(case, lan):
    attachment = attached(case, lan)
    with connection.cursor() as cursor:
        cursor.execute("SELECT sealed FROM cases_attachmentcontent")
        (stored,) = cursor.fetchone()
        cursor.execute("SELECT name FROM cases_attachment")
        (name,) = cursor.fetchone()
    assert b"Giay" not in bytes(stored)
    assert b"khai" not in bytes(name)
    with acting_as(lan):
        assert read_file(attachment, by=lan) == PDF


def test_bytes_moved_to_another_row_do_not_open(case, lan):
    one, two = attached(case, lan), attached(case, lan)
    AttachmentContent.objects.filter(pk=two.pk).update(
        sealed=AttachmentContent.objects.get(pk=one.pk).sealed
    )
    with pytest.raises(Exception, match="cannot open"):
        AttachmentContent.objects.get(pk=two.pk).read()


def test_the_ending_follows_the_bytes_and_no_folder_is_kept(case, lan):
    attachment = attached(case, lan, photo(), name="../../etc/thư\\ảnh.exe")
    assert (attachment.name, attachment.content_type) == ("ảnh.jpg", "image/jpeg")


def test_what_is_no_document_is_refused(case, lan):
    with pytest.raises(ValidationError, match="Chỉ nhận"):
        attached(case, lan, b"MZ\x90")
    assert not Attachment.objects.exists()


@pytest.mark.parametrize("role", ["police", "commune_chair", "collaborator"])
def test_who_only_looks_attaches_nothing(case, cast_member, role):
    with pytest.raises(PermissionDenied):
        attached(case, cast_member(role))


def test_seen_where_the_case_is_and_not_next_door(client, case, lan, hanh, thu, duc):
    attachment = attached(case, lan)
    assert opened(client, lan, attachment).content == PDF
    assert opened(client, hanh, attachment).status_code == 200
    for stranger in (thu, duc):
        assert opened(client, stranger, attachment).status_code == 404
        with acting_as(stranger):
            assert not Attachment.objects.exists()
            assert not AttachmentContent.objects.exists()


def test_sealed_with_the_case_and_with_its_report(client, here, case, lan, hanh, cast_member):
    report = make_report(here, case=case, state="in_case")
    files = [attached(case, lan), attached(report, lan)]
    seal(case)
    police = cast_member("police")
    for attachment in files:
        assert opened(client, police, attachment).status_code == 200
        for person in (lan, hanh):
            assert opened(client, person, attachment).status_code == 404
            with acting_as(person):
                assert not AttachmentContent.objects.exists()


def test_a_paper_is_only_downloaded_and_a_photo_shown(client, case, lan):
    answer = opened(client, lan, attached(case, lan))
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["Content-Type"] == "application/pdf"
    shown = opened(client, lan, attached(case, lan, photo_with_place(), name="nhà.jpg"))
    assert shown["Content-Disposition"].startswith("inline;")
    for answered in (answer, shown):
        assert answered["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in answered["Content-Security-Policy"]
        assert "no-store" in answered["Cache-Control"]


def test_each_look_is_written_down(client, case, lan, hanh):
    attachment = attached(case, lan)
    opened(client, hanh, attachment)
    event = Event.objects.get(action="cases.attachment.download")
    assert (event.actor_key, event.child_key) == (hanh.pk, case.child_id)
    assert event.subject_key == str(attachment.pk)


def test_a_file_sent_by_mistake_is_taken_back(client, case, lan, chung):
    attachment = attached(case, lan)
    with acting_as(chung), pytest.raises(PermissionDenied):
        withdraw_file(attachment, because="Nhầm", by=chung)
    client.force_login(lan)
    address = reverse("cases:attachment_withdraw", args=[attachment.pk])
    assert client.post(address, {"because": ""}).status_code == 422
    assert client.post(address, {"because": "Gửi nhầm hồ sơ"}).status_code == 303
    assert not AttachmentContent.objects.exists()
    assert opened(client, lan, attachment).status_code == 404
    page = client.get(reverse("cases:case_detail", args=[case.pk])).content.decode()
    assert "Gửi nhầm hồ sơ" in page


def test_sent_from_the_page_of_the_case(client, case, lan):
    client.force_login(lan)
    address = reverse("cases:case_attach", args=[case.pk])
    assert 'accept="image/jpeg' in client.get(address).content.decode()
    file = SimpleUploadedFile("nơi làm.jpg", photo_with_place())
    given = {"file": file, "kind": "photo", "caption": "Quán ăn"}
    assert client.post(address, given).status_code == 303
    page = client.get(reverse("cases:case_detail", args=[case.pk])).content.decode()
    assert "nơi làm.jpg" in page
    assert "Quán ăn" in page


def test_a_wrong_file_comes_back_with_the_words_kept(client, case, lan):
    client.force_login(lan)
    given = {"file": SimpleUploadedFile("a.exe", b"MZ"), "kind": "photo", "caption": "Quán ăn"}
    answer = client.post(reverse("cases:case_attach", args=[case.pk]), given)
    assert answer.status_code == 422
    assert "Chỉ nhận ảnh" in answer.content.decode()
    assert "Quán ăn" in answer.content.decode()


def test_a_file_over_the_limit_is_refused_on_the_page(client, case, lan, settings):
    settings.ATTACHMENT_LIMIT_MB = 1
    client.force_login(lan)
    file = SimpleUploadedFile("a.pdf", b"%PDF-" + b"x" * 1024 * 1024)
    given = {"file": file, "kind": "form"}
    answer = client.post(reverse("cases:case_attach", args=[case.pk]), given)
    assert (answer.status_code, "1 MB" in answer.content.decode()) == (422, True)


def test_sent_with_a_report_and_shown_in_its_case(client, here, case, lan, thu):
    report = make_report(here)
    client.force_login(lan)
    address = reverse("cases:report_file", args=[report.pk])
    file = SimpleUploadedFile("tin.pdf", PDF)
    assert client.post(address, {"file": file, "kind": "other"}).status_code == 303
    assert (
        "tin.pdf" in client.get(reverse("cases:report_detail", args=[report.pk])).content.decode()
    )
    report.case, report.state = case, "in_case"
    report.save()
    assert "tin.pdf" in client.get(reverse("cases:case_detail", args=[case.pk])).content.decode()
    client.force_login(thu)
    assert client.get(address).status_code == 404
