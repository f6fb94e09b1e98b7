"""The papers of a report or case: filled, printed, taken away; their register; their templates."""

import json
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from tuoitho.access.guards import UserRequest, needs
from tuoitho.access.models import User
from tuoitho.audit.actions import record
from tuoitho.cases import actions
from tuoitho.cases.actions.printing import Order
from tuoitho.cases.documents import paper
from tuoitho.cases.documents.catalogue import FORMS, UNSEEN, Form, papers_of, subject_of
from tuoitho.cases.forms.documents import PrintForm, TemplateForm
from tuoitho.cases.models import (
    Case,
    Document,
    DocumentVersion,
    EmergencyMeasure,
    FormTemplate,
    Report,
    SupportPlan,
)
from tuoitho.cases.models.document import FormKind
from tuoitho.cases.models.emergency import Party
from tuoitho.cases.views.answers import done, sent
from tuoitho.ui.export import docx_response
from tuoitho.ui.listing import Column, listing
from tuoitho.ui.responses import page, see_other


def papers_shown(case: Case, user: User) -> list[dict[str, Any]]:
    """The forms of a case with what was printed of each, for its panel."""
    printed = (
        Document.objects.visible_to(user)
        .filter(case=case)
        .prefetch_related(Prefetch("versions", DocumentVersion.objects.defer("file", "answers")))
    )
    made = {(d.kind, d.subject_key): d for d in printed}
    may_print = actions.may_print(user, case)
    return [
        {"form": found.form, "about": found.about, "unseen": "" if found.form.seen else UNSEEN,
         "document": made.get((found.form.kind.value, found.key)),
         "print_url": reverse("cases:case_document", args=[case.pk, found.form.kind, found.key])
         if may_print else ""}
        for found in papers_of(case)
    ]  # fmt: skip


def _initial(
    form: Form, subject: Case | Report, row: Any, last: DocumentVersion | None, user: User
) -> dict[str, Any]:
    """The last printing again; at first, what the form usually has."""
    if last is not None:
        return {
            **json.loads(last.answers or "{}"), "number": last.document.number,
            "signed_on": last.signed_on, "place": last.place, "capacity": last.capacity,
            "title": last.signer_title, "name": last.signer_name,
            "circulation": last.circulation, "recipients": last.recipients,
        }  # fmt: skip
    decided = str(getattr(row, "decided_by", "") or "").split(" (")[0]
    typed = str(getattr(row, "number", "") or "").split("/")[0]
    return {
        "number": int(typed) if typed.isdecimal() and int(typed) else None,
        "place": paper.bare_place(subject.unit), "capacity": form.capacity, "title": form.signer,
        "name": decided or str(user), "circulation": "internal",
        "recipients": "\n".join([*form.recipients, "- Lưu: VT, hồ sơ trẻ em."]),
        "addressed_to": f"Chủ tịch {paper.issuer_name(subject.unit)}", **_told(row),
    }  # fmt: skip


def _told(row: Any) -> dict[str, str]:
    """Answers the records already hold: of a measure, why, and who was told; of a plan, what its
    assessment concluded and who met."""
    if isinstance(row, EmergencyMeasure):
        told = {n.party: n.body for n in row.notices.all() if n.body}
        return {"reason": row.grounds, "police": told.get(Party.POLICE, ""),
                "health_facility": told.get(Party.HEALTH, "")}  # fmt: skip
    if not isinstance(row, SupportPlan):
        return {}
    assessment = row.assessment
    meeting = row.case.meetings.filter(on=row.met_on).first() if row.met_on else None
    people = meeting.attendance.filter(present=True) if meeting else []
    return {
        "assessors": assessment.assessed_by.split(" (")[0] if assessment else "",
        "meeting_people": "\n".join(str(person) for person in people),
        "conclusion": f"Mức độ nguy cơ: {assessment.get_risk_level_display()}. "
        f"{assessment.risk_why}" if assessment and assessment.risk_level else "",
    }  # fmt: skip


