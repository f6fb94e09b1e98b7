"""Making the papers of NĐ 56/2017: a number of the register, a version that is kept, templates."""

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tuoitho.audit.actions import record
from tuoitho.cases.actions.report_steps import locked_report
from tuoitho.cases.actions.reporting import reveal_informant
from tuoitho.cases.actions.steps import locked
from tuoitho.cases.documents import paper
from tuoitho.cases.documents.catalogue import FORMS, Form, subject_of
from tuoitho.cases.documents.facts import facts_of
from tuoitho.cases.documents.sample import sample
from tuoitho.cases.models import (
    Case,
    Document,
    DocumentVersion,
    FormTemplate,
    Informant,
    NumberRegister,
    Report,
)
from tuoitho.cases.models.document import Capacity, Circulation
from tuoitho.cases.models.sight import may_step
from tuoitho.lib import word_template
from tuoitho.lib.actors import Actor
from tuoitho.lib.text import tidy
from tuoitho.lib.word_template import WordTemplateError
from tuoitho.units.models import Unit

WORKERS = ("cases.work", "cases.approve", "cases.screen")


@dataclass(frozen=True)
class Order:
    """What to print: which form, of which row (``key``), with what was asked, signed by whom.

    ``number``: one given by hand in the office's own book; None takes the next of the register.
    ``informant_because``: print who told, with their consent, for this reason (Mẫu 01 only).
    """

    kind: str
    signing: paper.Signing
    key: int = 0
    answers: Mapping[str, str] = field(default_factory=dict)
    number: int | None = None
    informant_because: str = ""


def may_print(by: Any, subject: Case | Report) -> bool:
    """Whether this person may make papers of it (a sealed one: who sees it)."""
    wanted = WORKERS if isinstance(subject, Case) else (*WORKERS, "cases.receive")
    return any(may_step(by, permission, subject) for permission in wanted)


@transaction.atomic
def print_document(subject: Case | Report, order: Order, *, by: Actor) -> DocumentVersion:
    """Fill a form and keep it as a version of its numbered paper.

    The first printing takes the number; the same words from the same template make no new version:
    the last one is given back. Raises ValidationError (by field), PermissionDenied.
    """
    form = FORMS[order.kind]
    case, report, row = _held(subject, form, order.key)
    if not may_print(by, subject):
        raise PermissionDenied(f"{by.actor_name}: {order.kind}")
    _check_signing(order.signing)
    informant = _informant(report, order, by)
    facts = facts_of(row, case, informant=informant)
    words = paper.words_for(form, facts, order.answers, order.signing, subject.unit)
    template, template_version = paper.template_of(order.kind)
    document = _numbered(case, report, form, order, subject.unit)
    last = document.versions.order_by("-version").first()
    print_of = paper.fingerprint(words, template)
    if last is not None and last.facts_sha256 == print_of:
        return last
    made = _filled(template, words, form, document.number)
    version = DocumentVersion.objects.create(
        document=document, version=last.version + 1 if last else 1, made_by=by.actor_name,
        answers=json.dumps(dict(order.answers), ensure_ascii=False),
        file=base64.b64encode(made).decode(), size=len(made),
        sha256=hashlib.sha256(made).hexdigest(), facts_sha256=print_of,
        template_version=template_version, shows_informant=informant is not None,
        template_sha256=hashlib.sha256(template).hexdigest(), **_signed(order.signing),
    )  # fmt: skip
    trace_document("cases.print_document", version, by=by)
    return version


def _held(
    subject: Case | Report, form: Form, key: int
) -> tuple[Case | None, Report | None, object]:
    case = locked(subject) if isinstance(subject, Case) else None
    report = locked_report(subject) if isinstance(subject, Report) else None
    try:
        return case, report, subject_of(form, case, report, key)
    except LookupError as error:
        raise ValidationError(_("Chưa có nội dung để lập biểu mẫu này.")) from error


def _check_signing(signing: paper.Signing) -> None:
    wrong: dict[str, str] = {}
    if signing.capacity not in Capacity.values:
        wrong["capacity"] = _("Hãy chọn quyền hạn ký.")
    if signing.circulation not in Circulation.values:
        wrong["circulation"] = _("Hãy chọn mức độ bảo mật (khoản 3 Điều 24 Nghị định 56/2017).")
    for name, value in (("place", signing.place), ("title", signing.title),
                        ("name", signing.name)):  # fmt: skip
        if not value.strip():
            wrong[name] = _("Hãy điền mục này.")
    if not signing.recipients.strip():
        wrong["recipients"] = _("Hãy ghi nơi nhận: văn bản phải nêu phạm vi phân phối.")
    if wrong:
        raise ValidationError(wrong)


def _signed(signing: paper.Signing) -> dict[str, Any]:
    return {
        "signed_on": signing.on, "place": signing.place, "capacity": signing.capacity,
        "signer_title": signing.title, "signer_name": signing.name,
        "circulation": signing.circulation, "recipients": signing.recipients,
    }  # fmt: skip


