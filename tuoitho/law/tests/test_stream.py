"""The command on friendly and hostile input."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tuoitho.law.stream import main

ROOT = Path(__file__).parents[3]
GOOD = {"id": "a", "birth_date": "2012-06-15", "observed_on": "2026-10-01", "works": []}


def run(*lines):
    data = b"\n".join(
        line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines
    )
    out = io.StringIO()
    code = main(["assess"], io.BytesIO(data), out)
    return code, [json.loads(line) for line in out.getvalue().splitlines()]


def work(**facts):
    return {**GOOD, "works": [facts]}


def test_a_good_line_is_answered_with_the_keys_of_the_contract():
    code, (answer,) = run(work(relation="employee", job="L05", hours_day=5))
    assert code == 0
    assert list(answer)[:6] == ["id", "age", "labour_law", "hazardous", "child_labour", "sdg_8_7_1"]
    assert {"outcome", "findings", "missing"} <= set(answer["labour_law"])
    finding = answer["labour_law"]["findings"][0]
    assert {"rule", "answer", "citation", "reason", "sanction"} <= set(finding)
    assert set(finding["sanction"]) == {"decree", "clause", "min_vnd", "max_vnd"}
    assert {"child_labour", "economic_hours", "chores_hours"} <= set(answer["sdg_8_7_1"])
    assert finding["reason"] == "14 tuổi, làm 5 giờ/ngày; mức tối đa 4 giờ/ngày."


def test_a_bad_line_is_named_and_the_run_goes_on():
    code, answers = run(GOOD, {**GOOD, "id": "b", "observed_on": None}, {**GOOD, "id": "c"})
    assert code == 1
    assert [a["id"] for a in answers] == ["a", "b", "c"]
    assert set(answers[1]) == {"id", "error"}
    assert "observed_on" in answers[1]["error"]


def test_blank_lines_and_a_byte_order_mark_are_passed_over():
    line = json.dumps(GOOD).encode()
    code, answers = run(b"\xef\xbb\xbf" + line + b"\r", b"", b"   ", b"\r", line)
    assert code == 0
    assert len(answers) == 2


def test_no_input_is_no_output():
    assert run(b"") == (0, [])


@pytest.mark.parametrize(
    "line",
    [
        b"\xff\xfe{}",
        b"{",
        b"null",
        b"[]",
        b"3",
        b'"x"',
        b"[" * 100_000,
        b'{"id":' * 50_000,
        b'{"id":"a","observed_on":NaN}',
        b"9" * 10_000,
        b'{"id":' + b"9" * 5_000 + b"}",
        b'{"id":"\\ud800"}',
        b"{\x00}",
    ],
)
def test_an_unreadable_line_has_no_id(line):
    code, answers = run(line, GOOD)
    assert code == 1
    assert len(answers) == 2
    assert answers[0]["id"] is None
    assert answers[0]["error"]
    assert answers[1]["id"] == "a"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"observed_on": "2026-02-30"}, "observed_on"),
        ({"observed_on": "01/10/2026"}, "observed_on"),
        ({"observed_on": "2026-W40-4"}, "observed_on"),
        ({"observed_on": 20261001}, "observed_on"),
        ({"observed_on": "2999-01-01"}, "observed_on"),
        ({"birth_date": "2026-10-02"}, "birth_date"),
        ({"birth_date": "2012-13-01"}, "birth_date"),
        ({"birth_date": True}, "birth_date"),
        ({"age_range": [15, 14]}, "age_range"),
        ({"age_range": [-1, 14]}, "age_range"),
        ({"age_range": [14]}, "age_range"),
        ({"age_range": [14, None]}, "age_range"),
        ({"age_range": "14-15"}, "age_range"),
        ({"age_range": [True, 15]}, "age_range"),
        ({"chores_hours_week": -1}, "chores_hours_week"),
        ({"chores_hours_week": 169}, "chores_hours_week"),
        ({"works": {}}, "works"),
        ({"works": [None]}, "works[0]"),
        ({"works": [{}, {"hours_day": -0.5}]}, "works[1].hours_day"),
        ({"works": [{"hours_day": 24.5}]}, "works[0].hours_day"),
        ({"works": [{"hours_week": 168.5}]}, "works[0].hours_week"),
        ({"works": [{"hours_week": 1e999}]}, "works[0].hours_week"),
        ({"works": [{"hours_week": 10**400}]}, "works[0].hours_week"),
        ({"works": [{"hours_week": "20"}]}, "works[0].hours_week"),
        ({"works": [{"hours_week": True}]}, "works[0].hours_week"),
        ({"works": [{"job": "L13"}]}, "works[0].job"),
        ({"works": [{"job": "ordinary"}]}, "works[0].job"),
        ({"works": [{"job": 5}]}, "works[0].job"),
        ({"works": [{"job": ["L01"]}]}, "works[0].job"),
        ({"works": [{"place": "other"}]}, "works[0].place"),
        ({"works": [{"relation": "boss"}]}, "works[0].relation"),
        ({"works": [{"relation": {}}]}, "works[0].relation"),
        ({"works": [{"night": 1}]}, "works[0].night"),
        ({"works": [{"overtime": "false"}]}, "works[0].overtime"),
        ({"id": 1.5}, "id"),
        ({"id": [1]}, "id"),
    ],
)
def test_a_wrong_field_is_named(change, field):
    line = json.dumps({**GOOD, **change}).replace("Infinity", "1e999").encode()
    code, answers = run(line)
    assert code == 1
    assert answers[0]["error"].startswith(field)


def test_values_nested_at_any_depth_are_refused_calmly():
    for depth in range(900, 1000):
        line = b'{"id":"a","observed_on":' + b"[" * depth + b"]" * depth + b"}"
        code, answers = run(line, GOOD)
        assert code == 1
        assert len(answers) == 2


def test_a_birth_date_in_the_future_of_the_observation_is_said_in_vietnamese():
    _, answers = run({**GOOD, "birth_date": "2026-10-02"})
    assert answers[0]["error"] == ("birth_date: ngày sinh 02/10/2026 sau ngày quan sát 01/10/2026")


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=6,
)
KEYS = st.sampled_from([*GOOD, "age_range", "chores_hours_week"])
WORK_KEYS = st.sampled_from(["relation", "job", "place", "hours_day", "night", "organisation"])


@settings(max_examples=300, deadline=None)
@given(st.lists(st.binary(max_size=60), max_size=5))
def test_no_bytes_make_a_traceback(chunks):
    code, _ = run(*chunks)
    assert code in {0, 1}


@settings(max_examples=400, deadline=None)
@given(st.dictionaries(KEYS, JUNK), st.dictionaries(WORK_KEYS, JUNK))
def test_no_junk_makes_a_traceback(change, facts):
    line = json.dumps({**GOOD, "works": [facts], **change}).encode()
    code, answers = run(line)
    assert len(answers) == 1
    assert code == int("error" in answers[0])


def test_the_command_writes_utf8_whatever_the_locale():
    done = subprocess.run(
        [sys.executable, "-m", "tuoitho.law", "assess"],
        input=json.dumps(work(job="147.1.e")).encode() + b"\n\xff\n",
        env={**os.environ, "PYTHONIOENCODING": "ascii", "LC_ALL": "C", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr == b""
    assert "tuổi" in done.stdout.decode("utf-8")


def test_show_names_what_is_in_force_and_what_is_not():
    out = io.StringIO()
    assert main(["show", "--on", "2021-02-01"], None, out) == 0
    assert "hours.day_under_15: 4" in out.getvalue()
    assert "light_work.list: chưa có văn bản" in out.getvalue()
    assert "28/2020/NĐ-CP" in out.getvalue()


def test_cases_prints_its_table():
    out = io.StringIO()
    assert main(["cases"], None, out) == 0
    assert out.getvalue().endswith("0 tình huống sai\n")
