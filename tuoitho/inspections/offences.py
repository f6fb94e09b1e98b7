"""What an employer can be found to have broken, and what the law of a day provides for it.

The codes are those of the law's findings. Articles, decrees, amounts and powers to fine are asked
of ``tuoitho.law`` for the day; a test compares this table with the findings of ``law.assess``.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tuoitho.inspections.states import Decider
from tuoitho.law import LAW_VERSION, Sanction, parameters
from tuoitho.law.findings import sanction_for

OTHER = "other"  # a rule our data do not hold; its article is typed by hand


@dataclass(frozen=True)
class Offence:
    """A rule, the parameter its article is cited from, and the act's name in sanctions.yaml."""

    code: str
    source: str
    act: str
    label: str | Promise


_TABLE = (
    Offence(
        "144.3-book",
        "duties.book",
        "book",
        _("Không lập, ghi đủ hoặc xuất trình sổ theo dõi riêng"),
    ),
    Offence(
        "144.3-consent",
        "duties.consent",
        "consent",
        _("Không có sự đồng ý của cha, mẹ, người giám hộ"),
    ),
    Offence(
        "145.1.a-contract",
        "duties.contract",
        "conditions_under_15",
        _("Dưới 15 tuổi: không có hợp đồng bằng văn bản với trẻ và người đại diện"),
    ),
    Offence(
        "145.1.b-study",
        "duties.study",
        "conditions_under_15",
        _("Dưới 15 tuổi: giờ làm ảnh hưởng đến học tập"),
    ),
    Offence(
        "145.1.c-health-certificate",
        "duties.health_certificate",
        "conditions_under_15",
        _("Dưới 15 tuổi: không có giấy khám sức khỏe"),
    ),
    Offence(
        "145.1.c-health-check",
        "duties.health_check",
        "conditions_under_15",
        _("Dưới 15 tuổi: không kiểm tra sức khỏe 6 tháng một lần"),
    ),
    Offence(
        "145.1.d-safe-conditions",
        "duties.safe_conditions",
        "conditions_under_15",
        _("Dưới 15 tuổi: điều kiện làm việc không phù hợp lứa tuổi"),
    ),
    Offence(
        "145.3-provincial-consent",
        "duties.provincial_consent",
        "under_13",
        _("Dưới 13 tuổi: chưa có sự đồng ý của cơ quan cấp tỉnh"),
    ),
    Offence(
        "145.3-job",
        "light_work.under_13",
        "under_13",
        _("Dưới 13 tuổi: làm việc ngoài nghệ thuật, thể dục, thể thao"),
    ),
    Offence(
        "145.3-place", "light_work.under_13", "under_13", _("Dưới 13 tuổi: làm ở nơi gây tổn hại")
    ),
    Offence(
        "143.3-light-work",
        "light_work.list",
        "outside_light_work",
        _("13 đến dưới 15 tuổi: làm việc ngoài danh mục công việc nhẹ"),
    ),
    Offence(
        "143.3-place",
        "harmful_places.list",
        "outside_light_work",
        _("13 đến dưới 15 tuổi: làm ở nơi gây tổn hại"),
    ),
    Offence(
        "146.1-hours-day",
        "hours.day_under_15",
        "hours",
        _("Dưới 15 tuổi: quá giờ làm việc trong ngày"),
    ),
    Offence(
        "146.1-hours-week",
        "hours.week_under_15",
        "hours",
        _("Dưới 15 tuổi: quá giờ làm việc trong tuần"),
    ),
    Offence(
        "146.1-overtime",
        "hours.day_under_15",
        "overtime_night_under_15",
        _("Dưới 15 tuổi: làm thêm giờ"),
    ),
    Offence(
        "146.1-night",
        "hours.day_under_15",
        "overtime_night_under_15",
        _("Dưới 15 tuổi: làm việc ban đêm"),
    ),
    Offence(
        "146.2-hours-day",
        "hours.day_15_17",
        "hours",
        _("15 đến dưới 18 tuổi: quá giờ làm việc trong ngày"),
    ),
    Offence(
        "146.2-hours-week",
        "hours.week_15_17",
        "hours",
        _("15 đến dưới 18 tuổi: quá giờ làm việc trong tuần"),
    ),
    Offence(
        "146.2-overtime",
        "hours.day_15_17",
        "overtime_night_15_17",
        _("15 đến dưới 18 tuổi: làm thêm giờ ngoài nghề được phép"),
    ),
    Offence(
        "146.2-night",
        "hours.day_15_17",
        "overtime_night_15_17",
        _("15 đến dưới 18 tuổi: làm đêm ngoài nghề được phép"),
    ),
    Offence(
        "147.1-job",
        "prohibited.jobs",
        "prohibited_15_17",
        _("15 đến dưới 18 tuổi: làm công việc cấm"),
    ),
    Offence(
        "147.2-place",
        "prohibited.places",
        "prohibited_15_17",
        _("15 đến dưới 18 tuổi: làm ở nơi cấm"),
    ),
    Offence("61-apprentice-age", "ages.apprentice", "", _("Học nghề, tập nghề khi chưa đủ tuổi")),
    Offence(
        "61-apprentice-trade",
        "ages.apprentice_hazardous",
        "",
        _("Học nghề nặng nhọc, độc hại khi chưa đủ 18 tuổi"),
    ),
)
OFFENCES = {offence.code: offence for offence in _TABLE}


