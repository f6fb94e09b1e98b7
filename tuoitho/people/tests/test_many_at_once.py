"""The verbs for many rows write what the single verbs write, row for row and event for event."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.forms import model_to_dict

from tuoitho.access.person import acting_as
from tuoitho.audit.models import Event
from tuoitho.people import actions
from tuoitho.people.models import (
    Child,
    Circumstance,
    Enrolment,
    Guardian,
    Household,
    Membership,
    PovertyStatus,
    Residence,
)
from tuoitho.people.tests.make import make_child, make_household

ON = date(2026, 6, 1)
TABLES = (Household, Child, Membership, Residence, Guardian, PovertyStatus, Circumstance, Enrolment)
NAMES = ["Nguyễn Văn An", "Trần Thị Bình", "Lê Văn Cường"]
HOMES = [{"head_name": f"{name} Cha", "address": "Số 1", "hamlet": "Thôn Nội"} for name in NAMES]
FACTS = [
    {"full_name": name, "birth_date": date(2012, month, 5), "sex": "male", "hamlet": "Thôn Nội",
     "national_id": f"00121201234{month}", "note": "Ở với bà"}
    for month, name in enumerate(NAMES, start=1)
]  # fmt: skip
CARER = {"relation": "mother", "full_name": "Lê Thị Bưởi", "phone": "0912 345 678"}
SCHOOL = {"school_year": "2025-2026", "status": "attending", "grade": 6, "school_name": "THCS"}


def one_by_one(unit, by):
    for home, facts in zip(HOMES, FACTS, strict=True):
        household = actions.register_household(unit, **home, by=by, on=ON)
        child = actions.register_child(unit, **facts, household=household, by=by, on=ON)
        actions.add_guardian(child, **CARER, by=by, on=ON)
        actions.record_poverty(household, 2026, "poor", by=by, on=ON)
        actions.record_circumstance(child, "10.1.h", since=ON, evidence="đơn", by=by)
        actions.record_enrolment(child, **SCHOOL, by=by, on=ON)


def all_together(unit, by):
    homes = [actions.draft_household(unit, **home, on=ON) for home in HOMES]
    homes = actions.register_households(unit, homes, by=by, on=ON)
    drafts = [actions.draft_child(unit, **facts, household=home, on=ON)
              for home, facts in zip(homes, FACTS, strict=True)]  # fmt: skip
    children = actions.register_children(unit, drafts, by=by, on=ON)
    actions.add_guardians([actions.draft_guardian(c, **CARER) for c in children], by=by, on=ON)
    actions.record_poverties([(home, 2026, "poor") for home in homes], by=by, on=ON)
    given = [actions.draft_circumstance(c, "10.1.h", since=ON, evidence="đơn") for c in children]
    actions.record_circumstances(given, by=by)
    learning = [actions.draft_enrolment(c, **SCHOOL, on=ON) for c in children]
    actions.record_enrolments(learning, by=by, on=ON)


def written(by, write, unit):
    """All rows and events, with keys told as places in their own table; then taken back."""
    with acting_as(by):
        before = Event.objects.count()
        write(unit, by)
        rows, places = [], {}
        for model in TABLES:
            for place, row in enumerate(model.objects.order_by("pk")):
                places[model._meta.label, str(row.pk)] = place
                plain = {name: str(value) for name, value in model_to_dict(row).items()}
                links = {
                    f.name: places.get((f.related_model._meta.label, str(f.value_from_object(row))))
                    for f in model._meta.concrete_fields if f.related_model
                }  # fmt: skip
                rows.append((model.__name__, {**plain, "id": place, **links}))
        events = [
            (e.action, places[e.subject_type, e.subject_key], e.on, e.before,
             {**e.after, "household": "household" in e.after}, e.unit_key, e.child_key is None,
             e.actor_name)
            for e in Event.objects.order_by("pk")[before:]
        ]  # fmt: skip
        for model in reversed(TABLES):
            model.objects.all()._raw_delete("default")
    return rows, sorted(events, key=str)


def test_rows_and_events_are_the_same(here, lan):
    single_rows, single_events = written(lan, one_by_one, here)
    rows, events = written(lan, all_together, here)
    assert rows == single_rows
    assert len(rows) == 3 * len(TABLES)
    assert events == single_events
    assert len(events) == 3 * (len(TABLES) - 2)  # where and with whom a child lives is told with it


def test_a_later_result_of_the_year_replaces_the_earlier(here, lan):
    known, new = make_household(here), make_household(here, "Lê Văn Tám")
    with acting_as(lan):
        actions.record_poverty(known, 2026, "poor", by=lan, on=ON)
        rows = [(known, 2026, "near_poor"), (new, 2026, "poor")]
        actions.record_poverties(rows, by=lan, on=ON)
        assert [h.poverty(2026) for h in (known, new)] == ["near_poor", "poor"]
        event = Event.objects.filter(action="people.record_poverty", subject_key=known.pk).last()
    assert event.before == {"year": 2026, "status": "poor"}


def test_a_later_record_of_the_school_year_replaces_the_earlier(here, lan):
    known, new = make_child(here), make_child(here, "Lê Bé")
    with acting_as(lan):
        actions.record_enrolment(known, **SCHOOL, by=lan, on=ON)
        now = {**SCHOOL, "grade": 7}
        drafts = [actions.draft_enrolment(child, **now, on=ON) for child in (known, new)]
        actions.record_enrolments(drafts, by=lan, on=ON)
        assert Enrolment.objects.filter(grade=7).count() == Enrolment.objects.count() == 2


def test_when_the_database_refuses_one_none_is_written(here, lan):
    facts = {**FACTS[0], "full_name": "Lê Văn Khác"}
    drafts = [actions.draft_child(here, **f, on=ON) for f in (FACTS[0], facts)]
    with acting_as(lan), pytest.raises(ValidationError, match="định danh"):
        actions.register_children(here, drafts, by=lan, on=ON)
    assert not Child.objects.exists()
    assert not Event.objects.filter(action="people.register_child").exists()


def test_each_draft_is_checked_as_a_single_one(here):
    with pytest.raises(ValidationError):
        actions.draft_child(here, full_name="An 9", on=ON)
    with pytest.raises(ValidationError):
        actions.draft_household(here, head_name="", on=ON)
    with pytest.raises(ValidationError):
        actions.draft_guardian(make_child(here), relation="mother", full_name="Bà", phone="1")


def test_nobody_writes_many_where_they_may_not_write_one(here, there, thu, chung):
    for person in (thu, chung):
        with acting_as(person), pytest.raises(PermissionDenied):
            actions.register_children(here, [], by=person, on=ON)
        with acting_as(person), pytest.raises(PermissionDenied):
            actions.register_households(here, [], by=person, on=ON)
    draft = actions.draft_child(here, full_name="Lê Bé", on=ON)
    with acting_as(thu), pytest.raises(ValueError, match="another unit"):
        actions.register_children(there, [draft], by=thu, on=ON)


def test_a_thousand_take_as_many_questions_as_ten(here, lan, django_assert_max_num_queries):
    drafts = [actions.draft_child(here, full_name=f"Lê {'a' * n}", on=ON) for n in range(1, 60)]
    with acting_as(lan), django_assert_max_num_queries(16):
        actions.register_children(here, drafts, by=lan, on=ON)


def as_it_stands(child):
    """Its search words, and the version of its row."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT search_words::text, ctid::text FROM people_child WHERE id = %s",
                       [child.pk])  # fmt: skip
        return cursor.fetchone()


def words_made_anew(child):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE people_child SET search_words = NULL WHERE id = %s"
                       " RETURNING search_words::text", [child.pk])  # fmt: skip
        return cursor.fetchone()[0]


@pytest.mark.parametrize("told", [True, False])
def test_words_of_carers_stand_whether_told_with_the_child_or_not(here, lan, told):
    with acting_as(lan):
        child = actions.draft_child(here, **FACTS[0], on=ON)
        child.pk = actions.reserve_keys(Child, 1)[0]
        carers = [actions.draft_guardian(child, relation="mother", full_name=name)
                  for name in ("H'Lan Niê", "Y Bơ'r Êban")]  # fmt: skip
        actions.register_children(here, [child], carers=carers if told else (), by=lan, on=ON)
        before, version = as_it_stands(child)
        actions.add_guardians(carers, by=lan, on=ON)
        after, then = as_it_stands(child)
        assert ("eban" in before, version == then) == (told, told)
        assert child in Child.objects.matching("eban an")
        assert after == words_made_anew(child)
