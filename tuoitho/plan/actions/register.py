"""The register of documents and the calendar of swapped days."""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from tuoitho.access.actions import timekeeper
from tuoitho.audit.actions import record, snapshot
from tuoitho.jobs.actions import enqueue
from tuoitho.lib.actors import Actor
from tuoitho.lib.text import fold, tidy
from tuoitho.lib.workdays import is_working_day
from tuoitho.plan.calendar import forget_swapped_days
from tuoitho.plan.models import Document, Programme, SwappedDay, Target, Task
from tuoitho.plan.paragraphs import tidy_lines
from tuoitho.plan.states import DOCUMENT_PERMISSION, DocumentKind
from tuoitho.units.models import Unit

FIELDS = ["kind", "number", "signed_on", "issuer", "title", "kept_at"]


@transaction.atomic
def add_document(  # noqa: PLR0913 - a line of the register has this many columns
    unit: Unit,
    kind: str,
    *,
    number: str,
    signed_on: date,
    issuer: str,
    title: str,
    by: Actor,
    on: date,
    programme: Programme | None = None,
    tasks: Iterable[Task] = (),
    targets: Iterable[Target] = (),
    kept_at: str = "",
    note: str = "",
) -> Document:
    """A document of ``unit`` in the register. Raises ValidationError when it is there already, or
    when a unit's own plan names no target of the programme it carries out."""
    if kind not in DocumentKind.values:
        raise ValidationError({"kind": _("Hãy chọn loại văn bản.")})
    by.require(DOCUMENT_PERMISSION[DocumentKind(kind)], unit)
    woven = list(targets)
    if kind == DocumentKind.DERIVED_PLAN and not woven:
        raise ValidationError({"targets": _("Chọn ít nhất một chỉ tiêu đã lồng ghép.")})
    if signed_on > on:
        raise ValidationError({"signed_on": _("Ngày ban hành không thể ở sau hôm nay.")})
    document = Document(
        unit=unit, kind=kind, number=tidy(number), signed_on=signed_on, issuer=tidy(issuer),
        title=tidy(title), programme=programme, kept_at=tidy(kept_at), note=tidy_lines(note),
        folded_title=fold(f"{number} {issuer} {title}")[:800],
    )  # fmt: skip
    try:
        with transaction.atomic():
            document.save()
    except IntegrityError as error:
        raise ValidationError({"number": _("Văn bản này đã có trong sổ.")}) from error
    document.tasks.set(tasks)
    document.targets.set(woven)
    record("plan.add_document", document, by=by, on=on, after=snapshot(document, FIELDS))
    return document


@transaction.atomic
def swap_day(day: date, works: bool, *, by: Actor, on: date, note: str = "") -> SwappedDay:
    """Offices work on ``day`` (True) or rest (False), against the ordinary calendar.

    Said again for the same day it corrects it. Raises ValidationError when the calendar says so
    already: such a row would hide a mistyped date.
    """
    by.require("plan.manage")
    if is_working_day(day, {}) == works:
        raise ValidationError({"day": _("Ngày này vốn là ngày làm việc.") if works
                               else _("Ngày này vốn là ngày nghỉ.")})  # fmt: skip
    swapped, _made = SwappedDay.objects.update_or_create(
        day=day, defaults={"works": works, "note": tidy(note)}
    )
    forget_swapped_days()
    _recount(day)
    record("plan.swap_day", swapped, by=by, on=on, after={"day": str(day), "works": works})
    return swapped


@transaction.atomic
def forget_swapped_day(swapped: SwappedDay, *, by: Actor, on: date) -> None:
    """The day is again what the ordinary calendar says."""
    swapped = SwappedDay.objects.select_for_update().get(pk=swapped.pk)
    by.require("plan.manage")
    before = {"day": str(swapped.day), "works": swapped.works}
    record("plan.forget_swapped_day", swapped, by=by, on=on, before=before)
    swapped.delete()
    forget_swapped_days()
    _recount(swapped.day)


def _recount(day: date) -> None:
    """Limits in working days that run over ``day`` end on another day now; the rooms above know
    which, by the name of their work."""
    why = _("Lịch làm việc đổi: ngày %(day)s") % {"day": f"{day:%d/%m/%Y}"}
    enqueue("cases.recount_clocks", {"why": why}, by=timekeeper())
