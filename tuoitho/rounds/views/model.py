"""The model beside the rules: what was measured, or how much is missing."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tuoitho.access.guards import UserRequest, needs
from tuoitho.jobs.actions import enqueue
from tuoitho.rounds.actions.training import examples_of_closed_rounds
from tuoitho.rounds.learning import OLDER, lacking
from tuoitho.rounds.models.trained import TrainedModel
from tuoitho.rounds.risk import FACTORS
from tuoitho.rounds.words import coefficient_in_words
from tuoitho.ui.responses import page, see_other


@require_GET
@needs("rounds.view")
def model_detail(request: UserRequest) -> HttpResponse:
    model = TrainedModel.objects.first()
    answers, positives = lacking(examples_of_closed_rounds()) if model is None else (0, 0)
    context: dict[str, Any] = {
        "title": _("Mô hình so với quy tắc"), "model": model, "answers": answers,
        "positives": positives, "may_train": request.user.may("plan.manage"),
    }  # fmt: skip
    if model is not None:
        labels = {**FACTORS, OLDER: _("15–17 tuổi")}
        coefficients = model.learned["coefficients"].items()
        order = sorted(coefficients, key=lambda pair: -abs(pair[1]))
        context["words"] = [(labels[c], coefficient_in_words(value)) for c, value in order]
        context["groups"] = [
            (_("Theo giới"), model.learned["by_sex"]),
            (_("Theo xã, phường"), model.learned["by_commune"]),
        ]
    return page(request, "rounds/model_detail.html", context)


@require_POST
@needs("plan.manage")
def model_train(request: UserRequest) -> HttpResponse:
    """Train in the background; the job says what is missing."""
    enqueue("rounds.train", {}, by=request.user)
    messages.success(request, _("Đang huấn luyện; kết quả có trong “Việc chạy nền”."))
    seen = request.user.may("rounds.view")
    return see_other(request, "rounds:model_detail" if seen else "jobs:job_list")
