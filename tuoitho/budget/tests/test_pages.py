"""The screens of the budget: whole, in part, wrong input, strangers."""

import pytest
from django.db import connection
from django.urls import reverse

from tuoitho.access.person import acting_as
from tuoitho.budget.models import Contribution, Line
from tuoitho.budget.tests.make import make_contribution, make_expenditure, make_line


def test_the_list_has_totals_and_exports(client, here, lan, django_assert_max_num_queries):
    for number in range(12):
        make_line(here, purpose=f"Việc {number}", state="approved")
    client.force_login(lan)
    with django_assert_max_num_queries(25):
        response = client.get(reverse("budget:line_list"))
    assert response.status_code == 200
    assert "120.000.000" in response.text
    part = client.get(reverse("budget:line_list"), {"year": 2025}, headers={"HX-Request": "true"})
    assert "<html" not in part.text
    assert "Việc 3" not in part.text
    assert client.get(reverse("budget:line_list"), {"format": "xlsx"}).status_code == 200


def test_a_line_from_draft_to_voucher(client, here, lan, duc):
    client.force_login(lan)
    new = {"year": "2026", "unit": here.pk, "owner": "ubnd_xa", "task_code": "II.2",
           "source": "state", "purpose": "In tờ rơi", "estimate": "1.500.000"}  # fmt: skip
    assert client.post(reverse("budget:line_new"), new).status_code == 303
    line = Line.objects.get()
    assert client.post(reverse("budget:line_submit", args=[line.pk]), {}).status_code == 303
    client.force_login(duc)
    client.post(reverse("budget:line_approve", args=[line.pk]), {"approved": "1.000.000"})
    client.force_login(lan)
    voucher = {"paid_on": "x", "amount": "2.000.000", "what": "In", "voucher": "PC-01"}
    wrong = client.post(reverse("budget:line_spend", args=[line.pk]), voucher)
    assert wrong.status_code == 422
    assert "2.000.000" in wrong.text
    line.refresh_from_db()
    assert (line.state, line.approved, line.spent) == ("approved", 1_000_000, 0)


def test_overspending_is_said_at_its_field(client, here, lan):
    line = make_line(here, state="approved")
    client.force_login(lan)
    voucher = {"paid_on": "10/03/2026", "amount": "99.000.000", "what": "In", "voucher": "1"}
    response = client.post(reverse("budget:line_spend", args=[line.pk]), voucher)
    assert response.status_code == 422
    assert "Vượt số được duyệt" in response.text


@pytest.mark.parametrize(
    "name", ["line_detail", "line_edit", "line_submit", "line_spend", "line_settle"]
)
def test_strangers_find_nothing(client, here, thu, name):
    line = make_line(here)
    client.force_login(thu)
    assert client.get(reverse(f"budget:{name}", args=[line.pk])).status_code == 404


def test_every_step_has_its_screen(client, here, lan, chung):
    gift = make_contribution(here)
    spent = make_expenditure(make_line(here, state="approved"), 5)
    client.force_login(lan)
    for name, pk in [
        ("line_detail", spent.line_id), ("line_spend", spent.line_id),
        ("line_settle", spent.line_id), ("line_edit", make_line(here).pk),
        ("expenditure_withdraw", spent.pk), ("contribution_detail", gift.pk),
        ("contribution_use", gift.pk), ("contribution_receive", gift.pk),
    ]:  # fmt: skip
        assert client.get(reverse(f"budget:{name}", args=[pk])).status_code == 200, name
    for name in ("line_new", "contribution_new", "contribution_list"):
        assert client.get(reverse(f"budget:{name}")).status_code == 200, name
    client.force_login(chung)
    waiting = make_line(here, state="submitted")
    for name in ("line_approve", "line_refuse"):
        assert client.get(reverse(f"budget:{name}", args=[waiting.pk])).status_code == 200, name
    assert client.get(reverse("budget:line_new")).status_code == 403


def test_the_database_hides_money_from_other_communes(here, thu, duc):
    make_expenditure(make_line(here, state="approved"), 5)
    make_contribution(here)
    tables = ("budget_line", "budget_linemove", "budget_expenditure", "budget_contribution")
    for person in (None, thu):
        with acting_as(person), connection.cursor() as cursor:
            for table in tables:
                cursor.execute(f"SELECT count(*) FROM {table}")
                assert cursor.fetchone() == (0,)
    with acting_as(duc):
        assert (Line.objects.count(), Contribution.objects.count()) == (1, 1)
