"""The report of a year: a commune writes and signs it, the office consolidates; both files open.

Of last year, so that this year's reports of the scene stay as they are.
"""

import re
from io import BytesIO
from urllib.parse import urljoin

from docx import Document
from docx.oxml.ns import qn
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from e2e.hands import follow, open_first_row, press, write
from e2e.scene import CHAIR, WORKER
from tuoitho.lib.hanoi import today

OFFICE = "ldtbxh"
YEAR = today().year - 1
COMMUNE_WROTE = "Xã giao ban hằng quý với trường học và công an."
OFFICE_WROTE = "Các xã duy trì giao ban hằng quý."
SIGNER = "Phạm Thị Hạnh"


def call_for_reports(page: Page) -> None:
    page.goto("/reports/call/")
    page.locator('[name="year"]').select_option(str(YEAR))
    unit = page.locator('[name="unit"]')
    if unit.evaluate("e => e.tagName") == "SELECT":
        unit.select_option(index=unit.locator("option").count() - 1)
    press(page, "Mở danh sách")
    expect(page).to_have_url(re.compile(rf"/reports/\?year={YEAR}$"))


def write_and_send(worker: Page, chair: Page, picture) -> str:
    worker.goto(f"/reports/?year={YEAR}")
    open_first_row(worker)
    press(worker, "Bắt đầu viết")
    write(worker, {"situation": COMMUNE_WROTE})
    press(worker, "Lưu")
    report = worker.url
    chair.goto(report)
    follow(chair, "Ký, chốt số liệu")
    press(chair, "Ký báo cáo")
    expect(chair).to_have_url(report)
    worker.goto(report)
    picture(worker, "1-signed-by-the-commune")
    follow(worker, "Gửi")
    press(worker, "Gửi")
    expect(worker).to_have_url(report)
    return report


def consolidate(page: Page, report: str) -> None:
    page.goto(report)
    follow(page, "Tiếp nhận")
    press(page, "Tiếp nhận")
    page.goto(f"/reports/consolidated/?year={YEAR}")
    press(page, "Bắt đầu tổng hợp")
    follow(page, "Viết")
    expect(page.get_by_text(COMMUNE_WROTE)).to_have_count(1)  # folded, beside the boxes
    write(page, {"situation": OFFICE_WROTE})
    press(page, "Lưu")
    follow(page, "Ký, chốt số liệu")
    write(page, {"number": "12"})
    press(page, "Ký báo cáo")
    expect(page.get_by_role("link", name="Word", exact=True)).to_be_visible()


def fetched(page: Page, name: str) -> BytesIO:
    """The file behind the link of that name, asked for by the same browser."""
    href = page.get_by_role("link", name=name, exact=True).get_attribute("href")
    answer = page.request.get(urljoin(page.url, str(href)))
    assert answer.status == 200
    return BytesIO(answer.body())


def text_of(word: BytesIO) -> str:
    body = Document(word).element.body
    return "\n".join("".join(t.text or "" for t in p.iter(qn("w:t"))) for p in body.iter(qn("w:p")))


def expect_official(text: str) -> None:
    """The parts of NĐ 30/2020 in their order."""
    parts = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc",
             "Số: 12/BC-", "BÁO CÁO", OFFICE_WROTE, "Nơi nhận:", SIGNER, "Phụ lục")  # fmt: skip
    place = 0
    for part in parts:
        place = text.find(part, place)
        assert place >= 0, part
    assert "dự thảo" not in text.lower()


def test_a_commune_reports_and_the_office_signs_the_whole(browse, picture, scene):
    office, worker, chair = browse(OFFICE), browse(WORKER), browse(CHAIR)
    call_for_reports(office)
    report = write_and_send(worker, chair, picture)
    consolidate(office, report)
    picture(office, "2-signed-by-the-office")
    word = fetched(office, "Word")
    text = text_of(word)
    expect_official(text)
    book = load_workbook(fetched(office, "Excel"))
    targets = [name for name in book.sheetnames if name.startswith("CT ")]
    codes = {name.split()[1] for name in targets}
    assert {"1.1", "1.2", "2.1"} <= codes
    rows = list(book["Tổng hợp"].iter_rows(min_row=5, max_col=1, values_only=True))
    assert [row[0] for row in rows if row[0]] == [name.split()[1] for name in targets]
    word.seek(0)
    tables = "\n".join(
        cell.text for table in Document(word).tables for row in table.rows for cell in row.cells[:2]
    )
    assert all(code in tables for code in codes)  # the table of all targets
