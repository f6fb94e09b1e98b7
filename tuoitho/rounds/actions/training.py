"""A model trained when there is enough to learn from."""

from datetime import date
from zlib import crc32

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tuoitho.audit.actions import record
from tuoitho.lib.actors import Actor
from tuoitho.rounds.learning import OLDER, YOUNG_WORKER, Example, lacking, train
from tuoitho.rounds.models import ListedChild
from tuoitho.rounds.models.risk import rules_in_force
from tuoitho.rounds.models.trained import TrainedModel
from tuoitho.rounds.states import State


def examples_of_closed_rounds() -> list[Example]:
    """Children met in closed rounds of whom the law could say yes or no; the features are those of
    the day the round began, so that nothing found later is learned from."""
    rows = ListedChild.objects.met().filter(
        round__state=State.CLOSED, answer__child_labour__isnull=False
    )
    rows = rows.select_related("child", "answer", "unit", "round")
    return [_example(row) for row in rows.defer("child__national_id", "child__note").order_by("pk")]


def _example(listed: ListedChild) -> Example:
    answer, child = listed.answer, listed.child
    age = child.age_on(listed.round.started_on or listed.round.first_day) or 0
    home = listed.household_id or f"c{listed.child_id}"
    return Example(
        features=frozenset([*listed.factors, *([OLDER] if age >= YOUNG_WORKER else [])]),
        positive=bool(answer and answer.child_labour), fold=crc32(str(home).encode()) % 10,
        sex=str(child.get_sex_display()), commune=listed.unit.name,
    )  # fmt: skip


@transaction.atomic
def train_model(*, by: Actor, on: date) -> TrainedModel:
    """Train on the closed rounds the actor sees, and keep what was measured.

    Raises ValidationError saying how many answers are missing; PermissionDenied without
    ``plan.manage``.
    """
    by.require("plan.manage")
    examples = examples_of_closed_rounds()
    answers, positives = lacking(examples)
    if answers or positives:
        raise ValidationError(
            _("Chưa đủ dữ liệu: còn thiếu %(answers)s kết quả và %(found)s trẻ được phát hiện.")
            % {"answers": answers, "found": positives}
        )
    version, weights = rules_in_force()
    try:
        learned = train(examples, weights)
    except ValueError as error:
        raise ValidationError(_("Dữ liệu chưa đủ cả hai loại kết quả để so sánh.")) from error
    model = TrainedModel.objects.create(
        trained_on=on, trained_by=by.actor_name, rows=len(examples), rule_version=version,
        positives=sum(example.positive for example in examples), learned=learned,
    )  # fmt: skip
    record("rounds.train_model", model, by=by, on=on, after={"rows": model.rows})
    return model
