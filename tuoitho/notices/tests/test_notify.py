"""People are told; e-mails say nothing about a child; who loses sight reads no more."""

from datetime import date

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import connection
from django.urls import reverse

from tuoitho.access.actions import end_assignment
from tuoitho.access.models import User
from tuoitho.access.person import acting_as
from tuoitho.cases.tests.make import make_case
from tuoitho.jobs.actions import start_recurring
from tuoitho.jobs.registry import Every
from tuoitho.jobs.tests.make import run_jobs
from tuoitho.notices.actions import choose_ways, mark_all_read, notify
from tuoitho.notices.kinds import KINDS, TABLES, Way
from tuoitho.notices.models import Notice, count_unread
from tuoitho.notices.people import holders_of
from tuoitho.people.tests.make import make_child

NAME = "Nguyễn Văn Bí Mật"


@pytest.fixture
def case(here, lan):
    User.objects.filter(pk=lan.pk).update(email="lan@xa.example")
    lan.refresh_from_db()
    return make_case(here, child=make_child(here, full_name=NAME))


def tell(case, *to, kind="case.overdue", by):
    notify(
        to, kind, subject=f"{case}: {NAME} quá hạn thăm", url_name="cases:case_detail",
        url_args=(case.pk,), unit=case.unit, by=by,
    )  # fmt: skip


def read_by(user):
    with acting_as(user):
        return list(Notice.objects.visible_to(user))


def test_each_person_reads_it_in_the_system(case, lan, chung, system):
    tell(case, lan, chung, by=system)
    (notice,) = read_by(lan)
    assert NAME in notice.subject
    assert notice.url == reverse("cases:case_detail", args=[case.pk])
    assert len(read_by(chung)) == 1


def test_nobody_reads_what_was_said_to_another(case, lan, chung, system):
    tell(case, lan, by=system)
    assert read_by(chung) == []
    with acting_as(chung):
        assert not Notice.objects.exists()


def test_whoever_does_not_see_the_case_reads_nothing_of_it(case, lan, thu, system):
    tell(case, lan, thu, by=system)
    assert read_by(thu) == []


def test_whoever_loses_sight_reads_it_no_more(case, lan, system):
    tell(case, lan, by=system)
    end_assignment(lan.assignments.get(), by=system, on=date(2026, 1, 1))
    assert read_by(lan) == []


def test_a_case_sealed_later_takes_its_notices_along(case, lan, system):
    tell(case, lan, by=system)
    with connection.cursor() as cursor:
        cursor.execute("SELECT cases_seal(%s)", [case.pk])
    assert read_by(lan) == []


def test_an_unknown_kind_or_page_is_refused(case, lan, system):
    with pytest.raises(KeyError):
        tell(case, lan, kind="case.nothing", by=system)
    with pytest.raises(KeyError, match="TABLES"):
        notify(
            [lan], "case.due", subject="", url_name="secret:page", unit=None, by=system
        )  # fmt: skip


def test_a_duty_is_mailed_at_once_without_a_childs_name(case, lan, system):
    tell(case, lan, by=system)
    run_jobs()
    (letter,) = mail.outbox
    assert letter.to == ["lan@xa.example"]
    assert "Có việc quá hạn" in letter.subject
    text = letter.subject + letter.body
    for secret in (NAME, "Bí Mật", str(case), case.unit.name, "/cases/"):
        assert secret not in text
    run_jobs()
    assert len(mail.outbox) == 1


def test_no_letter_to_whoever_does_not_see_the_case(case, thu, system):
    User.objects.filter(pk=thu.pk).update(email="thu@xa.example")
    thu.refresh_from_db()
    tell(case, thu, by=system)
    run_jobs()
    assert mail.outbox == []


def test_the_digest_names_kinds_and_counts_once(case, lan, system):
    tell(case, lan, kind="case.due", by=system)
    tell(case, lan, kind="case.due", by=system)
    run_jobs()
    assert mail.outbox == []
    start_recurring(Every.DAY)
    run_jobs()
    (letter,) = mail.outbox
    assert "Có việc sắp đến hạn: 2" in letter.body
    assert NAME not in letter.body + letter.subject
    assert all(notice.mailed_at for notice in read_by(lan))


