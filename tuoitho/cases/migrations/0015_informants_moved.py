"""Who told moves out of the reports: opened where it lay, sealed again where it lies now.

A migration of its own: PostgreSQL alters no table in the transaction that has just filled it.
"""

from django.db import migrations

OLD = {"name": "reporter_name", "phone": "reporter_phone", "address": "reporter_address"}


def move_out(apps, schema_editor):
    """Each value is opened where it lay and sealed again where it will lie."""
    Report, Informant = apps.get_model("cases", "Report"), apps.get_model("cases", "Informant")
    for report in Report.objects.only("pk", *OLD.values()).iterator():
        told = {new: getattr(report, old) or "" for new, old in OLD.items()}
        if any(told.values()):
            Informant.objects.create(report_id=report.pk, **told)
            Report.objects.filter(pk=report.pk).update(informant_named=True)


def move_back(apps, schema_editor):
    Report, Informant = apps.get_model("cases", "Report"), apps.get_model("cases", "Informant")
    Report.objects.update(**dict.fromkeys(OLD.values(), ""))
    for informant in Informant.objects.iterator():
        Report.objects.filter(pk=informant.report_id).update(
            **{old: getattr(informant, new) for new, old in OLD.items()}
        )


class Migration(migrations.Migration):
    dependencies = [("cases", "0014_informants_and_routing")]
    operations = [migrations.RunPython(move_out, move_back)]
