"""A telephone rings in the commune: report, child, facts of work, law, case, plan, approval."""

import re

import pytest
from playwright.sync_api import Page, expect

from e2e.conftest import PHONE
from e2e.hands import follow, pick, press
from e2e.scene import CHAIR, WORKER

LEVELS = ("harm_now", "harm_reach", "harm_place", "self_protection", "carer_protection")


def take_report(page: Page, child: str) -> None:
    page.goto("/cases/reports/new/")
    page.get_by_label("Sự việc").fill("Cháu rửa bát thuê ở quán phở đầu chợ, đến 11 giờ đêm.")
    page.get_by_label("Họ và tên trẻ").fill(child)
    page.get_by_label("Tuổi ước lượng").fill("11")
    page.get_by_label("Điện thoại").fill("0912 345 678")
    press(page, "Ghi nhận")
    expect(page.get_by_role("heading", level=1)).to_have_text(child)
    expect(page.get_by_text("khoản 3 Điều 26 NĐ 56/2017")).to_be_visible()


def screen(page: Page) -> None:
    follow(page, "Đăng ký trẻ mới từ tin này")
    page.get_by_label("Giới tính").select_option("male")
    press(page, "Đăng ký và sàng lọc")
    pick(page, "working", "yes")
    page.locator('[name="w1-description"]').fill("Rửa bát thuê")
    page.locator('[name="w1-relation"]').select_option("employee")
    page.locator('[name="w1-job"]').select_option("other")
    page.locator('[name="w1-place"]').select_option("ordinary")
    page.locator('[name="w1-hours_day"]').fill("5")
    page.locator('[name="w1-hours_week"]').fill("35")
    pick(page, "w1-night", "yes")
    press(page, "Lưu và xem kết luận")


def expect_reasons_and_articles(page: Page) -> None:
    expect(page.get_by_role("heading", name="Quy định bị vi phạm")).to_be_visible()
    broken = page.locator("section", has_text="Quy định bị vi phạm")
    expect(broken).to_contain_text("Điều 145")  # 11 years old
    expect(broken).to_contain_text("Điều 146")  # five hours a day, at night
    expect(broken).to_contain_text(re.compile(r"Phạt tiền [\d.]+ .*Nghị định"))


def open_case(page: Page) -> None:
    follow(page, "Mở hồ sơ")
    expect(page.locator('[name="category"][value="child_labour"]')).to_be_checked()
    press(page, "Mở hồ sơ")
    expect(page).to_have_url(re.compile(r"/cases/files/\d+/$"))
    expect(page.get_by_text("Chờ đánh giá ban đầu").first).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_a_worker_takes_a_report_and_opens_a_case_on_a_telephone(browse, picture, scene, scripts):
    page = browse(WORKER, size=PHONE, java_script_enabled=scripts)
    take_report(page, "Trần Văn Sáo")
    picture(page, "1-report")
    screen(page)
    expect_reasons_and_articles(page)
    picture(page, "2-law")
    open_case(page)
    picture(page, "3-case")


def test_the_worker_submits_a_plan_and_the_chairperson_approves_it(browse, picture, scene):
    worker = browse(WORKER)
    take_report(worker, "Trần Văn Diều")
    screen(worker)
    open_case(worker)
    case = worker.url
    follow(worker, "Ghi đánh giá ban đầu")
    for name in LEVELS:
        pick(worker, name, "low")
    pick(worker, "emergency", "no")
    press(worker, "Ghi đánh giá ban đầu")
    follow(worker, "Lập kế hoạch")
    worker.locator('[name="needs"]').fill("Được đi học lại lớp 6; gia đình có việc làm thêm.")
    worker.locator('[name$="-0-kind"]').select_option("education")
    worker.locator('[name$="-0-what"]').fill("Làm thủ tục trở lại lớp 6")
    worker.locator('[name$="-0-cost"]').fill("2.000.000")
    press(worker, "Lưu dự thảo")
    follow(worker, "Trình phê duyệt")
    press(worker, "Trình phê duyệt")
    expect(worker.get_by_text("Chờ phê duyệt").first).to_be_visible()

    chair = browse(CHAIR)
    chair.goto("/hom-nay/")
    expect(chair.get_by_role("main")).to_contain_text("Trần Văn Diều")
    picture(chair, "chair-today")
    chair.goto(case)
    expect(chair.get_by_text("2.000.000").first).to_be_visible()
    follow(chair, "Phê duyệt kế hoạch")
    chair.get_by_label("Số quyết định").fill("15/QĐ-UBND")
    press(chair, "Phê duyệt kế hoạch")
    expect(chair.get_by_text("Đang hỗ trợ, can thiệp").first).to_be_visible()
    picture(chair, "approved")
