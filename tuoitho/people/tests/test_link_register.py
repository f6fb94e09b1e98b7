"""Pairs that may be one child: found for who sees both, judged once, gone when they are merged."""

from datetime import date
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tuoitho.access.person import acting_as
from tuoitho.audit.models import Event
from tuoitho.jobs.models import Job
from tuoitho.jobs.tests.make import run_jobs
from tuoitho.people import actions
from tuoitho.people.models import Guardian, MatchPair
from tuoitho.people.tests.make import make_child

ON = date(2026, 1, 5)


def with_mother(child, name="Lê Thị Bưởi"):
    Guardian.objects.create(child=child, relation="mother", full_name=name, folded_name="x")
    return child


@pytest.fixture
def one(here):
    return with_mother(make_child(here, "Nguyễn Văn Quyết", hamlet="Thôn Nội"))


@pytest.fixture
def same(here):
    born = date(2014, 1, 6)
    return with_mother(make_child(here, "NGUYEN VAN QUYET", hamlet="Thôn Nội", birth_date=born))


@pytest.fixture
def elsewhere(there):
    return with_mother(make_child(there, "Nguyễn Văn Quyết"))


@pytest.fixture
def sibling(here):
    return with_mother(make_child(here, "Nguyễn Thị Mai", sex="female", hamlet="Thôn Nội"))


@pytest.fixture
def pair(one, same, system):
    look(system)
    return MatchPair.objects.get()


def look(by):
    run = uuid4()
    with acting_as(by):
        found = actions.link_register(by=by, on=ON, run=run)
        actions.forget_old_pairs(by=by, on=ON, run=run)
    return found


def test_a_double_is_found_with_its_reasons_and_a_sibling_is_not(one, same, sibling, system):
    assert look(system) == 1
    pair = MatchPair.objects.get()
    assert (pair.first, pair.second) == (one, same)
    levels = {name: level[0] for name, level in pair.levels.items()}
    assert levels == {
        "name": "same", "marks": "none", "birth": "turned", "carers": "one", "place": "hamlet",
        "sex": "same",
    }  # fmt: skip
    assert pair.probability > 0.9


def test_found_again_it_is_the_same_pair_and_keeps_its_judgement(pair, lan, system):
    with acting_as(lan):
        actions.judge_pair(pair, different=True, by=lan, on=ON)
    look(system)
    again = MatchPair.objects.get()
    assert (again.pk, again.state, again.judged_by) == (pair.pk, "different", lan)
    assert again.run != pair.run


def test_what_is_not_found_again_goes(pair, same, system):
    actions.correct_child(same, full_name="Trần Thị Hoa", birth_date=date(2009, 9, 9), by=system,
                          on=ON)  # fmt: skip
    look(system)
    assert not MatchPair.objects.exists()


def test_a_judgement_is_kept_even_when_the_pair_is_not_found(pair, same, lan, system):
    with acting_as(lan):
        actions.judge_pair(pair, different=True, by=lan, on=ON)
    actions.correct_child(same, full_name="Trần Thị Hoa", birth_date=date(2009, 9, 9), by=system,
                          on=ON)  # fmt: skip
    look(system)
    assert MatchPair.objects.get().state == "different"


def test_a_judgement_is_taken_back_and_both_logs_tell(pair, one, same, lan):
    with acting_as(lan):
        actions.judge_pair(pair, different=True, by=lan, on=ON)
        actions.judge_pair(pair, different=False, by=lan, on=ON)
    pair.refresh_from_db()
    assert (pair.state, pair.judged_by) == ("open", None)
    told = Event.objects.filter(action="people.judge_pair").values_list("child_key", flat=True)
    assert sorted(told) == sorted([one.pk, same.pk] * 2)


def test_who_may_not_register_judges_and_searches_nothing(pair, chung):
    with acting_as(chung), pytest.raises(PermissionDenied):
        actions.judge_pair(pair, different=True, by=chung, on=ON)
    with pytest.raises(PermissionDenied):
        look(chung)


def test_across_communes_only_who_sees_both(one, elsewhere, lan, thu, hanh, duc, system):
    look(system)
    for person, rows in {lan: 0, thu: 0, hanh: 1, duc: 0}.items():
        with acting_as(person), connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM people_matchpair")
            assert cursor.fetchone() == (rows,), person
            assert MatchPair.objects.visible_to(person).count() == rows, person


def test_one_commune_is_searched_without_the_other(one, elsewhere, lan):
    assert look(lan) == 0


