"""Giving cases to people, weighing what they carry, reminding: one row or all of them."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from conftest import make_user
from tuoitho.access.person import acting_as
from tuoitho.audit.models import Event
from tuoitho.cases import actions
from tuoitho.cases.models import Case, Clock
from tuoitho.cases.parameters import weights
from tuoitho.cases.tests.make import OPENED, make_case, make_report, seal
from tuoitho.cases.workload import workload
from tuoitho.jobs.actions import run_job
from tuoitho.jobs.models import Job
from tuoitho.notices.models import Notice

pytestmark = pytest.mark.usefixtures("_morning")


@pytest.fixture
def _morning():
    with time_machine.travel("2026-03-02 09:00+07:00", tick=False):
        yield


@pytest.fixture
def mai(here):
    return make_user("mai", "commune_worker", here, full_name="Đỗ Thị Mai")


def notices(person, kind):
    return Notice.objects.filter(to=person, kind=kind).count()


def test_the_chair_gives_a_case_to_a_worker_who_is_told(here, chung, mai):
    case = actions.assign_case(make_case(here), mai, by=chung, on=OPENED)
    assert Clock.objects.running().get(case=case).assigned_to == mai
    assert notices(mai, "case.assigned") == 1
    assert Event.objects.filter(action="cases.assign", subject_key=str(case.pk)).exists()
    assert case.moves.get(name="assign").note.startswith("Đỗ Thị Mai")


def test_a_worker_takes_a_case_but_gives_none_away(here, lan, mai):
    case = actions.assign_case(make_case(here), lan, by=lan, on=OPENED)
    assert case.assigned_to == lan
    with pytest.raises(PermissionDenied):
        actions.assign_case(case, mai, by=lan, on=OPENED)
    with pytest.raises(PermissionDenied):
        actions.assign_case(case, mai, by=mai, on=OPENED)


def test_a_case_is_given_only_to_who_works_there_and_once(here, chung, thu, lan):
    case = make_case(here)
    for person in (thu, chung):
        with pytest.raises(ValidationError):
            actions.assign_case(case, person, by=chung, on=OPENED)
    actions.assign_case(case, lan, by=chung, on=OPENED)
    with pytest.raises(ValidationError):
        actions.assign_case(case, lan, by=chung, on=OPENED)
    actions.assign_case(case, None, by=chung, on=OPENED)
    assert Case.objects.get(pk=case.pk).assigned_to is None


def test_load_is_weighed_not_counted(here, chung, lan, mai):
    make_case(here, assigned_to=lan, hazardous=True, emergency=True)
    for _ in range(2):
        make_case(here, assigned_to=mai)
    points = weights(OPENED)
    loads = {str(load.worker): load for load in workload(chung)}
    assert loads[str(lan)].points == points["case"] + points["hazardous"] + points["emergency"]
    assert (loads[str(mai)].cases, loads[str(mai)].points) == (2, 2 * points["case"])
    assert [str(load.worker) for load in workload(chung)][:2] == [str(lan), str(mai)]


def test_a_case_of_high_risk_weighs_more_than_one_of_low_risk(here, chung, lan, mai):
    make_case(here, assigned_to=mai, risk_level="low")
    make_case(here, assigned_to=lan, risk_level="high")
    points = weights(OPENED)
    loads = {str(load.worker): load for load in workload(chung)}
    assert points["risk_high"] > points["risk_medium"] > points["risk_low"]
    assert loads[str(lan)].points == points["case"] + points["risk_high"]
    assert loads[str(mai)].points == points["case"] + points["risk_low"]
    assert (loads[str(lan)].high, loads[str(mai)].high) == (1, 0)


def test_a_weight_changed_from_a_day_on_counts_from_that_day(here, hanh, lan):
    make_case(here, assigned_to=lan, risk_level="medium")
    before = next(load.points for load in workload(hanh) if load.worker == lan)
    actions.set_parameter(
        "workload_risk_medium", [9], since=OPENED, source="Quyết định nội bộ", by=hanh, on=OPENED,
        note="Cân lại khối lượng việc",
    )  # fmt: skip
    after = next(load.points for load in workload(hanh) if load.worker == lan)
    assert after - before == 9 - 1
    assert weights(OPENED - timedelta(days=1))["risk_medium"] == 1


def test_the_team_page_shows_the_weight_of_each_risk_level_with_its_page(client, chung):
    client.force_login(chung)
    text = client.get(reverse("cases:team")).content.decode()
    for level in ("high", "medium", "low"):
        assert reverse("cases:parameter_detail", args=[f"workload_risk_{level}"]) in text


def test_load_counts_what_is_overdue_and_what_nobody_has(here, hanh, lan):
    with time_machine.travel("2026-03-03 09:00+07:00", tick=False):
        make_case(here, assigned_to=lan)
        make_report(here)
        loads = {load.worker: load for load in workload(hanh)}
    assert (loads[lan].overdue, loads[lan].items) == (1, 1)
    assert (loads[None].cases, loads[None].overdue) == (0, 1)


def test_a_sealed_case_weighs_on_nobody_who_may_not_see_it(here, chung, lan):
    seal(make_case(here, assigned_to=lan))
    (load,) = workload(chung)
    assert (load.worker, load.cases, load.items) == (lan, 0, 0)


def test_who_has_the_case_is_reminded_once_a_day(here, chung, lan, mai):
    key = Clock.objects.running().get(case=make_case(here, assigned_to=mai)).pk
    assert actions.remind(key, by=chung, on=OPENED) == [mai]
    assert (notices(mai, "case.reminded"), notices(lan, "case.reminded")) == (1, 0)
    with pytest.raises(ValidationError):
        actions.remind(key, by=chung, on=OPENED)


def test_of_what_nobody_has_all_whose_turn_it_is_are_reminded(here, chung, lan, mai):
    key = Clock.objects.get(report=make_report(here)).pk
    assert set(actions.remind(key, by=chung, on=OPENED)) == {lan, mai}


def test_strangers_remind_nobody(here, lan, thu):
    key = Clock.objects.running().get(case=make_case(here)).pk
    with pytest.raises(PermissionDenied):
        actions.remind(key, by=lan, on=OPENED)
    with acting_as(thu), pytest.raises(ValidationError):
        actions.remind(key, by=thu, on=OPENED)


def send(client, query="", **given):
    answer = client.post(reverse("cases:team") + query, given)
    if answer.status_code != 303:
        return answer, None
    key = answer.url.strip("/").split("/")[-1]
    run_job(key)
    return answer, Job.objects.get(pk=key)


def results(job):
    return list(job.rows.order_by("place").values_list("state", flat=True))


def test_ticked_cases_are_given_with_a_result_for_each(client, here, chung, lan):
    cases = [make_case(here), make_case(here, assigned_to=lan), make_case(here)]
    keys = [Clock.objects.running().get(case=case).pk for case in cases[:2]]
    client.force_login(chung)
    answer, job = send(client, act="assign", to=lan.pk, rows=keys)
    assert answer.status_code == 303
    assert results(job) == ["done", "refused"]  # the second was hers already
    owners = [Case.objects.get(pk=case.pk).assigned_to for case in cases]
    assert owners == [lan, lan, None]


def test_all_that_the_filters_show_without_a_cap(client, here, chung, lan, mai):
    for _ in range(60):
        make_case(here)
    make_case(here, assigned_to=mai)
    client.force_login(chung)
    _answer, job = send(client, "?worker=none", act="assign", to=lan.pk, whole="on")
    assert results(job) == ["done"] * 60
    assert Case.objects.filter(assigned_to=lan).count() == 60


def test_many_are_reminded_and_a_second_time_refused(client, here, chung, lan):
    keys = [Clock.objects.running().get(case=make_case(here)).pk for _ in range(2)]
    client.force_login(chung)
    _answer, first = send(client, act="remind", rows=keys)
    _answer, second = send(client, act="remind", rows=keys)
    assert (results(first), results(second)) == (["done"] * 2, ["refused"] * 2)


def test_rows_of_others_are_not_in_the_job(client, here, there, chung, lan):
    key = Clock.objects.running().get(case=make_case(there)).pk
    client.force_login(chung)
    answer, _job = send(client, act="remind", rows=[key])
    assert answer.status_code == 422
    assert Job.objects.filter(name="cases.remind").count() == 0


def test_nothing_ticked_or_nobody_chosen_comes_back(client, here, chung, lan):
    case = make_case(here)
    client.force_login(chung)
    assert send(client, act="remind")[0].status_code == 422
    key = Clock.objects.running().get(case=case).pk
    answer, _job = send(client, act="assign", rows=[key])
    assert answer.status_code == 422
    assert "checked" in answer.content.decode()


def test_the_page_shows_loads_and_open_things_with_few_questions(
    client, here, hanh, lan, django_assert_max_num_queries
):
    for _ in range(30):
        make_case(here, assigned_to=lan)
        make_report(here)
    client.force_login(hanh)
    client.get(reverse("cases:team"))
    with django_assert_max_num_queries(20):
        page = client.get(reverse("cases:team")).content.decode()
    assert "60 việc đang chờ" in page
    assert "Khối lượng" in page


def test_only_supervisors_open_it(client, lan):
    client.force_login(lan)
    assert client.get(reverse("cases:team")).status_code == 403


def test_the_steps_of_the_case_page(client, here, chung, lan):
    case = make_case(here)
    client.force_login(lan)
    assert (
        "Nhận phụ trách"
        in client.get(reverse("cases:case_detail", args=[case.pk])).content.decode()
    )
    take = reverse("cases:case_step", args=[case.pk, "take"])
    assert client.post(take, {"on": "02/03/2026"}).status_code == 303
    assert client.get(reverse("cases:case_list") + "?whose=mine").content.decode().count("HS-0") > 0
    client.force_login(chung)
    give = reverse("cases:case_step", args=[case.pk, "assign"])
    assert client.post(give, {"on": "02/03/2026", "to": ""}).status_code == 303
    assert Case.objects.get(pk=case.pk).assigned_to is None
