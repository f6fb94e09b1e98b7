"""Two rows that are one child: asked for by one, approved by another, nothing lost, undone."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection

from tuoitho.access.person import acting_as
from tuoitho.audit.models import Event
from tuoitho.cases.models import Case
from tuoitho.cases.tests.make import make_case, seal
from tuoitho.people import actions
from tuoitho.people.models import Child, Guardian, Merge
from tuoitho.people.tests.make import make_household

ON = date(2026, 1, 5)


@pytest.fixture
def kept(here, system):
    return actions.register_child(
        here, full_name="Nguyễn Văn An", birth_date=date(2014, 6, 1), sex="male",
        hamlet="Thôn Nội", by=system, on=ON,
    )  # fmt: skip


@pytest.fixture
def other(here, system):
    household = make_household(here, "Nguyễn Văn Hùng")
    child = actions.register_child(
        here, full_name="Nguyễn An", birth_date=date(2014, 1, 6), household=household,
        national_id="001214012345", note="gặp ở xưởng", by=system, on=ON,
    )  # fmt: skip
    actions.record_circumstance(child, "10.1.h", since=ON, by=system)
    return child


def ask(kept, other, by, **choices):
    with acting_as(by):
        return actions.request_merge(kept, other, choices, reason="cùng mẹ", by=by, on=ON)


def approve(merge, by):
    with acting_as(by):
        return actions.approve_merge(merge, by=by, on=ON)


def test_the_kept_child_takes_what_it_had_not_and_what_was_chosen(kept, other, lan, chung):
    approve(ask(kept, other, lan, birth="other"), chung)
    kept.refresh_from_db()
    assert (kept.full_name, kept.birth_date, kept.national_id, kept.note) == (
        "Nguyễn Văn An", date(2014, 1, 6), "001214012345", "gặp ở xưởng",
    )  # fmt: skip
    assert (kept.household.head_name, kept.hamlet) == ("Nguyễn Văn Hùng", "Thôn Nội")
    assert list(kept.circumstances.values_list("group", flat=True)) == ["10.1.h"]


def test_the_other_row_is_met_nowhere_and_still_there(kept, other, here, lan, chung):
    approve(ask(kept, other, lan), chung)
    assert list(Child.objects.living_in(here)) == [kept]
    assert not Child.objects.matching("Nguyễn An").filter(pk=other.pk).exists()
    assert not other.household.children.filter(pk=other.pk).exists()
    assert Child.with_merged.get(pk=other.pk).merged_into == kept


def test_cases_go_along_and_keep_the_place_of_the_event(kept, other, here, lan, chung):
    case = make_case(here, child=other)
    approve(ask(kept, other, lan), chung)
    assert Case.objects.get(pk=case.pk).child_id == kept.pk


def test_a_sealed_case_none_of_the_two_sees_goes_along_too(
    kept, other, here, lan, chung, cast_member
):
    case = make_case(here, child=other)
    seal(case)
    approve(ask(kept, other, lan), chung)
    with acting_as(cast_member("police")):
        assert Case.objects.get(pk=case.pk).child_id == kept.pk
    with acting_as(chung), connection.cursor() as cursor:
        assert not Case.objects.exists()
        cursor.execute("SELECT count(*) FROM people_mergedrow")
        assert cursor.fetchone() == (0,), "a list of moved rows would tell of the sealed case"


def test_two_open_cases_are_not_made_one(kept, other, here, lan, chung):
    for child in (kept, other):
        make_case(here, child=child)
    merge = ask(kept, other, lan)
    with pytest.raises(ValidationError, match="Cả hai"):
        approve(merge, chung)
    assert Child.objects.filter(pk=other.pk).exists()


def test_what_a_child_has_once_stays_with_the_old_row(kept, other, system, lan, chung):
    for child, grade in ((kept, 6), (other, 5)):
        actions.record_enrolment(
            child, school_year="2025-2026", status="attending", grade=grade, by=system, on=ON
        )
    approve(ask(kept, other, lan), chung)
    assert kept.enrolments.get().grade == 6
    assert other.enrolments.get().grade == 5


def test_the_same_mother_is_not_there_twice(kept, other, system, lan, chung):
    for child in (kept, other):
        actions.add_guardian(child, relation="mother", full_name="Lê Thị Bưởi", by=system, on=ON)
    actions.add_guardian(other, relation="father", full_name="Nguyễn Văn Hùng", by=system, on=ON)
    approve(ask(kept, other, lan), chung)
    assert sorted(g.relation for g in Guardian.objects.filter(child=kept)) == ["father", "mother"]


def test_who_asked_does_not_approve(kept, other, hanh):
    merge = ask(kept, other, hanh)
    with pytest.raises(PermissionDenied):
        approve(merge, hanh)
    assert Child.objects.filter(pk=other.pk).exists()


def test_a_worker_asks_and_does_not_approve(kept, other, hanh, lan):
    with pytest.raises(PermissionDenied):
        approve(ask(kept, other, hanh), lan)


def test_of_two_communes_only_the_office_over_both_asks(kept, there, system, lan, thu, hanh):
    far = actions.register_child(
        there, full_name="Nguyễn Văn An", birth_date=date(2014, 6, 1), by=system, on=ON
    )
    for worker in (lan, thu):
        with pytest.raises(Child.DoesNotExist):
            ask(kept, far, worker)
    merge = ask(kept, far, hanh)
    with acting_as(lan):
        assert not Merge.objects.filter(pk=merge.pk).exists()


def test_the_place_cannot_be_taken_from_another_commune(kept, there, system, hanh):
    far = actions.register_child(there, full_name="An", hamlet="Tựu", by=system, on=ON)
    with pytest.raises(ValidationError) as caught:
        ask(kept, far, hanh, hamlet="other")
    assert list(caught.value.message_dict) == ["hamlet"]


def test_a_child_that_moved_since_does_not_take_a_household_elsewhere(
    kept, other, there, system, lan, hanh
):
    merge = ask(kept, other, lan)
    assert merge.choices["household"] == "other"
    actions.move_child(kept, there, on=date(2026, 1, 6), by=system)
    with pytest.raises(ValidationError, match="hai xã"):
        approve(merge, hanh)
    kept.refresh_from_db()
    assert kept.household is None


@pytest.mark.parametrize("choices", [{"sex": "both"}, {"shoes": "kept"}, {"birth": "?"}])
def test_impossible_choices(kept, other, lan, choices):
    with pytest.raises(ValidationError):
        ask(kept, other, lan, **choices)


def test_a_reason_is_asked(kept, other, lan):
    with pytest.raises(ValidationError) as caught, acting_as(lan):
        actions.request_merge(kept, other, {}, reason="  ", by=lan, on=ON)
    assert list(caught.value.message_dict) == ["reason"]


def test_one_request_at_a_time(kept, other, lan):
    ask(kept, other, lan)
    with pytest.raises(ValidationError, match="đã có một đề nghị"):
        ask(kept, other, lan)


def test_a_refused_request_changes_nothing_and_may_come_again(kept, other, lan, chung):
    merge = ask(kept, other, lan)
    with acting_as(chung):
        actions.refuse_merge(merge, by=chung, on=ON, answer="hai anh em sinh đôi")
    assert Child.objects.filter(pk=other.pk).exists()
    with pytest.raises(ValidationError):
        approve(merge, chung)
    assert ask(kept, other, lan).state == "requested"


def test_only_who_asked_takes_it_back(kept, other, lan, chung):
    merge = ask(kept, other, lan)
    with pytest.raises(PermissionDenied), acting_as(chung):
        actions.withdraw_merge(merge, by=chung, on=ON)
    with acting_as(lan):
        assert actions.withdraw_merge(merge, by=lan, on=ON).state == "withdrawn"


def test_the_log_of_both_children_tells(kept, other, lan, chung):
    merge = approve(ask(kept, other, lan), chung)
    with acting_as(chung):
        actions.undo_merge(merge, by=chung, on=ON, reason="nhầm")
    for child in (kept, other):
        told = Event.objects.filter(child_key=child.pk, subject_type="people.Merge")
        assert list(told.order_by("pk").values_list("action", flat=True)) == [
            "people.request_merge", "people.approve_merge", "people.undo_merge",
        ]  # fmt: skip


def test_a_correction_made_since_stays_when_it_is_undone(kept, other, lan, chung):
    merge = approve(ask(kept, other, lan, birth="other"), chung)
    with acting_as(lan):
        actions.correct_child(kept, birth_date=date(2014, 6, 2), by=lan, on=ON)
    with acting_as(chung):
        left = actions.undo_merge(merge, by=chung, on=ON, reason="hai em")
    kept.refresh_from_db()
    assert (left, kept.birth_date, kept.national_id) == (["Ngày sinh, tuổi"], date(2014, 6, 2), "")


def test_the_last_merge_is_undone_first(kept, other, here, system, lan, chung):
    third = actions.register_child(here, full_name="Nguyễn Văn Ân", by=system, on=ON)
    first = approve(ask(kept, other, lan), chung)
    approve(ask(third, kept, lan), chung)
    with pytest.raises(ValidationError, match="lần gộp sau"), acting_as(chung):
        actions.undo_merge(first, by=chung, on=ON, reason="nhầm")


def test_the_functions_of_the_database_ask_who_acts(kept, other, lan):
    merge = ask(kept, other, lan)
    with acting_as(lan), connection.cursor() as cursor:
        cursor.execute("SELECT people_merge_rows(%s, '{}')", [merge.pk])
        assert cursor.fetchone() == (False,)
