"""Databases for tests: a template with everything installed, cloned for each worker in a moment.

The template is named by a hash of migrations and packaged data, so it is built again only when one
of them changes, and several checkouts can share the server.
"""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import fasteners
import platformdirs
import psycopg
from django.db import connection
from psycopg import sql

from tuoitho.config.install import install
from tuoitho.config.postgres import Server, django_settings, start

ROOT = Path(__file__).resolve().parent.parent
INSTALLED_FROM = (
    "*/migrations/*.py", "*/data/*", "access/permissions.py", "access/rls.py",
    "access/actions.py", "cases/actions/limits.py", "cases/actions/directing.py",
    "units/national.py", "units/actions.py",
    "config/install.py", "config/postgres.py",
)  # fmt: skip


def test_folder() -> Path:
    """Where the tests' own embedded server keeps its data, apart from the user's."""
    folder = Path(platformdirs.user_cache_dir("tuoitho-tests"))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _template_name() -> str:
    digest = hashlib.sha256()
    for pattern in INSTALLED_FROM:
        for path in sorted(ROOT.glob(pattern)):
            digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return f"tuoitho_template_{digest.hexdigest()[:12]}"


def start_server() -> Server:
    """The server for tests; without durability, which only costs time here."""
    server, _ = start(test_folder())
    if "DATABASE_URL" not in os.environ:
        with psycopg.connect(**server.as_owner("postgres"), autocommit=True) as owner:
            for setting in ("fsync", "synchronous_commit", "full_page_writes"):
                owner.execute(sql.SQL("ALTER SYSTEM SET {} = off").format(sql.Identifier(setting)))
            owner.execute("SELECT pg_reload_conf()")
    return server


def ensure_template(server: Server) -> str:
    """Build the template if it is missing; several workers may ask at once."""
    name = _template_name()
    with (
        fasteners.InterProcessLock(test_folder() / "template.lock"),
        psycopg.connect(**server.as_owner("postgres"), autocommit=True) as owner,
    ):
        found = owner.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if found.fetchone() is None:
            building = f"{name}_building"
            _drop(owner, building)
            install(server, building, verbosity=0)
            owner.execute(
                sql.SQL("ALTER DATABASE {} RENAME TO {}").format(
                    sql.Identifier(building), sql.Identifier(name)
                )
            )
    return name


def _drop(owner: psycopg.Connection, name: str) -> None:
    owner.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


@contextmanager
def cloned(server: Server, name: str) -> Iterator[str]:
    """A fresh copy of the template, to which Django connects as the application; then dropped."""
    template = ensure_template(server)
    with psycopg.connect(**server.as_owner("postgres"), autocommit=True) as owner:
        _drop(owner, name)
        owner.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY").format(
                sql.Identifier(name), sql.Identifier(template)
            )
        )
    before = dict(connection.settings_dict)
    connection.close()
    connection.settings_dict.update(django_settings(server.as_app(name)))
    try:
        yield name
    finally:
        connection.close()
        connection.settings_dict.update(before)
        with psycopg.connect(**server.as_owner("postgres"), autocommit=True) as owner:
            _drop(owner, name)
