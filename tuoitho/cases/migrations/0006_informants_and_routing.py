"""Who told is kept in a table of its own; why a report came here is kept with it."""

import django.db.models.deletion
from django.db import migrations, models

import tuoitho.lib.fields
from tuoitho.access.rls import policies, sees

# As for reports: whoever receives reports anywhere may name who told, and need not read it back.
RECEIVES = (
    "(SELECT access_everywhere(access_person(), 'cases.receive') "
    "OR cardinality(access_units(access_person(), 'cases.receive')) > 0)"
)
OPENS = (
    "EXISTS (SELECT 1 FROM cases_report r WHERE r.id = cases_informant.report_id "
    f"AND {sees('cases.informant', 'r.unit_id')})"
)
# Where the children of a hamlet live now. The public asks it through the routing of a report: it
# gives units, never a child.
HAMLET = """
CREATE FUNCTION cases_communes_of_hamlet(communes bigint[], folded text) RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$
    SELECT array_agg(DISTINCT c.unit_id) FROM people_child c
    WHERE folded <> '' AND c.unit_id = ANY (communes) AND c.folded_hamlet = folded
$$;
"""
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
    dependencies = [
        ("cases", "0005_emergency_told_and_counted"),
        ("people", "0003_sort_name"),
    ]
    operations = [
        migrations.CreateModel(
            name="Informant",
            fields=[
                ("report", models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name="informant", serialize=False, to="cases.report", verbose_name="Tin báo")),
                ("name", tuoitho.lib.fields.EncryptedTextField(blank=True, verbose_name="Họ và tên")),
                ("phone", tuoitho.lib.fields.EncryptedTextField(blank=True, verbose_name="Điện thoại")),
                ("address", tuoitho.lib.fields.EncryptedTextField(blank=True, verbose_name="Địa chỉ")),
            ],
            options={"verbose_name": "người báo tin"},
        ),
        migrations.AddField("report", "informant_named", models.BooleanField(default=False, verbose_name="Người báo tin có nêu tên")),
        migrations.AddField("report", "hamlet", models.CharField(blank=True, max_length=120, verbose_name="Thôn, tổ dân phố")),
        migrations.AddField("report", "home_unit", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="units.unit", verbose_name="Xã, phường trẻ ở")),
        migrations.AddField("report", "routing", models.JSONField(blank=True, default=dict, verbose_name="Chuyển đến vì")),
        migrations.AddField("report", "routing_reason", tuoitho.lib.fields.EncryptedTextField(blank=True, default="", verbose_name="Lý do chọn nơi khác"), preserve_default=False),
        migrations.AlterField("receipt", "state", models.CharField(choices=[("received", "Đã nhận tin"), ("sent_on", "Đã chuyển đến cơ quan có thẩm quyền"), ("verifying", "Đang xác minh"), ("handled", "Đã xử lý theo quy định")], default="received", max_length=10)),
        migrations.RunPython(move_out, move_back),
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.RemoveField("report", "reporter_name"),
        migrations.RemoveField("report", "reporter_phone"),
        migrations.RemoveField("report", "reporter_address"),
        policies("cases_informant", read=OPENS, write=RECEIVES),
        migrations.RunSQL(HAMLET, "DROP FUNCTION cases_communes_of_hamlet"),
    ]
