"""The demonstration from beginning to end, in one order."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from enum import Enum
from time import monotonic
from typing import Any

from django.db import connection

from tuoitho.access.actions import system_actor
from tuoitho.access.models import User
from tuoitho.access.person import acting_as
from tuoitho.audit.actions import record
from tuoitho.audit.models import Event
from tuoitho.demo.baselines import count_people
from tuoitho.demo.cast import make_cast
from tuoitho.demo.doubles import write_twice
from tuoitho.demo.exchange import cooperate
from tuoitho.demo.families import Known, register_families
from tuoitho.demo.follow_up import follow_up
from tuoitho.demo.identity import ask_police
from tuoitho.demo.present import fill_desks
from tuoitho.demo.programme import YEARS, carry_out, plan_ahead, spend_money
from tuoitho.demo.reform import hand_over
from tuoitho.demo.reporting import report_lately, report_past
from tuoitho.demo.screening import screen_hamlets
from tuoitho.demo.stage import Stage, make_organisations
from tuoitho.demo.story import tell_past
from tuoitho.demo.workplaces import plan_visits, register_workplaces, visit_workplaces
from tuoitho.people.models import Child

BEGUN, LOADED = "demo.begun", "demo.loaded"


class Beginning(Enum):
    """What a demonstration finds where it is to be played."""

    EMPTY = "empty"
    BROKEN_OFF = "broken off"  # begun, not ended, and nobody has signed in since
    LOADED = "loaded"
    IN_USE = "in use"  # people work here: invented children have no place


def beginning() -> Beginning:
    """Whether the demonstration may be played here, or has been."""
    with acting_as(system_actor()):
        told = set(
            Event.objects.filter(action__in=(BEGUN, LOADED)).values_list("action", flat=True)
        )
        people = User.objects.filter(is_system=False)
        if LOADED in told:
            return Beginning.LOADED
        if people.filter(last_login__isnull=False).exists():
            return Beginning.IN_USE
        if BEGUN in told:
            return Beginning.BROKEN_OFF
        used = people.exists() or Child.objects.exists()
        return Beginning.IN_USE if used else Beginning.EMPTY


def play(today: date, say: Callable[[str], None]) -> None:
    """Fill an installation with the demonstration as of ``today``.

    The same day always gives the same story: chance is seeded. The families of a commune are one
    transaction, each case is one of its own.
    """
    with prepared():
        _play(Stage(system_actor(), today, say=say))


def _play(stage: Stage) -> None:
    today, say = stage.today, stage.say
    with stage.acting():  # from now on every document says that its figures are invented
        record(BEGUN, stage.area, by=stage.system, on=today)
    children: list[Known] = []
    for title, scene in (
        ("Cơ quan, trường học", lambda: make_organisations(stage)),
        ("Tài khoản", lambda: make_cast(stage)),
        ("Hộ gia đình và trẻ em", lambda: children.extend(register_families(stage))),
        ("Tin báo và hồ sơ 2021-2025", lambda: tell_past(stage, children)),
        ("Cơ sở sử dụng lao động", lambda: register_workplaces(stage)),
        ("Kiểm tra 2023-2024", lambda: visit_workplaces(stage, stage.old_communes, 2023, 2024)),
        ("Truyền thông, tập huấn, mô hình", lambda: carry_out(stage, *YEARS[:4])),
        ("Số liệu nền", lambda: count_people(stage)),
        ("Kinh phí", lambda: spend_money(stage)),
        ("Báo cáo năm 2024 của huyện", lambda: report_past(stage, stage.district, 2024)),
        ("Sắp xếp đơn vị hành chính 01/07/2025", lambda: hand_over(stage)),
        ("Kiểm tra 2025", lambda: visit_workplaces(stage, stage.new_communes, 2025)),
        ("Truyền thông, tập huấn 2026", lambda: carry_out(stage, *YEARS[4:])),
        ("Lịch kiểm tra", lambda: plan_visits(stage)),
        ("Việc sắp tới", lambda: plan_ahead(stage)),
        ("Việc trên bàn hôm nay", lambda: fill_desks(stage)),
        ("Theo dõi, chấm dứt, tái diễn, đủ 16 và 18 tuổi", lambda: follow_up(stage)),
        ("Đợt rà soát 2025 và năm nay", lambda: screen_hamlets(stage)),
        ("Báo cáo năm gần nhất và năm nay", lambda: report_lately(stage)),
        ("Chuyển tiếp, đồng ý, bàn giao", lambda: cooperate(stage)),
        ("Trẻ được ghi hai lần", lambda: write_twice(stage)),
        ("Số định danh chờ công an trả lời", lambda: ask_police(stage)),
    ):
        began = monotonic()
        say(title)
        with _in_haste():
            scene()
        say(f"  {monotonic() - began:.1f} giây")
    with stage.acting():
        record(LOADED, stage.area, by=stage.system, on=today)


@contextmanager
def prepared() -> Iterator[None]:
    """Questions asked again are planned once by the database: a story asks some thousands of times,
    and to plan one under row-level security takes longer than to answer it."""
    before = connection.settings_dict["OPTIONS"]
    _connect_anew(before | {"server_side_binding": True, "prepare_threshold": 2})
    try:
        yield
    finally:
        _connect_anew(before)


def _connect_anew(options: dict[str, Any]) -> None:
    connection.close()
    connection.settings_dict["OPTIONS"] = options
    connection.features.__dict__.pop("uses_server_side_binding", None)  # known by the options


@contextmanager
def _in_haste() -> Iterator[None]:
    """Actions in a scene's transaction without savepoints of their own, two questions in five, and
    commits that do not wait for the disk.

    Nothing is undone by halves here: what fails ends the load, and it is begun anew.
    """
    features = connection.features
    before, features.uses_savepoints = features.uses_savepoints, False
    try:
        with connection.cursor() as cursor:
            cursor.execute("SET synchronous_commit TO off")
        yield
    finally:
        features.uses_savepoints = before
        with connection.cursor() as cursor:
            cursor.execute("RESET synchronous_commit")
