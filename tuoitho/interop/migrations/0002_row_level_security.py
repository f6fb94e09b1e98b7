"""Files handed in hold people's data: seen where their person may import."""

from django.db import migrations

from tuoitho.access.rls import follows, scoped


class Migration(migrations.Migration):
    dependencies = [("interop", "0001_tables"), ("access", "0002_row_level_security")]
    operations = [
        scoped("interop_batch", view="interop.import"),
        follows("interop_batchrow", parent="interop_batch", column="batch_id"),
    ]
