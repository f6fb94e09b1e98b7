"""Who may see that work ceased, and that it began again."""

from django.db import migrations

from tuoitho.access.rls import follows


class Migration(migrations.Migration):
    dependencies = [("cases", "0006_needs_answered_by_plans")]
    operations = [
        follows("cases_cessation", parent="cases_case", column="case_id"),
        follows("cases_relapse", parent="cases_case", column="case_id"),
    ]