def test_a_merged_pair_is_no_question_until_it_is_undone(pair, one, same, lan, chung):
    with acting_as(lan):
        merge = actions.request_merge(one, same, {}, reason="cùng mẹ", by=lan, on=ON)
    with acting_as(chung):
        actions.approve_merge(merge, by=chung, on=ON)
    assert not MatchPair.objects.waiting().exists()
    assert MatchPair.objects.merged().get().state_words == "Đã gộp thành một em"
    with acting_as(chung):
        actions.undo_merge(merge, by=chung, on=ON, reason="hai em")
    assert MatchPair.objects.waiting().get() == pair


def test_the_job_searches_in_pieces_and_says_what_waits(client, one, same, lan):
    client.force_login(lan)
    answer = client.post(reverse("people:pair_search"))
    job = Job.objects.get(name="people.link_register")
    assert answer.headers["Location"] == reverse("jobs:job_detail", args=[job.pk])
    assert client.post(reverse("people:pair_search")).headers["Location"].endswith(f"{job.pk}/")
    (done,) = run_jobs()
    assert (done.state, done.done, done.refused) == ("done", 4, 0)
    assert done.rows.last().note == "1 cặp cần xem."
    assert MatchPair.objects.count() == 1


def test_the_command_searches_the_whole_register(one, same, capsys):
    call_command("link", "--train")
    said = capsys.readouterr().out
    assert "Tìm thấy 1 cặp" in said
    assert "dùng trọng số có sẵn" in said


def test_the_list_and_its_filters(client, pair, lan, here, there):
    client.force_login(lan)
    url = reverse("people:pair_list")
    page = client.get(url).content.decode()
    assert "NGUYEN VAN QUYET" in page
    assert "gần như chắc chắn" in page
    assert "ngày sinh đảo ngày và tháng" in page
    for query, shown in (
        ("state=open", 1), ("state=different", 0), ("state=merged", 0), ("sure=sure", 1),
        ("sure=likely", 0), (f"unit={here.pk}", 1),
    ):  # fmt: skip
        rows = client.get(f"{url}?format=csv&{query}").getvalue().decode("utf-8-sig")
        assert ("NGUYEN VAN QUYET" in rows) == bool(shown), query


def test_the_list_asks_no_more_for_more_pairs(client, pair, here, lan, system):
    client.force_login(lan)
    url = reverse("people:pair_list")

    def questions():
        with CaptureQueriesContext(connection) as asked:
            assert client.get(url).status_code == 200
        return len(asked)

    questions()
    few = questions()
    for number in range(3):
        born = date(2014, 6, 1 + number)
        with_mother(make_child(here, "Nguyễn Văn Quyết", hamlet="Thôn Nội", birth_date=born))
    look(system)
    assert MatchPair.objects.count() > 3
    assert questions() == few


def test_the_page_shows_both_and_leads_to_both_answers(client, pair, one, same, lan):
    client.force_login(lan)
    page = client.get(reverse("people:pair_detail", args=[pair.pk])).content.decode()
    for words in ("01/06/2014", "06/01/2014", "Lê Thị Bưởi", "một bên không ghi dấu",
                  "Trong 100 cặp"):  # fmt: skip
        assert words in page
    merge = reverse("people:merge_new")
    assert f"{merge}?keep={one.pk}&amp;other={same.pk}" in page
    viewed = Event.objects.filter(action="people.view").values_list("child_key", flat=True)
    assert sorted(viewed) == sorted([one.pk, same.pk])


def test_judging_on_the_page(client, pair, lan):
    client.force_login(lan)
    url = reverse("people:pair_judge", args=[pair.pk])
    assert client.post(url).headers["Location"] == reverse("people:pair_list")
    pair.refresh_from_db()
    assert (pair.state, pair.judged_by) == ("different", lan)
    page = client.get(reverse("people:pair_detail", args=[pair.pk])).content.decode()
    assert "hai em khác nhau" in page
    client.post(url, {"again": "1"})
    pair.refresh_from_db()
    assert pair.state == "open"


def test_strangers_and_lookers(client, pair, thu, chung):
    detail = reverse("people:pair_detail", args=[pair.pk])
    judge = reverse("people:pair_judge", args=[pair.pk])
    client.force_login(thu)
    assert client.get(detail).status_code == 404
    assert client.post(judge).status_code == 404
    client.force_login(chung)
    page = client.get(detail)
    assert page.status_code == 200
    assert '<form method="post" action="/people/pairs' not in page.content.decode()
    assert client.post(judge).status_code == 403
