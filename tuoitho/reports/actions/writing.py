"""What people write, saved so that two who save at once lose nothing."""

import unicodedata
from collections.abc import Mapping
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tuoitho.lib.actors import Actor
from tuoitho.reports.actions.steps import D, locked, logged, moved, not_in_future
from tuoitho.reports.models import Consolidation, UnitReport
from tuoitho.reports.sections import KEYS, MAX_LETTERS
from tuoitho.reports.states import Step
from tuoitho.ui.formats import vn_datetime, vn_number

OVERTAKEN = "overtaken"


@transaction.atomic
def write_report(
    document: D, sections: Mapping[str, str], *, revision: int, by: Actor, on: date
) -> D:
    """Save the texts under the headings given; others stay as they are.

    ``revision`` is the one the writer read. Raises ValidationError with code ``OVERTAKEN`` when
    somebody has saved since (nothing is changed), for a text too long (by its key), KeyError for a
    heading there is none of. Saving what is there already leaves no trace.
    """
    document, move = locked(document, Step.WRITE, by)
    not_in_future(on)
    check_revision(document, revision)
    texts = _checked(sections)
    changed = [key for key, text in texts.items() if text != document.text(key)]
    if not changed:
        return document
    before = logged(document)
    document.sections = {**document.sections, **{key: texts[key] for key in changed}}
    document.revision += 1
    return moved(document, move, before, by=by, on=on, note=", ".join(changed))


def check_revision(document: UnitReport | Consolidation, revision: int) -> None:
    """Raise ValidationError (code ``OVERTAKEN``) unless ``revision`` is the latest saving."""
    if revision == document.revision:
        return
    last = document.moves.filter(step=Step.WRITE).order_by("-pk").first()
    who, when = (last.by_name, vn_datetime(last.at)) if last else ("?", "?")
    said = _("%(who)s đã lưu lúc %(when)s, sau khi bạn mở trang này.")
    raise ValidationError(said % {"who": who, "when": when}, code=OVERTAKEN)


def _checked(sections: Mapping[str, str]) -> dict[str, str]:
    strange = set(sections) - set(KEYS)
    if strange:
        raise KeyError(f"a report has no {sorted(strange)}")
    texts = {key: _plain(text) for key, text in sections.items()}
    limit = _("Dài quá %(n)s ký tự.") % {"n": vn_number(MAX_LETTERS)}
    too_long = {key: limit for key, text in texts.items() if len(text) > MAX_LETTERS}
    if too_long:
        raise ValidationError(too_long)
    return texts


def _plain(text: str) -> str:
    """NFC, line ends as bare line feeds, no blanks around: browsers differ in all three."""
    return unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").strip()
