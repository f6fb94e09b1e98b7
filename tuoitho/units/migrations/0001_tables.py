"""All tables of the room, as they stand; what only SQL can say follows in the next files."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models

from tuoitho.lib.tables import CreateTables


class Migration(migrations.Migration):

    # The same tables, step by step, as they were made while the system was written.
    replaces = [('units', '0001_units')]

    dependencies = []

    operations = [
        CreateTables([
            migrations.CreateModel(
                name='Unit',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('code', models.CharField(max_length=8, verbose_name='Mã')),
                    ('name', models.CharField(max_length=120, verbose_name='Tên')),
                    ('folded_name', models.CharField(editable=False, max_length=120)),
                    ('level', models.CharField(choices=[('country', 'Cả nước'), ('province', 'Tỉnh, thành phố'), ('district', 'Huyện, quận (đến 30/06/2025)'), ('area', 'Địa bàn chương trình (từ 01/07/2025)'), ('commune', 'Xã, phường, thị trấn')], max_length=10, verbose_name='Cấp')),
                    ('valid', django.contrib.postgres.fields.ranges.DateRangeField(verbose_name='Hiệu lực')),
                    ('area', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='members', to='units.unit', verbose_name='Địa bàn chương trình')),
                    ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='units.unit', verbose_name='Thuộc')),
                ],
                options={
                    'verbose_name': 'đơn vị hành chính',
                    'indexes': [django.contrib.postgres.indexes.GistIndex(fields=['valid'], name='unit_valid'), models.Index(fields=['folded_name'], name='unit_folded_name')],
                    'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('code', '='), ('valid', '&&')], name='unit_code_means_one_unit_a_day')],
                },
            ),
            migrations.CreateModel(
                name='Organisation',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=200, verbose_name='Tên')),
                    ('kind', models.CharField(choices=[('office', 'Phòng, ban chuyên môn'), ('police', 'Công an'), ('committee', 'Ủy ban nhân dân'), ('school', 'Trường học, cơ sở giáo dục'), ('health', 'Cơ sở y tế'), ('union', 'Mặt trận, đoàn thể'), ('provider', 'Cơ sở cung cấp dịch vụ'), ('other', 'Khác')], max_length=10, verbose_name='Loại')),
                    ('office', models.CharField(blank=True, db_index=True, max_length=20, verbose_name='Vai trong kế hoạch')),
                    ('valid', django.contrib.postgres.fields.ranges.DateRangeField(verbose_name='Hiệu lực')),
                    ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='organisations', to='units.unit', verbose_name='Địa bàn')),
                ],
                options={
                    'verbose_name': 'tổ chức',
                    'indexes': [models.Index(fields=['unit', 'kind'], name='organisation_unit_kind')],
                    'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('name', '='), ('unit', '='), ('valid', '&&')], name='organisation_once_a_day')],
                },
            ),
            migrations.CreateModel(
                name='Closure',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('ancestor', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='below', to='units.unit')),
                    ('descendant', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='above', to='units.unit')),
                ],
                options={
                    'verbose_name': 'quan hệ cấp trên',
                    'constraints': [models.UniqueConstraint(fields=('ancestor', 'descendant'), name='closure_pair_is_unique')],
                },
            ),
            migrations.CreateModel(
                name='UnitChange',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('on', models.DateField(verbose_name='Ngày')),
                    ('kind', models.CharField(choices=[('whole', 'Toàn bộ'), ('part', 'Một phần'), ('people', 'Một phần diện tích, toàn bộ dân số'), ('area', 'Chỉ diện tích, không có dân')], max_length=8, verbose_name='Phần')),
                    ('note', models.CharField(blank=True, max_length=300, verbose_name='Ghi chú chính thức')),
                    ('new', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='predecessors', to='units.unit')),
                    ('old', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='successors', to='units.unit')),
                ],
                options={
                    'verbose_name': 'thay đổi đơn vị hành chính',
                    'constraints': [models.UniqueConstraint(fields=('old', 'new', 'on'), name='change_is_unique')],
                },
            ),
        ]),
    ]
