"""How a row of a sheet of households and children becomes calls to actions."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tuoitho.lib.actors import Actor
from tuoitho.lib.text import fold
from tuoitho.people import actions, cells, values
from tuoitho.people.matching import Candidate, Person
from tuoitho.people.models import Child, Household
from tuoitho.people.register import Register
from tuoitho.people.school_years import parse_school_year, school_year_of
from tuoitho.people.states import Relation, SchoolStatus
from tuoitho.units.models import Unit

_ASIDE = re.compile(r"\(.*?\)|\[.*?\]")
_SIGNS = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True)
class SheetColumn:
    """A column of the sheet: its heading, other ways of writing it, how a cell is read."""

    name: str
    heading: str
    others: tuple[str, ...]
    parse: Callable[[Any], Any]
    help: Promise | str
    examples: tuple[str, str] = ("", "")
    required: bool = False


COLUMNS: tuple[SheetColumn, ...] = (
    SheetColumn("full_name", "Họ và tên trẻ", ("Họ và tên", "Họ tên", "Tên trẻ", "Họ tên trẻ",
                "Họ tên trẻ em", "Họ và tên trẻ em", "Họ, tên trẻ", "Tên trẻ em", "Họ tên học sinh",
                "Họ và tên học sinh", "Tên học sinh", "Họ tên con", "Họ và tên con", "Tên con",
                "Họ và tên trẻ Họ và tên", "Trẻ em Họ và tên", "Trẻ em Họ tên"), cells.name,
                gettext_lazy("Bắt buộc."), ("Nguyễn Thị Minh Anh", "Trần Văn Đường"), True),
    SheetColumn("birth", "Ngày sinh", ("Ngày tháng năm sinh", "Sinh ngày", "Năm sinh",
                "Ngày, tháng, năm sinh", "Ngày tháng sinh", "NTNS", "Ngày/tháng/năm sinh",
                "Năm sinh của trẻ", "Ngày sinh của trẻ", "Ngày sinh trẻ", "DOB", "Sinh năm"),
                cells.birth,
                gettext_lazy("dd/mm/yyyy; chỉ biết năm thì ghi năm."), ("05/03/2014", "2012")),
    SheetColumn("ages", "Tuổi ước chừng", ("Tuổi",), cells.ages,
                gettext_lazy("Chỉ khi không biết ngày sinh: 13 hoặc 12-14.")),
    SheetColumn("sex", "Giới tính", ("Giới", "Nam/Nữ", "Phái", "Nam, nữ", "Giới tính Nam/Nữ",
                "Giới tính của trẻ"), cells.sex,
                gettext_lazy("Nam hoặc Nữ; để trống nếu chưa rõ."), ("Nữ", "Nam")),
    SheetColumn("national_id", "Số định danh cá nhân", ("Số định danh", "Mã định danh", "CCCD",
                "Số CCCD", "Mã số định danh", "Mã định danh cá nhân", "Mã số định danh cá nhân",
                "Số ĐDCN", "ĐDCN", "CCCD/Mã định danh", "Số CCCD/Định danh", "Số CMND/CCCD",
                "Số căn cước", "Căn cước", "Số căn cước công dân", "Số CC/ĐDCN", "Mã ĐDCN",
                "Số định danh của trẻ"), cells.number,
                gettext_lazy("12 chữ số; nên định dạng ô là văn bản.")),
    SheetColumn("head_name", "Họ tên chủ hộ", ("Chủ hộ", "Tên chủ hộ", "Họ và tên chủ hộ",
                "Chủ hộ Họ tên", "Chủ hộ Họ và tên"),
                cells.name, gettext_lazy("Trẻ cùng chủ hộ và thôn là cùng một hộ."),
                ("Nguyễn Văn Hùng", "Trần Văn Lợi")),
    SheetColumn("hamlet", "Thôn, tổ dân phố", ("Thôn", "Tổ dân phố", "Thôn/Tổ", "Xóm", "Thôn/xóm",
                "Khu dân cư", "Thôn/Tổ dân phố", "TDP", "Thôn, xóm", "Bản", "Ấp", "Thôn/bản",
                "Khu phố", "Tổ", "KDC", "Tên thôn", "Thôn, bản, tổ dân phố", "Địa chỉ Thôn",
                "Địa chỉ Thôn/Tổ dân phố", "Nơi ở Thôn"), cells.text, "",
                ("Thôn Nội", "Tổ 3")),
    SheetColumn("address", "Địa chỉ", ("Số nhà", "Nơi ở", "Chỗ ở hiện nay",
                "Địa chỉ hiện nay", "Địa chỉ thường trú", "Hộ khẩu thường trú", "Nơi ở hiện nay",
                "Nơi thường trú", "Chỗ ở", "HKTT", "Địa chỉ Số nhà"), cells.text, ""),
    SheetColumn("commune", "Xã, phường", ("Xã", "Phường", "Xã/phường", "Phường/xã",
                "Tên xã", "Địa chỉ Xã", "Xã/phường/thị trấn"), cells.text,
                gettext_lazy("Nếu có, phải trùng với xã chọn khi nộp tệp.")),
    SheetColumn("poverty", "Hộ nghèo", ("Nghèo/Cận nghèo", "Diện hộ", "Loại hộ",
                "Hộ nghèo/cận nghèo", "Diện nghèo", "Hộ nghèo, cận nghèo",
                "Thuộc hộ nghèo/cận nghèo", "Phân loại hộ"), cells.poverty,
                gettext_lazy("Nghèo, Cận nghèo hoặc Không."), ("Cận nghèo", "Nghèo")),
    SheetColumn("poverty_year", "Năm rà soát", ("Năm rà soát hộ nghèo",), cells.whole,
                gettext_lazy("Để trống là năm nay.")),
    SheetColumn("father", "Họ tên cha", ("Cha", "Bố", "Họ tên bố", "Họ và tên cha",
                "Họ và tên bố", "Tên cha", "Tên bố", "Cha Họ tên", "Cha Họ và tên", "Bố Họ tên",
                "Bố Họ và tên", "Cha mẹ Cha", "Cha mẹ Bố"), cells.name, ""),
    SheetColumn("mother", "Họ tên mẹ", ("Mẹ", "Họ và tên mẹ", "Tên mẹ", "Mẹ Họ tên",
                "Mẹ Họ và tên", "Cha mẹ Mẹ"), cells.name, "",
                ("Lê Thị Bưởi", "")),
    SheetColumn("phone", "Điện thoại", ("Số điện thoại", "SĐT", "ĐT", "Điện thoại liên hệ", "Số ĐT",
                "SĐT liên hệ", "Số điện thoại liên hệ", "Điện thoại phụ huynh", "SĐT phụ huynh"),
                cells.phone, gettext_lazy("Của mẹ, nếu không có mẹ thì của cha."),
                ("0912345678", "")),
    SheetColumn("group", "Hoàn cảnh đặc biệt", ("Nhóm hoàn cảnh", "Hoàn cảnh",
                "Nhóm hoàn cảnh đặc biệt", "Nhóm trẻ em có hoàn cảnh đặc biệt", "Nhóm HCĐB",
                "HCĐB"), cells.group,
                gettext_lazy("Một điểm của Luật Trẻ em Đ10.1, ví dụ h."), ("", "h")),
    SheetColumn("since", "Hoàn cảnh từ ngày", ("Từ ngày",), cells.day,
                gettext_lazy("Để trống là ngày nhập."), ("", "01/02/2026")),
    SheetColumn("schooling", "Tình trạng đi học", ("Đi học", "Tình hình đi học",
                "Tình trạng học tập", "Việc học", "Tình hình học tập"),
                cells.schooling, gettext_lazy("Đang học, Bỏ học, Học nghề hoặc Học xong."),
                ("Đang học", "Bỏ học")),
    SheetColumn("school_year", "Năm học", (), cells.text,
                gettext_lazy("Dạng 2025-2026; để trống là năm học này.")),
    SheetColumn("grade", "Lớp", ("Khối", "Khối lớp", "Học lớp", "Lớp học",
                "Đang học lớp", "Trình độ học vấn Lớp"), cells.whole, "", ("6", "8")),
    SheetColumn("school_name", "Trường", ("Tên trường", "Trường học", "Nơi học",
                "Học tại trường", "Trường đang học"), cells.text, "",
                ("THCS Tứ Hiệp", "")),
    SheetColumn("note", "Ghi chú", (), cells.text, ""),
)  # fmt: skip


def heading_key(heading: Any) -> str:
    """A heading without case, marks, signs and what stands in brackets."""
    bare = _ASIDE.sub(" ", fold(cells.text(heading)))
    return _SIGNS.sub(" ", bare).strip()


BY_KEY: dict[str, SheetColumn] = {
    heading_key(words): column for column in COLUMNS for words in (column.heading, *column.others)
}
BY_NAME: dict[str, SheetColumn] = {column.name: column for column in COLUMNS}
LABELS: dict[str, str] = {column.name: column.heading for column in COLUMNS}


def recognised(headings: Sequence[Any]) -> dict[int, SheetColumn]:
    """Which places of a row hold a known heading; a column named twice counts where it is first."""
    found: dict[int, SheetColumn] = {}
    for place, heading in enumerate(headings):
        column = BY_KEY.get(heading_key(heading))
        if column is not None and column not in found.values():
            found[place] = column
    return found


@dataclass(frozen=True)
class Problem:
    """What is wrong with a cell: the column's heading ("" for the whole row) and a sentence."""

    column: str
    message: str


