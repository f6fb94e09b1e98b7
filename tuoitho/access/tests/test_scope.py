"""The condition that a scope puts into a question."""

import pytest

from tuoitho.access.models import NOWHERE, Scope
from tuoitho.units.models import Organisation, Unit

pytestmark = pytest.mark.django_db


def test_rows_of_these_units_and_no_others(here, there):
    covers = Scope(False, frozenset({here.pk})).covers
    assert list(Unit.objects.filter(covers("pk"))) == [here]
    assert set(Organisation.objects.filter(covers())) == set(here.organisations.all())
    assert not Unit.objects.filter(NOWHERE.covers("pk")).exists()


def test_many_units_are_one_value_of_the_question(here):
    scope = Scope(False, frozenset(range(700)))
    _sql, values = Unit.objects.filter(scope.covers("pk")).query.sql_with_params()
    assert len(values) == 1
