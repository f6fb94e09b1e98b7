"""No đồng is spent that was not approved, none twice, and nothing in a settled line changes."""

import threading
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction

from tuoitho.access.models import User
from tuoitho.access.person import acting_as
from tuoitho.audit.models import Event
from tuoitho.budget import actions
from tuoitho.budget.models import Expenditure, Line
from tuoitho.budget.tests.make import DAY, make_expenditure, make_line
from tuoitho.config.test_database import cloned
from tuoitho.lib.hanoi import today
from tuoitho.units.models import Unit

PAID = {"paid_on": DAY, "what": "In 2.000 tờ"}


def spend(line, amount, by, voucher="PC-01", **facts):
    return actions.spend_line(
        line, amount=amount, voucher=voucher, by=by, on=today(), **{**PAID, **facts}
    )


def test_spending_up_to_the_approved_sum(here, lan):
    line = make_line(here, state="approved")
    spend(line, 6_000_000, lan)
    spend(line, 4_000_000, lan, voucher="PC-02")
    line.refresh_from_db()
    assert (line.spent, line.remaining, line.spent_share) == (10_000_000, 0, 1)
    assert Event.objects.filter(action="budget.spend").count() == 2


def test_one_dong_too_many(here, lan):
    line = make_line(here, state="approved")
    spend(line, 9_999_999, lan)
    with pytest.raises(ValidationError) as error:
        spend(line, 2, lan, voucher="PC-02")
    assert "amount" in error.value.message_dict
    assert Expenditure.objects.count() == 1


def test_the_database_itself_refuses_to_overspend(here):
    line = make_line(here, state="approved")
    with pytest.raises(IntegrityError), transaction.atomic():
        Line.objects.filter(pk=line.pk).update(spent=10_000_001)


def test_two_people_at_once_do_not_spend_the_same_dong(server, django_db_blocker):
    """The second waits for the first, then is told what is left."""
    spent, told = [], []

    def pay(voucher, wait):
        try:
            with acting_as(User.objects.get(username="system")):
                spent.append(spend(line, 6_000_000, boss, voucher=voucher))
                if wait:
                    second.start()
                    second.join(timeout=0.5)
                    told.append("second is waiting" if second.is_alive() else "did not wait")
        except ValidationError as error:
            told.append(error.message_dict)
        finally:
            connection.close()

    with django_db_blocker.unblock(), cloned(server, "tuoitho_test_race"):
        boss = User.objects.get(username="system")
        with acting_as(boss):
            line = make_line(Unit.objects.found("00640", DAY), state="approved")
        second = threading.Thread(target=pay, args=("PC-02", False))
        first = threading.Thread(target=pay, args=("PC-01", True))
        first.start()
        first.join()
        second.join()
        with acting_as(boss):
            line.refresh_from_db()
            assert (len(spent), line.spent) == (1, 6_000_000)
            assert line.expenditures.count() == 1
    assert told[0] == "second is waiting"
    assert "amount" in told[1]


@pytest.mark.parametrize(
    ("paid_on", "field"),
    [
        (today() + timedelta(days=1), "paid_on"),
        (date(2025, 12, 31), "paid_on"),
        (DAY - timedelta(days=1), "paid_on"),
    ],
)
def test_a_payment_is_after_approval_within_the_year_and_not_in_the_future(
    here, lan, paid_on, field
):
    with pytest.raises(ValidationError) as error:
        spend(make_line(here, state="approved"), 1, lan, paid_on=paid_on)
    assert field in error.value.message_dict


def test_a_voucher_counts_once(here, lan):
    line = make_line(here, state="approved")
    spend(line, 1, lan)
    with pytest.raises(ValidationError) as error:
        spend(line, 1, lan)
    assert "voucher" in error.value.message_dict


def test_a_payment_recorded_by_mistake_is_withdrawn_and_stays_readable(here, lan):
    line = make_line(here, state="approved")
    expenditure = make_expenditure(line, 3_000_000)
    actions.withdraw_expenditure(expenditure, reason="Gõ nhầm số", by=lan, on=today())
    line.refresh_from_db()
    assert (line.spent, line.expenditures.count(), line.expenditures.standing().count()) == (
        0,
        1,
        0,
    )
    assert spend(line, 2_000_000, lan).pk  # the same voucher, now right


def test_settlement_closes_the_line_for_good(here, lan):
    line = make_line(here, state="approved")
    expenditure = make_expenditure(line, 3_000_000)
    line = actions.settle_line(line, by=lan, on=today(), settlement_number="12/QT")
    assert (line.state, line.spent) == ("closed", 3_000_000)
    for act in (
        lambda: spend(line, 1, lan, voucher="PC-09"),
        lambda: actions.withdraw_expenditure(expenditure, reason="x", by=lan, on=today()),
        lambda: actions.correct_line(line, estimate=1, by=lan, on=today()),
        lambda: actions.settle_line(line, by=lan, on=today()),
    ):
        with pytest.raises(ValidationError):
            act()


def test_nobody_spends_anothers_money(here, lan, hanh, thu, chung):
    line = make_line(here, state="approved")
    for stranger in (hanh, thu, chung):
        with pytest.raises(PermissionDenied):
            spend(line, 1, stranger)
