"""The kinds of row on a child's timeline and the words of each, in one table.

To add one: a ``Source`` here, rows through ``visible_to``. ``tests/test_timeline.py`` fails while a
table that hangs on a child or a case is neither here nor named there with a reason.
"""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from tuoitho.access.log import action_label, readable_events
from tuoitho.access.models import User
from tuoitho.audit.models import Event
from tuoitho.cases.models import (
    CaseMove,
    Channel,
    EmergencyMeasure,
    Outcome,
    Report,
    Review,
    Schooling,
    Screening,
    Service,
    ServiceKind,
    ServiceResult,
    Visit,
)
from tuoitho.cases.models.assessment import Conclusion
from tuoitho.cases.models.emergency import EmergencyKind
from tuoitho.cases.story import LABELS
from tuoitho.cases.timeline.exchange import EXCHANGE
from tuoitho.cases.timeline.papers import PAPERS
from tuoitho.cases.timeline.protection import PROTECTION
from tuoitho.cases.timeline.source import Entry, Raw, Source
from tuoitho.people.models import (
    Attendance,
    Child,
    Circumstance,
    Enrolment,
    Membership,
    Merge,
    Residence,
)
from tuoitho.people.models.attendance import absence_in_words
from tuoitho.people.school_years import SchoolTerm
from tuoitho.people.states import Group, SchoolStatus, Told
from tuoitho.ui.formats import vn_date


def _case_page(raw: Raw) -> str:
    return reverse("cases:case_detail", args=[raw.facts["case"]])


def _of_cases(model: Any) -> Any:
    def rows(child: Child, user: User) -> QuerySet[Any]:
        found: QuerySet[Any] = model.objects.visible_to(user).filter(case__child=child)
        return found

    return rows


def _of_child(model: Any) -> Any:
    def rows(child: Child, user: User) -> QuerySet[Any]:
        found: QuerySet[Any] = model.objects.visible_to(user).filter(child=child)
        return found

    return rows


def _report(raw: Raw) -> Entry:
    title = _("Tin báo: %(from)s") % {"from": Channel(raw.facts["channel"]).label}
    url = reverse("cases:report_detail", args=[raw.key])
    return Entry(raw.when, title, raw.text, "bell-ringing", raw.facts["who"], url)


def _screening(raw: Raw) -> Entry:
    title = _("Sàng lọc: %(found)s") % {"found": Outcome(raw.facts["outcome"]).label}
    url = reverse("cases:screening_detail", args=[raw.number])
    return Entry(raw.day, title, _reasons(raw), "search", raw.facts["who"], url)


def _reasons(raw: Raw) -> str:
    """The rules broken, each with its article; what is missing when nothing is decided."""
    broken = [f for f in raw.facts["findings"] or [] if f["answer"] == "broken"]
    lines = [f"{f['reason']} ({f['citation']})" for f in broken]
    return "\n".join([*lines, *([raw.text] if raw.text else [])])


def _move(raw: Raw) -> Entry:
    name = raw.facts["name"]
    return Entry(
        raw.day, str(LABELS.get(name, name)), raw.text, "chevron-right", raw.facts["who"],
        _case_page(raw),
    )  # fmt: skip


def _emergency(raw: Raw) -> Entry:
    until = raw.facts["cancelled"] or raw.facts["until"]
    text = ""
    if until:
        text = _("Từ %(start)s đến %(end)s") % {
            "start": _day(raw.facts["start"]), "end": _day(until),
        }  # fmt: skip
    title = str(EmergencyKind(raw.facts["kind"]).label)
    return Entry(raw.when, title, text, "alert-triangle", raw.facts["who"], _case_page(raw))


def _service(raw: Raw) -> Entry:
    title = str(ServiceKind(raw.facts["kind"]).label)
    return Entry(raw.day, title, raw.text, "heart-handshake", raw.facts["who"], _case_page(raw))


def _service_end(raw: Raw) -> Entry:
    title = _("Kết thúc: %(what)s") % {"what": ServiceKind(raw.facts["kind"]).label}
    result = ServiceResult(raw.facts["result"]).label
    text = f"{result}. {raw.text}" if raw.text else str(result)
    return Entry(raw.day, title, text, "check", url=_case_page(raw))


def _visit(raw: Raw) -> Entry:
    if raw.facts["clear"]:
        found = _("không còn lao động trái quy định")
    else:
        found = str(Outcome(raw.facts["outcome"]).label)
    title = _("Thăm hộ: %(found)s") % {"found": found}
    schooling = Schooling(raw.facts["schooling"]).label
    text = f"{schooling}. {raw.text}" if raw.text else str(schooling)
    return Entry(raw.day, title, text, "home", raw.facts["who"], _case_page(raw))


def _review(raw: Raw) -> Entry:
    title = _("Rà soát: %(found)s") % {"found": Conclusion(raw.facts["conclusion"]).label}
    return Entry(raw.day, title, raw.text, "search", raw.facts["who"], _case_page(raw))


def _enrolment(raw: Raw) -> Entry:
    title = _("%(status)s, năm học %(year)s") % {
        "status": SchoolStatus(raw.facts["status"]).label, "year": raw.facts["year"],
    }  # fmt: skip
    grade = _("lớp %(grade)s") % {"grade": raw.facts["grade"]} if raw.facts["grade"] else ""
    school = raw.facts["school"] or raw.facts["school_name"]
    return Entry(raw.day, title, ", ".join(filter(None, (grade, school))), "school")


