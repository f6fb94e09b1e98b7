"""All tables of the room, as they stand; what only SQL can say follows in the next files."""

import django.contrib.auth.validators
import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from tuoitho.lib.tables import CreateTables


class Migration(migrations.Migration):

    # The same tables, step by step, as they were made while the system was written.
    replaces = [
        ('access', '0001_people_and_roles'),
        ('access', '0003_api_tokens'),
        ('access', '0004_timekeeper'),
    ]

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ('units', '0001_tables'),
    ]

    operations = [
        CreateTables([
            migrations.CreateModel(
                name='User',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('password', models.CharField(max_length=128, verbose_name='password')),
                    ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                    ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                    ('username', models.CharField(error_messages={'unique': 'A user with that username already exists.'}, help_text='Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.', max_length=150, unique=True, validators=[django.contrib.auth.validators.UnicodeUsernameValidator()], verbose_name='username')),
                    ('first_name', models.CharField(blank=True, max_length=150, verbose_name='first name')),
                    ('last_name', models.CharField(blank=True, max_length=150, verbose_name='last name')),
                    ('email', models.EmailField(blank=True, max_length=254, verbose_name='email address')),
                    ('is_staff', models.BooleanField(default=False, help_text='Designates whether the user can log into this admin site.', verbose_name='staff status')),
                    ('is_active', models.BooleanField(default=True, help_text='Designates whether this user should be treated as active. Unselect this instead of deleting accounts.', verbose_name='active')),
                    ('date_joined', models.DateTimeField(default=django.utils.timezone.now, verbose_name='date joined')),
                    ('full_name', models.CharField(max_length=120, verbose_name='Họ và tên')),
                    ('position', models.CharField(blank=True, max_length=120, verbose_name='Chức vụ')),
                    ('is_system', models.BooleanField(default=False, verbose_name='Là tiến trình của hệ thống')),
                    ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                    ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
                ],
                options={
                    'verbose_name': 'người dùng',
                },
            ),
            migrations.CreateModel(
                name='RoleGrant',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('role', models.CharField(max_length=30)),
                    ('permission', models.CharField(max_length=40)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('role', 'permission'), name='grant_once')],
                },
            ),
            migrations.CreateModel(
                name='Assignment',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('role', models.CharField(choices=[('commune_worker', 'Người làm công tác bảo vệ trẻ em cấp xã'), ('collaborator', 'Cộng tác viên bảo vệ trẻ em'), ('commune_chair', 'Chủ tịch Ủy ban nhân dân cấp xã'), ('labour_office', 'Phòng Lao động - Thương binh và Xã hội (cơ quan thường trực)'), ('education_office', 'Phòng Giáo dục và Đào tạo'), ('school', 'Trường học'), ('police', 'Công an'), ('economy_office', 'Phòng Kinh tế'), ('culture_office', 'Phòng Văn hóa - Thông tin'), ('finance_office', 'Phòng Tài chính - Kế hoạch'), ('mass_organisation', 'Mặt trận Tổ quốc, đoàn thể'), ('leader', 'Lãnh đạo Ủy ban nhân dân huyện'), ('department', 'Sở quản lý ngành'), ('administrator', 'Quản trị hệ thống'), ('public', 'Người dân báo tin (không cần tài khoản)'), ('timekeeper', 'Tiến trình giữ thời hạn (thấy cả hồ sơ niêm phong, chỉ đổi thời hạn)'), ('system', 'Tiến trình của hệ thống')], max_length=30, verbose_name='Vai trò')),
                    ('valid', django.contrib.postgres.fields.ranges.DateRangeField(help_text='Ngày đầu tính vào, ngày cuối không tính.', verbose_name='Thời hạn')),
                    ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to='units.organisation', verbose_name='Cơ quan, tổ chức')),
                    ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to='units.unit', verbose_name='Địa bàn')),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to=settings.AUTH_USER_MODEL, verbose_name='Người dùng')),
                ],
                options={
                    'verbose_name': 'phân công',
                    'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('user', '='), ('role', '='), ('unit', '='), ('valid', '&&')], name='assignment_once_a_day')],
                },
            ),
            migrations.CreateModel(
                name='ApiToken',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=80, verbose_name='Dùng cho')),
                    ('token_hash', models.CharField(max_length=64, unique=True)),
                    ('permissions', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), size=None, verbose_name='Quyền')),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='Tạo lúc')),
                    ('expires_on', models.DateField(verbose_name='Ngày cuối dùng được')),
                    ('revoked_at', models.DateTimeField(blank=True, null=True, verbose_name='Thu hồi lúc')),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='api_tokens', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name': 'khoá API',
                },
            ),
        ]),
    ]
