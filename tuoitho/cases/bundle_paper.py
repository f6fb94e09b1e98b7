"""The papers of a handover as a Word document, with a place for the receiver's acknowledgement.

Laid out as an administrative record (NĐ 30/2020/NĐ-CP, Phụ lục I); the programme's own, no form of
NĐ 56/2017.
"""

from tuoitho.cases.bundle import from_text
from tuoitho.cases.models import Handover, HandoverBundle
from tuoitho.lib.official_document import (
    add,
    add_signature,
    add_title,
    finished,
    new_document,
)
from tuoitho.lib.official_text import clean
from tuoitho.units.letterhead import add_committee_head

CONFIDENTIAL = "Mật đời sống riêng tư của trẻ em: chỉ người được giao xử lý hồ sơ được đọc."


def paper_of(offer: Handover, bundle: HandoverBundle) -> bytes:
    """The bytes of the .docx: what is handed over, why it may be shared, the acknowledgement."""
    doc = new_document(CONFIDENTIAL)
    add_committee_head(doc, offer.from_unit, "Số:        /BB-UBND", offer.offered_on)
    add_title(doc, "Biên bản", f"Bàn giao hồ sơ HS-{offer.case_id:06d} cho {offer.where_to}")
    add(doc, "VB Lời văn", f"Căn cứ chia sẻ thông tin: {clean(bundle.sharing)}.")
    if bundle.note:
        add(doc, "VB Lời văn", clean(bundle.note))
    for number, section in enumerate(from_text(bundle.contents), 1):
        add(doc, "VB Đề mục", f"{number}. {section.title}")
        for line in section.lines:
            add(doc, "VB Lời văn", clean(line))
    add(doc, "VB Đề mục", "Xác nhận của nơi nhận")
    add(doc, "VB Lời kết", "Đã nhận đủ hồ sơ trên ngày ..... tháng ..... năm ......... ; tiếp tục "
        "theo dõi, hỗ trợ trẻ từ ngày nhận.")  # fmt: skip
    add_signature(doc, ["- Nơi nhận;", "- Lưu: VT, hồ sơ."], ["ĐẠI DIỆN NƠI NHẬN"], "",
                  "Bên giao, bên nhận mỗi bên giữ một bản")  # fmt: skip
    return finished(doc)
