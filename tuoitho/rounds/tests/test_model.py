"""A model learns only from enough answers, finds a truth that is known, and is set beside rules."""

from math import exp
from random import Random

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from tuoitho.jobs.actions import enqueue
from tuoitho.jobs.tests.make import run_jobs
from tuoitho.lib.hanoi import today
from tuoitho.people.actions import record_poverty
from tuoitho.people.tests.make import make_household
from tuoitho.rounds.actions import score_commune
from tuoitho.rounds.actions.training import examples_of_closed_rounds, train_model
from tuoitho.rounds.learning import OLDER, Example, chance, lacking, recall_at, train
from tuoitho.rounds.models import Answer, ListedChild
from tuoitho.rounds.models.trained import TrainedModel
from tuoitho.rounds.risk import packaged_weights
from tuoitho.rounds.tests.make import make_family, make_living, make_running
from tuoitho.rounds.words import coefficient_in_words

TRUTH = {"left_school": 2.0, "craft_hamlet": 1.0, OLDER: 0.7, "poor": 0.0}


def invented(count=6_000, seed=365):
    """Children of whom the truth is known: log-odds -3 and what ``TRUTH`` adds."""
    pick = Random(seed)
    found = []
    for number in range(count):
        features = frozenset(code for code in TRUTH if pick.random() < 0.25)
        odds = -3 + sum(TRUTH[code] for code in features)
        positive = pick.random() < 1 / (1 + exp(-odds))
        found.append(Example(features, positive, number % 10, ("Nam", "Nữ")[number % 2], "Xã A"))
    return found


@pytest.fixture(scope="module")
def learned():
    return train(invented(), packaged_weights())


def test_the_known_truth_is_found(learned):
    for code, true in TRUTH.items():
        assert learned["coefficients"][code] == pytest.approx(true, abs=0.35)
    assert learned["intercept"] == pytest.approx(-3, abs=0.35)


def test_rules_and_model_are_compared_on_children_not_learned_from(learned):
    assert learned["held"] + learned["fitted"] == 6_000
    assert learned["auc_model"] >= learned["auc_rules"] > 0.5
    assert learned["recall_model"] >= learned["recall_rules"] - 0.02


def test_what_is_expected_is_near_what_is_found(learned):
    for part in learned["calibration"]:
        assert part["expected"] == pytest.approx(part["found"], abs=0.06)


def test_bias_is_reported_by_sex_and_commune(learned):
    assert [row["name"] for row in learned["by_sex"]] == ["Nam", "Nữ"]
    assert [row["name"] for row in learned["by_commune"]] == ["Xã A"]
    assert all(row["n"] and not row["few"] for row in learned["by_sex"])


def test_a_child_with_more_of_what_counts_has_a_higher_chance(learned):
    assert chance(learned, {"left_school"}) > chance(learned, set())


def test_recall_among_equals_is_what_chance_would_give():
    assert recall_at(2, [1, 1, 1, 1], [True, False, False, True]) == pytest.approx(0.5)
    assert recall_at(1, [3, 1, 1], [True, False, False]) == 1


def test_what_is_missing_is_said(learned):
    assert lacking([]) == (1_000, 200)
    assert lacking(invented()) == (0, 0)


def test_one_kind_of_answer_teaches_nothing():
    with pytest.raises(ValueError, match="both parts"):
        train([Example(frozenset(), False, n % 10) for n in range(50)], packaged_weights())


def test_coefficients_are_told_in_words():
    assert coefficient_in_words(1.1) == "khả năng (tỷ số chênh) gấp 3,0 lần"
    assert coefficient_in_words(-1.1) == "khả năng (tỷ số chênh) chỉ bằng 1/3,0"
    assert coefficient_in_words(0.01) == "gần như không làm thay đổi khả năng"


def closed_round(here, system, count):
    """A closed round of ``count`` children with invented truth, written as the owner would."""
    child = make_living(here)
    planned = make_running(here)
    homes = [make_household(here, f"Chủ {chr(97 + n)}") for n in range(20)]
    row = ListedChild.objects.get(child=child)
    rows = ListedChild.objects.bulk_create(
        ListedChild(round=planned, work_list=row.work_list, child=child, unit=here,
                    place_in_list=n, household=homes[n % 20], factors=sorted(e.features - {OLDER}))
        for n, e in enumerate(invented(count))
    )  # fmt: skip
    answers = Answer.objects.bulk_create(
        Answer(listed=listed, visited_on=today(), met=True, outcome="unlawful", law_version="1",
               child_labour=e.positive, recorded_by="lan")
        for listed, e in zip(rows, invented(count), strict=True)
    )  # fmt: skip
    for listed, answer in zip(rows, answers, strict=True):
        listed.answer = answer
    ListedChild.objects.bulk_update(rows, ["answer"])
    planned.__class__.objects.filter(pk=planned.pk).update(state="closed", closed_on=today())
    return planned


def test_only_answers_of_closed_rounds_are_learned_from(here, system):
    planned = closed_round(here, system, 5)
    assert len(examples_of_closed_rounds()) == 5
    planned.__class__.objects.update(state="running", closed_on=None)
    assert examples_of_closed_rounds() == []


def test_with_too_little_nothing_is_trained_and_the_page_says_how_much_is_missing(
    client, here, hanh, lan, system
):
    closed_round(here, system, 5)
    with pytest.raises(ValidationError, match="995"):
        train_model(by=hanh, on=today())
    with pytest.raises(PermissionDenied):
        train_model(by=lan, on=today())
    client.force_login(hanh)
    assert "995" in client.get(reverse("rounds:model_detail")).content.decode()


def test_enough_answers_are_learned_from_in_a_job_and_shown(client, here, hanh, system):
    closed_round(here, system, 2_500)
    enqueue("rounds.train", {}, by=hanh)
    (job,) = run_jobs()
    assert (job.done, job.refused) == (1, 0)
    model = TrainedModel.objects.get()
    assert model.rows == 2_500
    assert model.learned["coefficients"]["left_school"] > 1
    client.force_login(hanh)
    page = client.get(reverse("rounds:model_detail")).content.decode()
    assert "không dùng một mình" in page
    assert "AUC" in page


def test_the_model_is_a_second_column_of_the_list(client, here, lan, system, learned):
    (child,) = make_family(here, "An")
    record_poverty(child.household, today().year, "poor", by=system)
    score_commune(here, by=system, on=today())
    client.force_login(lan)
    address = reverse("rounds:risk_list")
    assert "Theo mô hình" not in client.get(address).content.decode()
    TrainedModel.objects.create(trained_on=today(), trained_by="x", rows=6_000, positives=900,
                                rule_version=0, learned=learned)  # fmt: skip
    assert "Theo mô hình" in client.get(address).content.decode()
