"""Where the demonstration plays: units, offices and schools, and the one source of chance."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from random import Random

from tuoitho.access.models import User
from tuoitho.access.person import acting_as
from tuoitho.audit.actions import gathering
from tuoitho.demo.names import man, woman
from tuoitho.lib.workdays import add_working_days
from tuoitho.units.actions import create_organisation
from tuoitho.units.models import ChangeKind, Level, Organisation, OrganisationKind, Unit, UnitChange
from tuoitho.units.national import REFORM

SEED = 365
OFFICES = (
    ("ldtbxh", "Phòng Lao động - Thương binh và Xã hội", OrganisationKind.OFFICE),
    ("gddt", "Phòng Giáo dục và Đào tạo", OrganisationKind.OFFICE),
    ("congan", "Công an huyện", OrganisationKind.POLICE),
    ("kinhte", "Phòng Kinh tế", OrganisationKind.OFFICE),
    ("vhtt", "Phòng Văn hóa - Thông tin", OrganisationKind.OFFICE),
    ("tckh", "Phòng Tài chính - Kế hoạch", OrganisationKind.OFFICE),
    ("mttq", "Ủy ban Mặt trận Tổ quốc", OrganisationKind.UNION),
    ("phunu", "Hội Liên hiệp Phụ nữ", OrganisationKind.UNION),
    ("doantn", "Đoàn Thanh niên Cộng sản Hồ Chí Minh", OrganisationKind.UNION),
    ("nongdan", "Hội Nông dân", OrganisationKind.UNION),
    ("ldld", "Liên đoàn Lao động", OrganisationKind.UNION),
    ("ubnd_huyen", "Ủy ban nhân dân huyện Thanh Trì", OrganisationKind.COMMITTEE),
)


@dataclass
class Stage:
    """What every scene needs. ``today`` is the day the story has reached."""

    system: User
    today: date
    chance: Random = field(default_factory=lambda: Random(SEED))  # noqa: S311 - a story, no secret
    offices: dict[str, Organisation] = field(default_factory=dict)
    committees: dict[int, Organisation] = field(default_factory=dict)
    schools: dict[int, list[Organisation]] = field(default_factory=dict)
    say: Callable[[str], None] = print

    def __post_init__(self) -> None:
        self.area = Unit.objects.get(code="020", level=Level.AREA)
        self.district = Unit.objects.get(code="020", level=Level.DISTRICT)
        self.city = Unit.objects.found("01", REFORM)
        self.old_communes = list(Unit.objects.filter(parent=self.district).order_by("code"))
        self.new_communes = list(Unit.objects.communes().filter(area=self.area).order_by("code"))
        self.successors = self._successors()

    def _successors(self) -> dict[int, list[Unit]]:
        """Old commune to the new communes of the area that took people of it."""
        new = {unit.pk: unit for unit in self.new_communes}
        found: dict[int, list[Unit]] = {}
        changes = UnitChange.objects.filter(old__in=self.old_communes, new__in=new)
        for change in changes.exclude(kind=ChangeKind.AREA).order_by("old__code", "new__code"):
            found.setdefault(change.old_id, []).append(new[change.new_id])
        return found

    @contextmanager
    def acting(self, user: User | None = None) -> Iterator[None]:
        """One transaction in which ``user`` (the system by default) acts; its log is written at
        its end."""
        with acting_as(user or self.system), gathering():
            yield

    def after(self, day: date, count: int) -> date:
        """``count`` working days after ``day``, but never past the day the story has reached."""
        return min(add_working_days(day, count, {}), self.today)

    def person(self) -> str:
        """A new full name."""
        return man(self.chance) if self.chance.random() < 0.5 else woman(self.chance)

    def hamlets(self, unit: Unit) -> tuple[str, ...]:
        """The hamlets of a commune: "Thôn 1" to "Thôn 6"."""
        word = "Tổ dân phố" if unit.name.startswith(("Thị trấn", "Phường")) else "Thôn"
        return tuple(f"{word} {n}" for n in range(1, 7))


def make_organisations(stage: Stage) -> None:
    """Offices of the area, a committee and two schools in every commune, old and new."""
    with stage.acting():
        _make_offices(stage)
        for unit in [*stage.old_communes, *stage.new_communes]:
            _make_local(stage, unit)


def _make_offices(stage: Stage) -> None:
    for office, name, kind in OFFICES:
        stage.offices[office] = create_organisation(
            name, kind, stage.area, by=stage.system, office=office
        )
    stage.offices["so_ldtbxh"] = create_organisation(
        "Sở Lao động - Thương binh và Xã hội", OrganisationKind.OFFICE, stage.city,
        by=stage.system, office="so_ldtbxh",
    )  # fmt: skip


def _make_local(stage: Stage, unit: Unit) -> None:
    end = unit.valid.upper
    stage.committees[unit.pk] = create_organisation(
        f"Ủy ban nhân dân {unit.name}", OrganisationKind.COMMITTEE, unit, by=stage.system,
        start=unit.valid.lower, end=end, office="ubnd_xa",
    )  # fmt: skip
    place = unit.name.split(" ", 2 if unit.name.startswith("Thị trấn") else 1)[-1]
    stage.schools[unit.pk] = [
        create_organisation(f"{level} {place} (demo)", OrganisationKind.SCHOOL, unit,
                            by=stage.system, start=unit.valid.lower, end=end)
        for level in ("Trường Tiểu học", "Trường THCS")
    ]  # fmt: skip
