"""What lies beside the desk of who writes: what the units have sent, heading by heading."""

from dataclasses import dataclass

from tuoitho.access.models import User
from tuoitho.indicators.engine import plan_of
from tuoitho.indicators.places import Ask
from tuoitho.reports.models import Consolidation, UnitReport
from tuoitho.reports.sections import SECTIONS, headings


@dataclass(frozen=True)
class Heading:
    """One heading, and what each unit wrote under it: name and text."""

    words: str
    texts: tuple[tuple[str, str], ...]


def material(document: UnitReport | Consolidation, user: User) -> list[Heading]:
    """For the consolidated report: the texts of the reports delivered. Else nothing."""
    if not isinstance(document, Consolidation):
        return []
    root = Ask(document.unit, document.year).root
    rows = UnitReport.objects.visible_to(user).of_year(document.year).within(root).delivered()
    sent = list(rows.in_order())
    words = headings(plan_of(document.year), document.year)
    found = [
        Heading(words[s.key], tuple((r.name, r.text(s.key)) for r in sent if r.text(s.key)))
        for s in SECTIONS
    ]
    return [heading for heading in found if heading.texts]