def _attendance(raw: Raw) -> Entry:
    facts = raw.facts
    title = _("Chuyên cần %(term)s") % {"term": SchoolTerm(facts["year"], facts["term"])}
    said = _("theo %(source)s") % {"source": str(Told(facts["source"]).label).lower()}
    days = absence_in_words(facts["days"], facts["with"], facts["without"])
    text = ". ".join(filter(None, (f"{days}, {said}", raw.text)))
    return Entry(raw.day, title, text, "school", facts["who"])


def _residence(raw: Raw) -> Entry:
    title = _("Nơi ở: %(unit)s") % {"unit": raw.facts["unit"]}
    return Entry(raw.day, title, raw.facts["hamlet"], "map-pin")


def _membership(raw: Raw) -> Entry:
    return Entry(raw.day, _("Thuộc hộ: %(head)s") % {"head": raw.facts["head"]}, "", "users")


def _merges(child: Child, user: User) -> QuerySet[Merge]:
    return Merge.objects.visible_to(user).done().filter(kept=child)


def _merge(raw: Raw) -> Entry:
    title = _("Gộp hồ sơ trùng của %(name)s") % {"name": raw.facts["other"]}
    return Entry(raw.day, title, raw.text, "users")


def _circumstance(raw: Raw) -> Entry:
    title = _("Hoàn cảnh đặc biệt: %(group)s") % {"group": Group(raw.facts["group"]).label}
    return Entry(raw.day, title, raw.text, "alert-triangle")


def _circumstance_end(raw: Raw) -> Entry:
    title = _("Không còn: %(group)s") % {"group": Group(raw.facts["group"]).label}
    return Entry(raw.day, title, icon="check")


def _looks(child: Child, user: User) -> QuerySet[Any]:
    """The last look of each person at each kind of page on each day."""
    looks = readable_events(user).about_child(child.pk).views()
    return looks.filter(
        pk__in=looks.order_by("actor_key", "action", "at__date", "-at")
        .distinct("actor_key", "action", "at__date")
        .values("pk")
    )


def _look(raw: Raw) -> Entry:
    return Entry(raw.when, action_label(raw.facts["action"]), icon="eye", who=raw.facts["who"])


def _day(text: str) -> str:
    from datetime import date

    return vn_date(date.fromisoformat(text[:10]))


SOURCES: tuple[Source, ...] = (
    Source("report", "news", Report, _of_child(Report), "received_at",
           {"channel": "channel", "who": "receiver"}, _report, "happening"),
    Source("screening", "law", Screening, _of_child(Screening), "observed_on",
           {"outcome": "outcome", "findings": "findings__labour_law__findings",
            "who": "screened_by"}, _screening, "note"),
    Source("move", "case", CaseMove, _of_cases(CaseMove), "on",
           {"name": "name", "case": "case_id", "who": "by_name"}, _move, "note"),
    Source("emergency", "help", EmergencyMeasure, _of_cases(EmergencyMeasure), "decided_at",
           {"kind": "kind", "case": "case_id", "who": "decided_by", "start": "starts_on",
            "until": "until", "cancelled": "cancelled_on"}, _emergency),
    Source("service", "help", Service, _of_cases(Service), "starts_on",
           {"kind": "kind", "case": "case_id", "who": "recorded_by"}, _service, "what"),
    Source("service_end", "help", Service, _of_cases(Service), "ended_on",
           {"kind": "kind", "case": "case_id", "result": "result"}, _service_end,
           "result_note"),
    Source("visit", "visit", Visit, _of_cases(Visit), "on",
           {"clear": "clear", "outcome": "outcome", "schooling": "schooling", "case": "case_id",
            "who": "visited_by"}, _visit, "note"),
    Source("review", "case", Review, _of_cases(Review), "on",
           {"conclusion": "conclusion", "case": "case_id", "who": "reviewed_by"}, _review,
           "note"),
    Source("enrolment", "life", Enrolment, _of_child(Enrolment), "status_on",
           {"status": "status", "year": "school_year", "grade": "grade",
            "school": "school__name", "school_name": "school_name"}, _enrolment,
           permission="people.view"),
    Source("attendance", "life", Attendance, _of_child(Attendance), "recorded_on",
           {"year": "school_year", "term": "term", "source": "source", "days": "days",
            "with": "with_leave", "without": "without_leave", "who": "recorded_by"}, _attendance,
           "result", permission="people.view"),
    Source("residence", "life", Residence, lambda child, user: child.residences.all(),
           "valid__startswith", {"unit": "unit__name", "hamlet": "hamlet"}, _residence,
           permission="people.view"),
    Source("membership", "life", Membership, lambda child, user: child.memberships.all(),
           "valid__startswith", {"head": "household__head_name"}, _membership,
           permission="people.view"),
    Source("merge", "life", Merge, _merges, "decided_at", {"other": "other__full_name"}, _merge,
           "reason", permission="people.view"),
    Source("circumstance", "life", Circumstance, _of_child(Circumstance), "since",
           {"group": "group"}, _circumstance, "evidence", permission="people.view"),
    Source("circumstance_end", "life", Circumstance, _of_child(Circumstance), "until",
           {"group": "group"}, _circumstance_end, permission="people.view"),
    *EXCHANGE,
    Source("look", "look", Event, _looks, "at", {"action": "action", "who": "actor_name"},
           _look, permission="audit.view"),
    *PROTECTION,
    *PAPERS,
)  # fmt: skip
