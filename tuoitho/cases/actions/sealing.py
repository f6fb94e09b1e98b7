"""The need-to-know list of a sealed case: naming the police lead, adding people, ending."""

from datetime import date, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tuoitho.access.models import User
from tuoitho.cases.actions.steps import locked, trace
from tuoitho.cases.models import Case
from tuoitho.cases.models.case import CaseQuerySet
from tuoitho.cases.models.sealed import SealedReader
from tuoitho.lib.hanoi import now, today
from tuoitho.lib.text import tidy
from tuoitho.notices.actions import notify

LONGEST = timedelta(days=365)  # who still needs to know then is added again


def _lock(case: Case, by: User) -> Case:
    """The sealed case, for its lead; for the police there while it has none.

    Raises ValidationError for a case that is not sealed, PermissionDenied.
    """
    case = locked(case)
    if not case.sealed:
        raise ValidationError(_("Hồ sơ này không niêm phong."))
    lead = SealedReader.objects.in_force().filter(case=case, lead=True).first()
    if lead is None or lead.user_id != by.pk:
        by.require("cases.sealed", case)
        if lead is not None:
            raise PermissionDenied("cases.sealed")
    return case


@transaction.atomic
def name_lead(case: Case, user: User, *, reason: str, by: User) -> SealedReader:
    """``user``, who holds the police's permission there, answers for the case from now on.

    By the lead so far, or by the police there while there is none; who names somebody else sees the
    case no longer unless listed. Raises ValidationError, PermissionDenied.
    """
    case = _lock(case, by)
    if case.unit_id not in user.scope("cases.sealed"):
        raise ValidationError({"user": _("Người phụ trách phải là công an ở địa bàn này.")})
    return _write(case, user, reason=reason, until=None, lead=True, by=by)


@transaction.atomic
def add_reader(case: Case, user: User, *, reason: str, until: date, by: User) -> SealedReader:
    """``user`` may see the case until the end of that day, because of ``reason``.

    Adding somebody again sets a new last day. Raises ValidationError, PermissionDenied.
    """
    case = _lock(case, by)
    if not user.may("cases.view") or not user.is_active:
        raise ValidationError({"user": _("Người này không có quyền xem hồ sơ trẻ.")})
    if not today() <= until <= today() + LONGEST:
        raise ValidationError({"until": _("Chọn ngày từ hôm nay đến một năm sau.")})
    if SealedReader.objects.in_force().filter(case=case, user=user, lead=True).exists():
        raise ValidationError({"user": _("Người này đang phụ trách hồ sơ.")})
    return _write(case, user, reason=reason, until=until, lead=False, by=by)


def _write(
    case: Case, user: User, *, reason: str, until: date | None, lead: bool, by: User
) -> SealedReader:
    if not tidy(reason):
        raise ValidationError({"reason": _("Hãy ghi vì sao người này cần biết.")})
    replaced = case.readers.filter(ended_at=None, user=user)
    if lead:
        replaced = replaced | case.readers.filter(ended_at=None, lead=True)
    replaced.update(ended_at=now(), ended_by=by.actor_name)
    reader = SealedReader(
        case=case, user=user, lead=lead, reason=tidy(reason), until=until, added_by=by.actor_name
    )
    reader.save(force_insert=True)
    details = {"user": user.pk, "until": str(until or "")}
    trace("cases.name_lead" if lead else "cases.add_reader", case, by=by, on=today(), after=details)
    if user.pk != by.pk:
        notify(
            [user], "case.sealed_access", subject="", url_name="cases:case_detail",
            url_args=(case.pk,), unit=None, by=by,
        )  # fmt: skip
    user.forget_scopes()
    by.forget_scopes()
    return reader


@transaction.atomic
def end_reader(reader: SealedReader, *, by: User) -> SealedReader:
    """From now on this person sees the case no longer. By the lead. The lead is only replaced.

    Raises ValidationError, PermissionDenied.
    """
    case = _lock(reader.case, by)
    reader = SealedReader.objects.select_for_update().get(pk=reader.pk, case=case)
    if reader.lead:
        raise ValidationError(_("Người phụ trách chỉ được thay bằng người khác."))
    if reader.ended_at:
        raise ValidationError(_("Người này đã thôi được xem."))
    reader.ended_at, reader.ended_by = now(), by.actor_name
    reader.save(update_fields=["ended_at", "ended_by"])
    trace("cases.end_reader", case, by=by, on=today(), after={"user": reader.user_id})
    return reader


@transaction.atomic
def export_sealed(cases: CaseQuerySet, *, reason: str, by: User) -> CaseQuerySet:
    """The sealed cases of ``cases`` that ``by`` may take out of the system; each one is logged.

    Raises ValidationError without a reason, PermissionDenied.
    """
    by.require("cases.export_sealed")
    if not tidy(reason):
        raise ValidationError({"reason": _("Hãy ghi vì sao cần danh sách này.")})
    chosen = cases.filter(sealed=True)
    for case in chosen:
        trace("cases.export_sealed", case, by=by, on=today(), note=tidy(reason))
    return chosen
