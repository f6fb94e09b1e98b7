"""The pages of referrals: the sender's, the receiver's, the one without an account, the figures."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.urls import reverse

from tuoitho.access.person import acting_as
from tuoitho.audit.models import Event
from tuoitho.cases import actions
from tuoitho.cases.links import spaced
from tuoitho.cases.models import Referral, ReferralLink, Service
from tuoitho.cases.tests.make import OPENED, make_case, make_child
from tuoitho.cases.tests.make_exchange import make_referral, make_school, make_teacher
from tuoitho.lib.hanoi import now, today
from tuoitho.people.actions import record_poverty
from tuoitho.people.tests.make import make_household

ON = OPENED + timedelta(days=1)
DAY = f"{ON:%d/%m/%Y}"


@pytest.fixture(autouse=True)
def _fresh_limits(db):
    cache.clear()


def test_sending_through_the_form_says_what_is_missing_and_keeps_what_was_typed(client, here, lan):
    case, school = make_case(here), make_school(here)
    client.force_login(lan)
    url = reverse("cases:referral_new", args=[case.pk])
    data = {"kind": "education", "receiver": school.pk, "request": "Xếp lớp 6", "on": DAY}
    answer = client.post(url, data, headers={"HX-Request": "true"})
    assert answer.status_code == 422
    assert "Xếp lớp 6" in answer.content.decode()
    assert "chưa có ý kiến của trẻ" in answer.content.decode()
    data |= {"ground": "state_duty", "ground_reason": "Kế hoạch hỗ trợ"}
    assert client.post(url, data)["Location"] == reverse("cases:case_detail", args=[case.pk])
    assert Referral.objects.get().request == "Xếp lớp 6"


def test_hints_are_explained_and_fill_the_form(client, here, lan):
    household = make_household(here)
    record_poverty(household, year=today().year, status="poor", by=lan)
    case = make_case(here, child=make_child(here, household=household))
    client.force_login(lan)
    url = reverse("cases:referral_new", args=[case.pk])
    page = client.get(url).content.decode()
    assert "Vay vốn ưu đãi của Ngân hàng Chính sách xã hội" in page
    assert "Vì: Nghèo" in page
    assert "chưa kiểm chứng" in page
    assert 'value="loan" selected' in client.get(url + "?policy=vay-von").content.decode()


@pytest.mark.parametrize("name", ["referral_detail", "referral_link"])
def test_a_stranger_finds_no_referral(client, here, thu, name):
    referral = make_referral(here)
    client.force_login(thu)
    assert client.get(reverse(f"cases:{name}", args=[referral.pk])).status_code == 404
    step = reverse("cases:referral_step", args=[referral.pk, "take_back"])
    assert client.post(step, {"on": DAY, "note": "x"}).status_code == 404
    assert referral.child_name not in client.get(reverse("cases:referral_list")).content.decode()


def test_the_sender_reminds_records_and_takes_back(client, here, lan, chung):
    referral = make_referral(here)
    detail = reverse("cases:referral_detail", args=[referral.pk])
    step = lambda name: reverse("cases:referral_step", args=[referral.pk, name])  # noqa: E731
    client.force_login(chung)
    assert client.get(detail).status_code == 200
    assert client.get(step("remind")).status_code == 403
    client.force_login(lan)
    client.post(step("remind"), {"on": DAY})
    assert client.post(step("accept"), {"on": DAY}).status_code == 422
    client.post(step("accept"), {"on": DAY, "heard": "Công văn 5"})
    page = client.get(detail).content.decode()
    assert "Nhắc nơi nhận" in page
    assert "Công văn 5" in page
    client.post(step("take_back"), {"on": DAY, "note": "Chuyển đi"})
    referral.refresh_from_db()
    assert referral.state == "taken_back"
    assert client.get(step("nonsense")).status_code == 404


def test_the_receiver_answers_in_the_system(client, here):
    referral = make_referral(here)
    other = make_referral(here, receiver=make_school(here, "Trường khác"), child_name="Bé Út")
    teacher = make_teacher(referral.receiver)
    client.force_login(teacher)
    listed = client.get(reverse("cases:inbox")).content.decode()
    assert referral.child_name in listed
    assert "Bé Út" not in listed
    assert client.get(reverse("cases:inbox_detail", args=[other.pk])).status_code == 404
    detail = client.get(reverse("cases:inbox_detail", args=[referral.pk])).content.decode()
    assert "HS-" not in detail
    assert client.get(reverse("cases:case_detail", args=[referral.case_id])).status_code == 404
    assert client.get(reverse("cases:referral_detail", args=[referral.pk])).status_code == 404
    client.post(reverse("cases:inbox_step", args=[referral.pk, "accept"]), {"on": DAY})
    finish = reverse("cases:inbox_step", args=[referral.pk, "finish"])
    assert client.post(finish, {"on": DAY}).status_code == 422
    client.post(finish, {"on": DAY, "result": "achieved"})
    assert Service.objects.get().result == "achieved"
    assert Event.objects.filter(action="cases.finish_referral", actor_key=teacher.pk).exists()


def link_to(referral, by, **more):
    _link, key = actions.make_link(referral, by=by, address=lambda key: f"/x/{key}", **more)
    return reverse("cases:link_open", args=[spaced(key)]), key


def test_the_link_shows_the_child_only_after_a_confirmation(client, here, lan):
    referral = make_referral(here)
    url, _key = link_to(referral, lan)
    first = client.get(url).content.decode()
    assert referral.receiver.name in first
    assert referral.child_name not in first
    shown = client.post(url, {"step": "confirm"}).content.decode()
    assert referral.child_name in shown
    assert "HS-" not in shown
    assert Event.objects.filter(action="cases.open_link").count() == 1


def test_the_link_answers_once(client, here, lan):
    referral = make_referral(here)
    url, _key = link_to(referral, lan)
    data = {"step": "answer", "answer": "accept", "person": "Lê Thị Bưởi"}
    assert client.post(url, {"step": "answer", "answer": "accept"}).status_code == 422
    assert client.post(url, data).status_code == 200
    referral.refresh_from_db()
    assert referral.state == "accepted"
    assert "Lê Thị Bưởi" in referral.moves.get(name="accept").heard
    assert client.post(url, data | {"answer": "refuse", "note": "x"}).status_code == 404
    assert client.get(url).status_code == 404
    again, _key = link_to(referral, lan)
    client.post(again, {"step": "answer", "result": "partly", "person": "Lê Thị Bưởi"})
    assert Service.objects.get().result == "partly"


def test_a_link_ends_with_its_time_a_newer_one_and_its_request(client, here, lan):
    referral = make_referral(here)
    old, _key = link_to(referral, lan)
    late, _key = link_to(referral, lan)
    assert client.get(old).status_code == 404
    ReferralLink.objects.update(expires_at=now())
    assert client.get(late).status_code == 404
    fresh, _key = link_to(referral, lan)
    actions.take_back_referral(referral, by=lan, on=ON, note="x")
    assert client.get(fresh).status_code == 404


def test_only_the_hash_is_kept_and_the_letter_names_no_child(
    client, here, lan, django_capture_on_commit_callbacks
):
    referral = make_referral(here)
    with django_capture_on_commit_callbacks(execute=True):
        _url, key = link_to(referral, lan, send_to="truong@example.org")
    assert key not in str(ReferralLink.objects.values().get())
    letter = mail.outbox[0]
    assert letter.to == ["truong@example.org"]
    assert key in letter.body
    assert referral.child_name not in letter.subject + letter.body


def test_guessing_is_limited(client, here, monkeypatch):
    monkeypatch.setattr("tuoitho.cases.views.links.TRIES", 3)
    url = reverse("cases:link_open", args=["AAAA-BBBB-CCCC-DDDD"])
    assert [client.get(url).status_code for _ in range(4)] == [404, 404, 404, 429]


def test_the_printed_key_may_be_typed_anyhow(client, here, lan):
    _url, key = link_to(make_referral(here), lan)
    enter = reverse("cases:link_enter")
    answer = client.post(enter, {"key": f" {key[:8].lower()} {key[8:]}"})
    assert client.get(answer["Location"]).status_code == 200
    assert client.post(enter, {"key": "abc"}).status_code == 422


def test_the_link_is_shown_once_to_who_made_it(client, here, lan, chung):
    referral = make_referral(here)
    url = reverse("cases:referral_link", args=[referral.pk])
    client.force_login(chung)
    assert client.get(url).status_code == 403
    client.force_login(lan)
    made = client.post(url, {"send_to": ""}).content.decode()
    assert "referral-key" in made
    assert "referral-key" not in client.get(url).content.decode()


def test_each_figure_opens_its_rows(client, here, lan, thu):
    school = make_school(here)
    done = make_referral(here, "accepted", receiver=school)
    make_referral(here, receiver=school, offered_on=OPENED)
    client.force_login(lan)
    page = client.get(reverse("cases:answer_rates"), {"year": 2026}).content.decode()
    assert "(50 %)" in page.replace("\xa0", " ")
    base = {"receiver": school.pk, "year": 2026}
    for answer, rows in (("asked", 2), ("answered", 1), ("in_time", 1), ("none", 1)):
        listed = client.get(reverse("cases:referral_list"), base | {"answer": answer})
        assert f"{rows} dòng" in listed.content.decode(), answer
    assert done.child_name
    empty = client.get(reverse("cases:answer_rates"), {"year": 2024}).content.decode()
    assert "chưa chuyển tiếp" in empty
    client.force_login(thu)
    assert school.name not in client.get(reverse("cases:answer_rates")).content.decode()


def test_the_lists_ask_the_same_whatever_their_length(
    client, here, lan, django_assert_max_num_queries
):
    school = make_school(here)
    for _ in range(12):
        make_referral(here, receiver=school)
    teacher = make_teacher(school)
    for person, name in ((lan, "referral_list"), (teacher, "inbox"), (lan, "answer_rates")):
        client.force_login(person)
        with django_assert_max_num_queries(14):
            assert client.get(reverse(f"cases:{name}")).status_code == 200


def test_the_panel_on_the_cases_page(client, here, lan, django_assert_max_num_queries):
    referral = make_referral(here)
    client.force_login(lan)
    url = reverse("cases:exchange_panel", args=[referral.case_id])
    with django_assert_max_num_queries(24):
        part = client.get(url, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert str(referral) in part
    assert "Bàn giao hồ sơ" in client.get(url).content.decode()


def test_the_wrong_people_find_no_inbox(client, duc, lan, here):
    client.force_login(duc)
    assert client.get(reverse("cases:inbox")).status_code == 404
    client.force_login(lan)  # works on cases, answers for no body here
    referral = make_referral(here)
    assert client.get(reverse("cases:inbox_detail", args=[referral.pk])).status_code == 404
    with acting_as(lan):
        assert not Referral.objects.received_by(lan).exists()
