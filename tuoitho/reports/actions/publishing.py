"""Figures of a sent consolidated report for everybody, small cells hidden; and taking them back."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tuoitho.indicators.disclosure import protect
from tuoitho.indicators.results import from_json
from tuoitho.lib.actors import Actor
from tuoitho.lib.official_text import vn_date
from tuoitho.reports.actions.steps import (
    locked,
    logged,
    moved,
    not_in_future,
    reason_given,
)
from tuoitho.reports.composing import without_share
from tuoitho.reports.models import Consolidation, Edition, Publication
from tuoitho.reports.states import Step

# What the public reads of a figure. Notes are left out: they count things, and are not protected.
PUBLIC = (
    "code", "target", "title", "target_title", "owner_name", "role", "numerator", "denominator",
    "value", "threshold", "threshold_year", "direction", "met", "concluded", "low", "high",
    "register_count", "register_name",
)  # fmt: skip
PUBLIC_ROW = ("unit", "name", "numerator", "denominator", "value")


@transaction.atomic
def publish_figures(document: Consolidation, *, by: Actor, on: date, note: str = "") -> Publication:
    """Publish the figures of the edition sent, in place of those of the same year that stood.

    Small cells are hidden by ``indicators.disclosure``. Raises ValidationError (already public).
    """
    document, move = locked(document, Step.PUBLISH, by)
    not_in_future(on)
    edition = document.latest_edition
    if edition is None:  # no report is sent without one
        raise ValidationError(_("Chưa có bản đã ký."))
    standing = _standing(document)
    if standing is not None and standing.edition_id == edition.pk:
        raise ValidationError(_("Số liệu của bản này đã được công bố."))
    _withdraw(standing, on)
    publication = Publication(
        edition=edition, unit=document.unit, unit_name=document.unit.name, year=document.year,
        document=f"{edition}, {vn_date(edition.signed_on)}", figures=shown(edition),
        published_on=on,
    )  # fmt: skip
    publication.full_clean()
    publication.save()
    moved(document, move, logged(document), by=by, on=on, note=note or publication.document)
    return publication


@transaction.atomic
def withdraw_figures(document: Consolidation, *, reason: str, by: Actor, on: date) -> Publication:
    """The figures are public no more; the row stays readable for those who look after it."""
    document, move = locked(document, Step.WITHDRAW, by)
    not_in_future(on)
    standing = _standing(document)
    if standing is None:
        raise ValidationError(_("Không có số liệu nào đang được công bố."))
    reason = reason_given(reason)
    _withdraw(standing, on)
    moved(document, move, logged(document), by=by, on=on, note=reason)
    return standing


def shown(edition: Edition) -> list[dict[str, Any]]:
    """The figures of an edition as anybody may see them."""
    signed = [from_json(row) for row in edition.figures]
    return [
        _public(known.as_json(), shown.as_json(), without_share(known))
        for known, shown in zip(signed, protect(signed), strict=True)
    ]


def _public(
    known: Mapping[str, Any], shown: Mapping[str, Any], unknown: set[int]
) -> dict[str, Any]:
    """Communes are listed only where the figure is divided among them. ``hidden`` tells what is
    withheld from what nobody knows."""
    rows = [
        {**{name: unit[name] for name in PUBLIC_ROW}, "hidden": _hides(full, unit)}
        for full, unit in zip(known["by_unit"], shown["by_unit"], strict=True)
        if unit["unit_id"] not in unknown
    ]
    divided = any(row["unit"] != shown["unit"] for row in rows)
    figure = {name: shown[name] for name in PUBLIC}
    return {**figure, "hidden": _hides(known, shown), "by_unit": rows if divided else []}


def _hides(known: Mapping[str, Any], shown: Mapping[str, Any]) -> bool:
    names = ("numerator", "denominator", "value", "register_count")
    return any(known.get(name) is not None and shown.get(name) is None for name in names)


def _standing(document: Consolidation) -> Publication | None:
    rows = Publication.objects.select_for_update(of=("self",)).standing()
    return rows.filter(unit=document.unit, year=document.year).first()


def _withdraw(publication: Publication | None, on: date) -> None:
    if publication is not None:
        publication.withdrawn_on = on
        publication.save(update_fields=["withdrawn_on"])
