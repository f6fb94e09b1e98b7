"""Time limits and parameters: dated, one a day, changed by who may, never lost."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tuoitho.audit.models import Event
from tuoitho.cases.actions import set_limit, set_parameter
from tuoitho.cases.actions.limits import load_limits
from tuoitho.cases.deadlines import cessation_day, packaged_rules, rule
from tuoitho.cases.limit_words import PACKAGED_WORDS
from tuoitho.cases.models import Parameter, StepRule
from tuoitho.cases.parameters import cessation, number, parameter, visit_schedule, weights

JULY, TODAY = date(2026, 7, 1), date(2026, 3, 2)


def change(by, since=JULY, **values):
    values = {"amount": 3, "article": "khoản 1 Điều 9", "instrument": "Nghị định mới"} | values
    return set_limit("plan", since=since, by=by, on=TODAY, note="Nghị định thay thế", **values)


def test_a_change_holds_from_its_day_and_the_past_stays(hanh):
    change(hanh)
    assert (rule("plan", date(2026, 6, 30)).amount, rule("plan", JULY).amount) == (5, 3)
    assert rule("plan", JULY).basis == "khoản 1 Điều 9 Nghị định mới"
    assert rule("plan", JULY).who == rule("plan", date(2026, 6, 30)).who


def test_a_change_is_written_down(hanh):
    change(hanh)
    event = Event.objects.filter(action="cases.set_limit").latest("pk")
    assert (event.before["amount"], event.after["amount"]) == (5, 3)
    assert (event.note, event.actor_key) == ("Nghị định thay thế", hanh.pk)
    assert StepRule.objects.get(step="plan", valid__startswith=JULY).recorded_by == hanh.actor_name


def test_a_change_between_two_ends_where_the_next_begins(hanh):
    change(hanh)
    change(hanh, since=date(2026, 5, 1), amount=4)
    days = [date(2026, 4, 30), date(2026, 5, 1), date(2026, 6, 30), JULY]
    assert [rule("plan", day).amount for day in days] == [5, 4, 4, 3]


def test_the_same_day_again_corrects(hanh):
    change(hanh)
    change(hanh, amount=6)
    assert StepRule.objects.filter(step="plan").count() == 2
    assert rule("plan", JULY).amount == 6


@settings(
    max_examples=25, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(st.lists(st.tuples(st.dates(date(2018, 1, 1), date(2030, 1, 1)), st.integers(0, 30)),
                max_size=5))  # fmt: skip
def test_whatever_is_changed_each_day_has_one_rule(hanh, changes):
    with transaction.atomic():
        for since, amount in changes:
            change(hanh, since=since, amount=amount)
        for since, _amount in changes:
            last = [a for day, a in changes if day == since][-1]
            assert rule("plan", since).amount == last
            on = StepRule.objects.filter(step="plan", valid__contains=since)
            assert on.count() == 1
        transaction.set_rollback(True)


def test_the_database_knows_one_rule_for_one_step_on_one_day(db):
    row = StepRule.objects.get(step="plan")
    row.pk, row.valid = None, DateRange(JULY, None)
    with pytest.raises(IntegrityError, match="step_rule_one_a_day"), transaction.atomic():
        row.save()


@pytest.mark.parametrize(("field", "value"), [("unit", "moons"), ("article", " "), ("surety", "X")])
def test_what_a_limit_cannot_be(hanh, field, value):
    with pytest.raises(ValidationError) as refused:
        change(hanh, **{field: value})
    assert field in refused.value.message_dict


def test_nobody_changes_a_limit_without_a_reason_or_before_the_first(hanh):
    with pytest.raises(ValidationError):
        set_limit("plan", since=JULY, amount=3, by=hanh, on=TODAY, note=" ")
    with pytest.raises(ValidationError):
        change(hanh, since=date(2016, 1, 1))


def test_a_worker_changes_nothing(lan):
    with pytest.raises(PermissionDenied):
        change(lan)
    with pytest.raises(PermissionDenied):
        set_parameter("cessation_days", [30], since=JULY, source="x", by=lan, on=TODAY, note="x")


def test_a_parameter_is_asked_by_day(hanh):
    set_parameter("cessation_days", [120], since=JULY, source="Kế hoạch mới", by=hanh, on=TODAY,
                  note="Theo dõi lâu hơn")  # fmt: skip
    assert number("cessation_days", date(2026, 6, 30)) == 90
    assert cessation(JULY).days == 120
    visits = [(date(2026, 3, 1), True), (date(2026, 6, 1), True)]
    assert cessation_day(visits) == date(2026, 6, 1)
    assert cessation_day([*visits[:1], (date(2026, 6, 28), True), (JULY, True)]) == JULY
    assert cessation_day([(date(2026, 4, 1), True), (JULY, True)]) is None


@pytest.mark.parametrize("value", [[], [0], [30, 30], [90, 30]])
def test_a_schedule_rises(hanh, value):
    with pytest.raises(ValidationError):
        set_parameter("visit_schedule_high", value, since=JULY, source="x", by=hanh, on=TODAY,
                      note="x")  # fmt: skip


def test_each_risk_has_a_schedule_and_high_is_the_closest(db):
    high, low = visit_schedule(JULY, "high"), visit_schedule(JULY, "low")
    assert high.days[0] < low.days[0]
    assert high.interval < low.interval
    assert visit_schedule(JULY).days == (30, 90, 180)


def test_unknown_parameters_and_days_without_a_value_are_errors(db):
    with pytest.raises(KeyError):
        parameter("moon", JULY)
    with pytest.raises(LookupError):
        parameter("cessation_days", date(2000, 1, 1))
    assert set(weights(JULY)) == {
        "case", "risk_high", "risk_medium", "risk_low", "hazardous", "emergency", "overdue",
    }  # fmt: skip


def test_installing_again_keeps_what_the_office_wrote(hanh):
    change(hanh, since=date(2017, 7, 1), amount=9)
    rows = (StepRule.objects.count(), Parameter.objects.count())
    load_limits()
    assert (StepRule.objects.count(), Parameter.objects.count()) == rows
    assert rule("plan", JULY).amount == 9


def test_every_packaged_word_is_translated():
    words = {str(word) for word in PACKAGED_WORDS}
    for limit in packaged_rules():
        shown = {limit.what, limit.who, limit.starts, limit.stops, limit.note} - {""}
        assert not shown - words


def test_the_page_shows_what_is_in_force_to_whoever_sees_the_plan(client, lan):
    client.force_login(lan)
    page = client.get(reverse("cases:limit_list")).content.decode()
    assert "khoản 1 Điều 28" in page
    assert "12 giờ đồng hồ" in page
    assert "30, 90, 180" in page


def test_history_is_shown_and_a_worker_gets_no_form(client, lan, hanh):
    change(hanh)
    client.force_login(lan)
    page = client.get(reverse("cases:limit_detail", args=["plan"])).content.decode()
    assert "Nghị định thay thế" in page
    assert "Từ 01/07/2017 đến trước 01/07/2026" in page
    assert "<form id=" not in page
    assert client.post(reverse("cases:limit_detail", args=["plan"])).status_code == 403


def test_the_standing_body_changes_a_limit_on_the_page(client, hanh):
    client.force_login(hanh)
    address = reverse("cases:limit_detail", args=["approval"])
    given = {
        "since": "01/07/2026", "amount": "3", "unit": "working_days", "who": "Chủ tịch",
        "starts": "ngày trình", "stops": "quyết định", "article": "khoản 4 Điều 28",
        "instrument": "Nghị định mới", "legal": "on", "surety": "V", "note": "Văn bản mới",
    }  # fmt: skip
    assert client.post(address, given | {"note": ""}).status_code == 422
    assert client.post(address, given).status_code == 303
    assert rule("approval", JULY).amount == 3


def test_wrong_numbers_come_back_beside_their_field(client, hanh):
    client.force_login(hanh)
    address = reverse("cases:parameter_detail", args=["visit_schedule"])
    given = {"since": "01/07/2026", "value": "90, mười", "source": "Kế hoạch", "note": "Sửa"}
    refused = client.post(address, given)
    assert refused.status_code == 422
    assert "90, mười" in refused.content.decode()
    assert client.post(address, given | {"value": "20, 60"}).status_code == 303
    assert parameter("visit_schedule", JULY) == [20, 60]


@pytest.mark.parametrize("name", ["cases:limit_detail", "cases:parameter_detail"])
def test_an_unknown_step_is_not_found(client, hanh, name):
    client.force_login(hanh)
    assert client.get(reverse(name, args=["moon"])).status_code == 404
