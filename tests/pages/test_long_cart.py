"""A cart that is longer than a cookie may be: nobody loses it without a word, with scripts or without."""

from __future__ import annotations

import json
from urllib.parse import quote

import httpx
import pytest
from playwright.sync_api import expect

from dokango.language import say
from dokango.orders.placing.request import MOST_LINES
from dokango_web.routes.store.cart import COOKIE, MOST_CHARS, TOO_LONG
from tests.pages.site import Site, Tabs

LONG = json.dumps({f"নকশি কাঁথা বড় লাল {n}": 1 for n in range(40)}, ensure_ascii=False)
MOST_OF_A_COOKIE = 4_096  # RFC 6265, 6.1, with its name and attributes; browsers drop what is longer


def visitor(site: Site, cart: str = "") -> httpx.Client:
    """A browser without scripts, with `cart` as its cookie."""
    cookies = {COOKIE: cart} if cart else {}
    return httpx.Client(base_url=site.url, trust_env=False, follow_redirects=True, cookies=cookies)


@pytest.mark.parametrize("sku", ["নকশি কাঁথা বড় লাল {n}", "MUG-{n}"])
def test_a_form_that_finds_no_room_says_so_and_the_cart_stays(site: Site, sku: str) -> None:
    with visitor(site) as browser:
        for n in range(MOST_LINES + 1):
            answer = browser.post("/cart", data={"sku": sku.format(n=n), "quantity": "1"})
            header = next((h for r in answer.history for h in r.headers.get_list("set-cookie") if COOKIE in h), "")
            assert len(header) <= MOST_OF_A_COOKIE
            if not header:
                break
            before = browser.cookies[COOKIE]
        assert not header and say("cart_full", "en") in answer.text
        assert browser.cookies[COOKIE] == before
        assert say("cart_full", "en") not in browser.get("/checkout").text
        gone = browser.post("/cart/change", data={"sku": sku.format(n=0), "by": "0"})
        assert say("cart_full", "en") not in gone.text and len(browser.cookies[COOKIE]) < len(before)


def test_a_cart_of_the_live_page_that_no_cookie_holds_is_not_seen_as_it_was_before(site: Site, tabs: Tabs) -> None:
    assert len(quote(LONG, safe="")) > MOST_CHARS
    page = tabs.open("/track")
    cookie = f"() => document.cookie.split('; ').find(pair => pair.startsWith('{COOKIE}='))?.split('=')[1]"
    for kept, seen in (('{"MUG":1}', quote('{"MUG":1}', safe="")), (LONG, TOO_LONG), ("{}", "%7B%7D")):
        page.evaluate(f"kept => localStorage.setItem('{COOKIE}', kept)", kept)
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        assert page.evaluate(cookie) == seen


def test_what_no_cookie_holds_is_kept_and_told_on_the_plain_page(site: Site) -> None:
    with visitor(site, TOO_LONG) as browser:
        page = browser.get("/checkout").text
        assert say("cart_long", "en") in page and say("cart_empty.title", "en") not in page
        for path, form in (("/cart", {"sku": "MUG", "quantity": "1"}), ("/cart/change", {"sku": "MUG", "by": "0"})):
            answer = browser.post(path, data=form)
            assert not [h for r in answer.history for h in r.headers.get_list("set-cookie") if COOKIE in h]


def test_the_live_page_says_it_too(tabs: Tabs) -> None:
    page = tabs.open("/")
    page.locator(".sf-card:not(:has(.sf-badge))").first.click()
    page.get_by_role("button", name="Add to cart").click()
    expect(page.locator(".sf-count")).to_have_text("1")
    page.goto("/checkout?full=1")
    expect(page.locator("main[data-ready='1']").get_by_text(say("cart_full", "en"))).to_be_visible()
