"""The consolidated report, and its figures for everybody."""

import json

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from tuoitho.access.person import acting_as
from tuoitho.indicators.tests.make import make_baseline, make_case
from tuoitho.reports.actions import (
    accept_report,
    amend_report,
    publish_figures,
    send_report,
    start_consolidation,
    withdraw_figures,
)
from tuoitho.reports.models import Consolidation, Publication, UnitReport
from tuoitho.reports.tests.make import (
    DAY,
    YEAR,
    make_consolidation,
    make_report,
    make_sent,
    sign,
)


def test_it_is_begun_once(area, hanh):
    document = start_consolidation(area, YEAR, by=hanh, on=DAY)
    assert (document.state, document.due_on.isoformat()) == ("draft", "2025-12-09")
    assert start_consolidation(area, YEAR, by=hanh, on=DAY) == document
    assert document.moves.count() == 1


def test_only_the_standing_body_begins_it_for_its_area(area, here, lan, duc, hanh, district):
    for person in (lan, duc):
        with pytest.raises(PermissionDenied):
            start_consolidation(area, YEAR, by=person, on=DAY)
    for unit, year in ((here, YEAR), (district, YEAR), (area, 2026)):
        with pytest.raises(ValidationError):
            start_consolidation(unit, year, by=hanh, on=DAY)
    assert not Consolidation.objects.exists()


def test_it_names_who_has_reported_and_who_has_not(area, here, there, hanh, chung):
    report = make_report(here)
    make_sent(report, chung)
    accept_report(report, by=hanh, on=DAY)
    make_report(there, "returned", name="Ủy ban nhân dân xã Đại Thanh")
    annual = sign(make_consolidation(area), hanh).annual
    assert [(s.unit_code, s.status) for s in annual.unit_reports] == [
        ("00640", "Đúng hạn"), ("00664", "Chưa gửi"),
    ]  # fmt: skip
    assert annual.unit_reports[0].summary == "Đề nghị tăng định mức chi."


def test_the_standing_body_reports_to_the_committee_and_the_department(area, hanh):
    annual = sign(make_consolidation(area), hanh).annual
    assert annual.issuer == "Phòng Lao động - Thương binh và Xã hội"
    assert [to.split(" ")[0] for to in annual.addressed_to] == ["Ủy", "Sở"]


def published(area, hanh):
    document = make_consolidation(area)
    make_sent(document, hanh)
    return document, publish_figures(document, by=hanh, on=DAY)


def test_published_figures_hide_small_cells_and_say_no_more_than_they_must(area, here, hanh):
    make_baseline(area, "population_5_17", 57_500, year=YEAR)
    for _number in range(2):
        make_case(here, opened_on=DAY, notified_on=DAY)
    _document, publication = published(area, hanh)
    rows = {row["code"]: row for row in publication.figures}
    assert (rows["1.2"]["numerator"], rows["1.2"]["denominator"]) == (None, None)
    assert rows["1.1"]["denominator"] == 57_500
    assert (rows["1.2"]["hidden"], rows["1.3"]["value"]) == (True, None)
    assert not rows["2.1.staff"]["hidden"]  # nobody knows it: that is no secret
    assert not any("note" in row for row in publication.figures)
    frozen = json.dumps(publication.edition.figures)
    assert '"denominator": 2' in frozen  # the signed report itself says it


def test_anybody_reads_published_figures_and_nothing_else(area, hanh):
    published(area, hanh)
    with acting_as(None):
        assert Publication.objects.standing().count() == 1
        assert not Consolidation.objects.exists()
        assert not UnitReport.objects.exists()


def test_only_what_was_sent_is_published_and_only_once(area, hanh, duc):
    document = make_consolidation(area)
    sign(document, hanh)
    with pytest.raises(ValidationError, match="không thể"):
        publish_figures(document, by=hanh, on=DAY)
    send_report(document, by=hanh, on=DAY)
    with pytest.raises(PermissionDenied):
        publish_figures(document, by=duc, on=DAY)
    publish_figures(document, by=hanh, on=DAY)
    with pytest.raises(ValidationError, match="đã được công bố"):
        publish_figures(document, by=hanh, on=DAY)


def test_a_further_edition_takes_the_place_of_what_was_public(area, hanh):
    document, first = published(area, hanh)
    amend_report(document, reason="Sửa số liệu", by=hanh, on=DAY)
    assert list(Publication.objects.standing()) == [first]
    make_sent(document, hanh)
    second = publish_figures(document, by=hanh, on=DAY)
    assert list(Publication.objects.standing()) == [second]
    first.refresh_from_db()
    assert first.withdrawn_on == DAY


def test_withdrawing_needs_a_reason(area, hanh):
    document, _publication = published(area, hanh)
    with pytest.raises(ValidationError, match="lý do"):
        withdraw_figures(document, reason="", by=hanh, on=DAY)
    withdraw_figures(document, reason="Công bố nhầm", by=hanh, on=DAY)
    assert not Publication.objects.standing().exists()
    with pytest.raises(ValidationError, match="Không có số liệu"):
        withdraw_figures(document, reason="x", by=hanh, on=DAY)
    assert document.moves.get(step="withdraw").note == "Công bố nhầm"
