"""Every change of the room: baselines, survey estimates, frozen figures."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from tuoitho.audit.actions import record, snapshot
from tuoitho.indicators import engine
from tuoitho.indicators.definitions import VERSION, definition_hash
from tuoitho.indicators.models import Baseline, Snapshot, SurveyEstimate
from tuoitho.indicators.places import existing_in
from tuoitho.indicators.results import PLACES, TargetResult
from tuoitho.indicators.states import Group, Map
from tuoitho.lib.actors import Actor
from tuoitho.lib.periods import Period
from tuoitho.lib.text import tidy
from tuoitho.units.models import Unit

BASELINE = "indicators.baseline"
_LOGGED = ["year", "group", "count", "source", "note"]
_SURVEY = ["year", "rate", "low", "high", "confidence", "hazardous_share", "sample_size", "source",
           "design"]  # fmt: skip


@transaction.atomic
def set_baseline(  # noqa: PLR0913 - a figure is entered in one sentence
    unit: Unit, year: int, group: str, count: int, *, source: str, by: Actor, on: date,
    note: str = "",
) -> Baseline:  # fmt: skip
    """The size of ``group`` (``states.Group``) in ``unit`` in ``year``; a second call corrects it.

    What stood before is kept in the audit log. Raises ValidationError (fields ``group``, ``count``,
    ``source``, ``unit``) and PermissionDenied.
    """
    by.require(BASELINE, unit)
    _check_unit(unit, year)
    if group not in Group.values:
        raise ValidationError({"group": _("Không có nhóm này.")})
    if not tidy(source):
        raise ValidationError({"source": _("Hãy ghi nguồn số liệu.")})
    found = Baseline.objects.select_for_update(of=("self",)).filter(
        unit=unit, year=year, group=group
    )
    baseline = found.first() or Baseline(unit=unit, year=year, group=group)
    before = snapshot(baseline, _LOGGED) if baseline.pk else {}
    baseline.count, baseline.source, baseline.note = count, tidy(source), tidy(note)
    baseline.entered_by, baseline.entered_on = by.actor_name, on
    # Unit, group and source have been looked at above, and that there is no second row.
    baseline.clean_fields(exclude={"unit", "group"})
    baseline.validate_constraints(exclude={"unit", "group", "source"})
    baseline.save()
    record(
        "indicators.set_baseline", baseline, by=by, on=on, before=before,
        after=snapshot(baseline, _LOGGED),
    )  # fmt: skip
    return baseline


@transaction.atomic
def remove_baseline(baseline: Baseline, *, by: Actor, on: date, note: str) -> None:
    """A figure entered by mistake: unknown again. Raises ValidationError without a reason."""
    baseline = Baseline.objects.select_for_update(of=("self",)).get(pk=baseline.pk)
    by.require(BASELINE, baseline)
    if not tidy(note):
        raise ValidationError({"note": _("Hãy ghi lý do xóa.")})
    record(
        "indicators.remove_baseline", baseline, by=by, on=on, note=tidy(note),
        before=snapshot(baseline, _LOGGED),
    )  # fmt: skip
    baseline.delete()


@transaction.atomic
def set_survey(  # noqa: PLR0913 - an estimate is entered in one sentence
    unit: Unit, year: int, *, rate: Decimal, low: Decimal, high: Decimal, source: str, design: str,
    by: Actor, on: date, **facts: Any,
) -> SurveyEstimate:  # fmt: skip
    """The survey's rate of child labour in percent with its interval; a second call corrects it.

    ``facts``: ``confidence`` (percent, default 95), ``hazardous_share`` (percent of child labour),
    ``sample_size``. Raises ValidationError (also when the rate is outside its interval).
    """
    by.require(BASELINE, unit)
    _check_unit(unit, year)
    if not low <= rate <= high:
        raise ValidationError({"rate": _("Tỷ lệ phải nằm trong khoảng tin cậy.")})
    found = SurveyEstimate.objects.select_for_update(of=("self",)).filter(unit=unit, year=year)
    survey = found.first() or SurveyEstimate(unit=unit, year=year)
    before = snapshot(survey, _SURVEY) if survey.pk else {}
    given = {"rate": rate, "low": low, "high": high, "source": tidy(source), "design": design}
    for name, value in {**given, **facts}.items():
        if name not in _SURVEY:
            raise TypeError(f"a survey estimate has no {name!r}")
        setattr(survey, name, value)
    survey.entered_by, survey.entered_on = by.actor_name, on
    survey.full_clean()
    survey.save()
    record(
        "indicators.set_survey", survey, by=by, on=on, before=before,
        after=snapshot(survey, _SURVEY),
    )  # fmt: skip
    return survey


def _check_unit(unit: Unit, year: int) -> None:
    if not existing_in([unit], Period.year(year)):
        raise ValidationError(
            {"unit": _("Đơn vị này không tồn tại trong năm %(year)s.") % {"year": year}}
        )


@transaction.atomic
def freeze_figures(
    unit: Unit, year: int, *, by: Actor, on_map: str = Map.THEN, note: str = ""
) -> Snapshot:
    """Keep the figures of ``unit`` and ``year`` as they stand now, for a report that is signed.

    The texts in them are Vietnamese, whatever the language of the screen. A frozen figure is never
    computed again; another call makes another snapshot. Needs ``indicators.freeze`` in ``unit``.
    """
    by.require("indicators.freeze", unit)
    with override("vi"):
        results = [result.as_json() for result in engine.compute(unit, year, on_map=on_map)]
    kept = Snapshot.objects.create(
        unit=unit, year=year, results=results, version=VERSION, definition_hash=definition_hash(),
        parameters={"map": str(on_map), "places": PLACES}, frozen_by=by.actor_name,
        note=tidy(note),
    )  # fmt: skip
    record(
        "indicators.freeze", kept, by=by, note=tidy(note),
        after={"year": year, "definition_hash": kept.definition_hash, "figures": len(results)},
    )  # fmt: skip
    return kept


@dataclass(frozen=True)
class Difference:
    """A figure that is no longer what was frozen; None where it was not known."""

    code: str
    title: str
    name: str
    frozen: int | float | None
    now: int | float | None


COMPARED = ("numerator", "denominator", "value", "register_count")


def compare(kept: Snapshot) -> list[Difference]:
    """What computing today would say differently from the snapshot, figure by figure."""
    on_map = kept.parameters.get("map", Map.THEN)
    return differences(kept.results, engine.compute(kept.unit, kept.year, on_map=on_map))


def differences(
    kept: Iterable[Mapping[str, Any]], computed: Iterable[TargetResult]
) -> list[Difference]:
    """Kept figures (``TargetResult.as_json``) beside those computed now, where they differ."""
    present = {result.code: result.as_json() for result in computed}
    frozen = {row["code"]: row for row in kept}
    return [
        Difference(code, (frozen.get(code) or present[code])["title"], name, was, now)
        for code in [*frozen, *(c for c in present if c not in frozen)]
        for name in COMPARED
        if (was := frozen.get(code, {}).get(name)) != (now := present.get(code, {}).get(name))
    ]
