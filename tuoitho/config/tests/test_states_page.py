"""``docs/states.md`` shows every table of steps there is; every row has its right and ground."""

import importlib
from pathlib import Path

import pytest
from django.conf import settings

from tuoitho.access.permissions import PERMISSIONS
from tuoitho.cases.deadlines import packaged_rules
from tuoitho.config.states_page import states_page
from tuoitho.lib.steps import Move


def tables():
    """Every tuple of steps in the rooms' modules of states, by where it is written."""
    found = {}
    for path in sorted(Path(settings.BASE_DIR).glob("tuoitho/*/*states.py")):
        module = importlib.import_module(f"tuoitho.{path.parent.name}.{path.stem}")
        for name, value in vars(module).items():
            if isinstance(value, tuple) and value and all(isinstance(v, Move) for v in value):
                found[f"{path.parent.name}.{path.stem}.{name}"] = value
    return found


TABLES = tables()


def test_six_rooms_have_steps():
    rooms = {name.split(".")[0] for name in TABLES}
    assert rooms == {"activities", "budget", "cases", "inspections", "reports", "rounds"}


@pytest.mark.parametrize("moves", TABLES.values(), ids=list(TABLES))
def test_a_step_is_one_row_with_a_known_permission_and_a_ground(moves):
    assert len({(m.name, m.source) for m in moves}) == len(moves)
    assert all(m.permission in PERMISSIONS and m.basis for m in moves)


@pytest.mark.parametrize("moves", TABLES.values(), ids=list(TABLES))
def test_the_page_shows_every_step_with_its_right_and_ground(moves):
    page = states_page()
    for move in moves:
        said = f"`{move.name}` | {move.source.label} | {move.target.label} | `{move.permission}` |"
        assert any(said in line and move.basis in line for line in page.splitlines())
        assert f"    {move.source} --> {move.target}: " in page


def test_the_page_shows_no_step_that_is_in_no_table():
    arrows = [line for line in states_page().splitlines() if "-->" in line and "[*]" not in line]
    assert len(arrows) == sum(len(moves) for moves in TABLES.values())


def test_the_page_names_every_time_limit():
    page = states_page()
    assert "| 5 ngày làm việc |" in page
    assert all(f"| {rule.what} |" in page for rule in packaged_rules())
