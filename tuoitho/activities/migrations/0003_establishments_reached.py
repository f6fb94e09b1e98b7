"""Establishments reached are seen with their activity."""

from django.db import migrations

from tuoitho.access.rls import follows


class Migration(migrations.Migration):
    dependencies = [("activities", "0002_row_level_security")]
    operations = [
        follows("activities_establishmentreach", parent="activities_activity", column="activity_id"),
    ]
