"""What must hold for every child, whatever the facts."""

import json
import unicodedata
from dataclasses import fields, replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from tuoitho.law import Answer, Facts, Kind, Outcome, Work, assess
from tuoitho.law.tests.children import random_facts

SEEDS = st.integers(min_value=0, max_value=10**9)
KNOWN = [f.name for f in fields(Work)]
MANY = settings(max_examples=600, deadline=None)


def _answers(result, answer):
    return {(f.question, f.work) for f in result.findings if f.answer is answer}


@MANY
@given(SEEDS, st.integers(0, 2), st.sampled_from(["hours_day", "hours_week"]), st.floats(0, 24))
def test_more_hours_never_make_it_lawful(seed, index, fact, more):
    facts = random_facts(seed)
    if not facts.works:
        return
    works = list(facts.works)
    chosen = works[index % len(works)]
    works[index % len(works)] = replace(chosen, **{fact: (getattr(chosen, fact) or 0) + more})
    before, after = assess(facts), assess(replace(facts, works=tuple(works)))
    if before.outcome is Outcome.UNLAWFUL:
        assert after.outcome is Outcome.UNLAWFUL
    if before.child_labour:
        assert after.child_labour
    if before.sdg.child_labour:
        assert after.sdg.child_labour


@MANY
@given(SEEDS, st.integers(0, 2), st.sampled_from(KNOWN))
def test_a_forgotten_fact_never_becomes_kept(seed, index, fact):
    facts = random_facts(seed)
    if not facts.works:
        return
    works = list(facts.works)
    works[index % len(works)] = replace(works[index % len(works)], **{fact: None})
    forgotten = replace(facts, works=tuple(works))
    _compare_forgotten(facts, forgotten)
    if fact != "overtime":  # long hours nobody calls overtime are too long (decision 16)
        _compare_broken(facts, forgotten)


@MANY
@given(SEEDS, st.booleans())
def test_a_forgotten_age_never_becomes_kept(seed, everything):
    facts = random_facts(seed)
    low = assess(facts).age
    about = None if everything or low is None else (max(0, low - 1), low + 1)
    forgotten = replace(facts, birth_date=None, age_range=about)
    _compare_forgotten(facts, forgotten)
    if low is not None:
        _compare_broken(facts, forgotten)


def _compare_broken(known, forgotten):
    after = _answers(assess(forgotten), Answer.BROKEN)
    assert after <= _answers(assess(known), Answer.BROKEN)


def _compare_forgotten(known, forgotten):
    before, after = assess(known), assess(forgotten)
    assert not _answers(after, Answer.KEPT) & _answers(before, Answer.BROKEN)
    assert not _answers(after, Answer.KEPT) & _answers(before, Answer.UNKNOWN)
    if before.outcome in {Outcome.UNDETERMINED, Outcome.UNLAWFUL}:
        assert after.outcome is not Outcome.LAWFUL
    if before.child_labour is not False:
        assert after.child_labour is not False
    assert (before.sdg.child_labour, after.sdg.child_labour) not in {
        (True, False),
        (False, True),
        (None, True),
        (None, False),
    }


@MANY
@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(0, 40), SEEDS)
def test_every_day_and_age_has_an_answer_or_says_what_is_missing(day, age, seed):
    works = random_facts(seed).works
    result = assess(Facts(observed_on=day, age_range=(age, age), works=works))
    assert (result.outcome is Outcome.UNDETERMINED) == (
        bool(result.missing) and not result.broken and age < 18
    )
    for finding in result.findings:
        assert bool(finding.missing) == (finding.answer is Answer.UNKNOWN)


@MANY
@given(SEEDS)
def test_an_assessment_agrees_with_itself(seed):
    result = assess(random_facts(seed))
    answers = {f.answer for f in result.findings}
    assert (result.outcome is Outcome.UNLAWFUL) == (Answer.BROKEN in answers)
    substantive = {f.answer for f in result.findings if f.kind is Kind.SUBSTANTIVE}
    assert (result.child_labour is True) == (Answer.BROKEN in substantive)
    if result.outcome is Outcome.LAWFUL:
        assert answers <= {Answer.KEPT}
        assert result.missing == ()
    for finding in result.findings:
        assert finding.answer is Answer.BROKEN or finding.sanction is None
        assert finding.reason
        assert str(finding.citation)
    text = json.dumps(result.to_json(), ensure_ascii=False, allow_nan=False)
    assert text == unicodedata.normalize("NFC", text)


@MANY
@given(SEEDS)
def test_an_employers_duty_is_not_asked_of_the_family(seed):
    facts = random_facts(seed)
    if facts.works is None:
        return
    works = tuple(replace(work, relation="family") for work in facts.works)
    findings = assess(replace(facts, works=works)).findings
    assert all(f.kind is Kind.SUBSTANTIVE and f.sanction is None for f in findings)
