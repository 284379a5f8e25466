"""A finger at 360 px: every control is 44 px wide and high, on every page and in the dialogs."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from playwright.sync_api import Page, expect

from dokango.orders.lifecycle import commands as c
from dokango_web.dokango_web import SITE
from dokango_web.page import StaffPage
from state.settings.shop import PARTS
from tests.pages.desk_orders import do, order, place_order
from tests.pages.site import PHONE, Site, Tabs, settled, walk

STAFF = (
    "/orders", "/orders?tab=all", "/orders/{number}", "/wallet", "/wallet?tab=nobodys",
    "/wallet?tab=out", "/wallet?tab=balances", "/pack",
    "/shipping", "/stock",
    "/products", "/products/new", "/products/1", "/insights", "/books", "/books?tab=journal", "/account", "/problems",
    "/problems/claims", "/customers", "/cod", "/cod/payouts", "/cod/open",
    *(f"/settings?part={part}" for part in PARTS),
)  # fmt: skip
CUSTOMERS = ("/", "/p/clay-cups-set-of-6", "/checkout", "/track", "/t/{token}", "/sign-in")
DIALOGS = (
    ("/orders", "New order"), ("/orders?tab=all", "Save view"), ("/orders", "Filter"), ("/products", "Import"),
    ("/stock", "Receive goods"), ("/stock", "Count"), ("/settings?part=staff", "Add a member of staff"),
    ("/settings?part=couriers", "Add a courier"), ("/settings?part=courier-rule", "Add a row"),
    ("/orders?tab=all", "Desk Tester"), ("/stock", "Clay cups, set of 6"), ("/orders?tab=all", "unread messages"),
)  # fmt: skip
# Within the element `under`. What is hit is asked of the browser: 21 px to each side of the middle of a control there
# must still be the control, or what names it; a label that is large enough itself is a target too. A link within a
# sentence or a cell of words is as high as its line (WCAG 2.5.8, "inline"), and what nobody sees is not touched.
SMALL = """under => {
  const named = (el) => [el, ...(el.labels || []), el.closest("label"), el.closest("[role=option]")].filter(Boolean);
  const inline = (el) => el.tagName === "A" && getComputedStyle(el).display === "inline"
    && [...el.parentElement.childNodes].some((n) => n !== el && n.textContent.trim() !== "");
  const away = "dialog:not([open]), [aria-hidden=true], .dk-hidden, [class*=skip], [hidden]";
  const clipped = (el) => !!el && (getComputedStyle(el).clipPath.startsWith("inset(50%") || clipped(el.parentElement));
  const within = (value, most) => Math.min(most - 1, Math.max(0, value));
  const large = (box) => box.width >= 43.5 && box.height >= 43.5;
  const found = [];
  const controls = "a[href], button, input, select, textarea, summary, [role=checkbox], [role=menuitem]";
  for (const el of document.querySelector(under).querySelectorAll(controls)) {
    if (el.type === "hidden" || el.closest(away) || clipped(el) || !el.getClientRects().length || inline(el)) continue;
    el.scrollIntoView({ block: "center", inline: "center" });
    const box = el.getBoundingClientRect();
    if (box.width < 2 || box.height < 2 || named(el).some((one) => large(one.getBoundingClientRect()))) continue;
    const x = box.x + box.width / 2, y = box.y + box.height / 2;
    const hits = (dx, dy) => {
      const there = document.elementFromPoint(within(x + dx, innerWidth), within(y + dy, innerHeight));
      return there && named(el).some((one) => one.contains(there));
    };
    const wide = box.width >= 43.5 || (hits(-21, 0) && hits(21, 0));
    const high = box.height >= 43.5 || (hits(0, -21) && hits(0, 21));
    const words = (el.innerText || el.ariaLabel || el.name || "").slice(0, 30);
    const size = `${Math.round(box.width)}×${Math.round(box.height)}`;
    if (!wide || !high) found.push(`${el.tagName.toLowerCase()}.${el.className} “${words}” ${size}`);
  }
  return [...new Set(found)];
}"""


@pytest.fixture(scope="module")
def some_order(site: Site) -> dict[str, str]:
    """The number and the link of an order."""
    number = place_order(site).number
    return {"number": number, "token": order(site, number).token}


def test_every_page_of_the_desk_is_walked() -> None:
    walked = {path.partition("?")[0] for path in STAFF}
    whole = {page.route for page in SITE if isinstance(page, StaffPage) and "[" not in page.route}
    assert whole - walked == {"/products/import"}  # which is there with a file alone


def small_on(page: Page, paths: Iterable[str]) -> dict[str, list[str]]:
    """The controls that are too small, by the page that has them."""
    found: dict[str, list[str]] = {}
    for path in paths:
        walk(page, path)
        settled(page)
        expect(page.locator("main").first).to_be_visible()
        found[path] = page.evaluate(SMALL, "body")
    return {path: small for path, small in found.items() if small}


def test_every_control_of_the_staff_fits_a_finger(tabs: Tabs, some_order: dict[str, str]) -> None:
    page = tabs.open("/orders", "owner", viewport=PHONE)
    assert small_on(page, (path.format_map(some_order) for path in STAFF)) == {}


def test_every_control_of_a_customer_fits_a_finger(tabs: Tabs, some_order: dict[str, str]) -> None:
    page = tabs.open("/", viewport=PHONE)
    assert small_on(page, (path.format_map(some_order) for path in CUSTOMERS)) == {}


def test_every_control_of_a_dialog_fits_a_finger_and_the_dialog_the_phone(
    tabs: Tabs, some_order: dict[str, str]
) -> None:
    page = tabs.open("/orders", "owner", viewport=PHONE)
    dialog = page.get_by_role("dialog")
    for path, opens in DIALOGS:
        walk(page, path)
        settled(page)
        page.get_by_role("button", name=opens).first.click()
        expect(dialog).to_be_visible()
        settled(page)
        assert (opens, page.evaluate(SMALL, "[role=dialog]")) == (opens, [])
        box = dialog.bounding_box()
        assert box is not None and box["x"] >= 0 and box["x"] + box["width"] <= PHONE["width"], opens
        assert dialog.evaluate("dialog => dialog.scrollWidth - dialog.clientWidth") == 0, opens
        page.keyboard.press("Escape")
        expect(dialog).to_have_count(0)


def test_a_box_to_tick_takes_no_press_that_was_meant_for_the_number_beside_it(tabs: Tabs) -> None:
    page = tabs.open("/orders?tab=all", "owner", viewport=PHONE)
    settled(page)
    row = page.locator("[data-row]").first
    number = row.get_attribute("data-row")
    row.get_by_role("link", name=f"#{number}").click()
    page.wait_for_url(f"**/orders/{number}*")


def test_a_long_choice_makes_a_dialog_no_wider_than_the_phone(site: Site, tabs: Tabs) -> None:
    number = place_order(site).number
    due = order(site, number).due_poisha
    do(site, number, c.VerifyPayment(method="bkash", transaction_id="LONGCHOICE1234567890", amount_poisha=due))
    page = tabs.open(f"/orders/{number}", "owner", viewport=PHONE)
    settled(page)
    page.get_by_role("button", name="More").last.click()
    page.get_by_role("menuitem", name="Take a payment back").click()
    expect(page.get_by_label("Which payment")).to_be_visible()
    settled(page)
    box = page.get_by_role("dialog").bounding_box()
    assert box is not None and box["x"] >= 0 and box["x"] + box["width"] <= PHONE["width"]
    assert page.evaluate(SMALL, "[role=dialog]") == []
