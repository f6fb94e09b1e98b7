"""Which communes of a round still wait for their lists, and the order in which rows are made."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("rounds", "0004_risk_security")]

    operations = [
        migrations.AddField(
            model_name="round",
            name="unlisted",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(), blank=True, default=list, editable=False, size=None
            ),
        ),
        migrations.AddIndex(
            model_name="listedchild",
            index=models.Index(fields=["round", "id"], name="listed_round_order"),
        ),
    ]
