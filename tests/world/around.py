"""One of everything that is not a case: register, notices, jobs, workplaces, money, figures."""

from datetime import date
from typing import Any
from uuid import uuid4

from tests.world.asking import DAY
from tuoitho.access.models import User
from tuoitho.access.person import acting_as
from tuoitho.activities.models import EstablishmentReach
from tuoitho.activities.tests.make import make_activity
from tuoitho.budget.tests.make import make_contribution, make_expenditure, make_line
from tuoitho.cases.models import (
    Case,
)
from tuoitho.cases.tests.make_exchange import make_school
from tuoitho.establishments.tests.make import make_establishment, make_village
from tuoitho.indicators.actions import freeze_figures
from tuoitho.indicators.tests.make import make_baseline
from tuoitho.inspections.tests.make import (
    make_inspection,
    make_measure,
    make_violation,
    make_visit,
)
from tuoitho.interop.actions import stage_file
from tuoitho.interop.states import RowFate
from tuoitho.interop.tests.make import AN, HEADINGS, make_xlsx
from tuoitho.jobs.models import Export, ExportContent, Job
from tuoitho.lib.hanoi import now
from tuoitho.notices.actions import notify
from tuoitho.notices.models import Notice
from tuoitho.people.actions import (
    add_guardian,
    prepare_number_list,
    record_circumstance,
    record_enrolment,
    record_poverty,
    register_child,
    request_merge,
)
from tuoitho.people.models import MatchPair
from tuoitho.people.tests.make import make_child, make_household
from tuoitho.reports.tests import make as yearly
from tuoitho.rounds.models import ListedChild
from tuoitho.rounds.tests.make import make_round, make_running
from tuoitho.units.models import Unit


def register(here: Unit, lan: User, system: User) -> dict[str, Any]:
    household = make_household(here, "Bùi Văn Hộ", hamlet="Xóm Khuất")
    child = register_child(
        here, full_name="Bùi Kín Đáo", sex="male", birth_date=date(2014, 6, 1), by=system, on=DAY,
        household=household, hamlet="Xóm Khuất", national_id="001214005678",
        note="ghi chú riêng về em",
    )  # fmt: skip
    add_guardian(
        child, relation="mother", full_name="Lê Thị Ẩn Danh", phone="0987650123", by=system, on=DAY
    )
    circumstance = record_circumstance(child, "10.1.h", since=DAY, by=system)
    record_enrolment(
        child, school_year="2025-2026", status="attending", school_name="THCS Thanh Trì", grade=6,
        by=system, on=DAY,
    )  # fmt: skip
    record_poverty(household, DAY.year, "poor", by=system)
    pupil = record_enrolment(
        make_child(here, "Ngô Văn Học Trò"), school_year="2025-2026", status="attending", grade=6,
        school=make_school(here), by=system, on=DAY,
    )  # fmt: skip
    other = make_child(here, "Bùi Kín")
    with acting_as(lan):
        merge = request_merge(child, other, {}, reason="cùng mẹ", by=lan, on=DAY)
    numbers = prepare_number_list(here, [make_child(here, "Bùi Không Số")], by=system, on=DAY)
    pair = MatchPair.objects.create(
        first=child, second=make_child(here, "Bùi Kín Đao"), weight=12, probability=0.98,
        levels={"name": ["slip", 10.0]}, engine="duckdb", run=uuid4(), found_on=DAY,
    )  # fmt: skip
    return {
        "people/merges/": merge.pk,
        "people/numbers/lists/": numbers.pk,
        "interop/numbers/": numbers.pk,
        "people/pairs/": pair.pk,
        "people/pupils/": pupil.pk,
        "people/children/": child.pk,
        "people/circumstances/": circumstance.pk,
        "people/households/": household.pk,
        "audit/children/": child.pk,
        "cases/children/": child.pk,
        "api/v1/children/": child.pk,
    }


def told(here: Unit, lan: User, chung: User) -> dict[str, Any]:
    """What only the worker of the commune has: a notice about the child's case, a job."""
    with acting_as(lan):
        job = Job.objects.create(name="notices.mail", owner=lan)
        case = Case.objects.get(child__full_name="Bùi Kín Đáo")
        notify(
            [lan], "case.plan_approved", subject="Bùi Kín Đáo", url_name="cases:case_detail",
            url_args=(case.pk,), unit=here, by=chung,
        )  # fmt: skip
        notice = Notice.objects.get(to=lan)
    return {"notices/": notice.pk, "jobs/": job.pk, "jobs:export_open": _list_file(lan)}


