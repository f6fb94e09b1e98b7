"""The nouns of the room, a file a noun."""

from tuoitho.rounds.models.listed import Answer, ListedChild
from tuoitho.rounds.models.risk import RiskScore, RuleSet
from tuoitho.rounds.models.round import Round, RoundMove, WorkList
from tuoitho.rounds.models.trained import TrainedModel

__all__ = [
    "Answer", "ListedChild", "RiskScore", "Round", "RoundMove", "RuleSet", "TrainedModel",
    "WorkList",
]  # fmt: skip
