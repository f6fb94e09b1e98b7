"""Long work on rounds: lists made from the register; and what the clock starts every day."""

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tuoitho.access.models import User
from tuoitho.jobs.registry import Args, Every, Work, register
from tuoitho.lib.hanoi import today
from tuoitho.people.models import Child
from tuoitho.rounds.actions.listing import list_children
from tuoitho.rounds.actions.reminding import remind_of_list, to_remind_on
from tuoitho.rounds.actions.scoring import score_commune
from tuoitho.rounds.actions.starting import LIST
from tuoitho.rounds.actions.training import train_model
from tuoitho.rounds.models import Round, WorkList
from tuoitho.units.models import Unit


def _lists(_args: Args, _by: User) -> list[str]:
    return [str(pk) for pk in to_remind_on(today()).order_by("pk").values_list("pk", flat=True)]


def _remind(_args: Args, key: str, by: User) -> str:
    work_list = WorkList.objects.visible_to(by).filter(pk=key).first()
    if work_list is not None:
        remind_of_list(work_list, by=by, on=today())
    return ""


def _unlisted(args: Args, by: User) -> list[str]:
    """Of one round, or (started by the clock) of all whose job was stopped."""
    rounds = Round.objects.visible_to(by).being_listed().order_by("pk")
    if "round" in args:
        rounds = rounds.filter(pk=args["round"])
    return [f"{planned.pk}:{unit}" for planned in rounds for unit in planned.unlisted]


def _list(_args: Args, key: str, by: User) -> str:
    planned, unit = map(int, key.split(":"))
    count = list_children(Round.objects.get(pk=planned), [unit], by=by)
    return _("%(n)s trẻ vào danh sách") % {"n": count}


def _communes(_args: Args, by: User) -> list[str]:
    units = Unit.objects.as_of(today()).communes().filter(by.scope("rounds.manage").covers("pk"))
    peopled = units.filter(Exists(Child.objects.filter(unit=OuterRef("pk"))))
    return [str(pk) for pk in peopled.order_by("pk").values_list("pk", flat=True)]


def _score(_args: Args, key: str, by: User) -> str:
    count = score_commune(Unit.objects.get(pk=int(key)), by=by, on=today())
    return _("%(n)s trẻ có điểm") % {"n": count}


SCORE = register(
    Work("rounds.score", gettext_lazy("Tính điểm nguy cơ"), _communes, _score, every=Every.DAY)
)


def _train(_args: Args, _key: str, by: User) -> str:
    model = train_model(by=by, on=today())
    return _("%(rows)s kết quả, %(found)s trẻ được phát hiện") % {
        "rows": model.rows, "found": model.positives,
    }  # fmt: skip


LISTED = register(
    Work(LIST, gettext_lazy("Lập danh sách rà soát"), _unlisted, _list, every=Every.DAY)
)
TRAIN = register(
    Work("rounds.train", gettext_lazy("Huấn luyện mô hình nguy cơ"), lambda _a, _b: ["model"],
         _train)
)  # fmt: skip
REMIND = register(
    Work("rounds.remind", gettext_lazy("Nhắc danh sách rà soát sắp hết hạn"), _lists, _remind,
         every=Every.DAY)
)  # fmt: skip
