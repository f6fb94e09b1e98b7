"""The forms of NĐ 56/2017 as Word: filled, numbered, versioned, seen as the case is."""

import re

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from tuoitho.access.models import User
from tuoitho.access.person import acting_as
from tuoitho.audit.models import Event
from tuoitho.cases import actions
from tuoitho.cases.documents.catalogue import FORMS, papers_of
from tuoitho.cases.models import Case, Document, DocumentVersion, NumberRegister
from tuoitho.cases.tests.make import OPENED, make_case, make_report, seal
from tuoitho.cases.tests.paper import full_case, opened, printed, reviewed, words_in
from tuoitho.lib.hanoi import today


@pytest.fixture
def case(here, lan, chung):
    return reviewed(full_case(here, lan, chung), lan)


@pytest.fixture
def report(case):
    return case.reports.get()


def every_paper(case, lan, chung):
    for found in papers_of(case):
        who = chung if found.form.symbol == "QĐ-UBND" else lan
        yield found.form, printed(case, found.form.kind.value, who, found.key)


def test_a_case_has_all_six_forms_and_each_is_laid_out_by_the_decree(case, lan, chung):
    made = list(every_paper(case, lan, chung))
    assert [form.kind.value for form, _v in made] == [f"mau_0{n}" for n in range(2, 8)]
    for form, version in made:
        doc = opened(version, lan)
        page, text = doc.sections[0], words_in(doc)
        margins = (page.top_margin, page.bottom_margin, page.left_margin, page.right_margin)
        assert [round(side.mm) for side in margins] == [20, 20, 30, 15]
        assert (round(page.page_width.mm), round(page.page_height.mm)) == (210, 297)
        assert doc.styles["VB Lời văn"].font.name == "Times New Roman"
        assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text
        assert "LƯU HÀNH NỘI BỘ" in text
        assert f"Số: {version.document}" in text
        assert not re.search(r"\{\{|\{%|[\ue0f0-\ue0f2]", text)
        assert ("bố cục chưa đối chiếu bản chính" in text) is not form.seen


def test_mau_01_tells_what_was_reported_and_keeps_who_told(report, lan):
    text = words_in(opened(printed(report, "mau_01", lan), lan))
    for words in ("Số: 01/BC-UBND", "Thanh Trì, ngày 02 tháng 3 năm 2026", "Họ và tên: Bé Na",
                  "khoảng 11 tuổi (ước lượng)", "Giới tính: Không biết", "Quán phở đầu chợ",
                  "Cháu bé rửa bát thuê đến khuya.", "Ông Tư, 40", "nguồn: Điện thoại",
                  "Chuyển đến Xã Thanh Trì vì việc xảy ra ở đó", "Được giữ kín"):  # fmt: skip
        assert words in text
    assert "Bà Tư" not in text


def test_mau_02_and_06_count_their_crosses(case, lan, chung):
    made = {form.kind.value: v for form, v in every_paper(case, lan, chung)}
    rows = [c.text for c in opened(made["mau_02"], lan).tables[1].rows[-1].cells]
    assert rows == ["Tổng số", "1", "2", "0"]
    assert "Trường hợp khẩn cấp" in words_in(opened(made["mau_02"], lan))
    rows = [c.text for t in opened(made["mau_06"], lan).tables for c in t.rows[-1].cells]
    assert rows[rows.index("Tổng số") :][:4] == ["Tổng số", "0", "0", "3"]


def test_mau_05_carries_the_plan_and_mau_07_the_separation(case, lan, chung):
    made = {form.kind.value: words_in(opened(v, lan)) for form, v in every_paper(case, lan, chung)}
    assert "Làm thủ tục trở lại lớp 6" in made["mau_05"]
    assert "2.000.000" in made["mau_05"]
    assert "CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ THANH TRÌ" in made["mau_07"]
    assert "từ ngày 02/03/2026 đến hết ngày 08/03/2026 (7 ngày)" in made["mau_07"]
    assert "Bà ngoại Lê Thị Sáu" in made["mau_07"]


def test_what_is_typed_stays_text(report, lan):
    hostile = "{{ 7*7 }} {% for x in y %} <b>&amp; 100%"
    version = printed(report, "mau_01", lan, answers={"proposal": hostile})
    assert hostile in words_in(opened(version, lan))


