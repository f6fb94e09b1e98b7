r"""Make `documents/templates/mau_01.docx` … `mau_07.docx`, the Word templates of the forms.

    python -m tuoitho django shell -c \
        "from tuoitho.cases.documents.make_templates import make; make()"

Run it after a change here or in `lib.official_document`, look at the results, commit the .docx. An
office does not need this: it edits a .docx in Word, keeps the tags and uploads it.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from docx.shared import Pt

from tuoitho.cases.documents.catalogue import FORMS, SHIPPED, Form
from tuoitho.lib import official_document as od

TEXT, HEAD, CLAUSE, END = "VB Lời văn", "VB Đề mục", "VB Khoản", "VB Lời kết"
CELL, MID, NUM = "VB Ô bảng", "VB Ô bảng giữa", "VB Ô bảng số"


def _lines(doc: Any, *pairs: tuple[str, str]) -> None:
    for style, text in pairs:
        od.add(doc, style, text)


def _loop(doc: Any, style: str, name: str) -> None:
    """One paragraph for each line of a list."""
    _lines(doc, (style, f"{{%p for line in {name} %}}"), (style, "{{ line }}"),
           (style, "{%p endfor %}"))  # fmt: skip


def _when(doc: Any, name: str, *pairs: tuple[str, str]) -> None:
    style = pairs[0][0]
    _lines(doc, (style, f"{{%p if {name} %}}"), *pairs, (style, "{%p endif %}"))


def _head(doc: Any, form: Form) -> None:
    table = od.add_letterhead(doc, [], "{{ issuer }}", "Số: {{ number }}",
                              "{{ place }}, {{ signed_on }}")  # fmt: skip
    od.add_box(table.rows[1].cells[0], "{{ circulation }}", indent_mm=10)
    kind = {"BC-UBND": "Báo cáo", "TTr-UBND": "Tờ trình", "QĐ-UBND": "Quyết định"}[form.symbol]
    od.add_title(doc, kind, form.subject)


def _facts(doc: Any, *pairs: tuple[str, str]) -> None:
    """Label and value, a paragraph each."""
    for label, name in pairs:
        paragraph = od.add(doc, TEXT, f"{label}: ")
        paragraph.add_run(f"{{{{ {name} }}}}")


def _about_child(doc: Any, number: str) -> None:
    od.add(doc, HEAD, f"{number}. Thông tin về trẻ em")
    _facts(doc, ("Họ và tên", "child_name"), ("Ngày sinh", "child_born"),
           ("Giới tính", "child_sex"), ("Nơi ở", "child_home"),
           ("Cha, mẹ, người chăm sóc", "carers"), ("Công việc trẻ đang làm", "work"),
           ("Hồ sơ", "case_code"), ("Nhóm", "category"))  # fmt: skip
    _when(doc, "law", (TEXT, "{{ law }}"))


def _table(doc: Any, name: str, widths: Sequence[float], columns: Sequence[tuple[str, str, str]],
           total: Sequence[str] = ()) -> None:  # fmt: skip
    heads = [head for head, _value, _style in columns]
    rows = [(f"{{%tr for t in {name} %}}",),
            tuple(f"{{{{ {value} }}}}" for _head, value, _style in columns),
            ("{%tr endfor %}",), *([tuple(total)] if total else [])]  # fmt: skip
    table = od.data_table(doc, widths, heads, rows, [style for _h, _v, style in columns])
    for row in table.rows[:-2]:  # a short table stays on one page, its total never alone
        for cell in row.cells:
            cell.paragraphs[0].paragraph_format.keep_with_next = True
    if total:
        for cell in table.rows[2].cells:
            cell.paragraphs[0].paragraph_format.keep_with_next = True
        for cell in table.rows[-1].cells:
            for run in cell.paragraphs[0].runs:
                run.bold = True
    od.add(doc, "VB Ngắt phần", "")


def _ratings(doc: Any, name: str, caption: str) -> None:
    od.add(doc, "VB Tên bảng", caption)
    _table(
        doc, name, (90, 25, 25, 25),
        (("Nội dung đánh giá", "t.label", CELL), ("Cao", "t.high", MID),
         ("Trung bình", "t.medium", MID), ("Thấp", "t.low", MID)),
        ("Tổng số", f"{{{{ {name}_total.high }}}}", f"{{{{ {name}_total.medium }}}}",
         f"{{{{ {name}_total.low }}}}"),
    )  # fmt: skip


def _addressed(doc: Any) -> None:
    _when(doc, "addressed_to", ("VB Kính gửi", "Kính gửi: {{ addressed_to }}"))


def _paragraphs(doc: Any, head: str, name: str) -> None:
    """A heading and what was answered under it; nothing when nothing was."""
    _lines(doc, (HEAD, f"{{%p if {name} %}}"), (HEAD, head))
    _loop(doc, TEXT, name)
    od.add(doc, HEAD, "{%p endif %}")


def _end(doc: Any, closing: str) -> None:
    od.add(doc, END, closing)
    od.add_signature(
        doc, ["{%p for line in recipients %}", "{{ line }}", "{%p endfor %}"],
        ["{%p for line in signer_lines %}", "{{ line }}", "{%p endfor %}"], "{{ signer_name }}",
    )  # fmt: skip


SCOPE = "Văn bản này ở mức “{{ circulation_words }}”; chỉ gửi những nơi có tên dưới đây (khoản 3 Điều 24 Nghị định số 56/2017/NĐ-CP)./."  # noqa: E501


def _mau_01(doc: Any) -> None:
    _addressed(doc)
    od.add(doc, TEXT, "Vào lúc {{ received_at }}, {{ issuer_words }} tiếp nhận thông tin về trẻ em "
           "từ nguồn: {{ channel }}. Nội dung cụ thể như sau:")  # fmt: skip
    od.add(doc, HEAD, "1. Thông tin về trẻ em")
    _facts(doc, ("Họ và tên", "child_name"), ("Ngày sinh hoặc tuổi ước lượng", "child_born"),
           ("Giới tính", "child_sex"), ("Nơi xảy ra vụ việc", "event_place"),
           ("Thôn, tổ dân phố", "hamlet"), ("Xã, phường", "happened_unit"),
           ("Sự việc", "happening"), ("Tình trạng hiện tại của trẻ", "child_condition"),
           ("Phỏng đoán hậu quả có thể xảy ra nếu không có hỗ trợ, can thiệp", "consequences"),
           ("Dấu hiệu tội phạm", "crime"))  # fmt: skip
    od.add(doc, HEAD, "2. Thông tin về gia đình, người chăm sóc")
    _facts(doc, ("Cha (họ tên, tuổi, nghề nghiệp)", "father"),
           ("Mẹ (họ tên, tuổi, nghề nghiệp)", "mother"), ("Hoàn cảnh gia đình", "family"),
           ("Người đang chăm sóc trẻ", "carer"))  # fmt: skip
    od.add(doc, HEAD, "3. Những hành động can thiệp, trợ giúp đã thực hiện")
    od.add(doc, TEXT, "{{ done_already }}")
    od.add(doc, HEAD, "4. Thông tin về người báo tin (nếu đồng ý cung cấp)")
    _facts(doc, ("Họ và tên", "informant_name"), ("Điện thoại", "informant_phone"),
           ("Địa chỉ", "informant_address"))  # fmt: skip
    od.add(doc, HEAD, "5. Nơi xử lý")
    od.add(doc, TEXT, "{{ routed }}")
    _paragraphs(doc, "6. Đề nghị", "proposal")
    _end(doc, SCOPE)


def _mau_02(doc: Any) -> None:
    od.add(doc, TEXT, "Thực hiện khoản 2 Điều 26 Nghị định số 56/2017/NĐ-CP, lúc "
           "{{ assessed_at }}, {{ assessed_by }} đã đánh giá nguy cơ ban đầu đối với trẻ em "
           "theo thông tin nhận lúc {{ received_at }}.")  # fmt: skip
    _about_child(doc, "1")
    _paragraphs(doc, "2. Người gây hại và quan hệ với trẻ", "harmful_person")
    od.add(doc, HEAD, "3. Mức độ tổn hại và nguy cơ")
    _ratings(doc, "harm", "Mức độ tổn hại")
    _ratings(doc, "protection", "Khả năng tự bảo vệ và được bảo vệ")
    _facts(doc, ("Nhận định", "note"))
    _paragraphs(doc, "4. Nhu cầu cấp bách", "immediate_needs")
    od.add(doc, HEAD, "5. Kết luận")
    od.add(doc, TEXT, "{{ verdict }}")
    _paragraphs(doc, "6. Đề nghị", "proposal")
    _end(doc, SCOPE)


BLOCK_WORDS = (
    ("a) Thể chất, tâm lý, tình cảm của trẻ", "state_of_child"),
    ("b) Hoàn cảnh gia đình, các mối quan hệ, khả năng bảo vệ trẻ", "family"),
    ("c) Yếu tố có thể gây hại hoặc làm tái diễn", "risk_factors"),
    ("d) Điều kiện, khả năng học tập và tự bảo vệ", "study"),
    ("đ) Sự an toàn và trợ giúp của nơi cư trú", "neighbourhood"),
    ("e) Nhu cầu hỗ trợ", "needs"), ("g) Nguyện vọng của trẻ", "wishes_of_child"),
    ("h) Nguyện vọng của cha mẹ, người chăm sóc", "wishes_of_carers"),
)  # fmt: skip


def _mau_03(doc: Any) -> None:
    od.add(doc, TEXT, "Thực hiện Điều 27 Nghị định số 56/2017/NĐ-CP, {{ drafted_by }} đã thu thập "
           "thông tin và đánh giá nguy cơ cụ thể như sau:")  # fmt: skip
    _about_child(doc, "1")
    _paragraphs(doc, "2. Người tham gia đánh giá", "assessors")
    od.add(doc, HEAD, "3. Nội dung đánh giá")
    for head, name in BLOCK_WORDS:
        _lines(doc, (CLAUSE, head), (TEXT, f"{{{{ {name} }}}}"))
    od.add(doc, HEAD, "4. Cuộc họp xác định nhu cầu (khoản 2 Điều 27)")
    _facts(doc, ("Ngày họp", "met_on"))
    _loop(doc, TEXT, "meeting_people")
    _paragraphs(doc, "5. Kết luận", "conclusion")
    _end(doc, SCOPE)


def _measures(doc: Any) -> None:
    _lines(doc, ("VB Tên bảng", "Kế hoạch hỗ trợ, can thiệp"),
           ("VB Đơn vị tính", "Kinh phí: đồng"))  # fmt: skip
    _table(
        doc, "measures", (26, 46, 30, 38, 25),
        (("Dịch vụ", "t.service", CELL), ("Việc làm cụ thể", "t.what", CELL),
         ("Thời gian", "t.time", MID), ("Người, cơ quan chịu trách nhiệm", "t.responsible", CELL),
         ("Kinh phí dự kiến", "t.cost", NUM)),
        ("Tổng cộng", "{{ '' }}", "{{ '' }}", "{{ '' }}", "{{ cost_total }}"),
    )  # fmt: skip


def _mau_04(doc: Any) -> None:
    _addressed(doc)
    od.add(doc, "VB Căn cứ", "Căn cứ Luật Trẻ em số 102/2016/QH13;")
    od.add(doc, "VB Căn cứ", "Căn cứ khoản 1, khoản 2 Điều 28 Nghị định số 56/2017/NĐ-CP.")
    od.add(doc, TEXT, "Trên cơ sở kết quả đánh giá nguy cơ cụ thể và cuộc họp xác định nhu cầu "
           "ngày {{ met_on }}, kính trình xem xét, phê duyệt kế hoạch hỗ trợ, can thiệp "
           "(dự thảo lần {{ plan_version }}, ngày {{ drafted_on }}) như sau:")  # fmt: skip
    _about_child(doc, "1")
    od.add(doc, HEAD, "2. Nhu cầu, nguyện vọng và mục tiêu")
    _facts(doc, ("Nhu cầu hỗ trợ", "needs"), ("Nguyện vọng của trẻ", "wishes_of_child"),
           ("Nguyện vọng của cha mẹ, người chăm sóc", "wishes_of_carers"),
           ("Mục tiêu", "goal"))  # fmt: skip
    od.add(doc, HEAD, "3. Dự thảo kế hoạch")
    _measures(doc)
    _paragraphs(doc, "4. Tài liệu gửi kèm", "attached")
    _end(doc, SCOPE)


def _authority(doc: Any) -> None:
    od.add(doc, "VB Kính gửi", "{{ authority }}").runs[0].bold = True


def _article(doc: Any, number: int, text: str) -> None:
    """ "Điều 1." in bold, then what it says (NĐ 30/2020, Phụ lục I, mục II.6)."""
    made = od.add(doc, TEXT, f"Điều {number}. ")
    made.runs[0].bold = True
    made.add_run(text)


def _articles(doc: Any, first: str) -> None:
    od.add(doc, "VB Tên loại", "QUYẾT ĐỊNH:").paragraph_format.space_after = Pt(6)
    for number, text in enumerate(
        (
            first,
            "Người làm công tác bảo vệ trẻ em cấp xã điều phối, theo dõi việc thực hiện "
            "và báo cáo kết quả; cha mẹ, người chăm sóc trẻ và các cơ quan, tổ chức, cá nhân "
            "liên quan có trách nhiệm thực hiện.",
            "Quyết định này có hiệu lực kể từ ngày ký. {{ implementers }} chịu trách "
            "nhiệm thi hành Quyết định này.",
        ),
        start=1,
    ):
        _article(doc, number, text)


def _bases(doc: Any, *bases: str) -> None:
    for base in ("Căn cứ Luật Tổ chức chính quyền địa phương;",
                 "Căn cứ Luật Trẻ em số 102/2016/QH13;", *bases):  # fmt: skip
        od.add(doc, "VB Căn cứ", base)


def _mau_05(doc: Any) -> None:
    _authority(doc)
    _bases(doc, "Căn cứ khoản 4 Điều 28 Nghị định số 56/2017/NĐ-CP;")
    _loop(doc, "VB Căn cứ", "more_bases")
    od.add(doc, "VB Căn cứ", "Theo đề nghị của {{ drafted_by }}, trình ngày {{ submitted_on }}.")
    _articles(doc, "Phê duyệt kế hoạch hỗ trợ, can thiệp đối với trẻ em {{ child_name }}, "
              "sinh {{ child_born }}, nơi ở: {{ child_home }} (hồ sơ {{ case_code }}), kèm theo "
              "Quyết định này. Kinh phí dự kiến: {{ cost_total }} đồng.")  # fmt: skip
    _end(doc, SCOPE)
    od.end_section(doc)
    od.add_annex_title(doc, "Phụ lục", "KẾ HOẠCH HỖ TRỢ, CAN THIỆP",
                       "(Kèm theo Quyết định số {{ number }} {{ signed_on }})")  # fmt: skip
    _facts(doc, ("Mục tiêu", "goal"), ("Nhu cầu", "needs"))
    _measures(doc)


def _mau_06(doc: Any) -> None:
    od.add(doc, TEXT, "Thực hiện Điều 30 Nghị định số 56/2017/NĐ-CP, ngày {{ reviewed_on }}, "
           "{{ reviewed_by }} đã rà soát, đánh giá sau khi thực hiện kế hoạch:")  # fmt: skip
    _about_child(doc, "1")
    od.add(doc, HEAD, "2. Kết quả thực hiện kế hoạch")
    _loop(doc, TEXT, "results")
    od.add(doc, TEXT, "Số lần thăm hộ: {{ visits }}.")
    _lines(doc, (TEXT, "{%p if services %}"), ("VB Tên bảng", "Dịch vụ đã hỗ trợ"))
    _table(doc, "services", (70, 30, 30, 35),
           (("Dịch vụ", "t.what", CELL), ("Từ ngày", "t.from", MID), ("Đến ngày", "t.until", MID),
            ("Kết quả", "t.result", CELL)))  # fmt: skip
    od.add(doc, TEXT, "{%p endif %}")
    od.add(doc, HEAD, "3. Đánh giá mức độ tổn hại")
    _ratings(doc, "harm", "Mức độ tổn hại")
    od.add(doc, HEAD, "4. Đánh giá khả năng tự bảo vệ, phục hồi")
    _ratings(doc, "protection", "Khả năng tự bảo vệ, phục hồi")
    _facts(doc, ("Nhận định", "note"), ("Không còn nguy cơ bị xâm hại, bóc lột", "no_more_risk"),
           ("Thể chất, tâm lý, nhận thức, tình cảm đã ổn định", "stable"))  # fmt: skip
    od.add(doc, HEAD, "5. Kết luận")
    od.add(doc, TEXT, "{{ verdict }}")
    _paragraphs(doc, "6. Đề nghị", "proposal")
    _end(doc, SCOPE)


def _mau_07(doc: Any) -> None:
    _authority(doc)
    _bases(doc, "Căn cứ Điều 31, Điều 32 Nghị định số 56/2017/NĐ-CP;")
    od.add(doc, "VB Căn cứ", "Xét thông tin nhận lúc {{ received_at }} và kết quả đánh giá nguy cơ "
           "ban đầu.")  # fmt: skip
    _articles(doc, "Áp dụng biện pháp “{{ measure }}” đối với trẻ em {{ child_name }}, sinh "
              "{{ child_born }}, nơi ở: {{ child_home }} (hồ sơ {{ case_code }}), "
              "như sau:")  # fmt: skip
    at = next(p for p in doc.paragraphs if p.text.startswith("Điều 2."))
    for label, name in (("Thời hạn", "term"), ("Nơi ở của trẻ", "stay"),
                        ("Người chăm sóc thay thế", "carer"), ("Công an phối hợp", "police"),
                        ("Cơ sở y tế tiếp nhận", "health_facility")):  # fmt: skip
        at.insert_paragraph_before(f"- {label}: {{{{ {name} }}}}.", style=TEXT)
    at.insert_paragraph_before("{%p for line in reason %}", style=TEXT)
    at.insert_paragraph_before("Lý do: {{ line }}", style=TEXT)
    at.insert_paragraph_before("{%p endfor %}", style=TEXT)
    _end(doc, SCOPE)


BODIES: dict[str, Callable[[Any], None]] = {
    "mau_01": _mau_01, "mau_02": _mau_02, "mau_03": _mau_03, "mau_04": _mau_04,
    "mau_05": _mau_05, "mau_06": _mau_06, "mau_07": _mau_07,
}  # fmt: skip


def make(folder: Path = SHIPPED) -> list[Path]:
    """Write the seven templates; returns where."""
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for kind, form in FORMS.items():
        doc = od.new_document(footer="{{ footer }}")
        _head(doc, form)
        BODIES[kind](doc)
        core = doc.core_properties
        core.title, core.author, core.language = str(form.subject), "Tuổi Thơ", "vi-VN"
        core.comments, core.created = "", datetime(2024, 1, 1)  # noqa: DTZ001
        path = folder / f"{kind}.docx"
        doc.save(str(path))
        made.append(path)
    return made
