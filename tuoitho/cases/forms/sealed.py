"""Who may see a sealed case: naming a person by the name they sign in with."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tuoitho.access.models import User
from tuoitho.cases.forms.base import RoomForm, text_area
from tuoitho.ui.fields import VietnameseDateField


class LeadForm(RoomForm):
    user = forms.CharField(label=gettext_lazy("Tên đăng nhập của người đó"), max_length=150)
    reason = text_area(gettext_lazy("Vì sao người này cần biết"), required=True)

    def clean_user(self) -> User:
        found = User.objects.filter(
            username=self.cleaned_data["user"].strip(), is_active=True, is_system=False
        ).first()
        if found is None:
            raise ValidationError(_("Không có người dùng mang tên đăng nhập này."))
        return found


class ReaderForm(LeadForm):
    until = VietnameseDateField(label=gettext_lazy("Được xem đến hết ngày"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["user", "until", "reason"])


class ExportForm(RoomForm):
    reason = text_area(gettext_lazy("Vì sao cần tải danh sách này"), required=True)
