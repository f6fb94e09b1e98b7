"""Make the rows of a programme what its file says."""

import hashlib
import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tuoitho.audit.actions import record
from tuoitho.lib.actors import Actor
from tuoitho.plan.check import differences
from tuoitho.plan.models import (
    Objective,
    Office,
    Programme,
    Target,
    TargetPart,
    Task,
    Threshold,
)
from tuoitho.plan.schema import Plan
from tuoitho.units.models import Unit

NOTED = 50  # lines of difference written into the log; the whole file is kept in the row


def dump(plan: Plan) -> tuple[dict[str, Any], str]:
    """The plan as plain JSON values, and the SHA-256 of them: comments and order of keys aside."""
    source = plan.model_dump(mode="json")
    text = json.dumps(source, sort_keys=True, ensure_ascii=False)
    return source, hashlib.sha256(text.encode()).hexdigest()


def what_changes(plan: Plan) -> list[str]:
    """What loading ``plan`` would change, in lines; empty when nothing."""
    source, sha256 = dump(plan)
    old = Programme.objects.filter(code=plan.header.code).first()
    if old is None:
        return [_("Thêm kế hoạch %(number)s: %(targets)s chỉ tiêu, %(tasks)s nhiệm vụ") % {
            "number": plan.header.number, "targets": len(plan.targets), "tasks": len(plan.tasks),
        }]  # fmt: skip
    return [] if old.sha256 == sha256 else differences(old.source, source)


@transaction.atomic
def load_programme(plan: Plan, *, by: Actor, on: date, note: str = "") -> Programme:
    """The programme of ``plan.header.code`` with the rows of ``plan``; the same plan again
    changes nothing. A row that left the file is ended on ``on``; one that came back is open again.

    Raises ValidationError when the area's code is unknown.
    """
    source, sha256 = dump(plan)
    head = plan.header
    programme = Programme.objects.select_for_update().filter(code=head.code).first()
    area = programme.area if programme else _area(head.area_code)
    by.require("plan.manage", area)
    if programme is not None and programme.sha256 == sha256:
        return programme
    before = {"sha256": programme.sha256} if programme else {}
    changes = what_changes(plan)
    programme, _made = Programme.objects.update_or_create(
        code=head.code,
        defaults={
            "number": head.number, "title": head.title, "issuer": head.issuer,
            "signed_on": head.date, "period_start": head.period_start,
            "period_end": head.period_end, "outlook_year": head.outlook_year,
            "area": _area(head.area_code), "source": source, "sha256": sha256,
        },
    )  # fmt: skip
    _write_rows(programme, plan, on)
    record(
        "plan.load", programme, by=by, on=on, note=note, before=before,
        after={"sha256": sha256, "changes": changes[:NOTED], "count": len(changes)},
        unit_key=programme.area_id,
    )  # fmt: skip
    return programme


def _area(code: str) -> Unit:
    """The newest unit of that code: since 01/07/2025 the area that continues a district."""
    unit = Unit.objects.filter(code=code).order_by("-valid").first()
    if unit is None:
        raise ValidationError(_("Không có địa bàn nào mang mã %(code)s.") % {"code": code})
    return unit


def _write_rows(programme: Programme, plan: Plan, on: date) -> None:
    _sync(programme, Office, plan.offices, _office, on)
    objectives = _sync(programme, Objective, plan.objectives, _objective, on)
    targets = _sync(
        programme, Target, plan.targets,
        lambda row: {**_target(row), "objective": objectives[row.objective]}, on,
    )  # fmt: skip
    parts = {part.indicator: (target.code, part) for target, part in plan.parts()}
    rows = _sync(
        programme, TargetPart, parts.values(),
        lambda pair: {**_part(pair[1]), "target": targets[pair[0]],
                      "paragraph": targets[pair[0]].paragraph}, on,
        code=lambda pair: pair[1].indicator,
    )  # fmt: skip
    for indicator, (_target_code, part) in parts.items():
        _sync_thresholds(rows[indicator], part.thresholds)
    titles = {group.code: group.title for group in plan.groups}
    _sync(
        programme, Task, plan.tasks,
        lambda row: {**_task(row), "group_title": titles[row.group]}, on,
    )  # fmt: skip


def _sync(
    programme: Programme, model: type[Any], wanted: Iterable[Any], facts: Any, on: date,
    code: Any = lambda row: row.code,
) -> dict[str, Any]:  # fmt: skip
    """Rows by code: made, changed where different, ended when no longer wanted."""
    present = {row.code: row for row in model.objects.filter(programme=programme)}
    kept: dict[str, Any] = {}
    for position, given in enumerate(wanted, start=1):
        key = code(given)
        row = present.get(key) or model(programme=programme, code=key)
        for name, value in {**facts(given), "position": position, "ended_on": None}.items():
            setattr(row, name, value)
        row.save()
        kept[key] = row
    gone = model.objects.filter(programme=programme, ended_on__isnull=True).exclude(code__in=kept)
    gone.update(ended_on=on)
    return kept


def _sync_thresholds(part: TargetPart, wanted: dict[int, float]) -> None:
    part.thresholds.exclude(year__in=wanted).delete()
    for year, value in wanted.items():
        Threshold.objects.update_or_create(part=part, year=year, defaults={"value": str(value)})


def _office(row: Any) -> dict[str, Any]:
    return _taken(row, "name", "short_name", "level", "paragraph")


def _objective(row: Any) -> dict[str, Any]:
    return _taken(row, "kind", "paragraph", "title", "text")


def _target(row: Any) -> dict[str, Any]:
    return _taken(row, "number", "paragraph", "short_title", "title")


def _part(row: Any) -> dict[str, Any]:
    taken = _taken(row, "part", "role", "within", "numerator", "denominator", "only_end_value",
                   "note")  # fmt: skip
    return {**taken, "title": row.name, "direction": row.direction.value,
            "owners": list(row.owners)}  # fmt: skip


def _task(row: Any) -> dict[str, Any]:
    taken = _taken(row, "group", "paragraph", "title", "text", "kind", "recurrence", "note")
    lists = ("owners", "owners_from", "partners", "served_by")
    return {
        **taken,
        **{name: list(getattr(row, name)) for name in lists},
        "before": row.before or "",
    }


def _taken(row: Any, *names: str) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}
