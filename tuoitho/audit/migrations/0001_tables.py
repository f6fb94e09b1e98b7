"""All tables of the room, as they stand; what only SQL can say follows in the next files."""

from django.db import migrations, models

from tuoitho.lib.tables import CreateTables


class Migration(migrations.Migration):

    # The same tables, step by step, as they were made while the system was written.
    replaces = [('audit', '0001_events')]

    dependencies = []

    operations = [
        CreateTables([
            migrations.CreateModel(
                name='Event',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField(auto_now_add=True, db_index=True, verbose_name='Lúc')),
                    ('actor_key', models.BigIntegerField(db_index=True, null=True, verbose_name='Mã người thực hiện')),
                    ('actor_name', models.CharField(max_length=200, verbose_name='Người thực hiện')),
                    ('action', models.CharField(max_length=80, verbose_name='Việc')),
                    ('subject_type', models.CharField(max_length=60, verbose_name='Loại hồ sơ')),
                    ('subject_key', models.CharField(max_length=40, verbose_name='Mã hồ sơ')),
                    ('unit_key', models.BigIntegerField(null=True, verbose_name='Mã địa bàn')),
                    ('child_key', models.BigIntegerField(null=True, verbose_name='Mã trẻ')),
                    ('on', models.DateField(null=True, verbose_name='Ngày việc xảy ra')),
                    ('before', models.JSONField(default=dict, verbose_name='Trước')),
                    ('after', models.JSONField(default=dict, verbose_name='Sau')),
                    ('note', models.TextField(blank=True, verbose_name='Ghi chú')),
                ],
                options={
                    'verbose_name': 'sự kiện',
                    'indexes': [models.Index(fields=['child_key', '-at'], name='audit_event_child'), models.Index(fields=['unit_key', '-id'], name='audit_event_unit'), models.Index(fields=['subject_type', 'subject_key'], name='audit_event_subject')],
                },
            ),
        ]),
    ]
