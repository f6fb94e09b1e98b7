"""One child written down twice: asked to be merged, approved, found out, taken apart again."""

import re

from playwright.sync_api import Page, expect

from e2e.hands import follow, pick, press, status_of, write
from e2e.scene import CHAIR, STRANGER, WORKER

AGAIN = "Phạm Thị Thu Trang"


def register_twice(page: Page) -> tuple[str, str]:
    """The same girl by the commune and from a school's list; the form warns. Gives both pages."""
    pages = []
    for name, born in ((AGAIN, "03/04/2013"), ("Phạm Thu Trang", "04/03/2013")):
        page.goto("/people/children/new/")
        write(page, {"full_name": name, "birth_date": born, "hamlet": "Thôn Nội"})
        page.locator('[name="sex"]').select_option("female")
        press(page, "Đăng ký")
        if page.locator('[name="not_same"]').count():
            page.locator('[name="not_same"]').check()
            press(page, "Đăng ký")
        expect(page).to_have_url(re.compile(r"/people/children/\d+/$"))
        pages.append(page.url)
    return pages[0], pages[1]


def ask_for_merge(page: Page, kept: str, picture) -> str:
    """From the page of the one that stays the nearest is offered, whose birth date is right."""
    page.goto(kept)
    follow(page, "Gộp hồ sơ trùng")
    page.get_by_role("link", name="Đặt cạnh nhau Phạm Thu Trang").click()
    picture(page, "1-side-by-side")
    press(page, "Đề nghị gộp")
    expect(page.locator("#form")).to_contain_text("bắt buộc")  # why they are one child
    pick(page, "birth", "other")
    write(page, {"reason": "Mẹ xác nhận, giấy khai sinh ghi 04/03/2013."})
    press(page, "Đề nghị gộp")
    expect(page.get_by_role("heading", name="Chờ người thứ hai duyệt")).to_be_visible()
    expect(page.get_by_role("button", name="Duyệt: đây là một em")).to_have_count(0)
    return page.url


def test_two_files_of_one_child_become_one_and_two_again(browse, picture):
    worker, chair = browse(WORKER), browse(CHAIR)
    kept, other = register_twice(worker)
    merge = ask_for_merge(worker, kept, picture)
    assert status_of(browse(STRANGER), merge) == 404

    chair.goto("/hom-nay/viec/")
    expect(chair.get_by_role("main")).to_contain_text("Duyệt gộp hồ sơ trùng")
    chair.goto(merge)
    press(chair, "Duyệt: đây là một em")
    picture(chair, "2-merged")

    worker.goto(kept)
    expect(worker.get_by_role("main")).to_contain_text("04/03/2013")
    worker.goto(other)
    expect(worker).to_have_url(merge)  # the old link leads on
    worker.goto("/people/children/?q=pham+thu+trang")
    expect(worker.locator("tbody tr")).to_have_count(1)

    chair.goto(merge)
    write(chair, {"answer": "Hóa ra là hai chị em họ."})
    press(chair, "Tách lại thành hai em")
    worker.goto(other)
    expect(worker).to_have_url(other)
    worker.goto(kept)
    expect(worker.get_by_role("main")).to_contain_text("03/04/2013")
