"""The database itself refuses what a person may not see, whatever the application asks."""

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from tuoitho.access.person import acting_as
from tuoitho.audit.actions import record
from tuoitho.audit.models import Event


def test_the_application_owns_no_table_and_cannot_bypass(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_tables WHERE tableowner = current_user")
        assert cursor.fetchone() == (0,)
        cursor.execute("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == (False, False)


def test_a_raw_query_without_a_person_returns_no_rows(here, lan):
    with acting_as(lan):
        record("units.view", here, by=lan, unit_key=here.pk)
        assert Event.objects.count() == 1
    with acting_as(None), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM audit_event")
        assert cursor.fetchone() == (0,)


def test_another_commune_sees_nothing(here, lan, thu, hanh):
    with acting_as(lan):
        record("units.view", here, by=lan, unit_key=here.pk)
    with acting_as(thu):
        assert not Event.objects.exists()
    with acting_as(hanh):
        assert Event.objects.count() == 1


def test_nobody_writes_in_anothers_name(here, lan, thu):
    with pytest.raises(ProgrammingError), acting_as(thu):
        record("units.view", here, by=lan, unit_key=here.pk)


@pytest.mark.parametrize(
    "statement", ["UPDATE audit_event SET note = 'x'", "DELETE FROM audit_event"]
)
def test_the_log_cannot_be_altered(db, statement):
    with (
        pytest.raises(ProgrammingError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
