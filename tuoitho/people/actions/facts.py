"""Writing what is known about a child over time."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tuoitho.audit.actions import record, snapshot
from tuoitho.lib.actors import Actor
from tuoitho.lib.hanoi import today
from tuoitho.lib.text import fold
from tuoitho.people.models import Child, Circumstance, Enrolment, Guardian, Household
from tuoitho.people.school_years import parse_school_year
from tuoitho.people.states import Group, Relation, SchoolStatus
from tuoitho.people.values import line_of, name_of, phone_of
from tuoitho.people.violations import explained
from tuoitho.units.models import Organisation

CARER = ["relation", "full_name", "phone", "birth_year", "occupation"]
SCHOOLING = ["school", "school_name", "grade", "status", "status_on"]
CIRCUMSTANCE = ["group", "since", "until", "evidence"]


def _locked(child: Child, by: Actor) -> Child:
    child = Child.objects.select_for_update().get(pk=child.pk)
    by.require("people.register", child)
    return child


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
    guardian = Guardian(**{"child" if isinstance(subject, Child) else "household": subject})
    _write_guardian(
        guardian, relation=relation, full_name=full_name, phone=phone, birth_year=birth_year,
        occupation=occupation,
    )  # fmt: skip
    record(
        "people.add_guardian", guardian, by=by, on=on, after=snapshot(guardian, CARER),
        unit_key=subject.unit_id,
    )  # fmt: skip
    return guardian


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
    record(
        "people.correct_guardian", guardian, by=by, on=on, before=before,
        after=snapshot(guardian, CARER), unit_key=getattr(subject, "unit_id", None),
    )  # fmt: skip
    return guardian


def _write_guardian(guardian: Guardian, **facts: Any) -> None:
    if facts["relation"] not in Relation.values:
        raise ValidationError({"relation": _("Chọn quan hệ với trẻ.")})
    year = facts["birth_year"]
    if year is not None and not 1900 <= year <= today().year:
        raise ValidationError({"birth_year": _("Năm sinh không hợp lệ.")})
    guardian.relation, guardian.birth_year = facts["relation"], year
    guardian.full_name = name_of(facts["full_name"], "full_name")
    guardian.folded_name = fold(guardian.full_name)
    guardian.phone = phone_of(facts["phone"])
    guardian.occupation = line_of(facts["occupation"], "occupation")
    guardian.save()


@transaction.atomic
def record_circumstance(
    child: Child, group: str, *, since: date, until: date | None = None, evidence: str = "",
    by: Actor,
) -> Circumstance:  # fmt: skip
    """The child is in a group of Luật Trẻ em Đ10.1 from ``since`` to the end of ``until`` (None:
    still). Raises ValidationError, also when the same group is recorded for one of these days."""
    child = _locked(child, by)
    if group not in Group.values:
        raise ValidationError({"group": _("Chọn một nhóm hoàn cảnh.")})
    _check_days(since, until)
    row = Circumstance(
        child=child, group=group, since=since, until=until, evidence=evidence.strip()
    )
    with explained():
        row.save()
    record(
        "people.record_circumstance", row, by=by, on=since, after=snapshot(row, CIRCUMSTANCE),
        unit_key=child.unit_id,
    )  # fmt: skip
    return row


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
    child = _locked(child, by)
    year = _school_year(school_year)
    if status not in SchoolStatus.values:
        raise ValidationError({"status": _("Chọn tình trạng đi học.")})
    if grade is not None and not 1 <= grade <= 12:
        raise ValidationError({"grade": _("Lớp từ 1 đến 12.")})
    row = child.enrolments.filter(school_year=year).first()
    before = snapshot(row, SCHOOLING) if row else {}
    row = row or Enrolment(child=child, school_year=year)
    row.school, row.school_name = school, line_of(school_name, "school_name", 200)
    row.grade, row.status, row.status_on = grade, status, on
    row.save()
    record(
        "people.record_enrolment", row, by=by, on=on, before=before,
        after={"school_year": year, **snapshot(row, SCHOOLING)}, unit_key=child.unit_id,
    )  # fmt: skip
    return row


def _school_year(text: str) -> str:
    try:
        return parse_school_year(text)
    except ValidationError as error:
        raise ValidationError({"school_year": error.messages}) from error
