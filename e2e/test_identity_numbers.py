"""Identity numbers go to the police and come back: a list, its paper, two signatures, a number."""

import io

from docx import Document
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from e2e.hands import days_ago, follow, press, status_of, write
from e2e.scene import STRANGER, WORKER


def make_list(page: Page, picture, hamlet: str) -> str:
    """Of one hamlet: nobody is on two lists that wait."""
    page.goto("/people/numbers/")
    expect(page.get_by_role("main")).to_contain_text("Chưa có số")
    picture(page, "1-who")
    follow(page, "Lập danh sách gửi công an")
    page.locator('[name="trouble"]').select_option("missing")
    page.locator('[name="hamlet"]').fill(hamlet)
    press(page, "Lưu")
    expect(page.get_by_role("main")).to_contain_text("Đã lập, chưa chuyển")
    return page.url


def test_a_list_goes_to_the_police_and_its_numbers_come_back(browse, picture):
    page = browse(WORKER)
    made = make_list(page, picture, "Thôn 1")
    assert status_of(browse(STRANGER), made) == 404

    with page.expect_download() as paper:
        follow(page, "In danh sách (Word)")
    document = Document(io.BytesIO(paper.value.path().read_bytes()))
    assert any("công an đối chiếu" in p.text for p in document.paragraphs)

    press(page, "Ký chuyển")
    expect(page.get_by_role("main")).to_contain_text("Trường này là bắt buộc")
    write(page, {"recipient": "Công an xã Thanh Trì", "received_by": "Đại úy Đỗ Mạnh Hùng",
                 "on": days_ago(0)})  # fmt: skip
    press(page, "Ký chuyển")
    first = page.locator("tbody tr").first
    first.locator("select").select_option("number")
    first.locator('[name^="number_"]').fill("0012")
    press(page, "Lưu kết quả trang này")
    expect(page.locator("tbody tr").first).to_contain_text("12 chữ số")
    page.locator('tbody tr [name^="number_"]').first.fill("001214000777")
    press(page, "Lưu kết quả trang này")
    picture(page, "2-answers")
    write(page, {"answered_by": "Đại úy Đỗ Mạnh Hùng"})
    press(page, "Ký nhận lại và ghi vào sổ")
    expect(page.get_by_role("main")).to_contain_text("Đã nhận lại, đã ghi vào sổ")
    page.locator("tbody tr").first.get_by_role("link").click()
    expect(page.get_by_role("main")).to_contain_text("001214000777")


def test_the_police_answer_in_the_excel_file(browse, picture, tmp_path):
    page = browse(WORKER)
    made = make_list(page, picture, "Thôn 2")
    write(page, {"recipient": "Công an xã Thanh Trì", "received_by": "Đại úy Đỗ Mạnh Hùng"})
    press(page, "Ký chuyển")
    with page.expect_download() as sheet:
        follow(page, "Tải danh sách (Excel)")
    filled = tmp_path / "tra-loi.xlsx"
    book = load_workbook(io.BytesIO(sheet.value.path().read_bytes()))
    book.active["H5"], book.active["H6"] = "001214000778", "12"
    book.save(filled)

    follow(page, "Đọc tệp công an trả lời")
    page.locator('[name="file"]').set_input_files(filled)
    press(page, "Đọc thử")
    expect(page.get_by_role("main")).to_contain_text("12 chữ số")
    picture(page, "2-read")
    page.set_viewport_size({"width": 360, "height": 740})
    picture(page, "3-read-narrow")
    press(page, "Ghi kết quả")
    expect(page.get_by_role("main")).to_contain_text("1/")
    assert page.url == made
    expect(page.locator('tbody tr [name^="number_"]').first).to_have_value("001214000778")
