"""A table of steps: one row is found, the rows from a state are found, and people can read it."""

import pytest
from django.db.models import TextChoices

from tuoitho.lib.steps import Move, move_from, moves_from
from tuoitho.lib.steps_markdown import steps_markdown


class Light(TextChoices):
    OFF = "off", "Tắt"
    ON = "on", "Bật"
    BROKEN = "broken", "Hỏng"


class Step(TextChoices):
    SWITCH = "switch", "Bấm"
    DIM = "dim", "Vặn nhỏ"


MOVES = (
    Move(Step.SWITCH, Light.OFF, Light.ON, "lights.use", "mục 1"),
    Move(Step.SWITCH, Light.ON, Light.OFF, "lights.use", "mục 1"),
    Move(Step.DIM, Light.ON, Light.ON, "lights.dim", "mục 2"),
)


@pytest.mark.parametrize("state", [Light.ON, "on"])
def test_a_step_is_found_by_its_name_and_where_it_begins(state):
    assert move_from(MOVES, state, "switch") is MOVES[1]
    assert move_from(MOVES, state, Step.DIM).name.label == "Vặn nhỏ"


@pytest.mark.parametrize(("state", "name"), [("off", "dim"), ("broken", "switch"), ("on", "break")])
def test_what_the_table_does_not_say_is_no_step(state, name):
    assert move_from(MOVES, state, name) is None


def test_all_steps_from_a_state_in_the_order_of_the_table():
    assert moves_from(MOVES, "on") == MOVES[1:]
    assert moves_from(MOVES, "broken") == ()


def test_the_page_draws_the_states_of_the_table_and_a_row_a_step():
    page = steps_markdown(
        MOVES, Light.OFF, label=lambda m: m.name.label, more=[("Ai", lambda m: "người nhà")]
    )
    assert (
        page
        == """```mermaid
stateDiagram-v2
    state "Tắt" as off
    state "Bật" as on
    [*] --> off
    off --> on: Bấm
    on --> off: Bấm
    on --> on: Vặn nhỏ
```

| Nút | Bước | Từ | Đến | Quyền | Ai | Căn cứ |
| --- | --- | --- | --- | --- | --- | --- |
| Bấm | `switch` | Tắt | Bật | `lights.use` | người nhà | mục 1 |
| Bấm | `switch` | Bật | Tắt | `lights.use` | người nhà | mục 1 |
| Vặn nhỏ | `dim` | Bật | Bật | `lights.dim` | người nhà | mục 2 |
"""
    )
