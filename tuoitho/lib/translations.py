"""Translations are kept as text (.po) and compiled where they are used, without gettext."""

import os
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent


def compile_translations() -> int:
    """Write a .mo beside every .po that is newer. Returns how many were written."""
    written = 0
    for source in sorted(ROOT.glob("*/locale/*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        # Written aside and moved: several processes may start at once.
        aside = target.with_suffix(f".{os.getpid()}.tmp")
        polib.pofile(str(source)).save_as_mofile(str(aside))
        aside.replace(target)
        written += 1
    return written
