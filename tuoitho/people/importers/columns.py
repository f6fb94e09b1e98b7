"""The columns of a sheet of households and children: headings, and how a cell is read."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from tuoitho.lib.text import fold
from tuoitho.people import cells
from tuoitho.people.states import Sex

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
    SheetColumn("birth_male", "Năm sinh Nam", ("Ngày sinh Nam", "Ngày tháng năm sinh Nam",
                "Sinh năm Nam", "Sinh ngày Nam", "Giới tính Nam", "Nam"), cells.birth_or_mark,
                gettext_lazy("Ngày hoặc năm sinh ghi ở cột của trẻ nam; hoặc đánh dấu x.")),
    SheetColumn("birth_female", "Năm sinh Nữ", ("Ngày sinh Nữ", "Ngày tháng năm sinh Nữ",
                "Sinh năm Nữ", "Sinh ngày Nữ", "Giới tính Nữ", "Nữ"), cells.birth_or_mark,
                gettext_lazy("Ngày hoặc năm sinh ghi ở cột của trẻ nữ; hoặc đánh dấu x.")),
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
BY_SEX = {"birth_male": Sex.MALE, "birth_female": Sex.FEMALE}
LABELS: dict[str, str] = {column.name: column.heading for column in COLUMNS}


def recognised(headings: Sequence[Any]) -> dict[int, SheetColumn]:
    """Which places of a row hold a known heading; a column named twice counts where it is first.

    "Nam" and "Nữ" are headings only side by side: one alone is a cell under "Giới tính".
    """
    found: dict[int, SheetColumn] = {}
    for place, heading in enumerate(headings):
        column = column_of(heading)
        if column is not None and column not in found.values():
            found[place] = column
    by_sex = [place for place, column in found.items() if column.name in BY_SEX]
    return found if len(by_sex) != 1 else {p: c for p, c in found.items() if p not in by_sex}


def column_of(heading: Any) -> SheetColumn | None:
    """The column a heading names."""
    return BY_KEY.get(heading_key(heading))
