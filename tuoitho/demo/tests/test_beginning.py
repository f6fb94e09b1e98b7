"""Where a demonstration may be played: never among real records, and anew after a broken load."""

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone

from conftest import make_user
from tuoitho.access.actions import system_actor
from tuoitho.access.models import User
from tuoitho.access.person import acting_as
from tuoitho.audit.actions import record
from tuoitho.config.install import start_over
from tuoitho.config.test_database import cloned
from tuoitho.demo.play import BEGUN, LOADED, Beginning, beginning


def test_a_new_installation_is_empty(db):
    assert beginning() is Beginning.EMPTY


def test_where_people_work_nothing_invented_is_mixed_in(db, here):
    make_user("can-bo", "commune_worker", here)
    assert beginning() is Beginning.IN_USE
    with pytest.raises(CommandError, match="TUOITHO_DATA"):
        call_command("demo")


def test_a_load_that_was_broken_off_is_known(db, here):
    record(BEGUN, here, by=system_actor())
    make_user("ldtbxh", "labour_office", here)
    assert beginning() is Beginning.BROKEN_OFF


def test_what_somebody_has_signed_in_to_is_not_thrown_away(db, here):
    record(BEGUN, here, by=system_actor())
    make_user("ldtbxh", "labour_office", here)
    User.objects.filter(username="ldtbxh").update(last_login=timezone.now())
    assert beginning() is Beginning.IN_USE


def test_a_loaded_one_is_known(db, here):
    record(BEGUN, here, by=system_actor())
    record(LOADED, here, by=system_actor())
    assert beginning() is Beginning.LOADED


def test_starting_over_leaves_a_new_installation(
    server, django_db_setup, django_db_blocker, worker_id
):
    name = f"tuoitho_over_{worker_id}"
    with django_db_blocker.unblock(), cloned(server, name):
        with acting_as(system_actor()):
            record(BEGUN, None, by=system_actor())
        assert beginning() is Beginning.BROKEN_OFF
        start_over(server, name)
        assert beginning() is Beginning.EMPTY
