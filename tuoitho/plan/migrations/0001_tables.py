"""All tables of the room, as they stand; what only SQL can say follows in the next files."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

from tuoitho.lib.tables import CreateTables


class Migration(migrations.Migration):

    # The same tables, step by step, as they were made while the system was written.
    replaces = [('plan', '0001_programme')]

    dependencies = [
        ('units', '0001_tables'),
    ]

    operations = [
        CreateTables([
            migrations.CreateModel(
                name='SwappedDay',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('day', models.DateField(unique=True, verbose_name='Ngày')),
                    ('works', models.BooleanField(verbose_name='Là ngày làm việc')),
                    ('note', models.CharField(blank=True, max_length=200, verbose_name='Căn cứ')),
                ],
                options={
                    'verbose_name': 'ngày hoán đổi',
                    'verbose_name_plural': 'ngày hoán đổi',
                    'ordering': ['day'],
                },
            ),
            migrations.CreateModel(
                name='Programme',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('code', models.CharField(max_length=60, unique=True, verbose_name='Mã')),
                    ('number', models.CharField(max_length=60, verbose_name='Số, ký hiệu')),
                    ('title', models.TextField(verbose_name='Tên kế hoạch')),
                    ('issuer', models.CharField(max_length=200, verbose_name='Cơ quan ban hành')),
                    ('signed_on', models.DateField(verbose_name='Ngày ban hành')),
                    ('period_start', models.PositiveSmallIntegerField(verbose_name='Từ năm')),
                    ('period_end', models.PositiveSmallIntegerField(verbose_name='Đến năm')),
                    ('outlook_year', models.PositiveSmallIntegerField(verbose_name='Định hướng đến năm')),
                    ('source', models.JSONField(verbose_name='Nội dung tệp')),
                    ('sha256', models.CharField(max_length=64)),
                    ('loaded_at', models.DateTimeField(auto_now=True, verbose_name='Nạp lúc')),
                    ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='programmes', to='units.unit', verbose_name='Địa bàn')),
                ],
                options={
                    'verbose_name': 'kế hoạch',
                    'verbose_name_plural': 'kế hoạch',
                    'constraints': [models.CheckConstraint(condition=models.Q(('period_start__lte', models.F('period_end')), ('period_end__lte', models.F('outlook_year'))), name='programme_years_in_order')],
                },
            ),
            migrations.CreateModel(
                name='Office',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('code', models.CharField(max_length=40, verbose_name='Mã')),
                    ('paragraph', models.CharField(max_length=40, verbose_name='Đoạn')),
                    ('position', models.PositiveSmallIntegerField(verbose_name='Thứ tự')),
                    ('ended_on', models.DateField(blank=True, null=True, verbose_name='Không còn từ ngày')),
                    ('name', models.CharField(max_length=200, verbose_name='Tên')),
                    ('short_name', models.CharField(max_length=120, verbose_name='Tên ngắn')),
                    ('level', models.CharField(max_length=10, verbose_name='Cấp')),
                    ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='plan.programme', verbose_name='Kế hoạch')),
                ],
                options={
                    'verbose_name': 'cơ quan trong kế hoạch',
                    'verbose_name_plural': 'cơ quan trong kế hoạch',
                    'constraints': [models.UniqueConstraint(fields=('programme', 'code'), name='office_code_is_unique')],
                },
            ),
            migrations.CreateModel(
                name='Objective',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('code', models.CharField(max_length=40, verbose_name='Mã')),
                    ('paragraph', models.CharField(max_length=40, verbose_name='Đoạn')),
                    ('position', models.PositiveSmallIntegerField(verbose_name='Thứ tự')),
                    ('ended_on', models.DateField(blank=True, null=True, verbose_name='Không còn từ ngày')),
                    ('kind', models.CharField(choices=[('general', 'Mục tiêu chung'), ('specific', 'Mục tiêu cụ thể'), ('outlook', 'Định hướng')], max_length=10, verbose_name='Loại')),
                    ('title', models.CharField(max_length=200, verbose_name='Tên')),
                    ('text', models.TextField(verbose_name='Nội dung')),
                    ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='plan.programme', verbose_name='Kế hoạch')),
                ],
                options={
                    'verbose_name': 'mục tiêu',
                    'verbose_name_plural': 'mục tiêu',
                    'constraints': [models.UniqueConstraint(fields=('programme', 'code'), name='objective_code_is_unique')],
                },
            ),
            migrations.CreateModel(
                name='Target',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('code', models.CharField(max_length=40, verbose_name='Mã')),
                    ('paragraph', models.CharField(max_length=40, verbose_name='Đoạn')),
                    ('position', models.PositiveSmallIntegerField(verbose_name='Thứ tự')),
                    ('ended_on', models.DateField(blank=True, null=True, verbose_name='Không còn từ ngày')),
                    ('number', models.PositiveSmallIntegerField(verbose_name='Số thứ tự trong mục tiêu')),
                    ('short_title', models.CharField(max_length=200, verbose_name='Tên ngắn')),
                    ('title', models.TextField(verbose_name='Chỉ tiêu')),
                    ('objective', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='targets', to='plan.objective', verbose_name='Mục tiêu')),
                    ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='plan.programme', verbose_name='Kế hoạch')),
                ],
                options={
                    'verbose_name': 'chỉ tiêu',
                    'verbose_name_plural': 'chỉ tiêu',
                    'constraints': [models.UniqueConstraint(fields=('programme', 'code'), name='target_code_is_unique')],
                },
            ),
            migrations.CreateModel(
                name='TargetPart',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('code', models.CharField(max_length=40, verbose_name='Mã')),
                    ('paragraph', models.CharField(max_length=40, verbose_name='Đoạn')),
                    ('position', models.PositiveSmallIntegerField(verbose_name='Thứ tự')),
                    ('ended_on', models.DateField(blank=True, null=True, verbose_name='Không còn từ ngày')),
                    ('part', models.CharField(blank=True, max_length=40, verbose_name='Phần')),
                    ('title', models.CharField(max_length=200, verbose_name='Tên')),
                    ('role', models.CharField(choices=[('deciding', 'Quyết định'), ('breakdown', 'Chia nhỏ')], max_length=10, verbose_name='Vai trò')),
                    ('within', models.CharField(blank=True, max_length=40, verbose_name='Thuộc phần')),
                    ('numerator', models.TextField(verbose_name='Tử số')),
                    ('denominator', models.TextField(verbose_name='Mẫu số')),
                    ('direction', models.CharField(choices=[('at_least', 'ít nhất'), ('at_most_below', 'dưới'), ('minimise', 'càng thấp càng tốt')], max_length=20, verbose_name='Chiều')),
                    ('only_end_value', models.BooleanField(verbose_name='Chỉ có ngưỡng cuối giai đoạn')),
                    ('owners', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), size=None, verbose_name='Cơ quan chịu trách nhiệm')),
                    ('note', models.TextField(blank=True, verbose_name='Ghi chú')),
                    ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='plan.programme', verbose_name='Kế hoạch')),
                    ('target', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='plan.target', verbose_name='Chỉ tiêu')),
                ],
                options={
                    'verbose_name': 'phần chỉ tiêu',
                    'verbose_name_plural': 'phần chỉ tiêu',
                    'constraints': [models.UniqueConstraint(fields=('programme', 'code'), name='part_code_is_unique')],
                },
            ),
            migrations.CreateModel(
                name='Task',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('code', models.CharField(max_length=40, verbose_name='Mã')),
                    ('paragraph', models.CharField(max_length=40, verbose_name='Đoạn')),
                    ('position', models.PositiveSmallIntegerField(verbose_name='Thứ tự')),
                    ('ended_on', models.DateField(blank=True, null=True, verbose_name='Không còn từ ngày')),
                    ('group', models.CharField(max_length=40, verbose_name='Mục')),
                    ('group_title', models.TextField(verbose_name='Tên mục')),
                    ('title', models.CharField(max_length=200, verbose_name='Nhiệm vụ')),
                    ('text', models.TextField(verbose_name='Nguyên văn')),
                    ('owners', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), size=None, verbose_name='Cơ quan thực hiện')),
                    ('owners_from', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), default=list, size=None, verbose_name='Giao tại nhiệm vụ')),
                    ('partners', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), default=list, size=None, verbose_name='Cơ quan phối hợp')),
                    ('kind', models.CharField(choices=[('lead', 'Chủ trì'), ('coordinate', 'Phối hợp')], max_length=10, verbose_name='Vai trò')),
                    ('recurrence', models.CharField(choices=[('yearly', 'Hằng năm'), ('once', 'Một lần'), ('continuous', 'Thường xuyên')], max_length=10, verbose_name='Định kỳ')),
                    ('before', models.CharField(blank=True, help_text='tháng-ngày, ví dụ 11-25', max_length=5, verbose_name='Trước ngày')),
                    ('served_by', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), size=None, verbose_name='Thực hiện ở')),
                    ('note', models.TextField(blank=True, verbose_name='Ghi chú')),
                    ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='plan.programme', verbose_name='Kế hoạch')),
                ],
                options={
                    'verbose_name': 'nhiệm vụ',
                    'verbose_name_plural': 'nhiệm vụ',
                    'constraints': [models.UniqueConstraint(fields=('programme', 'code'), name='task_code_is_unique')],
                },
            ),
            migrations.CreateModel(
                name='Document',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('directive', 'Văn bản chỉ đạo'), ('plan', 'Kế hoạch'), ('derived_plan', 'Kế hoạch của xã, đơn vị'), ('coordination_rule', 'Quy chế phối hợp'), ('policy_proposal', 'Kiến nghị sửa đổi chính sách'), ('commendation', 'Quyết định khen thưởng'), ('other', 'Văn bản khác')], max_length=20, verbose_name='Loại')),
                    ('number', models.CharField(max_length=60, verbose_name='Số, ký hiệu')),
                    ('signed_on', models.DateField(verbose_name='Ngày ban hành')),
                    ('issuer', models.CharField(max_length=200, verbose_name='Cơ quan ban hành')),
                    ('title', models.CharField(max_length=500, verbose_name='Trích yếu')),
                    ('folded_title', models.CharField(editable=False, max_length=800)),
                    ('kept_at', models.CharField(blank=True, help_text='Đường dẫn trên hệ thống văn bản, hoặc tủ, hồ sơ lưu.', max_length=300, verbose_name='Nơi lưu')),
                    ('note', models.TextField(blank=True, verbose_name='Nội dung chính')),
                    ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='units.unit', verbose_name='Địa bàn')),
                    ('programme', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='plan.programme', verbose_name='Theo kế hoạch')),
                    ('targets', models.ManyToManyField(blank=True, related_name='documents', to='plan.target', verbose_name='Chỉ tiêu được lồng ghép')),
                    ('tasks', models.ManyToManyField(blank=True, related_name='documents', to='plan.task', verbose_name='Về nhiệm vụ')),
                ],
                options={
                    'verbose_name': 'văn bản',
                    'verbose_name_plural': 'văn bản',
                    'constraints': [models.UniqueConstraint(fields=('number', 'issuer', 'signed_on'), name='document_is_registered_once'), models.CheckConstraint(condition=models.Q(('kind__in', ['directive', 'plan', 'derived_plan', 'coordination_rule', 'policy_proposal', 'commendation', 'other'])), name='document_kind_is_known')],
                },
            ),
            migrations.CreateModel(
                name='TaskReport',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('year', models.PositiveSmallIntegerField(verbose_name='Năm')),
                    ('state', models.CharField(choices=[('not_started', 'Chưa thực hiện'), ('in_progress', 'Đang thực hiện'), ('done', 'Đã hoàn thành')], max_length=12, verbose_name='Tiến độ')),
                    ('result', models.TextField(blank=True, verbose_name='Kết quả')),
                    ('figures', models.JSONField(blank=True, default=list, verbose_name='Số liệu')),
                    ('reported_on', models.DateField(verbose_name='Ngày báo cáo')),
                    ('reported_by', models.CharField(max_length=200, verbose_name='Người báo cáo')),
                    ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='task_reports', to='units.organisation', verbose_name='Cơ quan, tổ chức')),
                    ('task', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='plan.task', verbose_name='Nhiệm vụ')),
                    ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='task_reports', to='units.unit', verbose_name='Địa bàn')),
                ],
                options={
                    'verbose_name': 'báo cáo nhiệm vụ',
                    'verbose_name_plural': 'báo cáo nhiệm vụ',
                    'constraints': [models.UniqueConstraint(fields=('task', 'unit', 'organisation', 'year'), name='task_report_once_a_year', nulls_distinct=False), models.CheckConstraint(condition=models.Q(('state__in', ['not_started', 'in_progress', 'done'])), name='task_report_state_is_known'), models.CheckConstraint(condition=models.Q(('result', ''), ('state', 'done'), _negated=True), name='task_report_done_says_what')],
                },
            ),
            migrations.CreateModel(
                name='Threshold',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('year', models.PositiveSmallIntegerField(verbose_name='Năm')),
                    ('value', models.DecimalField(decimal_places=4, max_digits=7, verbose_name='Ngưỡng (%)')),
                    ('part', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='thresholds', to='plan.targetpart', verbose_name='Phần chỉ tiêu')),
                ],
                options={
                    'verbose_name': 'ngưỡng',
                    'verbose_name_plural': 'ngưỡng',
                    'ordering': ['year'],
                    'constraints': [models.UniqueConstraint(fields=('part', 'year'), name='threshold_once_a_year'), models.CheckConstraint(condition=models.Q(('value__gte', 0), ('value__lte', 100)), name='threshold_is_a_percentage')],
                },
            ),
        ]),
    ]
