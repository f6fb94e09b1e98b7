"""What the offices did year by year: communication, training, models; and the money for it."""

from datetime import date
from typing import Any

from tuoitho.access.models import User
from tuoitho.activities.actions import (
    Reached,
    link_establishments,
    plan_activity,
    record_activity,
)
from tuoitho.activities.models import Activity
from tuoitho.budget.actions import (
    approve_line,
    draft_line,
    record_contribution,
    settle_line,
    spend_line,
    submit_line,
    use_contribution,
)
from tuoitho.demo.stage import Stage
from tuoitho.establishments.models import Establishment
from tuoitho.units.models import Unit
from tuoitho.units.national import REFORM

YEARS = (2022, 2023, 2024, 2025, 2026)
# Of each audience, the share reached by the end of the year; the baselines are in `baselines.py`.
SHARE = {2022: 0.55, 2023: 0.72, 2024: 0.88, 2025: 0.93, 2026: 0.81}
SIZES = {"staff": 2_300, "parents": 61_000, "school": 52_000, "community": 2_600}
LEANING = {"staff": 1.05, "parents": 0.93, "school": 1.04, "community": 0.88}
BUDGET = (
    ("ldtbxh", "II.2.1", 120_000_000, "Truyền thông phòng ngừa lao động trẻ em"),
    ("ldtbxh", "II.3.1", 90_000_000, "Tập huấn cán bộ, cộng tác viên"),
    ("gddt", "IV.2.2", 80_000_000, "Tuyên truyền trong nhà trường"),
    ("kinhte", "IV.4.1", 40_000_000, "Hướng dẫn hợp tác xã, làng nghề"),
    ("vhtt", "IV.5.1", 35_000_000, "Tin, bài, phát thanh"),
)
DRAFTERS = {"ldtbxh": "ldtbxh", "gddt": "gddt", "kinhte": "kinhte", "vhtt": "vhtt"}


def carry_out(stage: Stage, *years: int) -> None:
    """What the offices did in these years, as far as the story has come."""
    for year in years:
        if date(year, 6, 12) > stage.today:
            return
        with stage.acting():
            _inform(stage, year)
            _train(stage, year)
            _employers(stage, year)
            _products(stage, year)


def plan_ahead(stage: Stage) -> None:
    """One course in the coming weeks."""
    with stage.acting():
        plan_activity(
            stage.area, title="Tập huấn cộng tác viên mới", kind="training", owner="ldtbxh",
            starts_on=date.fromordinal(stage.today.toordinal() + 9), by=stage.system,
            on=stage.today, task_code="II.3.1", place="Hội trường",
        )  # fmt: skip


def _unit(stage: Stage, on: date) -> Unit:
    return stage.district if on < REFORM else stage.area


def _hold(
    stage: Stage, title: str, kind: str, owner: str, on: date, task: str,
    reached: list[Reached], **facts: Any,
) -> Activity:  # fmt: skip
    activity = plan_activity(
        _unit(stage, on), title=title, kind=kind, owner=owner, starts_on=on, by=stage.system,
        on=on, task_code=task, **facts,
    )  # fmt: skip
    return record_activity(activity, reached=reached, by=stage.system, on=on)


