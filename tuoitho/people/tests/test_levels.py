"""How two children are compared, and that every engine compares them alike."""

import signal
from dataclasses import replace
from datetime import date

import pytest

from tuoitho.people.matching.engines import Engine, link
from tuoitho.people.matching.levels import COMPARISONS, distance
from tuoitho.people.matching.model import from_json, prior, stored, weighed
from tuoitho.people.matching.records import Facts, record_of, records_of
from tuoitho.people.matching.training import NotLearntError, learn
from tuoitho.people.tests.doubles import invent

AN = Facts(
    1, "Nguyễn Văn An", date(2014, 6, 1), sex="male", unit=1, hamlet="Thôn Nội",
    carers=("Lê Thị Bưởi", "Nguyễn Văn Hùng"),
)  # fmt: skip
BY_NAME = {comparison.name: comparison for comparison in COMPARISONS}


def level(comparison, **other):
    found = BY_NAME[comparison].level(record_of(AN), record_of(replace(AN, key=2, **other)))
    return found.code if found else None


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("NGUYEN VAN AN", "same"), ("An Nguyễn Văn", "order"), ("Nguyễn An", "middle"),
        ("Nguyễn Bảo Văn An", "middle"), ("Nguyễm Văn An", "slip"), ("Ngyễn Vqn An", "slips"),
        ("Nguyễn Bảo An", "ends"), ("Trần Thị An", "given"), ("Nguyễn Văn Bình", "other"),
        # Two given names in use are two names, not a slip of the keys.
        ("Nguyễn Văn Anh", "other"),
    ],
)  # fmt: skip
def test_names(name, found):
    assert level("name", full_name=name) == found


@pytest.mark.parametrize(
    ("one", "other"),
    [("Lê Thị Hoà", "Lê Thị Hòa"), ("Lý Mỹ Vy", "Lí Mĩ Vi"), ("LÊ  THỊ HOA", "Lê Thị Hoa")],
)
def test_one_name_in_two_spellings(one, other):
    first, second = record_of(replace(AN, full_name=one)), record_of(replace(AN, full_name=other))
    assert BY_NAME["name"].level(first, second).code == "same"
    assert BY_NAME["marks"].level(first, second).code == "same"


def test_marks_count_only_where_both_wrote_them():
    assert level("marks", full_name="Nguyen Van An") == "none"
    assert level("marks", full_name="Nguyễn Văn Ân") == "other"
    assert level("marks", full_name="Trần Văn An") is None


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        ({"birth_date": date(2014, 6, 1)}, "same"),
        ({"birth_date": date(2014, 1, 6)}, "turned"),
        ({"birth_date": date(2015, 6, 1)}, "year_off"),
        ({"birth_date": date(2014, 6, 7)}, "digit"),
        ({"birth_date": date(2014, 1, 1)}, "year"),
        ({"birth_date": None, "ages": (12, 12), "seen_on": date(2026, 7, 1)}, "year"),
        ({"birth_date": None, "ages": (13, 13), "seen_on": date(2026, 1, 1)}, "near_year"),
        ({"birth_date": date(2014, 9, 25)}, "same_year"),
        ({"birth_date": date(2011, 9, 25)}, "other"),
        ({"birth_date": None}, None),
    ],
)
def test_births(facts, found):
    assert level("birth", **facts) == found


def test_carers_places_and_numbers():
    assert level("carers", carers=("le thi buoi", "NGUYỄN VĂN HÙNG", "Trần Thị Tư")) == "two"
    assert level("carers", carers=("Lê Bưởi",)) == "ends"
    assert level("carers", carers=()) is None
    assert level("place", hamlet="THÔN NỘI") == "hamlet"
    assert level("place", hamlet="Thôn Ngoại") == "unit"
    assert level("place", unit=2) == "other"
    assert level("sex", sex="unknown") is None


@pytest.mark.parametrize(
    ("one", "other", "apart"), [("an", "an", 0), ("an", "", 2), ("hân", "han", 1), ("ab", "ba", 2)]
)
def test_distance(one, other, apart):
    assert distance(one, other) == distance(other, one) == apart


