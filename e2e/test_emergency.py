"""A child in danger: twelve hours, separation by the chairperson, who was told, fifteen days."""

import re

from playwright.sync_api import Page, expect

from e2e.conftest import PHONE
from e2e.hands import days_ago, follow, pick, press, write
from e2e.scene import CHAIR, WORKER

CASE = re.compile(r"/cases/files/\d+/$")
STAY = {"place_of_stay": "Nhà bà ngoại, thôn 2", "carer": "Bà ngoại của em"}


def assess_as_emergency(page: Page) -> None:
    follow(page, "Ghi đánh giá ban đầu")
    for name in ("harm_now", "harm_reach", "harm_place"):
        pick(page, name, "high")
    for name in ("self_protection", "carer_protection"):
        pick(page, name, "low")
    pick(page, "emergency", "yes")
    press(page, "Ghi đánh giá ban đầu")
    expect(page.get_by_text("Khẩn cấp, chờ quyết định")).to_be_visible()


def inform(page: Page, party: str, body: str) -> None:
    page.get_by_role("link", name=re.compile("^Ghi (thêm )?thông báo$")).first.click()
    pick(page, "party", party)
    write(page, {"way": "phone", "body": body})
    press(page, "Lưu")
    expect(page).to_have_url(CASE)


def test_within_twelve_hours_the_child_is_safe_and_police_and_health_know(browse, picture, scene):
    worker, chair = browse(WORKER, size=PHONE), browse(CHAIR)
    worker.goto(f"/cases/files/{scene.danger}/")
    due = worker.locator("section", has_text="Việc phải làm")
    expect(due).to_contain_text("khoản 2, 3 Điều 26")
    expect(due).to_contain_text(re.compile(r"còn \d+ giờ"))
    picture(worker, "1-clock")
    assess_as_emergency(worker)
    picture(worker, "2-waits-for-the-decision")

    chair.goto(worker.url)
    follow(chair, "Quyết định biện pháp khẩn cấp")
    write(chair, {"kind": "separation", "number": "05/QĐ-UBND", "until": days_ago(-5),
                  "grounds": "Chủ cơ sở đe dọa em"})  # fmt: skip
    press(chair, "Quyết định biện pháp khẩn cấp (Mẫu 07)")
    expect(chair.get_by_text("Quyết định cách ly phải ghi mục này").first).to_be_visible()
    write(chair, STAY)
    press(chair, "Quyết định biện pháp khẩn cấp (Mẫu 07)")
    expect(chair.get_by_text("Đúng hạn 12 giờ")).to_be_visible()
    expect(chair.get_by_text("Cách ly: 6/15 ngày")).to_be_visible()

    worker.goto(worker.url)
    expect(worker.get_by_text("Chưa thông báo")).to_be_visible()
    inform(worker, "police", "Công an xã, anh Bình trực ban")
    inform(worker, "health", "Trạm y tế xã, y sĩ Hà")
    expect(worker.get_by_text("Chưa thông báo")).to_have_count(0)
    expect(worker.get_by_text("Nhà bà ngoại, thôn 2")).to_be_visible()
    picture(worker, "3-told")


def test_no_separation_lasts_beyond_fifteen_days_and_it_ends(browse, picture, scene):
    chair = browse(CHAIR)
    chair.goto(f"/cases/files/{scene.separated}/steps/emergency/")
    write(chair, {"kind": "separation", "number": "06/QĐ-UBND", "until": days_ago(-5), **STAY})
    press(chair, "Quyết định biện pháp khẩn cấp (Mẫu 07)")
    error = chair.locator("#id_until_error, .invalid-feedback").filter(has_text="15 ngày").first
    expect(error).to_contain_text(f"đã dùng 10 ngày; muộn nhất là {days_ago(-4)}")
    expect(chair.locator('[name="place_of_stay"]')).to_have_value(STAY["place_of_stay"])
    picture(chair, "1-refused")
    write(chair, {"until": days_ago(-4)})
    press(chair, "Quyết định biện pháp khẩn cấp (Mẫu 07)")
    expect(chair.get_by_text("Cách ly: 15/15 ngày")).to_be_visible()
    expect(chair.get_by_text("(gia hạn)")).to_be_visible()

    follow(chair, "Chấm dứt")
    pick(chair, "reason", "carers_safe")  # no Mẫu 03 has said so
    press(chair, "Lưu")
    expect(chair.get_by_text("Chưa có Mẫu 03 nào").first).to_be_visible()
    pick(chair, "reason", "other")
    write(chair, {"note": "Dì của em đón em về ở cùng."})
    press(chair, "Lưu")
    expect(chair.get_by_text("chấm dứt sớm")).to_be_visible()
    expect(chair.get_by_role("link", name="Chấm dứt", exact=True)).to_have_count(0)
    picture(chair, "2-ended")
