from datetime import date, datetime

import pytest
import time_machine
from django.db.backends.postgresql.psycopg_any import DateRange
from django.urls import reverse

from tuoitho.access.models import Assignment
from tuoitho.cases.tests.make import make_case, make_report
from tuoitho.dashboard import overview
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
    assert "data-map" not in page
    assert "Hồ sơ mở" not in page


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


def test_only_what_is_due_for_htmx(client, lan):
    client.force_login(lan)
    part = client.get(TODAY, headers={"HX-Request": "true"}).content.decode()
    assert "Việc của tôi" in part
    assert "<html" not in part


@pytest.mark.parametrize("role", ["labour_office", "commune_worker", "commune_chair"])
def test_the_page_asks_few_questions(
    client, cast_member, here, role, django_assert_max_num_queries
):
    make_programme()
    for _ in range(5):
        make_case(here)
        make_report(here)
    client.force_login(cast_member(role))
    with django_assert_max_num_queries(25):
        client.get(TODAY)


def test_strangers_sign_in_first(client, db):
    assert client.get(TODAY).status_code == 302
