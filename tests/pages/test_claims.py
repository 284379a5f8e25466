"""A lost parcel is claimed in a browser: its case, the dialog, a photo, what came in; on a laptop and on a phone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from dokango.ledger.balances import trial_balance
from dokango.orders import Context
from dokango.orders.claims import rows
from dokango.orders.claims.forms import OpenClaim
from dokango.orders.claims.steps import open_claim
from dokango.orders.lifecycle import commands as c
from tests.api.test_api_claims import red_square
from tests.pages.desk_orders import COLLEAGUE, do, order, place_order
from tests.pages.looks import assert_looks_right, fits, violations
from tests.pages.site import LAPTOP, PHONE, Site, Tabs, arrive, walk
from tests.pages.test_fingers import SMALL
from tests.pages.test_problems import row

HOSTILE = '<img src=x onerror="alert(1)"> #import "x" \\ *never* রাস্তায় হারিয়ে গেছে'


def lost(site: Site) -> str:
    """The number of an order whose parcel was given up."""
    number = place_order(site, units=2).number
    for command in (c.Confirm(), c.Pack(), c.Ship(courier="manual", carrier="Own rider"), c.LoseParcel(reason="gone")):
        do(site, number, command)
    return number


def claimed(site: Site, words: str = "Never arrived") -> tuple[str, int]:
    """A lost order's number, and its claim."""
    number = lost(site)
    form = OpenClaim(kind="lost", claimed_poisha=160_000, words=words)
    claim = site.db.write(lambda tx: open_claim(tx, Context(COLLEAGUE, site.clock), number, form))
    return number, claim.id


def written_off(site: Site) -> dict[str, int]:
    books = {b.account: b.balance_poisha for b in site.db.read(trial_balance)}
    return {name: books.get(name, 0) for name in ("expense:write-off", "income:claims", "cash:bank")}


def photo(tmp_path: Path) -> Path:
    """A picture whose name is no picture's."""
    file = tmp_path / "'; DROP TABLE claim_photo; --<b>..%2f.png"
    file.write_bytes(red_square())
    return file


@pytest.mark.parametrize("viewport", [LAPTOP, PHONE], ids=["laptop", "phone"])
def test_a_lost_parcel_is_claimed_with_a_photo_and_what_came_in_stands_against_the_loss(
    site: Site, tabs: Tabs, tmp_path: Path, viewport: dict[str, int]
) -> None:
    number = lost(site)
    before = written_off(site)
    page = tabs.open("/problems?kind=to_claim", "owner", viewport=viewport)
    row(page, number).get_by_role("button", name=f"Claim it… for #{number}").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label("Claimed, ৳")).to_have_value("1,600")
    dialog.get_by_label("In your words, for the courier").fill(HOSTILE)
    dialog.get_by_label("Claimed", exact=True).fill("9")
    dialog.get_by_role("button", name="Open the claim").click()
    expect(dialog).to_contain_text("Only 2 of DESK-MUG can be claimed")
    expect(dialog.get_by_label("In your words, for the courier")).to_have_value(HOSTILE)
    dialog.get_by_label("Claimed", exact=True).fill("2")
    dialog.get_by_role("button", name="Open the claim").click()
    page.wait_for_url(re.compile(r"/problems/claims/\d+"))
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Claim · #{number}")
    expect(page.get_by_text(HOSTILE)).to_be_visible()

    page.get_by_label("Choose a photo").set_input_files(photo(tmp_path))
    page.locator("form").filter(has=page.get_by_label("Choose a photo")).get_by_role("button", name="Add it").click()
    expect(page.get_by_role("list", name="Photos").get_by_role("img")).to_have_count(1)
    paper = page.request.get(page.get_by_role("link", name="PDF").get_attribute("href") or "")
    assert (paper.status, paper.headers["content-type"]) == (200, "application/pdf")

    page.get_by_role("button", name="Say what came in…").click()
    dialog.get_by_label("Came into the bank, ৳").fill("1600")
    dialog.get_by_label("Reference").fill("NEFT 7")
    dialog.get_by_role("button", name="Book it").click()
    expect(dialog).to_be_hidden()
    expect(page.get_by_text("NEFT 7")).to_be_visible()
    after = written_off(site)
    assert {name: after[name] - before[name] for name in before} == {
        "expense:write-off": -100_000, "income:claims": -60_000, "cash:bank": 160_000,
    }  # fmt: skip
    arrive(page, f"/orders/{number}")
    expect(page.get_by_role("link", name="Lost: ৳1,600")).to_be_visible()
    expect(page.get_by_role("button", name="Claim from Own rider…")).to_have_count(0)


def test_a_claim_goes_by_keyboard_and_is_refused_with_a_reason(site: Site, tabs: Tabs) -> None:
    number, claim_id = claimed(site)
    page = tabs.open("/problems", "owner")
    page.get_by_role("link", name="Claims").click()
    page.wait_for_url("**/problems/claims")
    page.locator(f"[data-row='{claim_id}']").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(rf"/problems/claims/{claim_id}/?$"))
    page.get_by_role("button", name="Refused…").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Why, as the courier says").fill("No proof of packing")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(dialog).to_be_hidden()
    expect(page.get_by_text("No proof of packing")).to_be_visible()
    assert site.db.read(lambda tx: rows.by_id(tx, claim_id)).state == "refused"
    assert order(site, number).status == "returned"


def test_claims_are_accessible_and_fit(site: Site, tabs: Tabs) -> None:
    number, claim_id = claimed(site, "হারিয়ে গেছে " + "x" * 80)
    page = tabs.open("/problems/claims", "owner")
    for path in ("/problems/claims", f"/problems/claims/{claim_id}", "/problems/claims/999999", f"/orders/{number}"):
        walk(page, path)
        expect(page.locator(".dk-loading")).to_have_count(0)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert_looks_right(page)
    walk(page, f"/problems/claims/{claim_id}")
    for button in ("Say what came in…", "Refused…"):
        page.get_by_role("button", name=button).click()
        expect(page.get_by_role("dialog")).to_be_visible()
        assert_looks_right(page, "[role=dialog]", button)
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_be_hidden()


def test_every_control_of_a_claim_fits_a_finger(site: Site, tabs: Tabs) -> None:
    number, claim_id = claimed(site)
    page = tabs.open(f"/problems/claims/{claim_id}", "owner", viewport=PHONE)
    expect(page.get_by_role("button", name="Refused…")).to_be_visible()
    assert page.evaluate(SMALL, "body") == []
    for button in ("Say what came in…", "Refused…"):
        page.get_by_role("button", name=button).click()
        expect(page.get_by_role("dialog")).to_be_visible()
        assert page.evaluate(SMALL, "[role=dialog]") == []
        page.keyboard.press("Escape")
    other = lost(site)
    arrive(page, f"/orders/{other}")
    page.get_by_role("button", name="Claim from Own rider…").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert page.evaluate(SMALL, "[role=dialog]") == []
    assert violations(page, "[role=dialog]") == [] and fits(page)
    assert number != other