@dataclass
class SheetRow:
    """A row read: the facts, and everything that is wrong with them."""

    facts: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def wrong(self, name: str, error: ValidationError) -> None:
        self.problems += [Problem(LABELS.get(name, ""), message) for message in error.messages]


class Fate(StrEnum):
    """What became of a row that could be read."""

    CREATED = "created"
    COMPLETED = "completed"  # known before; poverty, schooling or a circumstance was added
    UNCHANGED = "unchanged"
    REVIEW = "review"


@dataclass(frozen=True)
class Outcome:
    """The fate of a row, its child, and for REVIEW the children it may be."""

    fate: Fate
    child: Child | None = None
    candidates: tuple[Candidate, ...] = ()


def read_row(row: Sequence[Any], places: dict[int, SheetColumn], unit: Unit, on: date) -> SheetRow:
    """Read one row; every wrong cell is named, not only the first."""
    read = SheetRow({column.name: None for column in COLUMNS})
    for place, column in places.items():
        cell = row[place] if place < len(row) else None
        try:
            if cells.is_broken(cell):
                raise ValidationError(_("Ô chứa công thức không có giá trị đọc được."))
            read.facts[column.name] = column.parse(cell)
        except ValidationError as error:
            read.wrong(column.name, error)
    _check(read, unit, on)
    return read


