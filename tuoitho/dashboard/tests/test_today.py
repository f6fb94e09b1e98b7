from datetime import date, datetime

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tuoitho.access.models import Assignment
from tuoitho.cases.tests.make import make_case, make_report
from tuoitho.dashboard import overview
from tuoitho.dashboard.targets import managed_by_commune, results_for, standings
from tuoitho.dashboard.views import order_of
from tuoitho.lib.hanoi import HANOI
from tuoitho.plan.tests.make import make_programme

TODAY = reverse("dashboard:today")


@pytest.fixture(autouse=True)
def _the_tenth_of_march():
    with time_machine.travel(datetime(2026, 3, 10, 9, tzinfo=HANOI), tick=False):
        yield


def page_for(client, user):
    client.force_login(user)
    answer = client.get(TODAY)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_new_worker_is_greeted_and_told_that_nothing_is_due(client, lan):
    page = page_for(client, lan)
    assert "Chào Nguyễn Thị Lan" in page
    assert "Không có việc nào đến hạn" in page
    assert "chưa có tin báo hay hồ sơ nào" in page


def test_what_is_due_says_what_closes_it_and_by_which_paragraph(client, lan):
    make_programme()
    with time_machine.travel(datetime(2026, 11, 20, 9, tzinfo=HANOI), tick=False):
        page = page_for(client, lan)
    assert "Báo cáo năm 2026" in page
    assert "365/KH-UBND, IV.KL" in page
    assert "còn 4 ngày" in page


def test_months_count_what_the_person_may_see(lan, thu, here):
    make_report(here)
    make_case(here)
    months = overview.by_month(lan, date(2026, 3, 10))
    assert [m.start for m in months][::11] == [date(2025, 4, 1), date(2026, 3, 1)]
    assert (months[-1].reports, months[-1].opened, months[-1].closed) == (1, 1, 0)
    assert not any(m.reports or m.opened for m in overview.by_month(thu, date(2026, 3, 10)))


def test_a_report_near_midnight_belongs_to_the_month_of_ha_noi(lan, here):
    make_report(here, received_at=datetime(2026, 3, 1, 0, 30, tzinfo=HANOI))
    months = {m.label: m.reports for m in overview.by_month(lan, date(2026, 3, 10))}
    assert (months["02/2026"], months["03/2026"]) == (0, 1)


def test_communes_show_their_open_cases_most_first(hanh, area, here, there):
    make_case(there)
    make_case(there)
    make_case(here, "closed")
    places = overview.by_commune(hanh, area, date(2026, 3, 10))
    assert [(p.unit.code, p.cases) for p in places][:2] == [("00664", 2), ("00643", 0)]
    assert len(places) == 5


def test_the_office_sees_map_and_table(client, hanh, here):
    make_case(here)
    page = page_for(client, hanh)
    assert "data-map" in page
    assert "data-chart" in page


def test_a_commune_needs_no_map_of_itself(client, lan, here):
    make_case(here)
    assert "data-map" not in page_for(client, lan)


@pytest.mark.parametrize("role", ["finance_office", "leader", "administrator", "school"])
def test_who_may_not_see_cases_sees_no_figure_of_them(client, cast_member, here, role):
    make_case(here)
    page = page_for(client, cast_member(role))
    assert reverse("cases:case_list") not in page
    assert "Hồ sơ" not in page


def test_the_administrator_sees_accounts_and_roles_about_to_end(client, cast_member, lan):
    admin = cast_member("administrator")
    Assignment.objects.filter(user=lan).update(valid=DateRange(date(2020, 1, 1), date(2026, 4, 1)))
    page = page_for(client, admin)
    assert "Tài khoản đang dùng" in page
    assert "Nguyễn Thị Lan" in page
    assert "Chưa nạp kế hoạch nào" in page


@pytest.mark.parametrize(
    ("role", "first"),
    [("commune_worker", "due"), ("commune_chair", "due"), ("finance_office", "due"),
     ("leader", "standing"), ("department", "standing"), ("administrator", "running")],
)  # fmt: skip
def test_each_role_begins_with_its_own_question(cast_member, role, first):
    assert order_of(cast_member(role))[0] == first


