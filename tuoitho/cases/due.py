"""What waits for whom on reports and cases: the running clocks, in words and in order."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.db.models import Case as When_
from django.db.models import CharField, F, OuterRef, Q, Subquery, Value, When
from django.utils.translation import gettext as _

from tuoitho.cases.due_ages import QUEUE as ADULTS
from tuoitho.cases.due_ages import adult_due
from tuoitho.cases.due_emergency import QUEUE as EMERGENCIES
from tuoitho.cases.due_emergency import about_case, emergency_due
from tuoitho.cases.due_exchange import QUEUE as EXCHANGE
from tuoitho.cases.due_sendings import QUEUE as SENDINGS
from tuoitho.cases.measures import measures_due
from tuoitho.cases.models import Case, Clock
from tuoitho.cases.models.clock import ClockQuerySet
from tuoitho.cases.models.sight import listed_cases
from tuoitho.cases.turns import KINDS, STEPS, WHO
from tuoitho.lib.due import DueItem, Part, keys_of, queue_row
from tuoitho.lib.hanoi import now
from tuoitho.people.models import Child

# Steps that are only shown when they come near.
AHEAD = timedelta(days=14)
FORESEEN = ("visit", "service")
# Work that is given to a person; the chair's decisions are nobody else's.
GIVEN = ("cases.work", "cases.screen")


def waiting_for(user: Any) -> ClockQuerySet:
    """Running clocks whose turn is this person's, where this person has it; near ones only."""
    near = Q(due_at__lte=now() + AHEAD) | ~Q(step__in=FORESEEN)
    return Clock.objects.visible_to(user).running().filter(_turn(user), near)


def _turn(user: Any) -> Q:
    """A sealed case is worked on by those who may see it, the others by permission and place."""
    by_place: dict[Any, list[str]] = {}
    for permission in sorted({step.permission for step in STEPS.values()}):
        if user.may(permission):
            by_place.setdefault(user.scope(permission), []).append(permission)
    turn = Q(pk__in=[])
    for scope, permissions in by_place.items():
        turn |= Q(sealed=False, permission__in=permissions) & scope.covers()
    if user.may("cases.sealed"):
        turn |= Q(sealed=True) & user.scope("cases.sealed").covers()
    if listed := listed_cases(user):
        turn |= Q(sealed=True, case__in=sorted(listed), permission__in=sorted(user.permissions))
    return turn


def in_words(clocks: ClockQuerySet) -> ClockQuerySet:
    """Everything an item is made of, in one query."""
    name = Child.objects.filter(pk=OuterRef("case__child")).values("full_name")[:1]
    return clocks.select_related(
        "case", "report", "unit", "rule", "assigned_to", "escalation"
    ).annotate(case_child=Subquery(name))  # fmt: skip


def item_of(clock: Clock, child: str = "") -> DueItem:
    """A clock as a row of a queue. ``child``: the name beside the case, "" to leave it out."""
    step = STEPS[clock.step]
    subject = f"{clock.case} · {child}" if child else str(clock.case)
    if clock.report is not None:
        subject = clock.report.child_name or _("Trẻ chưa rõ tên")
    told = getattr(clock, "escalation", None)
    return DueItem(
        what=str(step.what), subject=subject, due=clock.due, **_address(clock),
        basis=basis_of(clock), unit_name=clock.unit.name, done_by=str(step.done_by),
        kind=step.kind, who=str(WHO[clock.permission]), key=f"clock:{clock.pk}",
        owner=str(clock.assigned_to or "") if clock.permission in GIVEN else "",
        told=told.told_names if told else "", unit_id=clock.unit_id,
    )  # fmt: skip


def _address(clock: Clock) -> dict[str, Any]:
    """Where the step is done."""
    if clock.report_id is not None:
        return {"url_name": "cases:report_detail", "url_args": (clock.report_id,)}
    if clock.step == "service":
        return {"url_name": "cases:service_end", "url_args": (int(clock.about),)}
    return {"url_name": "cases:case_detail", "url_args": (clock.case_id,)}


def basis_of(clock: Clock) -> str:
    """The article of the dated rule; for a minor of 16 or 17 the programme's own practice."""
    rule = clock.rule
    if rule.legal and not clock.legal:
        if clock.case is not None and not clock.case.outside_children_law:
            return _("Thông lệ của chương trình (khẩn cấp: Điều 28 không đặt hạn)")
        return _("Thông lệ của chương trình (16–17 tuổi: luật không đặt hạn)")
    return f"{rule.article} {rule.instrument}" if rule.instrument else _(rule.article)


def of_case(case: Case) -> list[DueItem]:
    """What is due on one case, soonest first."""
    clocks = in_words(Clock.objects.running().filter(case=case)).order_by("due_at", "pk")
    return [item_of(clock) for clock in clocks]


def due_on_page(case: Case, child: Child | None) -> list[DueItem]:
    """As ``of_case``, with what its emergency leaves to do; for a case with its rows prefetched."""
    if not case.is_open:
        return []
    left = emergency_due(case, about_case(case))
    adult = adult_due(case, child)
    left += [("cases.close", adult)] if adult else []
    told = [replace(item, who=str(WHO[permission])) for permission, item in left]
    told += measures_due(case)
    return sorted([*of_case(case), *told], key=lambda item: item.moment)


def due_items(user: Any) -> list[DueItem]:
    """Everything of this room that waits for ``user``, soonest first; at most 500 of each part."""
    found = [item for part in QUEUE for item in part.everything(user)]
    return sorted(found, key=lambda item: item.moment)


def _worded(clocks: Iterable[Clock]) -> dict[str, DueItem]:
    items = (item_of(clock, getattr(clock, "case_child", None) or "") for clock in clocks)
    return {item.key: item for item in items}


def _rows(user: Any) -> Any:
    if not user.may("cases.view"):
        return None
    kinds = [When(step=name, then=Value(step.kind)) for name, step in STEPS.items()]
    owner = When_(When(permission__in=GIVEN, then=F("assigned_to_id")), default=None)
    return queue_row(
        waiting_for(user), due=F("due_at"), owner=owner,
        kind=When_(*kinds, default=Value(""), output_field=CharField()),
    )  # fmt: skip


def _items(user: Any, keys: Sequence[str]) -> dict[str, DueItem]:
    return _worded(in_words(Clock.objects.visible_to(user).filter(pk__in=keys_of(keys))))


QUEUE = (Part("clock", KINDS, _rows, _items), *EMERGENCIES, ADULTS, *SENDINGS, *EXCHANGE)
