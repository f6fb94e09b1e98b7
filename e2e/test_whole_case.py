"""One case from report to closing, by hand through the pages, by four people.

The telephone rang 130 days ago: the pages take past days, so that the two clear visits lie the
90 days apart that the programme asks for. Nothing is prepared behind the pages.
"""

import re

from playwright.sync_api import Page, expect

from e2e.hands import days_ago, follow, pick, press, status_of, write
from e2e.scene import CHAIR, WORKER

CHILD = "Trần Văn Sếu"
SCHOOL = "Trường THCS Thanh Trì (demo)"  # has no account
CASE = re.compile(r"/cases/files/\d+/$")


def expect_state(page: Page, state: str) -> None:
    expect(page).to_have_url(CASE)
    expect(page.locator(".badges-list").first).to_contain_text(state)


def take_in(page: Page) -> None:
    """The report is taken down and says where it goes and why; the child is registered."""
    page.goto("/cases/reports/new/")
    write(page, {"happening": "Cháu phụ ở xưởng mộc từ sáng đến tối, đã nghỉ học.",
                 "received_at": days_ago(130, "08:00"), "child_name": CHILD,
                 "age_estimate": "12"})  # fmt: skip
    press(page, "Ghi nhận")
    expect(page.get_by_text("khoản 3 Điều 26 NĐ 56/2017")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("Xã Thanh Trì")
    follow(page, "Đăng ký trẻ mới từ tin này")
    page.get_by_label("Giới tính").select_option("male")
    press(page, "Đăng ký và sàng lọc")


def describe_work(page: Page, day: str) -> None:
    pick(page, "working", "yes")
    write(page, {"observed_on": day, "w1-description": "Khuân gỗ, đánh giấy ráp",
                 "w1-relation": "employee", "w1-job": "other", "w1-place": "ordinary",
                 "w1-hours_day": "6", "w1-hours_week": "36"})  # fmt: skip
    press(page, "Lưu và xem kết luận")


def open_case(page: Page) -> None:
    follow(page, "Mở hồ sơ")
    write(page, {"on": days_ago(130)})
    press(page, "Mở hồ sơ")
    expect_state(page, "Chờ đánh giá ban đầu")


def assess(page: Page) -> None:
    """Mẫu 02: no emergency. Mẫu 03: eight blocks, two needs, a level of risk other than the
    suggested one, which asks why."""
    follow(page, "Ghi đánh giá ban đầu")
    for name in ("harm_now", "harm_reach", "harm_place", "self_protection", "carer_protection"):
        pick(page, name, "medium")
    pick(page, "emergency", "no")
    write(page, {"at": days_ago(130, "15:00")})
    press(page, "Ghi đánh giá ban đầu")
    follow(page, "Đánh giá cụ thể (Mẫu 03)")
    blocks = ("state_of_child", "family", "risk_factors", "study", "neighbourhood",
              "wishes_of_child", "wishes_of_carers")  # fmt: skip
    write(page, {"on": days_ago(128), **{name: f"Đã hỏi ({name})." for name in blocks},
                 "wishes_of_child": "Em muốn về lớp 6 cùng các bạn.",
                 "n-0-kind": "education", "n-0-what": "Trở lại lớp 6", "n-0-severity": "high",
                 "n-0-said_by": "child", "n-1-kind": "social", "n-1-what": "Mẹ có việc làm thêm",
                 "n-1-severity": "medium", "n-1-said_by": "carers"})  # fmt: skip
    pick(page, "risk_level", "high")
    press(page, "Lưu đánh giá")
    expect(page.get_by_text("hãy ghi vì sao chọn mức khác").first).to_be_visible()
    write(page, {"risk_why": "Chủ xưởng ở ngay cạnh nhà em."})
    press(page, "Lưu đánh giá")
    expect(page.get_by_text("Nguy cơ: Cao")).to_be_visible()


def meet(page: Page) -> None:
    follow(page, "Họp xác định nhu cầu")
    write(page, {"on": days_ago(127), "chair": "Trần Văn Chung", "number": "01/BB",
                 "minutes": "Thống nhất đưa em trở lại lớp và tìm việc cho mẹ em.",
                 "a-0-name": "Trường THCS", "a-1-name": "Trưởng thôn",
                 "a-2-name": "Mẹ em"})  # fmt: skip
    for number in (0, 1, 2):
        page.locator(f'[name="a-{number}-present"]').check()
    press(page, "Lưu biên bản")
    expect(page.get_by_role("link", name=re.compile("Họp|họp")).first).to_be_visible()


def plan(page: Page) -> None:
    """Each need has a measure; the draft goes to the chairperson."""
    follow(page, "Lập kế hoạch")
    write(page, {"on": days_ago(126), "met_on": days_ago(127), "goal": "Em đi học đều."})
    rows = (("education", "Làm thủ tục trở lại lớp 6", "Trở lại lớp 6"),
            ("livelihood", "Giới thiệu mẹ vào tổ may", "Mẹ có việc làm thêm"))  # fmt: skip
    for number, (kind, what, need) in enumerate(rows):
        write(page, {f"m-{number}-kind": kind, f"m-{number}-what": what})
        choices = page.locator(f'[name="m-{number}-need"]')
        choices.select_option(choices.locator("option", has_text=need).get_attribute("value"))
    press(page, "Lưu dự thảo")
    expect_state(page, "Đang dự thảo kế hoạch")
    follow(page, "Trình phê duyệt")
    write(page, {"on": days_ago(126)})
    press(page, "Trình phê duyệt")
    expect_state(page, "Chờ phê duyệt")


def approve(page: Page, case: str) -> None:
    page.goto(case)
    follow(page, "Phê duyệt kế hoạch")
    write(page, {"on": days_ago(125), "number": "21/QĐ-UBND"})
    press(page, "Phê duyệt kế hoạch")
    expect_state(page, "Đang hỗ trợ, can thiệp")


def serve(page: Page) -> None:
    page.goto(page.url)
    follow(page, "Thêm dịch vụ")
    write(page, {"on": days_ago(124), "kind": "livelihood", "what": "Tổ may nhận mẹ em",
                 "provider_name": "Hội Phụ nữ xã"})  # fmt: skip
    press(page, "Thêm dịch vụ")
    expect_state(page, "Đang hỗ trợ, can thiệp")


def refer(page: Page) -> None:
    """Ask a school without an account; consents are missing, so the duty of the law is named."""
    follow(page, "Chuyển tiếp")
    write(page, {"kind": "education", "request": "Xếp em vào lớp 6 phù hợp"})
    page.locator('[name="receiver"]').select_option(label=SCHOOL)
    pick(page, "ground", "state_duty")
    write(page, {"ground_reason": "Thực hiện kế hoạch hỗ trợ đã phê duyệt"})
    press(page, "Gửi đề nghị")
    expect_state(page, "Đang hỗ trợ, can thiệp")


def make_link(page: Page) -> str:
    page.goto(page.url)  # the panel of exchange comes by itself
    page.get_by_role("link", name=re.compile(re.escape(SCHOOL))).first.click()
    follow(page, "Đường dẫn trả lời một lần")
    press(page, "Tạo đường dẫn")
    return page.locator("#referral-address").inner_text()


def answer(page: Page, address: str, picture, *, result: str = "") -> None:
    """Somebody without an account: no name before the confirmation, and the link opens once."""
    page.goto(address)
    expect(page.get_by_role("main")).not_to_contain_text(CHILD)
    picture(page, "link-1-confirm")
    press(page, f"Tôi thay mặt {SCHOOL}, xem đề nghị")
    expect(page.get_by_role("main")).to_contain_text(CHILD)
    write(page, {"person": "Cô Mai, hiệu phó", "note": "Em vào lớp 6A."})
    pick(page, "result" if result else "answer", result or "accept")
    picture(page, "link-2-answer")
    press(page, "Gửi câu trả lời")
    expect(page.get_by_text("Đường dẫn này không mở được nữa")).to_be_visible()
    assert status_of(page, address) == 404


def visit(page: Page, case: str, day: str, *, working: bool) -> None:
    page.goto(f"{case}visit/")
    write(page, {"schooling": "dropped_out" if working else "attending"})
    if working:
        describe_work(page, day)
    else:
        pick(page, "working", "no")
        write(page, {"observed_on": day, "note": "Em đi học đều."})
        press(page, "Lưu và xem kết luận")
    expect(page).to_have_url(CASE)


def cease(page: Page) -> None:
    follow(page, "Ghi chấm dứt lao động trái quy định")
    press(page, "Ghi chấm dứt lao động trái quy định")
    expect(page.get_by_text("chờ người khác xác minh")).to_be_visible()
    expect(page.get_by_role("link", name="Xác minh chấm dứt lao động")).to_have_count(0)


def verify(page: Page, case: str) -> None:
    page.goto(case)
    follow(page, "Xác minh chấm dứt lao động")
    press(page, "Xác minh chấm dứt lao động trái quy định")
    expect(page.get_by_text("chờ người khác xác minh")).to_have_count(0)
    expect(page.get_by_text("xác minh: Trần Văn Chung")).to_be_visible()


def review(page: Page, case: str) -> None:
    page.goto(case)
    follow(page, "Rà soát kết quả")
    for name in ("harm_severity", "harm_access", "harm_environment"):
        pick(page, name, "low")
    for name in ("self_protection", "recovery"):
        pick(page, name, "high")
    for name in ("no_more_risk", "stable"):
        pick(page, name, "yes")
    pick(page, "conclusion", "close")
    press(page, "Rà soát kết quả")
    expect_state(page, "Đã rà soát")


def close(page: Page) -> None:
    page.goto(page.url)
    follow(page, "Kết thúc hồ sơ")
    press(page, "Kết thúc hồ sơ")
    expect_state(page, "Đã kết thúc")


TOLD = ("Tin báo", "Sàng lọc", "Mở hồ sơ", "Mẫu 03", "Họp xác định nhu cầu", "Phê duyệt kế hoạch",
        "Chuyển tiếp", "Nơi nhận đã nhận", "Thăm hộ: Trái quy định pháp luật",
        "Thăm hộ: không còn lao động trái quy định", "Xác minh: Trần Văn Chung", "Rà soát",
        "Kết thúc hồ sơ", "Xem hồ sơ")  # fmt: skip


def test_a_case_runs_from_the_report_to_its_closing(browse, picture, scene):
    worker, chair, outside = browse(WORKER), browse(CHAIR), browse()
    take_in(worker)
    describe_work(worker, days_ago(130))
    open_case(worker)
    assess(worker)
    meet(worker)
    picture(worker, "1-needs")
    plan(worker)
    case = worker.url
    approve(chair, case)
    picture(chair, "2-approved")
    serve(worker)
    refer(worker)
    answer(outside, make_link(worker), picture)
    worker.goto(case)
    answer(outside, make_link(worker), picture, result="achieved")
    visit(worker, case, days_ago(110), working=True)
    expect(worker.get_by_role("link", name="Ghi chấm dứt", exact=False)).to_have_count(0)
    for ago in (95, 2):
        visit(worker, case, days_ago(ago), working=False)
    picture(worker, "3-visits")
    cease(worker)
    verify(chair, case)
    review(worker, case)
    picture(worker, "4-reviewed")
    close(chair)
    picture(chair, "5-closed")
    follow(chair, CHILD)
    line = chair.locator("#child-panel")
    for words in TOLD:
        expect(line).to_contain_text(words)
    picture(chair, "6-child")
