"""Closing and reopening, guidance and commitment, craft villages."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from tuoitho.audit.models import Event
from tuoitho.establishments.actions import (
    close_establishment,
    name_craft_village,
    record_commitment,
    record_guidance,
    reopen_establishment,
)
from tuoitho.establishments.models import Commitment, CraftVillage, Establishment, Guidance
from tuoitho.establishments.tests.make import make_establishment, make_village

DAY = date(2026, 10, 1)


@pytest.fixture
def one(here):
    return make_establishment(here, owner_name="Lê Hùng", opened_on=date(2026, 2, 1))


def test_it_closes_with_a_reason_and_opens_again(one, lan):
    closed = close_establishment(one, by=lan, on=DAY, reason="Chủ nghỉ")
    assert (closed.closed_on, closed.closing_reason) == (DAY, "Chủ nghỉ")
    opened = reopen_establishment(closed, by=lan, on=DAY)
    assert (opened.closed_on, opened.closing_reason) == (None, "")
    actions = list(Event.objects.order_by("pk").values_list("action", flat=True))
    assert actions == ["establishments.close", "establishments.reopen"]


def test_what_closing_refuses(one, lan):
    with pytest.raises(ValidationError, match="trước ngày bắt đầu"):
        close_establishment(one, by=lan, on=date(2026, 1, 31), reason="x")
    with pytest.raises(ValidationError, match="lý do"):
        close_establishment(one, by=lan, on=DAY, reason=" ")
    with pytest.raises(ValidationError, match="đang hoạt động"):
        reopen_establishment(one, by=lan, on=DAY)
    closed = close_establishment(one, by=lan, on=DAY, reason="x")
    with pytest.raises(ValidationError, match="đã ngừng"):
        close_establishment(closed, by=lan, on=DAY, reason="x")


def test_only_who_registers_closes(one, chung, thu):
    for stranger in (chung, thu):
        with pytest.raises(PermissionDenied):
            close_establishment(one, by=stranger, on=DAY, reason="x")


def test_the_database_keeps_the_days_in_order(one):
    rows = Establishment.objects.filter(pk=one.pk)
    with pytest.raises(IntegrityError, match="closes_after_it_opens"), transaction.atomic():
        rows.update(closed_on=date(2026, 1, 31), closing_reason="x")
    with pytest.raises(IntegrityError, match="closing_has_reason"), transaction.atomic():
        rows.update(closed_on=DAY)


def test_guidance_is_kept_with_its_day_topic_and_author(one, lan):
    given = record_guidance(one, topic="conditions", detail="Bỏ việc khuân vác", by=lan, on=DAY)
    assert (given.given_on, given.given_by) == (DAY, lan.actor_name)
    assert Event.objects.get().action == "establishments.guide"
    with pytest.raises(ValidationError):
        record_guidance(one, topic="weather", by=lan, on=DAY)


def test_one_commitment_a_day(one, lan):
    record_commitment(one, signed_by="Lê Hùng", by=lan, on=DAY)
    with pytest.raises(ValidationError, match="trong ngày này"):
        record_commitment(one, signed_by="Lê Hùng", by=lan, on=DAY)
    assert Commitment.objects.count() == 1


def test_a_village_is_named_once_in_a_unit(here, lan, chung):
    name_craft_village(here, name="Làng mây tre", trade="mây tre", by=lan, on=DAY)
    with pytest.raises(ValidationError, match="cùng tên"):
        name_craft_village(here, name="LANG MAY TRE", by=lan, on=DAY)
    with pytest.raises(PermissionDenied):
        name_craft_village(here, name="Khác", by=chung, on=DAY)


@pytest.mark.parametrize(
    ("page", "facts", "wrong"),
    [
        ("close", {"on": "01/10/2026", "reason": "Chủ nghỉ"}, {"on": "01/01/2026", "reason": "x"}),
        ("guidance", {"on": "01/10/2026", "topic": "law"}, {"on": "", "topic": "law"}),
        ("commitment", {"on": "01/10/2026", "signed_by": "Lê Hùng"}, {"on": "31/02/2026"}),
    ],
)
def test_the_screens(client, one, lan, thu, page, facts, wrong):
    url = f"/establishments/{one.pk}/{page}/"
    client.force_login(lan)
    assert client.get(url).status_code == 200
    assert client.post(url, wrong).status_code == 422
    assert client.post(url, facts).status_code == 303
    client.force_login(thu)
    assert client.post(url, facts).status_code == 404


def test_reopening_by_button_twice_is_harmless(client, one, lan):
    close_establishment(one, by=lan, on=DAY, reason="x")
    client.force_login(lan)
    for _press in range(2):
        assert client.post(f"/establishments/{one.pk}/reopen/").status_code == 303
    assert Establishment.objects.get().closed_on is None


def test_villages_by_screen(client, here, lan):
    client.force_login(lan)
    facts = {"unit": here.pk, "name": "Làng bún"}
    assert client.post("/establishments/villages/new/", facts).status_code == 303
    assert client.post("/establishments/villages/new/", facts).status_code == 422
    make_establishment(here, craft_village=CraftVillage.objects.get())
    body = client.get("/establishments/villages/").content.decode()
    assert "Làng bún" in body


def test_guidance_rows_follow_their_workplace(one, there, lan, thu):
    record_guidance(one, topic="law", by=lan, on=DAY)
    make_village(there)
    assert Guidance.objects.visible_to(lan).count() == 1
    assert Guidance.objects.visible_to(thu).count() == 0
