"""The levels, blocks and model in splink's words: one definition for DuckDB and Spark."""

from collections.abc import Sequence
from typing import Any

from tuoitho.people.matching.levels import BLOCKS, COMPARISONS, Comparison, Level
from tuoitho.people.matching.model import Model, prior

# What is not learnt: hardly any child is in the register under two quite different names (twins
# would teach otherwise), and a number is right or, now and then, mistyped.
FIXED = {
    ("name", "other"): (0.00001, None),
    ("number", "same"): (0.98, 1e-9),
    ("number", "other"): (0.02, 1 - 1e-9),
}  # fmt: skip


def linkage_settings(children: int, model: Model | None, blocks: Sequence[str] = ()) -> Any:
    """splink's settings for a register of so many children; without a model, as to be trained."""
    from splink import SettingsCreator

    return SettingsCreator(
        link_type="dedupe_only",
        comparisons=[_comparison(c, model) for c in COMPARISONS],
        blocking_rules_to_generate_predictions=blocking_rules(blocks),
        probability_two_random_records_match=prior(children),
        retain_matching_columns=True,  # only so does it keep the levels
        retain_intermediate_calculation_columns=True,
        max_iterations=60,
    )


def blocking_rules(names: Sequence[str] = ()) -> list[Any]:
    """Which pairs are looked at: all rules, or those named."""
    from splink.blocking_rule_library import CustomRule

    # Those that lay out a list come last: splink takes what the others found out of theirs.
    asked = sorted((b for b in BLOCKS if not names or b[0] in names), key=lambda b: bool(b[2]))
    return [
        CustomRule(sql, sql_dialect="duckdb", arrays_to_explode=[array] if array else None)
        for _name, sql, array in asked
    ]


def _comparison(comparison: Comparison, model: Model | None) -> Any:
    import splink.comparison_level_library as cll
    import splink.comparison_library as cl

    unknown = cll.CustomLevel(comparison.unknown_sql, "unknown", base_dialect_str="duckdb")
    levels: list[Any] = [unknown.configure(is_null_level=True)]
    levels += [_level(comparison, level, model) for level in comparison.levels]
    return cl.CustomComparison(output_column_name=comparison.name, comparison_levels=levels)


def _level(comparison: Comparison, level: Level, model: Model | None) -> Any:
    import splink.comparison_level_library as cll

    if level.shared:
        made: Any = cll.ArrayIntersectLevel(*level.shared)
    elif level.sql:
        made = cll.CustomLevel(level.sql, level.code, base_dialect_str="duckdb")
    else:
        made = cll.ElseLevel()
    options: dict[str, Any] = {"label_for_charts": level.code}
    if level.rarity:
        options |= {
            "tf_adjustment_column": level.rarity, "disable_tf_exact_match_detection": True,
        }  # fmt: skip
    m, u = FIXED.get((comparison.name, level.code), (None, None))
    if model is not None:
        m, u = model.odds[comparison.name][level.code]
    if m is not None:
        options |= {"m_probability": m, "fix_m_probability": True}
    if u is not None:
        options |= {"u_probability": u, "fix_u_probability": True}
    return made.configure(**options)
