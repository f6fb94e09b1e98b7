"""A table of its own for who told; why a report came here is kept with it."""

import django.db.models.deletion
from django.db import migrations, models

import tuoitho.lib.fields


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0013_exchange_security"),
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
    ]