def told(records, pairs):
    by_key = {record.unique_id: record for record in records}
    for pair in pairs:
        first, second = by_key[pair.first], by_key[pair.second]
        yield pair, {
            c.name: found.code for c in COMPARISONS if (found := c.level(first, second))
        }  # fmt: skip


def test_duckdb_and_python_stand_on_the_same_levels():
    records = records_of(invent(3_000, doubled=0.3, seed=3).children)
    found = list(told(records, link(records, stored(), least=-25)))
    assert len(found) > 900
    for pair, levels in found:
        assert {name: code for name, (code, _bits) in pair.levels.items()} == levels
    seen = {(name, code) for _pair, levels in found for name, code in levels.items()}
    every = {(c.name, lev.code) for c in COMPARISONS for lev in c.levels if c.name != "number"}
    assert every - seen <= {("name", "slips")}  # too rare for so few


def test_duckdb_and_spark_find_the_same_pairs():
    records = records_of(invent(300, doubled=0.3, seed=4, units=4).children)
    # One block of each kind: each costs Spark seconds to plan.
    asked = {"least": -5, "blocks": ("birth_given", "words_unit", "given_carer")}
    interrupt = signal.getsignal(signal.SIGINT)
    here = {(f.first, f.second): f for f in link(records, stored(), **asked)}
    on_spark = link(records, stored(), engine=Engine.SPARK, **asked)
    there = {(f.first, f.second): f for f in on_spark}
    assert here.keys() == there.keys()
    assert len(here) > 60
    assert signal.getsignal(signal.SIGINT) is interrupt
    for key, found in here.items():
        assert there[key].weight == pytest.approx(found.weight, abs=1e-6)
        probability = stored().probability
        assert probability(there[key].weight) == pytest.approx(probability(found.weight), abs=1e-6)
        assert {n: c for n, (c, _b) in there[key].levels.items()} == {
            n: c for n, (c, _b) in found.levels.items()
        }


def test_the_same_register_gives_the_same_pairs_in_pieces_and_whole():
    records = records_of(invent(600, doubled=0.2, seed=5).children)
    whole = {(f.first, f.second) for f in link(records, stored(), least=0)}
    pieces = {
        (f.first, f.second)
        for names in (("birth_given", "birth_unit", "turned_given", "number"),
                      ("words_year", "words_unit", "ends_place"),
                      ("birth_carer", "carer_year", "given_carer"))
        for f in link(records, stored(), least=0, blocks=names)
    }  # fmt: skip
    assert pieces == whole


def test_most_doubles_of_an_invented_register_are_found_and_few_others():
    made = invent(5_000, seed=6, units=5)
    found = {
        (f.first, f.second)
        for f in link(records_of(made.children), stored(), least=stored().likely)
    }
    assert len(found & made.truth) / len(found) > 0.97
    assert len(found & made.truth) / len(made.truth) > 0.9


def test_nothing_is_compared_with_nothing():
    assert list(link(records_of([AN]), stored(), least=-50)) == []


def test_a_small_register_teaches_nothing():
    with pytest.raises(NotLearntError):
        learn(records_of([AN]), "here")


def test_the_stored_model_is_read_back_and_must_fit():
    text = stored().to_json()
    assert from_json(text) == stored()
    with pytest.raises(ValueError, match="other"):
        from_json(text.replace('"other"', '"another"'))


def test_probability_rises_with_the_weight():
    shares = [stored().probability(weight / 2) for weight in range(-60, 80)]
    assert shares == sorted(shares)
    assert 0 < shares[0] < shares[-1] < 1


def test_a_larger_register_expects_less_of_a_pair():
    assert prior(1_000_000) < prior(10_000) < prior(10)


def test_what_weighs_for_and_against():
    bits = {c.name: b for c, _code, b in weighed(record_of(AN), record_of(AN), stored())}
    assert all(bits[name] > 0 for name in ("name", "birth", "carers", "place", "sex"))
