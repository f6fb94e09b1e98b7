"""An invented paper of each kind with every field filled: what an uploaded template is tried on."""

from typing import Any

from tuoitho.cases.documents.catalogue import FORMS
from tuoitho.cases.documents.make_templates import BLOCK_WORDS
from tuoitho.cases.documents.paper import IN_LINES

_RATED = [{"label": "1. Nội dung", "high": "x", "medium": "", "low": ""}]
_TOTAL = {"high": "1", "medium": "0", "low": "0"}
_COMMON = (
    "issuer issuer_words place signed_on circulation circulation_words signer_name footer "
    "authority term number"
)
_CASE = (
    "case_code category notified_on opened_on child_name child_born child_sex child_home work law "
    "carers report_number received_at"
)
_RATING: dict[str, Any] = {
    "harm": _RATED, "harm_total": _TOTAL, "protection": _RATED, "protection_total": _TOTAL,
}  # fmt: skip
_PLAN = "goal cost_total met_on drafted_on drafted_by submitted_on decided_on plan_version"
_MEASURES = {"measures": [
    {"service": "Giáo dục", "what": "Học lại", "time": "–", "responsible": "Trường", "cost": "0"}
]}  # fmt: skip
_OWN: dict[str, tuple[str, dict[str, Any]]] = {
    "mau_01": (
        "happening child_condition consequences father mother family carer done_already "
        "event_place hamlet channel received_at receiver child_name child_born child_sex "
        "happened_unit crime routed informant_name informant_phone informant_address", {},
    ),
    "mau_02": (f"{_CASE} assessed_at assessed_by note verdict", _RATING),
    **dict.fromkeys(
        ("mau_03", "mau_04", "mau_05"),
        (f"{_CASE} {_PLAN} " + " ".join(name for _words, name in BLOCK_WORDS), _MEASURES),
    ),
    "mau_06": (
        f"{_CASE} reviewed_on reviewed_by note visits no_more_risk stable verdict",
        {**_RATING,
         "services": [{"what": "Học", "from": "01/01/2026", "until": "–", "result": "–"}]},
    ),
    "mau_07": (
        f"{_CASE} measure decided_at decided_day starts_on until days stay carer", {}
    ),
}  # fmt: skip


def sample(kind: str) -> dict[str, Any]:
    """Every name a template of this kind may use, filled with invented words."""
    names, rows = _OWN[kind]
    words: dict[str, Any] = {name: f"({name})" for name in f"{_COMMON} {names}".split()}
    for question in FORMS[kind].questions:
        words[question.name] = ["(…)"] if question.name in IN_LINES else "(…)"
    return {**words, **rows, "recipients": ["- Nơi nhận."], "signer_lines": ["CHỦ TỊCH"]}
