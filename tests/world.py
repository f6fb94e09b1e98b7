"""One of everything in xã Thanh Trì, and everybody who may ask for it: the stage of the tests that
prove who sees what. Built once for a module and rolled back when the module ends.
"""

import html
import io
import re
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from http.cookies import SimpleCookie
from typing import Any

from django.db import transaction
from django.test import Client
from django.urls import get_resolver, reverse
from django.urls.resolvers import URLPattern

from conftest import make_user
from tuoitho.access.models import ApiToken, User
from tuoitho.access.permissions import ROLES
from tuoitho.access.person import acting_as
from tuoitho.access.tokens import GRANTABLE, create_token
from tuoitho.activities.models import EstablishmentReach
from tuoitho.activities.tests.make import make_activity
from tuoitho.budget.tests.make import make_contribution, make_expenditure, make_line
from tuoitho.cases.actions import (
    add_reader,
    assess_needs,
    attach_file,
    decide_emergency,
    hold_meeting,
    list_provider,
    make_link,
    name_lead,
    offer_handover,
    record_basis,
    request_court,
    send_to_police,
    start_service,
)
from tuoitho.cases.links import spaced
from tuoitho.cases.models import (
    Attachment,
    Case,
    Informant,
    Policy,
    SealedReader,
    SupportPlan,
    WithdrawalNotice,
)
from tuoitho.cases.models.limit import Parameter, StepRule
from tuoitho.cases.states import MOVES, State
from tuoitho.cases.tests.make import (
    RECEIVED,
    in_support,
    make_case,
    make_report,
    make_screening,
    seal,
)
from tuoitho.cases.tests.make_exchange import DUTY, make_consent, make_referral, make_school
from tuoitho.cases.tests.paper import printed
from tuoitho.cases.views.steps import SCREENS
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
from tuoitho.lib.crypto import keyed_hash
from tuoitho.lib.hanoi import now, today
from tuoitho.notices.actions import notify
from tuoitho.notices.models import Notice
from tuoitho.people.actions import (
    add_guardian,
    record_circumstance,
    record_enrolment,
    record_poverty,
    register_child,
)
from tuoitho.people.models import Child
from tuoitho.people.tests.make import make_child, make_household
from tuoitho.plan.models import SwappedDay
from tuoitho.plan.tests.make import make_document, make_programme, task
from tuoitho.reports.tests import make as yearly
from tuoitho.units.models import Level, Unit

DAY = date(2026, 3, 10)
# Words that stand in the files of a child here and nowhere else, and the permission (in xã Thanh
# Trì) without which nobody may read them.
SECRETS = {
    "Bùi Kín Đáo": "people.view",
    "Lê Thị Ẩn Danh": "people.view",
    "Xóm Khuất": "people.view",
    "ghi chú riêng về em": "people.view",
    "001214005678": "people.identity",
    "0987650123": "people.identity",
    "Bé Giấu Tên": "cases.view",
    "chuyện kể trong tin báo": "cases.view",
    "0977111222": "cases.informant",
    "nhu cầu riêng của em": "cases.view",
    "chuyện trong biên bản": "cases.view",
    "người trong biên bản": "cases.view",
    "chuyện đã niêm phong": "cases.sealed",
    "Bé Niêm Phong": "cases.sealed",
}
NOBODY, NO_ROLE, ELSEWHERE = "nobody", "no_role", "elsewhere"
LOCAL = {"commune_worker", "commune_chair", "collaborator", "school"}
# Who can sign in; "public", "system" and "timekeeper" cannot.
HUMAN = tuple(role for role in ROLES if role not in {"public", "system", "timekeeper"})
ASKING = (NOBODY, NO_ROLE, ELSEWHERE, *HUMAN)
SEALED, SEALED_REPORT = "a sealed case", "its report"
OF_THE_LIST = ("cases:case_readers", "cases:case_reader_add", "cases:case_lead_name")
API = "/api/"
QUERIES = {"api:list_figures": "?year=2026"}  # what an address cannot be asked without


@dataclass(frozen=True)
class Address:
    """One address to ask for: the name of its URL, its route, and which words may stand in it."""

    name: str
    route: str
    permission: str
    words: tuple[tuple[str, str], ...] = ()

    @property
    def line(self) -> str:
        """What it is called in the matrix: the URL's name, and the word when there are several."""
        return "/".join([self.name, *(word for _name, word in self.words)])


