"""A real browser at a real server, for every journey of this folder."""

import os
import re
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.db import connection
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Response,
    StorageState,
    ViewportSize,
    expect,
)

from e2e.scene import Scene, set_scene
from e2e.server import do_jobs, served
from tuoitho.config.test_database import cloned
from tuoitho.demo.cast import PASSWORD

# Playwright keeps an event loop in this thread; Django would refuse every query of the other tests.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

DESK: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 360, "height": 740}
RESULTS = Path(__file__).resolve().parent.parent / "test-results"
SIGNED_IN = re.compile(r"/(hom-nay/)?$")

expect.set_options(timeout=20_000)


@dataclass(frozen=True)
class Site:
    """A running system: where it answers, what lies in it, what does its jobs, and who has signed
    in so far."""

    address: str
    scene: Scene
    do_jobs: Callable[[], None]
    sessions: dict[str, StorageState] = field(default_factory=dict)


@pytest.fixture(scope="session")
def site(server, django_db_blocker, request) -> Iterator[Site]:
    """One system for each worker of the tests. The other tests keep their own database."""
    worker = getattr(request.config, "workerinput", {}).get("workerid", "main")
    RESULTS.mkdir(exist_ok=True)
    log = RESULTS / f"server-{worker}.log"
    of_the_others = dict(connection.settings_dict)
    with django_db_blocker.unblock(), cloned(server, f"tuoitho_e2e_{worker}_{os.getpid()}") as name:
        scene = set_scene()
        connection.close()
        connection.settings_dict.update(of_the_others)
        with served(server, name, log) as address:
            yield Site(address, scene, partial(do_jobs, server, name))


@pytest.fixture(scope="session")
def scene(site) -> Scene:
    found: Scene = site.scene
    return found


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    """Debian's Chromium without a window of its own: the same engine, and no tab bar or side panel
    to draw beside each page, which took twice as long as the page."""
    shell = "/usr/bin/chromium-headless-shell"
    return {"executable_path": shell, "args": ["--no-sandbox", "--disable-gpu"]}


@dataclass
class Watch:
    """What must never happen in any page, whatever the journey."""

    host: str
    found: list[str] = field(default_factory=list)

    def over(self, context: BrowserContext) -> None:
        context.on("request", self._request)
        context.on("response", self._response)
        context.on("console", self._console)
        context.on("weberror", lambda e: self.found.append(f"script: {e.error}"))

    def _response(self, response: Response) -> None:
        if response.status >= 500:
            self.found.append(f"500: {response.url}")

    def _request(self, request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in ("data", "blob") and parts.netloc != self.host:
            self.found.append(f"another host: {request.url}")

    def _console(self, message: ConsoleMessage) -> None:
        # The browser itself calls an answer 404 or 422 an error; journeys ask for them on purpose.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.found.append(f"console: {message.text}")


def sign_in(page: Page, username: str) -> None:
    """Through the page everybody signs in by."""
    page.goto("/accounts/login/")
    page.get_by_label("Tên đăng nhập").fill(username)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    expect(page).to_have_url(SIGNED_IN)


class Browsers:
    """Opens browsers at the site, in which somebody has signed in; each is watched."""

    def __init__(self, browser: Browser, site: Site) -> None:
        self.browser, self.site = browser, site
        self.watch = Watch(urlsplit(site.address).netloc)
        self.opened: list[BrowserContext] = []

    def _context(self, **options) -> BrowserContext:
        made = self.browser.new_context(
            base_url=self.site.address, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh",
            reduced_motion="reduce", **options,
        )  # fmt: skip
        made.set_default_timeout(30_000)
        self.watch.over(made)
        self.opened.append(made)
        return made

    def open(self, username: str = "", *, size: ViewportSize = DESK, **options) -> Page:
        """A page of a browser of its own; see ``browse``."""
        sessions = self.site.sessions
        if username and username not in sessions:
            with closing(self._context()) as first:
                page = first.new_page()
                sign_in(page, username)
                page.goto("/hom-nay/")  # where the greeting is read
                sessions[username] = first.storage_state()
        state = sessions[username] if username else None
        return self._context(viewport=size, storage_state=state, **options).new_page()

    def nothing_happened(self) -> None:
        """Fails when one of them did what must never happen, since this was last asked."""
        found, self.watch.found = self.watch.found, []
        assert not found, "\n".join(found)

    def close(self) -> None:
        for made in self.opened:
            made.close()


@pytest.fixture
def browse(browser: Browser, site: Site) -> Iterator[Callable[..., Page]]:
    """``browse("canbo.thanhtri")``: a page of a browser in which that person has signed in.

    ``browse()`` is a stranger's. ``size`` is DESK or PHONE; other words go to the browser.
    """
    browsers = Browsers(browser, site)
    yield browsers.open
    browsers.close()
    browsers.nothing_happened()


@pytest.fixture(scope="session")
def _lookers(browser: Browser, site: Site) -> Iterator[tuple[Browsers, dict[str, Page]]]:
    browsers = Browsers(browser, site)
    yield browsers, {}
    browsers.close()


@pytest.fixture
def look_at(_lookers: tuple[Browsers, dict[str, Page]]) -> Iterator[Callable[[str], Page]]:
    """``look_at("canbo.thanhtri")``: as ``browse``, for tests that only look: each person has one
    browser for all of them, which has styles and scripts already."""
    browsers, pages = _lookers

    def page_of(username: str) -> Page:
        if username not in pages:
            pages[username] = browsers.open(username)
        pages[username].set_viewport_size(DESK)
        return pages[username]

    yield page_of
    browsers.nothing_happened()


@pytest.fixture
def picture(request) -> Callable[..., None]:
    """``picture(page, "name")``: what the page looks like now, into test-results/."""
    folder = RESULTS / request.node.name.translate(str.maketrans("[]/:", "----"))

    def take(page: Page, name: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=folder / f"{name}.jpg", type="jpeg", quality=70, full_page=True)

    return take
