"""All tables of the room, as they stand; what only SQL can say follows in the next files."""

import django.core.validators
import django.db.models.deletion
from django.db import migrations, models

from tuoitho.lib.tables import CreateTables


class Migration(migrations.Migration):

    # The same tables, step by step, as they were made while the system was written.
    replaces = [('activities', '0001_activities')]

    dependencies = [
        ('establishments', '0001_tables'),
        ('units', '0001_tables'),
    ]

    operations = [
        CreateTables([
            migrations.CreateModel(
                name='Activity',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('title', models.CharField(max_length=200, verbose_name='Tên hoạt động')),
                    ('kind', models.CharField(choices=[('campaign', 'Chiến dịch, đợt cao điểm'), ('event', 'Buổi truyền thông trực tiếp'), ('broadcast', 'Phát thanh, truyền hình'), ('article', 'Tin, bài, mạng xã hội'), ('product', 'Tài liệu, sản phẩm truyền thông'), ('training', 'Tập huấn'), ('consulting', 'Tư vấn, hướng dẫn'), ('model', 'Mô hình')], max_length=12, verbose_name='Hình thức')),
                    ('topic', models.CharField(blank=True, max_length=200, verbose_name='Chủ đề')),
                    ('owner', models.CharField(choices=[('ldtbxh', 'Phòng Lao động - Thương binh và Xã hội'), ('gddt', 'Phòng Giáo dục và Đào tạo'), ('congan', 'Công an'), ('kinhte', 'Phòng Kinh tế'), ('vhtt', 'Phòng Văn hóa - Thông tin'), ('tckh', 'Phòng Tài chính - Kế hoạch'), ('khac', 'Phòng, ban, ngành khác'), ('mttq', 'Ủy ban Mặt trận Tổ quốc'), ('phunu', 'Hội Liên hiệp Phụ nữ'), ('doantn', 'Đoàn Thanh niên'), ('nongdan', 'Hội Nông dân'), ('ldld', 'Liên đoàn Lao động'), ('ubnd_xa', 'Ủy ban nhân dân xã, thị trấn'), ('ubnd_huyen', 'Ủy ban nhân dân huyện')], max_length=12, verbose_name='Cơ quan chủ trì')),
                    ('task_code', models.CharField(blank=True, max_length=12, validators=[django.core.validators.RegexValidator('^(II|III|IV)\\.([0-9]+|KL)(\\.[0-9]+)*$', 'Mã nhiệm vụ viết như II.2.1 hoặc IV.1.4.')], verbose_name='Nhiệm vụ trong kế hoạch')),
                    ('starts_on', models.DateField(verbose_name='Từ ngày')),
                    ('ends_on', models.DateField(verbose_name='Đến hết ngày')),
                    ('place', models.CharField(blank=True, max_length=200, verbose_name='Địa điểm')),
                    ('state', models.CharField(choices=[('planned', 'Dự kiến'), ('done', 'Đã thực hiện'), ('cancelled', 'Đã hủy')], default='planned', max_length=10, verbose_name='Tình trạng')),
                    ('done_on', models.DateField(blank=True, null=True, verbose_name='Ngày thực hiện')),
                    ('result', models.TextField(blank=True, verbose_name='Kết quả')),
                    ('evidence', models.CharField(blank=True, help_text='Số văn bản, đường dẫn tới ảnh hoặc bài đăng.', max_length=300, verbose_name='Minh chứng')),
                    ('names_hotline', models.BooleanField(default=False, verbose_name='Có giới thiệu Tổng đài 111 và 02433.525.662')),
                    ('product_kind', models.CharField(blank=True, choices=[('booklet', 'Sách mỏng'), ('leaflet', 'Tờ rơi, tờ gấp'), ('poster', 'Áp phích'), ('banner', 'Băng rôn, pa nô'), ('trailer', 'Trailer'), ('reportage', 'Phóng sự'), ('other', 'Khác')], max_length=10, verbose_name='Loại sản phẩm')),
                    ('channel', models.CharField(blank=True, choices=[('loudspeaker', 'Đài truyền thanh cơ sở'), ('radio_tv', 'Phát thanh, truyền hình'), ('newspaper', 'Báo, bản tin'), ('website', 'Cổng thông tin điện tử'), ('social', 'Mạng xã hội (Facebook, Zalo…)')], max_length=12, verbose_name='Kênh')),
                    ('quantity', models.PositiveIntegerField(default=0, help_text='Số bản in, số lượt phát hoặc số bài đăng.', verbose_name='Số lượng')),
                    ('hours', models.DecimalField(blank=True, decimal_places=1, max_digits=5, null=True, verbose_name='Số giờ học')),
                    ('score_before', models.DecimalField(blank=True, decimal_places=2, max_digits=4, null=True, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(10)], verbose_name='Điểm trung bình trước lớp')),
                    ('score_after', models.DecimalField(blank=True, decimal_places=2, max_digits=4, null=True, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(10)], verbose_name='Điểm trung bình sau lớp')),
                    ('certificates', models.PositiveIntegerField(default=0, verbose_name='Số giấy chứng nhận đã cấp')),
                    ('model_kind', models.CharField(blank=True, choices=[('early_detection', 'Phát hiện sớm, hỗ trợ, can thiệp lao động trẻ em'), ('poor_households', 'Phòng ngừa, giảm thiểu trong hộ nghèo, cận nghèo'), ('enterprises', 'Doanh nghiệp không sử dụng lao động trẻ em'), ('craft_villages', 'Làng nghề truyền thống, khu vực kinh tế phi chính thức')], max_length=16, verbose_name='Loại mô hình')),
                    ('member_households', models.PositiveIntegerField(default=0, verbose_name='Số hộ tham gia')),
                    ('member_establishments', models.PositiveIntegerField(default=0, verbose_name='Số cơ sở tham gia')),
                    ('before', models.TextField(blank=True, verbose_name='Trước khi có mô hình')),
                    ('after', models.TextField(blank=True, verbose_name='Sau khi có mô hình')),
                    ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.organisation', verbose_name='Đơn vị thực hiện')),
                    ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit', verbose_name='Địa bàn')),
                ],
                options={
                    'verbose_name': 'hoạt động',
                    'indexes': [models.Index(fields=['unit', 'done_on'], name='activity_unit_done'), models.Index(fields=['unit', '-starts_on'], name='activity_unit_starts'), models.Index(fields=['state', 'ends_on'], name='activity_state_ends')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['planned', 'done', 'cancelled'])), name='activity_state_is_known'), models.CheckConstraint(condition=models.Q(('kind__in', ['campaign', 'event', 'broadcast', 'article', 'product', 'training', 'consulting', 'model'])), name='activity_kind_is_known'), models.CheckConstraint(condition=models.Q(('owner__in', ['ldtbxh', 'gddt', 'congan', 'kinhte', 'vhtt', 'tckh', 'khac', 'mttq', 'phunu', 'doantn', 'nongdan', 'ldld', 'ubnd_xa', 'ubnd_huyen'])), name='activity_owner_is_known'), models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='activity_ends_after_start'), models.CheckConstraint(condition=models.Q(models.Q(('done_on__isnull', True), ('state', 'planned')), models.Q(('done_on__isnull', False), ('state', 'done')), ('state', 'cancelled'), _connector='OR'), name='activity_done_has_day'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'model'), models.Q(('model_kind', ''), _negated=True)), models.Q(models.Q(('kind', 'model'), _negated=True), ('model_kind', '')), _connector='OR'), name='activity_model_has_its_kind'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'product'), models.Q(('product_kind', ''), _negated=True)), models.Q(models.Q(('kind', 'product'), _negated=True), ('product_kind', '')), _connector='OR'), name='activity_product_has_its_kind'), models.CheckConstraint(condition=models.Q(('task_code', ''), ('task_code__regex', '^(II|III|IV)\\.([0-9]+|KL)(\\.[0-9]+)*$'), _connector='OR'), name='activity_task_code_reads'), models.CheckConstraint(condition=models.Q(models.Q(('score_before__isnull', True), ('score_before__range', (0, 10)), _connector='OR'), models.Q(('score_after__isnull', True), ('score_after__range', (0, 10)), _connector='OR')), name='activity_scores_are_0_to_10')],
                },
            ),
            migrations.CreateModel(
                name='ActivityMove',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('step', models.CharField(choices=[('plan', 'Lập dự kiến'), ('record', 'Ghi nhận đã thực hiện'), ('correct', 'Sửa số liệu'), ('cancel', 'Hủy')], max_length=10, verbose_name='Bước')),
                    ('target', models.CharField(choices=[('planned', 'Dự kiến'), ('done', 'Đã thực hiện'), ('cancelled', 'Đã hủy')], max_length=10, verbose_name='Tình trạng')),
                    ('on', models.DateField(verbose_name='Ngày')),
                    ('at', models.DateTimeField(auto_now_add=True, verbose_name='Ghi lúc')),
                    ('by', models.CharField(max_length=200, verbose_name='Người ghi')),
                    ('note', models.TextField(blank=True, verbose_name='Ghi chú')),
                    ('activity', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='moves', to='activities.activity')),
                ],
                options={
                    'verbose_name': 'bước của hoạt động',
                },
            ),
            migrations.CreateModel(
                name='Reach',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('audience', models.CharField(choices=[('staff_teachers', 'Cán bộ, giáo viên, người nuôi dưỡng trẻ'), ('parents', 'Cha mẹ, người chăm sóc trẻ'), ('children', 'Trẻ em'), ('officials_district', 'Công chức, viên chức ngành LĐTBXH cấp huyện'), ('officials_commune', 'Cán bộ, công chức ngành LĐTBXH cấp xã'), ('officials_other', 'Cán bộ, công chức cơ quan, tổ chức liên quan'), ('employers', 'Người sử dụng lao động'), ('collaborators', 'Cộng tác viên, tình nguyện viên'), ('public', 'Người dân nói chung')], max_length=20, verbose_name='Đối tượng')),
                    ('part', models.CharField(choices=[('community', 'Tại cộng đồng (LĐTBXH báo cáo)'), ('school', 'Trong trường học (GDĐT báo cáo)')], default='community', max_length=10, verbose_name='Thuộc số liệu')),
                    ('attended', models.PositiveIntegerField(verbose_name='Số lượt người')),
                    ('first_time', models.PositiveIntegerField(default=0, verbose_name='Số người lần đầu trong năm')),
                    ('first_trained', models.PositiveIntegerField(default=0, verbose_name='Số người lần đầu được tập huấn trong năm')),
                    ('female', models.PositiveIntegerField(default=0, verbose_name='Trong đó nữ')),
                    ('activity', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reached', to='activities.activity')),
                ],
                options={
                    'verbose_name': 'số người được truyền thông, tập huấn',
                    'constraints': [models.UniqueConstraint(fields=('activity', 'audience', 'part'), name='reach_once_per_audience'), models.CheckConstraint(condition=models.Q(('first_time__lte', models.F('attended')), ('first_trained__lte', models.F('attended'))), name='reach_first_time_among_attended'), models.CheckConstraint(condition=models.Q(('female__lte', models.F('attended'))), name='reach_female_among_attended'), models.CheckConstraint(condition=models.Q(models.Q(('part', 'school'), _negated=True), ('audience__in', ('staff_teachers', 'children')), _connector='OR'), name='reach_school_part_is_staff_or_pupils')],
                },
            ),
            migrations.CreateModel(
                name='EstablishmentReach',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('activity', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='establishments_reached', to='activities.activity')),
                    ('establishment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='establishments.establishment', verbose_name='Cơ sở')),
                ],
                options={
                    'verbose_name': 'cơ sở được truyền thông, tập huấn',
                    'constraints': [models.UniqueConstraint(fields=('activity', 'establishment'), name='establishment_reached_once')],
                },
            ),
        ]),
    ]
