from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from tuoitho.audit.models import Event
from tuoitho.lib.workdays import add_working_days
from tuoitho.plan.actions import add_document, forget_swapped_day, swap_day
from tuoitho.plan.calendar import swapped_days
from tuoitho.plan.models import Document, Target
from tuoitho.plan.tests.make import DAY, make_document, make_programme

FACTS = {"number": "31/KH-UBND", "signed_on": date(2024, 2, 1), "issuer": "UBND xã",
         "title": "Kế hoạch của xã"}  # fmt: skip
SATURDAY = date(2025, 5, 31)


def test_a_directive_enters_the_register(hanh, area):
    document = add_document(area, "directive", by=hanh, on=DAY, **FACTS)
    assert Document.objects.matching("ke hoach cua xa").get() == document
    assert Event.objects.latest("pk").action == "plan.add_document"


def test_a_commune_enters_its_own_plan_with_the_targets_woven_in(lan, here):
    programme = make_programme()
    targets = Target.objects.of(programme).filter(code__in=["1.1", "1.2"])
    document = add_document(
        here, "derived_plan", by=lan, on=DAY, programme=programme, targets=targets, **FACTS
    )
    assert {t.code for t in document.targets.all()} == {"1.1", "1.2"}


def test_a_derived_plan_without_targets_is_refused(lan, here):
    with pytest.raises(ValidationError) as error:
        add_document(here, "derived_plan", by=lan, on=DAY, **FACTS)
    assert "targets" in error.value.message_dict


@pytest.mark.parametrize("kind", ["directive", "coordination_rule", "commendation"])
def test_a_commune_does_not_enter_what_the_district_issues(lan, here, kind):
    with pytest.raises(PermissionDenied):
        add_document(here, kind, by=lan, on=DAY, **FACTS)


def test_nobody_enters_a_plan_of_another_commune(thu, here):
    with pytest.raises(PermissionDenied):
        add_document(here, "policy_proposal", by=thu, on=DAY, **FACTS)


def test_the_same_document_is_registered_once(area):
    make_document(area)
    with pytest.raises(ValidationError, match="đã có"):
        make_document(area)


def test_a_document_is_not_issued_tomorrow(area):
    with pytest.raises(ValidationError) as error:
        make_document(area, signed_on=date(2025, 11, 2))
    assert "signed_on" in error.value.message_dict


def test_a_swapped_saturday_counts_as_a_working_day(hanh):
    friday = date(2025, 5, 30)
    assert add_working_days(friday, 1, swapped_days()) == date(2025, 6, 2)
    swap_day(SATURDAY, True, by=hanh, on=DAY, note="Thông báo 123")
    assert add_working_days(friday, 1, swapped_days()) == SATURDAY
    assert Event.objects.latest("pk").action == "plan.swap_day"


def test_a_swapped_day_is_forgotten(hanh):
    swapped = swap_day(SATURDAY, True, by=hanh, on=DAY)
    forget_swapped_day(swapped, by=hanh, on=DAY)
    assert swapped_days() == {}
    assert Event.objects.latest("pk").before == {"day": "2025-05-31", "works": True}


@pytest.mark.parametrize(("day", "works"), [(SATURDAY, False), (date(2025, 6, 3), True),
                                            (date(2025, 9, 2), False)])  # fmt: skip
def test_what_the_calendar_says_already_is_refused(hanh, day, works):
    with pytest.raises(ValidationError, match="vốn là"):
        swap_day(day, works, by=hanh, on=DAY)


def test_a_commune_does_not_swap_days(lan):
    with pytest.raises(PermissionDenied):
        swap_day(SATURDAY, True, by=lan, on=DAY)


def test_swapped_days_are_asked_once_a_transaction(hanh, django_assert_num_queries):
    swap_day(SATURDAY, True, by=hanh, on=DAY)
    swapped_days()
    with django_assert_num_queries(0):
        assert swapped_days() == {SATURDAY: True}


def swap_and_fail(hanh):
    with transaction.atomic():
        swap_day(SATURDAY, True, by=hanh, on=DAY)
        assert SATURDAY in swapped_days()
        raise RuntimeError


def test_swapped_days_forget_what_was_rolled_back(hanh):
    with pytest.raises(RuntimeError):
        swap_and_fail(hanh)
    assert swapped_days() == {}
