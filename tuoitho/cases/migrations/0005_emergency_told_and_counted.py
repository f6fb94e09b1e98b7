"""Who may see whom an emergency measure was told to, and what a court was asked."""

from django.db import migrations

from tuoitho.access.rls import follows


class Migration(migrations.Migration):
    dependencies = [("cases", "0004_notices_about_files")]
    operations = [
        follows("cases_emergencynotice", parent="cases_case", column="case_id"),
        follows("cases_courtrequest", parent="cases_case", column="case_id"),
    ]
