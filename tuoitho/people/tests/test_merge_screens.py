"""The pages of a merge: both rows side by side, who may press what, old links lead on."""

import re
from datetime import date

import pytest
from django.urls import reverse

from tuoitho.access.person import acting_as
from tuoitho.people import actions
from tuoitho.people.models import Child, Merge
from tuoitho.people.tests.make import make_child

ON = date(2026, 1, 5)


@pytest.fixture
def kept(here):
    return make_child(here, "Nguyễn Văn An")


@pytest.fixture
def other(here):
    return make_child(here, "Nguyễn Văn Ân", birth_date=date(2014, 1, 6))


@pytest.fixture
def merge(kept, other, lan):
    with acting_as(lan):
        return actions.request_merge(kept, other, {}, reason="cùng mẹ", by=lan, on=ON)


def new_url(kept, other=None):
    url = f"{reverse('people:merge_new')}?keep={kept.pk}"
    return f"{url}&other={other.pk}" if other else url


def test_near_ones_are_offered_first(client, kept, other, lan):
    client.force_login(lan)
    assert f"keep={kept.pk}&amp;other={other.pk}" in client.get(new_url(kept)).content.decode()


def test_another_is_found_by_name(client, kept, here, lan):
    far = make_child(here, "Đỗ Thị Hoà", birth_date=date(2016, 1, 1))
    client.force_login(lan)
    assert f"other={far.pk}" in client.get(new_url(kept) + "&q=do thi hoa").content.decode()


def test_what_differs_is_chosen_and_asked_for(client, kept, other, lan):
    client.force_login(lan)
    page = client.get(new_url(kept, other)).content.decode()
    assert "01/06/2014" in page
    assert "06/01/2014" in page
    sent = {"full_name": "kept", "birth": "other", "reason": "cùng mẹ, cùng số định danh"}
    answer = client.post(new_url(kept, other), sent)
    merge = Merge.objects.get()
    assert answer.headers["Location"] == reverse("people:merge_detail", args=[merge.pk])
    assert (merge.choices["birth"], merge.requested_by) == ("other", lan)


def test_without_a_reason_all_stays_as_typed(client, kept, other, lan):
    client.force_login(lan)
    answer = client.post(new_url(kept, other), {"full_name": "other", "birth": "other"})
    assert answer.status_code == 422
    chosen = r'name="birth" value="other"[^>]* checked'
    assert re.search(chosen, answer.content.decode())


def test_the_chair_approves_and_the_old_link_leads_on(client, merge, other, chung):
    client.force_login(chung)
    client.post(reverse("people:merge_approve", args=[merge.pk]), {"answer": "đúng"})
    old = client.get(reverse("people:child_detail", args=[other.pk]))
    assert (old.status_code, old.headers["Location"]) == (
        303, reverse("people:merge_detail", args=[merge.pk]),
    )  # fmt: skip
    assert Child.with_merged.get(pk=other.pk).merged_into_id == merge.kept_id


def test_afterwards_the_page_still_shows_both_as_they_were(client, kept, other, lan, chung):
    with acting_as(lan):
        merge = actions.request_merge(kept, other, {"birth": "other"}, reason="x", by=lan, on=ON)
    client.force_login(chung)
    client.post(reverse("people:merge_approve", args=[merge.pk]), {})
    page = client.get(reverse("people:merge_detail", args=[merge.pk])).content.decode()
    assert ("01/06/2014" in page, "06/01/2014" in page) == (True, True)


def test_undone_it_is_two_again(client, merge, other, chung):
    client.force_login(chung)
    client.post(reverse("people:merge_approve", args=[merge.pk]), {})
    refused = client.post(reverse("people:merge_undo", args=[merge.pk]), {})
    assert (refused.status_code, "Ghi vì sao" in refused.content.decode()) == (422, True)
    client.post(reverse("people:merge_undo", args=[merge.pk]), {"answer": "hai em"})
    assert client.get(reverse("people:child_detail", args=[other.pk])).status_code == 200


def test_pressed_twice_the_second_hears_it_is_done(client, merge, chung):
    client.force_login(chung)
    url = reverse("people:merge_approve", args=[merge.pk])
    assert client.post(url, {}).status_code == 303
    assert client.post(url, {}).status_code == 422


def test_it_waits_in_the_queue_of_who_may_approve(client, merge, lan, chung):
    client.force_login(chung)
    assert "Duyệt gộp hồ sơ trùng" in client.get("/hom-nay/").content.decode()
    client.force_login(lan)
    assert "Duyệt gộp hồ sơ trùng" not in client.get("/hom-nay/").content.decode()


def test_a_stranger_sees_none_of_it(client, merge, kept, other, thu):
    client.force_login(thu)
    for url in (reverse("people:merge_detail", args=[merge.pk]), new_url(kept, other)):
        assert client.get(url).status_code == 404
    assert "Nguyễn Văn" not in client.get(reverse("people:merge_list")).content.decode()


def test_a_number_is_shown_to_who_may_see_numbers(client, here, kept, lan, cast_member):
    with_number = make_child(here, "Nguyễn Văn Ấn", national_id="001214012345")
    client.force_login(lan)
    assert "001214012345" in client.get(new_url(kept, with_number)).content.decode()
    client.force_login(cast_member("collaborator"))
    page = client.get(new_url(kept, with_number)).content.decode()
    assert "001214012345" not in page
    assert "có, không được xem" in page


def test_the_list_asks_the_same_however_long(
    client, here, merge, hanh, django_assert_max_num_queries
):
    for number in range(8):
        one, two = make_child(here, f"An {number}"), make_child(here, f"An {number}")
        with acting_as(hanh):
            actions.request_merge(one, two, {}, reason="thử", by=hanh, on=ON)
    client.force_login(hanh)
    client.get(reverse("people:merge_list"))
    with django_assert_max_num_queries(14):
        assert client.get(reverse("people:merge_list")).content.decode().count("Chờ người") >= 9
