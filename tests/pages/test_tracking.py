"""The tracking page: useful before JavaScript, live after it, and closed to everybody without the link."""

from __future__ import annotations

import itertools
import re

import httpx
import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from dokango.db import table_of
from dokango.orders import Context, perform
from dokango.orders.book.models import Order
from dokango.orders.customer import steps
from dokango.orders.lifecycle import commands as c
from dokango.orders.placing.checkout_form import Placed, place_once, wanted_of
from dokango.people.actor import SYSTEM, customer
from dokango_web.routes.store.html import el
from tests.pages.site import PHONE, Site, Tabs

_keys = itertools.count()
_O = table_of(Order)
FORM = {"name": "Rahima <b>Akter</b>", "district": "Dhaka", "area": "Dhanmondi",
        "line": "House 7, Road 3", "method": "bkash"}  # fmt: skip


def place(site: Site, **form: str) -> Placed:
    """A fresh order of one jar of honey, by somebody with a phone of their own."""
    key = next(_keys)
    wanted = wanted_of({**FORM, "phone": f"0171100{key:04d}", **form}, {"HNY-SUN-500": 1})
    context = Context(customer("Rahima"), site.clock)
    return site.db.write(lambda tx: place_once(tx, context, f"tracking-{key}", wanted, locale="en"))


def staff_do(site: Site, placed: Placed, *commands: c.Command) -> None:
    """Steps of the shop's."""
    for command in commands:
        site.db.write(lambda tx, command=command: perform(tx, Context(SYSTEM, site.clock), placed.number, command))


def status_of(site: Site, placed: Placed) -> str:
    """The order's status in the database."""
    return str(site.db.read(lambda tx: tx.value(select(_O.c.status).where(_O.c.number == placed.number))))


def see(tabs: Tabs, placed: Placed) -> Page:
    """Its page, on a phone."""
    page = tabs.open(f"/t/{placed.token}", viewport=PHONE)
    page.wait_for_selector('main[data-ready="1"]')
    return page


def test_a_plain_get_answers_with_the_order_and_is_kept_nowhere(site: Site) -> None:
    placed = place(site)
    for path in (f"/t/{placed.token}", f"/t/{placed.token}/"):
        answer = httpx.get(site.url + path)
        assert (answer.status_code, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["referrer-policy"] == "same-origin"
        assert answer.headers["x-robots-tag"] == "noindex, nofollow"
        for words in (f"Order #{placed.number}", "Waiting for your payment of ৳920.", "Sundarban honey", "৳920",
                      'href="tel:', "noindex"):  # fmt: skip
            assert words in answer.text


@pytest.mark.parametrize("token", ["nobody", "%00", "..%2f..%2fetc", "' OR 1=1 --", "x" * 5_000])
def test_a_link_that_leads_nowhere_is_404_and_tells_nothing(site: Site, token: str) -> None:
    answer = httpx.get(f"{site.url}/t/{token}")
    assert answer.status_code in (404, 414, 431)
    assert "Order #" not in answer.text


def test_html_is_escaped_by_what_writes_the_first_page() -> None:
    assert el("p", '<script>"&', title='"><b>', class_="x") == (
        '<p title="&quot;&gt;&lt;b&gt;" class="x">&lt;script&gt;&quot;&amp;</p>'
    )
    assert el("p", el("b", "x"), None) == "<p><b>x</b></p>"


def test_the_page_is_readable_while_javascript_is_not_there(site: Site, tabs: Tabs) -> None:
    placed = place(site)
    context = tabs.browser.new_context(base_url=site.url, viewport=PHONE, java_script_enabled=False)  # type: ignore[arg-type]
    tabs.contexts.append(context)
    page = context.new_page()
    page.goto(f"/t/{placed.token}")
    expect(page.get_by_role("heading", level=1)).to_have_text("Waiting for your payment of ৳920.")
    expect(page.get_by_text("Sundarban honey")).to_be_visible()


def test_react_takes_the_page_over_without_a_complaint_and_the_first_page_goes(site: Site, tabs: Tabs) -> None:
    placed = place(site)
    page = tabs.open("/track", viewport=PHONE, fresh=True)
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"/t/{placed.token}")
    page.wait_for_selector('main[data-ready="1"]')
    expect(page.locator("first-page")).to_have_count(0)
    expect(page.locator("address")).to_contain_text("Rahima <b>Akter</b>")
    assert complaints == []


def test_every_step_shows_by_itself(site: Site, tabs: Tabs) -> None:
    placed = place(site, method="cod")
    page = see(tabs, placed)
    sentence = page.get_by_role("heading", level=1)
    expect(sentence).to_have_text("We have your order and will confirm it soon.")
    staff_do(site, placed, c.Confirm(), c.Pack())
    expect(sentence).to_have_text("Packed. It goes to the courier next.")
    staff_do(site, placed, c.Ship(courier="manual", carrier="Sundarban", tracking_code="SB-77"))
    expect(sentence).to_have_text("On its way with Sundarban.")
    expect(page.get_by_text("SB-77")).to_be_visible()
    expect(page.get_by_text("The rider collects")).to_be_visible()
    expect(page.get_by_text("Change the address")).to_have_count(0)
    staff_do(site, placed, c.Deliver())
    expect(sentence).to_have_text("Delivered. Thank you!")


