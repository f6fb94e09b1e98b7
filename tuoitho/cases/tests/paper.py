"""A case with everything the forms tell of, and reading Word files back."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import docx

from tuoitho.cases import actions
from tuoitho.cases.actions.printing import Order
from tuoitho.cases.documents.paper import Signing
from tuoitho.cases.models import Case
from tuoitho.cases.tests.make import DISHES, MEASURES, OPENED, RECEIVED, make_child

SIGNING = Signing(
    on=OPENED, place="Thanh Trì", capacity="own", title="Chủ tịch", name="Trần Văn Chung",
    circulation="internal", recipients="- Như Điều 3;\n- Lưu: VT.",
)  # fmt: skip
TOLD: dict[str, Any] = {
    "channel": "phone", "received_at": RECEIVED, "happening": "Cháu bé rửa bát thuê đến khuya.",
    "child_name": "Bé Na", "age_estimate": 11, "place": "Quán phở đầu chợ", "father": "Ông Tư, 40",
    "reporter_name": "Bà Tư", "reporter_phone": "0912345678",
}  # fmt: skip


def full_case(here: Any, lan: Any, chung: Any) -> Case:
    """Reported, screened, opened, in emergency, planned, approved, visited by service, reviewed."""
    child = make_child(here, hamlet="Thôn Cương Ngô")
    report, _code = actions.receive_report(here, **TOLD, by=lan)
    screening = actions.screen_child(child, DISHES, observed_on=OPENED, report=report, by=lan)
    case = actions.open_case(
        child, "child_labour", report=report, screening=screening, by=lan, on=OPENED
    )
    actions.assess_emergency(case, emergency=True, by=lan, on=OPENED, harm_now="high")
    actions.decide_emergency(case, kind="separation", by=chung, on=OPENED,
                             until=OPENED + timedelta(days=6), place_of_stay="Nhà bà ngoại",
                             carer="Bà ngoại Lê Thị Sáu")  # fmt: skip
    actions.draft_plan(
        case,
        needs="Được đi học lại; gia đình có việc làm",
        measures=MEASURES,
        by=lan,
        on=OPENED,
        met_on=OPENED,
        wishes_of_child="Em muốn về lớp cũ",
        goal="Đi học đều, không làm đêm",
    )
    actions.submit_plan(case, by=lan, on=OPENED)
    actions.approve_plan(case, by=chung, on=OPENED)
    actions.start_service(case, kind="education", by=lan, on=OPENED, what="Nhập học lớp 6")
    return Case.objects.get(pk=case.pk)


def reviewed(case: Case, lan: Any, on: date = OPENED) -> Case:
    levels = dict.fromkeys(
        ("harm_severity", "harm_access", "harm_environment", "self_protection", "recovery"), "low"
    )
    actions.review_case(case, no_more_risk=True, stable=True, conclusion="close", by=lan, on=on,
                        **levels)  # fmt: skip
    return Case.objects.get(pk=case.pk)


def printed(subject: Any, kind: str, by: Any, key: int = 0, **changes: Any):
    signing = Signing(**{**SIGNING.__dict__, **changes.pop("signing", {})})
    return actions.print_document(subject, Order(kind, signing, key, **changes), by=by)


def opened(version: Any, by: Any) -> Any:
    """The kept file as python-docx reads it."""
    return docx.Document(BytesIO(actions.file_of(version, by=by)))


def words_in(doc: Any) -> str:
    """Every text of the document, tables and footers too, one line a paragraph."""
    found = [p.text for p in doc.paragraphs]
    found += [p.text for t in doc.tables for row in t.rows for c in row.cells for p in c.paragraphs]
    for section in doc.sections:
        found += [p.text for part in (section.footer, section.first_page_footer)
                  for p in part.paragraphs]  # fmt: skip
    return "\n".join(found)
