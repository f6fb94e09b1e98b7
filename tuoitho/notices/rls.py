"""Sight of notices as operations of a migration: who loses a file loses what was said about it."""

from django.db.migrations.operations import RunSQL


def notices_follow(table: str, *, key: str = "about_id") -> RunSQL:
    """Notices about a row of ``table`` are read only by who sees that row now.

    Used in a migration of the room that owns the table. ``key`` is ``about_uuid`` for a table whose
    primary key is a UUID.
    """
    name = f"notices_notice_{table}"
    # Names of our own tables, written in a migration; nothing here comes from a user.
    seen = f"EXISTS (SELECT 1 FROM {table} about WHERE about.id = notices_notice.{key})"  # noqa: S608
    return RunSQL(
        sql=f"CREATE POLICY {name} ON notices_notice AS RESTRICTIVE FOR SELECT "
        f"USING (about <> '{table}' OR {seen})",
        reverse_sql=f"DROP POLICY {name} ON notices_notice",
    )
