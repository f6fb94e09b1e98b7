"""The office plans a round; a collaborator with a telephone finds a child at work."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from e2e.conftest import PHONE
from e2e.hands import days_ago, follow, pick, press, write
from e2e.scene import WORKER
from tuoitho.lib.hanoi import today

COLLABORATOR, OFFICE = "ctv.thanhtri", "ldtbxh"
WORK = {
    "w1-description": "Rửa bát thuê", "w1-relation": "employee", "w1-job": "other",
    "w1-place": "ordinary", "w1-hours_day": "5", "w1-hours_week": "35",
}  # fmt: skip


def plan_and_begin(page, name):
    page.goto("/rounds/new/")
    write(page, {"name": name, "last_day": f"{today() + timedelta(days=20):%d/%m/%Y}"})
    page.get_by_label("Xã Thanh Trì", exact=True).check()
    press(page, "Lưu")
    follow(page, "Bắt đầu, lập danh sách")
    press(page, "Bắt đầu, lập danh sách")
    expect(page.get_by_text("Đang rà soát").first).to_be_visible()


def find_at_work(walker, picture, name):
    walker.goto("/rounds/")  # of many lists that are due, that of another round may come first
    follow(walker, name)
    walker.locator("a[href*='/rounds/lists/']").first.click()
    expect(walker.get_by_role("heading", name="Hộ tiếp theo")).to_be_visible()
    picture(walker, "1-list")
    walker.get_by_role("link", name="Ghi kết quả").first.click()
    pick(walker, "met", "yes")
    pick(walker, "working", "yes")
    walker.locator('[name="observed_on"]').fill(days_ago(0))
    for field, value in WORK.items():
        box = walker.locator(f'[name="{field}"]')
        if field in ("w1-relation", "w1-job", "w1-place"):
            box.select_option(value)
        else:
            box.fill(value)
    pick(walker, "w1-night", "yes")
    press(walker, "Lưu và xem kết luận")
    broken = walker.locator("section", has_text="Quy định bị vi phạm")
    expect(broken).to_contain_text("Điều 14")
    picture(walker, "2-law")
    press(walker, "Lập tin báo")
    follow(walker, "Đến tin báo")
    expect(walker.get_by_text("Đợt rà soát hộ gia đình").first).to_be_visible()
    picture(walker, "3-report")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_a_round_from_its_plan_to_a_report_and_its_figures(browse, picture, scripts):
    name = f"Rà soát thử {'có' if scripts else 'không'} kịch bản"
    office = browse(OFFICE)
    plan_and_begin(office, name)
    address = office.url

    find_at_work(browse(COLLABORATOR, size=PHONE, java_script_enabled=scripts), picture, name)

    office.goto(address)
    picture(office, "4-coverage")
    whole = office.locator("tbody tr").first
    expect(whole.get_by_role("cell").nth(3)).to_have_text("1")
    whole.get_by_role("cell").nth(3).get_by_role("link").click()
    expect(office.locator("tbody tr")).to_have_count(1)


def test_a_commune_sees_no_button_to_end_the_round_of_the_area(browse):
    plan_and_begin(office := browse(OFFICE), "Rà soát cả xã")
    worker = browse(WORKER)
    worker.goto(office.url)
    expect(worker.get_by_role("link", name="Kết thúc đợt")).to_have_count(0)
    expect(worker.get_by_role("link", name="Trẻ trong đợt")).to_be_visible()
