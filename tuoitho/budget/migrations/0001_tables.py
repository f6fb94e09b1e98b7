"""All tables of the room, as they stand; what only SQL can say follows in the next files."""

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from tuoitho.lib.tables import CreateTables


class Migration(migrations.Migration):

    # The same tables, step by step, as they were made while the system was written.
    replaces = [('budget', '0001_budget')]

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('units', '0001_tables'),
    ]

    operations = [
        CreateTables([
            migrations.CreateModel(
                name='Contribution',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('donor', models.CharField(max_length=200, verbose_name='Người, đơn vị ủng hộ')),
                    ('donor_kind', models.CharField(choices=[('agency', 'Cơ quan, tổ chức'), ('enterprise', 'Doanh nghiệp'), ('person', 'Cá nhân'), ('foreign', 'Tổ chức quốc tế')], max_length=10, verbose_name='Loại')),
                    ('owner', models.CharField(choices=[('ldtbxh', 'Phòng Lao động - Thương binh và Xã hội'), ('gddt', 'Phòng Giáo dục và Đào tạo'), ('congan', 'Công an'), ('kinhte', 'Phòng Kinh tế'), ('vhtt', 'Phòng Văn hóa - Thông tin'), ('tckh', 'Phòng Tài chính - Kế hoạch'), ('khac', 'Phòng, ban, ngành khác'), ('mttq', 'Ủy ban Mặt trận Tổ quốc'), ('phunu', 'Hội Liên hiệp Phụ nữ'), ('doantn', 'Đoàn Thanh niên'), ('nongdan', 'Hội Nông dân'), ('ldld', 'Liên đoàn Lao động'), ('ubnd_xa', 'Ủy ban nhân dân xã, thị trấn'), ('ubnd_huyen', 'Ủy ban nhân dân huyện')], max_length=12, verbose_name='Cơ quan tiếp nhận')),
                    ('kind', models.CharField(choices=[('money', 'Tiền'), ('goods', 'Hiện vật')], max_length=6, verbose_name='Hình thức')),
                    ('goods', models.CharField(blank=True, max_length=200, verbose_name='Tên, số lượng hiện vật')),
                    ('amount', models.BigIntegerField(validators=[django.core.validators.MinValueValidator(1)], verbose_name='Số tiền hoặc giá trị (đồng)')),
                    ('on', models.DateField(verbose_name='Ngày cam kết')),
                    ('received_on', models.DateField(blank=True, null=True, verbose_name='Ngày nhận')),
                    ('purpose', models.CharField(max_length=300, verbose_name='Mục đích')),
                    ('used', models.BigIntegerField(default=0, editable=False, verbose_name='Đã sử dụng (đồng)')),
                    ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit', verbose_name='Địa bàn')),
                ],
                options={
                    'verbose_name': 'khoản ủng hộ',
                    'indexes': [models.Index(fields=['unit', '-on'], name='contribution_unit_on')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='contribution_is_positive'), models.CheckConstraint(condition=models.Q(('owner__in', ['ldtbxh', 'gddt', 'congan', 'kinhte', 'vhtt', 'tckh', 'khac', 'mttq', 'phunu', 'doantn', 'nongdan', 'ldld', 'ubnd_xa', 'ubnd_huyen'])), name='contribution_owner_is_known'), models.CheckConstraint(condition=models.Q(('used', 0), models.Q(('received_on__isnull', False), ('used__gt', 0), ('used__lte', models.F('amount'))), _connector='OR'), name='contribution_used_within_received'), models.CheckConstraint(condition=models.Q(('received_on__isnull', True), ('received_on__gte', models.F('on')), _connector='OR'), name='contribution_received_after_pledge'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'goods'), _negated=True), models.Q(('goods', ''), _negated=True), _connector='OR'), name='contribution_goods_are_named')],
                },
            ),
            migrations.CreateModel(
                name='ContributionUse',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('on', models.DateField(verbose_name='Ngày sử dụng')),
                    ('amount', models.BigIntegerField(validators=[django.core.validators.MinValueValidator(1)], verbose_name='Số tiền, giá trị (đồng)')),
                    ('what', models.CharField(max_length=300, verbose_name='Dùng vào việc')),
                    ('contribution', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='uses', to='budget.contribution')),
                ],
                options={
                    'verbose_name': 'lần sử dụng khoản ủng hộ',
                    'constraints': [models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='contribution_use_is_positive')],
                },
            ),
            migrations.CreateModel(
                name='Line',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('year', models.PositiveSmallIntegerField(verbose_name='Năm ngân sách')),
                    ('owner', models.CharField(choices=[('ldtbxh', 'Phòng Lao động - Thương binh và Xã hội'), ('gddt', 'Phòng Giáo dục và Đào tạo'), ('congan', 'Công an'), ('kinhte', 'Phòng Kinh tế'), ('vhtt', 'Phòng Văn hóa - Thông tin'), ('tckh', 'Phòng Tài chính - Kế hoạch'), ('khac', 'Phòng, ban, ngành khác'), ('mttq', 'Ủy ban Mặt trận Tổ quốc'), ('phunu', 'Hội Liên hiệp Phụ nữ'), ('doantn', 'Đoàn Thanh niên'), ('nongdan', 'Hội Nông dân'), ('ldld', 'Liên đoàn Lao động'), ('ubnd_xa', 'Ủy ban nhân dân xã, thị trấn'), ('ubnd_huyen', 'Ủy ban nhân dân huyện')], max_length=12, verbose_name='Cơ quan lập dự toán')),
                    ('task_code', models.CharField(max_length=12, validators=[django.core.validators.RegexValidator('^(II|III|IV)\\.([0-9]+|KL)(\\.[0-9]+)*$', 'Mã nhiệm vụ viết như II.2.1 hoặc IV.1.4.')], verbose_name='Nhiệm vụ trong kế hoạch')),
                    ('source', models.CharField(choices=[('state', 'Ngân sách nhà nước'), ('mobilised', 'Huy động từ xã hội, cộng đồng'), ('other', 'Nguồn hợp pháp khác')], max_length=10, verbose_name='Nguồn')),
                    ('purpose', models.CharField(max_length=300, verbose_name='Nội dung chi')),
                    ('estimate', models.BigIntegerField(validators=[django.core.validators.MinValueValidator(1)], verbose_name='Dự toán (đồng)')),
                    ('approved', models.BigIntegerField(blank=True, null=True, verbose_name='Được duyệt (đồng)')),
                    ('spent', models.BigIntegerField(default=0, editable=False, verbose_name='Đã chi (đồng)')),
                    ('state', models.CharField(choices=[('drafted', 'Đang lập'), ('submitted', 'Chờ thẩm định'), ('approved', 'Đã phê duyệt'), ('refused', 'Không phê duyệt'), ('closed', 'Đã quyết toán')], default='drafted', max_length=10, verbose_name='Tình trạng')),
                    ('submitted_on', models.DateField(blank=True, null=True, verbose_name='Ngày trình')),
                    ('decided_on', models.DateField(blank=True, null=True, verbose_name='Ngày quyết định')),
                    ('decision_number', models.CharField(blank=True, max_length=80, verbose_name='Số quyết định')),
                    ('refusal', models.TextField(blank=True, verbose_name='Lý do không phê duyệt')),
                    ('settled_on', models.DateField(blank=True, null=True, verbose_name='Ngày quyết toán')),
                    ('settlement_number', models.CharField(blank=True, max_length=80, verbose_name='Số văn bản quyết toán')),
                    ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.organisation', verbose_name='Đơn vị sử dụng')),
                    ('submitted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Người trình')),
                    ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit', verbose_name='Địa bàn')),
                ],
                options={
                    'verbose_name': 'dòng kinh phí',
                    'indexes': [models.Index(fields=['unit', '-year'], name='line_unit_year'), models.Index(fields=['state', 'submitted_on'], name='line_state_submitted')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['drafted', 'submitted', 'approved', 'refused', 'closed'])), name='line_state_is_known'), models.CheckConstraint(condition=models.Q(('source__in', ['state', 'mobilised', 'other'])), name='line_source_is_known'), models.CheckConstraint(condition=models.Q(('owner__in', ['ldtbxh', 'gddt', 'congan', 'kinhte', 'vhtt', 'tckh', 'khac', 'mttq', 'phunu', 'doantn', 'nongdan', 'ldld', 'ubnd_xa', 'ubnd_huyen'])), name='line_owner_is_known'), models.CheckConstraint(condition=models.Q(('estimate__gt', 0)), name='line_estimate_is_positive'), models.CheckConstraint(condition=models.Q(('year__range', (2015, 2100))), name='line_year_is_plausible'), models.CheckConstraint(condition=models.Q(('task_code__regex', '^(II|III|IV)\\.([0-9]+|KL)(\\.[0-9]+)*$')), name='line_task_code_reads'), models.CheckConstraint(condition=models.Q(models.Q(('approved__gt', 0), ('approved__lte', models.F('estimate')), ('decided_on__isnull', False), ('state__in', ('approved', 'closed'))), models.Q(('approved__isnull', True), ('state__in', ('drafted', 'submitted', 'refused'))), _connector='OR'), name='line_approved_has_amount'), models.CheckConstraint(condition=models.Q(('spent', 0), models.Q(('spent__gt', 0), ('spent__lte', models.F('approved'))), _connector='OR'), name='line_spent_within_approved'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'refused'), _negated=True), models.Q(('refusal', ''), _negated=True), _connector='OR'), name='line_refused_has_reason'), models.CheckConstraint(condition=models.Q(models.Q(('settled_on__isnull', False), ('state', 'closed')), models.Q(models.Q(('state', 'closed'), _negated=True), ('settled_on__isnull', True)), _connector='OR'), name='line_closed_has_day')],
                },
            ),
            migrations.CreateModel(
                name='Expenditure',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('on', models.DateField(verbose_name='Ngày chi')),
                    ('amount', models.BigIntegerField(validators=[django.core.validators.MinValueValidator(1)], verbose_name='Số tiền (đồng)')),
                    ('what', models.CharField(max_length=300, verbose_name='Nội dung')),
                    ('voucher', models.CharField(max_length=60, verbose_name='Số chứng từ')),
                    ('withdrawn_on', models.DateField(blank=True, null=True, verbose_name='Hủy ngày')),
                    ('withdrawal', models.CharField(blank=True, max_length=300, verbose_name='Lý do hủy')),
                    ('line', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='expenditures', to='budget.line')),
                ],
                options={
                    'verbose_name': 'khoản chi',
                    'constraints': [models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='expenditure_is_positive'), models.UniqueConstraint(condition=models.Q(('withdrawn_on__isnull', True)), fields=('line', 'voucher'), name='expenditure_voucher_once'), models.CheckConstraint(condition=models.Q(models.Q(('withdrawal', ''), ('withdrawn_on__isnull', True)), models.Q(('withdrawn_on__isnull', False), models.Q(('withdrawal', ''), _negated=True)), _connector='OR'), name='expenditure_withdrawn_has_reason')],
                },
            ),
            migrations.CreateModel(
                name='LineMove',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('step', models.CharField(choices=[('draft', 'Lập dự toán'), ('correct', 'Sửa dự toán'), ('submit', 'Trình thẩm định'), ('approve', 'Phê duyệt'), ('refuse', 'Không phê duyệt'), ('spend', 'Ghi chi'), ('withdraw', 'Hủy chứng từ ghi sai'), ('settle', 'Quyết toán')], max_length=10, verbose_name='Bước')),
                    ('target', models.CharField(choices=[('drafted', 'Đang lập'), ('submitted', 'Chờ thẩm định'), ('approved', 'Đã phê duyệt'), ('refused', 'Không phê duyệt'), ('closed', 'Đã quyết toán')], max_length=10, verbose_name='Tình trạng')),
                    ('on', models.DateField(verbose_name='Ngày')),
                    ('at', models.DateTimeField(auto_now_add=True, verbose_name='Ghi lúc')),
                    ('by', models.CharField(max_length=200, verbose_name='Người ghi')),
                    ('note', models.TextField(blank=True, verbose_name='Ghi chú')),
                    ('line', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='moves', to='budget.line')),
                ],
                options={
                    'verbose_name': 'bước của dòng kinh phí',
                },
            ),
        ]),
    ]
