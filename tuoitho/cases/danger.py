"""The emergency of a case as its page shows it: in time or late, days used, who was told, court."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext as _

from tuoitho.cases.deadlines import rule
from tuoitho.cases.due_emergency import untold
from tuoitho.cases.models import Case, CourtRequest, EmergencyMeasure, EmergencyNotice
from tuoitho.cases.models.emergency import Party
from tuoitho.cases.separation import days_of


@dataclass(frozen=True)
class Line:
    """One measure. ``timing``: how long after the news it was decided; "" for later ones."""

    measure: EmergencyMeasure
    timing: str
    late: bool


@dataclass(frozen=True)
class Danger:
    """``used`` of ``limit`` days of separation in the present round; ``left`` is never negative."""

    lines: list[Line]
    used: int
    limit: int
    untold: list[Party]
    notices: list[EmergencyNotice]
    court: list[CourtRequest]

    @property
    def left(self) -> int:
        return max(self.limit - self.used, 0)

    @property
    def first(self) -> EmergencyMeasure | None:
        """The measure of which police and health have to know."""
        return self.lines[0].measure if self.lines else None


def danger_of(case: Case) -> Danger | None:
    """None when nothing was ever decided nor asked of a court. ``case`` has its rows prefetched."""
    measures = sorted(case.emergency_measures.all(), key=lambda m: (m.decided_at, m.pk))
    court = list(case.court_requests.all())
    if not measures and not court:
        return None
    now_round = case.current_round()
    spans = [
        (m.starts_on, m.last_day)
        for m in measures
        if m.is_separation and m.round == now_round and m.last_day
    ]
    limit = rule("separation", spans[0][0] if spans else case.opened_on).amount
    mine = [m for m in measures if m.round == now_round]
    lines = [_line(m) for m in [*mine, *(m for m in measures if m.round != now_round)]]
    return Danger(
        lines, days_of(spans), limit, untold(case), list(case.emergency_notices.all()), court
    )


def _line(measure: EmergencyMeasure) -> Line:
    if measure.due_at is None:
        return Line(measure, "", late=False)
    allowed = timedelta(hours=rule("first_response", measure.starts_on).amount)
    taken = max(measure.decided_at - (measure.due_at - allowed), timedelta())
    minutes = int(taken.total_seconds()) // 60
    words = _("%(h)s giờ %(m)s phút sau khi nhận tin") % {"h": minutes // 60, "m": minutes % 60}
    return Line(measure, words, late=measure.late_by is not None)