def _people(audience: str, size: str, year: int, part: str = "community") -> Reached:
    count = round(SIZES[size] * min(1, SHARE[year] * LEANING[size]))
    return Reached(audience, attended=round(count * 1.2), first_time=count, part=part,
                   female=count // 2)  # fmt: skip


def _inform(stage: Stage, year: int) -> None:
    _hold(stage, f"Chiến dịch Tháng hành động vì trẻ em {year}", "campaign", "ldtbxh",
          date(year, 6, 12), "II.2.3",
          [_people("parents", "parents", year), _people("children", "community", year)],
          names_hotline=True)  # fmt: skip
    _hold(stage, f"Sinh hoạt chuyên đề trong các trường học {year}", "event", "gddt",
          date(year, 3, 20), "IV.2.2",
          [_people("staff_teachers", "staff", year, "school"),
           _people("children", "school", year, "school")], names_hotline=True)  # fmt: skip


def _train(stage: Stage, year: int) -> None:
    def seats(audience: str, size: int, share: float) -> Reached:
        count = round(size * share)
        return Reached(audience, attended=count, first_time=count, first_trained=count,
                       female=count // 2)  # fmt: skip

    share = SHARE[year]
    _hold(stage, f"Tập huấn nghiệp vụ bảo vệ trẻ em {year}", "training", "ldtbxh",
          date(year, 4, 18), "II.3.1",
          [seats("officials_district", 24, share),
           seats("officials_commune", 64, min(1, share * 1.1)),
           seats("officials_other", 310, share * 0.97)],
          hours=16, score_before=5, score_after=8, certificates=90)  # fmt: skip


def _employers(stage: Stage, year: int) -> None:
    for kind, title, share in (
        ("consulting", f"Hướng dẫn người sử dụng lao động {year}", SHARE[year]),
        ("training", f"Tập huấn người sử dụng lao động {year}", SHARE[year] * 0.85),
    ):
        on = date(year, 5, 8 if kind == "training" else 22)
        count = 40
        reached = [Reached("employers", attended=count, first_time=count if kind == "consulting"
                           else 0, first_trained=count if kind == "training" else 0)]  # fmt: skip
        activity = _hold(stage, title, kind, "ldtbxh", on, "II.3.2", reached)
        rows = list(Establishment.objects.all().order_by("pk"))
        chosen = stage.chance.sample(rows, round(len(rows) * share))
        link_establishments(activity, chosen, by=stage.system, on=on)


def _products(stage: Stage, year: int) -> None:
    by, on = stage.system, date(year, 5, 30)
    unit = _unit(stage, on)
    rows: tuple[tuple[str, str, str, dict[str, Any]], ...] = (
        (f"Tờ rơi phòng ngừa lao động trẻ em {year}", "product", "ldtbxh",
         {"product_kind": "leaflet", "quantity": 20_000, "names_hotline": True}),
        (f"Tin, bài trên cổng thông tin {year}", "article", "vhtt",
         {"channel": "website", "quantity": 24}),
        (f"Phát thanh cơ sở {year}", "broadcast", "vhtt",
         {"channel": "loudspeaker", "quantity": 96}),
    )  # fmt: skip
    for title, kind, owner, facts in rows:
        activity = plan_activity(unit, title=title, kind=kind, owner=owner, starts_on=on, by=by,
                                 on=on, task_code="II.2.5", **facts)  # fmt: skip
        record_activity(activity, reached=[], by=by, on=on)
    if year == 2023:
        model = plan_activity(
            unit, title="Mô hình làng nghề không có lao động trẻ em", kind="model", owner="kinhte",
            starts_on=on, by=by, on=on, task_code="II.5.1", model_kind="craft_villages",
            member_households=46, member_establishments=18,
            before="11 trẻ làm việc trong làng nghề",
            after="2 trẻ, đều làm việc nhẹ đúng quy định",
        )  # fmt: skip
        record_activity(model, reached=[], by=by, on=on)


def spend_money(stage: Stage) -> None:
    """Estimates by the offices, appraised by finance, spent and settled; one donation a year."""
    finance = User.objects.get(username="taichinh")
    for year in (2021, 2022, 2023, 2024, 2025):
        for owner, task, amount, purpose in BUDGET:
            with stage.acting():
                _line(stage, finance, year, owner, task, amount, purpose)
        with stage.acting():
            _donation(stage, year)


def _line(
    stage: Stage, finance: User, year: int, owner: str, task: str, amount: int, purpose: str
) -> None:
    drafter = User.objects.get(username=DRAFTERS[owner])
    unit = stage.district
    line = draft_line(unit, year=year, owner=owner, task_code=task, source="state",
                      purpose=f"{purpose} năm {year}", estimate=amount, by=drafter,
                      on=date(year, 1, 8))  # fmt: skip
    line = submit_line(line, by=drafter, on=date(year, 1, 12))
    approved = int(round(amount * 0.9, -5))
    line = approve_line(line, approved=approved, by=finance, on=date(year, 1, 25),
                        decision_number=f"{100 + year % 100}/QĐ-UBND")  # fmt: skip
    for part, month in ((0.4, 4), (0.5, 9)):
        spend_line(line, amount=int(round(approved * part, -5)), paid_on=date(year, month, 15),
                   what=purpose, voucher=f"PC-{month:02d}", by=drafter,
                   on=date(year, month, 16))  # fmt: skip
    if year < 2025:
        settle_line(line, by=drafter, on=date(year, 12, 28))


def _donation(stage: Stage, year: int) -> None:
    on = date(year, 8, 20)
    gift = record_contribution(
        stage.district if on < REFORM else stage.area, donor="Doanh nghiệp giả định A",
        donor_kind="enterprise", owner="ldtbxh", kind="money", amount=30_000_000,
        purpose="Học bổng cho trẻ trở lại trường", by=stage.system, on=on, received_on=on,
    )  # fmt: skip
    use_contribution(gift, amount=24_000_000, what="12 suất học bổng", by=stage.system,
                     on=date(year, 9, 5))  # fmt: skip
