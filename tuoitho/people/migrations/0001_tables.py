"""All tables of the room, as they stand; what only SQL can say follows in the next files."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.expressions
import tuoitho.lib.fields
import tuoitho.lib.hanoi
from django.conf import settings
from django.db import migrations, models

from tuoitho.lib.tables import CreateTables


class Migration(migrations.Migration):

    # The same tables, step by step, as they were made while the system was written.
    replaces = [
        ('people', '0001_register'),
        ('people', '0003_sort_name'),
        ('people', '0005_school_attendance'),
        ('people', '0007_merge'),
        ('people', '0010_number_lists'),
        ('people', '0012_membership'),
        ('people', '0014_match_pairs'),
    ]

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('units', '0001_tables'),
    ]

    operations = [
        CreateTables([
            migrations.CreateModel(
                name='Household',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('head_name', models.CharField(max_length=120, verbose_name='Chủ hộ')),
                    ('folded_head_name', models.CharField(editable=False, max_length=120)),
                    ('address', models.CharField(blank=True, max_length=200, verbose_name='Địa chỉ')),
                    ('hamlet', models.CharField(blank=True, max_length=120, verbose_name='Thôn, tổ dân phố')),
                    ('folded_hamlet', models.CharField(blank=True, editable=False, max_length=120)),
                    ('registered_on', models.DateField(verbose_name='Ngày đăng ký')),
                    ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit', verbose_name='Địa bàn')),
                ],
                options={
                    'verbose_name': 'hộ gia đình',
                    'verbose_name_plural': 'hộ gia đình',
                    'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['folded_head_name'], name='household_head_trgm', opclasses=['gin_trgm_ops']), models.Index(fields=['unit', 'folded_hamlet'], name='household_unit_hamlet')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('head_name', ''), _negated=True), name='household_has_head')],
                },
            ),
            migrations.CreateModel(
                name='Child',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('full_name', models.CharField(max_length=120, verbose_name='Họ và tên')),
                    ('folded_name', models.CharField(editable=False, max_length=120)),
                    ('birth_date', models.DateField(blank=True, null=True, verbose_name='Ngày sinh')),
                    ('age_low', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='Tuổi ước chừng, từ')),
                    ('age_high', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='Tuổi ước chừng, đến')),
                    ('age_seen_on', models.DateField(blank=True, null=True, verbose_name='Ngày ước chừng tuổi')),
                    ('sex', models.CharField(choices=[('male', 'Nam'), ('female', 'Nữ'), ('unknown', 'Chưa rõ')], default='unknown', max_length=8, verbose_name='Giới tính')),
                    ('national_id', tuoitho.lib.fields.EncryptedTextField(blank=True, default='', verbose_name='Số định danh cá nhân')),
                    ('national_id_hash', models.CharField(blank=True, db_index=True, editable=False, max_length=64)),
                    ('national_id_problem', models.CharField(blank=True, choices=[('birth_year', 'không khớp năm sinh'), ('sex', 'không khớp giới tính'), ('both', 'không khớp năm sinh và giới tính'), ('malformed', 'sai mã nơi đăng ký khai sinh hoặc chữ số thế kỷ')], editable=False, max_length=12, verbose_name='Số định danh có điểm lạ')),
                    ('hamlet', models.CharField(blank=True, max_length=120, verbose_name='Thôn, tổ dân phố')),
                    ('folded_hamlet', models.CharField(blank=True, editable=False, max_length=120)),
                    ('note', tuoitho.lib.fields.EncryptedTextField(blank=True, default='', verbose_name='Ghi chú')),
                    ('registered_on', models.DateField(verbose_name='Ngày đăng ký')),
                    ('form_token', models.UUIDField(blank=True, editable=False, null=True)),
                    ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit', verbose_name='Địa bàn')),
                    ('household', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='people.household', verbose_name='Hộ gia đình')),
                    ('sort_name', models.CharField(db_collation='C', editable=False, max_length=120)),
                    ('merged_into', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged_rows', to='people.child', verbose_name='Đã gộp vào')),
                ],
                options={
                    'verbose_name': 'trẻ em',
                    'verbose_name_plural': 'trẻ em',
                    'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['folded_name'], name='child_name_trgm', opclasses=['gin_trgm_ops']), models.Index(fields=['unit', 'birth_date'], name='child_unit_birth'), models.Index(fields=['unit', 'sort_name'], name='child_unit_name'), models.Index(fields=['sort_name'], name='child_name')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('full_name', ''), _negated=True), name='child_has_name'), models.CheckConstraint(condition=models.Q(('sex__in', ['male', 'female', 'unknown'])), name='child_sex_is_known_word'), models.CheckConstraint(condition=models.Q(models.Q(('age_high', None), ('age_low', None), ('age_seen_on', None)), models.Q(('age_high__isnull', False), ('age_low__isnull', False), ('age_seen_on__isnull', False), ('birth_date', None)), _connector='OR'), name='child_age_estimate_is_whole'), models.CheckConstraint(condition=models.Q(('age_low__isnull', True), models.Q(('age_high__lte', 30), ('age_low__lte', models.F('age_high'))), _connector='OR'), name='child_age_low_not_above_high'), models.UniqueConstraint(fields=('form_token',), name='child_form_makes_one'), models.CheckConstraint(condition=models.Q(('merged_into', None), models.Q(('merged_into', models.F('pk')), _negated=True), _connector='OR'), name='child_is_not_merged_into_itself'), models.UniqueConstraint(condition=models.Q(models.Q(('national_id_hash', ''), _negated=True), ('merged_into', None)), fields=('national_id_hash',), name='child_national_id_is_unique')],
                },
            ),
            migrations.CreateModel(
                name='Guardian',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('relation', models.CharField(choices=[('father', 'Cha'), ('mother', 'Mẹ'), ('grandparent', 'Ông, bà'), ('sibling', 'Anh, chị'), ('relative', 'Họ hàng khác'), ('step_parent', 'Cha dượng, mẹ kế'), ('adoptive', 'Cha, mẹ nuôi'), ('guardian', 'Người giám hộ'), ('carer', 'Người nhận chăm sóc thay thế'), ('other', 'Khác')], max_length=12, verbose_name='Quan hệ với trẻ')),
                    ('full_name', models.CharField(max_length=120, verbose_name='Họ và tên')),
                    ('folded_name', models.CharField(editable=False, max_length=120)),
                    ('phone', tuoitho.lib.fields.EncryptedTextField(blank=True, default='', verbose_name='Số điện thoại')),
                    ('birth_year', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='Năm sinh')),
                    ('occupation', models.CharField(blank=True, max_length=120, verbose_name='Nghề nghiệp')),
                    ('child', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='guardians', to='people.child', verbose_name='Trẻ em')),
                    ('household', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='guardians', to='people.household', verbose_name='Hộ gia đình')),
                ],
                options={
                    'verbose_name': 'người chăm sóc',
                    'verbose_name_plural': 'người chăm sóc',
                    'indexes': [models.Index(fields=['folded_name'], name='guardian_folded_name')],
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('child__isnull', False), ('household', None)), models.Q(('child', None), ('household__isnull', False)), _connector='OR'), name='guardian_of_child_or_household'), models.CheckConstraint(condition=models.Q(('birth_year', None), models.Q(('birth_year__gte', 1900), ('birth_year__lte', 2100)), _connector='OR'), name='guardian_birth_year_is_sensible')],
                },
            ),
            migrations.CreateModel(
                name='PovertyStatus',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('year', models.PositiveSmallIntegerField(verbose_name='Năm')),
                    ('status', models.CharField(choices=[('none', 'Không nghèo'), ('near_poor', 'Cận nghèo'), ('poor', 'Nghèo')], max_length=10, verbose_name='Kết quả')),
                    ('household', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='poverty_statuses', to='people.household', verbose_name='Hộ gia đình')),
                ],
                options={
                    'verbose_name': 'kết quả rà soát nghèo',
                    'verbose_name_plural': 'kết quả rà soát nghèo',
                    'ordering': ['-year'],
                    'constraints': [models.UniqueConstraint(fields=('household', 'year'), name='poverty_once_a_year'), models.CheckConstraint(condition=models.Q(('status__in', ['none', 'near_poor', 'poor'])), name='poverty_status_is_known'), models.CheckConstraint(condition=models.Q(('year__gte', 1990), ('year__lte', 2100)), name='poverty_year_is_sensible')],
                },
            ),
            migrations.CreateModel(
                name='Residence',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('hamlet', models.CharField(blank=True, max_length=120, verbose_name='Thôn, tổ dân phố')),
                    ('valid', django.contrib.postgres.fields.ranges.DateRangeField(verbose_name='Thời gian')),
                    ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='residences', to='people.child', verbose_name='Trẻ em')),
                    ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit', verbose_name='Địa bàn')),
                ],
                options={
                    'verbose_name': 'nơi ở',
                    'verbose_name_plural': 'nơi ở',
                    'ordering': ['-valid'],
                    'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('child', '='), ('valid', '&&')], name='residence_one_a_day')],
                },
            ),
            migrations.CreateModel(
                name='Circumstance',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('group', models.CharField(choices=[('10.1.a', 'a) Mồ côi cả cha và mẹ'), ('10.1.b', 'b) Bị bỏ rơi'), ('10.1.c', 'c) Không nơi nương tựa'), ('10.1.d', 'd) Khuyết tật'), ('10.1.đ', 'đ) Nhiễm HIV/AIDS'), ('10.1.e', 'e) Vi phạm pháp luật'), ('10.1.g', 'g) Nghiện ma túy'), ('10.1.h', 'h) Phải bỏ học kiếm sống, chưa học xong trung học cơ sở'), ('10.1.i', 'i) Bị tổn hại nghiêm trọng do bị bạo lực'), ('10.1.k', 'k) Bị bóc lột'), ('10.1.l', 'l) Bị xâm hại tình dục'), ('10.1.m', 'm) Bị mua bán'), ('10.1.n', 'n) Mắc bệnh hiểm nghèo, phải điều trị dài ngày, thuộc hộ nghèo, cận nghèo'), ('10.1.o', 'o) Di cư, lánh nạn chưa xác định được cha mẹ, không người chăm sóc')], max_length=8, verbose_name='Nhóm hoàn cảnh')),
                    ('since', models.DateField(verbose_name='Từ ngày')),
                    ('until', models.DateField(blank=True, help_text='Để trống nếu vẫn còn.', null=True, verbose_name='Đến hết ngày')),
                    ('evidence', tuoitho.lib.fields.EncryptedTextField(blank=True, default='', verbose_name='Căn cứ')),
                    ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='circumstances', to='people.child', verbose_name='Trẻ em')),
                ],
                options={
                    'verbose_name': 'hoàn cảnh đặc biệt',
                    'verbose_name_plural': 'hoàn cảnh đặc biệt',
                    'ordering': ['-since'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('group__in', ['10.1.a', '10.1.b', '10.1.c', '10.1.d', '10.1.đ', '10.1.e', '10.1.g', '10.1.h', '10.1.i', '10.1.k', '10.1.l', '10.1.m', '10.1.n', '10.1.o'])), name='circumstance_group_is_known'), models.CheckConstraint(condition=models.Q(('until', None), ('until__gte', models.F('since')), _connector='OR'), name='circumstance_ends_after_it_begins'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('child', '='), ('group', '='), (models.Func(models.F('since'), models.F('until'), django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_upper=True), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='circumstance_once_a_day')],
                },
            ),
            migrations.CreateModel(
                name='Enrolment',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('school_name', models.CharField(blank=True, max_length=200, verbose_name='Tên trường')),
                    ('school_year', models.CharField(max_length=9, verbose_name='Năm học')),
                    ('grade', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='Lớp')),
                    ('status', models.CharField(choices=[('attending', 'Đang học'), ('vocational', 'Đang học nghề'), ('completed', 'Đã học xong cấp học'), ('dropped_out', 'Đã bỏ học')], max_length=12, verbose_name='Tình trạng')),
                    ('status_on', models.DateField(verbose_name='Tính từ ngày')),
                    ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='enrolments', to='people.child', verbose_name='Trẻ em')),
                    ('school', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.organisation', verbose_name='Trường')),
                ],
                options={
                    'verbose_name': 'tình trạng đi học',
                    'verbose_name_plural': 'tình trạng đi học',
                    'ordering': ['-school_year'],
                    'constraints': [models.UniqueConstraint(fields=('child', 'school_year'), name='enrolment_once_a_year'), models.CheckConstraint(condition=models.Q(('status__in', ['attending', 'vocational', 'completed', 'dropped_out'])), name='enrolment_status_is_known'), models.CheckConstraint(condition=models.Q(('grade', None), models.Q(('grade__gte', 1), ('grade__lte', 12)), _connector='OR'), name='enrolment_grade_is_1_to_12'), models.CheckConstraint(condition=models.Q(('school_year__regex', '^\\d{4}-\\d{4}$')), name='enrolment_school_year_form')],
                },
            ),
            migrations.CreateModel(
                name='Pupil',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('child_key', models.BigIntegerField()),
                    ('unit_key', models.BigIntegerField()),
                    ('school_year', models.CharField(max_length=9, verbose_name='Năm học')),
                    ('grade', models.PositiveSmallIntegerField(null=True, verbose_name='Lớp')),
                    ('full_name', models.CharField(max_length=120, verbose_name='Họ và tên')),
                    ('folded_name', models.CharField(max_length=120)),
                    ('sort_name', models.CharField(db_collation='C', max_length=120)),
                    ('birth_date', models.DateField(null=True, verbose_name='Ngày sinh')),
                ],
                options={
                    'verbose_name': 'học sinh',
                    'db_table': 'people_pupil',
                    'managed': False,
                },
            ),
            migrations.CreateModel(
                name='Attendance',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('school_year', models.CharField(max_length=9, verbose_name='Năm học')),
                    ('term', models.CharField(choices=[('1', 'Học kỳ I'), ('2', 'Học kỳ II')], max_length=1, verbose_name='Học kỳ')),
                    ('source', models.CharField(choices=[('school', 'Nhà trường'), ('family', 'Gia đình')], max_length=6, verbose_name='Nguồn')),
                    ('days', models.PositiveSmallIntegerField(verbose_name='Số buổi học')),
                    ('with_leave', models.PositiveSmallIntegerField(default=0, verbose_name='Nghỉ có phép')),
                    ('without_leave', models.PositiveSmallIntegerField(default=0, verbose_name='Nghỉ không phép')),
                    ('result', tuoitho.lib.fields.EncryptedTextField(blank=True, default='', verbose_name='Kết quả học tập')),
                    ('recorded_on', models.DateField(verbose_name='Ngày ghi')),
                    ('recorded_by', models.CharField(max_length=200, verbose_name='Người ghi')),
                    ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attendances', to='people.child', verbose_name='Trẻ em')),
                    ('school', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.organisation', verbose_name='Trường')),
                ],
                options={
                    'verbose_name': 'chuyên cần theo học kỳ',
                    'verbose_name_plural': 'chuyên cần theo học kỳ',
                    'ordering': ['-school_year', '-term', 'source'],
                    'constraints': [models.UniqueConstraint(fields=('child', 'school_year', 'term', 'source'), name='attendance_once_a_term'), models.CheckConstraint(condition=models.Q(('term__in', ['1', '2'])), name='attendance_term_is_known'), models.CheckConstraint(condition=models.Q(('source__in', ['school', 'family'])), name='attendance_source_is_known'), models.CheckConstraint(condition=models.Q(('days__gte', 1), ('days__lte', 131), ('days__gte', django.db.models.expressions.CombinedExpression(models.F('with_leave'), '+', models.F('without_leave')))), name='attendance_absent_within_days'), models.CheckConstraint(condition=models.Q(('school', None), ('source', 'school'), _connector='OR'), name='attendance_school_speaks_for_itself'), models.CheckConstraint(condition=models.Q(('school_year__regex', '^\\d{4}-\\d{4}$')), name='attendance_school_year_form')],
                },
            ),
            migrations.CreateModel(
                name='Merge',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('choices', models.JSONField(default=dict, verbose_name='Lựa chọn từng mục')),
                    ('reason', tuoitho.lib.fields.EncryptedTextField(verbose_name='Vì sao là một em')),
                    ('state', models.CharField(choices=[('requested', 'Chờ người thứ hai duyệt'), ('done', 'Đã gộp'), ('refused', 'Không duyệt'), ('withdrawn', 'Đã rút đề nghị'), ('undone', 'Đã tách lại')], default='requested', max_length=10, verbose_name='Tình trạng')),
                    ('requested_at', models.DateTimeField(default=tuoitho.lib.hanoi.now, verbose_name='Đề nghị lúc')),
                    ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='Duyệt lúc')),
                    ('answer', tuoitho.lib.fields.EncryptedTextField(blank=True, default='', verbose_name='Ý kiến')),
                    ('undone_at', models.DateTimeField(blank=True, null=True, verbose_name='Tách lại lúc')),
                    ('before', tuoitho.lib.fields.EncryptedTextField(blank=True, default='', editable=False)),
                    ('after', tuoitho.lib.fields.EncryptedTextField(blank=True, default='', editable=False)),
                    ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Người duyệt')),
                    ('kept', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='merges', to='people.child', verbose_name='Hồ sơ giữ lại')),
                    ('other', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='merges_away', to='people.child', verbose_name='Hồ sơ gộp vào')),
                    ('requested_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Người đề nghị')),
                    ('undone_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Người tách lại')),
                ],
                options={
                    'verbose_name': 'gộp hồ sơ trùng',
                    'verbose_name_plural': 'gộp hồ sơ trùng',
                    'indexes': [models.Index(fields=['state', '-requested_at'], name='merge_state_time')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['requested', 'done', 'refused', 'withdrawn', 'undone'])), name='merge_state_is_known'), models.CheckConstraint(condition=models.Q(('kept', models.F('other')), _negated=True), name='merge_needs_two_children'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'done'), _negated=True), models.Q(('decided_by', models.F('requested_by')), _negated=True), _connector='OR'), name='merge_needs_two_persons'), models.UniqueConstraint(condition=models.Q(('state__in', ['requested', 'done'])), fields=('other',), name='merge_once_away')],
                },
            ),
            migrations.CreateModel(
                name='MergedRow',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('table', models.CharField(max_length=63)),
                    ('column', models.CharField(max_length=63)),
                    ('row', models.CharField(max_length=40)),
                    ('merge', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.merge')),
                ],
                options={
                    'verbose_name': 'dòng đã chuyển khi gộp',
                    'constraints': [models.UniqueConstraint(fields=('merge', 'table', 'column', 'row'), name='mergedrow_once')],
                },
            ),
            migrations.CreateModel(
                name='NumberList',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('state', models.CharField(choices=[('prepared', 'Đã lập, chưa chuyển'), ('handed', 'Đã chuyển công an'), ('returned', 'Đã nhận lại, đã ghi vào sổ'), ('cancelled', 'Đã hủy')], default='prepared', max_length=10, verbose_name='Tình trạng')),
                    ('made_on', models.DateField(verbose_name='Ngày lập')),
                    ('document_number', models.CharField(blank=True, max_length=40, verbose_name='Số văn bản')),
                    ('recipient', models.CharField(blank=True, max_length=200, verbose_name='Cơ quan công an nhận')),
                    ('received_by', models.CharField(blank=True, max_length=120, verbose_name='Cán bộ công an ký nhận')),
                    ('handed_on', models.DateField(blank=True, null=True, verbose_name='Ngày chuyển')),
                    ('handed_digest', models.CharField(blank=True, max_length=64, verbose_name='Dấu vân tay khi chuyển')),
                    ('answered_by', models.CharField(blank=True, max_length=120, verbose_name='Cán bộ công an ký trả lời')),
                    ('returned_on', models.DateField(blank=True, null=True, verbose_name='Ngày nhận lại')),
                    ('returned_digest', models.CharField(blank=True, max_length=64, verbose_name='Dấu vân tay khi nhận lại')),
                    ('handed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Người chuyển')),
                    ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Người lập')),
                    ('returned_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Người nhận lại')),
                    ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit', verbose_name='Địa bàn')),
                ],
                options={
                    'verbose_name': 'danh sách đối chiếu số định danh',
                    'verbose_name_plural': 'danh sách đối chiếu số định danh',
                    'indexes': [models.Index(fields=['unit', '-made_on'], name='numberlist_unit_day')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['prepared', 'handed', 'returned', 'cancelled'])), name='numberlist_state_is_known'), models.CheckConstraint(condition=models.Q(('state__in', ['prepared', 'cancelled']), models.Q(('handed_on__isnull', False), models.Q(('handed_digest', ''), _negated=True)), _connector='OR'), name='numberlist_handed_is_signed')],
                },
            ),
            migrations.CreateModel(
                name='NumberCheck',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('place', models.PositiveIntegerField(verbose_name='TT')),
                    ('trouble', models.CharField(choices=[('missing', 'Chưa có số'), ('malformed', 'Số sai cấu trúc'), ('mismatched', 'Số không khớp năm sinh, giới tính')], max_length=10, verbose_name='Cần đối chiếu vì')),
                    ('result', models.CharField(blank=True, choices=[('right', 'Số trong sổ đúng'), ('number', 'Số đúng là'), ('not_issued', 'Chưa được cấp số'), ('not_found', 'Không tìm thấy trong cơ sở dữ liệu dân cư')], max_length=10, verbose_name='Kết quả')),
                    ('number', tuoitho.lib.fields.EncryptedTextField(blank=True, default='', verbose_name='Số đúng')),
                    ('note', tuoitho.lib.fields.EncryptedTextField(blank=True, default='', verbose_name='Ghi chú')),
                    ('refusal', models.CharField(blank=True, max_length=300, verbose_name='Chưa ghi được vì')),
                    ('answered_at', models.DateTimeField(blank=True, default=None, null=True, verbose_name='Ghi kết quả lúc')),
                    ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='number_checks', to='people.child', verbose_name='Trẻ em')),
                    ('number_list', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='checks', to='people.numberlist', verbose_name='Danh sách')),
                ],
                options={
                    'verbose_name': 'dòng đối chiếu số định danh',
                    'constraints': [models.CheckConstraint(condition=models.Q(('trouble__in', ['missing', 'malformed', 'mismatched'])), name='numbercheck_trouble_is_known'), models.CheckConstraint(condition=models.Q(('result__in', ['right', 'number', 'not_issued', 'not_found', ''])), name='numbercheck_result_is_known'), models.UniqueConstraint(fields=('number_list', 'place'), name='numbercheck_place_once')],
                },
            ),
            migrations.CreateModel(
                name='Membership',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('valid', django.contrib.postgres.fields.ranges.DateRangeField(verbose_name='Thời gian')),
                    ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='people.child', verbose_name='Trẻ em')),
                    ('household', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='people.household', verbose_name='Hộ gia đình')),
                ],
                options={
                    'verbose_name': 'thành viên hộ',
                    'verbose_name_plural': 'thành viên hộ',
                    'ordering': ['-valid'],
                    'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('child', '='), ('valid', '&&')], name='membership_one_a_day')],
                },
            ),
            migrations.CreateModel(
                name='MatchPair',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('weight', models.FloatField(verbose_name='Trọng số')),
                    ('probability', models.FloatField(verbose_name='Xác suất là một em')),
                    ('levels', models.JSONField(default=dict, verbose_name='Vì sao')),
                    ('engine', models.CharField(max_length=10, verbose_name='Tìm bằng')),
                    ('run', models.UUIDField(verbose_name='Lần tìm')),
                    ('found_on', models.DateField(verbose_name='Tìm thấy ngày')),
                    ('state', models.CharField(choices=[('open', 'Cần xem'), ('different', 'Hai em khác nhau')], default='open', max_length=10, verbose_name='Tình trạng')),
                    ('judged_on', models.DateField(blank=True, null=True, verbose_name='Ngày xem xét')),
                    ('first', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.child', verbose_name='Hồ sơ thứ nhất')),
                    ('judged_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Người xem xét')),
                    ('second', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.child', verbose_name='Hồ sơ thứ hai')),
                ],
                options={
                    'verbose_name': 'cặp có thể trùng',
                    'verbose_name_plural': 'cặp có thể trùng',
                    'indexes': [models.Index(fields=['state', '-weight'], name='matchpair_state_weight')],
                    'constraints': [models.UniqueConstraint(fields=('first', 'second'), name='matchpair_once'), models.CheckConstraint(condition=models.Q(('first__lt', models.F('second'))), name='matchpair_is_ordered'), models.CheckConstraint(condition=models.Q(('state__in', ['open', 'different'])), name='matchpair_state_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'different'), _negated=True), models.Q(('judged_by__isnull', False), ('judged_on__isnull', False)), _connector='OR'), name='matchpair_judged_by_somebody')],
                },
            ),
        ]),
    ]
