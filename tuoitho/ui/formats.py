"""How dates, numbers, money and time limits are written in Vietnamese; pure functions."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tuoitho.lib.hanoi import HANOI, now

Number = int | float | Decimal


def as_date(value: date | datetime) -> date:
    """The Hà Nội day of a date or a moment."""
    if isinstance(value, datetime):
        return value.astimezone(HANOI).date() if value.tzinfo else value.date()
    return value


def vn_date(value: date | datetime | None) -> str:
    """05/03/2021; nothing for None."""
    if value is None:
        return ""
    day = as_date(value)
    return f"{day.day:02}/{day.month:02}/{day.year:04}"


def vn_datetime(value: datetime | None) -> str:
    """05/03/2021 14:30, in Hà Nội time."""
    if value is None:
        return ""
    local = value.astimezone(HANOI) if value.tzinfo else value
    return f"{vn_date(local.date())} {local:%H:%M}"


def vn_number(value: Number | str | None, places: int | None = None) -> str:
    """1.234,5 — as many decimals as the value has, or exactly ``places``; nothing for None."""
    if value is None or value == "":
        return ""
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return str(value)
    if not number.is_finite():
        return "–"
    if places is not None:
        number = number.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    elif number == number.to_integral_value():
        number = number.to_integral_value()
    else:
        number = number.normalize()
    if number == 0:
        number = abs(number)
    return f"{number:,f}".translate(str.maketrans(",.", ".,"))


def vn_money(value: Number | None) -> str:
    """1.250.000 đồng."""
    return "" if value is None else _("%(n)s đồng") % {"n": vn_number(value, 0)}


def vn_percent(value: Number | None, places: int = 1) -> str:
    """12,5 % for 0.125 (a share between 0 and 1); a whole result loses its ",0"."""
    if value is None:
        return ""
    share = (Decimal(str(value)) * 100).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    return f"{vn_number(share)} %"


def initials(name: str) -> str:
    """Two letters for a round badge: first word and given name (the last one)."""
    words = [word for word in str(name).split() if word[0].isalpha()]
    if not words:
        return "?"
    ends = words[:1] if len(words) == 1 else [words[0], words[-1]]
    return "".join(word[0] for word in ends).upper()


@dataclass(frozen=True)
class Due:
    """How near a time limit is: words, a Tabler colour, and the exact limit."""

    text: str
    colour: str
    title: str
    overdue: bool


def due(value: date | datetime | None, at: datetime | None = None) -> Due | None:
    """How far away ``value`` is: a date lasts until its midnight, a moment until its minute."""
    if value is None:
        return None
    at = (at or now()).astimezone(HANOI)
    if isinstance(value, datetime):
        moment = (value if value.tzinfo else value.replace(tzinfo=HANOI)).astimezone(HANOI)
        title = vn_datetime(moment)
        if moment < at:
            return Due(_late_by(at - moment), "red", title, True)
        if moment - at < timedelta(hours=24):
            return Due(_hours_left(moment - at), "orange", title, False)
    else:
        moment = datetime.combine(value, time(), HANOI)
        title = vn_date(value)
        if value < at.date():
            return Due(_late_by(timedelta(days=(at.date() - value).days)), "red", title, True)
    days = (moment.date() - at.date()).days
    if days == 0:
        return Due(_("Hôm nay"), "orange", title, False)
    text = ngettext("còn %(n)s ngày", "còn %(n)s ngày", days) % {"n": vn_number(days)}
    return Due(text, "yellow" if days <= 3 else "green", title, False)


def _late_by(gap: timedelta) -> str:
    if gap.days:
        return ngettext("quá hạn %(n)s ngày", "quá hạn %(n)s ngày", gap.days) % {
            "n": vn_number(gap.days)
        }
    hours = gap.seconds // 3600
    if not hours:
        return _("vừa quá hạn")
    return ngettext("quá hạn %(n)s giờ", "quá hạn %(n)s giờ", hours) % {"n": hours}


def _hours_left(gap: timedelta) -> str:
    hours, minutes = gap.seconds // 3600, gap.seconds % 3600 // 60
    if hours:
        return ngettext("còn %(n)s giờ", "còn %(n)s giờ", hours) % {"n": hours}
    return ngettext("còn %(n)s phút", "còn %(n)s phút", minutes) % {"n": minutes}


def shown(value: Any) -> str:
    """Any value of a table cell as text on a screen; nothing for None."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("Có") if value else _("Không")
    if isinstance(value, datetime):
        return vn_datetime(value)
    if isinstance(value, date):
        return vn_date(value)
    if isinstance(value, Decimal | float):
        return vn_number(value)
    if isinstance(value, int):
        # Four digits may be a year: from five on they are grouped, as newspapers do.
        return vn_number(value) if abs(value) >= 10_000 else str(value)
    # Strings stay what they are, so that text marked safe by its maker is not escaped twice.
    return value if isinstance(value, str) else str(value)
