"""From the rows of the district to the lines of an annual report; nothing is counted here."""

from tuoitho.reports.composing.compose import Composed, Signature, compose, compute_figures
from tuoitho.reports.composing.figures import without_share
from tuoitho.reports.composing.letterhead import Letterhead, letterhead

__all__ = [
    "Composed",
    "Letterhead",
    "Signature",
    "compose",
    "compute_figures",
    "letterhead",
    "without_share",
]
