"""Mẫu 03, the level of risk, the needs meeting, and a plan whose measures answer what was found."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from tuoitho.access.person import acting_as
from tuoitho.cases import actions
from tuoitho.cases.levels import Level
from tuoitho.cases.models import Assessment, Case, Need, NeedsMeeting
from tuoitho.cases.plan_changes import changes
from tuoitho.cases.risk import DECISIVE, suggest
from tuoitho.cases.tests.make import OPENED, in_support, make_case, make_child, make_measure

LEVELS = st.sampled_from(Level.values)
NAMES = ("harm_now", "harm_reach", "harm_place", "self_protection", "carer_protection")
EDUCATION = {"kind": "education", "what": "Trở lại lớp 6", "severity": "high", "said_by": "child"}
HEALTH = {"kind": "health", "what": "Khám mắt", "severity": "low", "said_by": "worker"}
PEOPLE = [
    {"part": "body", "name": "Trường THCS", "present": True},
    {"part": "carers", "name": "Mẹ của em", "present": False},
]


def later(days):
    return OPENED + timedelta(days=days)


@pytest.fixture
def case(here, lan):
    case = make_case(here)
    return actions.assess_emergency(case, emergency=False, by=lan, on=OPENED)


def assess(case, by, *needs, **facts):
    facts = {"risk_level": "medium", **facts}
    return actions.assess_needs(case, needs=needs or (EDUCATION, HEALTH), by=by,
                                on=facts.pop("on", OPENED), **facts)  # fmt: skip


@given(st.fixed_dictionaries(dict.fromkeys(NAMES, LEVELS)), st.lists(LEVELS, max_size=5))
def test_every_rating_is_counted_once_and_something_decisive_is_high(ratings, needs):
    found = suggest(ratings, needs)
    assert sum(found.counts.values()) == 5 + len(needs)
    assert suggest(ratings, needs, ["emergency"]).level == "high"
    if found.level == "low":
        assert found.counts["high"] == 0


@pytest.mark.parametrize(("ratings", "level"), [
    ({}, "medium"),
    ({"harm_now": "high", "harm_reach": "low"}, "high"),
    ({"harm_now": "low", "self_protection": "high"}, "low"),
    ({"harm_now": "low", "self_protection": "low"}, "high"),
    ({"harm_now": "high", "harm_reach": "low", "harm_place": "low"}, "medium"),
])  # fmt: skip
def test_a_weak_strength_is_a_risk(ratings, level):
    assert suggest(ratings).level == level
    assert set(DECISIVE) == {"emergency", "carer_is_abuser"}


def test_mau_03_keeps_needs_wishes_and_why_the_risk_is_what_it_is(case, lan):
    assessment = assess(case, lan, wishes_of_child="Muốn đi học", wishes_of_carers="Cần thu nhập")
    assert (assessment.version, assessment.suggested) == (1, "medium")
    assert assessment.counted["counts"] == {"high": 1, "medium": 5, "low": 1}
    assert [n.said_by for n in assessment.needs.all()] == ["child", "worker"]
    again = assess(case, lan, risk_level="high", risk_why="Chủ lò còn đến tìm em")
    assert (again.version, Case.objects.get(pk=case.pk).risk_level) == (2, "high")


@pytest.mark.parametrize("wrong", [
    {"risk_level": ""}, {"risk_level": "high"}, {"on": OPENED - timedelta(days=1)},
    {"carer_is_abuser": True, "wishes_of_carers": "Để em đi làm", "risk_level": "high"},
])  # fmt: skip
def test_what_mau_03_refuses(case, lan, wrong):
    with pytest.raises(ValidationError):
        assess(case, lan, **wrong)
    assert not Assessment.objects.exists()


@pytest.mark.parametrize(
    "row", [{"kind": "toys"}, {"what": " "}, {"severity": ""}, {"said_by": ""}]
)
def test_a_need_is_whole(case, lan, row):
    with pytest.raises(ValidationError):
        assess(case, lan, {**EDUCATION, **row})
    with pytest.raises(ValidationError):
        actions.assess_needs(case, needs=[], risk_level="medium", by=lan, on=OPENED)


def test_a_higher_risk_is_visited_sooner(here, lan, chung):
    case = in_support(make_child(here), lan, chung)
    assert case.step_due_on == later(30)
    assess(case, lan, risk_level="high", risk_why="Vừa bỏ học")
    assert Case.objects.get(pk=case.pk).step_due_on < later(30)


def test_carers_found_safe_end_a_separation(case, lan, chung):
    from tuoitho.cases.due import due_items

    measure = make_measure(case, until=later(4000))
    with pytest.raises(ValidationError):
        actions.end_emergency(measure, by=chung, on=later(1), reason="carers_safe")
    assess(case, lan, carers_safe=True)
    assert any("người chăm sóc đã bảo đảm an toàn" in i.what for i in due_items(chung))
    ended = actions.end_emergency(measure, by=chung, on=later(1), reason="carers_safe")
    assert ended.end_reason == "carers_safe"


def test_a_meeting_has_a_chair_minutes_and_who_came(case, lan, thu):
    facts = {"chair": "Trần Văn Chung", "minutes": "Thống nhất", "by": lan, "on": later(1)}
    meeting = actions.hold_meeting(case, attendance=PEOPLE, **facts)
    assert [p.present for p in meeting.attendance.all()] == [True, False]
    for wrong in ({"chair": " "}, {"minutes": ""}, {"attendance": PEOPLE[1:]}, {}):
        with pytest.raises(ValidationError):
            actions.hold_meeting(case, **{"attendance": PEOPLE, **facts, **wrong})
    with pytest.raises(PermissionDenied):
        actions.hold_meeting(case, attendance=PEOPLE, **{**facts, "by": thu, "on": later(2)})


def test_a_need_without_measure_is_answered_before_submission(case, lan):
    assessment = assess(case, lan)
    education, health = assessment.needs.all()
    rows = [{"kind": "education", "what": "Xin nhập học", "need": education}]
    plan = actions.draft_plan(case, measures=rows, by=lan, on=OPENED)
    assert "Trở lại lớp 6" in plan.needs
    with pytest.raises(ValidationError, match="Khám mắt"):
        actions.submit_plan(case, by=lan, on=OPENED)
    actions.draft_plan(case, measures=rows, unmet={health.pk: "Đã khám"}, by=lan, on=OPENED)
    actions.submit_plan(case, by=lan, on=OPENED)
    assert Case.objects.get(pk=case.pk).state == "submitted"


def test_a_plan_of_an_older_assessment_is_not_submitted(case, lan):
    education = assess(case, lan, EDUCATION).needs.get()
    rows = [{"kind": "education", "what": "Xin nhập học", "need": education}]
    actions.draft_plan(case, measures=rows, by=lan, on=OPENED)
    assess(case, lan, EDUCATION, HEALTH)
    with pytest.raises(ValidationError, match="đánh giá mới hơn"):
        actions.submit_plan(case, by=lan, on=OPENED)
    with pytest.raises(ValidationError):
        actions.draft_plan(case, measures=rows, by=lan, on=OPENED)


def test_two_versions_are_compared_in_words(case, lan, chung):
    first = [{"kind": "education", "what": "Xin nhập học", "cost": 1_000_000},
             {"kind": "loan", "what": "Vay vốn"}]  # fmt: skip
    actions.draft_plan(case, needs="Đi học", measures=first, by=lan, on=OPENED)
    actions.submit_plan(case, by=lan, on=OPENED)
    actions.refuse_plan(case, "Kinh phí cao", by=chung, on=OPENED)
    second = [{"kind": "education", "what": "Xin nhập học", "cost": 500_000},
              {"kind": "health", "what": "Khám mắt"}]  # fmt: skip
    actions.draft_plan(case, needs="Đi học", measures=second, by=lan, on=OPENED)
    old, new = case.plans.order_by("version")
    found = [(c.kind, c.before, c.after) for c in changes(old, new)]
    assert found == [
        ("changed", "1.000.000 đồng", "500.000 đồng"),
        ("new", "", "Chăm sóc sức khỏe: Khám mắt"),
        ("gone", "Vay vốn ưu đãi cho gia đình: Vay vốn", ""),
    ]


def test_strangers_see_no_needs_and_no_minutes(client, case, lan, thu):
    assessment = assess(case, lan)
    meeting = actions.hold_meeting(case, chair="Chung", minutes="x", attendance=PEOPLE, by=lan,
                                   on=OPENED)  # fmt: skip
    actions.draft_plan(case, measures=[{"kind": "health", "what": "x"}], by=lan, on=OPENED)
    with acting_as(thu):
        assert not Assessment.objects.exists()
        assert not Need.objects.exists()
        assert not NeedsMeeting.objects.exists()
    client.force_login(thu)
    for name, args in (("assessment_detail", [assessment.pk]), ("meeting_detail", [meeting.pk]),
                       ("case_assess_needs", [case.pk]), ("case_meeting", [case.pk]),
                       ("plan_detail", [case.pk, 1])):  # fmt: skip
        assert client.get(reverse(f"cases:{name}", args=args)).status_code == 404


FORMSET = {"n-TOTAL_FORMS": "1", "n-INITIAL_FORMS": "0", "a-TOTAL_FORMS": "1",
           "a-INITIAL_FORMS": "0", "m-TOTAL_FORMS": "1", "m-INITIAL_FORMS": "0"}  # fmt: skip


def test_from_mau_03_to_the_plan_through_the_pages(client, case, lan, chung):
    client.force_login(lan)
    day = f"{OPENED:%d/%m/%Y}"
    page = reverse("cases:case_assess_needs", args=[case.pk])
    need = {f"n-0-{name}": value for name, value in EDUCATION.items()}
    assert "Mức gợi ý: trung bình" in client.get(page).content.decode()
    wrong = client.post(page, FORMSET | need | {"on": day, "risk_level": "low"})
    assert wrong.status_code == 422
    assert "Trở lại lớp 6" in wrong.content.decode()
    client.post(page, FORMSET | need | {"on": day, "risk_level": "medium"})
    meeting = reverse("cases:case_meeting", args=[case.pk])
    assert client.post(meeting, FORMSET | {"on": day}).status_code == 422
    client.post(meeting, FORMSET | {"on": day, "chair": "Chung", "minutes": "Thống nhất",
                "a-0-part": "body", "a-0-name": "Trường THCS", "a-0-present": "on"})  # fmt: skip
    found = case.assessments.get().needs.get()
    plan = reverse("cases:case_plan", args=[case.pk])
    assert f"why_{found.pk}" in client.get(plan).content.decode()
    client.post(plan, FORMSET | {"on": day, "m-0-kind": "education", "m-0-what": "Xin nhập học",
                                 "m-0-need": found.pk, "m-0-provider": "Trường THCS"})  # fmt: skip
    assert case.plans.get().measures.get().need == found
    shown = client.get(reverse("cases:case_detail", args=[case.pk])).content.decode()
    for words in ("Biên bản họp xác định nhu cầu", "Nguy cơ: Trung bình", "Trường THCS"):
        assert words in shown
    for url in (reverse("cases:assessment_detail", args=[case.assessments.get().pk]),
                reverse("cases:meeting_detail", args=[case.meetings.get().pk]),
                reverse("cases:plan_detail", args=[case.pk, 1])):  # fmt: skip
        assert client.get(url).status_code == 200
