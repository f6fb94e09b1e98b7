import io
import sys

import pytest
import yaml
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command

from tuoitho.audit.models import Event
from tuoitho.plan.actions import load_programme
from tuoitho.plan.actions.load import what_changes
from tuoitho.plan.models import Objective, Office, Programme, Target, TargetPart, Task
from tuoitho.plan.tests.make import DAY, FILE, changed, make_programme, make_report, packaged


def without_task(plan, code):
    """A plan whose file no longer has one task (nothing else points at it)."""
    return plan.model_copy(update={"tasks": tuple(t for t in plan.tasks if t.code != code)})


def test_the_packaged_plan_becomes_rows(area):
    programme = make_programme()
    assert (programme.number, programme.area) == ("365/KH-UBND", area)
    counts = [
        m.objects.of(programme).count() for m in (Office, Objective, Target, TargetPart, Task)
    ]
    assert counts == [15, 5, 8, 19, 55]
    staff = TargetPart.objects.get(code="2.1.staff")
    assert (staff.owner, staff.threshold(2025).value) == ("gddt", 90)
    assert staff.threshold(2023).basis == "before_end"
    assert programme.plan == packaged()


def test_the_same_plan_again_changes_nothing(db):
    first = make_programme()
    events = Event.objects.count()
    again = make_programme()
    assert (again.pk, again.loaded_at) == (first.pk, first.loaded_at)
    assert Event.objects.count() == events
    assert what_changes(packaged()) == []


def test_a_changed_plan_names_its_differences_and_keeps_the_rows(db):
    first = make_programme()
    kept = Task.objects.get(code="II.1.1").pk
    plan = changed(signer="Nguyễn Văn Mới")
    assert what_changes(plan) == ["Sửa phần đầu › người ký: Nguyễn Tiến Cường → Nguyễn Văn Mới"]
    second = make_programme(plan)
    assert (second.pk, second.plan.header.signer) == (first.pk, "Nguyễn Văn Mới")
    assert Task.objects.get(code="II.1.1").pk == kept
    event = Event.objects.filter(action="plan.load").latest("pk")
    assert event.before == {"sha256": first.sha256}
    assert event.after["count"] == 1


def test_plans_of_years_are_one_question_and_never_old(db, django_assert_num_queries):
    assert Programme.objects.plans([2021, 2026]) == {}
    make_programme()
    years = [2020, *range(2021, 2031)]
    Programme.objects.plans(years)
    with django_assert_num_queries(1):
        found = Programme.objects.plans(years)
    assert found == dict.fromkeys(years[1:], packaged())
    plan = changed(signer="Nguyễn Văn Mới")
    make_programme(plan)
    assert Programme.objects.plans([2024]) == {2024: plan}


def test_a_row_that_left_the_file_is_ended_and_comes_back(db, here):
    make_programme()
    make_report("IV.4.2", here)
    make_programme(without_task(packaged(), "IV.4.2"))
    gone = Task.objects.get(code="IV.4.2")
    assert (gone.ended_on, gone.reports.count()) == (DAY, 1)
    assert not Task.objects.in_force().filter(code="IV.4.2").exists()
    make_programme()
    assert Task.objects.get(code="IV.4.2").ended_on is None


def test_a_threshold_that_left_the_file_is_gone(db):
    make_programme()
    plan = packaged()
    first = plan.targets[0].parts[0].model_copy(update={"thresholds": {2024: 1.5, 2025: 1.0}})
    target = plan.targets[0].model_copy(update={"parts": (first,)})
    make_programme(plan.model_copy(update={"targets": (target, *plan.targets[1:])}))
    part = TargetPart.objects.get(code="1.1")
    assert part.threshold(2024).value == 1.5
    make_programme()
    assert [t.year for t in part.thresholds.all()] == [2025]


def test_an_unknown_area_is_refused(db):
    with pytest.raises(ValidationError, match="99999"):
        make_programme(changed(area_code="99999"))
    assert not Programme.objects.exists()


def test_only_who_manages_the_plan_loads_it(lan):
    with pytest.raises(PermissionDenied):
        load_programme(packaged(), by=lan, on=DAY)


def run(*words):
    out = io.StringIO()
    call_command("plan", *words, stdout=out)
    return out.getvalue()


def test_command_loads_and_then_has_nothing_to_do(db):
    assert "Đã nạp kế hoạch 365/KH-UBND" in run("load", str(FILE), "--yes")
    assert "không có gì thay đổi" in run("load", str(FILE))


def test_command_finds_the_packaged_plan_from_anywhere(db, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert "Đã nạp" in run("load", "plans/365-kh-ubnd-2021.yaml", "--yes")


def test_command_without_yes_and_without_a_terminal_shows_and_changes_nothing(db, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.StringIO("y\n"))
    with pytest.raises(CommandError, match="--yes"):
        run("load", str(FILE))
    assert not Programme.objects.exists()


@pytest.mark.parametrize(("answer", "loaded"), [("y", True), ("n", False), ("", False)])
def test_command_asks_at_a_terminal(db, monkeypatch, answer, loaded):
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", lambda _question: answer)
    try:
        run("load", str(FILE))
    except CommandError:
        assert not loaded
    assert Programme.objects.exists() is loaded


def test_command_refuses_a_wrong_file_with_its_line(db, tmp_path):
    wrong = yaml.safe_load(FILE.read_text())
    wrong["targets"][0]["parts"][0]["owners"] = ["khongco"]
    path = tmp_path / "sai.yaml"
    path.write_text(yaml.safe_dump(wrong, allow_unicode=True))
    with pytest.raises(CommandError, match="khongco"):
        run("load", str(path), "--yes")
    assert "đúng" in run("check", str(FILE))
