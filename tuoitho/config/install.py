"""Brings a database to the present version: as its owner, before the application may use it."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from tuoitho.config.postgres import Server, django_settings, grant, prepare


@contextmanager
def as_owner(server: Server, database: str) -> Iterator[None]:
    """Within the block Django's connection is the owner's."""
    application = dict(connection.settings_dict)
    connection.close()
    connection.settings_dict.update(django_settings(server.as_owner(database)))
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.update(application)


class TooOldError(Exception):
    """The database was made by a version from which no way leads to this one."""


def check_age() -> None:
    """Raises TooOldError where the steps that one migration now replaces were only taken in part:
    Django would then fail with words about a missing table."""
    taken = set(MigrationRecorder(connection).applied_migrations())
    for migration in MigrationLoader(None).replacements.values():
        steps = set(migration.replaces)
        if steps & taken and not steps <= taken:
            raise TooOldError(str(migration))


def install(server: Server, database: str, *, verbosity: int = 1) -> None:
    """Database, roles, tables, grants, the country's units, the time limits. Safe to run again.

    Raises TooOldError.
    """
    from tuoitho.access.actions import ensure_system_actors, sync_role_grants
    from tuoitho.cases.actions.clocks import start_missing_clocks
    from tuoitho.cases.actions.directing import load_policies
    from tuoitho.cases.actions.limits import load_limits
    from tuoitho.units.actions import load_national_units

    prepare(server, database)
    with as_owner(server, database):
        check_age()
        call_command("migrate", verbosity=verbosity, interactive=False)
        call_command("createcachetable", verbosity=0)
        sync_role_grants()
        load_national_units()
        ensure_system_actors()
        load_limits()
        start_missing_clocks()
        load_policies()
    with psycopg.connect(**server.as_owner(database), autocommit=True) as owner:
        grant(owner)
        owner.execute("ANALYZE")


def start_over(server: Server, database: str) -> None:
    """Throw everything in the database away and install anew. For a demonstration only."""
    connection.close()
    with psycopg.connect(**server.as_owner(database), autocommit=True) as owner:
        owner.execute("DROP SCHEMA public CASCADE")
        owner.execute("CREATE SCHEMA public")
    install(server, database, verbosity=0)
