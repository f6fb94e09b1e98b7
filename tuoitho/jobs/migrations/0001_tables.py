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
    replaces = [('jobs', '0001_jobs'), ('jobs', '0003_exports')]

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateTables([
            migrations.CreateModel(
                name='Job',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('name', models.CharField(max_length=60, verbose_name='Việc')),
                    ('args', models.JSONField(default=dict)),
                    ('state', models.CharField(choices=[('waiting', 'Chờ chạy'), ('running', 'Đang chạy'), ('done', 'Đã xong'), ('failed', 'Không chạy được'), ('stopped', 'Đã dừng')], default='waiting', max_length=10, verbose_name='Tình trạng')),
                    ('total', models.PositiveIntegerField(null=True, verbose_name='Số dòng')),
                    ('done', models.PositiveIntegerField(default=0, verbose_name='Xong')),
                    ('refused', models.PositiveIntegerField(default=0, verbose_name='Không làm được')),
                    ('created_at', models.DateTimeField(default=tuoitho.lib.hanoi.now, verbose_name='Yêu cầu lúc')),
                    ('started_at', models.DateTimeField(null=True, verbose_name='Bắt đầu lúc')),
                    ('ended_at', models.DateTimeField(null=True, verbose_name='Kết thúc lúc')),
                    ('once', models.CharField(blank=True, editable=False, max_length=120)),
                    ('note', tuoitho.lib.fields.EncryptedTextField(blank=True, verbose_name='Vì sao không chạy được')),
                    ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Người yêu cầu')),
                ],
                options={
                    'verbose_name': 'việc chạy nền',
                    'indexes': [models.Index(fields=['owner', '-created_at'], name='job_owner_created'), models.Index(condition=models.Q(('state__in', ['waiting', 'running'])), fields=['created_at'], name='job_unfinished')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'running', 'done', 'failed', 'stopped'])), name='job_state_is_known'), models.UniqueConstraint(condition=models.Q(('once', ''), _negated=True), fields=('once',), name='job_once')],
                },
            ),
            migrations.CreateModel(
                name='JobRow',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('place', models.PositiveIntegerField(verbose_name='Thứ tự')),
                    ('key', models.CharField(max_length=80, verbose_name='Dòng')),
                    ('state', models.CharField(choices=[('waiting', 'Chờ'), ('done', 'Xong'), ('refused', 'Bị từ chối'), ('failed', 'Lỗi')], default='waiting', max_length=10, verbose_name='Kết quả')),
                    ('note', tuoitho.lib.fields.EncryptedTextField(blank=True, verbose_name='Ghi chú')),
                    ('job', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rows', to='jobs.job')),
                ],
                options={
                    'verbose_name': 'dòng của việc chạy nền',
                    'indexes': [models.Index(fields=['job', 'state', 'place'], name='job_row_next')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'done', 'refused', 'failed'])), name='job_row_state_is_known'), models.UniqueConstraint(fields=('job', 'key'), name='job_row_once')],
                },
            ),
            migrations.CreateModel(
                name='Export',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('path', models.CharField(max_length=200, verbose_name='Danh sách')),
                    ('query', tuoitho.lib.fields.EncryptedTextField(blank=True, verbose_name='Bộ lọc')),
                    ('title', tuoitho.lib.fields.EncryptedTextField(verbose_name='Tên danh sách')),
                    ('labels', models.JSONField(default=list, verbose_name='Tên cột')),
                    ('filename', models.CharField(max_length=80, verbose_name='Tên tệp')),
                    ('kind', models.CharField(max_length=4, verbose_name='Dạng tệp')),
                    ('language', models.CharField(max_length=8, verbose_name='Ngôn ngữ')),
                    ('cursor', models.TextField(blank=True, verbose_name='Đọc đến đâu')),
                    ('read_all', models.BooleanField(default=False, verbose_name='Đã đọc hết')),
                    ('rows', models.PositiveIntegerField(default=0, verbose_name='Số dòng')),
                    ('made_at', models.DateTimeField(default=tuoitho.lib.hanoi.now, verbose_name='Yêu cầu lúc')),
                    ('ready_at', models.DateTimeField(null=True, verbose_name='Xong lúc')),
                    ('job', models.OneToOneField(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='export', to='jobs.job')),
                    ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name': 'tệp danh sách',
                    'indexes': [models.Index(fields=['made_at'], name='export_made')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['xlsx', 'csv'])), name='export_kind_is_known')],
                },
            ),
            migrations.CreateModel(
                name='ExportContent',
                fields=[
                    ('sealed', models.BinaryField()),
                    ('export', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='content', serialize=False, to='jobs.export')),
                ],
                options={
                    'verbose_name': 'nội dung tệp danh sách',
                },
            ),
            migrations.CreateModel(
                name='ExportPart',
                fields=[
                    ('sealed', models.BinaryField()),
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('place', models.PositiveIntegerField(verbose_name='Thứ tự')),
                    ('export', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='jobs.export')),
                ],
                options={
                    'verbose_name': 'phần của tệp danh sách',
                    'constraints': [models.UniqueConstraint(fields=('export', 'place'), name='export_part_once')],
                },
            ),
        ]),
    ]
