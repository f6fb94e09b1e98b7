"""The consolidated report is begun here; then it is written, signed and sent like any other."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tuoitho.audit.actions import record
from tuoitho.lib.actors import Actor
from tuoitho.reports.actions.steps import append, logged, not_in_future
from tuoitho.reports.models import Consolidation
from tuoitho.reports.owed import WHOLE, due_on, whole_above
from tuoitho.reports.states import State, Step
from tuoitho.units.models import Unit

# The plan names no day for the consolidated report; ours, after the day of the units.
WITHIN_DAYS = 15


@transaction.atomic
def start_consolidation(whole: Unit, year: int, *, by: Actor, on: date) -> Consolidation:
    """Begin the consolidated report of ``whole`` for ``year``; the one there is if it was begun.

    Raises ValidationError (no plan, a year that has not begun, not a district or area of that
    year) and PermissionDenied.
    """
    whole = Unit.objects.select_for_update(of=("self",)).get(pk=whole.pk)
    not_in_future(on)
    by.require("reports.consolidate", whole)
    if whole.level not in WHOLE or whole_above(whole, year) != whole:
        raise ValidationError({"unit": _("Chỉ huyện hoặc địa bàn của năm đó tổng hợp báo cáo.")})
    if year > on.year:
        raise ValidationError({"year": _("Năm %(year)s chưa bắt đầu.") % {"year": year}})
    found = Consolidation.objects.filter(unit=whole, year=year).first()
    if found is not None:
        return found
    document = Consolidation(
        unit=whole, year=year, state=State.DRAFT,
        due_on=due_on(year) + timedelta(days=WITHIN_DAYS),
    )  # fmt: skip
    document.full_clean()
    document.save()
    append(document, Step.START, by=by, on=on)
    record("reports.start", document, by=by, on=on, after=logged(document))
    return document