@dataclass
class World:
    """``made``: what stands at the argument of a route, by the text before it (or by the line of
    the matrix, where one line needs a row of its own); ``sent``: what a line cannot do without."""

    made: dict[str, Any]
    sent: dict[str, Any]
    here: Unit
    people: dict[str, User]
    clients: dict[str, Client]
    programs: dict[str, Client]

    def url(self, address: Address) -> str:
        """Raises KeyError naming the part of a route for which nothing was made."""
        route, words = address.route, dict(address.words)
        of_its_own = self.made.get(address.line)
        words |= of_its_own if isinstance(of_its_own, dict) else {}
        for number, place in enumerate(route.split("<")[1:], 1):
            name = place.split(">")[0].split(":")[-1]
            before = "<".join(route.split("<")[:number])
            if name not in words:
                found = of_its_own or self.made.get(before)
                if found is None:
                    raise KeyError(f'tests/world.py makes nothing for "{before}<{place}"')
                words[name] = found
        return reverse(address.name, kwargs=words) + QUERIES.get(address.name, "")

    def ask(self, who: str, method: str, url: str, data: Any = None) -> Any:
        """What ``who`` is answered; whatever was written is taken back."""
        programs = url.startswith(API)
        client = (self.programs if programs else self.clients)[who]
        cookies = SimpleCookie(client.cookies)
        mark = transaction.savepoint()
        try:
            if method == "GET":
                return client.get(url, data)
            if programs:
                return client.post(url, data or {}, content_type="application/json")
            return client.post(url, data)
        finally:
            transaction.savepoint_rollback(mark)
            client.cookies = cookies

    def leaked(self, who: str, answer: Any) -> list[str]:
        """The secrets in an answer (a page, JSON, CSV, or a workbook) that ``who`` may not read."""
        person = self.people.get(who)
        return [
            secret
            for secret in secrets_in(answer)
            if person is None or self.here.pk not in person.scope(SECRETS[secret])
        ]


def secrets_in(answer: Any) -> list[str]:
    """Which words of a child's file an answer shows."""
    text = _text(answer)
    return [secret for secret in SECRETS if secret in text]


