"""How a person wants to be told, one question a kind."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from tuoitho.access.models import User
from tuoitho.notices.kinds import KINDS, Way
from tuoitho.notices.models import NoticeSetting


class WaysForm(forms.Form):
    """A choice for each kind; a duty by law offers no way to switch it off."""

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = dict(NoticeSetting.objects.filter(user=user).values_list("kind", "way"))
        for kind in KINDS.values():
            ways = [(w.value, w.label) for w in Way if w != Way.OFF or not kind.duty]
            self.fields[kind.code] = forms.ChoiceField(
                label=str(kind.title), choices=ways, initial=chosen.get(kind.code, kind.default),
                help_text=_("Theo luật định, không tắt được.") if kind.duty else "",
            )  # fmt: skip
