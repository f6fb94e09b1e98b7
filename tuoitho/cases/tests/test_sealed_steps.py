"""Every verb on a sealed case: its list works on it with the role held; nobody else can."""

from datetime import timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError

from conftest import make_user
from tuoitho.access.log import readable_events
from tuoitho.access.person import acting_as
from tuoitho.cases import actions
from tuoitho.cases.actions.growing_up import mark_sixteen
from tuoitho.cases.jobs import ASSIGN, REMIND
from tuoitho.cases.models import Case, Clock, Report, ReportJoin, ReportSending
from tuoitho.cases.models.sight import may_step
from tuoitho.cases.need_to_know import who_steps
from tuoitho.cases.superiors import superiors
from tuoitho.cases.tests.make import make_case, make_report, seal
from tuoitho.cases.tests.make_exchange import DUTY, make_referral
from tuoitho.lib.hanoi import now, today

VERBS = {
    "attach to the case": lambda s, by: actions.attach_file(
        s.case, "a.pdf", b"%PDF-1.7 x", kind="other", by=by
    ),
    "attach to a report": lambda s, by: actions.attach_file(
        s.first, "a.pdf", b"%PDF-1.7 x", kind="other", by=by
    ),
    "send to the police": lambda s, by: actions.send_to_police(
        s.second, why="Có dấu hiệu", by=by, on=today()
    ),
    "acknowledge": lambda s, by: actions.acknowledge_sending(s.sending, by=by),
    "remind of a sending": lambda s, by: actions.remind_of_sending(s.sending, by=by, on=today()),
    "join": lambda s, by: actions.join_reports(s.first, s.third, "same_child", by=by, on=today()),
    "separate": lambda s, by: actions.separate_report(s.second, "Nhầm", by=by, on=today()),
    "take": lambda s, by: actions.assign_case(s.case, by, by=by, on=today()),
    "mark sixteen": lambda s, by: mark_sixteen(s.case, by=by, on=today()),
    "hear an answer": lambda s, by: actions.accept_referral(
        s.referral, by=by, on=today(), heard="Qua điện thoại"
    ),
    "assess the emergency": lambda s, by: actions.assess_emergency(
        s.case, emergency=False, by=by, on=today()
    ),
}


@pytest.fixture
def vinh(area):
    return make_user("vinh", "police", area, full_name="Đỗ Quang Vinh")


@pytest.fixture
def scene(here, vinh, thu):
    """A sealed case that Vinh leads; of the others only Thu, of another commune, is listed."""
    case = make_case(here)
    first, second, third = (
        make_report(here, case=case, state="in_case", child=case.child) for _n in range(3)
    )
    group = uuid4()
    for report in (second, make_report(here, case=case, state="in_case")):
        ReportJoin.objects.create(report=report, group=group, basis="same_child", joined_by="lan")
    sending = ReportSending.objects.create(
        report=first, kind="police", from_unit=here, to_unit=here, to_body="Công an", sealed=True,
        sent_by="lan", sent_at=now() - timedelta(days=3), answer_due_at=now() - timedelta(days=2),
    )  # fmt: skip
    referral = make_referral(here, case=case)
    seal(case)
    with acting_as(vinh):
        case = Case.objects.get(pk=case.pk)
        actions.name_lead(case, vinh, reason="Phụ trách chuyên án", by=vinh)
        actions.add_reader(case, thu, reason="Thăm trẻ", until=today(), by=vinh)
        first, second, third = (Report.objects.get(pk=r.pk) for r in (first, second, third))
        referral.refresh_from_db()
    return SimpleNamespace(
        case=case, first=first, second=second, third=third, sending=sending, referral=referral
    )


@pytest.mark.parametrize("verb", VERBS)
def test_who_is_listed_takes_the_steps_of_the_role_held(scene, thu, verb):
    with acting_as(thu):
        VERBS[verb](scene, thu)


@pytest.mark.parametrize("verb", VERBS)
def test_the_lead_takes_them_too(scene, vinh, verb):
    with acting_as(vinh):
        VERBS[verb](scene, vinh)


