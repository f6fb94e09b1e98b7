"""The signature: what it freezes, its number, who may give it."""

import json
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection

from conftest import make_user
from tuoitho.access.person import acting_as
from tuoitho.audit.models import Event
from tuoitho.indicators.definitions import definition_hash
from tuoitho.indicators.tests.make import make_baseline, make_reach
from tuoitho.reports.actions import amend_report, write_report
from tuoitho.reports.models import Edition
from tuoitho.reports.tests.make import DAY, make_consolidation, make_report, sign


def test_signing_freezes_words_and_figures(here, chung):
    report = make_report(here)
    edition = sign(report, chung)
    report.refresh_from_db()
    assert (report.state, str(edition)) == ("signed", "01/BC-UBND")
    annual = edition.annual
    assert annual.issuer == "Ủy ban nhân dân Xã Thanh Trì"
    assert annual.signer.on_behalf == ("TM. Ủy ban nhân dân",)
    assert annual.signer.position == "Chủ tịch"
    assert (annual.number, annual.signed_on, annual.is_draft) == (1, DAY, False)
    assert len(edition.figures) == len(annual.targets) > 15
    assert edition.definition_hash == definition_hash()
    assert edition.is_intact


def test_what_was_signed_stays_when_the_records_change(here, chung):
    make_baseline(here, "staff_teachers", 100, year=2025)
    edition = sign(make_report(here), chung)
    make_reach(here, "staff_teachers", 50, 50, part="school", owner="gddt", day=DAY)
    staff = next(row for row in edition.figures if row["code"] == "2.1.staff")
    assert (staff["numerator"], staff["denominator"]) == (0, 100)


def test_the_database_changes_no_edition(here, chung):
    sign(make_report(here), chung)
    with acting_as(chung), connection.cursor() as cursor:
        cursor.execute("UPDATE reports_edition SET number = 7")
        assert cursor.rowcount == 0
        cursor.execute("DELETE FROM reports_move")
        assert cursor.rowcount == 0


def test_a_changed_edition_is_no_longer_intact(here, chung):
    edition = sign(make_report(here), chung)
    edition.figures[0]["denominator"] = 99
    assert not edition.is_intact


def test_the_log_names_the_number(here, chung):
    sign(make_report(here), chung)
    event = Event.objects.get(action="reports.sign")
    assert event.note.startswith("01/BC-UBND; Trần Văn Chung")


def test_numbers_follow_in_one_year_and_one_symbol(area, here, hanh, chung):
    assert sign(make_report(here), chung, number=7).number == 7
    assert sign(make_report(here, year=2024), chung).number == 8
    assert sign(make_report(here, year=2023), chung, on=date(2026, 1, 5)).number == 1
    first = make_report(area, office="ldtbxh", name="Phòng LĐTBXH")
    assert str(sign(first, hanh)) == "01/BC-LĐTBXH"
    assert str(sign(make_consolidation(area), hanh)) == "02/BC-LĐTBXH"


def test_a_number_is_given_once(here, chung):
    sign(make_report(here), chung, number=5)
    with pytest.raises(ValidationError, match="05/BC-UBND đã dùng trong năm 2025"):
        sign(make_report(here, year=2024), chung, number=5)
    assert Edition.objects.count() == 1


def test_who_has_not_read_the_latest_saving_does_not_sign(here, lan, chung):
    report = make_report(here)
    write_report(report, {"budget": "Sửa phút chót"}, revision=0, by=lan, on=DAY)
    with pytest.raises(ValidationError, match="đã lưu"):
        sign(report, chung, revision=0)
    assert sign(report, chung, revision=1).version == 1


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"signer_name": " "}, "signer_name"),
        ({"signer_position": ""}, "signer_position"),
        ({"symbol": "CV-1"}, "symbol"),
        ({"on": date(2024, 12, 31)}, "on"),
        ({"on": date(2100, 1, 1)}, "on"),
    ],
)
def test_a_signature_is_whole(here, chung, facts, field):
    with pytest.raises(ValidationError) as error:
        sign(make_report(here), chung, **facts)
    assert field in error.value.message_dict


def test_an_office_without_a_target_signs_its_words(area):
    police = make_user("congan", "police", area)
    report = make_report(area, office="congan", name="Công an huyện")
    assert sign(report, police).figures == []


def test_a_report_without_a_word_is_not_signed(here, chung):
    with pytest.raises(ValidationError, match="chưa có lời nào"):
        sign(make_report(here, sections={"budget": " "}), chung)


def test_who_may_sign(area, here, lan, thu, hanh, chung):
    report, whole = make_report(here), make_consolidation(area)
    for person in (lan, thu, hanh):  # a worker writes; others have reports of their own
        with pytest.raises(PermissionDenied):
            sign(report, person)
    with pytest.raises(PermissionDenied):
        sign(whole, make_user("gd", "education_office", area))
    with pytest.raises(PermissionDenied):
        sign(whole, chung)


def test_the_leader_signs_in_the_name_of_the_committee(area):
    leader = make_user("lanhdao", "leader", area)
    edition = sign(make_consolidation(area), leader, signer_position="Phó Chủ tịch UBND")
    annual = edition.annual
    assert annual.issuer == "Ủy ban nhân dân huyện Thanh Trì"
    assert annual.signer.on_behalf == ("TM. Ủy ban nhân dân", "KT. Chủ tịch")
    assert annual.addressed_to == ("Sở Lao động - Thương binh và Xã hội Hà Nội",)
    assert edition.symbol == "BC-UBND"


def test_a_further_edition_says_why(here, lan, chung):
    report = make_report(here)
    sign(report, chung)
    amend_report(report, reason="Sót một buổi truyền thông", by=lan, on=DAY)
    second = sign(report, chung)
    assert (second.version, second.number) == (2, 2)
    assert second.reason == "Sót một buổi truyền thông"
    report.refresh_from_db()
    assert (report.amendment, report.latest_edition) == ("", second)


def test_the_stored_document_is_plain_json(here, chung):
    edition = sign(make_report(here), chung)
    edition.refresh_from_db()
    assert json.loads(json.dumps(edition.document)) == edition.document
    assert edition.is_intact
