"""A courier by name and a rule in a browser: the owner makes both, staff send by them, the customer sees the link."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, expect

from dokango.couriers.choosing.rule import CourierRule, change_rule, load_rule
from dokango.orders.lifecycle import commands as c
from dokango.people.actor import Actor
from dokango.people.permissions import Role
from tests.pages.desk_orders import do, order, place_order
from tests.pages.looks import violations
from tests.pages.site import LAPTOP, PHONE, Site, Tabs
from tests.pages.test_fingers import SMALL

OWNER = Actor(0, "Owner", Role.OWNER)
SIZES = pytest.mark.parametrize(
    ("viewport", "dark"), [(LAPTOP, False), (PHONE, True)], ids=["laptop light", "phone dark"]
)


@pytest.fixture(scope="module", autouse=True)
def no_rule_after(site: Site) -> Iterator[None]:
    """Others' tests choose couriers by hand."""
    yield
    site.db.write(lambda tx: change_rule(tx, OWNER, site.clock, load_rule(tx), CourierRule()))


def fit(page: Page, shot: Path) -> None:
    """Accessible, as wide as the screen, and every control large enough for a finger."""
    width = page.viewport_size["width"] if page.viewport_size else 0
    page.screenshot(path=shot, full_page=not page.get_by_role("dialog").count())
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    if width == PHONE["width"]:
        under = "[role=dialog]" if page.get_by_role("dialog").count() else "main"
        assert page.evaluate(SMALL, under) == []


def to_pack(site: Site) -> str:
    """An order that waits for a courier."""
    number = place_order(site).number
    do(site, number, c.Confirm())
    do(site, number, c.Pack())
    return number


def keep_carrier(page: Page, name: str, shot: Path) -> None:
    page.get_by_role("button", name="Add a courier").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name", exact=True).fill(name)
    dialog.get_by_label("Tracking link").fill("javascript:alert(1)//{code}")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog.get_by_text("begins with https://")).to_be_visible()
    dialog.get_by_label("Tracking link").fill("https://padma.example/?cn={code}")
    fit(page, shot)
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_be_hidden()
    expect(page.get_by_role("row", name=name)).to_be_visible()


def keep_row(page: Page, name: str, shot: Path) -> None:
    page.get_by_role("button", name="Add a row").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("These orders go with").select_option(label=name)
    dialog.get_by_label("Districts").fill("Dhaka")
    dialog.get_by_label("Rider collects over").fill("100")
    fit(page, shot)
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_be_hidden()
    row = page.get_by_role("row", name="to Dhaka, to collect over ৳100").filter(has_text=name)
    expect(row).to_be_visible()


@SIZES
def test_the_owner_makes_a_courier_and_a_rule_staff_send_by_it_and_the_customer_sees_the_link(
    site: Site, tabs: Tabs, viewport: dict[str, int], dark: bool, tmp_path: Path
) -> None:
    name = f"Padma {viewport['width']}"
    owner = tabs.open("/settings?part=couriers", "owner", viewport=viewport, dark=dark)
    keep_carrier(owner, name, tmp_path / "carrier.png")
    fit(owner, tmp_path / "couriers.png")
    owner.goto("/settings?part=courier-rule")
    keep_row(owner, name, tmp_path / "row.png")
    if viewport == PHONE:  # below the other size's: the first that fits wins
        owner.get_by_role("row", name=name).or_(owner.get_by_role("row").filter(has_text=name)).first.get_by_role(
            "button", name="Earlier"
        ).click()
        expect(owner.locator("[data-row]").first).to_contain_text(name)
    fit(owner, tmp_path / "rule.png")
    number = to_pack(site)
    staff = tabs.open(f"/orders/{number}", "packer", viewport=viewport, dark=dark)
    expect(staff.get_by_text("Courier by the rule: ")).to_contain_text(f"{name}: to Dhaka, to collect over ৳100.")
    staff.get_by_role("button", name="Send by a courier").click()
    dialog = staff.get_by_role("dialog")
    expect(dialog.get_by_role("heading", name=f"Send #{number} to {name}")).to_be_visible()
    expect(dialog.get_by_text("By the rule: ")).to_contain_text(f"{name}: to Dhaka, to collect over ৳100.")
    dialog.get_by_label("Tracking code").fill('PX 7/"8"')
    fit(staff, tmp_path / "send.png")
    dialog.get_by_role("button", name="Mark as shipped").click()
    expect(dialog).to_be_hidden()
    assert order(site, number).status == "shipped"
    link = "https://padma.example/?cn=PX%207%2F%228%22"
    expect(staff.locator(f'a[href="{link}"]')).to_be_visible()
    customer_sees(site, tabs, number, link, viewport, dark, tmp_path)
    do(site, number, c.Deliver())  # the list of parcels on their way is others' too


def customer_sees(
    site: Site, tabs: Tabs, number: str, link: str, viewport: dict[str, int], dark: bool, shots: Path
) -> None:
    """The courier's page is linked, in the live page and in the one without scripts."""
    path = f"/t/{order(site, number).token}"
    page = tabs.open(path, viewport=viewport, dark=dark)
    expect(page.locator(f'a[href="{link}"]')).to_be_visible()
    page.screenshot(path=shots / "tracking.png", full_page=True)
    assert f'href="{link}"' in httpx.get(f"{site.url}{path}", trust_env=False).text


def test_who_sends_by_another_is_warned_and_many_go_each_by_the_rule(site: Site, tabs: Tabs, tmp_path: Path) -> None:
    one, two = to_pack(site), to_pack(site)
    page = tabs.open("/shipping", "packer")
    page.get_by_role("button", name=f"Send #{one} by a courier").click()
    dialog: Any = page.get_by_role("dialog")
    courier = dialog.get_by_label("Courier", exact=True)
    by_rule = courier.input_value()
    other = next(
        value for option in courier.locator("option").all() if (value := option.get_attribute("value")) != by_rule
    )
    courier.select_option(other)
    expect(dialog.get_by_text("You send it by another one")).to_be_visible()
    page.screenshot(path=tmp_path / "otherwise.png")
    page.keyboard.press("Escape")
    for number in (one, two):
        page.get_by_label(f"Choose order {number}").click()
    page.get_by_role("button", name="Send by a courier").click()
    expect(dialog.get_by_role("heading", name="Send by the rule")).to_be_visible()
    expect(dialog.get_by_text("to Dhaka, to collect over ৳100.")).to_have_count(2)
    page.screenshot(path=tmp_path / "many.png")
    dialog.get_by_role("button", name="Send 2").click()
    expect(dialog.get_by_text("has the parcel.")).to_have_count(2)
    assert {order(site, number).status for number in (one, two)} == {"shipped"}
    for number in (one, two):
        do(site, number, c.Deliver())
