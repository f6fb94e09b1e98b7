"""Every act the code writes into the log has words a chairperson understands."""

import ast
from pathlib import Path

from django.conf import settings

from tuoitho.access.log import action_label

ROOT = Path(settings.BASE_DIR) / "tuoitho"


def codes_written():
    for path in ROOT.rglob("*.py"):
        if {"tests", "migrations"} & set(path.parts):
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in {"record", "trace"}
                and node.args
                and isinstance(node.args[0], ast.Constant)
            ):
                yield node.args[0].value


def test_every_act_has_words(db):
    silent = sorted({code for code in codes_written() if action_label(code) == code})
    assert not silent, f"add them to ACTS in access/log.py: {silent}"
