"""A case of trafficking: who is not on its list finds no trace of it, by whatever door."""

from io import BytesIO

from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from e2e.hands import days_ago, follow, press, status_of, write
from e2e.scene import CHAIR, WORKER

POLICE, OFFICE, SCHOOL = "congan", "ldtbxh", "truong"
DOORS = ("", "plan/", "attach/", "exchange/", "refer/", "handover/", "sealed/", "visit/",
         "steps/assess/")  # fmt: skip


def workbook_text(content: bytes) -> str:
    book = load_workbook(BytesIO(content))
    rows = (row for page in book for row in page.iter_rows(values_only=True))
    return "\n".join(str(cell) for row in rows for cell in row if cell)


def take_charge(page: Page, case: str) -> None:
    """The police officer takes the case and lets the chairperson see it for ten days."""
    page.goto(f"{case}sealed/")
    expect(page.get_by_text("Chưa có công an phụ trách")).to_be_visible()
    follow(page, "Giao công an phụ trách")
    write(page, {"reason": "Điều tra viên của vụ việc"})
    press(page, "Lưu")
    follow(page, "Thêm người được xem")
    write(page, {"user": CHAIR, "reason": "Bố trí nơi ở an toàn cho em", "until": days_ago(-10)})
    press(page, "Lưu")
    expect(page.get_by_text("Bố trí nơi ở an toàn cho em")).to_be_visible()


def expect_nothing(page: Page, case: str, code: str, child: int) -> None:
    """Neither at its addresses, nor in list, search, export, the child's line of time, the log."""
    for door in DOORS:
        assert page.request.get(case + door).status in (403, 404), door
    assert status_of(page, case) in (403, 404)
    expect(page.locator("body")).not_to_contain_text("iêm phong")
    for address in ("/cases/files/", f"/cases/files/?q={code}", f"/people/children/{child}/",
                    f"/cases/children/{child}/panel/", "/hom-nay/", "/hom-nay/viec/", "/notices/",
                    "/audit/"):  # fmt: skip
        shown = page.request.get(address)
        assert case not in shown.text(), address
        assert code not in shown.text() or code in address, address
        assert "Mua bán người" not in shown.text() or address.startswith("/cases/files/"), address
    exported = page.request.get("/cases/files/?format=xlsx")
    if exported.status == 200:
        assert code not in workbook_text(exported.body())


def test_only_the_list_knows_of_a_sealed_case(browse, picture, scene):
    case, code = f"/cases/files/{scene.sealed}/", f"HS-{scene.sealed:06d}"
    police = browse(POLICE)
    take_charge(police, case)
    picture(police, "1-list")
    for username in (WORKER, OFFICE, SCHOOL):
        expect_nothing(browse(username), case, code, scene.sealed_child)

    chair = browse(CHAIR)
    chair.goto(case)
    expect(chair.get_by_role("heading", name="Hồ sơ niêm phong")).to_be_visible()
    picture(chair, "2-a-listed-person")
    assert code not in workbook_text(chair.request.get("/cases/files/?format=xlsx").body())

    police.goto("/cases/sealed/export/")
    press(police, "Tải")
    expect(police.locator(".invalid-feedback").first).to_be_visible()
    write(police, {"reason": "Báo cáo Công an thành phố"})
    with police.expect_download() as download:
        press(police, "Tải")
    assert code in workbook_text(download.value.path().read_bytes())
    police.goto(f"{case}sealed/")
    expect(police.get_by_text("Trần Văn Chung").last).to_be_visible()
    picture(police, "3-who-looked")