def test_more_rows_ask_no_more_questions(client, lan, here, django_assert_num_queries):
    make_case(here)
    client.force_login(lan)
    with CaptureQueriesContext(connection) as few:
        client.get(TODAY)
    for _ in range(8):
        make_case(here)
        make_report(here)
    with django_assert_num_queries(len(few)):
        client.get(TODAY)


def test_the_targets_of_the_year_are_a_page_and_a_part(client, lan):
    make_programme()
    client.force_login(lan)
    url = reverse("dashboard:targets")
    whole = client.get(url).content.decode()
    part = client.get(url, headers={"HX-Request": "true"}).content.decode()
    assert "Trẻ em được cung cấp kiến thức" in whole
    assert "<html" in whole
    assert "<html" not in part
    assert part.count("chưa có số liệu") >= 8


def test_targets_show_the_register_of_the_commune_only(client, lan, here, there):
    """Target 1.3 here: one child in child labour, none of them at school."""
    make_programme()
    make_case(here)
    make_case(there)
    rows = standings(results_for(lan, here, 2026))
    learning = next(
        row for _code, _title, parts in rows for row in parts if row.found.code == "1.3"
    )
    assert (learning.found.numerator, learning.found.denominator) == (0, 1)
    assert learning.state[0] == "chưa tới mức đề ra"


def test_a_leader_sees_children_by_commune_but_no_small_number(cast_member, area, here, there):
    make_programme()
    make_case(here)
    for _ in range(7):
        make_case(there)
    rows = managed_by_commune(results_for(cast_member("leader"), area, 2026))
    counts = {row.code: row.count for row in rows}
    # The seven are hidden too: the total less seven would tell of the one.
    assert (counts["00640"], counts["00664"], counts["00685"]) == (None, None, 0)


@pytest.mark.parametrize(("role", "hidden"), [("leader", True), ("labour_office", False)])
def test_the_protected_map_is_for_those_who_see_no_cases(client, cast_member, role, hidden, here):
    make_programme()
    make_case(here)
    assert ("Trẻ đang quản lý" in page_for(client, cast_member(role))) is hidden


def test_the_targets_of_another_year(client, lan):
    make_programme()
    client.force_login(lan)
    url = reverse("dashboard:targets")
    assert "Chỉ tiêu năm 2024" in client.get(url, {"year": "2024"}).content.decode()
    assert "Chỉ tiêu năm 2026" in client.get(url, {"year": "9999"}).content.decode()


def test_nobody_asks_for_the_targets_of_another_commune(thu, here):
    make_programme()
    with pytest.raises(PermissionDenied):
        results_for(thu, here, 2026)


def test_a_year_without_a_plan_has_no_targets(lan, here):
    assert results_for(lan, here, 2035) == []


def test_who_may_not_see_targets_gets_none(client, cast_member):
    client.force_login(cast_member("administrator"))
    assert client.get(reverse("dashboard:targets")).status_code == 404


def test_only_what_is_due_for_htmx(client, lan):
    client.force_login(lan)
    part = client.get(TODAY, headers={"HX-Request": "true"}).content.decode()
    assert "Việc của tôi" in part
    assert "<html" not in part


@pytest.mark.parametrize("role", ["labour_office", "commune_worker", "commune_chair", "leader"])
def test_the_page_asks_few_questions(
    client, cast_member, here, role, django_assert_max_num_queries
):
    make_programme()
    for _ in range(5):
        make_case(here)
        make_report(here)
    client.force_login(cast_member(role))
    # 25 of the page, and four savepoints that only a test sees.
    with (
        time_machine.travel(datetime(2026, 11, 20, 9, tzinfo=HANOI), tick=False),
        django_assert_max_num_queries(29),
    ):
        client.get(TODAY)


def test_strangers_sign_in_first(client, db):
    assert client.get(TODAY).status_code == 302
