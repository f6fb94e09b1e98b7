"""An administrator replaces the Word template of a form: checked, kept in history, never run."""

from io import BytesIO
from zipfile import ZipFile

import docx
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tuoitho.cases.actions import replace_template
from tuoitho.cases.documents.catalogue import FORMS
from tuoitho.cases.models import DocumentVersion, FormTemplate
from tuoitho.cases.tests.make import make_report
from tuoitho.cases.tests.paper import opened, printed, words_in


@pytest.fixture
def admin(cast_member):
    return cast_member("administrator")


def template(*lines):
    doc = docx.Document()
    for line in lines:
        doc.add_paragraph(line)
    out = BytesIO()
    doc.save(out)
    return out.getvalue()


def with_part(data, name, content=b"x"):
    out = BytesIO(data)
    with ZipFile(out, "a") as packed:
        packed.writestr(name, content)
    return out.getvalue()


def test_the_new_template_is_used_from_the_next_printing(here, lan, admin):
    report = make_report(here)
    old = printed(report, "mau_01", lan)
    replace_template("mau_01", template("Mẫu của xã: {{ child_name }}"), by=admin, note="gọn")
    new = printed(report, "mau_01", lan)
    assert (new.version, new.template_version) == (2, 1)
    assert words_in(opened(new, lan)).startswith("Mẫu của xã: Bé Na")
    assert "BÁO CÁO" in words_in(opened(DocumentVersion.objects.get(pk=old.pk), lan))


def test_every_template_of_the_history_stays(admin):
    for line in ("một {{ number }}", "hai {{ number }}"):
        replace_template("mau_05", template(line), by=admin)
    assert [t.version for t in FormTemplate.objects.order_by("version")] == [1, 2]
    shipped = FORMS["mau_05"].shipped.read_bytes()
    replace_template("mau_05", shipped, by=admin, note="dùng lại mẫu gốc")
    assert bytes(FormTemplate.objects.get(version=3).file) == shipped


GOOD = template("{{ child_name }}")
BAD = {
    "no Word file": b"hello",
    "another kind of zip": with_part(b"", "a.txt"),
    "a macro": with_part(GOOD, "word/vbaProject.bin"),
    "an embedded object": with_part(GOOD, "word/embeddings/oleObject1.bin"),
    "a link to elsewhere": with_part(
        GOOD, "word/_rels/x.rels",
        b'<R><Relationship TargetMode="External" Target="//evil/t.dotm"/></R>',
    ),
    "an entity": with_part(GOOD, "word/x.xml", b"<!DOCTYPE a [<!ENTITY b 'c'>]>"),
    "an unknown field": template("{{ national_id }}"),
    "an unknown part of a field": template("{{ child_name.secret }}"),
    "a broken tag": template("{{ child_name "),
    "a loop that never ends its row": template("{% for x in recipients %}"),
    "Python": template("{{ child_name.__class__.__mro__ }}"),
    "a form's field of another form": template("{{ verdict }}"),
}  # fmt: skip


@pytest.mark.parametrize("data", BAD.values(), ids=BAD.keys())
def test_what_must_not_be_used_is_refused_with_a_reason(admin, data):
    with pytest.raises(ValidationError) as refused:
        replace_template("mau_01", data, by=admin)
    assert list(refused.value.message_dict) == ["file"]
    assert not FormTemplate.objects.exists()


def test_who_may_not_replace_may_not(lan):
    with pytest.raises(PermissionDenied):
        replace_template("mau_01", GOOD, by=lan)


def test_the_administrator_uploads_and_downloads(client, admin):
    client.force_login(admin)
    listed = client.get(reverse("cases:template_list"))
    assert "bố cục chưa đối chiếu bản chính" in listed.content.decode()
    url = reverse("cases:template_replace", args=["mau_01"])
    bad = client.post(url, {"file": SimpleUploadedFile("m.docx", b"hello")})
    assert bad.status_code == 422
    assert "không phải tệp Word" in bad.content.decode()
    good = client.post(url, {"file": SimpleUploadedFile("m.docx", GOOD), "note": "Mẫu của xã"})
    assert good.status_code == 303
    assert "Mẫu của xã" in client.get(good["Location"]).content.decode()
    for version, data in ((1, GOOD), (0, FORMS["mau_01"].shipped.read_bytes())):
        answer = client.get(reverse("cases:template_file", args=["mau_01", version]))
        assert answer.content == data


def test_others_find_no_templates(client, lan, duc):
    for person, status in ((lan, 403), (duc, 404)):
        client.force_login(person)
        for name, args in (("template_list", []), ("template_replace", ["mau_01"]),
                           ("template_file", ["mau_01", 0])):  # fmt: skip
            assert client.get(reverse(f"cases:{name}", args=args)).status_code == status