@pytest.mark.parametrize("role", ["police", "commune_worker", "labour_office"])
@pytest.mark.parametrize("verb", VERBS)
def test_nobody_else_does_not_even_the_police_of_the_place(scene, cast_member, verb, role):
    stranger = cast_member(role)
    # Two reports that are not there cannot be joined either: wrong input, as for any unknown key.
    refusals = (PermissionDenied, ObjectDoesNotExist, ValidationError)
    with acting_as(stranger), pytest.raises(refusals):
        VERBS[verb](scene, stranger)
    with acting_as(stranger):
        assert not Case.objects.filter(pk=scene.case.pk).exists()


def test_handing_over_is_offered_by_who_is_listed_and_transfers(scene, vinh, lan, cast_member):
    offer = {"to_place": "Thành phố Huế", "on": today(), "claim": DUTY}
    other = cast_member("commune_worker")
    with acting_as(other), pytest.raises(ObjectDoesNotExist):
        actions.offer_handover(scene.case, None, by=other, **offer)
    with acting_as(vinh):
        actions.add_reader(scene.case, lan, reason="Thăm trẻ", until=today(), by=vinh)
    with acting_as(lan):
        assert actions.offer_handover(scene.case, None, by=lan, **offer).sealed


def test_only_the_police_take_it_over_for_the_other_commune(scene, there, vinh, lan, thu):
    with acting_as(vinh):
        actions.add_reader(scene.case, lan, reason="Thăm trẻ", until=today(), by=vinh)
        offer = actions.offer_handover(scene.case, there, by=vinh, on=today(), claim=DUTY)
    for listed in (lan, thu):
        with acting_as(listed), pytest.raises(PermissionDenied):
            actions.accept_handover(offer, by=listed, on=today())
    with acting_as(vinh):
        assert actions.accept_handover(offer, by=vinh, on=today()).state == "accepted"


def test_leave_is_refused_even_to_who_holds_the_row_in_hand(scene, cast_member):
    police = cast_member("police")
    for row in (scene.case, scene.first, scene.referral):
        assert not may_step(police, "cases.work", row)


def test_without_a_lead_the_police_of_the_place_may(here, cast_member):
    case, police = make_case(here), cast_member("police")
    case.sealed = True
    assert may_step(police, "cases.work", case)


def test_a_role_that_is_not_held_is_not_given_by_the_list(scene, vinh, chung):
    with acting_as(vinh):
        actions.add_reader(scene.case, chung, reason="Chỉ đạo", until=today(), by=vinh)
    with acting_as(chung), pytest.raises(PermissionDenied):
        VERBS["hear an answer"](scene, chung)


def test_papers_are_printed_by_the_list_alone(scene, thu, vinh, cast_member):
    for person, may in ((thu, True), (vinh, True), (cast_member("police"), False)):
        for subject in (scene.case, scene.first):
            assert actions.may_print(person, subject) is may


def test_only_the_list_is_told_and_reminded(scene, vinh, thu, cast_member):
    cast_member("police")
    with acting_as(vinh):
        assert who_steps("cases.work", scene.case) == sorted([vinh, thu], key=lambda p: p.pk)
        clock = Clock.objects.running().filter(case=scene.case).first()
        assert superiors(clock) == [vinh]
        assert actions.remind(clock.pk, by=vinh, on=today()) == [thu]


def test_a_report_put_into_a_sealed_case_hides_with_it(scene, here, vinh, lan, cast_member):
    late = make_report(here)
    with acting_as(vinh):
        actions.add_reader(scene.case, lan, reason="Thăm trẻ", until=today(), by=vinh)
    with acting_as(lan):
        actions.attach_report(scene.case, late, by=lan, on=today())
        assert Report.objects.get(pk=late.pk).sealed
    with acting_as(cast_member("commune_worker")):
        assert not Report.objects.filter(pk=late.pk).exists()


@pytest.mark.parametrize("role", ["police", "commune_worker", "labour_office"])
def test_long_work_and_the_log_know_nothing_of_it(scene, vinh, cast_member, role):
    stranger = cast_member(role)
    with acting_as(vinh):
        clock = Clock.objects.running().filter(case=scene.case).first()
    with acting_as(stranger):
        for work, args, key in (
            (ASSIGN, {"to": stranger.pk}, str(scene.case.pk)), (REMIND, {}, str(clock.pk)),
        ):  # fmt: skip
            with pytest.raises(ValidationError):
                work.one(args, key, stranger)
        told = readable_events(stranger).filter(subject_type__startswith="cases.")
        assert not told.filter(subject_key=str(scene.case.pk)).exists()
