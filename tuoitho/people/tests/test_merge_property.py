"""Whatever hangs on two children: merged it is all there, undone every value is as it was."""

from datetime import date, timedelta
from typing import Any

from django.apps import apps
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tuoitho.access.person import acting_as
from tuoitho.cases.tests.make import make_case, make_report, make_screening
from tuoitho.people import actions
from tuoitho.people.models import Child
from tuoitho.people.states import Group, Relation, Sex
from tuoitho.people.tests.make import make_household

ON = date(2026, 1, 5)
NAMES = st.sampled_from(["Nguyễn Văn An", "Nguyễn An", "Lê Thị Hoà", "Đỗ Duy Mỹ"])
DAYS = st.dates(date(2010, 1, 1), date(2020, 12, 31))
FACTS = st.fixed_dictionaries(
    {
        "full_name": NAMES,
        "sex": st.sampled_from(Sex.values),
        "hamlet": st.sampled_from(["", "Thôn Nội", "Xóm 2"]),
        "note": st.sampled_from(["", "gầy", "hay nghỉ học"]),
        "with_number": st.booleans(),
        "in_household": st.booleans(),
        "birth_date": st.one_of(st.none(), DAYS),
        "groups": st.lists(st.sampled_from(Group.values), unique=True, max_size=2),
        "years": st.lists(st.sampled_from(["2023-2024", "2024-2025"]), unique=True),
        "carers": st.lists(
            st.tuples(st.sampled_from(Relation.values), NAMES), unique=True, max_size=2
        ),
        "reports": st.integers(0, 2),
        "screenings": st.integers(0, 1),
        "closed_cases": st.integers(0, 1),
    }
)
SIDES = st.dictionaries(
    st.sampled_from(["full_name", "birth", "sex", "national_id", "household", "hamlet", "note"]),
    st.sampled_from(["kept", "other"]),
)


def _made(here: Any, facts: dict[str, Any], place: int, system: Any) -> Child:
    facts = dict(facts)
    extra = {name: facts.pop(name) for name in (
        "with_number", "in_household", "groups", "years", "carers", "reports", "screenings",
        "closed_cases",
    )}  # fmt: skip
    child = actions.register_child(
        here, by=system, on=ON, national_id=f"00121401234{place}" if extra["with_number"] else "",
        household=make_household(here, f"Chủ hộ {place}") if extra["in_household"] else None,
        **facts,
    )  # fmt: skip
    for group in extra["groups"]:
        actions.record_circumstance(child, group, since=ON, by=system)
    for year in extra["years"]:
        actions.record_enrolment(child, school_year=year, status="attending", by=system, on=ON)
    for relation, name in extra["carers"]:
        actions.add_guardian(child, relation=relation, full_name=name, by=system, on=ON)
    for _number in range(extra["reports"]):
        make_report(here, child=child)
    for _number in range(extra["screenings"]):
        make_screening(child)
    for _number in range(extra["closed_cases"]):
        make_case(here, "closed", child=child)
    return child


def _everything() -> dict[str, list[Any]]:
    """All rows of all tables that hang on a child, and the children; what is encrypted, opened."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT name FROM people_hanging_on_a_child()")
        tables = {"people_child", *(name for (name,) in cursor.fetchall())}
    models = [model for model in apps.get_models() if model._meta.db_table in tables]
    assert len(models) == len(tables)
    return {
        model._meta.db_table: list(model._base_manager.order_by("pk").values()) for model in models
    }


def _hanging(child: Child) -> set[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, col FROM people_hanging_on_a_child()")
        found = set()
        for table, column in cursor.fetchall():
            cursor.execute(f"SELECT id::text FROM {table} WHERE {column} = %s", [child.pk])
            found |= {(table, key) for (key,) in cursor.fetchall()}
        return found


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(one=FACTS, two=FACTS, sides=SIDES)
def test_undoing_gives_back_the_identical_state(one, two, sides, here, system, lan, chung):
    with transaction.atomic():
        kept, other = _made(here, one, 1, system), _made(here, two, 2, system)
        before, hung = _everything(), _hanging(kept) | _hanging(other)
        with acting_as(lan):
            merge = actions.request_merge(kept, other, sides, reason="thử", by=lan, on=ON)
        with acting_as(chung):
            actions.approve_merge(merge, by=chung, on=ON)
        assert _hanging(kept) | _hanging(other) == hung, "nothing is lost"
        with acting_as(chung):
            left = actions.undo_merge(
                merge, by=chung, on=ON + timedelta(days=1), reason="không phải một em"
            )
        assert (left, _everything()) == ([], before)
        transaction.set_rollback(True)
