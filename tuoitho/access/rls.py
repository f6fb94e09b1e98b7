"""Row-level security as operations of a migration: the database's own copy of ``visible_to``.

The application connects as a role that does not own the tables, so every policy binds it. Who acts
is told per transaction (``access.person``); without a person no row is seen.
"""

from django.db.migrations.operations import RunSQL

_SEES = (
    "((SELECT access_everywhere(access_person(), '{permission}')) OR {column} IN "
    "(SELECT unnest(access_units(access_person(), '{permission}'))))"
)


def sees(permission: str, column: str = "unit_id") -> str:
    """SQL: the acting person holds ``permission`` in the unit named by ``column``."""
    return _SEES.format(permission=permission, column=column)


def policies(table: str, *, read: str, write: str = "") -> RunSQL:
    """Security of one table from two SQL conditions; ``write`` (new rows) defaults to ``read``."""
    return RunSQL(
        sql=[
            f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
            f"CREATE POLICY {table}_read ON {table} FOR SELECT USING ({read})",
            f"CREATE POLICY {table}_insert ON {table} FOR INSERT WITH CHECK ({write or read})",
            f"CREATE POLICY {table}_update ON {table} FOR UPDATE USING ({read}) "
            f"WITH CHECK ({write or read})",
            f"CREATE POLICY {table}_delete ON {table} FOR DELETE USING ({read})",
        ],
        reverse_sql=[
            *(f"DROP POLICY {table}_{verb} ON {table}"
              for verb in ("read", "insert", "update", "delete")),
            f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
        ],
    )  # fmt: skip


def scoped(table: str, *, view: str, write: str = "") -> RunSQL:
    """A table with its own ``unit_id``: seen with permission ``view``, new rows with ``write``.

    ``write`` is the permission needed where the row lands (default: the same as ``view``).
    """
    return policies(table, read=sees(view), write=sees(write) if write else "")


def follows(table: str, *, parent: str, column: str) -> RunSQL:
    """A table whose rows are seen exactly when the parent row (itself under security) is."""
    # Names of our own tables, written in a migration; nothing here comes from a user.
    condition = f"EXISTS (SELECT 1 FROM {parent} parent WHERE parent.id = {table}.{column})"  # noqa: S608
    return policies(table, read=condition)
