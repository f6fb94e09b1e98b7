"""Everything that changes the register; screens, imports and upper rooms come through here."""

from tuoitho.people.actions.attendance import record_attendance, record_pupil_attendance
from tuoitho.people.actions.children import (
    correct_child,
    draft_child,
    register_child,
    register_children,
    register_with_family,
)
from tuoitho.people.actions.facts import (
    add_guardian,
    add_guardians,
    correct_guardian,
    draft_circumstance,
    draft_enrolment,
    draft_guardian,
    end_circumstance,
    record_circumstance,
    record_circumstances,
    record_enrolment,
    record_enrolments,
)
from tuoitho.people.actions.households import (
    correct_household,
    draft_household,
    record_poverties,
    record_poverty,
    register_household,
    register_households,
)
from tuoitho.people.actions.linking import forget_old_pairs, judge_pair, link_register
from tuoitho.people.actions.many import reserve_keys
from tuoitho.people.actions.merging import (
    approve_merge,
    refuse_merge,
    request_merge,
    undo_merge,
    withdraw_merge,
)
from tuoitho.people.actions.moves import move_child
from tuoitho.people.actions.numbers import (
    answer_numbers,
    cancel_number_list,
    hand_over_numbers,
    prepare_number_list,
    return_numbers,
)

__all__ = [
    "add_guardian",
    "add_guardians",
    "answer_numbers",
    "approve_merge",
    "cancel_number_list",
    "correct_child",
    "correct_guardian",
    "correct_household",
    "draft_child",
    "draft_circumstance",
    "draft_enrolment",
    "draft_guardian",
    "draft_household",
    "end_circumstance",
    "forget_old_pairs",
    "hand_over_numbers",
    "judge_pair",
    "link_register",
    "move_child",
    "prepare_number_list",
    "record_attendance",
    "record_circumstance",
    "record_circumstances",
    "record_enrolment",
    "record_enrolments",
    "record_poverties",
    "record_poverty",
    "record_pupil_attendance",
    "refuse_merge",
    "register_child",
    "register_children",
    "register_household",
    "register_households",
    "register_with_family",
    "request_merge",
    "reserve_keys",
    "return_numbers",
    "undo_merge",
    "withdraw_merge",
]
