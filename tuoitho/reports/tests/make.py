"""Builders: the reports of 2025, due on 24/11/2025; a test states every fact it depends on."""

from datetime import date
from typing import Any

from tuoitho.access.models import User
from tuoitho.reports import actions
from tuoitho.reports.actions.steps import D
from tuoitho.reports.models import Consolidation, Edition, UnitReport
from tuoitho.reports.states import DELIVERED, State
from tuoitho.units.models import Unit

YEAR = 2025
DUE = date(2025, 11, 24)
DAY = date(2025, 11, 20)
TEXTS = {"situation": "Toàn xã có 2.310 hộ có trẻ em.", "proposals": "Đề nghị tăng định mức chi."}
SIGNER: dict[str, Any] = {"signer_name": "Trần Văn Chung", "signer_position": "Chủ tịch UBND xã"}


def make_report(unit: Unit, state: str = State.DRAFT, **facts: Any) -> UnitReport:
    """The commune's report of 2025, written and in ``state``; nothing signed yet."""
    given = {
        "office": "ubnd_xa", "name": f"Ủy ban nhân dân {unit.name}", "year": YEAR,
        "due_on": DUE, "sections": TEXTS, **facts,
    }  # fmt: skip
    if state in (*DELIVERED, State.RETURNED):
        given.setdefault("sent_on", DAY)
    if state == State.RETURNED:
        given.setdefault("return_reason", "Thiếu kinh phí")
    return UnitReport.objects.create(unit=unit, state=state, **given)


def make_consolidation(unit: Unit, state: str = State.DRAFT, **facts: Any) -> Consolidation:
    """The consolidated report of 2025 of the area."""
    given = {"year": YEAR, "due_on": date(2025, 12, 9), "sections": TEXTS, **facts}
    if state == State.SENT:
        given.setdefault("sent_on", DAY)
    return Consolidation.objects.create(unit=unit, state=state, **given)


def sign(document: D, by: User, **facts: Any) -> Edition:
    """Signed as saved, on the usual day."""
    document.refresh_from_db()
    given = {**SIGNER, "revision": document.revision, "on": DAY, **facts}
    return actions.sign_report(document, by=by, **given)


def make_sent(document: D, by: User) -> Edition:
    """Signed and sent."""
    edition = sign(document, by)
    actions.send_report(document, by=by, on=DAY)
    return edition
