"""What the screens of administration may send."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tuoitho.access.models import User
from tuoitho.access.permissions import PERMISSIONS, ROLES
from tuoitho.access.tokens import GRANTABLE
from tuoitho.lib.hanoi import today
from tuoitho.ui.fields import NameField, VietnameseDateField
from tuoitho.units.models import Organisation, OrganisationKind, Unit, UnitQuerySet


def manageable_units(user: User, permission: str) -> UnitQuerySet:
    """Units of today in which ``user`` holds ``permission``, for a select box."""
    units = Unit.objects.as_of(today()).order_by("level", "name")
    scope = user.scope(permission)
    if scope.everywhere:
        # The whole country does not fit a select box; programme areas and their communes do.
        return units.filter(above__ancestor__level="area").distinct()
    return units.filter(pk__in=sorted(scope.unit_ids))


class UserForm(forms.Form):
    username = forms.SlugField(
        label=_("Tên đăng nhập"), max_length=60, help_text=_("Chữ không dấu, số, gạch nối.")
    )
    full_name = NameField(label=_("Họ và tên"), max_length=120)
    position = forms.CharField(label=_("Chức vụ"), max_length=120, required=False)
    password = forms.CharField(
        label=_("Mật khẩu ban đầu"), min_length=10, widget=forms.PasswordInput,
        help_text=_("Ít nhất 10 ký tự; người dùng đổi lại sau khi đăng nhập."),
    )  # fmt: skip


class AssignmentForm(forms.Form):
    role = forms.ChoiceField(label=_("Vai trò"))
    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Địa bàn"))
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("Cơ quan, tổ chức"), required=False
    )
    start = VietnameseDateField(label=_("Từ ngày"))
    end = VietnameseDateField(
        label=_("Đến trước ngày"), required=False, help_text=_("Để trống nếu chưa có thời hạn.")
    )

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = manageable_units(by, "access.manage")
        self.fields["role"].choices = [  # type: ignore[attr-defined]
            (code, label)
            for code, (label, _held) in ROLES.items()
            if code not in ("public", "system")
        ]
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["organisation"].queryset = (  # type: ignore[attr-defined]
            Organisation.objects.as_of(today()).filter(unit__in=units).order_by("name")
        )
        self.fields["start"].initial = today()


class EndForm(forms.Form):
    on = VietnameseDateField(label=_("Ngày đầu tiên không còn giữ vai trò"))


class TokenForm(forms.Form):
    name = forms.CharField(label=_("Dùng cho"), max_length=80)
    permissions = forms.MultipleChoiceField(
        label=_("Khoá được làm gì"), widget=forms.CheckboxSelectMultiple
    )
    expires_on = VietnameseDateField(
        label=_("Dùng được đến hết ngày"), help_text=_("Nhiều nhất một năm.")
    )

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["permissions"].choices = [  # type: ignore[attr-defined]
            (code, PERMISSIONS[code]) for code in GRANTABLE if code in by.permissions
        ]


class OrganisationForm(forms.Form):
    name = forms.CharField(label=_("Tên"), max_length=200)
    kind = forms.ChoiceField(label=_("Loại"), choices=OrganisationKind.choices)
    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Địa bàn"))
    start = VietnameseDateField(label=_("Hoạt động từ ngày"), required=False)

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = manageable_units(by, "units.manage")  # type: ignore[attr-defined]