def _check(read: SheetRow, unit: Unit, on: date) -> None:
    """The same checks as the screens', each beside its column."""
    facts = read.facts
    born, year = facts.pop("birth") or (None, None)
    ages = facts.pop("ages")
    if year is not None:
        ages = (max(0, on.year - year - 1), on.year - year)
    facts["birth_date"], facts["age_range"] = born, None if born else ages
    checks: list[tuple[str, Callable[[], Any]]] = [
        ("full_name", lambda: values.name_of(facts["full_name"] or "", "full_name")),
        ("birth", lambda: values.check_birth_date(born, on)),
        ("birth" if year else "ages", lambda: values.check_age_range(None, facts["age_range"])),
        ("national_id", lambda: values.number_of(facts["national_id"] or "")),
        ("phone", lambda: values.phone_of(facts["phone"] or "")),
        ("commune", lambda: _check_commune(facts["commune"], unit)),
        ("grade", lambda: _check_grade(facts["grade"])),
        ("school_year", lambda: parse_school_year(facts["school_year"] or school_year_of(on))),
        ("poverty_year", lambda: _check_year(facts["poverty_year"])),
        ("since", lambda: _check_since(facts["since"], on)),
        *((name, lambda name=name: facts[name] and values.name_of(facts[name], name))
          for name in ("head_name", "father", "mother")),
        *((name, lambda name=name, n=n: values.line_of(facts[name] or "", name, n))
          for name, n in (("hamlet", 120), ("address", 200), ("school_name", 200),
                          ("note", 2000))),
    ]  # fmt: skip
    for name, check in checks:
        try:
            check()
        except ValidationError as error:
            read.wrong(name, error)
    if facts["phone"] and not (facts["mother"] or facts["father"]):
        message = _("Có số điện thoại nhưng không có tên cha hoặc mẹ.")
        read.problems.append(Problem(LABELS["phone"], message))


def _check_commune(typed: str | None, unit: Unit) -> None:
    bare = re.sub(r"^(xa|phuong|thi tran) ", "", fold(typed or ""))
    if bare and bare != re.sub(r"^(xa|phuong|thi tran) ", "", unit.folded_name):
        raise ValidationError(
            _("Dòng này thuộc “%(typed)s”, tệp được nộp cho %(unit)s.")
            % {"typed": typed, "unit": unit}
        )


def _check_grade(grade: int | None) -> None:
    if grade is not None and not 1 <= grade <= 12:
        raise ValidationError(_("Lớp từ 1 đến 12."))


def _check_year(year: int | None) -> None:
    if year is not None and not 1990 <= year <= 2100:
        raise ValidationError(_("Năm không hợp lệ."))


def _check_since(since: date | None, on: date) -> None:
    if since is not None and since > on:
        raise ValidationError(_("Ngày bắt đầu không thể ở tương lai."))


