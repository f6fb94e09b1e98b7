"""The list of a hamlet house by house, and as a Word document an office prints (NĐ 30/2020, A4)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from tuoitho.lib.official_document import (
    add,
    add_signature,
    add_title,
    data_table,
    finished,
    new_document,
    set_page,
)
from tuoitho.lib.official_text import clean, vn_date
from tuoitho.people.models import Household
from tuoitho.rounds.models import ListedChild, WorkList
from tuoitho.units.letterhead import add_committee_head

PRIVATE = "Có thông tin riêng của trẻ em: chỉ người được giao rà soát được giữ; nộp lại sau đợt."
HEAD = ("TT", "Hộ, địa chỉ", "Họ và tên trẻ", "Ngày sinh", "Giới", "Gặp (có/không, vì sao)",
        "Đi học", "Việc làm, làm cho ai, ở đâu", "Giờ/ngày, giờ/tuần", "Ghi chú")  # fmt: skip
WIDTHS = (9, 38, 38, 20, 12, 26, 18, 48, 22, 21)
STYLES = ("VB Ô bảng giữa", "VB Ô bảng", "VB Ô bảng", *["VB Ô bảng giữa"] * 2, *["VB Ô bảng"] * 5)


@dataclass
class House:
    """A household of the list with its children; ``household`` None for a child without one."""

    household: Household | None
    children: list[ListedChild] = field(default_factory=list)

    @property
    def head(self) -> str:
        return self.household.head_name if self.household else ""

    @property
    def address(self) -> str:
        return self.household.address if self.household else ""


def houses_of(listed: Iterable[ListedChild]) -> list[House]:
    """Children gathered by household, in the order given."""
    houses: list[House] = []
    for row in listed:
        same = houses and row.household_id and houses[-1].children[0].household_id
        if not same or same != row.household_id:
            houses.append(House(row.household))
        houses[-1].children.append(row)
    return houses


def list_paper(work_list: WorkList, houses: list[House], on: date) -> bytes:
    """The bytes of the .docx: who is to be visited, with room to write."""
    planned = work_list.round
    doc = new_document(PRIVATE)
    set_page(doc.sections[0], landscape=True)
    add_committee_head(doc, work_list.unit, "Số:        /DS-UBND", on)
    add_title(doc, "Danh sách", f"Trẻ em cần thăm, {work_list} ({clean(planned.name)})")
    whose = str(work_list.collaborator or "chưa giao")
    days = f"từ {vn_date(planned.first_day)} đến {vn_date(planned.last_day)}"
    add(doc, "VB Lời văn", f"Người rà soát: {clean(whose)}. Thời gian: {days}.")
    data_table(doc, WIDTHS, HEAD, list(_rows(houses)), STYLES)
    add(doc, "VB Chú thích", "Trẻ gặp mà không có trong danh sách: ghi vào dòng trống, rồi tra sổ "
        "trước khi đăng ký mới.")  # fmt: skip
    add_signature(doc, ["- Người rà soát;", "- Lưu: VT."], ["NGƯỜI RÀ SOÁT"], "")
    return finished(doc)


def _rows(houses: list[House]) -> Iterable[list[str]]:
    number = 0
    for house in houses:
        place = ", ".join(filter(None, (house.head, house.address)))
        for listed in house.children:
            number += 1
            child = listed.child
            born = vn_date(child.birth_date) if child.birth_date else ""
            sex = {"male": "Nam", "female": "Nữ"}.get(child.sex, "")
            yield [str(number), clean(place), clean(child.full_name), born, sex]
            place = ""
    for _blank in range(3):
        yield [""] * 5
