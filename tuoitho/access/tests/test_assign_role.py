from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from conftest import make_user
from tuoitho.access.actions import assign_role, create_user, end_assignment
from tuoitho.access.models import User
from tuoitho.access.person import acting_as
from tuoitho.audit.models import Event


@pytest.fixture
def quan(area):
    return make_user("quan", "administrator", area, full_name="Đỗ Văn Quân")


def test_a_role_opens_what_it_grants_there_and_nowhere_else(here, there, quan, system):
    user = create_user("moi", "Người Mới", password="mat-khau-dai", by=quan)
    assert not user.may("cases.view")
    assign_role(user, "commune_worker", here, by=quan, start=date(2026, 1, 1))
    user = User.objects.get(pk=user.pk)
    assert here.pk in user.scope("cases.view")
    assert there.pk not in user.scope("cases.view")
    assert Event.objects.filter(action="access.assign").exists()


def test_a_role_that_ended_opens_nothing(here, quan):
    user = create_user("cu", "Người Cũ", password="mat-khau-dai", by=quan)
    held = assign_role(user, "commune_worker", here, by=quan, start=date(2024, 1, 1))
    end_assignment(held, by=quan, on=date(2025, 1, 1))
    assert not User.objects.get(pk=user.pk).scope("cases.view")


def test_the_same_role_twice_in_the_same_days_is_refused(here, quan):
    user = create_user("doi", "Người Đôi", password="mat-khau-dai", by=quan)
    assign_role(user, "commune_worker", here, by=quan, start=date(2026, 1, 1))
    with pytest.raises(ValidationError):
        assign_role(user, "commune_worker", here, by=quan, start=date(2026, 2, 1))


def test_only_an_administrator_gives_roles(here, lan, quan):
    user = create_user("ai", "Ai Đó", password="mat-khau-dai", by=quan)
    with pytest.raises(PermissionDenied):
        assign_role(user, "commune_chair", here, by=lan, start=date(2026, 1, 1))


def test_a_role_in_the_area_reaches_its_communes(hanh, here, there, lan):
    assert {here.pk, there.pk} <= hanh.scope("cases.view").unit_ids
    assert there.pk not in lan.scope("cases.view")


def test_an_unknown_permission_is_a_bug_at_once(lan):
    with pytest.raises(KeyError):
        lan.scope("cases.veiw")


def test_an_inactive_person_may_nothing(here, lan):
    User.objects.filter(pk=lan.pk).update(is_active=False)
    gone = User.objects.get(pk=lan.pk)
    assert not gone.may("cases.view")
    assert not gone.scope("cases.view")


def test_pages(client, quan, here):
    client.force_login(quan)
    assert client.get(reverse("access:user_list")).status_code == 200
    answer = client.post(
        reverse("access:user_new"),
        {"username": "an", "full_name": "Lê An", "position": "", "password": "mat-khau-dai"},
    )
    assert answer.status_code == 303
    user = User.objects.get(username="an")
    page = client.get(reverse("access:user_detail", args=[user.pk])).content.decode()
    assert "Chưa có vai trò nào" in page
    answer = client.post(
        reverse("access:assignment_new", args=[user.pk]),
        {"role": "commune_worker", "unit": here.pk, "start": "01/01/2026"},
    )
    assert answer.status_code == 303
    wrong = client.post(reverse("access:assignment_new", args=[user.pk]), {"start": "32/01/2026"})
    assert wrong.status_code == 422
    assert "32/01/2026" in wrong.content.decode()


def test_strangers_find_no_such_page(client, lan, quan):
    client.force_login(lan)
    assert client.get(reverse("access:user_list")).status_code == 404
    assert client.get(reverse("access:user_detail", args=[quan.pk])).status_code == 404


def test_nobody_signed_in_is_sent_to_sign_in(client, db):
    answer = client.get(reverse("access:user_list"))
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/")


def test_the_setting_of_a_person_ends_with_the_block(lan, chung):
    from tuoitho.access.person import current_person

    before = current_person()
    with acting_as(lan):
        assert current_person() == str(lan.pk)
        with acting_as(chung):
            assert current_person() == str(chung.pk)
        assert current_person() == str(lan.pk)
    assert current_person() == before
