"""What a person's hands do on a page: press, follow, pick, write; days as they are typed here."""

from collections.abc import Mapping
from datetime import timedelta

from playwright.sync_api import Page

from tuoitho.lib.hanoi import today


def days_ago(count: int, clock: str = "") -> str:
    """``days_ago(3)``: that day as dd/mm/yyyy; with ``clock`` a moment of it; negative: to come."""
    return f"{today() - timedelta(days=count):%d/%m/%Y} {clock}".strip()


def status_of(page: Page, address: str) -> int:
    """What the server answers when the page goes there."""
    answer = page.goto(address)
    assert answer is not None  # only a change of the fragment has none
    return answer.status


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def follow(page: Page, name: str) -> None:
    page.get_by_role("main").get_by_role("link", name=name, exact=True).first.click()


def open_first_row(page: Page) -> None:
    """What the first row of a list leads to."""
    page.locator("tbody").get_by_role("link").first.click()


def pick(page: Page, field: str, value: str) -> None:
    page.locator(f'[name="{field}"][value="{value}"]').check()


def write(page: Page, facts: Mapping[str, str]) -> None:
    """Type or choose each value in the field of that name; what lies folded is unfolded first."""
    for name, value in facts.items():
        field = page.locator(f'[name="{name}"]').first
        field.evaluate("e => { const d = e.closest('details'); if (d) d.open = true; }")
        if field.evaluate("e => e.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
