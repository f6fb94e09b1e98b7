"""House rules a linter cannot express. Each failure message says what to do instead."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection, models
from django.urls import URLPattern, get_resolver

from tuoitho.access.models import Scoped
from tuoitho.access.permissions import PERMISSIONS, PUBLIC, ROLES

ROOT = Path(settings.BASE_DIR) / "tuoitho"
SOURCES = sorted(p for p in ROOT.rglob("*.py") if "migrations" not in p.parts)
# What stands beside the rooms: tests of the whole, journeys, benchmarks.
BESIDE = sorted(p for name in ("tests", "e2e", "bench") for p in (ROOT.parent / name).rglob("*.py"))
SCREENS = [
    p
    for p in SOURCES
    if p.stem in {"views", "forms"} or {"views", "forms", "templatetags"} & set(p.parts)
]
DRAWERS = {"utils", "helpers", "services", "managers", "signals", "constants", "misc", "common"}
WRITES = {
    "save", "create", "update", "delete", "bulk_create", "bulk_update", "get_or_create",
    "update_or_create",
}  # fmt: skip
# Bottom first. The same order as the layers contract in pyproject.toml.
FLOORS = {
    "audit": 0, "units": 1, "access": 2, "jobs": 2.3, "notices": 2.6, "plan": 3, "people": 4,
    "establishments": 4,
    "cases": 5, "activities": 5, "budget": 5, "inspections": 6, "rounds": 6,
    "indicators": 7, "reports": 8,
    "portal": 9, "dashboard": 9, "interop": 9,
}  # fmt: skip
# Tables of rooms about people that hold nothing about a person, each with its reason.
OPEN_TABLES = {
    "cases_receipt": "a hash of a code and a word of state; read by people without an account",
}
THIRD_PARTY = {"account", "mfa", "socialaccount"}


def name_of(path):
    return str(path.relative_to(ROOT.parent))


def calls(path):
    return [n for n in ast.walk(ast.parse(path.read_text())) if isinstance(n, ast.Call)]


def our_models():
    return [m for m in apps.get_models() if m.__module__.startswith("tuoitho.")]


@pytest.mark.parametrize("path", SCREENS, ids=name_of)
def test_screens_do_not_write(path):
    for call in calls(path):
        function = call.func
        if not isinstance(function, ast.Attribute) or function.attr not in WRITES:
            continue
        # A dict's or set's update() is no write; a queryset hangs on ``objects`` or a row.
        owner = ast.unparse(function.value)
        if function.attr == "update" and "objects" not in owner:
            continue
        pytest.fail(f"{path}:{call.lineno} writes to the database; call an action instead")


@pytest.mark.parametrize("path", SCREENS, ids=name_of)
def test_screens_read_scoped_rows_through_visible_to(path):
    scoped = {m.__name__ for m in our_models() if issubclass(m, Scoped)}
    for node in ast.walk(ast.parse(path.read_text())):
        if not (isinstance(node, ast.Attribute) and isinstance(node.value, ast.Attribute)):
            continue
        manager = node.value
        if (
            manager.attr == "objects"
            and isinstance(manager.value, ast.Name)
            and manager.value.id in scoped
            and node.attr not in {"visible_to", "none"}
        ):
            pytest.fail(f"{path}:{node.lineno} reads {manager.value.id} without visible_to(user)")


@pytest.mark.parametrize("path", [*SOURCES, *BESIDE], ids=name_of)
def test_no_file_is_a_drawer_or_too_long(path):
    names = {path.stem, *path.relative_to(ROOT.parent).parent.parts}
    assert not names & DRAWERS, f"{path}: a name that decides nothing; give each thing its room"
    lines = len(path.read_text().splitlines())
    assert lines <= 400, f"{path} has {lines} lines: split it by noun or by screen"


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_no_function_is_longer_than_forty_lines(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef):
            docstring = ast.get_docstring(node, clean=False)
            length = (node.end_lineno or 0) - node.lineno + 1
            length -= len(docstring.splitlines()) if docstring else 0
            assert length <= 40, f"{path}:{node.lineno} {node.name} has {length} lines; name a part"


@pytest.mark.parametrize("path", [p for p in SCREENS if "views" in str(p)], ids=name_of)
def test_no_view_is_longer_than_thirty_lines(path):
    for node in ast.parse(path.read_text()).body:
        if isinstance(node, ast.FunctionDef) and node.decorator_list:
            docstring = ast.get_docstring(node, clean=False)
            length = (node.end_lineno or 0) - node.lineno + 1
            length -= len(docstring.splitlines()) if docstring else 0
            assert length <= 30, f"{path}:{node.lineno} {node.name} has {length} lines; name a part"


@pytest.mark.parametrize("path", sorted(ROOT.rglob("*.html")), ids=name_of)
def test_no_template_is_longer_than_150_lines(path):
    lines = len(path.read_text().splitlines())
    assert lines <= 150, f"{path} has {lines} lines: include a part"


def test_every_room_says_what_it_is():
    rooms = [p for p in ROOT.iterdir() if p.is_dir() and (p / "__init__.py").exists()]
    missing = [room.name for room in rooms if not (room / "README.md").exists()]
    assert not missing, f"write ten lines: nouns, verbs, floor, document: {missing}"


def test_every_room_with_tables_stands_on_a_floor():
    homeless = {m._meta.app_label for m in our_models()} - set(FLOORS)
    assert not homeless, f"say in FLOORS and in pyproject.toml where {homeless} stand"


def test_foreign_keys_point_down_or_stay_in_their_room():
    for model in our_models():
        for field in model._meta.get_fields():
            target = field.related_model if field.concrete and field.is_relation else None
            if target is None or target._meta.label == settings.AUTH_USER_MODEL:
                continue
            here, there = model._meta.app_label, target._meta.app_label
            if there in FLOORS and there != here:
                assert FLOORS[there] < FLOORS[here], (
                    f"{model._meta.label}.{field.name} points up or beside"
                )


def patterns(resolver=None, prefix=""):
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLPattern):
            yield prefix + str(entry.pattern), entry
        else:
            yield from patterns(entry, prefix + str(entry.pattern))


OURS = [
    (route, entry)
    for route, entry in patterns()
    if not route.startswith(("accounts/", "i18n/", "api/"))
]


@pytest.mark.parametrize(("route", "entry"), OURS, ids=[route for route, _ in OURS])
def test_every_url_says_who_may_open_it(route, entry):
    permission = getattr(entry.callback, "permission", None)
    assert permission in PERMISSIONS or permission == PUBLIC, (
        f"{route} has no @needs(...) or @public"
    )


def test_every_permission_is_held_and_every_role_knows_its_permissions():
    held = {p for _label, permissions in ROLES.values() for p in permissions}
    assert held == set(PERMISSIONS), "a permission nobody holds, or one nobody described"


def test_law_does_not_know_django():
    for path in (ROOT / "law").rglob("*.py"):
        if "tests" not in path.parts:
            assert "django" not in path.read_text(), path


def about_people(model, seen=()):
    """Whether a row belongs to a unit's people: Scoped itself, or hanging on something that is."""
    if issubclass(model, Scoped):
        return True
    return any(
        field.related_model not in seen and about_people(field.related_model, (*seen, model))
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey)
        and field.related_model is not model
        and field.related_model.__module__.startswith("tuoitho.")
    )


