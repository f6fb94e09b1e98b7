"""What the page of a pair shows: both children side by side, and what each comparison says."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tuoitho.access.models import User
from tuoitho.people.matching.reasons import Reason, reasons_of
from tuoitho.people.merge_form import value_text
from tuoitho.people.models import Child, Guardian, MatchPair


@dataclass(frozen=True)
class PairRow:
    """One line: what either row says, and what the linking makes of it (None: not compared)."""

    label: str | Promise
    first: str
    second: str
    reasons: list[Reason]


def rows_of_pair(pair: MatchPair, user: User) -> list[PairRow]:
    """In the order of the register; numbers only for those who may see them in both places."""
    scope = user.scope("people.identity")
    both = pair.first.unit_id in scope and pair.second.unit_id in scope
    found = {reason.name: reason for reason in reasons_of(pair.levels)}

    def row(label: str | Promise, values: Any, *names: str) -> PairRow:
        said = [found[name] for name in names if name in found]
        return PairRow(label, values(pair.first), values(pair.second), said)

    def text(group: str) -> Any:
        return lambda child: value_text(child, group, may_identify=both)

    return [
        row(gettext_lazy("Họ và tên"), text("full_name"), "name", "marks"),
        row(gettext_lazy("Ngày sinh, tuổi"), text("birth"), "birth"),
        row(gettext_lazy("Giới tính"), text("sex"), "sex"),
        row(gettext_lazy("Số định danh"), text("national_id"), "number"),
        row(gettext_lazy("Cha mẹ, người thân"), _carers, "carers"),
        row(gettext_lazy("Nơi ở"), _place, "place"),
        row(gettext_lazy("Trường"), _school),
        row(gettext_lazy("Vào sổ"), lambda child: f"{child.registered_on:%d/%m/%Y}"),
    ]


def _carers(child: Child) -> str:
    lines = [str(carer) for carer in Guardian.objects.caring_for(child)]
    if child.household:
        lines.append(_("Chủ hộ: %(name)s") % {"name": child.household})
    return "\n".join(lines)


def _place(child: Child) -> str:
    return ", ".join(part for part in (child.hamlet, str(child.unit)) if part)


def _school(child: Child) -> str:
    latest = child.enrolments.select_related("school").order_by("-school_year").first()
    if latest is None:
        return ""
    return ", ".join(part for part in (latest.school_label, latest.school_year) if part)