def test_a_trx_id_is_sent_corrected_and_after_a_rejection_sent_again(site: Site, tabs: Tabs) -> None:
    placed = place(site)
    page = see(tabs, placed)
    expect(page.locator("[data-wallet]")).to_have_count(1)
    page.fill("#transaction_id", "ΗELLO12345")  # a Greek eta
    page.get_by_role("button", name="Send TrxID").click()
    expect(page.locator("#transaction_id-error")).to_contain_text("greek")
    expect(page.locator("#transaction_id")).to_have_value("ΗELLO12345")
    page.fill("#transaction_id", f"trk{placed.number} a")
    page.get_by_role("button", name="Send TrxID").click()
    expect(page.get_by_text(f"You sent TrxID TRK{placed.number}A (bKash).")).to_be_visible()
    page.get_by_text("Correct the TrxID").click()
    page.fill("#transaction_id", f"TRK{placed.number}B")
    page.get_by_role("button", name="Send TrxID").click()
    expect(page.get_by_text(f"You sent TrxID TRK{placed.number}B")).to_have_count(2)  # the panel and the history
    staff_do(site, placed, c.RejectClaim(reason="It is for another shop."))
    expect(page.get_by_text("It is for another shop.")).to_be_visible()


def test_the_address_is_fixed_and_a_dearer_district_is_not(site: Site, tabs: Tabs) -> None:
    placed = place(site)
    page = see(tabs, placed)
    page.get_by_text("Change the address").click()
    page.fill("#line", "House 8, Road 4")
    page.get_by_role("button", name="Save the address").click()
    expect(page.locator("address")).to_contain_text("House 8, Road 4")
    page.select_option("#district", "Sylhet")
    page.get_by_role("button", name="Save the address").click()
    expect(page.get_by_text("Call the shop to change the district")).to_be_visible()
    expect(page.locator("address")).to_contain_text("Dhaka")


def test_a_pending_order_is_cancelled_only_after_saying_so_twice(site: Site, tabs: Tabs) -> None:
    placed = place(site)
    page = see(tabs, placed)
    page.get_by_text("Cancel this order").click()
    assert status_of(site, placed) == "pending"
    page.get_by_role("button", name="Yes, cancel it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("This order was cancelled.")
    assert status_of(site, placed) == "cancelled"


def test_a_stale_click_is_refused_without_naming_staff(site: Site, tabs: Tabs) -> None:
    placed = place(site)
    page = see(tabs, placed)
    page.get_by_text("Cancel this order").click()
    site.db.write(
        lambda tx: steps.send_trx_id(
            tx, site.clock, placed.token, {"wallet": "bkash", "trx_id": f"STALE{placed.number}"}
        )
    )
    page.get_by_role("button", name="Yes, cancel it").click()
    seen = page.get_by_text(re.compile("The order changed while you looked at it|This order was cancelled"))
    expect(seen.first).to_be_visible()
    assert "SYSTEM" not in page.inner_text("body") and "DokanGo did" not in page.inner_text("body")


def test_track_answers_a_wrong_number_and_a_wrong_phone_alike(site: Site, tabs: Tabs) -> None:
    placed = place(site, phone="01711000000")
    page = tabs.open("/track", viewport=PHONE)
    page.wait_for_selector('main[data-ready="1"]')
    answers = []
    for number, phone in (("99999", "01711000000"), (placed.number, "01811000000")):
        page.fill("#number", number)
        page.fill("#phone", phone)
        page.get_by_role("button", name="Find my order").click()
        expect(page.locator(".sf-notice")).to_be_visible()
        answers.append(page.locator(".sf-notice").inner_text())
    assert len(set(answers)) == 1
    page.fill("#number", f"#{placed.number}")
    page.fill("#phone", "+880 1711-000000")
    page.get_by_role("button", name="Find my order").click()
    page.wait_for_url(f"**/t/{placed.token}")


def test_no_page_of_the_staffs_is_loaded_with_a_customers(site: Site, tabs: Tabs) -> None:
    page = tabs.open("/track", viewport=PHONE, fresh=True)
    scripts: list[str] = []
    page.on("response", lambda answer: scripts.append(answer.text()) if answer.url.endswith(".js") else None)
    page.goto(f"/t/{place(site).token}")
    page.wait_for_selector('main[data-ready="1"]')
    everything = "\n".join(scripts)
    assert "sf-standing" in everything
    for words in ("Sign out", "Pick list", "Mark as paid", "Trial balance", "Receive goods"):
        assert words not in everything


def test_thanks_are_said_once_and_the_address_is_kept_clean(site: Site, tabs: Tabs) -> None:
    placed = place(site)
    page = tabs.open(f"/t/{placed.token}?placed=1", viewport=PHONE)
    thanks = page.locator("main .sf-thanks")
    expect(thanks).to_be_visible()
    page.wait_for_url(re.compile(f"/t/{placed.token}/?$"))
    expect(thanks).to_be_visible()
    page.reload()
    page.wait_for_selector('main[data-ready="1"]')
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(thanks).to_have_count(0)
