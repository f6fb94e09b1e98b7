"""All tables of the room, as they stand; what only SQL can say follows in the next files."""

import django.core.validators
import django.db.models.deletion
import django.db.models.functions.datetime
import tuoitho.lib.hanoi
from django.db import migrations, models

from tuoitho.lib.tables import CreateTables


class Migration(migrations.Migration):

    # The same tables, step by step, as they were made while the system was written.
    replaces = [
        ('reports', '0001_reports_and_editions'),
        ('reports', '0003_several_bodies_of_one_duty'),
    ]

    dependencies = [
        ('units', '0001_tables'),
    ]

    operations = [
        CreateTables([
            migrations.CreateModel(
                name='Consolidation',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('year', models.PositiveSmallIntegerField(verbose_name='Năm báo cáo')),
                    ('sections', models.JSONField(blank=True, default=dict, verbose_name='Nội dung')),
                    ('revision', models.PositiveIntegerField(default=0, editable=False, verbose_name='Lần lưu')),
                    ('state', models.CharField(choices=[('owed', 'Chưa lập'), ('draft', 'Đang viết'), ('signed', 'Đã ký, chưa gửi'), ('sent', 'Đã gửi, chờ tiếp nhận'), ('returned', 'Bị trả lại'), ('accepted', 'Đã tiếp nhận')], default='draft', max_length=10, verbose_name='Tình trạng')),
                    ('due_on', models.DateField(verbose_name='Hạn gửi')),
                    ('sent_on', models.DateField(blank=True, null=True, verbose_name='Ngày gửi lần đầu')),
                    ('amendment', models.TextField(blank=True, verbose_name='Lý do lập bản thay thế')),
                    ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit', verbose_name='Địa bàn')),
                ],
                options={
                    'verbose_name': 'báo cáo tổng hợp',
                    'verbose_name_plural': 'báo cáo tổng hợp',
                    'constraints': [models.UniqueConstraint(fields=('unit', 'year'), name='consolidation_once_a_year'), models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'signed', 'sent'])), name='consolidation_state_is_known'), models.CheckConstraint(condition=models.Q(('year__gte', 2000), ('year__lte', 2100)), name='consolidation_year_is_sensible'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'sent'), _negated=True), ('sent_on__isnull', False), _connector='OR'), name='consolidation_sent_has_day')],
                },
            ),
            migrations.CreateModel(
                name='UnitReport',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('year', models.PositiveSmallIntegerField(verbose_name='Năm báo cáo')),
                    ('sections', models.JSONField(blank=True, default=dict, verbose_name='Nội dung')),
                    ('revision', models.PositiveIntegerField(default=0, editable=False, verbose_name='Lần lưu')),
                    ('state', models.CharField(choices=[('owed', 'Chưa lập'), ('draft', 'Đang viết'), ('signed', 'Đã ký, chưa gửi'), ('sent', 'Đã gửi, chờ tiếp nhận'), ('returned', 'Bị trả lại'), ('accepted', 'Đã tiếp nhận')], default='draft', max_length=10, verbose_name='Tình trạng')),
                    ('due_on', models.DateField(verbose_name='Hạn gửi')),
                    ('sent_on', models.DateField(blank=True, null=True, verbose_name='Ngày gửi lần đầu')),
                    ('amendment', models.TextField(blank=True, verbose_name='Lý do lập bản thay thế')),
                    ('office', models.CharField(max_length=20, verbose_name='Vai trong kế hoạch')),
                    ('name', models.CharField(max_length=200, verbose_name='Đơn vị báo cáo')),
                    ('return_reason', models.TextField(blank=True, verbose_name='Lý do trả lại')),
                    ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.organisation', verbose_name='Cơ quan')),
                    ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit', verbose_name='Địa bàn')),
                ],
                options={
                    'verbose_name': 'báo cáo năm',
                    'verbose_name_plural': 'báo cáo năm',
                    'indexes': [models.Index(fields=['-year', 'state'], name='unit_report_year_state')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['owed', 'draft', 'signed', 'sent', 'returned', 'accepted'])), name='unit_report_state_is_known'), models.CheckConstraint(condition=models.Q(('year__gte', 2000), ('year__lte', 2100)), name='unit_report_year_is_sensible'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('sent', 'accepted', 'returned')), _negated=True), ('sent_on__isnull', False), _connector='OR'), name='unit_report_sent_has_day'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'returned'), _negated=True), models.Q(('return_reason', ''), _negated=True), _connector='OR'), name='unit_report_returned_has_reason'), models.UniqueConstraint(fields=('unit', 'office', 'organisation', 'year'), name='unit_report_once_a_year', nulls_distinct=False)],
                },
            ),
            migrations.CreateModel(
                name='Edition',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveSmallIntegerField(verbose_name='Bản')),
                    ('number', models.PositiveIntegerField(verbose_name='Số')),
                    ('symbol', models.CharField(default='BC-UBND', max_length=24, validators=[django.core.validators.RegexValidator('^BC-[A-ZĐ&.\\-]{1,20}$')], verbose_name='Ký hiệu')),
                    ('signed_on', models.DateField(verbose_name='Ngày ký')),
                    ('signer_name', models.CharField(max_length=120, verbose_name='Người ký')),
                    ('signer_position', models.CharField(max_length=120, verbose_name='Chức vụ')),
                    ('signed_by', models.CharField(max_length=200, verbose_name='Tài khoản ký')),
                    ('reason', models.TextField(blank=True, verbose_name='Lý do thay thế bản trước')),
                    ('document', models.JSONField(verbose_name='Báo cáo đã chốt')),
                    ('figures', models.JSONField(default=list, verbose_name='Số liệu đã chốt')),
                    ('definition_hash', models.CharField(max_length=64, verbose_name='Mã băm của định nghĩa')),
                    ('sha256', models.CharField(max_length=64, verbose_name='Mã băm của báo cáo')),
                    ('frozen_at', models.DateTimeField(default=tuoitho.lib.hanoi.now, verbose_name='Chốt lúc')),
                    ('consolidation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='reports.consolidation')),
                    ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit', verbose_name='Địa bàn')),
                    ('report', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='reports.unitreport')),
                ],
                options={
                    'verbose_name': 'bản đã ký',
                    'verbose_name_plural': 'bản đã ký',
                    'ordering': ['-version'],
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('consolidation__isnull', True), ('report__isnull', False)), models.Q(('consolidation__isnull', False), ('report__isnull', True)), _connector='OR'), name='edition_of_one_document'), models.UniqueConstraint(fields=('report', 'version'), name='edition_of_report_once'), models.UniqueConstraint(fields=('consolidation', 'version'), name='edition_of_consolidation_once'), models.UniqueConstraint(models.F('unit'), models.F('symbol'), models.F('number'), django.db.models.functions.datetime.ExtractYear('signed_on'), name='edition_number_is_unique_in_its_year'), models.CheckConstraint(condition=models.Q(('version', 1), models.Q(('reason', ''), _negated=True), _connector='OR'), name='edition_further_one_has_reason'), models.CheckConstraint(condition=models.Q(('number__gte', 1), models.Q(('signer_name', ''), _negated=True), models.Q(('signer_position', ''), _negated=True)), name='edition_is_numbered_and_signed')],
                },
            ),
            migrations.CreateModel(
                name='Publication',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('unit_name', models.CharField(max_length=120, verbose_name='Địa bàn')),
                    ('year', models.PositiveSmallIntegerField(verbose_name='Năm')),
                    ('document', models.CharField(max_length=60, verbose_name='Báo cáo')),
                    ('figures', models.JSONField(verbose_name='Số liệu công bố')),
                    ('published_on', models.DateField(verbose_name='Ngày công bố')),
                    ('withdrawn_on', models.DateField(blank=True, null=True, verbose_name='Thôi công bố ngày')),
                    ('edition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='publications', to='reports.edition')),
                    ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit', verbose_name='Địa bàn')),
                ],
                options={
                    'verbose_name': 'số liệu công bố',
                    'verbose_name_plural': 'số liệu công bố',
                    'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn_on__isnull', True)), fields=('unit', 'year'), name='publication_one_stands')],
                },
            ),
            migrations.CreateModel(
                name='Move',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('step', models.CharField(choices=[('call', 'Đưa vào danh sách theo dõi'), ('start', 'Bắt đầu viết'), ('write', 'Viết nội dung'), ('sign', 'Ký, chốt số liệu'), ('send', 'Gửi'), ('return', 'Trả lại'), ('accept', 'Tiếp nhận'), ('amend', 'Lập bản thay thế'), ('publish', 'Công bố số liệu'), ('withdraw', 'Thôi công bố')], max_length=10, verbose_name='Bước')),
                    ('target', models.CharField(choices=[('owed', 'Chưa lập'), ('draft', 'Đang viết'), ('signed', 'Đã ký, chưa gửi'), ('sent', 'Đã gửi, chờ tiếp nhận'), ('returned', 'Bị trả lại'), ('accepted', 'Đã tiếp nhận')], max_length=10, verbose_name='Tình trạng')),
                    ('on', models.DateField(verbose_name='Ngày')),
                    ('at', models.DateTimeField(auto_now_add=True, verbose_name='Ghi lúc')),
                    ('by_name', models.CharField(max_length=200, verbose_name='Người ghi')),
                    ('note', models.TextField(blank=True, verbose_name='Ghi chú')),
                    ('consolidation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='reports.consolidation')),
                    ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit', verbose_name='Địa bàn')),
                    ('report', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='reports.unitreport')),
                ],
                options={
                    'verbose_name': 'bước của báo cáo',
                    'verbose_name_plural': 'bước của báo cáo',
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('consolidation__isnull', True), ('report__isnull', False)), models.Q(('consolidation__isnull', False), ('report__isnull', True)), _connector='OR'), name='report_move_of_one_document')],
                },
            ),
        ]),
    ]