def test_every_table_about_people_is_under_row_level_security(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relkind = 'r' AND relrowsecurity")
        secured = {row[0] for row in cursor.fetchall()}
    wanted = {m._meta.db_table for m in our_models() if about_people(m)}
    missing = wanted - secured - set(OPEN_TABLES)
    assert not missing, f"add access.rls.scoped/follows in a migration for {sorted(missing)}"


def test_only_the_portals_two_doors_are_known_to_it():
    allowed = ("tuoitho.reports.published", "tuoitho.cases.actions", "tuoitho.access",
               "tuoitho.ui", "tuoitho.lib", "tuoitho.portal", "tuoitho.units")  # fmt: skip
    for path in (ROOT / "portal").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("tuoitho."):
                assert node.module.startswith(allowed), f"{path}:{node.lineno} knocks elsewhere"


# Seconds of start-up and hundreds of megabytes, for work done a few times a day.
HEAVY = ("splink", "duckdb", "pandas", "sklearn", "scipy", "pyspark")
START = f"""
import sys, django
django.setup()
from django.urls import get_resolver
get_resolver().url_patterns
print(*(name for name in {HEAVY!r} if name in sys.modules))
"""


def test_the_site_starts_without_the_libraries_of_linking_and_learning():
    """Import them in the function that computes with them."""
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tuoitho.config.settings"}
    started = subprocess.run(
        [sys.executable, "-c", START], cwd=ROOT.parent, env=environment, capture_output=True,
        text=True, check=True,
    )  # fmt: skip
    assert started.stdout.split() == []
