"""Who no longer sees a child no longer reads what was said about it."""

from django.db import migrations

from tuoitho.notices.rls import notices_follow


class Migration(migrations.Migration):
    dependencies = [("people", "0002_row_level_security"), ("notices", "0002_row_level_security")]
    operations = [notices_follow("people_child")]
