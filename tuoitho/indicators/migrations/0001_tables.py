"""All tables of the room, as they stand; what only SQL can say follows in the next files."""

import django.db.models.deletion
import tuoitho.lib.hanoi
from django.db import migrations, models

from tuoitho.lib.tables import CreateTables


class Migration(migrations.Migration):

    # The same tables, step by step, as they were made while the system was written.
    replaces = [('indicators', '0001_baselines_and_snapshots')]

    dependencies = [
        ('units', '0001_tables'),
    ]

    operations = [
        CreateTables([
            migrations.CreateModel(
                name='Baseline',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('year', models.PositiveSmallIntegerField(verbose_name='Năm')),
                    ('group', models.CharField(choices=[('population_5_17', 'Dân số từ 5 đến 17 tuổi'), ('staff_teachers', 'Cán bộ, giáo viên cơ sở giáo dục, cơ sở nuôi dưỡng trẻ em'), ('parents', 'Cha mẹ, người chăm sóc trẻ em'), ('children_community', 'Trẻ em tại cộng đồng (không học trong trường)'), ('children_school', 'Trẻ em đang học trong các trường học'), ('officials_district', 'Công chức, viên chức ngành LĐTBXH cấp huyện'), ('officials_commune', 'Cán bộ, công chức ngành LĐTBXH cấp xã'), ('officials_other', 'Cán bộ, công chức cơ quan, tổ chức liên quan'), ('enterprises', 'Doanh nghiệp'), ('cooperatives_households', 'Hợp tác xã, hộ gia đình sản xuất, kinh doanh')], max_length=24, verbose_name='Nhóm')),
                    ('count', models.PositiveIntegerField(verbose_name='Số lượng')),
                    ('source', models.CharField(max_length=300, verbose_name='Nguồn số liệu')),
                    ('note', models.CharField(blank=True, max_length=300, verbose_name='Ghi chú')),
                    ('entered_by', models.CharField(max_length=200, verbose_name='Người nhập')),
                    ('entered_on', models.DateField(verbose_name='Ngày nhập')),
                    ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit', verbose_name='Địa bàn')),
                ],
                options={
                    'verbose_name': 'số liệu nền',
                    'verbose_name_plural': 'số liệu nền',
                    'constraints': [models.UniqueConstraint(fields=('unit', 'year', 'group'), name='baseline_once_a_year_and_group'), models.CheckConstraint(condition=models.Q(('group__in', ['population_5_17', 'staff_teachers', 'parents', 'children_community', 'children_school', 'officials_district', 'officials_commune', 'officials_other', 'enterprises', 'cooperatives_households'])), name='baseline_group_is_known'), models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='baseline_has_source'), models.CheckConstraint(condition=models.Q(('year__gte', 2000), ('year__lte', 2100)), name='baseline_year_is_sensible')],
                },
            ),
            migrations.CreateModel(
                name='Snapshot',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('year', models.PositiveSmallIntegerField(verbose_name='Năm')),
                    ('results', models.JSONField(verbose_name='Kết quả')),
                    ('version', models.CharField(max_length=20, verbose_name='Phiên bản định nghĩa')),
                    ('definition_hash', models.CharField(max_length=64, verbose_name='Mã băm của định nghĩa')),
                    ('parameters', models.JSONField(default=dict, verbose_name='Tham số')),
                    ('frozen_at', models.DateTimeField(default=tuoitho.lib.hanoi.now, verbose_name='Chốt lúc')),
                    ('frozen_by', models.CharField(max_length=200, verbose_name='Người chốt')),
                    ('note', models.CharField(blank=True, max_length=300, verbose_name='Ghi chú')),
                    ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit', verbose_name='Địa bàn')),
                ],
                options={
                    'verbose_name': 'số liệu đã chốt',
                    'verbose_name_plural': 'số liệu đã chốt',
                    'indexes': [models.Index(fields=['unit', 'year', '-frozen_at'], name='snapshot_unit_year')],
                },
            ),
            migrations.CreateModel(
                name='SurveyEstimate',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('year', models.PositiveSmallIntegerField(verbose_name='Năm điều tra')),
                    ('rate', models.DecimalField(decimal_places=4, max_digits=7, verbose_name='Tỷ lệ lao động trẻ em (%)')),
                    ('low', models.DecimalField(decimal_places=4, max_digits=7, verbose_name='Cận dưới (%)')),
                    ('high', models.DecimalField(decimal_places=4, max_digits=7, verbose_name='Cận trên (%)')),
                    ('confidence', models.PositiveSmallIntegerField(default=95, verbose_name='Độ tin cậy (%)')),
                    ('hazardous_share', models.DecimalField(blank=True, decimal_places=4, max_digits=7, null=True, verbose_name='Trong đó làm công việc nặng nhọc, độc hại, nguy hiểm (%)')),
                    ('sample_size', models.PositiveIntegerField(blank=True, null=True, verbose_name='Số trẻ được điều tra')),
                    ('source', models.CharField(max_length=300, verbose_name='Nguồn')),
                    ('design', models.TextField(verbose_name='Thiết kế mẫu, quyền số')),
                    ('entered_by', models.CharField(max_length=200, verbose_name='Người nhập')),
                    ('entered_on', models.DateField(verbose_name='Ngày nhập')),
                    ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit', verbose_name='Địa bàn')),
                ],
                options={
                    'verbose_name': 'ước lượng điều tra',
                    'verbose_name_plural': 'ước lượng điều tra',
                    'constraints': [models.UniqueConstraint(fields=('unit', 'year'), name='survey_once_a_year'), models.CheckConstraint(condition=models.Q(('high__lte', 100), ('low__gte', 0), ('low__lte', models.F('rate')), ('rate__lte', models.F('high'))), name='survey_rate_inside_its_interval'), models.CheckConstraint(condition=models.Q(('hazardous_share', None), models.Q(('hazardous_share__gte', 0), ('hazardous_share__lte', 100)), _connector='OR'), name='survey_hazardous_is_a_share'), models.CheckConstraint(condition=models.Q(('confidence__gte', 50), ('confidence__lte', 99)), name='survey_confidence_is_a_percentage'), models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='survey_has_source'), models.CheckConstraint(condition=models.Q(('year__gte', 2000), ('year__lte', 2100)), name='survey_year_is_sensible')],
                },
            ),
        ]),
    ]
