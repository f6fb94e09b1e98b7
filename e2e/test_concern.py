"""Anyone tells of a child, without an account, and follows it by the code."""

import re

from playwright.sync_api import expect

from e2e.conftest import PHONE
from e2e.scene import WORKER

TOLD = "Bạn ấy khuân gạch ở lò từ sáng đến tối, không đi học."


def test_the_public_reports_and_follows_it_by_the_code(browse, picture, scene):
    page = browse(size=PHONE)
    page.goto("/")
    expect(page.get_by_role("link", name=re.compile("111")).first).to_be_visible()
    picture(page, "home")
    page.get_by_role("main").get_by_role("link", name=re.compile("Báo tin")).first.click()
    page.get_by_role("button", name="Gửi tin").click()
    expect(page.get_by_text("Hãy kể chuyện gì đang xảy ra, dù chỉ một câu.").first).to_be_visible()
    page.get_by_label("Chuyện gì đang xảy ra?").fill(TOLD)
    page.get_by_label("Việc xảy ra ở xã, phường nào?").select_option(label="Xã Thanh Trì")
    page.get_by_role("button", name="Gửi tin").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Đã nhận tin")
    picture(page, "code")
    code = re.search(r"\b[0-9A-Z]{5}-[0-9A-Z]{5}\b", page.get_by_role("main").inner_text())
    assert code is not None

    other = browse(size=PHONE)
    other.goto("/bao-tin/tra-cuu/")
    other.get_by_label(re.compile("[Mm]ã")).fill(code[0])
    other.get_by_role("button", name=re.compile("Tra cứu|Xem")).click()
    expect(other.get_by_role("main")).to_contain_text("Đã nhận")
    expect(other.get_by_role("main")).not_to_contain_text("gạch")
    picture(other, "status")

    worker = browse(WORKER)
    worker.goto("/cases/reports/?channel=public")
    worker.locator("tbody a").first.click()
    expect(worker.get_by_role("main")).to_contain_text(TOLD)


def test_a_wrong_code_says_so_in_place(browse):
    page = browse()
    page.goto("/bao-tin/tra-cuu/")
    page.get_by_label(re.compile("[Mm]ã")).fill("AAAAA-AAAAA")
    page.get_by_role("button", name=re.compile("Tra cứu|Xem")).click()
    expect(page.get_by_text("Không có mã này").first).to_be_visible()
    expect(page.get_by_label(re.compile("[Mm]ã"))).to_have_value("AAAAA-AAAAA")
