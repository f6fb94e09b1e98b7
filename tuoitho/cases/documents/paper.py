"""From what is known and what was asked to the words of a paper, and to its Word file."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import translation

from tuoitho.cases.documents.catalogue import FORMS, UNSEEN_PRINTED, Form
from tuoitho.cases.models import FormTemplate
from tuoitho.cases.models.document import Capacity, Circulation
from tuoitho.lib import word_template
from tuoitho.lib.official_text import (
    issuer_lines,
    long_date,
    number_and_symbol,
    paragraphs_of,
)
from tuoitho.units.models import Unit

IN_LINES = ("proposal", "more_bases", "results", "reason", "conclusion", "assessors",
            "meeting_people", "attached", "harmful_person", "immediate_needs")  # fmt: skip


@dataclass(frozen=True)
class Signing:
    """Who signs, where, when, and who may read it."""

    on: date
    place: str
    capacity: str
    title: str
    name: str
    circulation: str
    recipients: str

    @property
    def lines(self) -> list[str]:
        """The lines above the name (NĐ 30/2020, Phụ lục I, mục II.7)."""
        title = self.title.strip().upper()
        before = {
            Capacity.OWN: [], Capacity.TM: ["TM. ỦY BAN NHÂN DÂN"],
            Capacity.KT: ["KT. CHỦ TỊCH"], Capacity.TL: ["TL. CHỦ TỊCH"],
            Capacity.TUQ: ["TUQ. CHỦ TỊCH"],
        }[Capacity(self.capacity)]  # fmt: skip
        return [*before, title] if title else before


def issuer_name(unit: Unit) -> str:
    """The committee of a commune; of a programme area or district, its own."""
    return f"Ủy ban nhân dân {unit.name[:1].lower()}{unit.name[1:]}"


def bare_place(unit: Unit) -> str:
    """ "Thanh Trì" of "Xã Thanh Trì": the place as it stands before the date."""
    for kind in ("Xã ", "Phường ", "Thị trấn ", "Đặc khu "):
        if unit.name.startswith(kind):
            return unit.name[len(kind) :]
    return unit.name


def words_for(
    form: Form, facts: Mapping[str, Any], answers: Mapping[str, str], signing: Signing, unit: Unit
) -> dict[str, Any]:
    """Everything the template may name, but its number. All texts in Vietnamese, as printed."""
    with translation.override("vi"):
        circulation = str(Circulation(signing.circulation).label)
    asked = {
        q.name: paragraphs_of(answers.get(q.name, "")) if q.name in IN_LINES
        else " ".join(paragraphs_of(answers.get(q.name, ""))) for q in form.questions
    }  # fmt: skip
    defaults = {"implementers": "Các cơ quan, tổ chức, cá nhân liên quan"}
    asked |= {k: v for k, v in defaults.items() if k in asked and not asked[k]}
    name = issuer_name(unit)
    source = f"{form.kind.value.replace('mau_', 'Mẫu số ')} Nghị định 56/2017/NĐ-CP"
    return {
        **facts, **asked, "issuer": issuer_lines(name), "issuer_words": name,
        "place": signing.place, "signed_on": long_date(signing.on, signing.on.year),
        "circulation": circulation.upper(), "circulation_words": circulation,
        "recipients": [line for line in map(str.strip, signing.recipients.splitlines()) if line],
        "signer_lines": signing.lines, "signer_name": signing.name,
        "footer": source if form.seen else f"{source} – {UNSEEN_PRINTED}",
        "authority": f"CHỦ TỊCH {name.upper()}",
        "term": _term(facts),
    }  # fmt: skip


def _term(facts: Mapping[str, Any]) -> str:
    if "starts_on" not in facts:
        return ""
    return f"từ ngày {facts['starts_on']} đến hết ngày {facts['until']} ({facts['days']} ngày)"


def fingerprint(words: Mapping[str, Any], template: bytes) -> str:
    """Equal exactly when a new printing would say the same."""
    said = json.dumps(words, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(said.encode() + hashlib.sha256(template).digest()).hexdigest()


def template_of(kind: str) -> tuple[bytes, int]:
    """The template in use: the administrator's last one, else ours; with its version (0: ours)."""
    row = FormTemplate.objects.filter(kind=kind).order_by("-version").first()
    if row is not None:
        return bytes(row.file), row.version
    return FORMS[kind].shipped.read_bytes(), 0


def printed(template: bytes, words: Mapping[str, Any], form: Form, number: int) -> bytes:
    """The Word file. Raises WordTemplateError."""
    known = {**words, "number": number_and_symbol(number, form.symbol)}
    return word_template.fill(
        template, known, title=str(form.subject), author=words["issuer_words"]
    )
