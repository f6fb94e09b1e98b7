"""A notice is read by whom it was sent to. Rooms with files add who must see the file, too."""

from django.db import migrations

from tuoitho.access.rls import policies


class Migration(migrations.Migration):
    dependencies = [("notices", "0001_tables"), ("access", "0002_row_level_security")]
    operations = [
        policies(
            "notices_notice",
            read='to_id = access_person() OR access_is_system()',
            write="access_person() IS NOT NULL",
        ),
    ]
