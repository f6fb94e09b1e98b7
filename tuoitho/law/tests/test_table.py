"""The table form answers as the single form does."""

import polars as pl

from tuoitho.law import assess
from tuoitho.law.table import CHILDREN_SCHEMA, WORKS_SCHEMA, assess_table
from tuoitho.law.tests.children import as_tables, random_facts


def _single(facts):
    result = assess(facts)
    return {
        "id": facts.id,
        "age": result.age,
        "outcome": result.outcome.value,
        "child_labour": result.child_labour,
        "hazardous": result.hazardous,
        "sdg_child_labour": result.sdg.child_labour,
        "broken": sorted({finding.rule for finding in result.broken}),
    }


def test_table_agrees_with_single_form_on_random_children():
    many = [random_facts(seed) for seed in range(12_000)]
    table = assess_table(*as_tables(many)).to_dicts()
    for facts, row in zip(many, table, strict=True):
        assert row == _single(facts), facts


def test_random_children_reach_every_outcome():
    outcomes = {assess(random_facts(seed)).outcome.value for seed in range(12_000)}
    assert outcomes == {"unlawful", "lawful", "undetermined", "not_working", "not_a_minor"}


def test_an_empty_table_gives_an_empty_table():
    empty = assess_table(pl.DataFrame(schema=CHILDREN_SCHEMA), pl.DataFrame(schema=WORKS_SCHEMA))
    assert empty.height == 0
    assert "outcome" in empty.columns
