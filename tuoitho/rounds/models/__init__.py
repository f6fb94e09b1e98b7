"""The nouns of the room, a file a noun."""

from tuoitho.rounds.models.listed import Answer, ListedChild
from tuoitho.rounds.models.round import Round, RoundMove, WorkList

__all__ = ["Answer", "ListedChild", "Round", "RoundMove", "WorkList"]