def test_numbers_run_on_by_issuer_kind_and_year(case, report, lan, chung):
    versions = [printed(report, "mau_01", lan)] + [v for _f, v in every_paper(case, lan, chung)]
    numbers = [str(v.document) for v in versions]
    assert numbers == ["01/BC-UBND", "02/BC-UBND", "03/BC-UBND", "01/TTr-UBND", "01/QĐ-UBND",
                       "04/BC-UBND", "02/QĐ-UBND"]  # fmt: skip
    other = make_report(report.unit)
    last_year = {"signing": {"on": OPENED.replace(year=2025)}}
    assert str(printed(other, "mau_01", lan, **last_year).document) == "01/BC-UBND"


def test_a_number_of_the_offices_own_book_is_kept_and_never_given_twice(report, here, lan):
    assert str(printed(report, "mau_01", lan, number=41).document) == "41/BC-UBND"
    with pytest.raises(ValidationError) as refused:
        printed(make_report(here), "mau_01", lan, number=41)
    assert "number" in refused.value.message_dict
    assert str(printed(make_report(here), "mau_01", lan).document) == "42/BC-UBND"
    with pytest.raises(ValidationError):
        printed(report, "mau_01", lan, number=43)
    assert NumberRegister.objects.get().last == 42


def test_the_same_words_make_no_new_version(report, lan):
    first = printed(report, "mau_01", lan)
    assert printed(report, "mau_01", lan).pk == first.pk
    assert DocumentVersion.objects.count() == 1


def test_a_change_makes_a_version_and_the_old_one_stays_byte_for_byte(report, lan):
    first = printed(report, "mau_01", lan)
    before = actions.file_of(first, by=lan)
    report.child_condition = "Mệt, sụt cân"
    report.save()
    second = printed(report, "mau_01", lan)
    assert (second.version, second.document_id) == (2, first.document_id)
    assert "Mệt, sụt cân" in words_in(opened(second, lan))
    again = DocumentVersion.objects.get(pk=first.pk)
    assert actions.file_of(again, by=lan) == before
    assert "Mệt" not in words_in(opened(again, lan))


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"place": " "}, "place"), ({"name": ""}, "name"), ({"title": ""}, "title"),
     ({"recipients": "  "}, "recipients"), ({"capacity": "king"}, "capacity"),
     ({"circulation": ""}, "circulation")],
)  # fmt: skip
def test_a_paper_without_signature_level_or_scope_is_refused(report, lan, wrong, field):
    with pytest.raises(ValidationError) as refused:
        printed(report, "mau_01", lan, signing=wrong)
    assert field in refused.value.message_dict
    assert not Document.objects.exists()


