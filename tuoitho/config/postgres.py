"""The database: the embedded PostgreSQL by default, or any other named by ``DATABASE_URL``.

Two roles use it. The *owner* creates tables and runs migrations; the *application* owns nothing, so
row-level security and the append-only audit log bind it.
"""

import contextlib
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from tuoitho.lib.data_folder import data_folder

APP_ROLE = "tuoitho_app"
EXTENSIONS = ("pg_trgm", "unaccent", "btree_gist", "btree_gin")


@dataclass(frozen=True)
class Server:
    """Where the database is, as the owner sees it, and the password of the application's role."""

    owner: dict[str, Any]  # psycopg connection parameters, without dbname
    app_password: str = ""

    def as_owner(self, database: str) -> dict[str, Any]:
        return {**self.owner, "dbname": database}

    def as_app(self, database: str) -> dict[str, Any]:
        return {
            **self.owner, "dbname": database, "user": APP_ROLE, "password": self.app_password,
        }  # fmt: skip


def start(folder: Path | None = None) -> tuple[Server, str]:
    """Start (or find running) the database. Returns the server and the name of our database.

    With ``DATABASE_URL`` nothing is started: that server is used, its user being the owner.
    The embedded server stops when the last process that called this ends.
    """
    url = os.environ.get("DATABASE_URL", "")
    if url:
        given = conninfo_to_dict(url)
        database = str(given.pop("dbname", "") or "tuoitho")
        return Server(given, _app_password()), database
    from tuoitho.config.embedded import start_embedded

    return Server(start_embedded((folder or data_folder()) / "postgresql")), "tuoitho"


def is_installed(server: Server, database: str) -> bool:
    """Whether the application's role finds our tables."""
    try:
        with psycopg.connect(**server.as_app(database)) as connection:
            return connection.execute("SELECT to_regclass('access_user')").fetchone() != (None,)
    except psycopg.OperationalError:
        return False


def _app_password() -> str:
    path = data_folder() / "keys" / "app-role.password"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(24))
    return path.read_text()


def prepare(server: Server, database: str) -> None:
    """Make the database, the application's role and the extensions where they are missing."""
    # On another server the maintenance database may be closed to us: then ours must exist.
    try:
        with psycopg.connect(**server.as_owner("postgres"), autocommit=True) as connection:
            if not _exists(connection, "pg_database", "datname", database):
                connection.execute(
                    sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'").format(
                        sql.Identifier(database)
                    )
                )
    except psycopg.OperationalError:
        pass
    with psycopg.connect(**server.as_owner(database), autocommit=True) as connection:
        _prepare_role(connection, server)
        for name in EXTENSIONS:
            connection.execute(
                sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(sql.Identifier(name))
            )


def _prepare_role(connection: psycopg.Connection, server: Server) -> None:
    role = sql.Identifier(APP_ROLE)
    if not _exists(connection, "pg_roles", "rolname", APP_ROLE):
        with contextlib.suppress(psycopg.errors.DuplicateObject):  # made meanwhile by another
            connection.execute(
                sql.SQL("CREATE ROLE {} LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB").format(role)
            )
    if server.app_password:
        connection.execute(
            sql.SQL("ALTER ROLE {} PASSWORD {}").format(role, sql.Literal(server.app_password))
        )


def _exists(connection: psycopg.Connection, table: str, column: str, value: str) -> bool:
    query = sql.SQL("SELECT 1 FROM {} WHERE {} = %s").format(
        sql.Identifier(table), sql.Identifier(column)
    )
    return connection.execute(query, [value]).fetchone() is not None


def grant(connection: psycopg.Connection) -> None:
    """Give the application's role what it needs and nothing more; run after every migration."""
    role = sql.Identifier(APP_ROLE)
    for statement in (
        "GRANT USAGE ON SCHEMA public TO {}",
        "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {}",
        "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {}",
        # The log can be added to and read; the catalogue of roles is the owner's.
        "REVOKE UPDATE, DELETE, TRUNCATE ON audit_event FROM {}",
        "REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON access_rolegrant FROM {}",
        "REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON django_migrations FROM {}",
    ):
        connection.execute(sql.SQL(statement).format(role))


def django_settings(parameters: dict[str, Any]) -> dict[str, Any]:
    """psycopg parameters in Django's words."""
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parameters.get("dbname", ""),
        "USER": parameters.get("user", ""),
        "PASSWORD": parameters.get("password", ""),
        "HOST": parameters.get("host", ""),
        "PORT": str(parameters.get("port", "") or ""),
    }
