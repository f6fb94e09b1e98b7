"""One's notices, the way from one to its file, and how to be told."""

from uuid import UUID

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tuoitho.access.guards import UserRequest, needs
from tuoitho.notices.actions import choose_ways, mark_all_read, mark_read
from tuoitho.notices.forms import WaysForm
from tuoitho.notices.kinds import KINDS
from tuoitho.notices.models import Notice
from tuoitho.ui.listing import Action, Column, listing
from tuoitho.ui.responses import page, see_other

READ = [
    ("", gettext_lazy("Tất cả")), ("true", gettext_lazy("Chưa đọc")),
    ("false", gettext_lazy("Đã đọc")),
]  # fmt: skip


class NoticeFilter(django_filters.FilterSet):  # type: ignore[misc]
    unread = django_filters.BooleanFilter(
        field_name="read_at", lookup_expr="isnull", label=gettext_lazy("Đã đọc"),
        widget=forms.Select(choices=READ),
    )  # fmt: skip
    kind = django_filters.ChoiceFilter(
        label=gettext_lazy("Loại"), choices=[(k.code, k.title) for k in KINDS.values()]
    )

    class Meta:
        model = Notice
        fields = ["kind"]


@require_GET
@needs("notices.view")
def notice_list(request: UserRequest) -> HttpResponse:
    columns = [
        Column("kind", _("Thông báo"), str,
               link=lambda n: reverse("notices:notice_open", args=[n.pk])),
        Column("subject", _("Về"), lambda n: n.subject),
        Column("by", _("Từ"), lambda n: n.by_name, hide_small=True),
        Column("at", _("Lúc"), lambda n: n.at, sort="at"),
        Column("read", _("Đã đọc"), lambda n: _("Đã đọc") if n.read_at else _("Chưa đọc"),
               badge=lambda n: "" if n.read_at else "orange"),
    ]  # fmt: skip
    return listing(
        request, Notice.objects.visible_to(request.user), columns, title=_("Thông báo"),
        empty=_("Chưa có thông báo nào. Khi có việc đến tay bạn, hệ thống báo ở đây."),
        default_sort="-at", filterset=NoticeFilter, template="notices/notice_list.html",
        actions=[Action(_("Cách nhận thông báo"), reverse("notices:settings_edit"), "settings")],
        filename="thong-bao",
    )  # fmt: skip


@require_GET
@needs("notices.view")
def notice_open(request: UserRequest, pk: UUID) -> HttpResponse:
    """Marks as read and goes to the file. Opening it twice does no harm."""
    notice = get_object_or_404(Notice.objects.visible_to(request.user), pk=pk)
    mark_read([notice], by=request.user)
    return see_other(request, notice.url)


@require_POST
@needs("notices.view")
def all_read(request: UserRequest) -> HttpResponse:
    mark_all_read(by=request.user)
    return see_other(request, "notices:notice_list")


@require_http_methods(["GET", "POST"])
@needs("notices.view")
def settings_edit(request: UserRequest) -> HttpResponse:
    form = WaysForm(request.POST if request.method == "POST" else None, user=request.user)
    if form.is_bound and form.is_valid():
        try:
            choose_ways(form.cleaned_data, by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return see_other(request, "notices:notice_list")
    context = {
        "form": form, "title": _("Cách nhận thông báo"),
        "cancel_url": reverse("notices:notice_list"),
    }  # fmt: skip
    return page(request, "ui/form.html", context, part="form", status=422 if form.is_bound else 200)