@pytest.mark.parametrize(
    ("capacity", "lines"),
    [("own", ["CHỦ TỊCH"]), ("tm", ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"]),
     ("kt", ["KT. CHỦ TỊCH", "CHỦ TỊCH"]), ("tl", ["TL. CHỦ TỊCH", "CHỦ TỊCH"]),
     ("tuq", ["TUQ. CHỦ TỊCH", "CHỦ TỊCH"])],
)  # fmt: skip
def test_the_capacity_stands_above_the_name(report, lan, capacity, lines):
    doc = opened(printed(report, "mau_01", lan, signing={"capacity": capacity}), lan)
    right = doc.tables[-1].rows[0].cells[1]
    assert [p.text for p in right.paragraphs] == [*lines, "Trần Văn Chung"]


def test_nothing_to_tell_of_is_no_paper(here, lan):
    case = make_case(here)
    for kind in ("mau_02", "mau_05", "mau_01"):
        with pytest.raises(ValidationError):
            printed(case, kind, lan, key=1)


def test_who_told_is_printed_only_by_who_may_open_it_and_then_hidden(report, lan, chung):
    because = "Bà Tư đồng ý ghi tên để công an liên hệ"
    with pytest.raises(PermissionDenied):
        printed(report, "mau_01", chung, informant_because=because)
    with acting_as(lan):
        version = printed(report, "mau_01", lan, informant_because=because)
        assert "Bà Tư" in words_in(opened(version, lan))
    assert Event.objects.filter(action="cases.informant.view", note=because).exists()
    for person, seen in ((chung, 0), (lan, 1)):
        with acting_as(person):
            assert DocumentVersion.objects.count() == seen
            assert DocumentVersion.objects.visible_to(person).count() == seen


def test_printing_and_taking_away_are_written_down(report, lan):
    version = printed(report, "mau_01", lan)
    actions.file_of(version, by=lan)
    for action in ("cases.print_document", "cases.document.view"):
        event = Event.objects.get(action=action)
        assert (event.actor_key, event.unit_key) == (lan.pk, report.unit_id)


def test_strangers_see_no_paper_and_print_none(case, lan, thu, duc):
    version = next(v for _f, v in every_paper(case, lan, lan))
    for person in (thu, duc):
        with acting_as(person):
            assert not Document.objects.exists()
            assert not DocumentVersion.objects.exists()
        assert not Document.objects.visible_to(person).exists()
    with pytest.raises(PermissionDenied):
        printed(case, "mau_02", thu, key=version.document.subject_key)


def test_papers_of_a_sealed_case_are_sealed(case, lan, cast_member):
    list(every_paper(case, lan, lan))
    police = cast_member("police")
    seal(case)
    for person, seen in ((lan, 0), (police, 6)):
        with acting_as(person):
            assert Document.objects.count() == DocumentVersion.objects.count() == seen
            assert Document.objects.visible_to(person).count() == seen
    with acting_as(police):
        version = DocumentVersion.objects.first()
        actions.file_of(version, by=police)
    assert Event.objects.get(action="cases.document.view").unit_key is None


def test_who_the_list_of_a_sealed_case_names_sees_and_prints_its_papers(case, lan, cast_member):
    list(every_paper(case, lan, lan))
    police, other = cast_member("police"), cast_member("commune_worker")
    seal(case)
    with acting_as(police):
        actions.name_lead(case, police, reason="Phụ trách", by=police)
        actions.add_reader(case, lan, reason="Cùng xác minh", until=today(), by=police)
    for who, seen in ((police, 6), (lan, 6), (other, 0)):
        person = User.objects.get(pk=who.pk)  # whom the list names is asked once a request
        with acting_as(person):
            assert Document.objects.visible_to(person).count() == seen
            found = Case.objects.visible_to(person).filter(pk=case.pk).first()
            assert bool(found and actions.may_print(person, found)) is bool(seen)


def test_every_shipped_template_asks_only_for_what_is_known():
    from tuoitho.cases.documents.sample import sample
    from tuoitho.lib.word_template import names_in

    for kind, form in FORMS.items():
        assert names_in(form.shipped.read_bytes()) <= set(sample(kind)), kind


def urls(case, version):
    first = case.first_assessments.get()
    return {
        "print": reverse("cases:case_document", args=[case.pk, "mau_02", first.pk]),
        "detail": reverse("cases:document_detail", args=[version.document_id]),
        "file": reverse("cases:document_file", args=[version.pk]),
    }


def test_the_pages_show_print_and_give_the_file(client, case, lan):
    client.force_login(lan)
    page = client.get(reverse("cases:case_detail", args=[case.pk])).content.decode()
    assert "bố cục chưa đối chiếu bản chính" in page
    first = case.first_assessments.get()
    url = reverse("cases:case_document", args=[case.pk, "mau_02", first.pk])
    form = client.get(url).context["form"]
    data = {name: field.initial or form.initial.get(name) or "" for name, field in
            form.fields.items()} | form.initial  # fmt: skip
    data = {k: v for k, v in data.items() if v is not None}
    wrong = client.post(url, data | {"signed_on": "02/03/2026", "name": ""})
    assert wrong.status_code == 422
    made = client.post(url, data | {"signed_on": "02/03/2026", "name": "Nguyễn Thị Lan"})
    assert made.status_code == 303, made.context["form"].errors
    detail = client.get(made["Location"])
    version = detail.context["versions"][0]
    answer = client.get(reverse("cases:document_file", args=[version.pk]))
    assert answer.content[:2] == b"PK"
    assert "mau-02-01-BC-UBND-ban-1.docx" in answer["Content-Disposition"]
    assert str(version.document) in client.get(reverse("cases:document_list")).content.decode()


def test_strangers_get_404_at_every_door(client, case, lan, thu, duc):
    version = printed(case, "mau_02", lan, case.first_assessments.get().pk)
    for person in (thu, duc):
        client.force_login(person)
        for name, url in urls(case, version).items():
            assert client.get(url).status_code == 404, (person, name)
        report = reverse("cases:report_document", args=[case.reports.get().pk])
        assert client.get(report).status_code == 404


def test_who_looks_only_may_not_print(client, case, cast_member, lan):
    version = printed(case, "mau_02", lan, case.first_assessments.get().pk)
    client.force_login(cast_member("police"))
    found = urls(case, version)
    assert client.get(found["print"]).status_code == 403
    assert client.get(found["file"]).status_code == 200
