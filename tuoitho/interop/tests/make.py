"""Files for tests, made on the spot."""

import io
import zipfile
from collections.abc import Sequence
from typing import Any

import xlsxwriter

HEADINGS = [
    "Họ và tên trẻ", "Ngày sinh", "Giới tính", "Họ tên chủ hộ", "Thôn, tổ dân phố", "Hộ nghèo",
    "Họ tên mẹ", "Điện thoại", "Lớp",
]  # fmt: skip
AN = ["Nguyễn Văn An", "01/06/2014", "Nam", "Nguyễn Văn Hùng", "Thôn Nội", "Nghèo",
      "Lê Thị Bưởi", "0912345678", 6]  # fmt: skip
BINH = ["Trần Thị Bình", "2012-03-05", "Nữ", "Trần Văn Lợi", "Thôn Ngoại", "", "", "", ""]


def make_xlsx(rows: Sequence[Sequence[Any]], *, before: int = 0, sheet: str = "Trẻ em") -> bytes:
    """A workbook whose table begins after ``before`` rows of other text."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    page = book.add_worksheet(sheet)
    for line in range(before):
        page.write(line, 0, f"Dòng giới thiệu {line}")
    for line, row in enumerate(rows, start=before):
        for place, cell in enumerate(row):
            page.write(line, place, cell)
    book.close()
    return target.getvalue()


def rezipped(content: bytes, **parts: bytes) -> bytes:
    """The same workbook with some parts replaced or added."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, data in parts.items():
            new.writestr(name, data)
    return target.getvalue()