def _informant(report: Report | None, order: Order, by: Actor) -> Informant | None:
    if report is None or not tidy(order.informant_because):
        return None
    return reveal_informant(report, order.informant_because, by=by)


def _numbered(
    case: Case | None, report: Report | None, form: Form, order: Order, issuer: Unit
) -> Document:
    """The paper with its number; taken from the register when it is printed first."""
    found = Document.objects.filter(
        case=case, report=report, kind=form.kind, subject_key=order.key
    ).first()
    if found is not None:
        if order.number not in (None, found.number):
            raise ValidationError({"number": _("Văn bản này đã có số %(n)s.") % {"n": found}})
        return found
    year = order.signing.on.year
    number = take_number(issuer, form.symbol, year, wanted=order.number)
    try:
        with transaction.atomic():
            return Document.objects.create(
                case=case, report=report, kind=form.kind, subject_key=order.key, issuer=issuer,
                number=number, symbol=form.symbol, year=year,
            )  # fmt: skip
    except IntegrityError as error:  # perhaps by a paper this person may not see
        raise ValidationError({"number": _("Số %(n)s đã cấp.") % {"n": number}}) from error


@transaction.atomic
def take_number(issuer: Unit, symbol: str, year: int, *, wanted: int | None = None) -> int:
    """The next number of ``issuer`` for ``symbol`` in ``year``, or the one ``wanted`` (written in
    the office's own book). Two at once wait for each other, so no number is given twice.
    """
    NumberRegister.objects.get_or_create(issuer=issuer, symbol=symbol, year=year)
    register = NumberRegister.objects.select_for_update().get(
        issuer=issuer, symbol=symbol, year=year
    )
    number = register.last + 1 if wanted is None else wanted
    register.last = max(register.last, number)
    register.save(update_fields=["last"])
    return number


def _filled(template: bytes, words: dict[str, Any], form: Form, number: int) -> bytes:
    try:
        return paper.printed(template, words, form, number)
    except WordTemplateError as error:
        raise ValidationError(
            _("Mẫu Word đang dùng có lỗi; hãy báo người quản trị. (%(why)s)") % {"why": error}
        ) from error


def trace_document(action: str, version: DocumentVersion, *, by: Actor) -> None:
    """Printing and taking away are written down; of what is sealed without unit and child."""
    document = version.document
    subject = document.case or document.report
    sealed = subject is None or subject.sealed
    record(
        action, document, by=by, note=f"{document.kind} {version.sha256[:12]}",
        unit_key=None if sealed or subject is None else subject.unit_id,
        child_key=None if sealed or subject is None else subject.child_id,
        after={"version": version.version},
    )  # fmt: skip


def file_of(version: DocumentVersion, *, by: Actor) -> bytes:
    """The Word file exactly as it was made; taking it is written in the log."""
    trace_document("cases.document.view", version, by=by)
    return base64.b64decode(version.file)


REFUSALS: dict[str, str | Promise] = {
    "too large": gettext_lazy("Tệp quá lớn."), "too large unpacked": gettext_lazy("Tệp quá lớn."),
    "not a Word file": gettext_lazy("Đây không phải tệp Word (.docx)."),
    "macros or embedded objects": gettext_lazy(
        "Tệp có macro hoặc đối tượng nhúng; hãy bỏ đi rồi tải lại."
    ),
    "links to other files": gettext_lazy("Tệp có liên kết tới nơi khác; hãy bỏ đi rồi tải lại."),
}  # fmt: skip


@transaction.atomic
def replace_template(kind: str, data: bytes, *, by: Actor, note: str = "") -> FormTemplate:
    """Put another Word template in place of the one used; all earlier ones stay.

    Raises ValidationError: no Word file, something that runs, a tag nobody knows or that breaks.
    """
    by.require("cases.templates")
    if kind not in FORMS:
        raise ValidationError(_("Không có biểu mẫu này."))
    try:
        word_template.check_file(data)
        unknown = sorted(word_template.names_in(data) - set(sample(kind)))
        if unknown:
            raise ValidationError(
                {"file": _("Mẫu dùng trường không có: %(names)s.") % {"names": ", ".join(unknown)}}
            )
        word_template.fill(data, sample(kind))
    except WordTemplateError as error:
        said = REFUSALS.get(str(error)) or _("Mẫu có lỗi: %(why)s") % {"why": error}
        raise ValidationError({"file": said}) from error
    last = FormTemplate.objects.filter(kind=kind).order_by("-version").first()
    template = FormTemplate.objects.create(
        kind=kind, version=last.version + 1 if last else 1, file=data, note=tidy(note)[:300],
        sha256=hashlib.sha256(data).hexdigest(), uploaded_by=by.actor_name,
    )  # fmt: skip
    record(
        "cases.replace_template", template, by=by, after={"kind": kind, "sha256": template.sha256}
    )
    return template
