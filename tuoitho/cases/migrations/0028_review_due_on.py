"""An exception says by when it is to be reviewed, so that a queue need not count working days."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0027_handovers_behind_the_list")]
    operations = [
        migrations.AddField(
            "sharingbasis", "review_due_on",
            models.DateField(verbose_name="Hạn duyệt", null=True, blank=True),
        ),
        migrations.RunSQL(
            "UPDATE cases_sharingbasis SET review_due_on = \"on\" WHERE review = 'waiting'",
            migrations.RunSQL.noop,
        ),
    ]  # fmt: skip
