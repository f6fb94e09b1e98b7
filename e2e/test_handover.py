"""A child moves: one commune offers its case, the other takes it, and the first sees it no more."""

import re

from playwright.sync_api import Page, expect

from e2e.hands import follow, open_first_row, pick, press, status_of, write
from e2e.scene import STRANGER, WORKER

THIRD = "canbo.ngochoi"


def offer_case(page: Page, case: str) -> None:
    """Nobody has agreed to it: without a ground it is refused in place, with one it goes."""
    page.goto(f"{case}handover/")
    page.locator('[name="to_unit"]').select_option(label="Xã Đại Thanh")
    write(page, {"note": "Gia đình chuyển về ở cùng ông bà."})
    press(page, "Gửi đề nghị bàn giao")
    expect(page.locator("#form")).to_contain_text("Còn thiếu")
    pick(page, "ground", "state_duty")
    write(page, {"ground_reason": "Trẻ chuyển nơi ở"})
    press(page, "Gửi đề nghị bàn giao")
    expect(page).to_have_url(re.compile(case))


def expect_ended(page: Page, case: str, child_page: str, offer: str, child: str) -> None:
    """Case and child are gone from here; what stays is a receipt without the name."""
    assert status_of(page, case) == 404
    assert status_of(page, child_page) == 404
    page.goto(f"/cases/files/?q={child}")
    # Names spelt nearly so may be found; this child is not among them.
    expect(page.locator("tbody").get_by_text(child, exact=True)).to_have_count(0)
    page.goto(offer)
    expect(page.get_by_text("Đây là biên nhận")).to_be_visible()
    expect(page.get_by_role("main")).not_to_contain_text(child)


def test_a_case_goes_with_the_child_to_another_commune(browse, picture, scene):
    ours, theirs = browse(WORKER), browse(STRANGER)
    case = f"/cases/files/{scene.moving}/"
    assert status_of(theirs, case) == 404
    ours.goto(case)
    child = ours.get_by_role("heading", level=1).inner_text()
    offer_case(ours, case)

    assert status_of(theirs, case) == 404  # until it has accepted, only the papers
    theirs.goto("/cases/handovers/")
    open_first_row(theirs)
    expect(theirs.get_by_role("main")).to_contain_text(child)
    offer = theirs.url
    picture(theirs, "1-offered")
    assert status_of(browse(THIRD), offer) == 404
    follow(theirs, "Nhận bàn giao")
    press(theirs, "Nhận bàn giao")
    expect(theirs).to_have_url(offer)

    theirs.goto(case)
    history = theirs.locator("section", has_text="Diễn biến").last
    for event in ("Tin báo", "Sàng lọc", "Mở hồ sơ", "Phê duyệt kế hoạch", "trở lại trường"):
        expect(history).to_contain_text(event)
    picture(theirs, "2-taken")
    follow(theirs, child)
    expect(theirs.get_by_role("heading", level=1)).to_contain_text(child)
    expect_ended(ours, case, theirs.url, offer, child)
    picture(ours, "3-receipt")
