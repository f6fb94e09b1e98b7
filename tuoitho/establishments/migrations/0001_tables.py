"""All tables of the room, as they stand; what only SQL can say follows in the next files."""

import django.contrib.postgres.indexes
import django.db.models.deletion
import tuoitho.lib.fields
from django.db import migrations, models

from tuoitho.lib.tables import CreateTables


class Migration(migrations.Migration):

    # The same tables, step by step, as they were made while the system was written.
    replaces = [('establishments', '0001_register')]

    dependencies = [
        ('units', '0001_tables'),
    ]

    operations = [
        CreateTables([
            migrations.CreateModel(
                name='CraftVillage',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=120, verbose_name='Tên làng nghề')),
                    ('folded_name', models.CharField(editable=False, max_length=120)),
                    ('trade', models.CharField(blank=True, max_length=120, verbose_name='Nghề')),
                    ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit', verbose_name='Địa bàn')),
                ],
                options={
                    'verbose_name': 'làng nghề',
                    'verbose_name_plural': 'làng nghề',
                    'constraints': [models.UniqueConstraint(fields=('unit', 'folded_name'), name='craft_village_once_in_a_unit'), models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='craft_village_has_name')],
                },
            ),
            migrations.CreateModel(
                name='Establishment',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=200, verbose_name='Tên cơ sở')),
                    ('folded_name', models.CharField(editable=False, max_length=200)),
                    ('core_name', models.CharField(editable=False, max_length=200)),
                    ('kind', models.CharField(choices=[('enterprise', 'Doanh nghiệp'), ('small_enterprise', 'Doanh nghiệp nhỏ và vừa'), ('cooperative', 'Hợp tác xã'), ('household', 'Hộ gia đình, hộ kinh doanh')], max_length=20, verbose_name='Loại hình')),
                    ('informal', models.BooleanField(default=False, verbose_name='Khu vực phi chính thức, chưa đăng ký')),
                    ('sector', models.CharField(choices=[('agriculture', 'Nông nghiệp, thủy sản'), ('handicraft', 'Tiểu thủ công nghiệp'), ('industry', 'Công nghiệp, chế biến'), ('construction', 'Xây dựng'), ('trade', 'Buôn bán'), ('catering', 'Ăn uống, lưu trú'), ('transport', 'Vận tải, bốc xếp'), ('recycling', 'Thu gom, tái chế'), ('domestic', 'Giúp việc gia đình'), ('service', 'Dịch vụ khác'), ('other', 'Khác, chưa rõ')], default='other', max_length=20, verbose_name='Ngành nghề')),
                    ('products', models.CharField(blank=True, max_length=200, verbose_name='Sản phẩm, công việc chính')),
                    ('address', models.CharField(blank=True, max_length=200, verbose_name='Địa chỉ')),
                    ('hamlet', models.CharField(blank=True, max_length=120, verbose_name='Thôn, tổ dân phố')),
                    ('owner_name', models.CharField(blank=True, max_length=120, verbose_name='Chủ cơ sở, người đại diện')),
                    ('folded_owner', models.CharField(blank=True, editable=False, max_length=120)),
                    ('owner_phone', tuoitho.lib.fields.EncryptedTextField(blank=True, default='', verbose_name='Số điện thoại')),
                    ('tax_code', tuoitho.lib.fields.EncryptedTextField(blank=True, default='', verbose_name='Mã số thuế')),
                    ('tax_code_hash', models.CharField(blank=True, db_index=True, editable=False, max_length=64)),
                    ('workers', models.PositiveIntegerField(blank=True, null=True, verbose_name='Số lao động')),
                    ('opened_on', models.DateField(blank=True, null=True, verbose_name='Hoạt động từ ngày')),
                    ('closed_on', models.DateField(blank=True, null=True, verbose_name='Ngày hoạt động cuối cùng')),
                    ('closing_reason', models.CharField(blank=True, max_length=200, verbose_name='Lý do ngừng hoạt động')),
                    ('registered_on', models.DateField(verbose_name='Ngày đăng ký vào hệ thống')),
                    ('craft_village', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='establishments', to='establishments.craftvillage', verbose_name='Làng nghề')),
                    ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit', verbose_name='Địa bàn')),
                ],
                options={
                    'verbose_name': 'cơ sở sử dụng lao động',
                    'verbose_name_plural': 'cơ sở sử dụng lao động',
                    'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['core_name'], name='establishment_name', opclasses=['gin_trgm_ops']), models.Index(fields=['unit', 'folded_name'], name='establishment_unit_name'), models.Index(fields=['unit', 'kind'], name='establishment_unit_kind')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='establishment_has_name'), models.CheckConstraint(condition=models.Q(('kind__in', ['enterprise', 'small_enterprise', 'cooperative', 'household'])), name='establishment_kind_is_known'), models.CheckConstraint(condition=models.Q(('sector__in', ['agriculture', 'handicraft', 'industry', 'construction', 'trade', 'catering', 'transport', 'recycling', 'domestic', 'service', 'other'])), name='establishment_sector_is_known'), models.CheckConstraint(condition=models.Q(('closed_on', None), ('opened_on', None), ('closed_on__gte', models.F('opened_on')), _connector='OR'), name='establishment_closes_after_it_opens'), models.CheckConstraint(condition=models.Q(models.Q(('closed_on', None), ('closing_reason', '')), models.Q(('closed_on__isnull', False), models.Q(('closing_reason', ''), _negated=True)), _connector='OR'), name='establishment_closing_has_reason')],
                },
            ),
            migrations.CreateModel(
                name='Commitment',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('signed_on', models.DateField(verbose_name='Ngày ký cam kết')),
                    ('signed_by', models.CharField(max_length=120, verbose_name='Người ký')),
                    ('establishment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='commitments', to='establishments.establishment', verbose_name='Cơ sở')),
                ],
                options={
                    'verbose_name': 'cam kết',
                    'verbose_name_plural': 'cam kết',
                    'ordering': ['-signed_on'],
                    'constraints': [models.UniqueConstraint(fields=('establishment', 'signed_on'), name='commitment_once_a_day', violation_error_message='Cơ sở đã ký một cam kết trong ngày này.')],
                },
            ),
            migrations.CreateModel(
                name='Guidance',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('given_on', models.DateField(verbose_name='Ngày hướng dẫn')),
                    ('topic', models.CharField(choices=[('law', 'Quy định pháp luật về lao động chưa thành niên'), ('intervention', 'Giải quyết, can thiệp, hỗ trợ lao động trẻ em'), ('conditions', 'Cải thiện điều kiện làm việc phù hợp lứa tuổi'), ('supply_chain', 'Chuỗi cung ứng không có lao động trẻ em'), ('other', 'Nội dung khác')], max_length=20, verbose_name='Nội dung')),
                    ('detail', models.TextField(blank=True, verbose_name='Chi tiết, kết quả')),
                    ('given_by', models.CharField(max_length=150, verbose_name='Người hướng dẫn')),
                    ('establishment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='guidances', to='establishments.establishment', verbose_name='Cơ sở')),
                ],
                options={
                    'verbose_name': 'lần hướng dẫn',
                    'verbose_name_plural': 'lần hướng dẫn',
                    'ordering': ['-given_on', '-pk'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('topic__in', ['law', 'intervention', 'conditions', 'supply_chain', 'other'])), name='guidance_topic_is_known')],
                },
            ),
        ]),
    ]
