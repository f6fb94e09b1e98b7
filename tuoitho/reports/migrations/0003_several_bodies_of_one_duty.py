"""Several bodies may hold one duty ("các phòng, ban, ngành liên quan"): each reports for itself."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reports", "0002_row_level_security")]
    operations = [
        migrations.RemoveConstraint(model_name="unitreport", name="unit_report_once_a_year"),
        migrations.AddConstraint(
            model_name="unitreport",
            constraint=models.UniqueConstraint(
                fields=("unit", "office", "organisation", "year"), nulls_distinct=False,
                name="unit_report_once_a_year",
            ),
        ),
    ]  # fmt: skip
