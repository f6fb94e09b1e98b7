"""An emergency: decided in 12 hours, separation of 15 days at most, told to police and health."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tuoitho.access.person import acting_as
from tuoitho.cases import actions
from tuoitho.cases.danger import danger_of
from tuoitho.cases.due import due_items
from tuoitho.cases.models import Case, CourtRequest, EmergencyMeasure, EmergencyNotice
from tuoitho.cases.separation import days_of, latest_end
from tuoitho.cases.tests.make import OPENED, RECEIVED, make_case, make_measure, seal

SOON = RECEIVED + timedelta(hours=3)
DAYS = st.dates(date(2026, 1, 1), date(2026, 2, 28))
SPANS = st.lists(st.tuples(DAYS, st.integers(0, 20)), max_size=6)


def later(days):
    return OPENED + timedelta(days=days)


@pytest.fixture
def case(here):
    return make_case(here)


def separate(case, by, first, last, **facts):
    return actions.decide_emergency(
        case, kind="separation", by=by, on=later(first), until=later(last), **facts
    )


@given(SPANS)
def test_each_day_of_separation_counts_once(rows):
    spans = [(day, day + timedelta(days=n)) for day, n in rows]
    every = {d.toordinal() + i for d, n in rows for i in range(n + 1)}
    assert days_of(spans) == len(every)


@given(SPANS, st.integers(1, 30))
def test_the_latest_end_uses_up_exactly_what_is_left(rows, limit):
    spans = [(day, day + timedelta(days=n)) for day, n in rows]
    start = date(2026, 6, 1)
    last = latest_end(start, spans, limit)
    if last is None:
        assert days_of(spans) >= limit
    else:
        assert days_of([*spans, (start, last)]) == limit


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 17)), max_size=6))
def test_no_row_of_decisions_ever_comes_to_more_than_fifteen_days(here, chung, wanted):
    with transaction.atomic():
        case = make_case(here)
        for start, length in wanted:
            try:
                separate(case, chung, start, start + length)
            except ValidationError:
                continue
        spans = [(m.starts_on, m.last_day) for m in case.emergency_measures.all()]
        assert sum(m.days for m in case.emergency_measures.all()) == days_of(spans) <= 15
        transaction.set_rollback(True)


def test_an_extension_is_counted_and_named(case, chung):
    first = separate(case, chung, 0, 9)
    more = separate(case, chung, 10, 14)
    assert (more.extends, first.extends) == (first, None)
    danger = danger_of(Case.objects.get(pk=case.pk))
    assert (danger.used, danger.left, danger.limit) == (15, 0, 15)
    with pytest.raises(ValidationError) as error:
        separate(case, chung, 20, 21)
    assert "Đã hết 15 ngày" in error.value.message_dict["until"][0]


def test_two_separations_do_not_lie_on_one_day(case, chung):
    separate(case, chung, 0, 4)
    with pytest.raises(ValidationError):
        separate(case, chung, 4, 6)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_measure(case, starts_on=later(3), until=later(8))


def test_an_authority_may_require_more_than_fifteen_days(case, chung):
    separate(case, chung, 0, 14)
    measure = separate(case, chung, 15, 24, required_by="Tòa án nhân dân khu vực")
    assert measure.days == 10


def test_a_case_opened_again_is_another_event(case, chung):
    separate(case, chung, 0, 14)
    Case.objects.filter(pk=case.pk).update(state="closed", closed_on=later(20), closing="other")
    actions.reopen_case(case, by=chung, on=later(30), note="Có tin mới")
    measure = separate(case, chung, 31, 40)
    assert (measure.round, measure.extends) == (2, None)
    assert measure.due_at == Case.objects.get(pk=case.pk).response_due_at


@pytest.mark.parametrize(("hours", "late"), [(12, False), (13, True)])
def test_it_is_shown_whether_the_decision_came_within_twelve_hours(case, chung, hours, late):
    separate(case, chung, 0, 3, at=RECEIVED + timedelta(hours=hours))
    (line,) = danger_of(Case.objects.get(pk=case.pk)).lines
    assert (line.late, line.timing) == (late, f"{hours} giờ 0 phút sau khi nhận tin")


def test_an_ended_measure_says_why_and_stays_within_its_days(case, chung):
    measure = separate(case, chung, 0, 4)
    for wrong in ({"on": later(5)}, {"on": later(-1)}, {"on": later(2), "reason": "x"}):
        with pytest.raises(ValidationError):
            actions.end_emergency(measure, by=chung, **wrong)
    ended = actions.end_emergency(measure, by=chung, on=later(2), reason="replaced")
    assert (ended.days, ended.end_reason, ended.is_running) == (3, "replaced", False)


def test_police_and_health_have_to_be_told(case, lan, chung):
    separate(case, chung, 0, 3, at=SOON)
    told = [i.what for i in due_items(lan) if i.what.startswith("Thông báo")]
    assert told == ["Thông báo cho công an", "Thông báo cho cơ sở y tế"]
    measure = case.emergency_measures.get()
    actions.inform_party(measure, party="police", way="phone", at=SOON, body="Công an xã", by=lan)
    actions.inform_party(
        measure, party="health", way="not_needed", at=SOON, note="Trẻ không bị thương", by=chung
    )
    assert not [i for i in due_items(lan) if i.what.startswith("Thông báo")]
    assert danger_of(Case.objects.get(pk=case.pk)).untold == []


@pytest.mark.parametrize("wrong", [
    {"party": "press"}, {"way": "smoke"}, {"body": " "}, {"way": "not_needed"},
    {"at": RECEIVED + timedelta(days=9999)},
])  # fmt: skip
def test_a_notice_says_whom_how_and_when(case, chung, wrong):
    measure = make_measure(case)
    facts = {"party": "police", "way": "phone", "at": SOON, "body": "Công an xã", **wrong}
    with pytest.raises(ValidationError):
        actions.inform_party(measure, by=chung, **facts)
    assert not EmergencyNotice.objects.exists()


def test_help_begins_before_the_plan_in_an_emergency(case, lan, chung):
    case = actions.assess_emergency(case, emergency=True, by=lan, on=OPENED, at=SOON)
    assert case.plan_due_on is None
    with pytest.raises(ValidationError):
        actions.support_urgently(case, by=chung, on=OPENED)
    separate(case, chung, 0, 3, at=SOON)
    with pytest.raises(PermissionDenied):
        actions.support_urgently(case, by=lan, on=OPENED)
    case = actions.support_urgently(case, by=chung, on=OPENED)
    assert (case.state, case.supported_since) == ("supporting", OPENED)
    actions.start_service(case, kind="health", by=lan, on=OPENED)
    assert Case.objects.supported_in_time().get() == case


def test_the_court_is_asked_when_parents_are_the_abusers(case, lan, chung, hanh):
    actions.assess_emergency(case, emergency=False, by=lan, on=OPENED, carer_is_abuser=True)
    assert "Xem xét đề nghị Tòa án" in [i.what for i in due_items(hanh)]
    facts = {"ground": "abuser", "content": "Hạn chế quyền của cha", "on": later(1)}
    with pytest.raises(PermissionDenied):
        actions.request_court(case, asked=True, court="TAND khu vực", by=lan, **facts)
    with pytest.raises(ValidationError):
        actions.request_court(case, asked=True, by=chung, **facts)
    asked = actions.request_court(case, asked=True, court="TAND khu vực", by=chung, **facts)
    assert "Xem xét đề nghị Tòa án" not in [i.what for i in due_items(chung)]
    asked = actions.record_court_answer(asked, answer="accepted", by=hanh, on=later(5))
    assert not asked.is_waiting
    with pytest.raises(ValidationError):
        actions.record_court_answer(asked, answer="refused", by=hanh, on=later(6))


def test_strangers_see_nothing_of_it(client, case, lan, thu, chung):
    measure = make_measure(case)
    actions.inform_party(measure, party="police", way="phone", at=SOON, body="CA xã", by=chung)
    asked = actions.request_court(case, asked=False, ground="refuses", content="Đã đồng ý lại",
                                  by=chung, on=OPENED)  # fmt: skip
    with acting_as(thu):
        assert not EmergencyMeasure.objects.exists()
        assert not EmergencyNotice.objects.exists()
        assert not CourtRequest.objects.exists()
    client.force_login(thu)
    for name, row in (("emergency_inform", measure), ("emergency_end", measure),
                      ("court_answer", asked)):  # fmt: skip
        assert client.get(reverse(f"cases:{name}", args=[row.pk])).status_code in (403, 404)
    seal(case)
    with acting_as(lan):
        assert not EmergencyNotice.objects.exists()


def test_the_pages_keep_wrong_input_and_show_what_was_done(client, case, chung):
    client.force_login(chung)
    page = reverse("cases:case_step", args=[case.pk, "emergency"])
    data = {"at": "02/03/2026 11:00", "kind": "separation", "until": "06/03/2026"}
    answer = client.post(page, data, headers={"HX-Request": "true"})
    assert answer.status_code == 422
    assert "06/03/2026" in answer.content.decode()
    client.post(page, data | {"place_of_stay": "Nhà bà ngoại", "carer": "Bà ngoại"})
    measure = case.emergency_measures.get()
    inform = reverse("cases:emergency_inform", args=[measure.pk])
    assert client.post(inform, {"party": "police"}).status_code == 422
    client.post(inform, {"party": "police", "way": "phone", "at": "02/03/2026 11:10",
                         "body": "Công an xã, anh Hùng"})  # fmt: skip
    court = reverse("cases:case_step", args=[case.pk, "court"])
    assert client.post(court, {"on": "02/03/2026", "asked": "yes"}).status_code == 422
    client.post(court, {"on": "02/03/2026", "asked": "yes", "ground": "abuser",
                        "court": "TAND khu vực 5", "content": "Cách ly trẻ"})  # fmt: skip
    shown = client.get(reverse("cases:case_detail", args=[case.pk])).content.decode()
    for words in ("Cách ly: 5/15 ngày", "Đúng hạn 12 giờ", "anh Hùng", "Chưa thông báo",
                  "TAND khu vực 5"):  # fmt: skip
        assert words in shown
    answer = reverse("cases:court_answer", args=[case.court_requests.get().pk])
    assert client.get(answer).status_code == 200
    assert client.post(answer, {"on": "01/03/2026", "answer": "accepted"}).status_code == 422
