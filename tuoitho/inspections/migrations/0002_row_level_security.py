"""Row-level security: minutes name employers and say where children were found at work."""

from django.db import migrations

from tuoitho.access.rls import follows, policies, sees

INSPECTION = "inspections_inspection"


class Migration(migrations.Migration):
    dependencies = [
        ("inspections", "0001_tables"),
        ("access", "0002_row_level_security"),
        ("establishments", "0002_row_level_security"),
    ]
    operations = [
        # Who schedules makes the row; who records changes it.
        policies(
            INSPECTION,
            read=sees("inspections.view"),
            write=f"{sees('inspections.schedule')} OR {sees('inspections.record')}",
        ),
        follows("inspections_inspectionmove", parent=INSPECTION, column="inspection_id"),
        follows("inspections_checklistanswer", parent=INSPECTION, column="inspection_id"),
        follows("inspections_violation", parent=INSPECTION, column="inspection_id"),
        follows("inspections_measure", parent=INSPECTION, column="inspection_id"),
    ]
