"""All tables of the room, as they stand; what only SQL can say follows in the next files."""

import django.db.models.deletion
import tuoitho.lib.fields
import uuid
from django.conf import settings
from django.db import migrations, models

from tuoitho.lib.tables import CreateTables


class Migration(migrations.Migration):

    # The same tables, step by step, as they were made while the system was written.
    replaces = [
        ('interop', '0001_imports'),
        ('interop', '0003_column_places'),
        ('interop', '0004_long_files'),
    ]

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('people', '0001_tables'),
        ('units', '0001_tables'),
    ]

    operations = [
        CreateTables([
            migrations.CreateModel(
                name='Batch',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('file_name', models.CharField(max_length=200, verbose_name='Tên tệp')),
                    ('sha256', models.CharField(db_index=True, max_length=64, verbose_name='Dấu vân tay của tệp')),
                    ('sheet_name', models.CharField(blank=True, max_length=120, verbose_name='Trang tính')),
                    ('headings', models.JSONField(default=list, verbose_name='Tiêu đề các cột')),
                    ('heading_line', models.PositiveIntegerField(default=0, verbose_name='Dòng tiêu đề')),
                    ('staged_at', models.DateTimeField(auto_now_add=True, verbose_name='Nộp lúc')),
                    ('state', models.CharField(choices=[('reading', 'Đang đọc'), ('refused', 'Không đọc được'), ('staged', 'Chờ ghi'), ('committing', 'Đang ghi'), ('committed', 'Đã ghi')], default='staged', max_length=10, verbose_name='Trạng thái')),
                    ('same_as', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='interop.batch', verbose_name='Trùng với lần nộp')),
                    ('staged_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Người nộp')),
                    ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit', verbose_name='Địa bàn')),
                    ('notes', models.JSONField(default=list, verbose_name='Ghi chú khi đọc')),
                    ('places', models.JSONField(default=dict, verbose_name='Các cột được đọc')),
                    ('capitals_kept', models.BooleanField(default=False, verbose_name='Giữ nguyên tên viết hoa')),
                    ('refusal', tuoitho.lib.fields.EncryptedTextField(blank=True, default='', verbose_name='Vì sao không đọc được')),
                    ('row_count', models.PositiveIntegerField(default=0, verbose_name='Số dòng')),
                ],
                options={
                    'verbose_name': 'lần nhập tệp',
                    'verbose_name_plural': 'lần nhập tệp',
                    'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['reading', 'refused', 'staged', 'committing', 'committed'])), name='batch_state_is_known')],
                },
            ),
            migrations.CreateModel(
                name='BatchRow',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('line', models.PositiveIntegerField(verbose_name='Dòng')),
                    ('content', tuoitho.lib.fields.EncryptedTextField(verbose_name='Nội dung')),
                    ('findings', tuoitho.lib.fields.EncryptedTextField(default='[]', verbose_name='Lỗi')),
                    ('fate', models.CharField(choices=[('ready', 'Sẽ ghi mới'), ('known', 'Đã có trong sổ'), ('review', 'Có thể trùng, cần xem'), ('rejected', 'Có lỗi, không ghi'), ('created', 'Đã ghi mới'), ('completed', 'Đã có, đã bổ sung'), ('unchanged', 'Đã có, không đổi')], max_length=10, verbose_name='Kết quả')),
                    ('candidates', models.JSONField(default=list, verbose_name='Có thể là')),
                    ('batch', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rows', to='interop.batch', verbose_name='Lần nhập')),
                    ('child', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.child', verbose_name='Trẻ')),
                    ('key', models.CharField(blank=True, editable=False, max_length=64)),
                ],
                options={
                    'verbose_name': 'dòng của tệp',
                    'verbose_name_plural': 'dòng của tệp',
                    'ordering': ['line'],
                    'indexes': [models.Index(fields=['batch', 'fate', 'line'], name='batchrow_fate'), models.Index(fields=['batch', 'key'], name='batchrow_key')],
                    'constraints': [models.UniqueConstraint(fields=('batch', 'line'), name='batchrow_line_once'), models.CheckConstraint(condition=models.Q(('fate__in', ['ready', 'known', 'review', 'rejected', 'created', 'completed', 'unchanged'])), name='batchrow_fate_is_known')],
                },
            ),
            migrations.CreateModel(
                name='BatchFile',
                fields=[
                    ('sealed', models.BinaryField()),
                    ('batch', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='file', serialize=False, to='interop.batch')),
                ],
                options={
                    'verbose_name': 'tệp chờ đọc',
                },
            ),
            migrations.CreateModel(
                name='BatchPart',
                fields=[
                    ('sealed', models.BinaryField()),
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('first_line', models.PositiveIntegerField(verbose_name='Từ dòng')),
                    ('last_line', models.PositiveIntegerField(verbose_name='Đến dòng')),
                    ('batch', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='interop.batch')),
                ],
                options={
                    'verbose_name': 'phần chờ kiểm tra',
                    'constraints': [models.UniqueConstraint(fields=('batch', 'first_line'), name='batchpart_once')],
                },
            ),
        ]),
    ]
