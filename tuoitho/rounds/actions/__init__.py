"""Everything that changes a round. Screens, jobs and tests all come through here."""

from tuoitho.rounds.actions.answering import add_child, answer_child
from tuoitho.rounds.actions.assigning import assign_list
from tuoitho.rounds.actions.listing import list_children
from tuoitho.rounds.actions.planning import cancel_round, correct_round, draft_round
from tuoitho.rounds.actions.reporting import report_child
from tuoitho.rounds.actions.scoring import score_commune, set_weights
from tuoitho.rounds.actions.starting import close_round, start_round

__all__ = [
    "add_child",
    "answer_child",
    "assign_list",
    "cancel_round",
    "close_round",
    "correct_round",
    "draft_round",
    "list_children",
    "report_child",
    "score_commune",
    "set_weights",
    "start_round",
]
