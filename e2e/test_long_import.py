"""A long, ugly file of a commune: handed in, watched, put right, written; errors come back."""

import io
import re
from datetime import date, timedelta
from typing import Any

import openpyxl
from playwright.sync_api import expect

from e2e.conftest import PHONE
from e2e.hands import press
from tuoitho.interop.tests.make import make_xlsx

# Not the commune of the other journeys: their rounds and lists stay short.
OF_LIET = "canbo.thanhliet"
ROWS = 2_400  # more than are read while a person waits
WORDS = ("an", "binh", "chi", "dan", "giang", "hoa", "khanh", "lan", "mai", "nga", "oanh", "phu")


def ugly() -> bytes:
    """Names in capitals under a heading nobody knows, titles above, every hundredth date wrong."""
    titles = [["UBND XÃ THANH LIỆT"], [], ["DANH SÁCH TRẺ EM NĂM 2026"]]
    rows: list[list[Any]] = [["STT", "Cháu", "Ngày sinh", "Phái", "Họ tên chủ hộ", "Thôn"]]
    for n in range(ROWS):
        words = [WORDS[n % 12], WORDS[n // 12 % 12], WORDS[n // 144 % 12], WORDS[n // 1728]]
        born = date(2011, 1, 1) + timedelta(n)
        rows.append([
            n + 1, " ".join(["Tạ", *words]).upper(),
            "31/02/2014" if n % 100 == 99 else f"{born:%d.%m.%Y}", "nam",
            f"Tạ {words[1]} {words[0]} {words[2]}", f"Xóm {n}",
        ])  # fmt: skip
    return make_xlsx([*titles, *rows])


def test_a_long_file_from_the_desk_to_the_register_and_back(browse, picture, site):
    page = browse(OF_LIET)
    hand_in(page, picture)
    address = page.url
    site.do_jobs()
    choose_the_column(page, picture)
    site.do_jobs()
    read_what_is_wrong(page, picture)
    page.goto(address)
    press(page, "Ghi 2.376 dòng vào sổ")
    expect(page.get_by_role("main")).to_contain_text("dòng đang ghi")
    picture(page, "writing")
    site.do_jobs()
    take_back_what_was_wrong(page, picture)
    take_the_list_home(page, site)
    phone = browse(OF_LIET, size=PHONE)
    phone.goto(f"{address}?fate=rejected")
    picture(phone, "phone")
    phone.goto("/people/children/?q=Tạ+An+Binh")
    expect(phone.get_by_role("main")).to_contain_text("Tạ An")


def hand_in(page, picture):
    page.goto("/interop/imports/new/")
    sheet = {"name": "danh-sach.xlsx", "mimeType": "application/octet-stream", "buffer": ugly()}
    page.locator('input[type="file"]').set_input_files(sheet)
    page.locator("form button.btn-primary").first.click()
    expect(page).to_have_url(re.compile(r"/interop/imports/\d+/"))
    expect(page.locator("#progress")).to_be_visible()
    picture(page, "reading")


def choose_the_column(page, picture):
    main = page.get_by_role("main")
    # The column of names is not known by its heading: every row is wrong until it is chosen.
    expect(main).to_contain_text("Cột không nhận ra", timeout=30_000)
    expect(page.locator("#progress")).to_have_count(0)
    page.get_by_role("link", name="Sửa các cột").click()
    page.get_by_label("Cháu").select_option(label="Họ và tên trẻ")
    picture(page, "columns")
    page.locator("form button.btn-primary").first.click()


def read_what_is_wrong(page, picture):
    main, address = page.get_by_role("main"), page.url
    expect(main).to_contain_text("Sẽ ghi mới: 2.376", timeout=30_000)
    expect(main).to_contain_text("Có lỗi, không ghi: 24")
    expect(main).to_contain_text("Tạ An An An An (TẠ AN AN AN AN)")
    picture(page, "preview")
    page.goto(f"{address}?fate=rejected")
    expect(main).to_contain_text("Không có ngày 31/02/2014")
    picture(page, "errors")


def take_back_what_was_wrong(page, picture):
    main = page.get_by_role("main")
    expect(main).to_contain_text("Đã ghi mới", timeout=30_000)
    expect(main).not_to_contain_text("đang ghi")
    picture(page, "written")
    with page.expect_download() as given:
        page.get_by_role("link", name="Tải các dòng có lỗi (.xlsx)").click()
    book = openpyxl.load_workbook(io.BytesIO(given.value.path().read_bytes()))
    rows = [row for row in book.active.iter_rows(values_only=True) if "31/02/2014" in row]
    assert len(rows) == 24
    assert all("Không có ngày" in str(row[0]) for row in rows)


def take_the_list_home(page, site):
    """More than is written at once: the button leads to the page of the work, not into a file."""
    page.goto("/people/children/")
    counted = int(re.sub(r"\D", "", page.locator(".tt-list-bar [role=status]").inner_text()))
    page.get_by_role("link", name="Tải Excel").click()
    expect(page.get_by_role("heading", level=1, name="Tải danh sách dài")).to_be_visible()
    site.do_jobs()
    page.reload()
    with page.expect_download() as given:
        page.get_by_role("link", name="Tải tệp").click()
    book = openpyxl.load_workbook(io.BytesIO(given.value.path().read_bytes()))
    assert sum(bool(row[0]) for row in book.active.iter_rows(values_only=True)) > counted > 2_000
