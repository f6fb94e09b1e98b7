"""Reports about one child or workplace: suggested, joined, taken apart; each keeps its own."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from tuoitho.access.person import acting_as
from tuoitho.audit.models import Event
from tuoitho.cases.actions import join_reports, screen_child, separate_report
from tuoitho.cases.alike import alike, joined_with
from tuoitho.cases.models import Report, ReportJoin
from tuoitho.cases.tests.make import (
    DISHES,
    OPENED,
    RECEIVED,
    make_case,
    make_child,
    make_report,
    seal,
)
from tuoitho.establishments.tests.make import make_establishment


@pytest.fixture
def two(here):
    return make_report(here), make_report(
        here, channel="school", received_at=RECEIVED + timedelta(days=1),
        first_response_due_at=RECEIVED + timedelta(days=1, hours=12), happening="Cô giáo kể lại.",
    )  # fmt: skip


def test_joined_reports_keep_their_voice_and_clock(two, lan):
    one, other = two
    before = {r.pk: (r.happening, r.channel, r.first_response_due_at, r.state) for r in two}
    join_reports(one, other, "same_child", by=lan, on=OPENED)
    assert list(joined_with(one, lan)) == [other]
    assert list(joined_with(other, lan)) == [one]
    for row in Report.objects.all():
        assert (row.happening, row.channel, row.first_response_due_at, row.state) == before[row.pk]
    assert Event.objects.filter(action="cases.join_reports", actor_key=lan.pk).exists()


def test_a_third_joins_the_group_and_two_groups_become_one(here, lan):
    a, b, c, d = (make_report(here) for _ in range(4))
    join_reports(a, b, "same_child", by=lan, on=OPENED)
    join_reports(c, d, "same_workplace", by=lan, on=OPENED)
    join_reports(a, d, "same_event", by=lan, on=OPENED)
    assert set(joined_with(b, lan)) == {a, c, d}
    assert ReportJoin.objects.values("group").distinct().count() == 1


def test_taken_apart_the_history_stays_and_a_group_of_one_is_none(two, lan):
    join_reports(*two, "same_child", by=lan, on=OPENED)
    with pytest.raises(ValidationError):
        separate_report(two[0], " ", by=lan, on=OPENED)
    separate_report(two[0], "Hai em khác nhau", by=lan, on=OPENED)
    assert not joined_with(two[1], lan)
    assert ReportJoin.objects.exclude(ended_at=None).count() == 2
    join_reports(*two, "same_workplace", by=lan, on=OPENED)
    assert joined_with(two[0], lan).get() == two[1]


def test_what_cannot_be_joined(two, lan):
    with pytest.raises(ValidationError):
        join_reports(two[0], two[0], "same_child", by=lan, on=OPENED)
    with pytest.raises(ValidationError):
        join_reports(*two, "because", by=lan, on=OPENED)
    join_reports(*two, "same_child", by=lan, on=OPENED)
    with pytest.raises(ValidationError):
        join_reports(*two, "same_child", by=lan, on=OPENED)


def test_nobody_joins_what_is_not_his(two, there, lan, thu, chung):
    for person in (thu, chung):
        with pytest.raises(PermissionDenied):
            join_reports(*two, "same_child", by=person, on=OPENED)
    with pytest.raises(PermissionDenied):
        join_reports(two[0], make_report(there), "same_child", by=lan, on=OPENED)


def found_by(report, person):
    return [(found.report, found.basis) for found in alike(report, person)]


def test_the_same_child_and_the_same_workplace_are_suggested(here, lan):
    child, other = make_child(here), make_child(here, "Trần Thị Bình")
    one, two, three = (make_report(here, child_name="", received_at=RECEIVED - timedelta(days=n))
                       for n in (0, 90, 200))  # fmt: skip
    for report in (one, two):
        Report.objects.filter(pk=report.pk).update(child=child)
    shop = make_establishment(here)
    facts = {**DISHES, "works": [{**DISHES["works"][0], "establishment": shop}]}
    for who, report in ((child, one), (other, three)):
        screen_child(who, facts, observed_on=OPENED, report=report, by=lan)
    one.refresh_from_db()
    assert found_by(one, lan) == [(two, "same_child"), (three, "same_workplace")]


@pytest.mark.parametrize(
    ("facts", "basis"),
    [
        ({"place": "quan pho dau cho", "child_name": "Be Na"}, "same_event"),
        ({"place": "Quán phở đầu chợ", "child_name": "Thằng Tí"}, "same_workplace"),
        ({"place": "", "child_name": "bé na"}, "same_event"),
        ({"place": "Xưởng mộc", "child_name": "Thằng Tí"}, None),
        ({"place": "", "child_name": ""}, None),
        ({"place": "", "child_name": "Bé Na", "age_estimate": 16}, None),
        ({"place": "Quán phở đầu chợ", "received_at": RECEIVED + timedelta(days=31),
          "first_response_due_at": RECEIVED + timedelta(days=32)}, None),
    ],
)  # fmt: skip
def test_place_name_and_days_decide_what_is_suggested(here, lan, facts, basis):
    one = make_report(here, place="Quán phở đầu chợ", age_estimate=11)
    other = make_report(here, **facts)
    assert found_by(one, lan) == ([(other, basis)] if basis else [])


def test_what_is_joined_is_not_suggested_again(two, lan):
    assert found_by(two[0], lan) == [(two[1], "same_event")]
    join_reports(*two, "same_event", by=lan, on=OPENED)
    assert found_by(two[0], lan) == []


def test_a_sealed_one_is_neither_suggested_nor_shown(two, here, lan, cast_member):
    join_reports(*two, "same_event", by=lan, on=OPENED)
    case = make_case(here)
    Report.objects.filter(pk=two[1].pk).update(case=case, state="in_case")
    seal(case)
    with acting_as(lan):
        assert not joined_with(two[0], lan)
        assert found_by(two[0], lan) == []
        assert ReportJoin.objects.count() == 1
    police = cast_member("police")
    with acting_as(police):
        assert joined_with(two[0], police).get() == two[1]


def test_the_page_suggests_joins_and_takes_apart(client, two, lan, thu):
    page = reverse("cases:report_detail", args=[two[0].pk])
    join = reverse("cases:report_join", args=[two[0].pk])
    client.force_login(thu)
    assert client.post(join, {"other": two[1].pk, "basis": "same_event"}).status_code == 404
    client.force_login(lan)
    assert "Gộp với tin này" in client.get(page).content.decode()
    assert client.post(join, {"other": "x"}).status_code == 303
    assert client.post(join, {"other": two[1].pk, "basis": "same_event"}).status_code == 303
    assert "Cô giáo kể lại." in client.get(page).content.decode()
    apart = reverse("cases:report_separate", args=[two[0].pk])
    assert client.post(apart, {"on": "02/03/2026", "because": ""}).status_code == 422
    assert client.post(apart, {"on": "02/03/2026", "because": "Khác"}).status_code == 303
    assert "Cô giáo kể lại." not in client.get(page).content.decode().split("Gộp với")[0]


def test_the_screening_page_suggests_too(client, two, here, lan):
    child = make_child(here)
    client.force_login(lan)
    page = client.get(reverse("cases:screening_new", args=[child.pk]) + f"?report={two[0].pk}")
    assert "Gộp với tin này" in page.content.decode()
