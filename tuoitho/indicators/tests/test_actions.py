"""Baselines, surveys and frozen figures: who may, what is kept, what nobody can change."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import ProgrammingError, connection, transaction

from tuoitho.access.person import acting_as
from tuoitho.audit.models import Event
from tuoitho.indicators.actions import (
    compare,
    freeze_figures,
    remove_baseline,
    set_baseline,
    set_survey,
)
from tuoitho.indicators.definitions import VERSION, definition_hash
from tuoitho.indicators.models import Baseline, Snapshot, SurveyEstimate
from tuoitho.indicators.tests.make import DAY, make_baseline, make_reach

SOURCE = "Niên giám thống kê 2024"
SURVEY = {"rate": Decimal("0.8"), "low": Decimal("0.5"), "high": Decimal("1.2"),
          "source": "Điều tra 2024", "design": "Mẫu hai giai đoạn"}  # fmt: skip


def test_a_baseline_is_set_and_corrected_and_the_old_figure_is_kept(area, hanh):
    with acting_as(hanh):
        set_baseline(area, 2026, "parents", 90, source=SOURCE, by=hanh, on=DAY)
        again = set_baseline(area, 2026, "parents", 95, source=SOURCE, by=hanh, on=DAY)
    assert Baseline.objects.get().count == again.count == 95
    last = Event.objects.filter(action="indicators.set_baseline").latest("pk")
    assert (last.before["count"], last.after["count"]) == (90, 95)


@pytest.mark.parametrize(
    ("facts", "field"),
    [({"group": "teachers"}, "group"), ({"source": " "}, "source"), ({"year": 2020}, "unit"),
     ({"count": -1}, "count")],
)  # fmt: skip
def test_a_wrong_baseline_names_its_field(area, hanh, facts, field):
    given = {"year": 2026, "group": "parents", "count": 90, "source": SOURCE, **facts}
    with pytest.raises(ValidationError) as error:
        set_baseline(area, by=hanh, on=DAY, **given)
    assert field in error.value.message_dict


def test_only_those_with_the_permission_enter_figures(here, lan, thu):
    for person in (lan, thu):
        with pytest.raises(PermissionDenied):
            set_baseline(here, 2026, "parents", 90, source=SOURCE, by=person, on=DAY)
        with pytest.raises(PermissionDenied):
            set_survey(here, 2026, by=person, on=DAY, **SURVEY)


def test_a_baseline_is_removed_with_a_reason(area, hanh):
    row = make_baseline(area, "parents", 90, year=2026)
    with pytest.raises(ValidationError):
        remove_baseline(row, by=hanh, on=DAY, note="")
    remove_baseline(row, by=hanh, on=DAY, note="Nhập nhầm địa bàn")
    assert not Baseline.objects.exists()
    assert Event.objects.get(action="indicators.remove_baseline").before["count"] == 90


def test_a_survey_is_set_once_a_year(area, hanh):
    set_survey(area, 2026, by=hanh, on=DAY, **SURVEY)
    set_survey(area, 2026, by=hanh, on=DAY, sample_size=1200, **SURVEY)
    assert SurveyEstimate.objects.get().sample_size == 1200


def test_a_rate_outside_its_interval_is_refused(area, hanh):
    with pytest.raises(ValidationError, match="khoảng tin cậy"):
        set_survey(area, 2026, by=hanh, on=DAY, **{**SURVEY, "rate": Decimal("1.3")})


def test_frozen_figures_stay_and_later_changes_are_shown(district, hanh):
    make_baseline(district, "parents", 40)
    make_reach(district, "parents", 30, 30, day=DAY)
    kept = freeze_figures(district, 2024, by=hanh, note="Báo cáo năm 2024")
    assert compare(kept) == []
    make_reach(district, "parents", 2, 2, day=DAY, title="Ghi muộn")
    kept.refresh_from_db()
    assert kept.result("2.1.parents")["numerator"] == 30
    assert [(d.code, d.name, d.frozen, d.now) for d in compare(kept)] == [
        ("2.1.parents", "numerator", 30, 32), ("2.1.parents", "value", 75, 80),
    ]  # fmt: skip
    assert (kept.version, kept.definition_hash) == (VERSION, definition_hash())


def test_a_snapshot_cannot_be_changed_or_deleted(district, hanh):
    kept = freeze_figures(district, 2024, by=hanh)
    assert Snapshot.objects.filter(pk=kept.pk).update(note="sửa") == 0
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM indicators_snapshot WHERE id = %s", [kept.pk])
        assert cursor.rowcount == 0


def test_freezing_needs_its_permission(here, lan):
    with pytest.raises(PermissionDenied):
        freeze_figures(here, 2026, by=lan)


def test_the_database_shows_figures_by_unit(here, lan, thu, duc):
    make_baseline(here, "parents", 90, year=2026)
    for person, seen in ((None, 0), (thu, 0), (lan, 1), (duc, 1)):
        with acting_as(person), connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM indicators_baseline")
            assert cursor.fetchone() == (seen,)


def test_the_database_lets_nobody_else_write(here, lan):
    refused = pytest.raises(ProgrammingError, match="row-level security")
    with refused, transaction.atomic(), acting_as(lan):
        make_baseline(here, "parents", 90, year=2026)


def test_counting_leaves_no_trace(district):
    from tuoitho.cases.models import Case
    from tuoitho.cases.tests.make import make_case, seal
    from tuoitho.indicators.counting import counting

    seal(make_case(district))
    with counting():
        assert Case.objects.count() == 1
    assert Case.objects.count() == 0
    with acting_as(None), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('tuoitho.counting', 'on', true)")
        assert Case.objects.count() == 0
        cursor.execute("SELECT set_config('tuoitho.counting', '', true)")


def test_the_hash_follows_the_meaning_not_the_comments():
    from tuoitho.indicators.definitions import _meaning

    def one():
        """A sentence."""
        return 1  # a comment

    def two():
        return 1

    assert _meaning(one).replace("one", "two") == _meaning(two)
    assert len(definition_hash()) == 64
