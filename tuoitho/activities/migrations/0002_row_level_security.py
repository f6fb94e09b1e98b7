"""Activities are seen and written by unit; what hangs on them follows.

A school sees the other schools' activities of its commune as far as the database is concerned; the
application keeps them apart (``ActivityQuerySet.visible_to``). They hold counts, nobody's name.
"""

from django.db import migrations

from tuoitho.access.rls import follows, scoped


class Migration(migrations.Migration):
    dependencies = [
        ("activities", "0001_tables"),
        ("access", "0002_row_level_security"),
    ]
    operations = [
        scoped("activities_activity", view="activities.view", write="activities.record"),
        follows("activities_reach", parent="activities_activity", column="activity_id"),
        follows("activities_activitymove", parent="activities_activity", column="activity_id"),
    ]
