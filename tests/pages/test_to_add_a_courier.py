"""README: to add a courier, touch one file and its row. Here it is chosen, booked and followed in a browser."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from dokango.clock import SystemClock
from dokango.orders.parcels import lists
from dokango.people.actor import Actor
from dokango.people.permissions import Role
from tests.pages.site import Site, Tabs, running_site
from tests.pages.warm import WarmTabs
from tests.small_shop import Shop, open_shop


@pytest.fixture(scope="module")
def shop_with_paperplane(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Site, Shop]]:
    """A small shop on a site whose COURIERS has one line more."""
    folder = tmp_path_factory.mktemp("paperplane")
    with running_site(folder, sample=False, module="tests.pages.paperplane_site") as site:
        clock, opening = SystemClock(), Actor(1, "Opening", Role.OWNER)
        open_shop(site.db, clock, opening)  # type: ignore[arg-type]
        yield site, Shop(site.db, clock, opening)  # type: ignore[arg-type]


def test_it_is_chosen_booked_and_followed(shop_with_paperplane: tuple[Site, Shop], warm: WarmTabs) -> None:
    site, shop = shop_with_paperplane
    number = str(shop.bring_to("packed", ("SARI", 1), payment={"method": "cod"}).number)
    tabs = Tabs(site, warm)
    page = tabs.open("/shipping", "owner")
    page.get_by_role("button", name=f"Send #{number} by a courier").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Courier").select_option("Paperplane")
    expect(dialog).to_contain_text(f"Send #{number} to Paperplane")
    dialog.get_by_text("What Paperplane will read").click()
    expect(dialog.get_by_text("Pilot flies to")).to_be_visible()
    dialog.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_text(f"#{number}: Paperplane has the parcel: PP1.")).to_be_visible()

    page.goto("/shipping?tab=in_transit")
    expect(page.locator(f'[data-row="{number}"]')).to_contain_text("Paperplane")
    page.get_by_role("button", name=f"Open the parcel of #{number}").click()
    drawer = page.get_by_role("dialog")
    drawer.get_by_label("Move this practice parcel to").select_option("landed")
    drawer.get_by_role("button", name="Move").click()
    page.keyboard.press("Escape")
    page.locator(f'[data-row="{number}"]').get_by_role("button", name="Sync").click()
    expect(page.get_by_text("No parcel is on its way")).to_be_visible()
    parcel = site.db.read(lambda tx: lists.parcel_file(tx, number)).parcel
    assert (parcel.courier, parcel.status, shop.balance("receivable:courier:paperplane")) == (
        "paperplane", "delivered", 130_000,
    )  # fmt: skip

    page.goto("/settings?part=couriers")
    expect(page.get_by_label("Club number")).to_be_visible()
    tabs.close()
    assert tabs.unexpected() == []
