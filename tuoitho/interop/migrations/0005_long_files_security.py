"""Long files on their way are people's data too: seen where their batch is."""

from django.db import migrations

from tuoitho.access.rls import follows


class Migration(migrations.Migration):
    dependencies = [("interop", "0002_row_level_security")]
    operations = [
        follows("interop_batchfile", parent="interop_batch", column="batch_id"),
        follows("interop_batchpart", parent="interop_batch", column="batch_id"),
    ]
