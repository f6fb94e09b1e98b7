"""Vietnamese first; English at one press, and back."""

from playwright.sync_api import expect


def test_english_and_back(browse, picture, scene):
    page = browse("canbo.thanhtri")
    page.goto("/people/children/")
    expect(page.locator("html")).to_have_attribute("lang", "vi")
    expect(page.get_by_role("heading", level=1)).to_have_text("Trẻ em")

    page.locator(".tt-person summary").click()
    page.get_by_role("button", name="English").click()
    expect(page).to_have_url("/people/children/")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("heading", level=1)).to_have_text("Children")
    picture(page, "english")

    page.locator(".tt-person summary").click()
    page.get_by_role("button", name="Tiếng Việt").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Trẻ em")


def test_the_sign_in_page_speaks_english_too(browse):
    page = browse()
    page.goto("/accounts/login/")
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    expect(page.get_by_label("Username")).to_be_visible()
