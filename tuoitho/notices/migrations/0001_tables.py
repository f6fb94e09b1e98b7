"""All tables of the room, as they stand; what only SQL can say follows in the next files."""

import django.db.models.deletion
import tuoitho.lib.fields
import tuoitho.lib.hanoi
import uuid
from django.conf import settings
from django.db import migrations, models

from tuoitho.lib.tables import CreateTables


class Migration(migrations.Migration):

    # The same tables, step by step, as they were made while the system was written.
    replaces = [('notices', '0001_notices')]

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('units', '0001_tables'),
    ]

    operations = [
        CreateTables([
            migrations.CreateModel(
                name='Notice',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('kind', models.CharField(max_length=40, verbose_name='Loại')),
                    ('subject', tuoitho.lib.fields.EncryptedTextField(blank=True, verbose_name='Nội dung')),
                    ('url_name', models.CharField(max_length=80)),
                    ('url_args', models.JSONField(default=list)),
                    ('about', models.CharField(blank=True, max_length=60)),
                    ('about_id', models.BigIntegerField(null=True)),
                    ('about_uuid', models.UUIDField(null=True)),
                    ('by_name', models.CharField(max_length=200, verbose_name='Người gửi')),
                    ('at', models.DateTimeField(default=tuoitho.lib.hanoi.now, verbose_name='Lúc')),
                    ('read_at', models.DateTimeField(null=True, verbose_name='Đọc lúc')),
                    ('mailed_at', models.DateTimeField(null=True, verbose_name='Gửi thư lúc')),
                    ('to', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Gửi đến')),
                    ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit', verbose_name='Địa bàn')),
                ],
                options={
                    'verbose_name': 'thông báo',
                    'indexes': [models.Index(fields=['to', '-at'], name='notice_to_at'), models.Index(condition=models.Q(('read_at', None)), fields=['to'], name='notice_unread')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('kind', ''), _negated=True), name='notice_kind_is_known'), models.CheckConstraint(condition=models.Q(('about', ''), ('about_id__isnull', False), ('about_uuid__isnull', False), _connector='OR'), name='notice_about_has_key')],
                },
            ),
            migrations.CreateModel(
                name='NoticeSetting',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(max_length=40, verbose_name='Loại')),
                    ('way', models.CharField(choices=[('system', 'Chỉ trong hệ thống'), ('mail', 'Gửi thư ngay'), ('digest', 'Gộp vào thư mỗi ngày'), ('off', 'Không nhận')], max_length=10, verbose_name='Cách nhận')),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name': 'cách nhận thông báo',
                    'constraints': [models.UniqueConstraint(fields=('user', 'kind'), name='notice_setting_once'), models.CheckConstraint(condition=models.Q(('way__in', ['system', 'mail', 'digest', 'off'])), name='notice_way_is_known')],
                },
            ),
        ]),
    ]
