"""What a case still lacks before its plan can be submitted, and the reasons of a level of risk."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from tuoitho.cases.levels import Level
from tuoitho.cases.models import Case, SupportPlan
from tuoitho.cases.risk import DECISIVE, Suggestion
from tuoitho.cases.states import State

BEFORE_SUBMISSION = (State.ASSESSED, State.PLANNED, State.SUBMITTED)


def risk_words(found: Suggestion | Mapping[str, Any], level: str = "") -> str:
    """ "Gợi ý: cao. 3 mức cao, 1 trung bình, 1 thấp; khẩn cấp": why a level was suggested."""
    if isinstance(found, Suggestion):
        level, found = found.level, found.as_json()
    counts = found.get("counts") or {}
    if not level:
        return ""
    parts = [_("%(high)s cao, %(medium)s trung bình, %(low)s thấp") % {
        name: counts.get(name, 0) for name in Level.values
    }]  # fmt: skip
    parts += [str(DECISIVE[key]) for key in found.get("decisive", ()) if key in DECISIVE]
    return _("Mức gợi ý: %(level)s (%(why)s).") % {
        "level": str(Level(level).label).lower(), "why": "; ".join(parts),
    }  # fmt: skip


@dataclass(frozen=True)
class Paper:
    """One part of the dossier of khoản 2 Điều 28: whether it is there, and where it is written."""

    what: str
    basis: str
    done: bool
    url: str
    write_url: str


def dossier_of(case: Case, plan: SupportPlan | None) -> list[Paper]:
    """What goes to the chairperson with the plan; [] once it has gone and been decided.

    ``case`` comes with its rows prefetched.
    """
    if case.state not in BEFORE_SUBMISSION:
        return []
    assessment = max(case.assessments.all(), key=lambda a: a.version, default=None)
    meeting = max(case.meetings.all(), key=lambda m: (m.on, m.pk), default=None)
    drafted = plan is not None and plan.decision != "refused"
    return [
        Paper(_("Đánh giá ban đầu (Mẫu 02)"), "khoản 2 Điều 26", True, "", ""),
        Paper(
            _("Đánh giá cụ thể (Mẫu 03)"), "khoản 1 Điều 27", assessment is not None,
            reverse("cases:assessment_detail", args=[assessment.pk]) if assessment else "",
            reverse("cases:case_assess_needs", args=[case.pk]),
        ),
        Paper(
            _("Biên bản họp xác định nhu cầu"), "khoản 2 Điều 27", meeting is not None,
            reverse("cases:meeting_detail", args=[meeting.pk]) if meeting else "",
            reverse("cases:case_meeting", args=[case.pk]),
        ),
        Paper(
            _("Dự thảo kế hoạch (Mẫu 04, 05)"), "khoản 2 Điều 28", drafted, "",
            reverse("cases:case_plan", args=[case.pk]),
        ),
    ]  # fmt: skip
