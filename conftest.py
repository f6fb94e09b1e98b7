"""The cast and the stage of all tests.

The stage is huyện Thanh Trì: real units, installed as `make run` does, in a real PostgreSQL to
which the tests connect as the application does, under row-level security. The cast: Lan works for
children in xã Thanh Trì; its chairman Chung approves; Hạnh of the district's labour office sees
the whole area; Thu works in another commune and must see nothing of theirs.
"""

import gc
import os
from collections.abc import Callable
from datetime import date

import hypothesis
import pytest
from django.conf import settings
from django.db.backends.postgresql.psycopg_any import DateRange

from tuoitho.access.models import Assignment, User
from tuoitho.access.person import acting_as
from tuoitho.config.test_database import cloned, start_server
from tuoitho.lib.translations import compile_translations
from tuoitho.units.models import Level, Organisation, Unit

compile_translations()

# Each test client starts the site anew, which read all static files: twice the time of a request.
# The journeys in e2e/ run the site as users do.
settings.WHITENOISE_AUTOREFRESH = True

# No test says anything about speed, so none may fail on a busy machine.
hypothesis.settings.register_profile(
    "unhurried", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("unhurried")

# Parts of the stage whose names look like tests to pytest.
collect_ignore_glob = ["tuoitho/config/test_*.py"]


def pytest_collection_finish() -> None:
    """What is loaded by now stays to the end: the garbage collector, which took a seventh of the
    time of the suite, need not look through it again and again."""
    gc.collect()
    gc.freeze()


AREA_SINCE = date(2025, 7, 1)


@pytest.fixture(scope="session")
def server():
    return start_server()


@pytest.fixture(scope="session")
def django_db_setup(server, django_db_blocker, request):
    """Replaces pytest-django's own: a clone of the installed template, used as the application."""
    worker = getattr(request.config, "workerinput", {}).get("workerid", "main")
    with django_db_blocker.unblock(), cloned(server, f"tuoitho_test_{worker}_{os.getpid()}"):
        yield


@pytest.fixture(autouse=True)
def _acting_as_system(request):
    """Builders write as the system; screens act as whoever signs in (see access.guards)."""
    if "db" not in request.fixturenames:
        yield
        return
    request.getfixturevalue("db")
    with acting_as(User.objects.get(username="system")):
        yield


@pytest.fixture
def system(db) -> User:
    return User.objects.get(username="system")


def make_user(
    username: str, role: str, unit: Unit, organisation: Organisation | None = None, **facts: object
) -> User:
    """A person who holds ``role`` in ``unit`` since long ago; password "mat-khau-thu"."""
    user = User(username=username, full_name=str(facts.pop("full_name", username)), **facts)
    # Tests sign in with force_login; hashing a password for each would take most of their time.
    user.set_unusable_password()
    user.save()
    Assignment.objects.create(
        user=user, role=role, unit=unit, organisation=organisation,
        valid=DateRange(date(2020, 1, 1), None),
    )  # fmt: skip
    return user


def thanh_tri(code: str, *, before: bool = False) -> Unit:
    """A unit of Thanh Trì by code: since 01/07/2025, or ``before``."""
    day = date(2024, 6, 1) if before else date(2026, 1, 1)
    return Unit.objects.found(code, day)


@pytest.fixture
def area(db) -> Unit:
    """The programme area that continues huyện Thanh Trì."""
    return Unit.objects.get(code="020", level=Level.AREA)


@pytest.fixture
def district(db) -> Unit:
    """Huyện Thanh Trì, until 30/06/2025."""
    return thanh_tri("020", before=True)


@pytest.fixture
def here(db) -> Unit:
    """Xã Thanh Trì (00640), where most tests happen."""
    return thanh_tri("00640")


@pytest.fixture
def there(db) -> Unit:
    """Xã Đại Thanh (00664), the neighbour."""
    return thanh_tri("00664")


@pytest.fixture
def lan(here) -> User:
    """Child-protection worker here."""
    return make_user("lan", "commune_worker", here, full_name="Nguyễn Thị Lan")


@pytest.fixture
def chung(here) -> User:
    """Chairman of the commune here."""
    return make_user("chung", "commune_chair", here, full_name="Trần Văn Chung")


@pytest.fixture
def thu(there) -> User:
    """Child-protection worker there: must see nothing from here."""
    return make_user("thu", "commune_worker", there, full_name="Lê Thị Thu")


@pytest.fixture
def hanh(area) -> User:
    """Labour office of the area: sees all its communes."""
    return make_user("hanh", "labour_office", area, full_name="Phạm Thị Hạnh")


@pytest.fixture
def duc(area) -> User:
    """Finance office of the area: money, no children."""
    return make_user("duc", "finance_office", area, full_name="Vũ Minh Đức")


@pytest.fixture
def cast_member(area, here) -> Callable[[str], User]:
    """Someone in any role: in the commune for a commune's roles, else in the whole area."""
    local = {"commune_worker", "commune_chair", "collaborator", "school"}

    def member(role: str) -> User:
        return make_user(f"x-{role}", role, here if role in local else area)

    return member
