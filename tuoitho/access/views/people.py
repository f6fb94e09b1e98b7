"""Who has an account, and which role where and when."""

import django_filters
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tuoitho.access import actions
from tuoitho.access.forms import AssignmentForm, EndForm, UserForm
from tuoitho.access.guards import UserRequest, needs
from tuoitho.access.models import Assignment, User
from tuoitho.access.permissions import PERMISSIONS, ROLES
from tuoitho.lib.hanoi import today
from tuoitho.ui.listing import Action, Column, listing
from tuoitho.ui.responses import page, see_other


class UserFilter(django_filters.FilterSet):  # type: ignore[misc]
    name = django_filters.CharFilter(
        field_name="full_name", lookup_expr="icontains", label=gettext_lazy("Họ tên có chữ")
    )
    role = django_filters.ChoiceFilter(
        field_name="assignments__role", label=gettext_lazy("Vai trò"), distinct=True,
        choices=[(code, label) for code, (label, _held) in ROLES.items() if code not in
                 ("public", "system")],
    )  # fmt: skip

    class Meta:
        model = User
        fields: list[str] = []


def _roles_of(user: User) -> str:
    return "; ".join(
        f"{a.get_role_display()}, {a.unit}" for a in user.assignments.all() if today() in a.valid
    )


@require_GET
@needs("access.manage")
def user_list(request: UserRequest) -> HttpResponse:
    columns = [
        Column("name", _("Họ và tên"), lambda u: u.full_name, sort="full_name",
               link=lambda u: reverse("access:user_detail", args=[u.pk])),
        Column("username", _("Tên đăng nhập"), lambda u: u.username, sort="username"),
        Column("position", _("Chức vụ"), lambda u: u.position, hide_small=True),
        Column("roles", _("Vai trò hôm nay"), _roles_of),
        Column("last_login", _("Đăng nhập gần nhất"), lambda u: u.last_login, sort="last_login"),
    ]  # fmt: skip
    people = User.objects.visible_to(request.user).prefetch_related("assignments__unit")
    return listing(
        request, people, columns, filterset=UserFilter, default_sort="full_name",
        title=_("Người dùng"), empty=_("Chưa có người dùng nào. Hãy thêm người đầu tiên."),
        actions=[Action(_("Thêm người dùng"), reverse("access:user_new"))], filename="nguoi-dung",
    )  # fmt: skip


def _edit(
    request: HttpRequest, form: UserForm | AssignmentForm | EndForm, title: str, cancel_url: str
) -> HttpResponse:
    return page(
        request,
        "ui/form.html",
        {"form": form, "title": title, "cancel_url": cancel_url},
        part="form",
        status=422 if form.is_bound else 200,
    )


@require_http_methods(["GET", "POST"])
@needs("access.manage")
def user_new(request: UserRequest) -> HttpResponse:
    form = UserForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            user = actions.create_user(by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return see_other(request, "access:user_detail", user.pk)
    return _edit(request, form, _("Thêm người dùng"), reverse("access:user_list"))


@require_GET
@needs("access.manage")
def user_detail(request: UserRequest, pk: int) -> HttpResponse:
    """One account: its roles over time, and what they allow ("why can this person see this?")."""
    user = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    held = sorted(user.permissions)
    return page(
        request,
        "access/user_detail.html",
        {
            "title": user.full_name,
            "person": user,
            "assignments": user.assignments.select_related("unit", "organisation").order_by("-pk"),
            "today": today(),
            "allowed": [(code, PERMISSIONS[code]) for code in held],
        },
    )


@require_http_methods(["GET", "POST"])
@needs("access.manage")
def assignment_new(request: UserRequest, pk: int) -> HttpResponse:
    user = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    form = AssignmentForm(request.POST if request.method == "POST" else None, by=request.user)
    if form.is_bound and form.is_valid():
        try:
            actions.assign_role(user, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return see_other(request, "access:user_detail", user.pk)
    title = _("Giao vai trò cho %(name)s") % {"name": user.full_name}
    return _edit(request, form, title, reverse("access:user_detail", args=[user.pk]))


@require_POST
@needs("access.manage")
def assignment_end(request: UserRequest, pk: int) -> HttpResponse:
    people = User.objects.visible_to(request.user)
    assignment = get_object_or_404(Assignment.objects.filter(user__in=people), pk=pk)
    form = EndForm(request.POST)
    if form.is_valid():
        try:
            actions.end_assignment(assignment, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error("on", error)
    back = reverse("access:user_detail", args=[assignment.user_id])
    if form.is_valid():
        return see_other(request, back)
    return _edit(request, form, _("Kết thúc phân công"), back)
