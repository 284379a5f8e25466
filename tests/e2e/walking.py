"""What the customer and the staff do in their browsers, as verbs."""

from __future__ import annotations

import re
from dataclasses import dataclass

from playwright.sync_api import Page, expect

from tests.pages.site import PHONE, Tabs, arrive


@dataclass(frozen=True)
class Buyer:
    """A customer on a phone."""

    page: Page

    def order(self, slug: str, quantity: int, pay: str) -> str:
        """Put `quantity` of a product in the cart and place the order; its number, from the tracking page."""
        page = self.page
        arrive(page, f"/p/{slug}")
        for _ in range(quantity - 1):
            page.get_by_role("button", name="One more").click()
        expect(page.get_by_text(f"Quantity {quantity}")).to_be_attached()
        page.get_by_role("button", name="Add to cart").click()
        expect(page.get_by_text(f"{quantity} items in your cart")).to_be_attached()
        arrive(page, "/checkout")
        page.get_by_label("Your name").fill("Rahima Akter")
        page.get_by_label("Mobile number").fill("০১৭১১০০০০০০")
        page.get_by_label("District").select_option("Dhaka")
        page.get_by_label("Area or thana").fill("Dhanmondi")
        page.get_by_label("House, road, village").fill("House 7, Road 3")
        page.get_by_role("radio", name=pay).check()
        page.get_by_role("button", name=re.compile("Place order")).click()
        page.wait_for_url(re.compile("/t/"))
        heading = page.get_by_text(re.compile(r"Order #\d+")).first.inner_text()
        found = re.search(r"#(\d+)", heading)
        assert found
        return found[1]

    def sends(self, trx_id: str) -> None:
        """Type the wallet's TrxID on the tracking page."""
        self.page.get_by_role("textbox", name="TrxID").fill(trx_id)
        self.page.get_by_role("button", name="Send TrxID").click()

    def sees(self, sentence: str | re.Pattern[str]) -> None:
        """The tracking page's big sentence becomes `sentence`, without a reload."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(sentence)


@dataclass(frozen=True)
class Desk:
    """A member of the staff at the order's page."""

    page: Page

    def opens(self, number: str) -> None:
        """From the list, by its number."""
        arrive(self.page, "/orders?tab=all")
        self.page.get_by_role("link", name=f"#{number}").first.click()
        expect(self.page.get_by_role("heading", name=f"Order #{number}")).to_be_visible()

    def clicks(self, name: str) -> None:
        """The order's button called `name`."""
        self.page.get_by_role("button", name=name, exact=True).first.click()

    def marks_received(self, amount: str) -> None:
        """Verify the payment that waits, with the `amount` that the wallet shows."""
        self.clicks("Verify payment")
        self.page.get_by_label("Amount received").fill(amount.removeprefix("৳"))
        self.page.get_by_role("button", name=re.compile(f"Mark {re.escape(amount)} received")).click()

    def packs(self) -> None:
        """Tick the whole checklist, and mark the parcel as packed."""
        self.clicks("Mark as packed…")
        dialog = self.page.get_by_role("dialog", name="Pack this order")
        for box in dialog.get_by_role("checkbox").all():
            box.check()
        dialog.get_by_role("button", name="Mark as packed").click()

    def hands_to(self, carrier: str, tracking_code: str) -> None:
        """Ship by hand."""
        self.clicks("Mark as shipped…")
        dialog = self.page.get_by_role("dialog")
        dialog.get_by_label("Who carries it").fill(carrier)
        dialog.get_by_label("Tracking code").fill(tracking_code)
        dialog.get_by_role("button", name="Mark as shipped").click()


def meet(tabs: Tabs) -> tuple[Buyer, Desk]:
    """A customer on a phone, and a manager at a laptop."""
    return Buyer(tabs.open("/", viewport=PHONE)), Desk(tabs.open("/orders", "manager"))
