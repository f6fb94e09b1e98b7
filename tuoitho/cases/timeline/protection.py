"""Rows of the timeline about danger, needs, follow-up: what this part of the file adds."""

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from tuoitho.access.models import User
from tuoitho.cases.levels import Level
from tuoitho.cases.models import (
    Assessment,
    Cessation,
    Clock,
    ClockChange,
    CourtRequest,
    EmergencyNotice,
    NeedsMeeting,
    Relapse,
)
from tuoitho.cases.models.emergency import CourtAnswer, CourtGround, Party, Way
from tuoitho.cases.timeline.source import Entry, Raw, Source
from tuoitho.cases.turns import STEPS
from tuoitho.lib.hanoi import HANOI
from tuoitho.people.models import Child
from tuoitho.ui.formats import vn_date, vn_datetime


def _of_cases(model: Any) -> Any:
    def rows(child: Child, user: User) -> QuerySet[Any]:
        found: QuerySet[Any] = model.objects.visible_to(user).filter(case__child=child)
        return found

    return rows


def _page(raw: Raw) -> str:
    return reverse("cases:case_detail", args=[raw.facts["case"]])


def _notice(raw: Raw) -> Entry:
    title = _("Thông báo cho %(party)s") % {"party": Party(raw.facts["party"]).label.lower()}
    text = ". ".join(filter(None, (str(Way(raw.facts["way"]).label), raw.facts["body"], raw.text)))
    return Entry(raw.when, title, text, "phone", raw.facts["who"], _page(raw))


def _court(raw: Raw) -> Entry:
    asked = raw.facts["asked"]
    title = _("Đề nghị Tòa án") if asked else _("Không đề nghị Tòa án")
    text = f"{CourtGround(raw.facts['ground']).label}. {raw.text}"
    return Entry(raw.day, title, text, "file-text", raw.facts["who"], _page(raw))


def _court_answer(raw: Raw) -> Entry:
    title = str(CourtAnswer(raw.facts["answer"]).label)
    return Entry(raw.day, title, raw.text, "file-text", url=_page(raw))


def _assessment(raw: Raw) -> Entry:
    level = raw.facts["level"]
    title = _("Đánh giá cụ thể (Mẫu 03)")
    if level:
        title = _("%(what)s, nguy cơ %(level)s") % {
            "what": title, "level": Level(level).label.lower(),
        }  # fmt: skip
    url = reverse("cases:assessment_detail", args=[raw.number])
    return Entry(raw.day, title, raw.text, "clipboard-check", raw.facts["who"], url)


def _meeting(raw: Raw) -> Entry:
    url = reverse("cases:meeting_detail", args=[raw.number])
    title = _("Họp xác định nhu cầu")
    return Entry(raw.day, title, raw.text, "users", raw.facts["who"], url)


def _cessation(raw: Raw) -> Entry:
    verified = raw.facts["verified"]
    text = _("Xác minh: %(who)s") % {"who": verified} if verified else _("Chưa có người xác minh")
    title = _("Chấm dứt lao động trái quy định")
    return Entry(raw.day, title, text, "check", raw.facts["who"], _page(raw))


def _relapse(raw: Raw) -> Entry:
    return Entry(raw.day, _("Tái lao động trái quy định"), icon="alert-triangle", url=_page(raw))


def _recounts(child: Child, user: User) -> QuerySet[ClockChange]:
    clocks = Clock.objects.visible_to(user).filter(Q(case__child=child) | Q(report__child=child))
    return ClockChange.objects.filter(clock__in=clocks)


def _recounted(raw: Raw) -> Entry:
    facts = raw.facts
    ends = (datetime.fromisoformat(facts[name]).astimezone(HANOI) for name in ("old", "new"))
    old, new = map(vn_datetime if facts["hours"] else vn_date, ends)
    title = _("Tính lại hạn: %(what)s") % {"what": STEPS[facts["step"]].what}
    text = _("Hạn cũ %(old)s, hạn mới %(new)s. %(why)s") % {
        "old": old,
        "new": new,
        "why": facts["why"],
    }
    page = _page(raw) if facts["case"] else ""
    return Entry(raw.when, title, text, "clock", facts["who"], page)


PROTECTION: tuple[Source, ...] = (
    Source("notice", "help", EmergencyNotice, _of_cases(EmergencyNotice), "told_at",
           {"party": "party", "way": "way", "body": "body", "case": "case_id", "who": "told_by"},
           _notice, "note"),
    Source("court", "help", CourtRequest, _of_cases(CourtRequest), "on",
           {"asked": "asked", "ground": "ground", "case": "case_id", "who": "asked_by"}, _court,
           "content"),
    Source("court_answer", "help", CourtRequest, _of_cases(CourtRequest), "answered_on",
           {"answer": "answer", "case": "case_id"}, _court_answer, "answer_note"),
    Source("assessment", "case", Assessment, _of_cases(Assessment), "on",
           {"level": "risk_level", "who": "assessed_by"}, _assessment, "wishes_of_child"),
    Source("meeting", "case", NeedsMeeting, _of_cases(NeedsMeeting), "on",
           {"who": "chair"}, _meeting, "minutes"),
    Source("cessation", "case", Cessation, _of_cases(Cessation), "ceased_on",
           {"verified": "verified_by", "who": "recorded_by", "case": "case_id"}, _cessation),
    Source("recount", "case", ClockChange, _recounts, "at",
           {"step": "clock__step", "hours": "clock__in_hours", "old": "old_due_at",
            "new": "new_due_at", "why": "why", "who": "by_name", "case": "clock__case_id"},
           _recounted),
    Source("relapse", "case", Relapse, _of_cases(Relapse), "on", {"case": "case_id"}, _relapse),
)  # fmt: skip