def test_each_person_chooses_the_way(case, lan, system):
    with acting_as(lan):
        choose_ways({"case.due": Way.OFF, "case.overdue": Way.SYSTEM}, by=lan)
    tell(case, lan, kind="case.due", by=system)
    tell(case, lan, kind="case.overdue", by=system)
    run_jobs()
    assert [notice.kind for notice in read_by(lan)] == ["case.overdue"]
    assert mail.outbox == []


def test_a_duty_cannot_be_switched_off(lan):
    with pytest.raises(ValidationError):
        choose_ways({"case.overdue": Way.OFF}, by=lan)
    with pytest.raises(ValidationError):
        choose_ways({"nothing": Way.SYSTEM}, by=lan)


def test_who_holds_a_permission_somewhere(here, lan, chung, thu, hanh):
    assert holders_of("cases.approve", here) == [chung]
    assert hanh in holders_of("cases.close", here)
    assert holders_of("cases.close", here, at_home=True) == [chung]
    assert thu not in holders_of("cases.work", here)
    assert {lan, thu} <= set(holders_of("cases.work", None))
    with pytest.raises(KeyError):
        holders_of("cases.nothing", here)


def test_every_table_notices_lead_to_guards_them(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT policyname FROM pg_policies WHERE permissive = 'RESTRICTIVE'")
        guarded = {name for (name,) in cursor.fetchall()}
    assert {f"notices_notice_{table}" for table in TABLES.values()} <= guarded


def test_the_list_the_bell_and_reading(client, case, lan, system):
    tell(case, lan, by=system)
    client.force_login(lan)
    text = client.get(reverse("notices:notice_list")).content.decode()
    assert "1 chưa đọc" in text
    assert NAME in text
    (notice,) = read_by(lan)
    answer = client.get(reverse("notices:notice_open", args=[notice.pk]))
    assert answer["Location"] == reverse("cases:case_detail", args=[case.pk])
    assert "0 chưa đọc" in client.get(reverse("notices:notice_list")).content.decode()


def bell(user):
    with acting_as(user):
        return count_unread(user, 2)


def test_the_bell_counts_what_each_still_sees(case, lan, chung, thu, system):
    tell(case, lan, thu, by=system)
    tell(case, lan, by=system)
    tell(case, lan, by=system)
    assert [bell(user) for user in (lan, chung, thu, lan)] == [2, 0, 0, 2]
    with connection.cursor() as cursor:
        cursor.execute("SELECT cases_seal(%s)", [case.pk])
    assert bell(lan) == 0


def test_the_bell_counts_nothing_for_another(case, lan, chung, system):
    tell(case, lan, by=system)
    with acting_as(chung):
        assert count_unread(lan, 2) == 0
    with acting_as(None):
        assert count_unread(lan, 2) == 0


def test_all_are_marked_as_read(client, case, lan, chung, system):
    tell(case, lan, chung, by=system)
    client.force_login(lan)
    client.post(reverse("notices:all_read"))
    assert read_by(lan)[0].read_at
    assert not read_by(chung)[0].read_at
    with acting_as(chung):
        assert mark_all_read(by=chung) == 1


def test_a_stranger_cannot_open_a_notice(client, case, lan, chung, system):
    tell(case, lan, by=system)
    client.force_login(chung)
    address = reverse("notices:notice_open", args=[read_by(lan)[0].pk])
    assert client.get(address).status_code == 404


def test_the_settings_page(client, lan):
    client.force_login(lan)
    address = reverse("notices:settings_edit")
    assert client.get(address).status_code == 200
    wanted = {kind.code: kind.default.value for kind in KINDS.values()}
    assert client.post(address, {**wanted, "case.due": "off"}).status_code == 303
    answer = client.post(address, {**wanted, "case.overdue": "off"})
    assert answer.status_code == 422
