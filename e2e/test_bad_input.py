"""What is wrong comes back in place, in Vietnamese, with nothing lost; also by keyboard alone."""

import io
import re

import openpyxl
from playwright.sync_api import expect

from e2e.conftest import SIGNED_IN
from e2e.scene import WORKER
from tuoitho.demo.cast import PASSWORD
from tuoitho.interop.tests.make import AN, HEADINGS, make_xlsx


def test_a_wrong_form_comes_back_in_place_with_nothing_lost(browse, picture, scene):
    page = browse(WORKER)
    page.goto("/people/children/new/")
    page.get_by_label("Họ và tên", exact=True).fill("Ngô Thị Hến")
    page.get_by_label("Ngày sinh").fill("32/13/2014")
    page.get_by_label("Thôn, tổ dân phố").fill("Thôn 3")
    page.locator("#form button.btn-primary").first.click()
    expect(page.locator(".invalid-feedback, .alert-danger").first).to_be_visible()
    expect(page).to_have_url(re.compile("/people/children/new/"))
    expect(page.get_by_label("Họ và tên", exact=True)).to_have_value("Ngô Thị Hến")
    expect(page.get_by_label("Ngày sinh")).to_have_value("32/13/2014")
    expect(page.get_by_label("Thôn, tổ dân phố")).to_have_value("Thôn 3")
    expect(page.get_by_label("Ngày sinh")).to_have_attribute("aria-invalid", "true")
    picture(page, "wrong")


def test_an_import_shows_every_error_and_gives_the_rows_back(browse, picture, scene):
    page = browse(WORKER)
    page.goto("/interop/imports/new/")
    rows = [HEADINGS, AN, ["", "32/13/2014", *AN[2:]], ["Lý Văn Ngao", "01/01/1950", *AN[2:]]]
    sheet = {"name": "tre.xlsx", "mimeType": "application/octet-stream",
             "buffer": make_xlsx(rows)}  # fmt: skip
    page.locator('input[type="file"]').set_input_files(sheet)
    page.locator("form button.btn-primary").first.click()
    expect(page).to_have_url(re.compile(r"/interop/imports/\d+/"))
    expect(page.get_by_role("main")).to_contain_text("32/13/2014")
    picture(page, "preview")
    with page.expect_download() as given:
        page.locator('a[href*="/rejected/?format=xlsx"]').first.click()
    book = openpyxl.load_workbook(io.BytesIO(given.value.path().read_bytes()))
    cells = [str(cell) for row in book.active.iter_rows(values_only=True) for cell in row if cell]
    assert "32/13/2014" in cells
    assert "Lý Văn Ngao" in cells
    assert AN[0] not in cells  # nothing wrong with that one


def test_signing_in_and_a_report_by_keyboard_alone(browse, scene):
    page = browse()
    page.goto("/accounts/login/")
    keys = page.keyboard
    page.get_by_label("Tên đăng nhập").focus()
    keys.type(WORKER)
    keys.press("Tab")
    keys.type(PASSWORD)
    keys.press("Enter")
    expect(page).to_have_url(SIGNED_IN)

    page.goto("/cases/reports/new/")
    keys.press("Tab")
    expect(page.locator(":focus")).to_have_attribute("href", re.compile("^#"))  # past the menu
    keys.press("Enter")
    for _ in range(60):
        keys.press("Tab")
        if page.evaluate("document.activeElement.name") == "happening":
            break
    keys.type("Cháu bán vé số ở bến xe đến khuya.")
    for _ in range(60):
        keys.press("Tab")
        if page.evaluate("document.activeElement.type") == "submit":
            break
    keys.press("Enter")
    expect(page).to_have_url(re.compile(r"/cases/reports/[0-9a-f-]{36}/"))
    expect(page.get_by_role("main")).to_contain_text("vé số")
