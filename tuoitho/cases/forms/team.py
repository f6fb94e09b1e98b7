"""Giving cases to a worker, alone or many at once."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tuoitho.access.models import User
from tuoitho.cases.forms.base import DatedForm, RoomForm, text_area
from tuoitho.cases.workload import workers

ACTS = [("assign", _("Giao cho người phụ trách")), ("remind", _("Nhắc việc"))]


def _choices(user: User, unit_id: int | None) -> list[tuple[str, str]]:
    return [(str(person.pk), f"{person}, {place}") for person, place in workers(user, unit_id)]


class AssignForm(DatedForm):
    to = forms.ChoiceField(label=_("Người phụ trách"))
    note = text_area(_("Ghi chú"))

    def __init__(self, *args: Any, user: User, unit_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        none = [("", _("Không giao riêng cho ai"))]
        self.fields["to"] = forms.ChoiceField(
            label=_("Người phụ trách"), choices=[*none, *_choices(user, unit_id)], required=False
        )

    def clean_to(self) -> User | None:
        key = self.cleaned_data["to"]
        return User.objects.filter(pk=key).first() if key else None


class BulkForm(RoomForm):
    """``rows``: keys of clocks as ticked; ``whole``: everything the filters show."""

    act = forms.ChoiceField(choices=ACTS)
    to = forms.ChoiceField(required=False)
    whole = forms.BooleanField(required=False)

    def __init__(self, *args: Any, user: User, unit_id: int | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = [("", "—"), *_choices(user, unit_id)]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("act") == "assign" and not given.get("to"):
            raise ValidationError({"to": _("Hãy chọn người phụ trách.")})
        return given
