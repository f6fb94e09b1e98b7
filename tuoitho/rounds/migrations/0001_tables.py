"""All tables of the room, as they stand; what only SQL can say follows in the next files."""

import django.contrib.postgres.fields
import django.db.models.deletion
import tuoitho.lib.fields
import tuoitho.lib.hanoi
from django.conf import settings
from django.db import migrations, models

from tuoitho.lib.tables import CreateTables


class Migration(migrations.Migration):

    # The same tables, step by step, as they were made while the system was written.
    replaces = [
        ('rounds', '0001_rounds'),
        ('rounds', '0003_risk'),
        ('rounds', '0005_model'),
    ]

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('cases', '0001_tables'),
        ('people', '0001_tables'),
        ('units', '0001_tables'),
    ]

    operations = [
        CreateTables([
            migrations.CreateModel(
                name='Round',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=120, verbose_name='Tên đợt')),
                    ('state', models.CharField(choices=[('drafted', 'Đang lập'), ('running', 'Đang rà soát'), ('closed', 'Đã kết thúc'), ('cancelled', 'Đã hủy')], default='drafted', max_length=10, verbose_name='Tình trạng')),
                    ('basis', models.CharField(blank=True, max_length=200, verbose_name='Theo văn bản')),
                    ('groups', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('everyone', 'Mọi trẻ trong độ tuổi'), ('poor', 'Hộ nghèo, hộ cận nghèo'), ('special', 'Có hoàn cảnh đặc biệt'), ('at_risk', 'Có điểm nguy cơ từ mức chọn'), ('out_of_school', 'Đã bỏ học'), ('craft', 'Ở thôn có cơ sở làng nghề')], max_length=15), size=None, verbose_name='Nhóm trẻ được rà soát')),
                    ('age_low', models.PositiveSmallIntegerField(default=5, verbose_name='Từ tuổi')),
                    ('age_high', models.PositiveSmallIntegerField(default=17, verbose_name='Đến tuổi')),
                    ('score_from', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='Điểm nguy cơ từ')),
                    ('first_day', models.DateField(verbose_name='Ngày bắt đầu')),
                    ('last_day', models.DateField(verbose_name='Ngày cuối')),
                    ('started_on', models.DateField(blank=True, null=True, verbose_name='Bắt đầu ngày')),
                    ('closed_on', models.DateField(blank=True, null=True, verbose_name='Kết thúc ngày')),
                    ('communes', models.ManyToManyField(related_name='+', to='units.unit', verbose_name='Xã, phường')),
                    ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit', verbose_name='Địa bàn')),
                ],
                options={
                    'verbose_name': 'đợt rà soát',
                    'verbose_name_plural': 'đợt rà soát',
                    'indexes': [models.Index(fields=['unit', 'state', 'last_day'], name='round_unit_state')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['drafted', 'running', 'closed', 'cancelled'])), name='round_state_is_known'), models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='round_has_name'), models.CheckConstraint(condition=models.Q(('groups', []), _negated=True), name='round_has_groups'), models.CheckConstraint(condition=models.Q(('age_high__lte', 17), ('age_low__lte', models.F('age_high'))), name='round_ages_are_minors'), models.CheckConstraint(condition=models.Q(('last_day__gte', models.F('first_day'))), name='round_ends_after_it_begins'), models.CheckConstraint(condition=models.Q(models.Q(('groups__contains', ['at_risk']), _negated=True), ('score_from__isnull', False), _connector='OR'), name='round_by_score_says_which'), models.CheckConstraint(condition=models.Q(models.Q(('started_on__isnull', False), ('state__in', ('running', 'closed'))), models.Q(('started_on', None), ('state__in', ('drafted', 'cancelled'))), _connector='OR'), name='round_begun_has_day'), models.CheckConstraint(condition=models.Q(models.Q(('closed_on__isnull', False), ('state', 'closed')), models.Q(models.Q(('state', 'closed'), _negated=True), ('closed_on', None)), _connector='OR'), name='round_closed_has_day')],
                },
            ),
            migrations.CreateModel(
                name='RoundMove',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('source', models.CharField(choices=[('drafted', 'Đang lập'), ('running', 'Đang rà soát'), ('closed', 'Đã kết thúc'), ('cancelled', 'Đã hủy')], max_length=10)),
                    ('target', models.CharField(choices=[('drafted', 'Đang lập'), ('running', 'Đang rà soát'), ('closed', 'Đã kết thúc'), ('cancelled', 'Đã hủy')], max_length=10)),
                    ('on', models.DateField(verbose_name='Ngày')),
                    ('by_name', models.CharField(max_length=200, verbose_name='Người thực hiện')),
                    ('note', models.TextField(blank=True, verbose_name='Ghi chú')),
                    ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='moves', to='rounds.round')),
                ],
                options={
                    'verbose_name': 'bước của đợt rà soát',
                    'ordering': ['pk'],
                },
            ),
            migrations.CreateModel(
                name='WorkList',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('hamlet', models.CharField(blank=True, max_length=120, verbose_name='Thôn, tổ dân phố')),
                    ('folded_hamlet', models.CharField(blank=True, editable=False, max_length=120)),
                    ('reminded_on', models.DateField(blank=True, editable=False, null=True, verbose_name='Nhắc lần cuối')),
                    ('collaborator', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Cộng tác viên')),
                    ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lists', to='rounds.round', verbose_name='Đợt rà soát')),
                    ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit', verbose_name='Địa bàn')),
                ],
                options={
                    'verbose_name': 'danh sách rà soát',
                    'verbose_name_plural': 'danh sách rà soát',
                    'ordering': ['unit', 'folded_hamlet'],
                    'constraints': [models.UniqueConstraint(fields=('round', 'unit', 'folded_hamlet'), name='work_list_once_a_hamlet')],
                },
            ),
            migrations.CreateModel(
                name='RuleSet',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField(unique=True, verbose_name='Phiên bản')),
                    ('weights', models.JSONField(default=dict, verbose_name='Số điểm')),
                    ('note', models.CharField(max_length=300, verbose_name='Lý do thay đổi')),
                    ('recorded_on', models.DateField(verbose_name='Ngày')),
                    ('recorded_by', models.CharField(max_length=200, verbose_name='Người ghi')),
                ],
                options={
                    'verbose_name': 'bộ quy tắc tính điểm nguy cơ',
                    'ordering': ['-version'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('note', ''), _negated=True), name='rule_set_says_why'), models.CheckConstraint(condition=models.Q(('version__gte', 1)), name='rule_set_comes_after_the_packaged')],
                },
            ),
            migrations.CreateModel(
                name='RiskScore',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('points', models.PositiveSmallIntegerField(verbose_name='Điểm')),
                    ('reasons', models.JSONField(default=dict, verbose_name='Yếu tố')),
                    ('rule_version', models.PositiveIntegerField(verbose_name='Phiên bản quy tắc')),
                    ('computed_on', models.DateField(verbose_name='Tính ngày')),
                    ('computed_at', models.DateTimeField(default=tuoitho.lib.hanoi.now, verbose_name='Tính lúc')),
                    ('child', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.child', verbose_name='Trẻ')),
                    ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit', verbose_name='Địa bàn')),
                ],
                options={
                    'verbose_name': 'điểm nguy cơ',
                    'verbose_name_plural': 'điểm nguy cơ',
                    'indexes': [models.Index(fields=['unit', '-points'], name='risk_unit_points'), models.Index(fields=['child'], name='risk_child')],
                },
            ),
            migrations.CreateModel(
                name='TrainedModel',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('trained_on', models.DateField(verbose_name='Ngày')),
                    ('trained_by', models.CharField(max_length=200, verbose_name='Người chạy')),
                    ('rows', models.PositiveIntegerField(verbose_name='Số kết quả đã dùng')),
                    ('positives', models.PositiveIntegerField(verbose_name='Trong đó lao động trái quy định')),
                    ('rule_version', models.PositiveIntegerField(verbose_name='So với quy tắc phiên bản')),
                    ('learned', models.JSONField(default=dict, verbose_name='Hệ số và số đo')),
                ],
                options={
                    'verbose_name': 'mô hình dự báo',
                    'ordering': ['-pk'],
                },
            ),
            migrations.CreateModel(
                name='ListedChild',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('place_in_list', models.PositiveIntegerField(verbose_name='Thứ tự')),
                    ('added_later', models.BooleanField(default=False, verbose_name='Thêm khi đi rà soát')),
                    ('answer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='rounds.answer', verbose_name='Kết quả')),
                    ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.child', verbose_name='Trẻ')),
                    ('household', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.household', verbose_name='Hộ gia đình')),
                    ('report', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.report', verbose_name='Tin báo')),
                    ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit', verbose_name='Địa bàn')),
                    ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='listed', to='rounds.round')),
                    ('work_list', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='listed', to='rounds.worklist', verbose_name='Danh sách')),
                    ('factors', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), blank=True, default=list, size=None)),
                ],
                options={
                    'verbose_name': 'trẻ trong danh sách rà soát',
                    'verbose_name_plural': 'trẻ trong danh sách rà soát',
                    'indexes': [models.Index(fields=['round', 'child'], name='listed_round_child'), models.Index(fields=['work_list', 'place_in_list'], name='listed_list_place')],
                },
            ),
            migrations.CreateModel(
                name='Answer',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('facts', models.JSONField(default=dict, verbose_name='Dữ kiện')),
                    ('findings', models.JSONField(default=dict, verbose_name='Kết luận theo pháp luật')),
                    ('law_version', models.CharField(blank=True, max_length=40, verbose_name='Phiên bản pháp luật')),
                    ('outcome', models.CharField(blank=True, choices=[('unlawful', 'Trái quy định pháp luật'), ('lawful', 'Đúng quy định pháp luật'), ('undetermined', 'Chưa đủ thông tin để kết luận'), ('not_working', 'Không lao động'), ('not_a_minor', 'Đã đủ 18 tuổi')], max_length=12, verbose_name='Kết luận')),
                    ('child_labour', models.BooleanField(null=True, verbose_name='Lao động trái quy định')),
                    ('hazardous', models.BooleanField(null=True, verbose_name='Công việc nguy hiểm, độc hại')),
                    ('sdg_child_labour', models.BooleanField(null=True, verbose_name='Lao động trẻ em theo thống kê (SDG 8.7.1)')),
                    ('visited_on', models.DateField(verbose_name='Ngày thăm')),
                    ('met', models.BooleanField(verbose_name='Gặp được trẻ')),
                    ('not_met', models.CharField(blank=True, choices=[('moved', 'Đã chuyển đi nơi khác'), ('absent', 'Vắng nhà'), ('refused', 'Gia đình không tiếp'), ('other', 'Lý do khác')], max_length=10, verbose_name='Không gặp vì')),
                    ('schooling', models.CharField(choices=[('attending', 'Đang đi học'), ('vocational', 'Đang học nghề'), ('completed', 'Đã học xong'), ('dropped_out', 'Đã bỏ học'), ('unknown', 'Chưa biết')], default='unknown', max_length=20, verbose_name='Học tập')),
                    ('works', models.BooleanField(null=True, verbose_name='Trẻ có làm việc')),
                    ('told', tuoitho.lib.fields.EncryptedTextField(blank=True, default='', verbose_name='Công việc bằng lời')),
                    ('note', tuoitho.lib.fields.EncryptedTextField(blank=True, default='', verbose_name='Ghi chú')),
                    ('recorded_at', models.DateTimeField(default=tuoitho.lib.hanoi.now, verbose_name='Ghi lúc')),
                    ('recorded_by', models.CharField(max_length=200, verbose_name='Người ghi')),
                    ('form_token', models.UUIDField(blank=True, editable=False, null=True, unique=True)),
                    ('listed', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='rounds.listedchild')),
                ],
                options={
                    'verbose_name': 'kết quả rà soát',
                    'verbose_name_plural': 'kết quả rà soát',
                    'ordering': ['pk'],
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('met', True), ('not_met', ''), ('outcome__in', ['unlawful', 'lawful', 'undetermined', 'not_working', 'not_a_minor']), models.Q(('law_version', ''), _negated=True)), models.Q(('law_version', ''), ('met', False), ('not_met__in', ['moved', 'absent', 'refused', 'other']), ('outcome', '')), _connector='OR'), name='round_answer_is_whole')],
                },
            ),
        ]),
    ]
