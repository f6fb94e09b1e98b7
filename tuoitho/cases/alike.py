"""Which reports may speak of the same child or workplace: suggested, never joined by itself."""

from dataclasses import dataclass
from datetime import timedelta
from difflib import SequenceMatcher
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from tuoitho.cases.models import Report, ReportJoin, ScreeningWork
from tuoitho.cases.models.joining import JoinBasis
from tuoitho.lib.text import fold

WITHIN = timedelta(days=30)
LOOKED_AT = 300  # nearest in time, compared word by word
SHOWN = 8
SAME_PLACE, SAME_NAME = 0.8, 0.75
# Not compared, so not opened: the encrypted texts of a report.
SEALED_TEXTS = (
    "happening", "child_condition", "consequences", "father", "mother", "family", "carer",
    "done_already", "dismissed_because", "routing_reason",
)  # fmt: skip


@dataclass(frozen=True)
class Alike:
    """A report that may belong with another, why, and the basis a click would join them by."""

    report: Report
    basis: str
    reasons: list[str]


def joined_with(report: Report, user: Any) -> QuerySet[Report]:
    """The other reports of its group that ``user`` may see, earliest first."""
    group = ReportJoin.objects.filter(report=report, ended_at=None).values("group")
    others = ReportJoin.objects.filter(group__in=group, ended_at=None).values("report")
    found = Report.objects.visible_to(user).filter(pk__in=others).exclude(pk=report.pk)
    return found.select_related("unit").order_by("received_at")


def alike(report: Report, user: Any) -> list[Alike]:
    """Reports ``user`` may see that could be about the same child or workplace, not joined yet:
    the same child of the register, the same workplace of a screening, or within 30 days the same
    place and a similar name."""
    works = ScreeningWork.objects.filter(establishment__isnull=False)
    places = works.filter(screening__report=report).values("establishment")
    elsewhere = works.filter(establishment__in=places).values("screening__report")
    days = (report.received_at - WITHIN, report.received_at + WITHIN)
    near = Q(happened_unit=report.happened_unit_id, received_at__range=days)
    known = Q(child__isnull=False, child=report.child_id) | Q(pk__in=elsewhere)
    others = Report.objects.visible_to(user).filter(known | near)
    others = others.exclude(pk=report.pk).exclude(pk__in=joined_with(report, user).values("pk"))
    others = others.select_related("unit").defer(*SEALED_TEXTS).order_by("-received_at")
    rows = list(others[:LOOKED_AT])
    same_work = set(elsewhere.filter(screening__report__in=[r.pk for r in rows])
                    .values_list("screening__report", flat=True))  # fmt: skip
    found = [found for row in rows if (found := _compare(report, row, same_work))]
    return sorted(found, key=lambda a: list(JoinBasis.values).index(a.basis))[:SHOWN]


def _compare(report: Report, row: Report, same_work: set[Any]) -> Alike | None:
    if report.child_id and row.child_id == report.child_id:
        return Alike(row, JoinBasis.SAME_CHILD, [_("cùng trẻ trong sổ")])
    if row.pk in same_work:
        return Alike(row, JoinBasis.SAME_WORKPLACE, [_("cùng cơ sở đã sàng lọc")])
    if abs(row.received_at - report.received_at) > WITHIN:
        return None
    place, name = _near(report.place, row.place), _near(report.child_name, row.child_name)
    if place >= SAME_PLACE and name >= SAME_NAME:
        return Alike(row, JoinBasis.SAME_EVENT, [_("cùng nơi"), _("tên giống nhau")])
    if place >= SAME_PLACE:
        return Alike(row, JoinBasis.SAME_WORKPLACE, [_("cùng nơi, trong 30 ngày")])
    if name >= SAME_NAME and _ages_fit(report, row):
        return Alike(row, JoinBasis.SAME_EVENT, [_("tên giống nhau, cùng xã, trong 30 ngày")])
    return None


def _near(one: str, other: str) -> float:
    """How alike two words are once marks and capitals are gone; 0 when either is not known."""
    a, b = fold(one), fold(other)
    return SequenceMatcher(None, a, b).ratio() if a and b else 0.0


def _ages_fit(one: Report, other: Report) -> bool:
    if one.age_estimate is None or other.age_estimate is None:
        return True
    return abs(one.age_estimate - other.age_estimate) <= 2
