"""Row-level security: a household business names its owner, a phone, an identity number."""

from django.db import migrations

from tuoitho.access.rls import follows, scoped

VIEW, WRITE = "establishments.view", "establishments.register"


class Migration(migrations.Migration):
    dependencies = [
        ("establishments", "0001_tables"),
        ("access", "0002_row_level_security"),
    ]
    operations = [
        scoped("establishments_craftvillage", view=VIEW, write=WRITE),
        scoped("establishments_establishment", view=VIEW, write=WRITE),
        follows("establishments_guidance", parent="establishments_establishment",
                column="establishment_id"),
        follows("establishments_commitment", parent="establishments_establishment",
                column="establishment_id"),
    ]
