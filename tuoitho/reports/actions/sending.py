"""After the signature: sent to whom it is addressed; replaced, with a reason, by a new edition."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tuoitho.lib.actors import Actor
from tuoitho.reports.actions.steps import (
    D,
    locked,
    logged,
    moved,
    not_in_future,
    reason_given,
)
from tuoitho.reports.actions.telling import tell_the_receiver
from tuoitho.reports.models import UnitReport
from tuoitho.reports.states import Step


@transaction.atomic
def send_report(document: D, *, by: Actor, on: date, note: str = "") -> D:
    """Send what was signed. The first day of sending is kept: it decides whether it was in time."""
    document, move = locked(document, Step.SEND, by)
    not_in_future(on)
    edition = document.latest_edition
    if edition is not None and on < edition.signed_on:
        raise ValidationError({"on": _("Không thể gửi trước ngày ký.")})
    before = logged(document)
    document.sent_on = document.sent_on or on
    document = moved(document, move, before, by=by, on=on, note=note)
    if isinstance(document, UnitReport):
        tell_the_receiver(document, by=by)
    return document


@transaction.atomic
def amend_report(document: D, *, reason: str, by: Actor, on: date) -> D:
    """Open a signed report again for a ``reason``; the edition signed stays as it is, and a
    further one takes its place when it is signed."""
    document, move = locked(document, Step.AMEND, by)
    not_in_future(on)
    before = logged(document)
    document.amendment = reason_given(reason)
    if isinstance(document, UnitReport):
        document.return_reason = ""
    return moved(document, move, before, by=by, on=on, note=reason)
