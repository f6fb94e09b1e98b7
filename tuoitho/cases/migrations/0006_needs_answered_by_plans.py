"""Who may see an assessment, its needs, the meeting about them and what a plan left unmet."""

from django.db import migrations

from tuoitho.access.rls import follows


class Migration(migrations.Migration):
    dependencies = [("cases", "0005_emergency_told_and_counted")]
    operations = [
        follows("cases_assessment", parent="cases_case", column="case_id"),
        follows("cases_need", parent="cases_assessment", column="assessment_id"),
        follows("cases_needsmeeting", parent="cases_case", column="case_id"),
        follows("cases_attendance", parent="cases_needsmeeting", column="meeting_id"),
        follows("cases_unmetneed", parent="cases_supportplan", column="plan_id"),
    ]
