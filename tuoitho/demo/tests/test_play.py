"""The whole demonstration, played once into a database of its own."""

import pytest
from django.db import connection

from tuoitho.access.actions import system_actor
from tuoitho.access.person import acting_as
from tuoitho.cases.exchange_states import ReferralState
from tuoitho.cases.models import (
    Attachment,
    Case,
    Cessation,
    EmergencyMeasure,
    Handover,
    NeedsMeeting,
    Provider,
    Referral,
    Relapse,
    SupportPlan,
    WithdrawalNotice,
)
from tuoitho.cases.states import State
from tuoitho.config.test_database import cloned
from tuoitho.demo import families
from tuoitho.demo.cast import PASSWORD, accounts
from tuoitho.demo.names import family
from tuoitho.demo.play import Beginning, beginning, play
from tuoitho.demo.stage import Stage
from tuoitho.lib.hanoi import today
from tuoitho.people.models import Child
from tuoitho.rounds.models import ListedChild, Round
from tuoitho.units.models import Unit


@pytest.fixture(scope="module")
def played(server, django_db_setup, django_db_blocker, worker_id):
    """A small district (a quarter of the families), everything else as `tuoitho demo` does."""
    patch = pytest.MonkeyPatch()
    patch.setattr(families, "PER_COMMUNE", 24)
    with django_db_blocker.unblock(), cloned(server, f"tuoitho_demo_{worker_id}"):
        play(today(), lambda line: None)
        with acting_as(system_actor()):
            yield
    patch.undo()


def test_cases_stand_in_every_state(played):
    assert set(Case.objects.values_list("state", flat=True)) == set(State)


def test_referrals_stand_in_every_state_and_a_handover_waits(played):
    assert set(Referral.objects.values_list("state", flat=True)) == set(ReferralState)
    assert Handover.objects.waiting().count() == 1
    assert WithdrawalNotice.objects.open().exists()
    assert Provider.objects.as_of(today()).count() > 10


def test_follow_up_has_something_on_every_page(played):
    assert NeedsMeeting.objects.exists()
    assert set(Case.objects.values_list("risk_level", flat=True)) >= {"high", "medium", "low"}
    assert EmergencyMeasure.objects.filter(extends__isnull=False).exists()
    assert EmergencyMeasure.objects.filter(end_reason="carers_safe").exists()
    assert SupportPlan.objects.filter(version=2, decision="approved").exists()
    assert Cessation.objects.filter(verified_on__isnull=True).exists()
    assert Relapse.objects.exists()
    assert Case.objects.filter(turned_16_on__isnull=False).exists()
    assert Case.objects.filter(closing="adult").exists()
    assert Attachment.objects.filter(visit__isnull=False).exists()


def test_one_round_is_closed_and_another_runs(played):
    closed, running = Round.objects.order_by("first_day")
    assert (closed.state, running.state) == ("closed", "running")
    rows = ListedChild.objects.filter(round=running)
    assert 0 < rows.to_visit().count() < rows.count()
    assert rows.needing_report().exists()
    assert ListedChild.objects.filter(round=closed, report__isnull=False).exists()


def test_nobody_is_left_in_a_unit_that_ended(played):
    ended = Unit.objects.filter(parent__code="020", parent__level="district")
    assert Child.objects.exists()
    assert not Child.objects.filter(unit__in=ended).exists()


def test_it_says_who_can_sign_in(played):
    text = accounts()
    for name in ("canbo.thanhtri", "chutich.thanhtri", "ldtbxh", "congan", "truong", PASSWORD):
        assert name in text


def test_the_connection_is_left_as_it_was(played):
    assert "server_side_binding" not in connection.settings_dict["OPTIONS"]
    assert not connection.features.uses_server_side_binding


def test_it_is_played_once(played):
    assert beginning() is Beginning.LOADED


def test_the_same_seed_gives_the_same_families(db):
    hamlets = ("Thôn 1", "Thôn 2")
    one, two = Stage(system_actor(), today()), Stage(system_actor(), today())
    assert [family(one.chance, hamlets) for _ in range(9)] == [
        family(two.chance, hamlets) for _ in range(9)
    ]
