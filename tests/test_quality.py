"""Migrations and translations are complete; generated pages of docs/ are what the code says."""

import re
import subprocess
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.core.management import call_command

from tuoitho.config.docs import pages

ROOT = Path(settings.BASE_DIR)
ROOMS = sorted({p.parents[2] for p in ROOT.glob("tuoitho/*/locale/en/LC_MESSAGES/django.po")})


def test_migrations_are_complete(db):
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.parametrize("source", sorted(ROOT.glob("tuoitho/*/locale/en/LC_MESSAGES/django.po")),
                         ids=lambda p: p.parts[-5])  # fmt: skip
def test_english_is_complete(source):
    catalogue = polib.pofile(str(source))
    missing = [entry.msgid for entry in catalogue if not entry.obsolete and not entry.translated()]
    assert not missing, f"{source}: translate {missing[:10]}"


def strings_in(room, tmp_path):
    """Every message of a room, as xgettext finds them (templates through Django's own reader)."""
    from django.utils.translation.template import templatize

    files = [str(p) for p in room.rglob("*.py") if "tests" not in p.parts]
    for page in room.rglob("*.html"):
        name = tmp_path / (re.sub(r"\W", "_", str(page.relative_to(room))) + ".py")
        name.write_text(templatize(page.read_text(), origin=str(page)))
        files.append(str(name))
    command = [
        "xgettext", "--from-code=UTF-8", "--language=Python", "--keyword=gettext_lazy",
        "--keyword=ngettext_lazy:1,2", "--keyword=pgettext:1c,2", "--keyword=npgettext:1c,2,3",
        "--keyword=pgettext_lazy:1c,2", "--keyword=_", "--keyword=gettext_noop",
        "--output=-", *files,
    ]  # fmt: skip
    found = subprocess.run(command, capture_output=True, check=True, text=True).stdout
    return {entry.msgid for entry in polib.pofile(found)} if found else set()


@pytest.mark.parametrize(
    "room", sorted(p for p in (ROOT / "tuoitho").iterdir() if (p / "__init__.py").exists()),
    ids=lambda p: p.name,
)  # fmt: skip
def test_every_string_has_its_english(room, tmp_path):
    wanted = strings_in(room, tmp_path)
    if not wanted:
        return
    source = room / "locale/en/LC_MESSAGES/django.po"
    assert source.exists(), f"run makemessages -l en in {room}"
    present = {e.msgid for e in polib.pofile(str(source)) if not e.obsolete}
    missing = sorted(wanted - present)
    assert not missing, f"run makemessages -l en in {room} and translate: {missing[:10]}"


@pytest.mark.parametrize(("name", "text"), pages().items(), ids=list(pages()))
def test_generated_pages_are_up_to_date(name, text):
    assert (ROOT / "docs" / name).read_text() == text, "run `tuoitho docs`"


def test_no_addresses_of_registries_are_committed():
    listed = subprocess.run(
        ["git", "grep", "-lE", r"https?://[^ \"]+\.(whl|tgz|tar\.gz|deb)"],
        cwd=ROOT, capture_output=True, check=False, text=True,
    ).stdout.split()  # fmt: skip
    assert not [name for name in listed if name != "tests/test_quality.py"]


def test_every_decision_has_a_number_of_its_own():
    numbers = [path.name[:4] for path in (ROOT / "docs" / "adr").glob("*.md")]
    assert len(numbers) == len(set(numbers)), f"two decisions share a number: {sorted(numbers)}"
    for path in (ROOT / "docs" / "adr").glob("*.md"):
        first = path.read_text().splitlines()[0]
        assert first.startswith(f"# {int(path.name[:4])}."), f"{path.name} begins {first!r}"