def natural_key(facts: dict[str, Any]) -> tuple[Any, ...]:
    """By what a row is known again when it has no identity number."""
    return (
        fold(facts["full_name"] or ""), facts["birth_date"], fold(facts["head_name"] or ""),
        fold(facts["hamlet"] or ""),
    )  # fmt: skip


def foresee(facts: dict[str, Any], register: Register) -> Outcome:
    """What writing the row would do, without writing: CREATED, UNCHANGED (known) or REVIEW."""
    number = values.number_of(facts["national_id"] or "")
    known = register.known(number, natural_key(facts))
    if known is not None:
        return Outcome(Fate.UNCHANGED, known)
    names = tuple(facts[name] or "" for name in ("father", "mother", "head_name"))
    person = Person(
        facts["full_name"], facts["birth_date"], facts["sex"] or "unknown", None,
        facts["hamlet"] or "", names, number,
    )  # fmt: skip
    near = register.candidates(person)
    return Outcome(Fate.REVIEW, None, tuple(near)) if near else Outcome(Fate.CREATED)


def write_row(
    facts: dict[str, Any], register: Register, *, by: Actor, on: date, anew: bool = False
) -> Outcome:
    """Write the row through the actions of this room, unless it is known or resembles a child.

    ``anew``: a person has looked at the resemblances, this is another child. Raises ValidationError
    (what only the database could see), PermissionDenied.
    """
    outcome = foresee(facts, register)
    if outcome.fate == Fate.REVIEW and not anew:
        return outcome
    child = outcome.child
    if child is None:
        household = _household(facts, register, by, on)
        child = _register(facts, register.unit, household, by, on)
        _write_dated(child, facts, by, on)
        # Only now: a row refused half-way is undone, and must not be remembered.
        register.add(child)
        if household:
            register.add_household(household)
        return Outcome(Fate.CREATED, child)
    changed = _write_dated(child, facts, by, on)
    return Outcome(Fate.COMPLETED if changed else Fate.UNCHANGED, child)


def _household(facts: dict[str, Any], register: Register, by: Actor, on: date) -> Household | None:
    head, hamlet = facts["head_name"], facts["hamlet"] or ""
    if not head:
        return None
    known = register.household(head, hamlet)
    if known is None:
        known = actions.register_household(
            register.unit, head_name=head, hamlet=hamlet, address=facts["address"] or "", by=by,
            on=on,
        )  # fmt: skip
    return known


def _register(
    facts: dict[str, Any], unit: Unit, household: Household | None, by: Actor, on: date
) -> Child:
    child = actions.register_child(
        unit, full_name=facts["full_name"], birth_date=facts["birth_date"],
        age_range=facts["age_range"], sex=facts["sex"] or "unknown", household=household,
        hamlet=facts["hamlet"] or "", national_id=facts["national_id"] or "",
        note=facts["note"] or "", by=by, on=on,
    )  # fmt: skip
    phone = facts["phone"] or ""
    for name, relation in (("mother", Relation.MOTHER), ("father", Relation.FATHER)):
        if facts[name]:
            actions.add_guardian(
                child, relation=relation, full_name=facts[name], phone=phone, by=by, on=on
            )
            phone = ""
    return child


def _write_dated(child: Child, facts: dict[str, Any], by: Actor, on: date) -> bool:
    """Poverty, circumstance and schooling where they are not yet so. Whether any was written."""
    changed = False
    year = facts["poverty_year"] or on.year
    household = child.household
    if household and facts["poverty"] and household.poverty(year) != facts["poverty"]:
        actions.record_poverty(household, year, facts["poverty"], by=by, on=on)
        changed = True
    since = facts["since"] or on
    group = facts["group"]
    if group and not child.circumstances.lasting_on(since).filter(group=group).exists():
        actions.record_circumstance(child, group, since=since, by=by)
        changed = True
    return _write_schooling(child, facts, by, on) or changed


def _write_schooling(child: Child, facts: dict[str, Any], by: Actor, on: date) -> bool:
    status = facts["schooling"] or (SchoolStatus.ATTENDING.value if facts["grade"] else "")
    if not status:
        return False
    year = parse_school_year(facts["school_year"] or school_year_of(on))
    given = (status, facts["grade"], facts["school_name"] or "")
    row = child.enrolments.filter(school_year=year).first()
    if row and (row.status, row.grade, row.school_name) == given:
        return False
    actions.record_enrolment(
        child, school_year=year, status=given[0], grade=given[1], school_name=given[2], by=by, on=on
    )
    return True
