"""Files of a report or a case: adding, reading, withdrawing."""

import hashlib
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tuoitho.access.models import User
from tuoitho.audit.actions import record
from tuoitho.cases.actions.steps import allow
from tuoitho.cases.models import Case, Report, Visit
from tuoitho.cases.models.attachment import Attachment, AttachmentContent
from tuoitho.lib.hanoi import now
from tuoitho.lib.text import tidy
from tuoitho.ui.safe_files import made_safe

NAME_LENGTH = 120


@transaction.atomic
def attach_file(
    owner: Case | Report,
    name: str,
    data: bytes,
    *,
    kind: str,
    by: User,
    caption: str = "",
    visit: Visit | None = None,
) -> Attachment:
    """Keep a file with a case or a report: looked into, photos drawn anew, encrypted.

    Raises ValidationError (what the file is, its size, a virus), PermissionDenied.
    """
    _allow(owner, by)
    if visit is not None and (not isinstance(owner, Case) or visit.case_id != owner.pk):
        raise ValidationError({"visit": _("Lần thăm này không thuộc hồ sơ.")})
    limit = settings.ATTACHMENT_LIMIT_MB * 1024 * 1024
    safe = made_safe(data, limit=limit, scanner=settings.CLAMD)
    stem = tidy(name.replace("\\", "/").rpartition("/")[2]).rpartition(".")[0] or _("tệp")
    attachment = Attachment(
        kind=kind, name=f"{stem[:NAME_LENGTH]}.{safe.ending}", caption=tidy(caption), visit=visit,
        content_type=safe.content_type, size=len(safe.data), by=by, by_name=by.actor_name,
        sha256=hashlib.sha256(safe.data).hexdigest(),
        **({"case": owner} if isinstance(owner, Case) else {"report": owner}),
    )  # fmt: skip
    attachment.save(force_insert=True)
    content = AttachmentContent(attachment=attachment)
    content.put(safe.data)
    content.save(force_insert=True)
    _trace("cases.attach_file", attachment, by=by)
    return attachment


def _allow(owner: Case | Report, by: User) -> None:
    """Who works on the case, or receives reports there. Raises PermissionDenied."""
    if isinstance(owner, Case):
        allow(by, "cases.work", owner)
    else:
        allow(by, "cases.receive", owner)


def _owner(attachment: Attachment) -> Case | Report:
    owner = attachment.case or attachment.report
    assert owner is not None  # a constraint of the table
    return owner


def _trace(action: str, attachment: Attachment, *, by: User, note: str = "") -> None:
    """Of a sealed file neither unit nor child is named in the log."""
    owner = _owner(attachment)
    keys: dict[str, Any] = {"unit_key": owner.unit_id, "child_key": owner.child_id}
    if owner.sealed:
        keys = {"unit_key": None, "child_key": None}
    record(action, attachment, by=by, note=note, **keys)


@transaction.atomic
def read_file(attachment: Attachment, *, by: User) -> bytes:
    """The bytes, and the look written into the log. Raises ValidationError when withdrawn."""
    if attachment.withdrawn_at:
        raise ValidationError(_("Tệp này đã được gỡ."))
    content = AttachmentContent.objects.get(pk=attachment.pk)
    _trace(
        "cases.attachment.view" if attachment.is_image else "cases.attachment.download",
        attachment, by=by,
    )  # fmt: skip
    return content.read()


@transaction.atomic
def withdraw_file(attachment: Attachment, *, because: str, by: User) -> Attachment:
    """Take back a file sent by mistake: its bytes are deleted, that it was there stays known.

    By who sent it, or who works on the case. Raises ValidationError, PermissionDenied.
    """
    attachment = Attachment.objects.select_for_update(of=["self"]).get(pk=attachment.pk)
    if attachment.withdrawn_at:
        raise ValidationError(_("Tệp này đã được gỡ."))
    if attachment.by_id != by.pk:
        _allow(_owner(attachment), by)
    if not tidy(because):
        raise ValidationError({"because": _("Hãy ghi vì sao gỡ tệp này.")})
    attachment.withdrawn_at, attachment.withdrawn_because = now(), tidy(because)
    attachment.save(update_fields=["withdrawn_at", "withdrawn_because"])
    AttachmentContent.objects.filter(pk=attachment.pk).delete()
    _trace("cases.withdraw_file", attachment, by=by)
    return attachment
