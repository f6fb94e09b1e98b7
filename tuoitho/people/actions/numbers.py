"""The loop with the police about identity numbers: prepared, handed over, answered, written back.

Luật Căn cước 26/2023/QH15 Đ12: the number is the police's to give; the register only asks. How
lists pass between the offices is the programme's own procedure.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tuoitho.access.models import User
from tuoitho.audit.actions import record
from tuoitho.lib.hanoi import today
from tuoitho.lib.text import tidy
from tuoitho.people import national_id as numbers
from tuoitho.people.actions.children import correct_child
from tuoitho.people.models import Child, NumberCheck, NumberList
from tuoitho.people.states import NUMBER_STEPS, NumberListState, NumberResult
from tuoitho.people.values import line_of
from tuoitho.units.models import Unit

MOST = 500  # lines of one list: what an officer goes through in a day


@dataclass(frozen=True)
class Answer:
    """What the police say of one line; ``number`` only with the result that gives one."""

    result: str
    number: str = ""
    note: str = ""


@transaction.atomic
def prepare_number_list(unit: Unit, children: Iterable[Child], *, by: User, on: date) -> NumberList:
    """A list of those of ``children`` who live in ``unit``, have a trouble with their number and
    are in no open list; at most ``MOST``.

    Raises ValidationError (nobody is left), PermissionDenied.
    """
    _require(by, unit)
    keys = [child.pk for child in children]
    rows = Child.objects.select_for_update(of=["self"]).filter(pk__in=keys, unit=unit)
    rows = rows.with_number_trouble("").waiting_for_police(waiting=False)
    asked = list(rows.order_by("folded_hamlet", "sort_name", "pk")[:MOST])
    if not asked:
        raise ValidationError(_("Không còn em nào cần đối chiếu mà chưa ở trong danh sách khác."))
    made = NumberList.objects.create(unit=unit, made_on=on, made_by=by)
    NumberCheck.objects.bulk_create(
        NumberCheck(number_list=made, child=child, place=place, trouble=child.number_trouble)
        for place, child in enumerate(asked, start=1)
    )
    record("people.prepare_numbers", made, by=by, on=on, after={"lines": len(asked)})
    return made


def _require(by: User, unit: Unit | NumberList) -> None:
    by.require("people.identity", unit)
    by.require("people.register", unit)


def _taken(row: NumberList, step: str, by: User) -> NumberList:
    """The list, locked, if the step exists now. Raises ValidationError, PermissionDenied."""
    row = NumberList.objects.select_for_update(of=["self"]).select_related("unit").get(pk=row.pk)
    source, target = NUMBER_STEPS[step]
    if row.state != source:
        raise ValidationError(_("Danh sách này đã ở bước khác: %(state)s.") % {
            "state": row.get_state_display()
        })  # fmt: skip
    _require(by, row)
    row.state = target
    return row


@transaction.atomic
def hand_over_numbers(
    row: NumberList, *, recipient: str, received_by: str, document_number: str = "", by: User,
    on: date,
) -> NumberList:  # fmt: skip
    """The list left for the police: signed by who hands it over. Raises ValidationError."""
    row = _taken(row, "hand", by)
    row.recipient = line_of(recipient, "recipient", 200)
    row.received_by = line_of(received_by, "received_by")
    for name in ("recipient", "received_by"):
        if not getattr(row, name):
            raise ValidationError({name: _("Ghi rõ nơi nhận và người ký nhận.")})
    if not row.made_on <= on <= today():
        raise ValidationError({"on": _("Ngày chuyển từ ngày lập đến hôm nay.")})
    row.document_number = line_of(document_number, "document_number", 40)
    row.handed_on, row.handed_by, row.handed_digest = on, by, row.digest()
    row.save()
    record("people.hand_over_numbers", row, by=by, on=on,
           after={"recipient": row.recipient, "sha256": row.handed_digest})  # fmt: skip
    return row


@transaction.atomic
def cancel_number_list(row: NumberList, *, by: User, on: date) -> NumberList:
    """Not sent after all: its children may be put into another. Raises ValidationError."""
    row = _taken(row, "cancel", by)
    row.save(update_fields=["state"])
    record("people.cancel_numbers", row, by=by, on=on)
    return row


@transaction.atomic
def answer_numbers(
    row: NumberList, answers: Mapping[int, Answer], *, by: User, on: date
) -> NumberList:
    """What the police say, by key of the line; may be written down in several sittings, and said
    again without a change.

    Raises ValidationError keyed "number_<key>" or "result_<key>" (nothing is written then), and
    when the list is not with the police; PermissionDenied.
    """
    row = NumberList.objects.select_for_update(of=["self"]).select_related("unit").get(pk=row.pk)
    _require(by, row)
    if row.state != NumberListState.HANDED:
        raise ValidationError(_("Chỉ ghi kết quả khi danh sách đang ở công an."))
    changed = []
    problems: dict[str, Any] = {}
    for check in row.checks.filter(pk__in=answers).with_children():
        try:
            if take_answer(check, answers[check.pk]):
                changed.append(check)
        except ValidationError as error:
            problems |= {f"{name}_{check.pk}": texts for name, texts in error.message_dict.items()}
    if problems:
        raise ValidationError(problems)
    if changed:
        NumberCheck.objects.bulk_update(changed, ["result", "number", "note", "answered_at"])
        record("people.answer_numbers", row, by=by, on=on, after={"lines": len(changed)})
    return row


def take_answer(check: NumberCheck, answer: Answer) -> bool:
    """Set what the police say of this line (not saved). Returns whether it is new.

    Raises ValidationError keyed "result" or "number".
    """
    if answer.result and answer.result not in NumberResult.values:
        raise ValidationError({"result": _("Chọn kết quả.")})
    number = _number(answer.number)
    if number and answer.result != NumberResult.NUMBER:
        raise ValidationError({"result": _("Có số thì chọn kết quả “Số đúng là”.")})
    if answer.result == NumberResult.NUMBER and not number:
        raise ValidationError({"number": _("Ghi số mà công an trả lời.")})
    if answer.result == NumberResult.RIGHT and not (check.known and check.known.national_id_hash):
        raise ValidationError({"result": _("Em chưa có số trong sổ nên không thể là số đúng.")})
    return check.answer(answer.result, number, tidy(answer.note))


def _number(typed: str) -> str:
    try:
        return numbers.normalised(typed)
    except ValidationError as error:
        raise ValidationError({"number": error.messages}) from error


@transaction.atomic
def return_numbers(row: NumberList, *, answered_by: str, by: User, on: date) -> list[NumberCheck]:
    """The list is back and signed: numbers given by the police go into the register, one by one as
    corrections. Returns the lines whose number could not be written, with the reason.

    A line without an answer stays a trouble and may go into the next list. Raises ValidationError
    (no line is answered, no signature), PermissionDenied.
    """
    row = _taken(row, "return", by)
    row.answered_by = line_of(answered_by, "answered_by")
    if not row.answered_by:
        raise ValidationError({"answered_by": _("Ghi cán bộ công an đã ký trả lời.")})
    if row.handed_on and not row.handed_on <= on <= today():
        raise ValidationError({"on": _("Ngày nhận lại từ ngày chuyển đến hôm nay.")})
    if not row.checks.exclude(result="").exists():
        raise ValidationError(_("Chưa ghi kết quả của dòng nào."))
    row.returned_on, row.returned_by, row.returned_digest = on, by, row.digest()
    row.save()
    given = list(row.checks.filter(result=NumberResult.NUMBER).with_children())
    refused = [check for check in given if not _write_back(check, row, by, on)]
    record("people.return_numbers", row, by=by, on=on,
           after={"sha256": row.returned_digest, "written": len(given) - len(refused),
                  "refused": len(refused)})  # fmt: skip
    return refused


def _write_back(check: NumberCheck, row: NumberList, by: User, on: date) -> bool:
    try:
        with transaction.atomic():
            correct_child(
                check.child, national_id=check.number, by=by, on=on,
                note_of_change=_("Công an trả lời danh sách %(list)s.") % {"list": row},
            )  # fmt: skip
    except (ValidationError, Child.DoesNotExist) as error:
        texts = error.messages if isinstance(error, ValidationError) else [
            _("Em không còn trong sổ của xã.")
        ]  # fmt: skip
        check.refusal = " ".join(texts)[:300]
        check.save(update_fields=["refusal"])
        return False
    return True
