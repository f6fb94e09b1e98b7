"""Which programme and which year a page of the plan is about."""

from django.http import HttpRequest

from tuoitho.lib.hanoi import today
from tuoitho.plan.models import Programme


def chosen_year(request: HttpRequest, programme: Programme | None) -> int:
    """``?year=`` within the programme, else this year (its last one when it is over)."""
    given = request.GET.get("year", "")
    first, last = (programme.period_start, programme.outlook_year) if programme else (2000, 2100)
    if given.isdecimal() and first <= int(given) <= last:
        return int(given)
    return max(first, min(today().year, last))


def chosen_programme(request: HttpRequest) -> Programme | None:
    """The programme asked for by code, else the present one, else the last one loaded."""
    programmes = Programme.objects.select_related("area")
    given = request.GET.get("programme", "")
    asked = programmes.filter(code=given).first() if given else None
    return asked or programmes.current() or programmes.order_by("-period_start").first()


def years_of(programme: Programme | None) -> list[int]:
    """Years a page may be asked for: from the first of the programme to this one."""
    if programme is None:
        return []
    last = max(programme.period_start, min(today().year, programme.outlook_year))
    return list(range(last, programme.period_start - 1, -1))
