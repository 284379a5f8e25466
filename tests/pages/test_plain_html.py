"""The customers' pages with no script: searched, bought, followed, paid, changed and cancelled by plain forms."""

from __future__ import annotations

import re
from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from dokango.orders.book import rows
from tests.pages.site import LAPTOP, PHONE, Site, Tabs, some_phone

IN_STOCK = ".sf-card:not(:has(.sf-badge))"


@pytest.fixture(params=[PHONE, LAPTOP], ids=["phone", "laptop"])
def page(request: pytest.FixtureRequest, site: Site, browser: Browser) -> Iterator[Page]:
    """A tab that runs no script."""
    context = browser.new_context(base_url=site.url, viewport=request.param, java_script_enabled=False)
    yield context.new_page()
    context.close()


def fill_in(page: Page, name: str, phone: str) -> None:
    page.get_by_label("Your name").fill(name)
    page.locator("#phone").fill(phone)
    page.get_by_label("District").select_option("Dhaka")
    page.get_by_label("House, road").fill("House 7, Road 3, Dhanmondi")
    page.locator("input[name=method][value=bkash]").check()


def put_one_in(page: Page) -> None:
    page.goto("/")
    page.locator(IN_STOCK).first.click()
    page.get_by_role("button", name="Add to cart").click()
    expect(page).to_have_url(re.compile("/checkout$"))


def some_sku(site: Site) -> str:
    """A SKU that can be bought now."""
    with httpx.Client(base_url=site.url, trust_env=False) as visitor:
        for path in re.findall(r'href="(/p/[^"]+)"', visitor.get("/").text):
            if sku := re.search(r'name="sku" value="([^"]+)"', visitor.get(path).text):
                return sku[1]
    raise AssertionError("everything is sold out")


def placed(page: Page, name: str, phone: str = "") -> str:
    put_one_in(page)
    fill_in(page, name, phone or some_phone())
    page.get_by_role("button", name="Place order").click()
    expect(page).to_have_url(re.compile(r"/t/"))
    return page.url.rpartition("/t/")[2].partition("?")[0]


def test_what_is_searched_for_is_found(page: Page) -> None:
    page.goto("/")
    page.get_by_label("Search products").fill("honey")
    page.get_by_role("button", name="Search", exact=True).click()
    expect(page).to_have_url(re.compile(r"\?q=honey"))
    expect(page.locator(".sf-card").first).to_contain_text(re.compile("honey", re.IGNORECASE))


def test_a_cart_is_changed_and_emptied(page: Page) -> None:
    put_one_in(page)
    page.get_by_role("button", name="One more").click()
    expect(page.locator(".sf-line")).to_contain_text("Quantity 2")
    page.get_by_role("button", name="Remove").click()
    expect(page.get_by_text("Your cart is empty")).to_be_visible()


def test_a_form_says_what_is_wrong_and_keeps_what_was_typed(page: Page) -> None:
    put_one_in(page)
    page.get_by_label("Your name").fill("Sanjida <b>")
    page.get_by_role("button", name="Place order").click()
    expect(page.locator("#phone-error")).not_to_be_empty()
    expect(page.locator("#district-error")).not_to_be_empty()
    expect(page.get_by_label("Your name")).to_have_value("Sanjida <b>")


def test_an_order_is_placed_paid_changed_and_cancelled(site: Site, page: Page) -> None:
    token = placed(page, "Plain Parveen")
    expect(page.get_by_text("Thank you. We have your order.")).to_be_visible()
    page.reload()
    expect(page.get_by_text("Thank you. We have your order.")).to_have_count(0)
    page.get_by_label("TrxID").fill("9K7PLAIN01")
    page.get_by_role("button", name="Send TrxID").click()
    expect(page.get_by_text("You sent TrxID 9K7PLAIN01").first).to_be_visible()
    page.get_by_text("Change the address").click()
    page.get_by_label("House, road").fill("House 8, Road 3, Dhanmondi")
    page.get_by_role("button", name="Save the address").click()
    expect(page.locator("address")).to_contain_text("House 8")
    page.get_by_text("Cancel this order").click()
    page.get_by_role("button", name="Yes, cancel it").click()
    order = site.db.read(lambda tx: rows.by_token(tx, token))
    assert order.status == "cancelled"


def test_a_form_sent_twice_places_one_order(site: Site) -> None:
    with httpx.Client(base_url=site.url, trust_env=False, follow_redirects=True) as visitor:
        cart = visitor.post("/cart", data={"sku": some_sku(site), "quantity": "1"})
        hidden = dict(re.findall(r'name="(key|shown)" value="([^"]+)"|$', cart.text)[:2])
        form = {"name": "Twice Tania", "phone": some_phone(), "district": "Dhaka", "line": "House 1, Road 2",
                "method": "cod", **hidden}  # fmt: skip
        cookies = dict(visitor.cookies)
        first = visitor.post("/checkout", data=form)
        again = httpx.post(f"{site.url}/checkout", data=form, cookies=cookies, trust_env=False)
    assert first.url.path.startswith("/t/")
    assert again.headers["location"].startswith(first.url.path)


def test_what_is_no_sku_is_not_kept_in_the_visitors_cookie(site: Site) -> None:
    with httpx.Client(base_url=site.url, trust_env=False) as visitor:
        for sku in ("x" * 60_000, "\u202e" * 300, "x" * 121):
            visitor.post("/cart", data={"sku": sku, "quantity": "1"})
        assert visitor.cookies["dokango_cart"] == "%7B%7D"


def test_an_order_is_found_by_number_and_phone(site: Site, page: Page) -> None:
    phone = some_phone()
    token = placed(page, "Found Farida", phone)
    number = site.db.read(lambda tx: rows.by_token(tx, token)).number
    page.goto("/track")
    page.get_by_label("Order number").fill(number)
    page.locator("#phone").fill("01999999999")
    page.get_by_role("button", name="Find my order").click()
    expect(page.locator(".sf-notice")).to_be_visible()
    page.locator("#phone").fill(phone.removeprefix("+880 "))
    page.get_by_role("button", name="Find my order").click()
    expect(page).to_have_url(re.compile(rf"/t/{token}"))


def test_what_plain_forms_put_into_the_cart_the_live_page_has_too(site: Site, tabs: Tabs) -> None:
    page = tabs.open("/track", viewport=PHONE)
    with page.expect_navigation():
        page.evaluate(
            """(sku) => {
            const form = document.createElement("form");
            form.method = "post"; form.action = "/cart";
            for (const [name, value] of [["sku", sku], ["quantity", "2"]]) {
                const field = document.createElement("input");
                field.name = name; field.value = value; form.append(field);
            }
            document.body.append(form); form.submit();
        }""",
            some_sku(site),
        )
    expect(page.locator("main[data-ready='1'] .sf-line")).to_have_count(1)
    expect(page.locator(".sf-cart")).to_contain_text("2")
