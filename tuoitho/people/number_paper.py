"""The list handed to the police as a Word document (NĐ 30/2020, A4), with room for the answers."""

from collections.abc import Iterable

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
from tuoitho.people.models import Child, Guardian, NumberCheck, NumberList
from tuoitho.units.letterhead import add_committee_head

PRIVATE = "Có số định danh của trẻ em: chỉ giao tận tay cán bộ công an được phân công."
HEAD = ("TT", "Họ và tên", "Ngày sinh", "Giới", "Cha, mẹ, người chăm sóc", "Chủ hộ, nơi ở",
        "Số trong sổ", "Cần đối chiếu vì", "Số đúng (công an ghi)", "Ghi chú")  # fmt: skip
WIDTHS = (9, 36, 20, 11, 38, 40, 28, 28, 32, 20)
STYLES = ("VB Ô bảng giữa", "VB Ô bảng", *["VB Ô bảng giữa"] * 2, *["VB Ô bảng"] * 6)


def number_paper(row: NumberList) -> bytes:
    """The bytes of the .docx."""
    doc = new_document(PRIVATE)
    set_page(doc.sections[0], landscape=True)
    add_committee_head(doc, row.unit, row.document_number or "Số:        /DS-UBND", row.made_on)
    add_title(doc, "Danh sách", "Trẻ em đề nghị công an đối chiếu số định danh cá nhân")
    checks = row.checks.with_children("child__guardians", "child__household__guardians")
    lines = list(_rows(checks))
    add(doc, "VB Lời văn", f"Danh sách {row}, {len(lines)} trẻ. Đề nghị ghi số đúng vào cột thứ 9, "
        "hoặc “chưa cấp”, “không có trong cơ sở dữ liệu”, ký và trả lại.")  # fmt: skip
    data_table(doc, WIDTHS, HEAD, lines, STYLES)
    if row.handed_digest:
        add(doc, "VB Chú thích", f"Dấu vân tay của danh sách khi chuyển: {row.handed_digest}")
    add_signature(doc, ["- Công an cấp xã;", "- Lưu: VT."],
                  ["NGƯỜI GIAO", "(bên công an ký nhận, ký trả lời)"], "")  # fmt: skip
    return finished(doc)


def _rows(checks: Iterable[NumberCheck]) -> Iterable[list[str]]:
    for check in checks:
        child = check.known
        if child is None:  # moved to another commune since
            yield [str(check.place), check.who, *[""] * 8]
            continue
        born = vn_date(child.birth_date) if child.birth_date else ""
        sex = {"male": "Nam", "female": "Nữ"}.get(child.sex, "")
        head = child.household.head_name if child.household else ""
        place = ", ".join(filter(None, (head, child.hamlet)))
        yield [
            str(check.place), clean(child.full_name), born, sex, clean("; ".join(_carers(child))),
            clean(place), child.national_id, str(check.get_trouble_display()), "", "",
        ]  # fmt: skip


def _carers(child: Child) -> list[str]:
    carers: list[Guardian] = list(child.guardians.all())
    if child.household is not None:
        carers += child.household.guardians.all()
    return [str(carer) for carer in carers]
