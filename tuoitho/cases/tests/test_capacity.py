"""A provider that is full: said with the number, not forbidden."""

import pytest
import time_machine
from django.urls import reverse

from tuoitho.access.person import acting_as
from tuoitho.cases import actions
from tuoitho.cases.capacity import room_at
from tuoitho.cases.models import Referral
from tuoitho.cases.tests.make import OPENED, make_case, seal
from tuoitho.cases.tests.make_exchange import make_referral, make_school

SENT = {"kind": "education", "request": "Xếp lớp phù hợp cho em", "on": "02/03/2026",
        "ground": "state_duty", "ground_reason": "Kế hoạch hỗ trợ"}  # fmt: skip
FULL = "Nơi này ghi nhận được 1 cùng lúc và đang có 1 đề nghị chưa xong."


@pytest.fixture(autouse=True)
def _morning():
    with time_machine.travel("2026-03-02 09:00+07:00", tick=False):
        yield


@pytest.fixture
def school(here, system):
    """Takes one child at a time."""
    school = make_school(here)
    actions.list_provider(school, kinds=["education"], area=here, capacity=1, by=system, on=OPENED)
    return school


def test_open_referrals_of_all_communes_count_and_sealed_ones_do_not(here, there, school, thu):
    assert not room_at(school, OPENED).is_full
    make_referral(there)
    Referral.objects.update(receiver=school)
    with acting_as(thu):
        assert room_at(school, OPENED).open == 1
    seal(Referral.objects.get().case)
    assert room_at(school, OPENED).open == 0


def test_ended_referrals_leave_room(here, school):
    make_referral(here, state="done")
    make_referral(here, state="refused")
    assert room_at(school, OPENED).open == 0


def test_who_says_nothing_of_capacity_is_never_full(here, area):
    school = make_school(here, "Trường khác")
    assert room_at(school, OPENED) is None


def test_a_full_provider_is_warned_of_once_and_then_the_request_goes(client, here, lan, school):
    make_referral(here)
    case = make_case(here)
    client.force_login(lan)
    url = reverse("cases:referral_new", args=[case.pk])
    sent = {**SENT, "receiver": school.pk}
    answer = client.post(url, sent)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert FULL in text
    assert SENT["request"] in text
    assert f'name="warned" value="{school.pk}"' in text
    assert not case.referrals.exists()
    assert client.post(url, {**sent, "warned": school.pk}).status_code == 303
    assert case.referrals.get().receiver == school


def test_a_warning_about_one_does_not_count_for_another(client, here, lan, school):
    make_referral(here)
    case = make_case(here)
    client.force_login(lan)
    url = reverse("cases:referral_new", args=[case.pk])
    assert client.post(url, {**SENT, "receiver": school.pk, "warned": "0"}).status_code == 422


def test_with_room_left_nobody_is_warned(client, here, lan, school):
    case = make_case(here)
    client.force_login(lan)
    url = reverse("cases:referral_new", args=[case.pk])
    assert client.post(url, {**SENT, "receiver": school.pk}).status_code == 303