def _row(form: Form | None, case: Case | None, report: Report | None, key: int) -> Any:
    """What the paper tells of. Raises Http404."""
    try:
        if form is not None:
            return subject_of(form, case, report, key)
    except LookupError as error:
        raise Http404(key) from error
    raise Http404(key)


def _may_name(report: Report | None, user: User) -> bool:
    """Whether this person may print who told."""
    if report is None or not report.informant_named:
        return False
    return report.unit_id in user.scope("cases.informant")


def _print(
    request: UserRequest, subject: Case | Report, kind: str, key: int, back: str
) -> HttpResponse:
    case, report = (subject, None) if isinstance(subject, Case) else (None, subject)
    row, user = _row(FORMS.get(kind), case, report, key), request.user
    if not actions.may_print(user, subject):
        raise PermissionDenied(kind)
    versions = DocumentVersion.objects.visible_to(user).filter(
        document__case=case, document__report=report, document__kind=kind,
        document__subject_key=key,
    )  # fmt: skip
    form = PrintForm(
        sent(request), paper=FORMS[kind], names_informant=_may_name(report, user),
        initial=_initial(FORMS[kind], subject, row, versions.order_by("-version").first(), user),
    )  # fmt: skip
    made: list[DocumentVersion] = []

    def act() -> None:
        data = form.cleaned_data
        order = Order(kind, form.signing(), key, form.answers(), data["number"],
                      data.get("informant_because", ""))  # fmt: skip
        made.append(actions.print_document(subject, order, by=user))

    if form.is_bound and form.is_valid() and done(form, act):
        return see_other(request, "cases:document_detail", made[0].document_id)
    context = {
        "title": FormKind(kind).label, "form": form, "fieldsets": form.fieldsets,
        "submit_label": _("Lập văn bản"), "cancel_url": back,
        "intro": "" if FORMS[kind].seen else UNSEEN.capitalize(),
    }  # fmt: skip
    return page(request, "ui/form.html", context, part="form", status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@needs("cases.view")
def case_document(request: UserRequest, pk: int, kind: str, key: int) -> HttpResponse:
    case = get_object_or_404(Case.objects.visible_to(request.user).select_related("unit"), pk=pk)
    return _print(request, case, kind, key, reverse("cases:case_detail", args=[pk]))


@require_http_methods(["GET", "POST"])
@needs("cases.view")
def report_document(request: UserRequest, pk: UUID) -> HttpResponse:
    reports = Report.objects.visible_to(request.user).select_related("unit", "happened_unit")
    report = get_object_or_404(reports, pk=pk)
    back = reverse("cases:report_detail", args=[pk])
    return _print(request, report, FormKind.MAU_01.value, 0, back)


@require_GET
@needs("cases.view")
def document_detail(request: UserRequest, pk: int) -> HttpResponse:
    """One numbered paper and every version printed of it."""
    documents = Document.objects.visible_to(request.user).select_related("case", "report", "issuer")
    document = get_object_or_404(documents, pk=pk)
    subject = document.case or document.report
    if subject is None:
        raise Http404(pk)
    again = (
        reverse("cases:case_document", args=[document.case_id, document.kind, document.subject_key])
        if document.case_id
        else reverse("cases:report_document", args=[document.report_id])
    )
    context = {
        "title": _("Số %(number)s") % {"number": document}, "document": document,
        "versions": DocumentVersion.objects.visible_to(request.user).filter(document=document)
        .defer("file"),
        "unseen": "" if FORMS[document.kind].seen else UNSEEN, "again": again,
        "may_print": actions.may_print(request.user, subject),
        "hidden": document.versions.filter(shows_informant=True).exists(),
    }  # fmt: skip
    return page(request, "cases/document_detail.html", context)


@require_GET
@needs("cases.view")
def document_file(request: UserRequest, pk: int) -> HttpResponse:
    """The Word file of one version, byte for byte."""
    versions = DocumentVersion.objects.visible_to(request.user)
    version = get_object_or_404(versions.select_related("document"), pk=pk)
    data = actions.file_of(version, by=request.user)
    number = str(version.document).replace("/", "-")
    name = f"{version.document.kind.replace('_', '-')}-{number}-ban-{version.version}.docx"
    return docx_response(data, name.replace("Đ", "D").encode("ascii", "ignore").decode())


def _columns() -> list[Column]:
    return [
        Column("number", _("Số, ký hiệu"), str, sort="number",
               link=lambda d: reverse("cases:document_detail", args=[d.pk])),
        Column("kind", _("Biểu mẫu"), lambda d: d.get_kind_display(), sort="kind"),
        Column("year", _("Năm"), lambda d: str(d.year), sort="year"),
        Column("about", _("Hồ sơ"), lambda d: str(d.case) if d.case_id else _("Tin báo"),
               hide_small=True),
        Column("issuer", _("Cơ quan"), lambda d: d.issuer.name, sort="issuer__name",
               hide_small=True),
    ]  # fmt: skip


@require_GET
@needs("cases.view")
def document_list(request: UserRequest) -> HttpResponse:
    """The register of numbers: every paper this person may see."""
    if request.GET.get("format"):
        record("cases.export", None, by=request.user, note="documents")
    return listing(
        request, Document.objects.visible_to(request.user).select_related("issuer", "case"),
        _columns(), title=_("Sổ đăng ký văn bản"), default_sort="-number", filename="so-van-ban",
        empty=_("Chưa có văn bản nào. Lập biểu mẫu từ trang hồ sơ hoặc tin báo."),
    )  # fmt: skip


@require_GET
@needs("cases.templates")
def template_list(request: UserRequest) -> HttpResponse:
    rows = FormTemplate.objects.defer("file").order_by("kind", "-version")
    history: dict[str, list[FormTemplate]] = {}
    for row in rows:
        history.setdefault(row.kind, []).append(row)
    forms = [{"form": form, "history": history.get(kind, []), "unseen": "" if form.seen else UNSEEN}
             for kind, form in FORMS.items()]  # fmt: skip
    return page(request, "cases/template_list.html",
                {"title": _("Mẫu Word của biểu mẫu"), "forms": forms})  # fmt: skip


@require_http_methods(["GET", "POST"])
@needs("cases.templates")
def template_replace(request: UserRequest, kind: str) -> HttpResponse:
    if kind not in FORMS:
        raise Http404(kind)
    form = TemplateForm(sent(request), request.FILES or None)

    def act() -> None:
        data = form.cleaned_data["file"].read()
        actions.replace_template(kind, data, by=request.user, note=form.cleaned_data["note"])

    if form.is_bound and form.is_valid() and done(form, act):
        return see_other(request, "cases:template_list")
    context = {
        "title": _("Thay mẫu: %(kind)s") % {"kind": FormKind(kind).label}, "form": form,
        "intro": _("Tải mẫu đang dùng, sửa trong Word, giữ nguyên các thẻ {{ … }}. Tệp có macro "
                   "hoặc thẻ lạ bị từ chối; các mẫu cũ được giữ lại."),
        "submit_label": _("Dùng mẫu này"), "cancel_url": reverse("cases:template_list"),
    }  # fmt: skip
    return page(request, "ui/form.html", context, part="form", status=422 if form.is_bound else 200)


@require_GET
@needs("cases.templates")
def template_file(request: UserRequest, kind: str, version: int) -> HttpResponse:
    """A template of the history; version 0 is the one that came with the system."""
    if kind not in FORMS:
        raise Http404(kind)
    if version == 0:
        data = FORMS[kind].shipped.read_bytes()
    else:
        row = get_object_or_404(FormTemplate, kind=kind, version=version)
        data = bytes(row.file)
    return docx_response(data, f"{kind.replace('_', '-')}-mau-{version}.docx")
