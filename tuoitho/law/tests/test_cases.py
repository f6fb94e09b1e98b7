"""The lawyer's cases."""

import pytest

from tuoitho.law.cases import differences, read_cases

CASES = list(read_cases())


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.file}: {case.name}")
def test_case(case):
    assert differences(case) == []


def test_there_are_enough_cases_and_none_twice():
    assert len(CASES) >= 80
    assert len({(case.file, case.name) for case in CASES}) == len(CASES)


def test_every_rule_is_broken_in_some_case():
    broken = {rule for case in CASES for rule in case.expect.get("broken", [])}
    assert broken >= {
        *("61-apprentice-age", "61-apprentice-trade", "143.3-light-work", "143.3-place"),
        *("144.3-book", "144.3-consent", "145.1.a-contract", "145.1.b-study"),
        *("145.1.c-health-certificate", "145.1.c-health-check", "145.1.d-safe-conditions"),
        *("145.3-job", "145.3-place", "145.3-provincial-consent", "146.1-hours-day"),
        *("146.1-hours-week", "146.1-night", "146.1-overtime", "146.2-hours-day"),
        *("146.2-hours-week", "146.2-night", "146.2-overtime", "147.1-job", "147.2-place"),
    }
