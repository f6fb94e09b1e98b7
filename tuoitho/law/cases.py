"""The YAML cases a lawyer reads: facts in, expected findings out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TextIO

import yaml

from tuoitho.law.assess import Assessment, assess
from tuoitho.law.findings import Answer, Finding
from tuoitho.law.reading import read_facts

FOLDER = Path(__file__).parent / "tests" / "cases"


@dataclass(frozen=True)
class Case:
    """One case: its name, the facts as in the JSON contract, and what is expected."""

    file: str
    name: str
    facts: dict[str, Any]
    expect: dict[str, Any]


def read_cases(folder: Path = FOLDER) -> Iterator[Case]:
    """All cases of a folder. A file's `child` and `work` are what every case there starts from.

    A case writes only what differs: `works` items are laid over `work`, other keys over `child`.
    """
    for path in sorted(folder.glob("*.yaml")):
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        for raw in data["cases"]:
            facts = {**data.get("child", {}), **raw.get("child", {})}
            works = raw["works"] if "works" in raw else [raw.get("work", {})]
            base = data.get("work", {})
            facts["works"] = None if works is None else [{**base, **work} for work in works]
            yield Case(path.stem, raw["name"], _plain(facts), raw["expect"])


def _plain(facts: dict[str, Any]) -> dict[str, Any]:
    return {k: v.isoformat() if isinstance(v, date) else v for k, v in facts.items()}


def _rules(result: Assessment, answer: Answer) -> list[str]:
    return sorted({f.rule for f in result.findings if f.answer is answer})


def differences(case: Case) -> list[str]:
    """What the law answers otherwise than the case expects; empty when it agrees.

    Keys of `expect`: outcome, child_labour, hazardous, sdg, age, missing (exact, any order),
    broken and unknown (exact sets of rules), kept (at least these), fine (rule: [decree,
    clause, least, most] or null).
    """
    result = assess(read_facts(case.facts))
    got: dict[str, Any] = {
        "outcome": result.outcome.value,
        "child_labour": result.child_labour,
        "hazardous": result.hazardous,
        "sdg": result.sdg.child_labour,
        "age": result.age,
        "missing": sorted(result.missing),
        "broken": _rules(result, Answer.BROKEN),
        "unknown": _rules(result, Answer.UNKNOWN),
        "kept": _rules(result, Answer.KEPT),
    }
    found = []
    for key, wanted in case.expect.items():
        if key == "fine":
            found += [d for rule, w in wanted.items() for d in _fine(result.findings, rule, w)]
        elif key == "kept":
            found += [f"kept: thiếu {rule}" for rule in wanted if rule not in got["kept"]]
        else:
            expected = sorted(wanted) if isinstance(wanted, list) else wanted
            if got[key] != expected:
                found.append(f"{key}: cần {expected}, được {got[key]}")
    return found


def _fine(findings: tuple[Finding, ...], rule: str, wanted: list[Any] | None) -> list[str]:
    got: list[Any] | None = None
    for finding in findings:
        if finding.rule == rule and finding.sanction is not None:
            s = finding.sanction
            got = [s.decree, s.clause, s.min_vnd, s.max_vnd]
    return [] if got == wanted else [f"fine {rule}: cần {wanted}, được {got}"]


def run(out: TextIO) -> int:
    """Print one row per case; returns 1 when any differs."""
    failed = 0
    for case in read_cases():
        found = differences(case)
        failed += bool(found)
        out.write(f"{'SAI ' if found else 'đúng'}  {case.file}  {case.name}\n")
        out.writelines(f"      {difference}\n" for difference in found)
    out.write(f"{failed} tình huống sai\n")
    return int(failed > 0)
