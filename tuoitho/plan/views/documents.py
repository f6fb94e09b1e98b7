"""The register of documents."""

import django_filters
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from tuoitho.access.guards import UserRequest, needs
from tuoitho.lib.hanoi import today
from tuoitho.plan import actions
from tuoitho.plan.forms import DocumentForm
from tuoitho.plan.forms.documents import kinds_for
from tuoitho.plan.models import Document, DocumentQuerySet, Programme, Target
from tuoitho.plan.states import DocumentKind
from tuoitho.plan.views.chosen import chosen_programme
from tuoitho.ui.listing import Action, Column, listing
from tuoitho.ui.responses import page, see_other


class DocumentFilter(django_filters.FilterSet):  # type: ignore[misc]
    text = django_filters.CharFilter(
        method="matching", label=gettext_lazy("Số, cơ quan ban hành, trích yếu")
    )
    kind = django_filters.ChoiceFilter(choices=DocumentKind.choices, label=gettext_lazy("Loại"))
    year = django_filters.NumberFilter(
        field_name="signed_on", lookup_expr="year", label=gettext_lazy("Năm ban hành")
    )

    class Meta:
        model = Document
        fields: list[str] = []

    def matching(self, documents: DocumentQuerySet, name: str, value: str) -> DocumentQuerySet:
        return documents.matching(value)


@require_GET
@needs("plan.view")
def document_list(request: UserRequest) -> HttpResponse:
    columns = [
        Column("number", _("Số, ký hiệu"), lambda d: d.number,
               link=lambda d: reverse("plan:document_detail", args=[d.pk])),
        Column("signed_on", _("Ngày ban hành"), lambda d: d.signed_on, sort="signed_on"),
        Column("title", _("Trích yếu"), lambda d: d.title),
        Column("issuer", _("Cơ quan ban hành"), lambda d: d.issuer),
        Column("kind", _("Loại"), lambda d: d.get_kind_display(), sort="kind"),
        Column("unit", _("Địa bàn"), lambda d: str(d.unit), hide_small=True),
    ]  # fmt: skip
    add = Action(_("Vào sổ văn bản"), reverse("plan:document_new"))
    return listing(
        request, Document.objects.select_related("unit"), columns, filterset=DocumentFilter,
        default_sort="-signed_on", title=_("Sổ văn bản của Chương trình"),
        empty=_("Sổ chưa có văn bản nào: chỉ đạo, kế hoạch, quy chế phối hợp, kiến nghị."),
        actions=[add] if kinds_for(request.user) else [], filename="van-ban",
    )  # fmt: skip


@require_GET
@needs("plan.view")
def document_detail(request: UserRequest, pk: int) -> HttpResponse:
    document = get_object_or_404(Document.objects.select_related("unit", "programme"), pk=pk)
    programme = document.programme
    woven = {target.pk for target in document.targets.all()}
    targets = Target.objects.of(programme).in_force() if programme else Target.objects.none()
    return page(
        request,
        "plan/document_detail.html",
        {
            "title": _("Văn bản %(number)s") % {"number": document.number},
            "document": document,
            "targets": [(target, target.pk in woven) for target in targets],
            "is_derived": document.kind == DocumentKind.DERIVED_PLAN,
            "tasks": document.tasks.order_by("position"),
            "is_link": document.kept_at.startswith(("https://", "http://")),
        },
    )


@require_http_methods(["GET", "POST"])
@needs("plan.view")
def document_new(request: UserRequest) -> HttpResponse:
    """A new line; ``?kind=`` and ``?task=`` say what it will most likely be."""
    if not kinds_for(request.user):
        raise PermissionDenied("plan.manage")
    programme = chosen_programme(request)
    form = DocumentForm(
        request.POST if request.method == "POST" else None, by=request.user, programme=programme,
        initial=_first_values(request, programme),
    )  # fmt: skip
    if form.is_bound and form.is_valid():
        try:
            document = actions.add_document(
                programme=programme, by=request.user, on=today(), **form.cleaned_data
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return see_other(request, "plan:document_detail", document.pk)
    context = {
        "form": form,
        "title": _("Vào sổ văn bản"),
        "cancel_url": reverse("plan:document_list"),
        "fieldsets": [
            (_("Văn bản"), "kind unit number signed_on issuer title"),
            (_("Thực hiện chỉ tiêu, nhiệm vụ nào"), "targets tasks"),
            (_("Nội dung và nơi lưu"), "note kept_at"),
        ],
    }
    status = 422 if form.is_bound else 200
    return page(request, "ui/form.html", context, part="form", status=status)


def _first_values(request: UserRequest, programme: Programme | None) -> dict[str, object]:
    kind = request.GET.get("kind", "")
    task, home = request.GET.get("task", ""), request.user.home()
    woven = kind == DocumentKind.DERIVED_PLAN and programme is not None
    return {
        "kind": kind,
        "unit": home.unit if home else None,
        "tasks": [task] if task.isdecimal() else [],
        "targets": Target.objects.of(programme).in_force() if woven and programme else [],
    }