@dataclass(frozen=True)
class Power:
    """Who could fine: the most he may (đồng, already doubled for an organisation), whether that
    reaches the top of the range, and how sure the number is (flag of the law's data)."""

    decider: Decider
    most_vnd: int
    enough: bool
    citation: str
    flag: str
    note: str


def law_version() -> str:
    """Which data of the law answer now; stored beside each suggestion."""
    return LAW_VERSION


def label_of(rule: str) -> str | Promise:
    """The words for a rule's code."""
    offence = OFFENCES.get(rule)
    return offence.label if offence else _("Quy định khác")


def citation_of(rule: str, day: date) -> str:
    """The article in force on ``day``. Raises KeyError for a code not in the table."""
    return str(parameters.current().on(day).cite(OFFENCES[rule].source))


def sanction_of(rule: str, day: date, *, organisation: bool) -> Sanction | None:
    """The range of the fine by the decree in force on ``day``, doubled for an organisation; None
    when no decree of our data fines it (a rule of Điều 61, "other", a day before 15/04/2020)."""
    offence = OFFENCES.get(rule)
    if offence is None or not offence.act:
        return None
    return sanction_for(parameters.current().on(day), offence.act, organisation=organisation)


def powers(most_vnd: int, day: date, *, organisation: bool) -> Iterator[Power]:
    """Who may fine an act whose range ends at ``most_vnd``, by the data of ``day``; nothing when
    the data of that day do not say. That competence follows the top of the range is an inference
    (see the flag of the data), hence advice only."""
    law = parameters.current().on(day)
    factor = law.number("sanctions.organisation_factor") if organisation else 1
    for decider in (d for d in Decider if d is not Decider.OTHER):
        value = law.get(f"procedure.power_{decider}")
        if value is not None:
            most = int(value.value) * factor
            yield Power(
                decider, most, most >= most_vnd, str(value.citation), value.flag, value.note
            )


def limitation_ends(day: date) -> date | None:
    """Last day on which an act that ended on ``day`` may be fined; None when our data of that day
    do not say (NĐ 283/2026 Điều 3.4: one year)."""
    law = parameters.current().on(day)
    if not law.has("procedure.limitation_years"):
        return None
    year = day.year + law.number("procedure.limitation_years")
    try:
        return day.replace(year=year)
    except ValueError:  # 29 February
        return date(year, 2, 28)
