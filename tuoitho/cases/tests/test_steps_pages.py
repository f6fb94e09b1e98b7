"""Every step has a form that opens for whom it is for, and for nobody else."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tuoitho.cases.models import Case, Report
from tuoitho.cases.states import MOVES, State
from tuoitho.cases.story import OWN_PAGE, buttons
from tuoitho.cases.tests.make import (
    NO_WORK,
    OPENED,
    in_support,
    make_case,
    make_child,
    make_report,
)  # fmt: skip
from tuoitho.cases.views.steps import SCREENS

FORMS = [(m.name, m.source, m.permission) for m in MOVES if m.name not in OWN_PAGE] + [
    (name, State.SUPPORTING, screen.permission)
    for name, screen in SCREENS.items()
    if screen.permission and not screen.other
]
LEVELS = dict.fromkeys(
    ("harm_severity", "harm_access", "harm_environment", "self_protection", "recovery"), "low"
)


def step(case, name):
    return reverse("cases:case_step", args=[case.pk, name])


def day(after):
    return f"{OPENED + timedelta(days=after):%d/%m/%Y}"


def test_every_step_of_the_table_has_a_form():
    assert {m.name for m in MOVES} <= set(SCREENS) | set(OWN_PAGE)


@pytest.mark.parametrize(("name", "source", "permission"), FORMS)
def test_a_form_opens_for_who_may_and_not_for_who_may_not(
    client, here, lan, chung, thu, name, source, permission
):
    case = make_case(here, state=source, outside_children_law=name == "support")
    for person, expected in ((lan, None), (chung, None), (thu, 404)):
        client.force_login(person)
        expected = expected or (200 if person.may(permission) else 403)
        assert client.get(step(case, name)).status_code == expected


@pytest.mark.parametrize("state", State)
def test_the_buttons_of_a_case_all_lead_somewhere(client, here, lan, chung, state):
    case = make_case(here, state=state)
    for person in (lan, chung):
        client.force_login(person)
        for button in buttons(case, person):
            assert client.get(button.url).status_code == 200, button
    assert buttons(case, lan) or buttons(case, chung)


def test_an_empty_form_comes_back_in_place(client, here, chung):
    client.force_login(chung)
    case = make_case(here, state="submitted")
    answer = client.post(step(case, "refuse_plan"), {"on": day(1)}, headers={"HX-Request": "true"})
    assert answer.status_code == 422
    assert b"<html" not in answer.content
    assert Case.objects.get(pk=case.pk).state == "submitted"


def test_to_the_end_and_back_through_the_forms(client, here, lan, chung):
    case = in_support(make_child(here), lan, chung)
    client.force_login(lan)
    client.post(step(case, "follow"), {"on": day(5)})
    for after in (30, 125):
        visit = {"observed_on": day(after), "working": "no", "schooling": "attending"}
        client.post(reverse("cases:case_visit", args=[case.pk]), visit)
    page = client.get(reverse("cases:case_detail", args=[case.pk])).content.decode()
    assert "Ghi chấm dứt lao động trái quy định" in page
    client.post(step(case, "cease"), {"on": day(126)})
    review = {"on": day(126), "no_more_risk": "yes", "stable": "yes", "conclusion": "close"}
    client.post(step(case, "review"), review | LEVELS)
    client.force_login(chung)
    client.post(step(case, "close"), {"on": day(127), "reason": "reached"})
    case.refresh_from_db()
    assert (case.state, case.closing) == ("closed", "reached")
    client.post(step(case, "reopen"), {"on": day(150), "note": "Có tin mới"})
    case.refresh_from_db()
    assert case.state == "reopened"


def test_emergency_through_the_forms(client, here, chung):
    case = make_case(here)
    client.force_login(chung)
    data = {"at": "02/03/2026 10:00", "kind": "separation", "until": day(20),
            "place_of_stay": "Nhà bà ngoại", "carer": "Bà ngoại"}  # fmt: skip
    answer = client.post(step(case, "emergency"), data)
    assert answer.status_code == 422
    assert "16/03/2026" in answer.content.decode()
    client.post(step(case, "emergency"), data | {"until": day(10)})
    measure = case.emergency_measures.get()
    end = {"on": day(4), "reason": "other"}
    client.post(reverse("cases:emergency_end", args=[measure.pk]), end)
    measure.refresh_from_db()
    assert measure.days == 5


def test_sealing_takes_the_page_away(client, here, lan):
    case = make_case(here)
    client.force_login(lan)
    answer = client.post(step(case, "seal"), {"on": day(1), "note": "Nghi mua bán người"})
    assert answer["Location"] == reverse("cases:case_list")
    assert client.get(reverse("cases:case_detail", args=[case.pk])).status_code == 404


def test_handing_over_and_sending_on_through_the_forms(client, here, there, lan, hanh):
    case, report = make_case(here), make_report(here)
    client.force_login(hanh)
    client.post(step(case, "transfer"), {"on": day(1), "to_unit": there.pk})
    assert Case.objects.get(pk=case.pk).unit == there
    client.force_login(lan)
    address = reverse("cases:report_forward", args=[report.pk])
    assert client.post(address, {"on": day(1), "to_unit": there.pk}).status_code == 422
    client.post(address, {"on": day(1), "to_unit": there.pk, "note": "Xảy ra ở đó"})
    assert Report.objects.get(pk=report.pk).unit == there


def test_dismissing_and_attaching_reports_through_the_forms(client, here, lan):
    case = make_case(here)
    nothing, more = make_report(here), make_report(here, child=case.child)
    client.force_login(lan)
    dismiss = reverse("cases:report_dismiss", args=[nothing.pk])
    client.post(dismiss, {"on": day(0), "reason": "Trùng tin"})
    client.post(reverse("cases:report_attach", args=[more.pk]))
    assert Report.objects.get(pk=nothing.pk).state == "dismissed"
    assert case.reports.get() == more
    assert client.post(reverse("cases:report_attach", args=[nothing.pk])).status_code == 404


def test_a_visit_keeps_what_it_found(client, here, lan, chung):
    from tuoitho.cases.actions import record_visit

    case = in_support(make_child(here), lan, chung)
    record_visit(case, NO_WORK, by=lan, on=OPENED)
    client.force_login(lan)
    page = client.get(reverse("cases:case_detail", args=[case.pk])).content.decode()
    assert "Không còn lao động trái quy định" in page
