"""What is handed over with a case, in words: a summary, open steps, reports, services, visits."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from tuoitho.cases.due import of_case
from tuoitho.cases.models import Case
from tuoitho.lib.hanoi import HANOI
from tuoitho.ui.formats import vn_date, vn_datetime


@dataclass(frozen=True)
class Section:
    """A heading and its lines."""

    title: str
    lines: tuple[str, ...]


def bundle_of(case: Case, on: date) -> list[Section]:
    """The papers of a case as they stand on ``on``, in Vietnamese: they are an official record."""
    with translation.override("vi"):
        sections = [
            Section(_("Trẻ"), tuple(_child(case, on))),
            Section(_("Hồ sơ"), tuple(_summary(case))),
            Section(_("Việc đang mở"), tuple(_open_steps(case))),
            Section(_("Kế hoạch, văn bản"), tuple(_papers(case))),
            Section(_("Tin báo"), tuple(_reports(case))),
            Section(_("Sàng lọc"), tuple(_screenings(case))),
            Section(_("Dịch vụ"), tuple(_services(case))),
            Section(_("Các lần thăm"), tuple(_visits(case))),
        ]
    return [s for s in sections if s.lines]


def as_text(sections: list[Section]) -> str:
    """The stored form."""
    return json.dumps([[s.title, list(s.lines)] for s in sections], ensure_ascii=False)


def from_text(text: str) -> list[Section]:
    """Back from the stored form."""
    return [Section(title, tuple(lines)) for title, lines in json.loads(text or "[]")]


def _child(case: Case, on: date) -> list[str]:
    child = case.child
    born = _("sinh %(day)s") % {"day": vn_date(child.birth_date)} if child.birth_date else ""
    age = _("%(age)s tuổi") % {"age": child.age_text(on)} if child.age_text(on) else ""
    lines = [
        ", ".join(p for p in (child.full_name, str(child.get_sex_display()), born, age) if p),
        ", ".join(p for p in (child.hamlet, str(child.unit)) if p),
    ]
    carers = [*child.guardians.all()]
    if child.household is not None:
        carers += child.household.guardians.all()
    return lines + [str(carer) for carer in carers]


def _summary(case: Case) -> list[str]:
    lines = [
        f"{case} · {case.get_category_display()} · {case.get_state_display()}",
        _("Mở ngày %(day)s tại %(unit)s")
        % {"day": vn_date(case.opened_on), "unit": case.opened_unit},
    ]
    if case.hazardous:
        lines.append(_("Công việc nguy hiểm, độc hại"))
    if case.outside_children_law:
        lines.append(_("16–17 tuổi: ngoài phạm vi Luật Trẻ em"))
    if case.ceased_on:
        lines.append(
            _("Chấm dứt lao động trái quy định ngày %(day)s") % {"day": vn_date(case.ceased_on)}
        )
    return lines


def _open_steps(case: Case) -> list[str]:
    return [
        _("%(what)s: hạn %(day)s (%(basis)s)")
        % {"what": item.what, "day": _moment(item.due), "basis": item.basis}
        for item in of_case(case)
    ]


def _moment(due: Any) -> str:
    return vn_datetime(due) if hasattr(due, "hour") else vn_date(due)


def _papers(case: Case) -> list[str]:
    lines = []
    assessment = case.assessments.order_by("-version").first()
    if assessment is not None:
        lines.append(
            _("%(what)s, %(day)s: nguy cơ %(level)s")
            % {"what": assessment, "day": vn_date(assessment.on),
               "level": assessment.get_risk_level_display().lower()}
        )  # fmt: skip
        lines += [_("Nhu cầu: %(need)s") % {"need": need} for need in assessment.needs.all()]
    for plan in case.plans.prefetch_related("measures"):
        decided = plan.get_decision_display()
        lines.append(f"{capfirst(str(plan))} · {decided} {plan.number}".strip())
        lines += [f"{m.get_kind_display()}: {m.what}" for m in plan.measures.all()]
    lines += [
        f"{m} · {m.number}".strip(" ·") for m in case.emergency_measures.order_by("decided_at")
    ]
    return lines + [
        _("Rà soát ngày %(day)s: %(end)s")
        % {"day": vn_date(r.on), "end": r.get_conclusion_display()}
        for r in case.reviews.order_by("on")
    ]


def _reports(case: Case) -> list[str]:
    return [
        f"{vn_datetime(r.received_at.astimezone(HANOI))} · {r.get_channel_display()} {r.number}"
        .strip()
        for r in case.reports.order_by("received_at")
    ]  # fmt: skip


def _screenings(case: Case) -> list[str]:
    return [
        f"{vn_date(s.observed_on)} · {s.get_outcome_display()}"
        for s in case.screenings.order_by("observed_on")
    ]


def _services(case: Case) -> list[str]:
    lines = []
    for service in case.services.select_related("provider").order_by("starts_on"):
        end = (
            f"{vn_date(service.ended_on)}: {service.get_result_display()}"
            if service.ended_on
            else _("đang làm")
        )
        who = str(service.provider or service.provider_name)
        dates = f"{vn_date(service.starts_on)} – {end}"
        lines.append(" · ".join(part for part in (str(service), who, dates) if part))
    return lines


def _visits(case: Case) -> list[str]:
    return [
        f"{vn_date(v.on)} · {v.get_outcome_display()} · {v.get_schooling_display()}"
        for v in case.visits.order_by("on")
    ]
