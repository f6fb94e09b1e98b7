"""A file of a list is its asker's; the system deletes it after its days."""

from django.db import migrations

from tuoitho.access.rls import follows, policies


class Migration(migrations.Migration):
    dependencies = [("jobs", "0002_row_level_security")]
    operations = [
        policies("jobs_export", read="owner_id = access_person() OR access_is_system()"),
        follows("jobs_exportpart", parent="jobs_export", column="export_id"),
        follows("jobs_exportcontent", parent="jobs_export", column="export_id"),
    ]
