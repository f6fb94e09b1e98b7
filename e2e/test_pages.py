"""Every main page, wide and narrow: WCAG 2.2 AA as axe sees it, and no scrolling sideways."""

from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import RequestFactory
from django.urls import URLPattern, get_resolver
from playwright.sync_api import Page, expect

from e2e.conftest import DESK, PHONE
from e2e.pages import NOT_PAGES, NOT_PAGES_BELOW, PAGES

WCAG = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    "resultTypes": ["violations"],
}
AXE = Axe()
# axe passes over the contrast of a text of one sign: the bell's 3 would pass and its 10 not.
LENGTHEN = """() => document.querySelectorAll('.badge').forEach(
  badge => { if (badge.textContent.trim().length === 1) badge.append('0') })"""
# Rows, list items and links of the menu with the same elements and classes as one before.
MARK_ALIKE = """() => {
  const seen = new Set();
  for (const row of document.querySelectorAll('tbody tr, main li, .tt-menu li')) {
    const shape = row.outerHTML.replace(/>[^<]*</g, '><')
      .replace(/ (href|id|for|name|value|title|aria-label|datetime)="[^"]*"/g, '');
    if (seen.has(shape)) row.dataset.alike = '';
    seen.add(shape);
  }
}"""


def readable(resolver=None, before="/"):
    """Every address of ours without an argument that is not only sent to."""
    for entry in (resolver or get_resolver()).url_patterns:
        route = before + str(entry.pattern)
        if "<" in route:
            continue
        if not isinstance(entry, URLPattern):
            yield from readable(entry, route)
        elif not route.startswith(NOT_PAGES_BELOW) and not _only_sent_to(entry.callback):
            yield route


def _only_sent_to(view) -> bool:
    """Asked with GET by nobody, a view that takes only forms says 405 before anything else."""
    allowed: str = view(RequestFactory().generic("OPTIONS", "/")).headers.get("Allow", "")
    return allowed == "POST"


def test_every_page_is_listed():
    listed = {urlsplit(address).path for _username, address in PAGES} | set(NOT_PAGES)
    missing = [route for route in readable() if route not in listed]
    assert not missing, f"name them in e2e/pages.py with who opens them: {missing}"


def broken_rules(page: Page, *, colours: bool) -> list[str]:
    """One line for each thing axe complains of: the rule and where. ``colours``: contrast as well,
    which takes most of its time, so of rows that look alike only the first; without, all the rest
    of the page."""
    if colours:
        page.evaluate(MARK_ALIKE)
        found = AXE.run(page, context={"exclude": [["[data-alike]"]]}, options=WCAG)
    else:
        found = AXE.run(page, options={**WCAG, "rules": {"color-contrast": {"enabled": False}}})
    return [
        f"{rule['id']}: {node['target']} {node['html'][:120]} {node['failureSummary'][:300]}"
        for rule in found.response["violations"]
        for node in rule["nodes"]
    ]


def width_of(page: Page) -> int:
    width: int = page.evaluate("document.documentElement.scrollWidth")
    return width


@pytest.mark.parametrize(
    ("username", "address"), PAGES, ids=[f"{name}:{address}" for name, address in PAGES]
)
def test_page(look_at, scene, picture, username, address):
    page = look_at(username)
    answer = page.goto(address.format(**vars(scene)))
    assert answer.status == 200
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    expect(page.locator(".htmx-request")).to_have_count(0)  # panels have come
    page.evaluate(LENGTHEN)
    for size in (DESK, PHONE):
        page.set_viewport_size(size)
        picture(page, str(size["width"]))
        broken = broken_rules(page, colours=size == DESK)
        assert not broken, "\n".join(broken)
        assert width_of(page) <= size["width"]
