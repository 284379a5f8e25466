"""The settings page in a browser: every part is saved, read back, and fit for everyone."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from dokango.shop.profile import load_profile
from tests.pages.looks import assert_looks_right
from tests.pages.site import Site, Tabs, walk

PARTS = (
    "shop",
    "delivery",
    "payments",
    "web",
    "couriers",
    "courier-rule",
    "messages",
    "outbox",
    "staff",
    "sign-ins",
    "keys",
)


def saved(page: Page) -> None:
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved.", exact=True)).to_be_visible()


def test_every_part_passes_axe_and_fits_a_phone(tabs: Tabs) -> None:
    page = tabs.open("/settings", "owner")
    for part in PARTS:
        walk(page, f"/settings?part={part}")
        expect(page.get_by_role("heading", name="Settings")).to_be_visible()
        assert_looks_right(page)


def test_what_is_saved_is_read_back(site: Site, tabs: Tabs) -> None:
    page = tabs.open("/settings?part=delivery", "owner")
    page.get_by_label("Days outside").fill("6")
    saved(page)
    assert site.db.read(load_profile).delivery_days_outside == 6
    page.reload()
    expect(page.get_by_label("Days outside")).to_have_value("6")


def test_a_wrong_field_says_so_and_keeps_what_was_typed(tabs: Tabs) -> None:
    page = tabs.open("/settings?part=delivery", "owner")
    page.get_by_label("Charge inside").fill("seventy")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("is not an amount")).to_be_visible()
    expect(page.get_by_label("Charge inside")).to_have_value("seventy")


def test_what_was_said_of_a_field_goes_when_the_field_is_mended(tabs: Tabs) -> None:
    page = tabs.open("/settings?part=delivery", "owner")
    page.get_by_label("Charge inside").fill("seventy")
    page.get_by_label("Charge outside").fill("lots")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("is not an amount")).to_have_count(2)
    page.get_by_label("Charge inside").fill("still a lot")
    page.get_by_label("Charge inside").press("Tab")
    page.get_by_label("Charge outside").fill("130")
    page.get_by_label("Charge outside").press("Tab")
    expect(page.get_by_text("is not an amount")).to_have_count(1)
    page.get_by_label("Charge inside").fill("70")
    page.get_by_label("Charge inside").press("Tab")
    expect(page.get_by_text("is not an amount")).to_have_count(0)
    expect(page.get_by_text("Nothing was saved")).to_have_count(0)


def test_the_courier_answers_a_trial_with_one_click(tabs: Tabs) -> None:
    page = tabs.open("/settings?part=couriers", "owner")
    page.get_by_role("button", name="Try the keys").first.click()
    expect(page.get_by_text("The practice courier answers")).to_be_visible()


def test_a_message_is_read_whole_in_the_outbox(tabs: Tabs) -> None:
    page = tabs.open("/settings?part=outbox", "owner")
    page.get_by_role("button", name="is confirmed").or_(page.get_by_role("button", name="Order #")).first.click()
    expect(page.get_by_role("dialog")).to_be_visible()


def test_staff_get_a_password_that_is_shown_once(tabs: Tabs) -> None:
    page = tabs.open("/settings?part=staff", "owner")
    page.get_by_role("button", name="Add a member of staff").click()
    page.get_by_label("Name").fill("Page Tester")
    page.get_by_label("Login").fill("page-tester")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_text("shown this once")).to_be_visible()
    page.get_by_role("button", name="I have it").click()
    expect(page.get_by_text("shown this once")).to_be_hidden()
    expect(page.get_by_role("row", name="Page Tester")).to_be_visible()


def test_a_manager_does_not_see_the_settings(tabs: Tabs) -> None:
    page = tabs.open("/settings", "manager")
    expect(page.get_by_role("link", name="Settings")).to_be_hidden()
    assert "01700-000011" not in page.content()
