"""A round of more children than one waits for: its lists are made by a job, a commune at a time."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from conftest import make_user
from tuoitho.access.person import acting_as
from tuoitho.jobs.models import Job
from tuoitho.jobs.tests.make import run_jobs
from tuoitho.lib.hanoi import today
from tuoitho.rounds import jobs
from tuoitho.rounds.actions import add_child, close_round, list_children, start_round, starting
from tuoitho.rounds.models import ListedChild, Round
from tuoitho.rounds.tests.make import make_living, make_round


@pytest.fixture
def begun(here, there, area, system, monkeypatch):
    """Two communes with two children and one; none is on a list yet."""
    for unit, name in ((here, "An"), (here, "Bình"), (there, "Chi")):
        make_living(unit, name)
    monkeypatch.setattr(starting, "AT_ONCE", 2)
    return start_round(make_round(area, communes=[here, there]), by=system, on=today())


def names(planned):
    return sorted(row.child.full_name for row in ListedChild.objects.filter(round=planned))


def test_the_job_makes_the_lists_commune_by_commune_and_says_how_many(begun, here, there):
    assert (begun.is_running, begun.unlisted, names(begun)) == (True, [here.pk, there.pk], [])
    (job,) = run_jobs()
    assert (job.name, job.total) == (starting.LIST, 2)
    begun.refresh_from_db()
    assert (begun.unlisted, names(begun)) == ([], ["An", "Bình", "Chi"])
    assert begun.lists.filter(listed=None).count() == 0


def test_a_commune_is_not_listed_twice_and_who_was_added_by_hand_stays_once(begun, here, system):
    assert list_children(begun, [here.pk], by=system) == 2
    assert list_children(begun, [here.pk], by=system) == 0
    dung = make_living(here, "Dũng")
    add_child(begun.lists.get(unit=here, hamlet="Thôn 1"), dung, by=system, on=today())
    run_jobs()
    assert names(begun) == ["An", "Bình", "Chi", "Dũng"]


def test_what_a_stopped_job_left_is_made_in_the_morning(begun, system):
    Job.objects.all().delete()
    with acting_as(system):
        left = jobs.LISTED.rows({}, system)
        assert len(left) == 2
        for key in left:
            jobs.LISTED.one({}, key, system)
    assert names(begun) == ["An", "Bình", "Chi"]
    assert jobs.LISTED.rows({}, system) == []


def test_it_does_not_end_before_its_lists_are_made(begun, system):
    with pytest.raises(ValidationError, match="Danh sách đang được lập"):
        close_round(begun, by=system, on=today())
    run_jobs()
    assert close_round(begun, by=system, on=today()).closed_on == today()


def test_the_register_counts_as_it_was_on_the_day_it_began(begun, there):
    make_living(there, "Mới", on=today() + timedelta(days=1))
    run_jobs()
    assert "Mới" not in names(begun)


def test_nobody_else_makes_lists(begun, here, thu):
    with acting_as(thu), pytest.raises((PermissionDenied, Round.DoesNotExist)):
        list_children(begun, [here.pk], by=thu)


def test_the_page_says_how_far_it_is(begun, here, system, client, area):
    office = make_user("ldtbxh", "labour_office", area)
    client.force_login(office)
    page = reverse("rounds:round_detail", args=[begun.pk])
    list_children(begun, [here.pk], by=system)
    assert "đã xong 1 trong 2 xã, phường" in client.get(page).content.decode()
    run_jobs()
    assert "Đang lập danh sách" not in client.get(page).content.decode()


def test_hamlets_are_offered_of_one_commune(begun, here, client, area):
    run_jobs()
    client.force_login(make_user("ldtbxh", "labour_office", area))
    page = reverse("rounds:listed_list", args=[begun.pk])
    mine = begun.lists.get(unit=here)
    chosen = f'<option value="{mine.pk}"'
    assert chosen not in client.get(page).content.decode()
    assert chosen in client.get(page, {"unit": here.pk}).content.decode()
    found = client.get(page, {"list": mine.pk}).content.decode()
    assert f"{chosen} selected" in found
    assert "Bình" in found
    assert "Chi" not in found


def test_who_works_in_one_commune_is_offered_its_hamlets(begun, here, lan, client):
    run_jobs()
    client.force_login(lan)
    page = client.get(reverse("rounds:listed_list", args=[begun.pk])).content.decode()
    assert f'<option value="{begun.lists.get(unit=here).pk}"' in page


@pytest.mark.parametrize("nonsense", ["²", "x", "-1", "9" * 30])
def test_a_commune_or_list_that_cannot_be_is_no_error(begun, here, client, area, nonsense):
    run_jobs()
    client.force_login(make_user("ldtbxh", "labour_office", area))
    page = reverse("rounds:listed_list", args=[begun.pk])
    for name in ("unit", "list"):
        assert client.get(page, {name: nonsense}).status_code == 200
