"""Who no longer sees a case or a report no longer reads what was said about it."""

from django.db import migrations

from tuoitho.notices.rls import notices_follow


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0002_row_level_security"), ("notices", "0002_row_level_security"),
    ]
    operations = [
        notices_follow("cases_case"),
        notices_follow("cases_report", key="about_uuid"),
    ]
