"""From a child found at work in a round to a report in the room of cases, once."""

import json
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tuoitho.audit.actions import record
from tuoitho.cases.actions import receive_report, screen_child
from tuoitho.cases.models import Channel, Report
from tuoitho.establishments.models import Establishment
from tuoitho.lib.actors import Actor
from tuoitho.lib.hanoi import now
from tuoitho.rounds.actions.moving import locked_child
from tuoitho.rounds.models import Answer, ListedChild


@transaction.atomic
def report_child(
    listed: ListedChild, *, by: Actor, on: date, received_at: datetime | None = None
) -> ListedChild:
    """Tell the commune of this child (Mẫu 01, channel "đợt rà soát"), with the facts of its last
    answer as the first screening of that report. A second call changes nothing.

    Raises ValidationError when the answer shows no sign of child labour; PermissionDenied without
    ``rounds.answer``, ``cases.receive`` and ``cases.screen`` in the commune.
    """
    listed = locked_child(listed)
    by.require("rounds.answer", listed)
    if listed.report_id is not None:
        return listed
    if not ListedChild.objects.needing_report().filter(pk=listed.pk).exists():
        raise ValidationError(_("Kết quả rà soát không có dấu hiệu lao động trái quy định."))
    answer, child = listed.answer, listed.child
    if answer is None:
        raise LookupError("needing_report() knows only rows with an answer")
    works = _works(answer)
    report, _code = receive_report(
        listed.unit, channel=Channel.SCREENING_ROUND, received_at=received_at or now(), by=by,
        happening=_happening(listed, answer, works), child_name=child.full_name, sex=child.sex,
        birth_date=child.birth_date, hamlet=listed.work_list.hamlet,
        form_token=f"round-{listed.pk}",
    )  # fmt: skip
    ListedChild.objects.filter(pk=listed.pk).update(report_id=report.pk)
    listed.report_id = report.pk
    # A report routed elsewhere, or a child that has moved since, is screened where it is now.
    readable = Report.objects.filter(pk=report.pk).first()
    if readable is not None and child.unit_id == readable.unit_id == listed.unit_id:
        facts = {"works": works, "chores_hours_week": answer.facts.get("chores_hours_week")}
        screen_child(child, facts, observed_on=answer.visited_on, report=readable, by=by,
                     note=answer.note)  # fmt: skip
    record("rounds.report_child", listed, by=by, on=on, after={"report": str(report.pk)})
    return listed


def _works(answer: Answer) -> list[dict[str, Any]]:
    """The works as they were told: facts of the law with what stood beside them."""
    works = answer.facts.get("works") or []
    beside = json.loads(answer.told) if answer.told else []
    beside += [{}] * (len(works) - len(beside))
    keys = [said["establishment"] for said in beside if "establishment" in said]
    places = Establishment.objects.in_bulk(keys)
    told = []
    for work, said in zip(works, beside, strict=True):
        place = places.get(said.get("establishment"))
        told.append({**work, **said, "establishment": place})
    return told


def _happening(listed: ListedChild, answer: Answer, works: list[dict[str, Any]]) -> str:
    """A few sentences for Mẫu 01, from the answer."""
    said = "; ".join(work["description"] for work in works if work.get("description"))
    told = _("Đợt rà soát “%(round)s”, thăm ngày %(day)s.") % {
        "round": listed.round, "day": f"{answer.visited_on:%d/%m/%Y}",
    }  # fmt: skip
    found = _("Kết luận theo dữ kiện: %(outcome)s.") % {"outcome": answer.get_outcome_display()}
    work = _("Công việc: %(said)s.") % {"said": said} if said else ""
    return " ".join(filter(None, (told, work, found, answer.note)))