def _text(answer: Any) -> str:
    """Everything readable in an answer; digits also without the spaces between them."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            content = b"".join(book.read(name) for name in book.namelist())
    text = html.unescape(content.decode("utf-8", "replace"))
    return text + re.sub(r"(?<=\d)[\s.\xa0]+(?=\d)", "", text)


def addresses() -> Iterator[Address]:
    """Every address of the resolver once; a step of a case once for each step."""
    seen = set()
    for name, route, callback in _walk(get_resolver(), "", ""):
        if route in seen:  # the API answers several operations at one address
            continue
        seen.add(route)
        permission = getattr(callback, "permission", "")
        if name == "cases:case_step":
            for step in SCREENS:
                yield Address(name, route, permission, (("name", step),))
        else:
            yield Address(name, route, permission)


def _walk(resolver: Any, space: str, before: str) -> Iterator[tuple[str, str, Callable[..., Any]]]:
    for entry in resolver.url_patterns:
        route = before + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield f"{space}{entry.name}", route, entry.callback
        else:
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from _walk(entry, inner, route)


@contextmanager
def world() -> Iterator[World]:
    """Everything and everybody, for as long as the block lasts."""
    with transaction.atomic():
        system = User.objects.get(username="system")
        with acting_as(system):
            people = _people()
            made = _things(people["commune_worker"], people["commune_chair"], system)
        here = Unit.objects.found("00640", DAY)
        sent = {"cases:report_link": {"child": made["people/children/"]}}
        yield World(made, sent, here, people, _browsers(people), _programs(people))
        transaction.set_rollback(True)


def _people() -> dict[str, User]:
    here, there = (Unit.objects.found(code, DAY) for code in ("00640", "00664"))
    area = Unit.objects.get(code="020", level=Level.AREA)
    people = {
        role: make_user(role, role, here if role in LOCAL else area, full_name=f"Người {role}")
        for role in HUMAN
    }
    no_role = User.objects.create(username=NO_ROLE, full_name="Chưa phân công")
    return people | {ELSEWHERE: make_user(ELSEWHERE, "commune_worker", there), NO_ROLE: no_role}


def _browsers(people: dict[str, User]) -> dict[str, Client]:
    clients = {who: Client(raise_request_exception=False) for who in ASKING}
    for who, person in people.items():
        clients[who].force_login(person)
    return clients


def _programs(people: dict[str, User]) -> dict[str, Client]:
    """Calls with a token made for all the API offers: also of people who may no longer use it."""
    programs = {who: Client(raise_request_exception=False) for who in ASKING}
    for who, person in people.items():
        ApiToken.objects.create(
            user=person, name="thử", permissions=sorted(GRANTABLE),
            expires_on=today() + timedelta(days=30),
            token_hash=keyed_hash(who, purpose="api_token"),
        )  # fmt: skip
        programs[who].defaults["HTTP_AUTHORIZATION"] = f"Bearer {who}"
    return programs


def _things(lan: User, chung: User, system: User) -> dict[str, Any]:
    here = Unit.objects.found("00640", DAY)
    area = Unit.objects.get(code="020", level=Level.AREA)
    programme = make_programme(on=DAY)
    last = today() + timedelta(days=30)
    with acting_as(lan):
        token, _secret = create_token(lan, "máy", ["people.view"], expires_on=last, by=lan)
    return {
        "access/": chung.pk,
        "access/tokens/": token.pk,
        "access/assignments/": chung.assignments.get().pk,
        "units/": here.pk,
        "cases/limits/": StepRule.objects.order_by("pk")[0].step,
        "cases/parameters/": Parameter.objects.order_by("pk")[0].code,
        "account_confirm_email": "x",
        "account_reset_password_from_key": "x",
        "plan/": programme.pk,
        "plan/tasks/": task("II.2.1").pk,
        "plan/documents/": make_document(area).pk,
        "plan/calendar/": SwappedDay.objects.create(day=DAY, works=False, note="Thử").pk,
        **_register(here, system),
        **_protection(here, lan, chung),
        **_steps(here),
        **_told(here, lan, chung),
        **_exchange(here, lan),
        **_around(here),
        **_figures(here, system),
        **_import(here, lan),
        **_reports(here, area, chung, system),
    }


def _register(here: Unit, system: User) -> dict[str, Any]:
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
    return {
        "people/pupils/": pupil.pk,
        "people/children/": child.pk,
        "people/circumstances/": circumstance.pk,
        "people/households/": household.pk,
        "audit/children/": child.pk,
        "cases/children/": child.pk,
        "api/v1/children/": child.pk,
    }


def _protection(here: Unit, lan: User, chung: User) -> dict[str, Any]:
    """The child's report and its case in support, and what hangs on them."""
    child = Child.objects.get(full_name="Bùi Kín Đáo")
    told = {"child_name": "Bé Giấu Tên", "happening": "chuyện kể trong tin báo",
            "informant_named": True}  # fmt: skip
    case = in_support(child, lan, chung)
    day = case.opened_on
    SupportPlan.objects.filter(case=case).update(needs="nhu cầu riêng của em")
    measure = decide_emergency(case, kind="separation", by=chung, on=day, until=day, at=RECEIVED)
    asked = request_court(
        case, asked=True, ground="refuses", content="Hạn chế quyền của cha", by=chung, on=day,
        court="Tòa án khu vực",
    )  # fmt: skip
    needs = [{"kind": "education", "what": "nhu cầu riêng của em", "severity": "high",
              "said_by": "child"}]  # fmt: skip
    assessment = assess_needs(
        case, needs=needs, risk_level="medium", risk_why="Đã ổn hơn", by=lan, on=day
    )
    people = [{"part": "carers", "name": "người trong biên bản", "present": True}]
    meeting = hold_meeting(
        case, chair="Trần Văn Chung", minutes="chuyện trong biên bản", attendance=people, by=lan,
        on=day,
    )  # fmt: skip
    linked = make_report(here, child=child, **told)
    report = make_report(here, **told)
    for row in (linked, report):
        Informant.objects.create(report=row, phone="0977111222")
    first = case.first_assessments.get()
    paper = printed(case, "mau_02", lan, first.pk)
    sending = send_to_police(report, why="Giữ giấy tờ của trẻ", by=lan, on=day)
    return {
        "cases/documents/": paper.document_id,
        "cases/documents/versions/": paper.pk,
        "cases:case_document": {"pk": case.pk, "kind": "mau_02", "key": first.pk},
        "cases/templates/": "mau_01",
        "cases:template_file": {"kind": "mau_01", "version": 0},
        "cases/sendings/": sending.pk,
        "cases/files/": case.pk,
        "cases/screenings/": make_screening(child, case=case).pk,
        "cases/services/": start_service(case, kind="education", by=lan, on=day).pk,
        "cases/emergencies/": measure.pk,
        "cases/court/": asked.pk,
        "cases:plan_detail": {"pk": case.pk, "version": 1},
        "cases/assessments/": assessment.pk,
        "cases/meetings/": meeting.pk,
        "cases/attachments/": _file(case, lan).pk,
        "cases/reports/": report.pk,
        "cases:report_attach": linked.pk,
        "api/v1/reports/": str(report.pk),
        "api/v1/cases/": case.pk,
    }


def _file(case: Case, lan: User) -> Attachment:
    with acting_as(lan):
        return attach_file(case, "giấy.pdf", b"%PDF-1.7", kind="other", by=lan)


