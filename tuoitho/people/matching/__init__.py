"""Who may be one and the same child: candidates for a child being typed, pairs of the register.

``records`` puts a child in the form that is compared, ``levels`` says what is compared and how
near two records are, ``model`` what each nearness weighs, ``engines`` compares a whole register
(splink on DuckDB or Spark), ``candidates`` one child being typed.
"""

from tuoitho.people.matching.candidates import (
    SHOWN_FROM,
    SIMILAR_NAME,
    Candidate,
    Person,
    candidates,
    candidates_for,
    compared,
    similarity,
)

__all__ = [
    "SHOWN_FROM",
    "SIMILAR_NAME",
    "Candidate",
    "Person",
    "candidates",
    "candidates_for",
    "compared",
    "similarity",
]
