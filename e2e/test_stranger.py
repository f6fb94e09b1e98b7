"""A stranger is refused everywhere: in lists, searches, direct addresses and the API."""

import pytest
from playwright.sync_api import expect

from e2e.scene import STRANGER

ADDRESSES = (
    "/people/children/{child}/",
    "/people/children/{child}/edit/",
    "/people/households/{household}/",
    "/cases/children/{child}/panel/",
    "/cases/children/{child}/screening/",
    "/cases/reports/{report}/",
    "/cases/screenings/{screening}/",
    "/cases/files/{case}/",
    "/cases/files/{case}/plan/",
    "/establishments/{establishment}/",
    "/inspections/{inspection}/",
    "/activities/{activity}/",
    "/budget/{line}/",
)
LISTS = ("/people/children/", "/people/households/", "/cases/reports/", "/cases/files/")


def test_a_worker_of_another_commune_finds_nothing(browse, picture, scene):
    page = browse(STRANGER)
    for address in LISTS:
        assert page.goto(f"{address}?q={scene.name}").status == 200
        expect(page.get_by_role("table")).to_have_count(0)
        page.goto(address)
        expect(page.get_by_role("main")).not_to_contain_text(scene.name)
    picture(page, "empty-list")
    for address in ADDRESSES:
        assert page.goto(address.format(**vars(scene))).status == 404, address
        expect(page.get_by_role("heading", level=1)).to_have_text("Không tìm thấy trang")
        expect(page.locator("body")).not_to_contain_text(scene.name)
    picture(page, "not-found")
    page.goto("/hom-nay/")
    expect(page.locator("body")).not_to_contain_text(scene.name)


def test_who_is_not_signed_in_is_asked_to(browse, scene):
    page = browse()
    for address in (*LISTS, *ADDRESSES, "/hom-nay/"):
        page.goto(address.format(**vars(scene)))
        expect(page.get_by_role("heading", level=1)).to_have_text("Đăng nhập")
        expect(page.locator("body")).not_to_contain_text(scene.name)


@pytest.mark.parametrize("username", ["", STRANGER])
def test_the_api_knows_nobody_without_a_token(browse, scene, username):
    asked = browse(username).request  # with the cookies of the browser, which are no token
    for address in ("reports", "children", "cases", f"children/{scene.child}",
                    f"cases/{scene.case}", f"reports/{scene.report}"):  # fmt: skip
        answer = asked.get(f"/api/v1/{address}")
        assert answer.status == 401, address
        assert scene.name not in answer.text()
