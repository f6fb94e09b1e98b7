"""Writing what is known about a child over time."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tuoitho.audit.actions import gathering, record, snapshot
from tuoitho.lib.actors import Actor
from tuoitho.lib.hanoi import today
from tuoitho.lib.insert import insert_many
from tuoitho.lib.text import fold
from tuoitho.people.actions.many import require_everywhere
from tuoitho.people.models import Child, Circumstance, Enrolment, Guardian, Household
from tuoitho.people.school_years import parse_school_year
from tuoitho.people.states import Group, Relation, SchoolStatus
from tuoitho.people.values import line_of, name_of, phone_of
from tuoitho.people.violations import explained
from tuoitho.units.models import Organisation

CARER = ["relation", "full_name", "phone", "birth_year", "occupation"]
SCHOOLING = ["school", "school_name", "grade", "status", "status_on"]
# Made once: Django makes these lists anew each time.
_RELATIONS, _GROUPS = frozenset(Relation.values), frozenset(Group.values)
_STATUSES = frozenset(SchoolStatus.values)
CIRCUMSTANCE = ["group", "since", "until", "evidence"]


def _lock(children: Iterable[Child], by: Actor) -> dict[int, int]:
    """The units (by key) of the children, locked, by their keys. Raises Child.DoesNotExist."""
    keys = {child.pk for child in children}
    rows = Child.objects.select_for_update().filter(pk__in=keys)
    units = dict(rows.values_list("pk", "unit_id"))
    if len(units) != len(keys):
        raise Child.DoesNotExist
    require_everywhere("people.register", (Child(unit_id=u) for u in {*units.values()}), by=by)
    return units


@transaction.atomic
def add_guardian(  # noqa: PLR0913 - the facts of a carer
    subject: Child | Household,
    *,
    relation: str,
    full_name: str,
    phone: str = "",
    birth_year: int | None = None,
    occupation: str = "",
    by: Actor,
    on: date,
) -> Guardian:
    """A carer of one child, or (for a household) of all its children. Raises ValidationError."""
    by.require("people.register", subject)
    draft = draft_guardian(
        subject, relation=relation, full_name=full_name, phone=phone, birth_year=birth_year,
        occupation=occupation,
    )  # fmt: skip
    return add_guardians([draft], by=by, on=on)[0]


def draft_guardian(
    subject: Child | Household,
    *,
    relation: str,
    full_name: str,
    phone: str = "",
    birth_year: int | None = None,
    occupation: str = "",
) -> Guardian:
    """A carer checked, for ``add_guardians`` to write; ``subject`` may be a draft written before.

    Raises ValidationError.
    """
    guardian = Guardian(**{"child" if isinstance(subject, Child) else "household": subject})
    _write_guardian(
        guardian, relation=relation, full_name=full_name, phone=phone, birth_year=birth_year,
        occupation=occupation,
    )  # fmt: skip
    return guardian


@transaction.atomic
def add_guardians(drafts: Sequence[Guardian], *, by: Actor, on: date) -> list[Guardian]:
    """Many carers at once: those of ``draft_guardian``. Raises PermissionDenied."""
    subjects: list[Child | Household] = [d.child or d.household for d in drafts]  # type: ignore[misc]
    require_everywhere("people.register", subjects, by=by)
    insert_many(drafts)
    with gathering():
        for draft, subject in zip(drafts, subjects, strict=True):
            record(
                "people.add_guardian", draft, by=by, on=on, after=snapshot(draft, CARER),
                unit_key=subject.unit_id,
            )  # fmt: skip
    return list(drafts)


@transaction.atomic
def correct_guardian(guardian: Guardian, *, by: Actor, on: date, **fields: Any) -> Guardian:
    """Correct ``relation``, ``full_name``, ``phone``, ``birth_year``, ``occupation``."""
    guardian = Guardian.objects.select_for_update().get(pk=guardian.pk)
    subject = guardian.child or guardian.household
    by.require("people.register", subject)
    if unknown := set(fields) - set(CARER):
        raise TypeError(f"a carer has no {', '.join(sorted(unknown))} to correct")
    before = snapshot(guardian, CARER)
    _write_guardian(guardian, **{name: getattr(guardian, name) for name in CARER} | fields)
    guardian.save()
    record(
        "people.correct_guardian", guardian, by=by, on=on, before=before,
        after=snapshot(guardian, CARER), unit_key=getattr(subject, "unit_id", None),
    )  # fmt: skip
    return guardian


def _write_guardian(guardian: Guardian, **facts: Any) -> None:
    if facts["relation"] not in _RELATIONS:
        raise ValidationError({"relation": _("Chọn quan hệ với trẻ.")})
    year = facts["birth_year"]
    if year is not None and not 1900 <= year <= today().year:
        raise ValidationError({"birth_year": _("Năm sinh không hợp lệ.")})
    guardian.relation, guardian.birth_year = facts["relation"], year
    guardian.full_name = name_of(facts["full_name"], "full_name")
    guardian.folded_name = fold(guardian.full_name)
    guardian.phone = phone_of(facts["phone"])
    guardian.occupation = line_of(facts["occupation"], "occupation")


@transaction.atomic
def record_circumstance(
    child: Child, group: str, *, since: date, until: date | None = None, evidence: str = "",
    by: Actor,
) -> Circumstance:  # fmt: skip
    """The child is in a group of Luật Trẻ em Đ10.1 from ``since`` to the end of ``until`` (None:
    still). Raises ValidationError, also when the same group is recorded for one of these days."""
    by.require("people.register", child)
    draft = draft_circumstance(child, group, since=since, until=until, evidence=evidence)
    return record_circumstances([draft], by=by)[0]


def draft_circumstance(
    child: Child, group: str, *, since: date, until: date | None = None, evidence: str = ""
) -> Circumstance:
    """A circumstance checked, for ``record_circumstances`` to write. Raises ValidationError."""
    if group not in _GROUPS:
        raise ValidationError({"group": _("Chọn một nhóm hoàn cảnh.")})
    _check_days(since, until)
    return Circumstance(
        child=child, group=group, since=since, until=until, evidence=evidence.strip()
    )


@transaction.atomic
def record_circumstances(drafts: Sequence[Circumstance], *, by: Actor) -> list[Circumstance]:
    """Many circumstances at once: those of ``draft_circumstance``.

    Raises ValidationError when the database refuses one (none is written then), PermissionDenied.
    """
    units = _lock((draft.child for draft in drafts), by)
    with explained():
        insert_many(drafts)
    with gathering():
        for row in drafts:
            record(
                "people.record_circumstance", row, by=by, on=row.since,
                after=snapshot(row, CIRCUMSTANCE), unit_key=units[row.child_id],
            )  # fmt: skip
    return list(drafts)


@transaction.atomic
def end_circumstance(
    circumstance: Circumstance, *, until: date, by: Actor, note: str = ""
) -> Circumstance:
    """``until`` was the last day of it. Raises ValidationError."""
    row = Circumstance.objects.select_for_update().select_related("child").get(pk=circumstance.pk)
    by.require("people.register", row.child)
    _check_days(row.since, until)
    before = snapshot(row, CIRCUMSTANCE)
    row.until = until
    with explained():
        row.save()
    record(
        "people.end_circumstance", row, by=by, on=until, note=note, before=before,
        after=snapshot(row, CIRCUMSTANCE), unit_key=row.child.unit_id,
    )  # fmt: skip
    return row


def _check_days(since: date, until: date | None) -> None:
    if since > today():
        raise ValidationError({"since": _("Ngày bắt đầu không thể ở tương lai.")})
    if until is not None and until < since:
        raise ValidationError({"until": _("Ngày kết thúc không thể trước ngày bắt đầu.")})


@transaction.atomic
def record_enrolment(  # noqa: PLR0913 - the facts of a school year
    child: Child,
    *,
    school_year: str,
    status: str,
    school: Organisation | None = None,
    school_name: str = "",
    grade: int | None = None,
    by: Actor,
    on: date,
) -> Enrolment:
    """Schooling in one school year, as of ``on`` (for who left school: the day of leaving).

    A later record for the same year replaces the earlier. Raises ValidationError.
    """
    by.require("people.register", child)
    draft = draft_enrolment(
        child, school_year=school_year, status=status, school=school, school_name=school_name,
        grade=grade, on=on,
    )  # fmt: skip
    return record_enrolments([draft], by=by, on=on)[0]


def draft_enrolment(
    child: Child,
    *,
    school_year: str,
    status: str,
    school: Organisation | None = None,
    school_name: str = "",
    grade: int | None = None,
    on: date,
) -> Enrolment:
    """Schooling of a year checked, for ``record_enrolments`` to write. Raises ValidationError."""
    year = _school_year(school_year)
    if status not in _STATUSES:
        raise ValidationError({"status": _("Chọn tình trạng đi học.")})
    if grade is not None and not 1 <= grade <= 12:
        raise ValidationError({"grade": _("Lớp từ 1 đến 12.")})
    return Enrolment(
        child=child, school_year=year, school=school, grade=grade, status=status, status_on=on,
        school_name=line_of(school_name, "school_name", 200),
    )  # fmt: skip


@transaction.atomic
def record_enrolments(drafts: Sequence[Enrolment], *, by: Actor, on: date) -> list[Enrolment]:
    """``record_enrolment`` of many children at once: drafts of ``draft_enrolment``, each child and
    year once. Raises PermissionDenied."""
    units = _lock((draft.child for draft in drafts), by)
    earlier = Enrolment.objects.filter(
        child__in=units, school_year__in={draft.school_year for draft in drafts}
    )
    known = {(row.child_id, row.school_year): row for row in earlier}
    rows, before = [], []
    for draft in drafts:
        row = known.get((draft.child_id, draft.school_year), draft)
        before.append({} if row is draft else snapshot(row, SCHOOLING))
        rows.append(row)
        if row is not draft:
            for name in SCHOOLING:
                setattr(row, name, getattr(draft, name))
            row.save()
    insert_many([row for row in rows if row.pk is None])
    with gathering():
        for row, was in zip(rows, before, strict=True):
            record(
                "people.record_enrolment", row, by=by, on=on, before=was,
                after={"school_year": row.school_year, **snapshot(row, SCHOOLING)},
                unit_key=units[row.child_id],
            )  # fmt: skip
    return rows


def _school_year(text: str) -> str:
    try:
        return parse_school_year(text)
    except ValidationError as error:
        raise ValidationError({"school_year": error.messages}) from error
