"""A child and a household as the register knows them for one day in the past (or today)."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from tuoitho.access.models import User
from tuoitho.people.models import Child, Household, Membership
from tuoitho.people.school_years import school_year_of


@dataclass(frozen=True)
class Line:
    """One thing known for that day; ``text`` "" when nothing is."""

    label: str
    text: str


def child_as_of(child: Child, day: date, user: User) -> list[Line]:
    """Age, place, household with its other children, poverty, circumstances and schooling."""
    residence = child.residences.filter(valid__contains=day).select_related("unit").first()
    stay = child.memberships.on(day).select_related("household").first()
    household = stay.household if stay else None
    enrolment = child.enrolments.filter(school_year=school_year_of(day)).first()
    others = [m.child.full_name for m in members_on(household, day, user) if m.child_id != child.pk]
    place = f"{residence.hamlet}, {residence.unit}".strip(", ") if residence else ""
    groups = child.circumstances.lasting_on(day)
    return [
        Line(_("Tuổi"), child.age_text(day)),
        Line(_("Nơi ở"), place),
        Line(_("Hộ gia đình"), str(household or "")),
        Line(_("Trẻ khác trong hộ"), ", ".join(others)),
        Line(_("Hộ nghèo năm %(year)s") % {"year": day.year}, _poverty(household, day.year)),
        Line(_("Hoàn cảnh đặc biệt"), "; ".join(str(row) for row in groups)),
        Line(_("Đi học"), _schooling(enrolment)),
    ]


def _poverty(household: Household | None, year: int) -> str:
    found = household.poverty_statuses.filter(year=year).first() if household else None
    return str(found.get_status_display()) if found else ""


def _schooling(enrolment: object) -> str:
    if enrolment is None:
        return ""
    grade = getattr(enrolment, "grade", None)
    text = str(enrolment)
    return f"{text}, {_('lớp %(grade)s') % {'grade': grade}}" if grade else text


def members_on(household: Household | None, day: date, user: User) -> list[Membership]:
    """Children of the household on that day whom ``user`` may see, eldest first."""
    if household is None:
        return []
    rows = Membership.objects.visible_to(user).filter(household=household, child__merged_into=None)
    return list(rows.on(day).select_related("child").order_by("child__birth_date", "child"))
