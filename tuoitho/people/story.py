"""A child's life as the register knows it, latest first: what the page shows as a timeline."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from tuoitho.people.models import Attendance, Child, Circumstance, Enrolment, Residence
from tuoitho.people.school_years import SchoolTerm
from tuoitho.ui.formats import vn_date


@dataclass(frozen=True)
class Moment:
    """One entry of the timeline (see ``{% timeline %}``)."""

    when: date
    title: str
    text: str = ""
    icon: str = "clock"
    who: str = ""
    url: str = ""


def story_of(child: Child) -> list[Moment]:
    """Everything dated the register knows of the child, latest first."""
    residences = list(child.residences.select_related("unit").order_by("valid"))
    moments = [
        *(m for row in child.circumstances.all() for m in _circumstance(row)),
        *(_enrolment(row) for row in child.enrolments.select_related("school")),
        *(_attendance(row) for row in child.attendances.all()),
        *(_residence(row, row is residences[0]) for row in residences),
    ]
    if child.birth_date:
        moments.append(Moment(child.birth_date, _("Sinh"), icon="mood-kid"))
    return sorted(moments, key=lambda m: m.when, reverse=True)


def _circumstance(row: Circumstance) -> list[Moment]:
    title = _("Hoàn cảnh đặc biệt: %(group)s") % {"group": row.get_group_display()}
    moments = [Moment(row.since, title, row.evidence, "alert-triangle")]
    if row.until:
        ended = _("Không còn: %(group)s") % {"group": row.get_group_display()}
        moments.append(Moment(row.until, ended, icon="check"))
    return moments


def _enrolment(row: Enrolment) -> Moment:
    grade = _("lớp %(grade)s") % {"grade": row.grade} if row.grade else ""
    text = ", ".join(part for part in (grade, row.school_label) if part)
    title = _("%(status)s, năm học %(year)s") % {
        "status": row.get_status_display(), "year": row.school_year,
    }  # fmt: skip
    return Moment(row.status_on, title, text, "school")


def _attendance(row: Attendance) -> Moment:
    title = _("Chuyên cần %(term)s") % {"term": SchoolTerm(row.school_year, row.term)}
    text = ". ".join(filter(None, (row.in_words, row.result)))
    return Moment(row.recorded_on, title, text, "school", row.recorded_by)


def _residence(row: Residence, first: bool) -> Moment:
    until = _("đến %(day)s") % {"day": vn_date(row.valid.upper)} if row.valid.upper else ""
    title = _("Vào sổ tại %(unit)s") if first else _("Chuyển đến %(unit)s")
    text = ", ".join(part for part in (row.hamlet, until) if part)
    return Moment(row.valid.lower or date.min, title % {"unit": row.unit}, text, "map-pin")
