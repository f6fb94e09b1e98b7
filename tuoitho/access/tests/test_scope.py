"""The condition that a scope puts into a question."""

from datetime import date

import pytest
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange

from conftest import make_user
from tuoitho.access.models import NOWHERE, Assignment, Scope
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


def test_each_permission_holds_where_the_policies_say(area, here, django_assert_num_queries):
    user = make_user("lan", "collaborator", here)
    Assignment.objects.create(
        user=user, role="finance_office", unit=area, valid=DateRange(date(2020, 1, 1), None)
    )
    assert {"people.view", "budget.view"} <= user.permissions
    with django_assert_num_queries(1):
        known = {permission: user.scope(permission) for permission in user.permissions}
    with connection.cursor() as cursor:
        for permission, scope in known.items():
            cursor.execute("SELECT access_units(%s, %s)", [user.pk, permission])
            assert scope == Scope(False, frozenset(cursor.fetchone()[0])), permission
    assert known["people.view"].unit_ids == {here.pk} < known["budget.view"].unit_ids
