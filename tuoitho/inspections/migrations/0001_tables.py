"""All tables of the room, as they stand; what only SQL can say follows in the next files."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

from tuoitho.lib.tables import CreateTables


class Migration(migrations.Migration):

    # The same tables, step by step, as they were made while the system was written.
    replaces = [('inspections', '0001_inspections'), ('inspections', '0003_no_half_rows')]

    dependencies = [
        ('establishments', '0001_tables'),
        ('units', '0001_tables'),
    ]

    operations = [
        CreateTables([
            migrations.CreateModel(
                name='Inspection',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('planned', 'Định kỳ'), ('surprise', 'Đột xuất'), ('combined', 'Lồng ghép')], max_length=10, verbose_name='Hình thức')),
                    ('state', models.CharField(choices=[('planned', 'Đã lập lịch'), ('done', 'Đã kiểm tra, đang theo dõi'), ('closed', 'Kết thúc'), ('cancelled', 'Đã hủy')], default='planned', max_length=10, verbose_name='Tình trạng')),
                    ('subject', models.CharField(blank=True, max_length=300, verbose_name='Nội dung kiểm tra')),
                    ('team', models.TextField(blank=True, verbose_name='Thành phần đoàn kiểm tra')),
                    ('planned_on', models.DateField(verbose_name='Ngày dự kiến')),
                    ('done_on', models.DateField(blank=True, null=True, verbose_name='Ngày kiểm tra')),
                    ('minutes_number', models.CharField(blank=True, max_length=40, verbose_name='Số biên bản')),
                    ('checklist', models.CharField(blank=True, max_length=20, verbose_name='Bảng kiểm')),
                    ('workers_seen', models.PositiveIntegerField(blank=True, null=True, verbose_name='Số lao động có mặt')),
                    ('minors_seen', models.PositiveIntegerField(blank=True, null=True, verbose_name='Số lao động chưa đủ 18 tuổi')),
                    ('under_15_seen', models.PositiveIntegerField(blank=True, null=True, verbose_name='Trong đó chưa đủ 15 tuổi')),
                    ('conclusion', models.TextField(blank=True, verbose_name='Kết luận')),
                    ('closed_on', models.DateField(blank=True, null=True, verbose_name='Ngày kết thúc')),
                    ('cancel_reason', models.CharField(blank=True, max_length=200, verbose_name='Lý do hủy')),
                    ('establishment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='inspections', to='establishments.establishment', verbose_name='Cơ sở')),
                    ('lead', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.organisation', verbose_name='Cơ quan chủ trì')),
                    ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit', verbose_name='Địa bàn')),
                ],
                options={
                    'verbose_name': 'cuộc kiểm tra',
                    'verbose_name_plural': 'cuộc kiểm tra',
                    'indexes': [models.Index(fields=['unit', 'state', 'planned_on'], name='inspection_unit_state'), models.Index(fields=['unit', 'done_on'], name='inspection_unit_done')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['planned', 'done', 'closed', 'cancelled'])), name='inspection_state_is_known'), models.CheckConstraint(condition=models.Q(('kind__in', ['planned', 'surprise', 'combined'])), name='inspection_kind_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('done_on__isnull', False), ('state__in', ('done', 'closed')), models.Q(('minutes_number', ''), _negated=True)), models.Q(models.Q(('state__in', ('done', 'closed')), _negated=True), ('done_on', None), ('minutes_number', '')), _connector='OR'), name='inspection_visited_has_day_and_minutes'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'cancelled'), models.Q(('cancel_reason', ''), _negated=True)), models.Q(models.Q(('state', 'cancelled'), _negated=True), ('cancel_reason', '')), _connector='OR'), name='inspection_cancelled_has_reason'), models.UniqueConstraint(models.F('unit'), django.db.models.functions.datetime.ExtractYear('done_on'), models.F('minutes_number'), condition=models.Q(('minutes_number', ''), _negated=True), name='minutes_number_once_a_year'), models.CheckConstraint(condition=models.Q(models.Q(('closed_on__gte', models.F('done_on')), ('closed_on__isnull', False), ('state', 'closed')), models.Q(models.Q(('state', 'closed'), _negated=True), ('closed_on', None)), _connector='OR'), name='inspection_closed_has_day'), models.CheckConstraint(condition=models.Q(('under_15_seen', None), models.Q(('minors_seen__isnull', False), ('under_15_seen__lte', models.F('minors_seen'))), _connector='OR'), name='inspection_children_are_among_minors')],
                },
            ),
            migrations.CreateModel(
                name='ChecklistAnswer',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('item', models.CharField(max_length=30, verbose_name='Mục')),
                    ('answer', models.CharField(choices=[('kept', 'Đúng'), ('broken', 'Vi phạm'), ('not_applicable', 'Không áp dụng'), ('unknown', 'Chưa rõ')], max_length=20, verbose_name='Trả lời')),
                    ('inspection', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='inspections.inspection')),
                ],
                options={
                    'verbose_name': 'trả lời bảng kiểm',
                    'constraints': [models.UniqueConstraint(fields=('inspection', 'item'), name='checklist_item_once'), models.CheckConstraint(condition=models.Q(('answer__in', ['kept', 'broken', 'not_applicable', 'unknown'])), name='checklist_answer_is_known')],
                },
            ),
            migrations.CreateModel(
                name='InspectionMove',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('source', models.CharField(choices=[('planned', 'Đã lập lịch'), ('done', 'Đã kiểm tra, đang theo dõi'), ('closed', 'Kết thúc'), ('cancelled', 'Đã hủy')], max_length=10)),
                    ('target', models.CharField(choices=[('planned', 'Đã lập lịch'), ('done', 'Đã kiểm tra, đang theo dõi'), ('closed', 'Kết thúc'), ('cancelled', 'Đã hủy')], max_length=10)),
                    ('on', models.DateField(verbose_name='Ngày')),
                    ('by', models.CharField(max_length=150, verbose_name='Người thực hiện')),
                    ('note', models.TextField(blank=True, verbose_name='Ghi chú')),
                    ('inspection', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='moves', to='inspections.inspection')),
                ],
                options={
                    'verbose_name': 'bước kiểm tra',
                    'ordering': ['pk'],
                },
            ),
            migrations.CreateModel(
                name='Violation',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('rule', models.CharField(max_length=40, verbose_name='Quy định bị vi phạm')),
                    ('citation', models.CharField(max_length=200, verbose_name='Điều khoản')),
                    ('description', models.TextField(blank=True, verbose_name='Mô tả hành vi')),
                    ('children', models.PositiveSmallIntegerField(verbose_name='Số người chưa đủ 18 tuổi liên quan')),
                    ('ended_on', models.DateField(blank=True, null=True, verbose_name='Hành vi đã chấm dứt ngày')),
                    ('organisation', models.BooleanField(verbose_name='Phạt như tổ chức')),
                    ('sanction_decree', models.CharField(blank=True, max_length=40, verbose_name='Nghị định')),
                    ('sanction_clause', models.CharField(blank=True, max_length=40, verbose_name='Điểm, khoản, điều')),
                    ('sanction_min', models.BigIntegerField(blank=True, null=True, verbose_name='Phạt tối thiểu (đồng)')),
                    ('sanction_max', models.BigIntegerField(blank=True, null=True, verbose_name='Phạt tối đa (đồng)')),
                    ('sanction_verified', models.BooleanField(default=False, verbose_name='Khung phạt đã đối chiếu')),
                    ('law_version', models.CharField(blank=True, editable=False, max_length=20)),
                    ('fine', models.BigIntegerField(blank=True, null=True, verbose_name='Số tiền phạt (đồng)')),
                    ('decision_number', models.CharField(blank=True, max_length=60, verbose_name='Số quyết định')),
                    ('decided_on', models.DateField(blank=True, null=True, verbose_name='Ngày quyết định')),
                    ('decided_by', models.CharField(blank=True, choices=[('commune_chair', 'Chủ tịch Ủy ban nhân dân cấp xã'), ('home_affairs_director', 'Giám đốc Sở Nội vụ'), ('provincial_chair', 'Chủ tịch Ủy ban nhân dân cấp tỉnh'), ('other', 'Người có thẩm quyền khác')], max_length=30, verbose_name='Người quyết định')),
                    ('decision_note', models.CharField(blank=True, max_length=300, verbose_name='Lý do, ghi chú')),
                    ('inspection', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='violations', to='inspections.inspection', verbose_name='Cuộc kiểm tra')),
                ],
                options={
                    'verbose_name': 'vi phạm',
                    'verbose_name_plural': 'vi phạm',
                    'ordering': ['pk'],
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('sanction_decree', ''), ('sanction_max', None), ('sanction_min', None)), models.Q(models.Q(('sanction_decree', ''), _negated=True), ('sanction_max__isnull', False), ('sanction_min__isnull', False), ('sanction_max__gte', models.F('sanction_min')), ('sanction_min__gte', 0)), _connector='OR'), name='violation_sanction_is_whole'), models.CheckConstraint(condition=models.Q(models.Q(('decided_by', ''), ('decided_on', None), ('decision_number', ''), ('fine', None)), models.Q(('decided_on__isnull', False), ('fine__isnull', False), ('decided_by__in', ['commune_chair', 'home_affairs_director', 'provincial_chair', 'other']), ('fine__gte', 0), models.Q(('decision_number', ''), _negated=True)), _connector='OR'), name='violation_decision_is_whole')],
                },
            ),
            migrations.CreateModel(
                name='Measure',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('what', models.TextField(verbose_name='Biện pháp phải thực hiện')),
                    ('ordered_on', models.DateField(verbose_name='Ngày yêu cầu')),
                    ('due_on', models.DateField(verbose_name='Hạn khắc phục')),
                    ('verified_on', models.DateField(blank=True, null=True, verbose_name='Ngày kiểm tra lại')),
                    ('verified_by', models.CharField(blank=True, max_length=150, verbose_name='Người kiểm tra lại')),
                    ('result', models.CharField(blank=True, choices=[('remedied', 'Đã khắc phục'), ('not_remedied', 'Chưa khắc phục')], max_length=20, verbose_name='Kết quả')),
                    ('result_note', models.TextField(blank=True, verbose_name='Nhận xét')),
                    ('inspection', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='measures', to='inspections.inspection', verbose_name='Cuộc kiểm tra')),
                    ('renews', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='renewed_by', to='inspections.measure', verbose_name='Gia hạn cho')),
                    ('violation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='measures', to='inspections.violation', verbose_name='Vi phạm')),
                ],
                options={
                    'verbose_name': 'biện pháp khắc phục',
                    'verbose_name_plural': 'biện pháp khắc phục',
                    'ordering': ['due_on', 'pk'],
                    'indexes': [models.Index(fields=['verified_on', 'due_on'], name='measure_open_due')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('what', ''), _negated=True), name='measure_says_what'), models.CheckConstraint(condition=models.Q(('due_on__gte', models.F('ordered_on'))), name='measure_due_after_order'), models.CheckConstraint(condition=models.Q(models.Q(('result', ''), ('verified_on', None)), models.Q(('result__in', ['remedied', 'not_remedied']), ('verified_on__gte', models.F('ordered_on')), ('verified_on__isnull', False)), _connector='OR'), name='measure_verification_is_whole')],
                },
            ),
        ]),
    ]