def _steps(here: Unit) -> dict[str, Any]:
    """A case for every step, in the state from which the step goes on; and a sealed one."""
    sources = {move.name: move.source for move in MOVES}
    in_state = {state: make_case(here, state) for state in set(sources.values())}
    steps = {
        f"cases:case_step/{name}": in_state[sources.get(name, State.SUPPORTING)].pk
        for name in SCREENS
    }
    sealed = make_case(here, child=make_child(here, "Em Ở Đây"))
    report = make_report(
        here, child_name="Bé Niêm Phong", happening="chuyện đã niêm phong", case=sealed,
        state="in_case",
    )  # fmt: skip
    seal(sealed)
    steps["cases:case_plan"] = in_state[State.ASSESSED].pk
    listed = dict.fromkeys(OF_THE_LIST, sealed.pk) | {"cases/readers/": _listed(here).pk}
    return {**steps, **listed, SEALED: sealed.pk, SEALED_REPORT: report.pk}


def _listed(here: Unit) -> SealedReader:
    """A line of the list of another sealed case, which has its lead."""
    led = make_case(here, child=make_child(here, "Em Được Giấu"))
    seal(led)
    lead = User.objects.get(username="police")
    with acting_as(lead):
        name_lead(led, lead, reason="Chuyên án", by=lead)
        until = today() + timedelta(days=9)
        reader = User.objects.get(username="commune_chair")
        return add_reader(led, reader, reason="Phê duyệt", until=until, by=lead)


def _told(here: Unit, lan: User, chung: User) -> dict[str, Any]:
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


def _exchange(here: Unit, lan: User) -> dict[str, Any]:
    """What passes between bodies: a request to the school of the commune, words, a handover."""
    school = make_school(here)
    User.objects.get(username="school").assignments.update(organisation=school)
    asked = make_referral(here, child_name="Em Cần Giúp")
    word = make_consent(Case.objects.get(child__full_name="Bùi Kín Đáo"))
    told = WithdrawalNotice.objects.create(referral=asked, consent=word, sent_on=DAY, due_on=DAY)
    by_link = make_referral(here, child_name="Em Cần Giúp")
    _link, key = make_link(by_link, by=lan, address=str)
    leaving = make_case(here, State.SUPPORTING)
    offer = offer_handover(
        leaving, None, to_place="Tỉnh khác", by=lan, on=leaving.opened_on, claim=DUTY
    )
    exception = record_basis(
        leaving, purpose="referral", ground="override", reason="Cha mẹ vắng", by=lan,
        on=leaving.opened_on,
    )  # fmt: skip
    area = Unit.objects.get(code="020", level=Level.AREA)
    system = User.objects.get(username="system")
    listed = list_provider(school, kinds=["education"], area=area, by=system, on=DAY)
    return {
        "cases/referrals/": asked.pk,
        "cases/referrals/<int:pk>/steps/": "remind",
        "cases/inbox/": asked.pk,
        "cases/inbox/<int:pk>/steps/": "accept",
        "cases/withdrawals/": told.pk,
        "cases/answer/": spaced(key),
        "cases/consents/": word.pk,
        "cases/overrides/": exception.pk,
        "cases/handovers/": offer.pk,
        "cases/handovers/<int:pk>/steps/": "take_back",
        "cases/providers/": listed.pk,
        "cases/policies/": Policy.objects.order_by("pk")[0].pk,
    }


def _around(here: Unit) -> dict[str, Any]:
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


def _figures(here: Unit, system: User) -> dict[str, Any]:
    return {
        "indicators/targets/": "1.2",
        "indicators/baselines/": make_baseline(here, "population_5_17", 3000, year=2026).pk,
        "indicators/snapshots/": freeze_figures(here, 2026, by=system).pk,
    }


def _reports(here: Unit, area: Unit, chung: User, system: User) -> dict[str, Any]:
    """The commune's report as it is written and as it was signed, and the consolidated one."""
    signed = yearly.make_report(here, year=2024)
    return {
        "reports/": yearly.make_report(here).pk,
        "reports:report_start": yearly.make_report(here, "owed", year=2023).pk,
        "reports/editions/": yearly.sign(signed, chung).pk,
        "reports/consolidated/": yearly.make_consolidation(area).pk,
    }


def _import(here: Unit, lan: User) -> dict[str, Any]:
    """A file with a row that resembles a child of the register, and one that is refused."""
    make_child(here, str(AN[0]))
    alike = [AN[0], "02/06/2014", *AN[2:]]
    wrong = ["", "32/13/2014", *AN[2:]]
    with acting_as(lan):
        batch = stage_file(here, "tre.xlsx", make_xlsx([HEADINGS, alike, wrong]), by=lan, on=DAY)
    row = batch.rows.get(fate=RowFate.REVIEW)
    return {"interop/imports/": batch.pk, "interop/imports/rows/": row.pk}
