"""Who reads the lists handed to the police, and their lines."""

from django.db import migrations

from tuoitho.access.rls import follows, scoped


class Migration(migrations.Migration):
    dependencies = [("people", "0009_search")]
    operations = [
        scoped("people_numberlist", view="people.identity"),
        follows("people_numbercheck", parent="people_numberlist", column="number_list_id"),
    ]
