"""What was given is used for what it was given, once it was received, and not twice."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from tuoitho.audit.models import Event
from tuoitho.budget import actions
from tuoitho.budget.models import Contribution
from tuoitho.budget.tests.make import DAY, make_contribution
from tuoitho.lib.hanoi import today
from tuoitho.lib.periods import Period

GIFT = {
    "donor": "Công ty May", "donor_kind": "enterprise", "owner": "ubnd_xa", "kind": "goods",
    "goods": "50 cặp sách", "amount": 5_000_000, "purpose": "Trẻ trở lại trường",
}  # fmt: skip


def test_a_pledge_counts_when_it_is_received(here, lan):
    gift = actions.record_contribution(here, by=lan, on=DAY, **GIFT)
    year = Contribution.objects.received_in(Period.year(2026))
    assert year.amount() == 0
    actions.receive_contribution(gift, by=lan, on=today(), amount=4_000_000)
    assert year.all().amount() == 4_000_000
    assert Event.objects.filter(action__in=["budget.contribute", "budget.receive"]).count() == 2


def test_use_stays_within_what_was_received(here, lan):
    gift = make_contribution(here)
    actions.use_contribution(gift, amount=5_000_000, what="Học bổng", by=lan, on=today())
    with pytest.raises(ValidationError) as error:
        actions.use_contribution(gift, amount=1, what="Thêm", by=lan, on=today())
    assert "amount" in error.value.message_dict
    assert Contribution.objects.all().used_amount() == 5_000_000


def test_a_pledge_cannot_be_used(here, lan):
    gift = make_contribution(here, received_on=None)
    with pytest.raises(ValidationError):
        actions.use_contribution(gift, amount=1, what="x", by=lan, on=today())


def test_goods_are_named(here, lan):
    with pytest.raises(ValidationError) as error:
        actions.record_contribution(here, by=lan, on=DAY, **{**GIFT, "goods": ""})
    assert "goods" in error.value.message_dict


def test_only_its_own_office_touches_it(here, lan, hanh, thu):
    gift = make_contribution(here)
    for stranger in (hanh, thu):
        with pytest.raises(PermissionDenied):
            actions.use_contribution(gift, amount=1, what="x", by=stranger, on=today())
