"""The data: every value cited, no gaps, sources open to an administrator."""

import re
import shutil
import subprocess
import sys
import unicodedata
from datetime import date, timedelta
from pathlib import Path

import pytest

import tuoitho.law as law_package
from tuoitho.law import LawDataError, docs, parameters

PACKAGE = Path(law_package.__file__).parent
LAW = parameters.load()
VALUES = [(p, v) for p in LAW.parameters.values() for v in p.values]


def test_every_value_has_a_citation_a_flag_and_a_checked_day():
    for parameter, value in VALUES:
        assert value.citation.instrument, parameter.name
        assert value.citation.article, parameter.name
        assert value.flag in parameters.FLAGS
        assert parameter.checked >= date(2026, 11, 23)


def test_what_is_remembered_is_not_verified():
    for parameter, value in VALUES:
        assert not (value.flag == "M" and value.verified), parameter.name


def test_what_the_text_does_not_say_has_a_note():
    for parameter, value in VALUES:
        if value.flag in {"M", "I", "P"}:
            assert value.note, parameter.name


def test_validity_is_contiguous():
    for parameter in LAW.parameters.values():
        for before, after in zip(parameter.values, parameter.values[1:], strict=False):
            assert before.end is not None
            assert before.end + timedelta(days=1) == after.start, parameter.name
        assert parameter.values[-1].end is None, parameter.name


@pytest.mark.parametrize("day", [date(2021, 1, 1), *LAW.changes, date(2040, 1, 1)])
def test_every_rule_has_its_text_from_2021(day):
    if day < date(2021, 1, 1):
        assert not LAW.on(day).judged
        return
    for name in LAW.parameters:
        if name.startswith(("ages.", "hours.", "prohibited.", "sanctions.")):
            assert LAW.on(day).has(name), (name, day)


def test_lists_are_in_nfc_with_the_counts_of_the_contract():
    day = date(2026, 10, 1)
    assert list(law_package.light_work_list(day)) == [f"L{n:02}" for n in range(1, 13)]
    jobs, places = law_package.job_codes(day), law_package.place_codes(day)
    assert [c for c in jobs if c.startswith("147.")] == [f"147.1.{p}" for p in "abcdđegh"]
    assert [c for c in places if c.startswith("147.")] == [f"147.2.{p}" for p in "abcdđ"]
    assert [c for c in places if c.startswith("W")] == [f"W{n}" for n in range(1, 7)]
    assert list(jobs)[-1] == "other"
    assert list(places)[-1] == "ordinary"
    for text in (*jobs, *jobs.values(), *places, *places.values()):
        assert text == unicodedata.normalize("NFC", text)
    assert law_package.light_work_list(date(2021, 3, 14)) == {}


def test_an_administrator_can_replace_a_table(tmp_path):
    packaged = PACKAGE / "parameters" / "harmful_jobs.yaml"
    text = packaged.read_text(encoding="utf-8")
    changed = text.replace("PL3-02:", "PL3-99:")
    (tmp_path / "harmful_jobs.yaml").write_text(changed, encoding="utf-8")
    mine = parameters.load(tmp_path)
    assert "PL3-99" in mine.every_code("harmful_jobs.list")
    assert mine.version != LAW.version
    assert set(mine.parameters) == set(LAW.parameters)


@pytest.mark.parametrize(
    "wrong",
    [
        "x",
        "checked: 2026-11-23\nparameters: {a: {title: t, unit: u, values: [{from: 2021-01-01}]}}",
        "checked: 2026-11-23\nparameters: {a: {title: t}}",
        "[1",
    ],
)
def test_a_wrong_file_says_so(tmp_path, wrong):
    (tmp_path / "ages.yaml").write_text(wrong, encoding="utf-8")
    with pytest.raises(LawDataError):
        parameters.load(tmp_path)


def test_a_missing_folder_says_so(tmp_path):
    with pytest.raises(LawDataError, match="TUOITHO_LAW_DIR"):
        parameters.load(tmp_path / "absent")


def test_overlapping_values_say_so(tmp_path):
    text = (PACKAGE / "parameters" / "sanctions.yaml").read_text(encoding="utf-8")
    (tmp_path / "sanctions.yaml").write_text(text.replace("to: 2026-09-09", "to: 2026-09-10"))
    with pytest.raises(LawDataError, match="chồng"):
        parameters.load(tmp_path)


def test_the_version_is_a_hash_of_the_data():
    assert re.fullmatch("[0-9a-f]{16}", law_package.LAW_VERSION)
    assert parameters.load().version == LAW.version


def test_the_document_is_up_to_date():
    document = PACKAGE.parents[1] / "docs" / "law.md"
    if not document.parent.is_dir():
        pytest.skip("installed without docs")
    assert document.read_text(encoding="utf-8") == docs.markdown()


def test_the_law_is_pure():
    code = (
        "import sys, tuoitho.law, tuoitho.law.stream, tuoitho.law.table; "
        "bad = [m for m in sys.modules if m.split('.')[0] == 'django' or "
        "(m.startswith('tuoitho.') and not m.startswith('tuoitho.law'))]; print(bad)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_public_names_exist():
    assert all(hasattr(law_package, name) for name in law_package.__all__)


def test_every_check_begins_with_its_citation():
    for path in (PACKAGE / "rules").glob("article_*.py"):
        found = re.findall(r'\ndef check_\w+\([^)]*\)[^:]*:\n    """(.*)', path.read_text())
        assert found, path
        assert all(re.match(r"(Điều|Khoản|Điểm) ", text) for text in found), path


@pytest.mark.skipif(shutil.which("true") is None, reason="no shell")
def test_the_override_folder_is_read_from_the_environment(tmp_path):
    (tmp_path / "ages.yaml").write_text("x", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", "import tuoitho.law"],
        env={"TUOITHO_LAW_DIR": str(tmp_path), "PYTHONPATH": str(PACKAGE.parents[1])},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "LawDataError" in done.stderr
