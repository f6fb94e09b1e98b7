"""The list of one hamlet: on the telephone, on paper, as Word; whose it is; who is added."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from tuoitho.access.guards import UserRequest, needs
from tuoitho.access.models import User
from tuoitho.audit.actions import record
from tuoitho.cases.views.answers import answer, sent
from tuoitho.lib.hanoi import today
from tuoitho.people.models import Child
from tuoitho.rounds import actions
from tuoitho.rounds.forms import AssignForm
from tuoitho.rounds.models import ListedChild, WorkList
from tuoitho.rounds.models.listed import ListedChildQuerySet
from tuoitho.rounds.paper import houses_of, list_paper
from tuoitho.ui.export import docx_response
from tuoitho.ui.responses import page, see_other

NEXT = 15  # houses shown to go on with
NEAR = 20  # children of the register offered to be added


def found(request: UserRequest, pk: int) -> WorkList:
    """The list, if the person may see it."""
    rows = WorkList.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("round", "unit", "collaborator"), pk=pk)


def _page_of(work_list: WorkList) -> str:
    return reverse("rounds:list_detail", args=[work_list.pk])


def _children(request: UserRequest, work_list: WorkList) -> ListedChildQuerySet:
    rows = ListedChild.objects.visible_to(request.user).filter(work_list=work_list).once()
    rows = rows.select_related("child", "household", "answer").next_first()
    return rows.defer("child__national_id", "child__note")


@require_GET
@needs("rounds.view")
def list_detail(request: UserRequest, pk: int) -> HttpResponse:
    """Where a collaborator works from: the next house first."""
    work_list = found(request, pk)
    children = _children(request, work_list)
    houses = houses_of(children.to_visit()[: NEXT * 5])
    total, left = children.count(), children.to_visit().count()
    context = {
        "title": str(work_list), "work_list": work_list, "today": today(),
        "houses": houses[:NEXT], "total": total, "left": left, "visited": total - left,
        "share": (total - left) / total if total else 0, "more": len(houses) > NEXT,
        "recent": children.visited().order_by(F("answer__recorded_at").desc(nulls_last=True))[:10],
        "running": work_list.round.is_running,
        "may_answer": work_list.unit_id in request.user.scope("rounds.answer"),
        "may_assign": work_list.unit_id in request.user.scope("rounds.manage"),
    }  # fmt: skip
    return page(request, "rounds/list_detail.html", context)


@require_GET
@needs("rounds.view")
def list_print(request: UserRequest, pk: int) -> HttpResponse:
    """The list laid out for printing."""
    work_list = found(request, pk)
    record("rounds.print_list", work_list, by=request.user, on=today())
    context = {
        "title": _("Danh sách rà soát"), "work_list": work_list, "today": today(),
        "houses": houses_of(_children(request, work_list)),
    }  # fmt: skip
    return page(request, "rounds/list_print.html", context)


@require_GET
@needs("rounds.view")
def list_word(request: UserRequest, pk: int) -> HttpResponse:
    """The list as a Word document, A4 across, to be filled in by hand."""
    work_list = found(request, pk)
    record("rounds.print_list", work_list, by=request.user, on=today())
    content = list_paper(work_list, houses_of(_children(request, work_list)), today())
    name = slugify(work_list.folded_hamlet) or "chua-ro-thon"
    return docx_response(content, f"ra-soat-{name}.docx")


@require_http_methods(["GET", "POST"])
@needs("rounds.manage")
def list_assign(request: UserRequest, pk: int) -> HttpResponse:
    work_list = found(request, pk)
    request.user.require("rounds.manage", work_list)
    form = AssignForm(
        sent(request), work_list=work_list, initial={"collaborator": work_list.collaborator_id}
    )

    def act() -> None:
        key = form.cleaned_data["collaborator"]
        to = User.objects.filter(pk=key).first() if key else None
        actions.assign_list(work_list, to, by=request.user, on=today())

    back = reverse("rounds:round_detail", args=[work_list.round_id])
    return answer(
        request, form, act, back, title=_("Giao danh sách: %(hamlet)s") % {"hamlet": work_list},
        intro=f"{work_list.round}, {work_list.unit}", cancel_url=back,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@needs("rounds.answer")
def list_add(request: UserRequest, pk: int) -> HttpResponse:
    """A child met on the way: looked up in the register first, then put on the list."""
    work_list = found(request, pk)
    request.user.require("rounds.answer", work_list)
    children = Child.objects.visible_to(request.user).filter(unit=work_list.unit_id)
    if request.method == "POST":
        key = request.POST.get("child", "")
        child = get_object_or_404(children, pk=key if key.isascii() and key.isdecimal() else 0)
        return _added(request, work_list, child)
    typed = request.GET.get("q", "").strip()
    listed = ListedChild.objects.visible_to(request.user).filter(round=work_list.round_id)
    rest = children.exclude(pk__in=listed.values("child")).select_related("household")
    near = rest.matching(typed) if typed else rest.filter(folded_hamlet=work_list.folded_hamlet)
    context = {
        "title": _("Thêm trẻ vào danh sách"), "work_list": work_list, "typed": typed,
        "near": near.defer("national_id", "note")[:NEAR], "today": today(),
        "household": request.GET.get("household", ""),
    }  # fmt: skip
    return page(request, "rounds/list_add.html", context)


def _added(request: UserRequest, work_list: WorkList, child: Child) -> HttpResponse:
    try:
        with transaction.atomic():
            listed = actions.add_child(work_list, child, by=request.user, on=today())
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return see_other(request, "rounds:list_add", work_list.pk)
    return see_other(request, "rounds:listed_answer", listed.pk)
