"""Every address, asked by everybody: what ``permission_matrix.csv`` says is what is answered.

The file is read by people: one line for an address and a method, one column for each who may ask.
``nobody`` has not signed in, ``no_role`` has an account without an assignment, ``elsewhere`` works
for children in another commune than the one in which everything here lies. Commune roles and
schools are in that commune, offices in the district. Where nothing can be read the address is sent
an empty form: 422 is the answer to those who may send it, and what succeeds is taken back. Pages
that are the same for all (public, and those of one's own account) are asked by a few: "-".
"""

import csv
from pathlib import Path

import pytest
from django.conf import settings
from django.template.base import Template
from django.test.utils import _TestState

from tests.world import API, ASKING, ELSEWHERE, HUMAN, NO_ROLE, NOBODY, addresses, world
from tuoitho.access.permissions import PERMISSIONS, ROLES

MATRIX = Path(settings.BASE_DIR) / "tests/permission_matrix.csv"
COLUMNS = ("address", "method", "needs", *ASKING)
METHODS = ("GET", "POST")
FEW = (NOBODY, NO_ROLE, ELSEWHERE, HUMAN[0])
ADDRESSES = list(addresses())
# What stands at these addresses is everybody's who may look into the room: units, the plan, the
# documents and days of the whole area, limits, the directory of services, definitions of the
# targets. (The log's panel of a
# child answers with no line.)
SHARED = (
    "units:", "plan:", "cases:limit_", "cases:parameter_", "cases:policy_", "cases:provider_",
    "indicators:target_", "audit:child_panel",
)  # fmt: skip


def expected() -> dict[tuple[str, str], dict[str, str]]:
    with MATRIX.open(encoding="utf-8", newline="") as file:
        return {(row["address"], row["method"]): row for row in csv.DictReader(file)}


EXPECTED = expected()


@pytest.fixture(scope="module")
def stage(django_db_setup, django_db_blocker):
    """The world, rendered as the server does: nothing here looks into the contexts of templates,
    which Django's test mode copies for every part of every page."""
    watched = Template._render
    Template._render = _TestState.saved_data.template_render
    with django_db_blocker.unblock(), world() as made:
        yield made
    Template._render = watched


def methods_of(stage, address, url) -> list[str]:
    """How to ask: to read if one can, else to send; both at the API, whose verbs have rights of
    their own."""
    taken = [m for m in METHODS if stage.ask(NOBODY, m, url).status_code != 405]
    return taken if url.startswith(API) else taken[:1]


def asked(stage, address) -> dict[str, str]:
    """The lines of an address as they are answered now, by method. Fails when an answer shows
    anyone what is not for them."""
    url, lines = stage.url(address), {}
    asking = ASKING if address.permission in PERMISSIONS or url.startswith(API) else FEW
    for method in methods_of(stage, address, url):
        sent = stage.sent.get(address.line)
        answers = {who: stage.ask(who, method, url, sent) for who in asking}
        for who, answer in answers.items():
            assert not stage.leaked(who, answer), f"{who} reads at {method} {url}"
        found = [str(answers[who].status_code) if who in answers else "-" for who in ASKING]
        lines[method] = ",".join([address.line, method, address.permission, *found])
    return lines


@pytest.mark.parametrize("address", ADDRESSES, ids=[address.line for address in ADDRESSES])
def test_everybody_is_answered_as_the_matrix_says(stage, address):
    found = asked(stage, address)
    said = {
        method: ",".join(EXPECTED[address.line, method][column] for column in COLUMNS)
        for method in METHODS
        if (address.line, method) in EXPECTED
    }
    if found != said:
        lines = "\n".join(found.values())
        pytest.fail(f"tests/permission_matrix.csv should say (if this is right):\n{lines}")


def test_the_matrix_has_no_line_too_many():
    known = {address.line for address in ADDRESSES}
    gone = sorted({name for name, _method in EXPECTED} - known)
    assert not gone, f"take these out of tests/permission_matrix.csv: {gone}"
    with MATRIX.open(encoding="utf-8", newline="") as file:
        keys = [tuple(row[:2]) for row in csv.reader(file)]
    assert len(keys) == len(set(keys)), "a line stands twice in tests/permission_matrix.csv"


LINES = list(EXPECTED.values())
GUARDED = [row for row in LINES if row["needs"] in PERMISSIONS]
OF_THE_API = [
    row for row in LINES
    if row["address"].startswith("api:")
    and row["address"] not in {"api:openapi-json", "api:openapi-view", "api:api-root"}
]  # fmt: skip


def test_who_is_not_signed_in_gets_no_further_than_the_way_in():
    for row in GUARDED:
        assert (row[NOBODY], row[NO_ROLE]) == ("302", "404"), row
    for row in OF_THE_API:
        assert (row[NOBODY], row[NO_ROLE]) == ("401", "401"), row


@pytest.mark.parametrize("role", HUMAN)
def test_who_lacks_the_permission_is_refused(role):
    held = ROLES[role][1]
    for row in GUARDED:
        if row["needs"] not in held:
            look = row["needs"].split(".")[0] + ".view"
            assert row[role] == ("403" if look in held else "404"), (role, row)
    for row in OF_THE_API:
        if "interop.api" not in held:
            assert row[role] == "401", (role, row)


def test_what_lies_in_another_commune_is_not_there():
    with_rows = {a.line for a in ADDRESSES if "<" in a.route}
    held = ROLES["commune_worker"][1]
    for row in GUARDED + OF_THE_API:
        lacking = row["needs"] and row["needs"] not in held  # refused whatever lies there
        if row["address"] in with_rows and not row["address"].startswith(SHARED) and not lacking:
            assert row[ELSEWHERE] == "404", row


def test_every_address_lets_somebody_in_and_none_breaks():
    let_in = {"200", "302", "303", "422"}
    for row in LINES:
        assert not any(row[who].startswith("5") for who in ASKING), row
    for row in GUARDED + OF_THE_API:
        assert let_in & {row[role] for role in HUMAN}, f"nobody may: {row}"