def _list_file(lan: User) -> Any:
    """A long list that Lan asked for, made."""
    with acting_as(lan):
        job = Job.objects.create(name="jobs.export", owner=lan, state="done")
        export = Export.objects.create(
            owner=lan, job=job, path="/people/children/", title="Trẻ em", filename="tre-em",
            kind="csv", language="vi", ready_at=now(),
        )  # fmt: skip
        content = ExportContent(export=export)
        content.put("Bùi Kín Đáo".encode())
        content.save(force_insert=True)
    return job.pk


def about(here: Unit) -> dict[str, Any]:
    place = make_establishment(here)
    planned, visit = make_inspection(here, place), make_visit(here, place)
    activity, done = make_activity(here), make_activity(here, state="done")
    EstablishmentReach.objects.create(activity=done, establishment=place)
    draft = make_line(here)
    submitted = make_line(here, state="submitted", purpose="In áp phích")
    approved = make_line(here, state="approved", purpose="Tập huấn")
    make_village(here)
    return {
        "establishments/": place.pk,
        "establishments:establishment_reopen": make_establishment(
            here, "Đã đóng", closed_on=DAY, closing_reason="Nghỉ"
        ).pk,
        "inspections/": planned.pk,
        "inspections/at/": place.pk,
        "inspections/violations/": make_violation(visit).pk,
        "inspections/measures/": make_measure(visit).pk,
        "activities/": activity.pk,
        "activities:establishment_remove": {"pk": done.pk, "establishment": place.pk},
        "budget/": draft.pk,
        "budget:line_approve": submitted.pk,
        "budget:line_refuse": submitted.pk,
        "budget:line_spend": approved.pk,
        "budget:line_settle": approved.pk,
        "budget/expenditures/": make_expenditure(approved, 1_000_000).pk,
        "budget/contributions/": make_contribution(here).pk,
    }


def figures(here: Unit, system: User) -> dict[str, Any]:
    return {
        "indicators/targets/": "1.2",
        "indicators/baselines/": make_baseline(here, "population_5_17", 3000, year=2026).pk,
        "indicators/snapshots/": freeze_figures(here, 2026, by=system).pk,
    }


def screening_round(here: Unit) -> dict[str, Any]:
    """A draft, and a round that is running with a child met and reported."""
    draft = make_round(here)
    running = make_running(here, name="Đang rà soát")
    listed = ListedChild.objects.get(round=running, child__full_name="Bùi Kín Đáo")
    return {
        "rounds/": draft.pk,
        "rounds:round_close": running.pk,
        "rounds:listed_list": running.pk,
        "rounds:round_judging": running.pk,
        "rounds/lists/": listed.work_list_id,
        "rounds/children/": listed.pk,
        "rounds/risk/children/": listed.child_id,
    }


def reports(here: Unit, area: Unit, chung: User, system: User) -> dict[str, Any]:
    """The commune's report as it is written and as it was signed, and the consolidated one."""
    signed = yearly.make_report(here, year=2024)
    return {
        "reports/": yearly.make_report(here).pk,
        "reports:report_start": yearly.make_report(here, "owed", year=2023).pk,
        "reports/editions/": yearly.sign(signed, chung).pk,
        "reports/consolidated/": yearly.make_consolidation(area).pk,
    }


def imported(here: Unit, lan: User) -> dict[str, Any]:
    """A file with a row that resembles a child of the register, and one that is refused."""
    make_child(here, str(AN[0]))
    alike = [AN[0], "02/06/2014", *AN[2:]]
    wrong = ["", "32/13/2014", *AN[2:]]
    with acting_as(lan):
        batch = stage_file(here, "tre.xlsx", make_xlsx([HEADINGS, alike, wrong]), by=lan, on=DAY)
    row = batch.rows.get(fate=RowFate.REVIEW)
    return {"interop/imports/": batch.pk, "interop/imports/rows/": row.pk}
