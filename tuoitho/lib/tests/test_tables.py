"""Tables made at once: whole, in any order, and unmade again."""

import pytest
from django.db import connection, migrations, models
from django.db.migrations.state import ProjectState

from tuoitho.lib.tables import CreateTables

NUMBER = ("id", models.BigAutoField(primary_key=True))


class Migration(migrations.Migration):
    """A hen names its egg, an egg its hen."""

    operations = [
        CreateTables([
            migrations.CreateModel("Hen", [
                NUMBER, ("egg", models.ForeignKey("farm.egg", models.PROTECT, null=True)),
            ]),
            migrations.CreateModel("Egg", [
                NUMBER, ("hen", models.ForeignKey("farm.hen", models.PROTECT)),
            ], options={"indexes": [models.Index(fields=["-id"], name="egg_latest")]}),
        ])
    ]  # fmt: skip


@pytest.fixture
def migration():
    return Migration("0001_tables", "farm")


def said(step, state):
    """The SQL of a step that is told and not done."""
    with connection.schema_editor(collect_sql=True, atomic=False) as editor:
        step(state, editor, collect_sql=True)
    return "\n".join(editor.collected_sql)


def test_tables_may_name_each_other(db, migration):
    sql = said(migration.apply, ProjectState())
    assert sql.count("CREATE TABLE") == 2
    assert sql.count("FOREIGN KEY") == 2
    assert sql.count("egg_latest") == 1


def test_a_state_that_was_drawn_before_knows_them(db, migration):
    state = ProjectState()
    assert not state.apps.get_models()
    said(migration.apply, state)
    assert {model.__name__ for model in state.apps.get_models()} == {"Hen", "Egg"}


def test_they_are_unmade_again(db, migration):
    assert said(migration.unapply, ProjectState()).count("DROP TABLE") == 2
