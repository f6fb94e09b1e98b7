"""Reports are seen by unit; what was signed and what was done is appended, never changed."""

from django.db import migrations

from tuoitho.access.rls import policies, sees

VERBS = ("write", "sign", "consolidate")
HANDLES = f"({' OR '.join(sees(f'reports.{verb}') for verb in VERBS)})"
TOGETHER = f"({sees('reports.consolidate')} OR {sees('reports.sign')})"
SEEN = sees("reports.view")


def appended(table: str, *, read: str, write: str) -> migrations.RunSQL:
    """No policy for UPDATE or DELETE: the application's role can do neither."""
    return migrations.RunSQL(
        sql=[
            f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
            f"CREATE POLICY {table}_read ON {table} FOR SELECT USING ({read})",
            f"CREATE POLICY {table}_insert ON {table} FOR INSERT WITH CHECK ({write})",
        ],
        reverse_sql=[
            f"DROP POLICY {table}_read ON {table}",
            f"DROP POLICY {table}_insert ON {table}",
            f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
        ],
    )


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0001_tables"),
        ("access", "0002_row_level_security"),
    ]
    operations = [
        policies("reports_unitreport", read=SEEN, write=HANDLES),
        policies("reports_consolidation", read=SEEN, write=TOGETHER),
        appended("reports_edition", read=SEEN, write=sees("reports.sign")),
        appended("reports_move", read=SEEN, write=HANDLES),
        # Published figures are for everybody, also for those without an account.
        appended("reports_publication", read="true", write=sees("reports.consolidate")),
        migrations.RunSQL(
            "CREATE POLICY reports_publication_update ON reports_publication FOR UPDATE "
            f"USING ({sees('reports.consolidate')}) WITH CHECK ({sees('reports.consolidate')})",
            "DROP POLICY reports_publication_update ON reports_publication",
        ),
    ]
