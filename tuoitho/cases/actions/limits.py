"""Changing a time limit or a parameter from a day on, and bringing in those of the package."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import yaml
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from tuoitho.access.actions import timekeeper
from tuoitho.audit.actions import record
from tuoitho.cases.deadlines import forget_rules, packaged_rules
from tuoitho.cases.models.limit import Dated, Parameter, StepRule, Surety, UnitOfTime
from tuoitho.cases.parameters import PARAMETERS, forget_parameters, wrong_value
from tuoitho.jobs.actions import enqueue
from tuoitho.lib.actors import Actor

PACKAGED_PARAMETERS = Path(__file__).parents[1] / "data" / "parameters.yaml"
FIELDS = ("amount", "unit", "who", "starts", "stops", "article", "instrument", "legal", "surety")
D = TypeVar("D", bound=Dated)


def _place(model: type[D], key: Mapping[str, str], since: date, values: Mapping[str, Any]) -> D:
    """Put a row from ``since`` on: until the next one that is there begins; the one before ends.

    A row that begins the same day is corrected in place.
    """
    rows = list(model._default_manager.select_for_update().filter(**key).order_by("valid"))
    later = [row for row in rows if row.since > since]
    until = later[0].since if later else None
    same = next((row for row in rows if row.since == since), None)
    for row in rows:
        if row.since < since and (row.until is None or row.until > since):
            row.valid = DateRange(row.since, since)
            row.save(update_fields=["valid"])
    if same is None:
        same = model(**key, valid=DateRange(since, until))
    for name, value in values.items():
        setattr(same, name, value)
    same.save()
    return same


def _told(row: Dated, names: Sequence[str]) -> dict[str, Any]:
    return {"since": f"{row.since:%Y-%m-%d}", **{name: getattr(row, name) for name in names}}


@transaction.atomic
def set_limit(step: str, *, since: date, by: Actor, on: date, note: str, **values: Any) -> StepRule:
    """From ``since`` on, ``step`` has this limit; what was in force before stays as history.

    ``values``: those of ``FIELDS`` that change; the others and the name of the step stay as they
    were. Raises ValidationError (by field), PermissionDenied, TypeError for an unknown field.
    """
    if unknown := set(values) - set(FIELDS):
        raise TypeError(f"a time limit has no {sorted(unknown)}")
    known = list(StepRule.objects.select_for_update().of_step(step))
    before = next((row for row in reversed(known) if row.since <= since), None)
    by.require("plan.manage")
    if before is None:
        raise ValidationError({"since": _("Trước ngày này bước chưa có thời hạn nào.")})
    values = {name: values.get(name, getattr(before, name)) for name in FIELDS}
    _check_limit(values, note)
    told = _told(before, FIELDS)
    row = _place(
        StepRule, {"step": step}, since,
        values | {"what": before.what, "note": note.strip(), "recorded_by": by.actor_name},
    )  # fmt: skip
    forget_rules()
    enqueue("cases.recount_clocks", {"why": note.strip()[:300]}, by=timekeeper())
    record("cases.set_limit", row, by=by, on=on, note=note, before=told, after=_told(row, FIELDS))
    return row


def _check_limit(values: Mapping[str, Any], note: str) -> None:
    if values["unit"] not in UnitOfTime.values:
        raise ValidationError({"unit": _("Hãy chọn cách tính.")})
    if values["surety"] not in Surety.values:
        raise ValidationError({"surety": _("Hãy chọn độ chắc chắn.")})
    if not str(values["article"]).strip():
        raise ValidationError({"article": _("Hãy ghi điều khoản, hoặc văn bản của chương trình.")})
    if not note.strip():
        raise ValidationError({"note": _("Hãy ghi vì sao đổi.")})


@transaction.atomic
def set_parameter(
    code: str, value: Sequence[int], *, since: date, source: str, by: Actor, on: date, note: str
) -> Parameter:
    """From ``since`` on, the parameter has this value. Raises ValidationError, PermissionDenied,
    KeyError for a code without a meaning."""
    meaning = PARAMETERS[code]
    known = list(Parameter.objects.select_for_update().of_code(code))
    by.require("plan.manage")
    if wrong_value(code, value):
        hint = _("Các số tăng dần, ngăn bằng dấu phẩy, từ %(least)s trở lên.") if meaning.many \
            else _("Một số, từ %(least)s trở lên.")  # fmt: skip
        raise ValidationError({"value": hint % {"least": meaning.least}})
    before = next((row for row in reversed(known) if row.since <= since), None)
    if before is None:
        raise ValidationError({"since": _("Trước ngày này tham số chưa có giá trị nào.")})
    if not source.strip() or not note.strip():
        raise ValidationError({"note": _("Hãy ghi nguồn và vì sao đổi.")})
    told = _told(before, ("value",))
    row = _place(
        Parameter, {"code": code}, since,
        {"value": list(value), "source": source.strip(), "surety": Surety.OWN,
         "note": note.strip(), "recorded_by": by.actor_name},
    )  # fmt: skip
    forget_parameters()
    record("cases.set_parameter", row, by=by, on=on, note=note, before=told,
           after=_told(row, ("value",)))  # fmt: skip
    return row


@transaction.atomic
def load_limits() -> None:
    """Bring in the limits and parameters of the package whose first day is not there yet; part of
    installing. What an office has written stays."""
    rules = set(StepRule.objects.values_list("step", "valid__startswith"))
    for rule in packaged_rules():
        if (rule.step, rule.valid_from) not in rules:
            values = {name: getattr(rule, name) for name in (*FIELDS, "what", "note")}
            _place(StepRule, {"step": rule.step}, rule.valid_from,
                   values | {"recorded_by": "Tuổi Thơ"})  # fmt: skip
    parameters = set(Parameter.objects.values_list("code", "valid__startswith"))
    for row in yaml.safe_load(PACKAGED_PARAMETERS.read_text(encoding="utf-8")):
        if (row["code"], row["from"]) not in parameters:
            values = {name: row[name] for name in ("value", "surety", "source")}
            _place(Parameter, {"code": row["code"]}, row["from"],
                   values | {"recorded_by": "Tuổi Thơ"})  # fmt: skip
    forget_rules()
    forget_parameters()
