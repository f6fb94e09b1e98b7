from datetime import date

import pytest
import time_machine

from tuoitho.access.models import Assignment
from tuoitho.plan.due import due_items
from tuoitho.plan.models import Task
from tuoitho.plan.offices import offices_of
from tuoitho.plan.tests.make import make_programme, make_report
from tuoitho.units.models import Organisation, OrganisationKind


@pytest.fixture(autouse=True)
def programme(db):
    """With a day for the estimates too: the annual report is asked for by its own room."""
    made = make_programme()
    Task.objects.filter(code="III.3").update(before="11-25")
    return made


def on(day):
    return time_machine.travel(f"{day}T09:00:00+07:00", tick=False)


@pytest.mark.parametrize(("day", "due"), [("2025-10-24", 0), ("2025-10-25", 1), ("2025-12-30", 1)])
def test_a_yearly_task_is_due_from_its_first_reminder_on(lan, day, due):
    with on(day):
        items = due_items(lan)
    assert [(item.subject, item.due) for item in items] == [("III.3", date(2025, 11, 24))] * due


def test_done_is_no_longer_due(lan, here):
    make_report("III.3", here, 2025, "done", result="Đã gửi.")
    with on("2025-11-01"):
        assert due_items(lan) == []


def test_what_was_done_last_year_does_not_count(lan, here):
    make_report("III.3", here, 2024, "done", result="Đã gửi.")
    with on("2025-11-01"):
        assert len(due_items(lan)) == 1


def test_what_another_office_reported_does_not_count(hanh, area):
    other = Organisation.objects.create(
        name="Phòng GDĐT", kind=OrganisationKind.OFFICE, office="gddt", unit=area,
        valid="[2020-01-01,)",
    )  # fmt: skip
    make_report("III.3", area, 2025, "done", organisation=other, result="Đã gửi.")
    with on("2025-11-01"):
        assert len(due_items(hanh)) == 1
    Assignment.objects.filter(user=hanh).update(organisation=other)
    hanh.forget_scopes()
    with on("2025-11-01"):
        assert due_items(hanh) == []


def test_who_writes_no_report_is_not_reminded(cast_member):
    with on("2025-11-01"):
        assert due_items(cast_member("collaborator")) == []


def test_a_person_speaks_for_the_office_of_the_organisation_or_of_the_role(lan, hanh, area):
    assert offices_of(lan) == ("ubnd_xa",)
    assert offices_of(hanh) == ("ldtbxh",)
    union = Organisation.objects.create(
        name="Hội LHPN", kind=OrganisationKind.UNION, office="phunu", unit=area,
        valid="[2020-01-01,)",
    )  # fmt: skip
    Assignment.objects.filter(user=hanh).update(organisation=union)
    hanh.forget_scopes()
    assert offices_of(hanh) == ("phunu",)
