"""Joining two rows that are one child, with a second person's approval, and taking them apart.

No law prescribes this; the procedure is the programme's own (two persons, a reason, undoable), as
``docs/adr/0016-merging-children.md`` says.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.utils.translation import gettext as _

from tuoitho.access.models import User
from tuoitho.audit.actions import record, snapshot
from tuoitho.lib.actors import Actor
from tuoitho.lib.hanoi import now
from tuoitho.lib.text import tidy
from tuoitho.notices.actions import notify
from tuoitho.notices.people import holders_of
from tuoitho.people.actions.children import FACTS, changes_household
from tuoitho.people.merging import (
    GROUPS,
    LABELS,
    STAYING,
    as_text,
    facts_of,
    from_text,
    given_back,
    is_open,
    merged_facts,
    sides_of,
    write_facts,
)
from tuoitho.people.models import Child, Merge
from tuoitho.people.states import MergeState, Side
from tuoitho.people.violations import explained


@transaction.atomic
def request_merge(
    kept: Child, other: Child, choices: Mapping[str, str], *, reason: str, by: User, on: date
) -> Merge:
    """Say that ``other`` is the same child as ``kept``; nothing changes until another approves.

    ``choices``: group of ``merging.GROUPS`` → ``Side``; a group left out takes its usual side.
    Raises ValidationError (a choice that cannot be, no reason, one of them already merged or asked
    for), PermissionDenied (``people.register`` is asked where either lives).
    """
    kept, other = _locked(kept.pk, other.pk)
    for child in (kept, other):
        by.require("people.register", child)
    _check_standing(kept, other)
    reason = tidy(reason)
    if not reason:
        raise ValidationError({"reason": _("Ghi vì sao hai hồ sơ này là một em.")})
    if set(choices) - set(GROUPS):
        raise ValidationError(_("Không có mục này."))
    sides = sides_of(kept, other, choices)
    _check_sides(kept, other, sides)
    merge = Merge(kept=kept, other=other, choices=sides, reason=reason, requested_by=by)
    with explained():
        merge.save()
    _trace("people.request_merge", merge, by=by, on=on, after={"choices": sides})
    notify(
        [p for p in holders_of("people.merge", kept.unit) if p.pk != by.pk], "merge.asked",
        subject=f"{other.full_name} → {kept.full_name}", url_name="people:merge_detail",
        url_args=(merge.pk,), unit=kept.unit, by=by,
    )  # fmt: skip
    return merge


def _locked(kept_pk: int, other_pk: int) -> tuple[Child, Child]:
    """Both rows, locked in one order whoever asks. Raises Child.DoesNotExist."""
    rows = Child.with_merged.select_for_update(of=["self"]).select_related("unit")
    found = {child.pk: child for child in rows.filter(pk__in=[kept_pk, other_pk]).order_by("pk")}
    if kept_pk not in found or other_pk not in found:
        raise Child.DoesNotExist
    return found[kept_pk], found[other_pk]


def _check_standing(kept: Child, other: Child) -> None:
    if kept.pk == other.pk:
        raise ValidationError(_("Chọn hai hồ sơ khác nhau."))
    if kept.merged_into_id or other.merged_into_id:
        raise ValidationError(_("Một trong hai hồ sơ đã được gộp rồi."))


def _check_sides(kept: Child, other: Child, sides: Mapping[str, str]) -> None:
    for group, side in sides.items():
        known = {Side.KEPT, Side.OTHER, *([Side.BOTH] if group == "note" else [])}
        if side not in known:
            raise ValidationError({group: _("Chọn giá trị của một trong hai hồ sơ.")})
        if side == Side.OTHER and not is_open(kept, other, group):
            raise ValidationError(
                {group: _("Hai hồ sơ ở hai xã: nơi ở theo hồ sơ giữ lại. Muốn khác, đổi hồ sơ "
                          "giữ lại.")}
            )  # fmt: skip


@transaction.atomic
def approve_merge(merge: Merge, *, by: User, on: date, answer: str = "") -> Merge:
    """The second person agrees: the kept row takes the chosen values and all that hung on the
    other.

    Raises ValidationError (not waiting any more, merged meanwhile, both have an open case, moved
    apart so that the chosen household cannot be), PermissionDenied (without ``people.merge`` where
    both live, or for who asked for it).
    """
    merge, kept, other = _taken(merge, MergeState.REQUESTED, by)
    if merge.requested_by_id == by.pk:
        raise PermissionDenied(f"{by.actor_name}: people.merge")
    _check_standing(kept, other)
    _check_sides(kept, other, merge.choices)  # one of them may have moved since it was asked
    before = snapshot(kept, FACTS)
    facts = merged_facts(kept, other, merge.choices)
    merge.before, merge.after = as_text(facts_of(kept)), as_text(facts)
    changes_household(None)  # the other's membership comes along by itself
    _give_rows("people_merge_rows", merge.pk, list(STAYING))
    other.merged_into = kept
    other.save(update_fields=["merged_into"])
    write_facts(kept, facts)
    with explained():
        kept.save()
    _decide(merge, MergeState.DONE, by, answer)
    _trace("people.approve_merge", merge, by=by, on=on, before=before, after=snapshot(kept, FACTS))
    return merge


def _taken(merge: Merge, state: str, by: User) -> tuple[Merge, Child, Child]:
    """The merge and its children, locked. Raises ValidationError unless it is in ``state``."""
    merge = Merge.objects.select_for_update().get(pk=merge.pk)
    kept, other = _locked(merge.kept_id, merge.other_id)
    for child in (kept, other):
        by.require("people.merge", child)
    if merge.state != state:
        raise ValidationError(_("Đề nghị này đã được giải quyết: %(state)s.") % {
            "state": merge.get_state_display()
        })  # fmt: skip
    merge.kept, merge.other = kept, other
    return merge, kept, other


def _give_rows(function: str, *args: Any) -> None:
    """What hangs on a child is moved past row-level security: who approves does not see every row
    (a sealed case), and must not lose one. The function asks the permission once more."""
    places = ", ".join(["%s"] * len(args))
    with explained(), connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}({places})", args)
        if cursor.fetchone() != (True,):
            raise PermissionDenied("people.merge")


def _decide(merge: Merge, state: str, by: User, answer: str) -> None:
    merge.state, merge.decided_by, merge.decided_at = state, by, now()
    merge.answer = tidy(answer)
    merge.save()


@transaction.atomic
def refuse_merge(merge: Merge, *, by: User, on: date, answer: str) -> Merge:
    """Two children after all, or not sure enough. Raises ValidationError, PermissionDenied."""
    merge, _kept, _other = _taken(merge, MergeState.REQUESTED, by)
    if not tidy(answer):
        raise ValidationError({"answer": _("Ghi lý do không duyệt.")})
    _decide(merge, MergeState.REFUSED, by, answer)
    _trace("people.refuse_merge", merge, by=by, on=on)
    return merge


@transaction.atomic
def withdraw_merge(merge: Merge, *, by: User, on: date) -> Merge:
    """Who asked takes the request back. Raises ValidationError, PermissionDenied."""
    merge = Merge.objects.select_for_update().get(pk=merge.pk)
    if merge.requested_by_id != by.pk:
        raise PermissionDenied(f"{by.actor_name}: people.register")
    if merge.state != MergeState.REQUESTED:
        raise ValidationError(_("Đề nghị này đã được giải quyết."))
    merge.state = MergeState.WITHDRAWN
    merge.save(update_fields=["state"])
    _trace("people.withdraw_merge", merge, by=by, on=on)
    return merge


@transaction.atomic
def undo_merge(merge: Merge, *, by: User, on: date, reason: str) -> list[str]:
    """They were two children: each has again what it had. Returns labels of fields of the kept row
    that were corrected after the merge and therefore stay as they are now.

    What was added to the kept row after the merge stays with it. Later merges of the kept row are
    undone first. Raises ValidationError, PermissionDenied.
    """
    merge, kept, other = _taken(merge, MergeState.DONE, by)
    if not tidy(reason):
        raise ValidationError({"answer": _("Ghi vì sao tách lại.")})
    later = kept.merges.done().filter(decided_at__gt=merge.decided_at)
    if kept.merged_into_id or later.exists():
        raise ValidationError(_("Hồ sơ giữ lại có lần gộp sau; hãy tách lần gộp sau trước."))
    changes_household(None)
    _give_rows("people_unmerge_rows", merge.pk)
    before = snapshot(kept, FACTS)
    facts, left = given_back(facts_of(kept), from_text(merge.before), from_text(merge.after))
    write_facts(kept, facts)
    other.merged_into = None
    with explained():
        kept.save()
        other.save(update_fields=["merged_into"])
    merge.state, merge.undone_by, merge.undone_at = MergeState.UNDONE, by, now()
    merge.save()
    _trace("people.undo_merge", merge, by=by, on=on, note=tidy(reason), before=before,
           after=snapshot(kept, FACTS))  # fmt: skip
    return [str(LABELS[group]) for group in left]


def _trace(action: str, merge: Merge, *, by: Actor, on: date, **details: Any) -> None:
    """An event in the log of each of the two children."""
    for child in (merge.kept, merge.other):
        record(action, merge, by=by, on=on, child_key=child.pk, unit_key=child.unit_id, **details)
