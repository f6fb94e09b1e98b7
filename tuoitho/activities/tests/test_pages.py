"""The screens of activities: whole, in part, wrong input, strangers, schools."""

import pytest
from django.db import connection
from django.urls import reverse

from conftest import make_user
from tuoitho.access.person import acting_as
from tuoitho.activities.kinds import Kind
from tuoitho.activities.models import Activity, Reach
from tuoitho.activities.tests.make import make_activity, make_reach, make_school
from tuoitho.establishments.tests.make import make_establishment


def url(name, *args):
    return reverse(f"activities:{name}", args=args)


def test_the_list_in_whole_in_part_and_as_a_file(client, here, lan, django_assert_max_num_queries):
    for number in range(12):
        make_reach(here, "parents", 20, 10, title=f"Buổi {number}")
    client.force_login(lan)
    with django_assert_max_num_queries(25):
        response = client.get(url("activity_list"))
    assert response.status_code == 200
    assert "Buổi 7" in response.text
    part = client.get(url("activity_list"), {"kind": "model"}, headers={"HX-Request": "true"})
    assert "<html" not in part.text
    assert "Buổi 7" not in part.text
    assert client.get(url("activity_list"), {"format": "csv"}).status_code == 200


def test_an_activity_from_plan_to_record(client, here, lan):
    client.force_login(lan)
    assert "?kind=training" in client.get(url("activity_new")).text
    new = {"title": "Lớp tập huấn", "unit": here.pk, "owner": "ubnd_xa", "starts_on": "10/03/2026"}
    assert client.post(url("activity_new") + "?kind=training", new).status_code == 303
    activity = Activity.objects.get()
    done = {
        "starts_on": "10/03/2026", "ends_on": "10/03/2026", "hours": "3,5",
        "attended_parents_community": "1.200", "first_time_parents_community": "1.300",
    }  # fmt: skip
    wrong = client.post(url("activity_record", activity.pk), done)
    assert wrong.status_code == 422
    assert "1.300" in wrong.text
    done |= {
        "first_time_parents_community": "900", "first_trained_parents_community": "1.000",
    }  # fmt: skip
    assert client.post(url("activity_record", activity.pk), done).status_code == 303
    assert Reach.objects.trained("parents").people() == 1000
    assert "1.000" in client.get(url("activity_detail", activity.pk)).text


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_has_its_forms(client, here, lan, kind):
    client.force_login(lan)
    assert client.get(url("activity_new"), {"kind": kind}).status_code == 200
    assert client.post(url("activity_new") + f"?kind={kind}", {"title": ""}).status_code == 422
    activity = make_activity(here, kind=kind, state="done")
    for name in ("activity_detail", "activity_record", "activity_cancel", "establishment_add"):
        assert client.get(url(name, activity.pk)).status_code == 200, name


def test_a_cancellation_needs_its_reason(client, here, lan):
    activity = make_activity(here)
    client.force_login(lan)
    assert client.post(url("activity_cancel", activity.pk), {"note": ""}).status_code == 422
    assert client.post(url("activity_cancel", activity.pk), {"note": "Mưa"}).status_code == 303
    activity.refresh_from_db()
    assert activity.state == "cancelled"


def test_workplaces_are_ticked_and_taken_off(client, here, lan):
    activity, workshop = make_activity(here, state="done"), make_establishment(here)
    client.force_login(lan)
    add = url("establishment_add", activity.pk)
    assert workshop.name in client.get(add, {"q": "may tre"}).text
    assert client.post(add, {}).status_code == 422
    assert client.post(add, {"establishments": ["²"]}).status_code == 422
    assert client.post(add, {"establishments": [workshop.pk]}).status_code == 303
    assert workshop.name in client.get(url("activity_detail", activity.pk)).text
    assert "Hộ gia đình" in client.get(url("reach_list"), {"year": 2026}).text
    remove = url("establishment_remove", activity.pk, workshop.pk)
    assert client.post(remove).status_code == 303
    assert client.post(remove).status_code == 404


def test_strangers_find_nothing(client, here, thu):
    activity = make_activity(here)
    client.force_login(thu)
    for name in ("activity_detail", "activity_record", "activity_cancel", "establishment_add"):
        assert client.get(url(name, activity.pk)).status_code == 404, name


def test_who_may_only_look_gets_403(client, here, chung):
    activity = make_activity(here)
    client.force_login(chung)
    assert client.get(url("activity_detail", activity.pk)).status_code == 200
    assert client.get(url("activity_record", activity.pk)).status_code == 403


def test_a_school_sees_its_own_activities_only(client, here):
    own, other = make_school(here), make_school(here, "Trường Tiểu học Yên Mỹ")
    teacher = make_user("co-giao", "school", here, own)
    mine = make_reach(here, "children", 9, 9, part="school", owner="gddt", organisation=own)
    theirs = make_reach(here, "children", 5, 5, part="school", owner="gddt", organisation=other)
    assert list(Activity.objects.visible_to(teacher)) == [mine.activity]
    assert Reach.objects.visible_to(teacher).people() == 9
    client.force_login(teacher)
    assert client.get(url("activity_detail", theirs.activity.pk)).status_code == 404
    assert client.get(url("activity_record", mine.activity.pk)).status_code == 200
    assert client.get(url("activity_new"), {"kind": "event"}).status_code == 200


def test_a_school_that_also_serves_the_commune_sees_the_commune(here, there):
    school = make_school(here)
    teacher = make_user("co-giao", "school", here, school)
    worker = make_user("hai-vai", "commune_worker", here)
    worker.assignments.create(
        role="school", unit=there, organisation=make_school(there), valid=("2020-01-01", None)
    )
    activity = make_activity(here)
    make_activity(there)
    assert list(Activity.objects.visible_to(worker)) == [activity]
    assert list(Activity.objects.visible_to(teacher)) == []


def test_the_database_hides_activities_from_other_communes(here, thu, hanh):
    row = make_reach(here, "parents", 9, 9)
    row.activity.establishments_reached.create(establishment=make_establishment(here))
    tables = ("activities_activity", "activities_reach", "activities_establishmentreach")
    for person, seen in ((None, 0), (thu, 0), (hanh, 1)):
        with acting_as(person), connection.cursor() as cursor:
            for table in tables:
                cursor.execute(f"SELECT count(*) FROM {table}")
                assert cursor.fetchone() == (seen,)


def test_a_workplace_of_a_cancelled_activity_stays_and_the_page_says_why(client, here, lan):
    activity, workshop = make_activity(here, state="cancelled"), make_establishment(here)
    activity.establishments_reached.create(establishment=workshop)
    client.force_login(lan)
    answer = client.post(url("establishment_remove", activity.pk, workshop.pk), follow=True)
    assert answer.status_code == 200
    assert "sửa số liệu" in answer.text
    assert activity.establishments_reached.get().establishment == workshop
