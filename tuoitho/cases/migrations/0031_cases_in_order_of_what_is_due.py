"""The list of cases begins with what is due next: in order from an index, of a place and of all."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0030_open_referrals_counted")]
    operations = [
        migrations.RemoveIndex("case", "case_unit_due"),
        migrations.AddIndex(
            "case", models.Index(fields=["unit", "step_due_on", "id"], name="case_unit_due")
        ),
        migrations.AddIndex("case", models.Index(fields=["step_due_on", "id"], name="case_due")),
    ]
