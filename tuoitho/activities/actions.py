"""Everything that changes an activity. Views, importers, jobs and tests all come through here."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tuoitho.activities.kinds import IN_SCHOOLS, Audience, Kind, Part
from tuoitho.activities.models import Activity, ActivityMove, EstablishmentReach, Reach
from tuoitho.activities.offices import recorded_by
from tuoitho.activities.states import MOVES, State, Step
from tuoitho.audit.actions import record, snapshot
from tuoitho.establishments.models import Establishment
from tuoitho.lib.actors import Actor
from tuoitho.lib.hanoi import today
from tuoitho.lib.steps import Move, move_from
from tuoitho.lib.text import tidy
from tuoitho.plan.offices import Office
from tuoitho.units.models import Organisation, Unit

# What may be said of every activity, and of one kind only.
COMMON = (
    "title", "topic", "organisation", "task_code", "starts_on", "ends_on", "place", "result",
    "evidence", "names_hotline",
)  # fmt: skip
OF_KIND: dict[str, tuple[str, ...]] = {
    Kind.BROADCAST: ("channel", "quantity"),
    Kind.ARTICLE: ("channel", "quantity"),
    Kind.PRODUCT: ("product_kind", "quantity"),
    Kind.TRAINING: ("hours", "score_before", "score_after", "certificates"),
    Kind.MODEL: ("model_kind", "member_households", "member_establishments", "before", "after"),
}
ONE_LINE = ("title", "topic", "place", "evidence")
NEEDS_PEOPLE = (Kind.EVENT, Kind.TRAINING)
LOGGED = [*COMMON, "state", "done_on", *sorted({f for fields in OF_KIND.values() for f in fields})]


@dataclass(frozen=True)
class Reached:
    """People of one audience at an activity, as typed; see ``models.Reach`` for the words."""

    audience: str
    attended: int
    first_time: int = 0
    part: str = Part.COMMUNITY
    first_trained: int = 0
    female: int = 0

    def field(self, name: str) -> str:
        """The form field of one of the numbers, to which an error belongs."""
        return f"{name}_{self.audience}_{self.part}"


def facts_of(kind: str) -> tuple[str, ...]:
    """Names of the facts an activity of this kind may have."""
    return (*COMMON, *OF_KIND.get(kind, ()))


@transaction.atomic
def plan_activity(  # noqa: PLR0913 - an activity is planned in one sentence
    unit: Unit,
    *,
    title: str,
    kind: str,
    owner: str,
    starts_on: date,
    by: Actor,
    on: date,
    note: str = "",
    **facts: Any,
) -> Activity:
    """Put an activity of ``unit`` on the calendar; ``ends_on`` defaults to ``starts_on``.

    Other ``facts``: those of ``facts_of(kind)``. Raises ValidationError (also when an activity of
    that title, owner and day is there already: it would be counted twice) and PermissionDenied (an
    owner or organisation this person does not record for).
    """
    by.require("activities.record", unit)
    _not_in_future(on)
    activity = Activity(unit=unit, kind=kind, owner=owner)
    _put(activity, {"title": title, "starts_on": starts_on, "ends_on": starts_on, **facts})
    _check_owner(activity, by)
    _check_not_twice(activity)
    activity.full_clean()
    activity.save()
    _append(activity, Step.PLAN, by=by, on=on, note=note)
    record("activities.plan", activity, by=by, on=on, note=note, after=_picture(activity))
    return _still_visible(activity, by)


@transaction.atomic
def record_activity(
    activity: Activity,
    *,
    reached: Iterable[Reached],
    by: Actor,
    on: date,
    note: str = "",
    **facts: Any,
) -> Activity:
    """The activity took place (a model: was set up), with the people it reached.

    Raises ValidationError with the fields of the form (``attended_parents_community`` …).
    """
    activity, step = _locked(activity, Step.RECORD, by)
    _not_in_future(on)
    return _record(activity, step, reached, facts, by=by, on=on, note=note)


@transaction.atomic
def correct_activity(
    activity: Activity,
    *,
    reached: Iterable[Reached],
    by: Actor,
    on: date,
    note: str,
    **facts: Any,
) -> Activity:
    """Replace the facts and figures of an activity that was done; ``note`` says why.

    What stood before stays in the log (before / after) and the step in the activity's history.
    """
    activity, step = _locked(activity, Step.CORRECT, by)
    _not_in_future(on)
    if not tidy(note):
        raise ValidationError({"note": _("Hãy ghi lý do sửa.")})
    return _record(activity, step, reached, facts, by=by, on=on, note=note)


@transaction.atomic
def cancel_activity(activity: Activity, *, by: Actor, on: date, note: str) -> Activity:
    """It will not be held, or was recorded by mistake: it stays readable and counts nowhere."""
    activity, step = _locked(activity, Step.CANCEL, by)
    _not_in_future(on)
    if not tidy(note):
        raise ValidationError({"note": _("Hãy ghi lý do hủy.")})
    before = _picture(activity)
    activity.state = step.target
    activity.save(update_fields=["state"])
    _append(activity, step.name, by=by, on=on, note=note)
    record(
        "activities.cancel", activity, by=by, on=on, note=note, before=before,
        after=_picture(activity),
    )  # fmt: skip
    return activity


@transaction.atomic
def link_establishments(
    activity: Activity, establishments: Iterable[Establishment], *, by: Actor, on: date
) -> Activity:
    """The employers of these workplaces were reached (targets 2.3, 3.2); linking twice is once.

    Raises ValidationError for a workplace outside the activity's unit or not at work on its day,
    and for an activity not done yet.
    """
    activity, step = _locked(activity, Step.CORRECT, by)
    _not_in_future(on)
    wanted = {row.pk for row in establishments}
    fitting = Establishment.objects.filter(pk__in=wanted).located_in(activity.unit)
    if activity.done_on is None or fitting.open_on(activity.done_on).count() < len(wanted):
        raise ValidationError(
            {"establishments": _("Có cơ sở không thuộc địa bàn hoặc không hoạt động vào ngày đó.")}
        )
    known = set(activity.establishments_reached.values_list("establishment_id", flat=True))
    EstablishmentReach.objects.bulk_create(
        EstablishmentReach(activity=activity, establishment_id=pk) for pk in sorted(wanted - known)
    )
    note = _("Thêm %(n)s cơ sở") % {"n": len(wanted - known)}
    return _linked(activity, step, known, known | wanted, by=by, on=on, note=note)


@transaction.atomic
def unlink_establishment(
    activity: Activity, establishment: Establishment, *, by: Actor, on: date
) -> Activity:
    """Linked by mistake. Raises EstablishmentReach.DoesNotExist when it was not linked."""
    activity, step = _locked(activity, Step.CORRECT, by)
    _not_in_future(on)
    known = set(activity.establishments_reached.values_list("establishment_id", flat=True))
    activity.establishments_reached.get(establishment=establishment).delete()
    note = _("Bỏ cơ sở %(name)s") % {"name": establishment.name}
    return _linked(activity, step, known, known - {establishment.pk}, by=by, on=on, note=note)


def _linked(
    activity: Activity, step: Move[Step, State], before: set[int], after: set[int], *, by: Actor,
    on: date, note: str,
) -> Activity:  # fmt: skip
    _append(activity, step.name, by=by, on=on, note=note)
    record(
        "activities.correct", activity, by=by, on=on, note=note,
        before={"establishments": sorted(before)}, after={"establishments": sorted(after)},
    )  # fmt: skip
    return activity


def _record(
    activity: Activity,
    step: Move[Step, State],
    reached: Iterable[Reached],
    facts: Mapping[str, Any],
    *,
    by: Actor,
    on: date,
    note: str,
) -> Activity:
    before = _picture(activity)
    _put(activity, facts)
    activity.state = step.target
    activity.done_on = activity.starts_on if activity.kind == Kind.MODEL else activity.ends_on
    if activity.done_on > on:
        field = "starts_on" if activity.kind == Kind.MODEL else "ends_on"
        raise ValidationError({field: _("Ngày này chưa tới: chỉ ghi nhận việc đã làm.")})
    _check_not_twice(activity)
    activity.full_clean()
    rows = [row for row in reached if row.attended or row.first_time or row.female]
    _check_people(activity, rows)
    activity.save()
    activity.reached.all().delete()
    Reach.objects.bulk_create(
        Reach(
            activity=activity, audience=row.audience, part=row.part, attended=row.attended,
            first_time=row.first_time, first_trained=row.first_trained, female=row.female,
        )
        for row in rows
    )  # fmt: skip
    _append(activity, step.name, by=by, on=on, note=note)
    record(
        f"activities.{step.name}", activity, by=by, on=on, note=note, before=before,
        after=_picture(activity),
    )  # fmt: skip
    return _still_visible(activity, by)


def _locked(activity: Activity, wanted: Step, by: Actor) -> tuple[Activity, Move[Step, State]]:
    """The row under lock and the step of the table, once the actor may take it."""
    activity = Activity.objects.select_for_update(of=("self",)).get(pk=activity.pk)
    step = move_from(MOVES, activity.state, wanted)
    if step is None:
        raise ValidationError(
            _("Hoạt động %(state)s thì không thể: %(step)s.")
            % {"state": activity.get_state_display().lower(), "step": wanted.label.lower()}
        )
    by.require(step.permission, activity)
    _check_owner(activity, by)
    return _still_visible(activity, by), step


def _put(activity: Activity, facts: Mapping[str, Any]) -> None:
    """Set the facts an activity of its kind may have. Raises TypeError for any other."""
    strange = set(facts) - set(facts_of(activity.kind))
    if strange:
        raise TypeError(f"an activity of kind {activity.kind!r} has no {sorted(strange)}")
    for name, value in facts.items():
        setattr(activity, name, tidy(value) if name in ONE_LINE else value)
    if activity.ends_on < activity.starts_on:
        raise ValidationError({"ends_on": _("Ngày kết thúc không thể trước ngày bắt đầu.")})
    for name in ("model_kind", "product_kind"):
        if name in facts_of(activity.kind) and not getattr(activity, name):
            raise ValidationError({name: _("Hãy chọn loại.")})
    _check_organisation(activity, activity.organisation)


def _check_organisation(activity: Activity, organisation: Organisation | None) -> None:
    if organisation is None:
        return
    if activity.starts_on not in organisation.valid:
        raise ValidationError({"organisation": _("Đơn vị này chưa có hoặc đã hết vào ngày đó.")})
    if not Organisation.objects.within(activity.unit).filter(pk=organisation.pk).exists():
        raise ValidationError({"organisation": _("Đơn vị này không thuộc địa bàn đã chọn.")})


def _check_owner(activity: Activity, by: Actor) -> None:
    if activity.owner not in recorded_by(by, activity.unit):
        raise PermissionDenied(f"{by.actor_name}: activities.record for {activity.owner}")


def _check_not_twice(activity: Activity) -> None:
    same = Activity.objects.exclude(state=State.CANCELLED).exclude(pk=activity.pk)
    if same.filter(
        unit=activity.unit, owner=activity.owner, organisation=activity.organisation,
        kind=activity.kind, title__iexact=activity.title, starts_on=activity.starts_on,
    ).exists():  # fmt: skip
        raise ValidationError(
            {"title": _("Đã có hoạt động này trong ngày đó; ghi lần nữa sẽ đếm hai lần.")}
        )


def _check_people(activity: Activity, rows: list[Reached]) -> None:
    """Raise ValidationError naming every number that cannot be, by its form field."""
    if activity.kind in NEEDS_PEOPLE and not any(row.attended for row in rows):
        raise ValidationError(
            {"__all__": _("Hãy ghi số người tham gia của ít nhất một đối tượng.")}
        )
    if len({(row.audience, row.part) for row in rows}) < len(rows):
        raise ValidationError({"__all__": _("Một đối tượng chỉ ghi một dòng.")})
    wrong: dict[str, Any] = {}
    for row in rows:
        for name, message in _faults(activity, row):
            wrong[row.field(name)] = message
    if wrong:
        raise ValidationError(wrong)


def _faults(activity: Activity, row: Reached) -> Iterable[tuple[str, str]]:
    """What is wrong in one row: (number, message)."""
    if row.audience not in Audience.values or row.part not in Part.values:
        raise ValueError(f"unknown audience or part: {row}")
    for name in ("first_time", "first_trained", "female"):
        if getattr(row, name) > row.attended:
            yield name, _("Không thể nhiều hơn số lượt người.")
    training = activity.kind == Kind.TRAINING
    if row.first_trained and not training:
        yield "first_trained", _("Chỉ lớp tập huấn mới có số này.")
    if training and row.first_trained < row.first_time:
        yield (
            "first_trained",
            _("Người lần đầu được tiếp cận trong năm cũng là lần đầu được tập huấn."),
        )
    if row.part == Part.SCHOOL and row.audience not in IN_SCHOOLS:
        yield "attended", _("Chỉ giáo viên và học sinh thuộc số liệu trường học.")
    elif row.first_time and row.audience in IN_SCHOOLS:
        yield from _other_owner(activity, row)


def _other_owner(activity: Activity, row: Reached) -> Iterable[tuple[str, str]]:
    """IV.1 and IV.2 give schools to GDĐT, the community to LĐTBXH: each counts its own."""
    in_school, by_education = row.part == Part.SCHOOL, activity.owner == Office.EDUCATION
    if in_school and not by_education:
        yield "first_time", _("Trong trường học do ngành Giáo dục đếm; ở đây chỉ ghi số lượt.")
    if by_education and not in_school:
        yield "first_time", _("Ngoài trường học do LĐTBXH và xã đếm; ở đây chỉ ghi số lượt.")


def _still_visible(activity: Activity, by: Actor) -> Activity:
    """A school writes only what it may see: its own organisation's. Raises PermissionDenied."""
    if not Activity.objects.visible_to(by).filter(pk=activity.pk).exists():
        raise PermissionDenied(f"{by.actor_name}: not an activity of their own organisation")
    return activity


def _append(activity: Activity, step: Step, *, by: Actor, on: date, note: str) -> None:
    ActivityMove.objects.create(
        activity=activity, step=step, target=activity.state, on=on, by=by.actor_name, note=note
    )


def _not_in_future(on: date) -> None:
    if on > today():
        raise ValidationError({"on": _("Ngày ghi không thể ở tương lai.")})


def _picture(activity: Activity) -> dict[str, Any]:
    """The activity and its people as the log keeps them."""
    people = activity.reached.order_by("audience", "part").values(
        "audience", "part", "attended", "first_time", "first_trained", "female"
    )
    return {**snapshot(activity, LOGGED), "reached": list(people)}
