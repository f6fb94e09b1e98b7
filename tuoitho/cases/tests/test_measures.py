"""From the approved plan to what is done: each measure begun, answered, or due."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse

from tuoitho.access.person import acting_as
from tuoitho.cases import actions
from tuoitho.cases.due import due_on_page
from tuoitho.cases.measures import measures_of
from tuoitho.cases.models import Case, Referral, Service
from tuoitho.cases.tests.make import OPENED, in_support, make_child
from tuoitho.cases.tests.make_exchange import DUTY, make_school, make_teacher

WHAT = "Xếp lớp 6 cho em"
LATER = OPENED + timedelta(days=10)
pytestmark = pytest.mark.usefixtures("_ten_days_later")


@pytest.fixture
def _ten_days_later():
    with time_machine.travel(f"{LATER} 09:00+07:00", tick=False):
        yield


@pytest.fixture
def case(here, lan, chung):
    """In support by a plan with one measure, to begin five days after it was opened."""
    child = make_child(here)
    made = in_support(child, lan, chung)
    made.plans.get().measures.update(
        kind="education", what=WHAT, starts_on=OPENED + timedelta(days=5),
        ends_on=OPENED + timedelta(days=60), provider="Trường THCS Thanh Trì", cost=500_000,
    )  # fmt: skip
    return made


def measure(case):
    case = Case.objects.get(pk=case.pk)
    return measures_of(case, case.plans.get())[0]


def words_due(case, person):
    with acting_as(person):
        fresh = Case.objects.get(pk=case.pk)
        return [item.what for item in due_on_page(fresh, fresh.child)]


def test_a_measure_not_begun_past_its_day_is_due(case, lan):
    assert measure(case).late
    assert "Bắt đầu: Giáo dục, trở lại trường" in words_due(case, lan)


def test_before_its_day_and_once_begun_it_is_not_due(case, lan):
    with time_machine.travel(f"{OPENED + timedelta(days=5)} 09:00+07:00", tick=False):
        assert not measure(case).late
    row = measure(case).row
    with acting_as(lan):
        service = actions.start_service(case, kind="education", measure=row, by=lan, on=LATER)
    assert measure(case).services == [service]
    assert "Bắt đầu: Giáo dục, trở lại trường" not in words_due(case, lan)


def test_a_refused_referral_leaves_the_measure_to_be_begun(case, here, lan):
    school = make_school(here)
    teacher = make_teacher(school)
    with acting_as(lan):
        referral = actions.offer_referral(
            case, school, kind="education", request=WHAT, measure=measure(case).row, claim=DUTY,
            by=lan, on=LATER,
        )  # fmt: skip
        assert measure(case).is_begun
    with acting_as(teacher):
        actions.refuse_referral(referral, by=teacher, on=LATER, note="Hết chỗ")
    with acting_as(lan):
        found = measure(case)
    assert [r.state for r in found.referrals] == ["refused"]
    assert found.late


def test_the_service_of_an_accepted_referral_answers_the_same_measure(case, here, lan):
    school = make_school(here)
    teacher = make_teacher(school)
    with acting_as(lan):
        referral = actions.offer_referral(
            case, school, kind="education", request=WHAT, measure=measure(case).row, claim=DUTY,
            by=lan, on=LATER,
        )  # fmt: skip
    with acting_as(teacher):
        actions.accept_referral(referral, by=teacher, on=LATER)
    with acting_as(lan):
        found = measure(case)
        assert Service.objects.get(case=case).measure == found.row
    assert (found.services, [r.state for r in found.referrals]) == ([], ["accepted"])


def test_a_measure_of_another_case_is_refused(case, here, lan, chung):
    other = in_support(make_child(here, "Trần Văn Bình"), lan, chung)
    with acting_as(lan), pytest.raises(ValidationError):
        actions.start_service(other, kind="education", measure=measure(case).row, by=lan, on=LATER)
    assert not Service.objects.filter(case=other).exists()


def test_a_measure_of_a_draft_begins_nothing(case, lan):
    with acting_as(lan):
        fresh = Case.objects.get(pk=case.pk)
        plan = actions.draft_plan(
            fresh, needs="Khác", measures=[{"kind": "health", "what": "Khám"}], by=lan, on=LATER
        )
        with pytest.raises(ValidationError):
            actions.start_service(
                fresh, kind="health", measure=plan.measures.get(), by=lan, on=LATER
            )


def test_the_plan_on_the_page_opens_forms_filled_in(client, case, here, lan):
    school = make_school(here)
    client.force_login(lan)
    row = measure(case).row
    text = client.get(reverse("cases:case_detail", args=[case.pk])).content.decode()
    step = reverse("cases:case_step", args=[case.pk, "service"]) + f"?measure={row.pk}"
    refer = reverse("cases:referral_new", args=[case.pk]) + f"?measure={row.pk}"
    assert step in text
    assert refer in text
    for page in (client.get(step), client.get(refer)):
        form = page.content.decode()
        assert WHAT in form
        assert '<option value="education" selected>' in form
        assert f'<option value="{school.pk}" selected>' in form
        assert f'<option value="{row.pk}" selected>' in form


def test_the_form_begins_the_measure(client, case, lan):
    client.force_login(lan)
    row = measure(case).row
    step = reverse("cases:case_step", args=[case.pk, "service"])
    sent = {"on": f"{LATER:%d/%m/%Y}", "kind": "education", "what": WHAT, "measure": row.pk}
    assert client.post(step, sent).status_code == 303
    page = client.get(reverse("cases:case_detail", args=[case.pk])).content.decode()
    assert "Đang thực hiện từ" in page
    assert "Chưa bắt đầu" not in page
    assert f"{step}?measure=" not in page


def test_an_address_with_another_measure_prefills_nothing(client, case, here, lan, chung):
    other = in_support(make_child(here, "Trần Văn Bình"), lan, chung)
    client.force_login(lan)
    row = measure(case).row
    step = reverse("cases:case_step", args=[other.pk, "service"])
    assert WHAT not in client.get(f"{step}?measure={row.pk}").content.decode()
    sent = {"on": f"{LATER:%d/%m/%Y}", "kind": "education", "measure": row.pk}
    assert client.post(step, sent).status_code == 422


def test_who_only_looks_is_offered_no_beginning(client, case, chung):
    client.force_login(chung)
    text = client.get(reverse("cases:case_detail", args=[case.pk])).content.decode()
    assert "Chưa bắt đầu" in text
    assert "?measure=" not in text
    assert not Referral.objects.exists()
