"""Child labour has stopped, somebody else says so too, and it has begun again."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tuoitho.cases.actions.steps import allow, check_open, locked, trace
from tuoitho.cases.deadlines import cessation_day
from tuoitho.cases.models import Case, Cessation, Relapse, Screening, Visit
from tuoitho.cases.parameters import cessation
from tuoitho.lib.actors import Actor
from tuoitho.lib.hanoi import today
from tuoitho.people.models import Child


def person_key(by: Actor) -> int | None:
    """Who it is, None for the system account (history taken over): nobody known."""
    return None if getattr(by, "is_system", False) else by.pk


def clear_run(case: Case, on: date) -> list[Visit]:
    """The latest run of clear visits up to ``on``, in order of time. Visits from before the case
    was opened again show nothing of the time after."""
    run: list[Visit] = []
    for visit in case.visits.filter(on__gte=case.round_began(), on__lte=on).order_by("on"):
        run = [*run, visit] if visit.clear else []
    return run


@transaction.atomic
def record_cessation(case: Case, *, by: Actor, on: date, note: str = "") -> Case:
    """Child labour has stopped: a run of clear visits shows it (``deadlines.cessation_day``).

    ``on``: the day somebody says so; what is stored is the last clear visit. Whoever records it
    without having made all these visits has verified it by that. Raises ValidationError while the
    visits do not show it.
    """
    case = locked(case)
    check_open(case)
    allow(by, "cases.work", case)
    run = clear_run(case, on)
    stopped = cessation_day([(v.on, v.clear) for v in run])
    if stopped is None:
        needed = cessation(on)
        raise ValidationError(
            _("Chưa đủ căn cứ: cần %(visits)s lần thăm liên tiếp, lần đầu và lần cuối cách nhau ít "
              "nhất %(days)s ngày, đều không còn lao động trái quy định.")
            % {"days": needed.days, "visits": needed.visits}
        )  # fmt: skip
    if case.ceased_on is not None:
        raise ValidationError(_("Đã ghi chấm dứt."))
    row, _made = Cessation.objects.get_or_create(
        case=case, ceased_on=stopped,
        defaults={"first_visit": run[0], "last_visit": run[-1], "recorded_on": on,
                  "recorded_by": by.actor_name, "note": note},
    )  # fmt: skip
    keys = {visit.visited_key for visit in run}
    if len(keys) > 1 or person_key(by) not in keys:
        _verified(row, run, by, on)
    case.ceased_on = stopped
    case.save(update_fields=["ceased_on"])
    trace("cases.cease", case, by=by, on=on, note=note, after={"ceased_on": str(stopped)})
    return case


def _verified(row: Cessation, run: list[Visit], by: Actor, on: date) -> None:
    """By who records it, or, when that person also visited, by the other visitor of the run."""
    others = [v for v in run if v.visited_key != person_key(by)]
    mine = any(v.visited_key == person_key(by) for v in run)
    row.verified_by = others[-1].visited_by if mine and others else by.actor_name
    row.verified_on = max(on, row.ceased_on)
    row.save(update_fields=["verified_by", "verified_on"])


@transaction.atomic
def verify_cessation(case: Case, *, by: Actor, on: date, note: str = "") -> Cessation:
    """Somebody other than who visited has seen that child labour has stopped.

    Raises ValidationError when there is nothing to verify or ``by`` made the visits,
    PermissionDenied.
    """
    case = locked(case)
    check_open(case)
    allow(by, "cases.work" if by.may("cases.work") else "cases.close", case)
    row = case.cessations.filter(ceased_on=case.ceased_on).first() if case.ceased_on else None
    if row is None or row.is_verified:
        raise ValidationError(_("Không có lần chấm dứt nào chờ xác minh."))
    if on > today() or on < row.ceased_on:
        raise ValidationError({"on": _("Ngày xác minh phải từ ngày chấm dứt đến hôm nay.")})
    confirm(case, row, by, on)
    trace("cases.verify_cessation", case, by=by, on=on, note=note)
    return row


def confirm(case: Case, row: Cessation, by: Actor, on: date) -> None:
    """``by`` verifies it. Raises ValidationError for who made the visits."""
    visitors = {v.visited_key for v in clear_run(case, row.ceased_on)} - {None}
    if by.pk in visitors:
        raise ValidationError(
            _("Người đã thăm không tự xác minh; cần một người khác xác minh việc chấm dứt.")
        )
    row.verified_by, row.verified_on = by.actor_name, max(on, row.ceased_on)
    row.save(update_fields=["verified_by", "verified_on"])


def note_relapse(
    child: Child, on: date, *, visit: Visit | None = None, screening: Screening | None = None
) -> Relapse | None:
    """Child labour was found on ``on``: if it had stopped before, that is a relapse, counted once.

    Only of cessations the acting person may see. Returns the relapse, None when there is none.
    """
    stopped = Cessation.objects.filter(
        case__child=child, ceased_on__lt=on, relapse__isnull=True
    ).order_by("-ceased_on")
    row = stopped.first()
    if row is None:
        return None
    return Relapse.objects.create(
        case_id=row.case_id, cessation=row, on=on, visit=visit, screening=screening
    )
