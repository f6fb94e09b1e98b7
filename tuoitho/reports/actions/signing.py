"""The signature: figures and words become an edition that nobody can change any more."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from tuoitho.lib.actors import Actor
from tuoitho.lib.hanoi import now
from tuoitho.lib.text import tidy
from tuoitho.reports.actions.steps import D, locked, logged, moved, not_in_future, of
from tuoitho.reports.actions.writing import check_revision
from tuoitho.reports.annual import to_json
from tuoitho.reports.composing import Signature, compose, letterhead
from tuoitho.reports.models import Consolidation, Edition, UnitReport, seal
from tuoitho.reports.speakers import issuer_for
from tuoitho.reports.states import Step
from tuoitho.units.models import Unit


@transaction.atomic
def sign_report(  # noqa: PLR0913 - a signature is given in one sentence
    document: D, *, signer_name: str, signer_position: str,
    revision: int, by: Actor, on: date, symbol: str = "", number: int | None = None,
    note: str = "",
) -> Edition:  # fmt: skip
    """Sign the report as saved at ``revision``, with the figures of this moment (NĐ 30/2020,
    Điều 13, 15). ``number``: the one of the office's register; without it the next one.

    Call it within one steady transaction, so that all figures are of one moment. Of two who sign
    at once one signs; the other gets ValidationError, as does who has not read the latest saving,
    a number already used, a report without a word.
    """
    document, move = locked(document, Step.SIGN, by)
    check_revision(document, revision)
    _check(document, signer_name, signer_position, on)
    issuer = issuer_for(by, document) if isinstance(document, Consolidation) else ""
    symbol = tidy(symbol).upper() or letterhead(document, issuer).symbol
    number = number or next_number(document.unit, symbol, on.year)
    signature = Signature(number, symbol, on, tidy(signer_name), tidy(signer_position))
    before, last = logged(document), document.latest_edition
    edition = _frozen(document, signature, issuer=issuer, by=by, last=last)
    document.amendment = ""
    moved(document, move, before, by=by, on=on, note=f"{edition}; {edition.signer_name}. {note}")
    return edition


def next_number(unit: Unit, symbol: str, year: int) -> int:
    """The number after the highest one of the register: one calendar year, one symbol (Điều 15)."""
    taken = Edition.objects.numbers_of(unit, symbol, year).aggregate(highest=Max("number"))
    return (taken["highest"] or 0) + 1


def _check(
    document: UnitReport | Consolidation, signer_name: str, signer_position: str, on: date
) -> None:
    not_in_future(on)
    if on.year < document.year:
        raise ValidationError({"on": _("Không thể ký trước năm của báo cáo.")})
    if not any(text.strip() for text in document.sections.values()):
        raise ValidationError(_("Báo cáo chưa có lời nào. Hãy viết trước khi ký."))
    wrong = {
        field: _("Hãy ghi đúng như trên văn bản ký.")
        for field, text in (("signer_name", signer_name), ("signer_position", signer_position))
        if not tidy(text)
    }
    if wrong:
        raise ValidationError(wrong)


def _frozen(
    document: UnitReport | Consolidation, signature: Signature, *, issuer: str, by: Actor,
    last: Edition | None,
) -> Edition:  # fmt: skip
    moment = now()
    made = compose(document, moment, signature=signature, issuer=issuer)
    written = to_json(made.annual)
    figures = [result.as_json() for result in made.results]
    edition = Edition(
        unit=document.unit, **of(document), version=last.version + 1 if last else 1,
        number=signature.number, symbol=signature.symbol, signed_on=signature.signed_on,
        signer_name=signature.name, signer_position=signature.position,
        signed_by=by.actor_name, reason=document.amendment if last else "", document=written,
        figures=figures, definition_hash=made.annual.definition_hash,
        sha256=seal(written, figures, made.annual.definition_hash), frozen_at=moment,
    )  # fmt: skip
    # The police own no target: no figure is no fault. Constraints are the database's, see below.
    edition.full_clean(exclude=["figures"], validate_constraints=False)
    _insert(edition)
    return edition


def _insert(edition: Edition) -> None:
    """The database decides who took a number first."""
    try:
        with transaction.atomic():
            edition.save()
    except IntegrityError as error:
        if "edition_number_is_unique_in_its_year" not in str(error):
            raise
        said = _("Số %(number)s đã dùng trong năm %(year)s. Hãy lấy số khác hoặc để trống.")
        raise ValidationError(
            {"number": said % {"number": edition, "year": edition.signed_on.year}}
        ) from error
