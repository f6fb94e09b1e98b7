"""Who sees the figures; that nobody changes a frozen one; and that a count includes sealed cases.

The named actor "system" does not see sealed cases. While it counts (``engine.counting`` tells the
transaction so) it does, because a total without them would be wrong; what leaves the count is
numbers, and sealed cases are never divided among communes.
"""

from django.db import migrations

from tuoitho.access.rls import scoped, sees

COUNTS = (
    "(SELECT access_is_system() AND "
    "coalesce(current_setting('tuoitho.counting', true), '') = 'on')"
)
SEALED = ("cases_case", "cases_report", "cases_screening")


class Migration(migrations.Migration):
    dependencies = [
        ("indicators", "0001_tables"),
        ("access", "0002_row_level_security"),
        ("cases", "0002_row_level_security"),
    ]
    operations = [
        scoped("indicators_baseline", view="indicators.view", write="indicators.baseline"),
        scoped("indicators_surveyestimate", view="indicators.view", write="indicators.baseline"),
        # No policy for UPDATE or DELETE: the application's role can do neither.
        migrations.RunSQL(
            sql=[
                "ALTER TABLE indicators_snapshot ENABLE ROW LEVEL SECURITY",
                "CREATE POLICY indicators_snapshot_read ON indicators_snapshot FOR SELECT "
                f"USING ({sees('indicators.view')})",
                "CREATE POLICY indicators_snapshot_insert ON indicators_snapshot FOR INSERT "
                f"WITH CHECK ({sees('indicators.freeze')})",
            ],
            reverse_sql=[
                "DROP POLICY indicators_snapshot_read ON indicators_snapshot",
                "DROP POLICY indicators_snapshot_insert ON indicators_snapshot",
                "ALTER TABLE indicators_snapshot DISABLE ROW LEVEL SECURITY",
            ],
        ),
        migrations.RunSQL(
            sql=[
                f"CREATE POLICY {table}_counted ON {table} FOR SELECT USING ({COUNTS})"
                for table in SEALED
            ],
            reverse_sql=[f"DROP POLICY {table}_counted ON {table}" for table in SEALED],
        ),
    ]
