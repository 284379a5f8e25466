"""One customer on their own page: record, money, notes, and a page of their orders."""

from __future__ import annotations

import reflex as rx

from dokango import topics
from dokango.errors import NotFound
from dokango.orders.reading.of_customer import CustomerPage, customer_page
from dokango.paging import NotOurCursor
from dokango.people.permissions import Permission
from state.customers.text import CUSTOMERS_PAGE, Row, credit_in_words, customer_in_words, note_in_words, order_in_words
from state.kit import live
from state.kit.payload import words
from state.kit.session import allow, current_actor
from state.kit.turns import cursor_in, turns
from state.kit.work import now_us


class CustomerState(rx.State):
    """Everything of one customer, in words."""

    customer: Row = {}
    labels: list[str] = []
    phones: list[Row] = []
    notes: list[Row] = []
    credits: list[Row] = []
    orders: list[Row] = []
    previous_url: str = ""
    next_url: str = ""
    missing: str = ""
    loading: bool = True
    _phone: str = ""
    _cursor: str = ""

    @rx.event
    @allow(Permission.VIEW_CUSTOMERS)
    async def load(self) -> None:
        """The page's on_load: the number is the last part of the path."""
        self._phone = words(self.router.url.path.rstrip("/").rpartition("/")[2], 60)
        self._cursor = cursor_in(self.router.url.query_parameters.get("cursor", ""))
        live.watch(self, topics.CUSTOMERS, topics.ORDERS)
        await self._refresh()

    async def _refresh(self) -> None:
        actor, phone, cursor = current_actor(), self._phone, self._cursor
        try:
            page: CustomerPage = await live.once(
                ("customer", phone, cursor, actor.role), lambda tx: customer_page(tx, actor, phone, cursor)
            )
        except NotOurCursor:
            self._cursor = ""
            return await self._refresh()
        except NotFound as error:
            self.missing, self.loading, self.customer = (
                f"{error} A customer is found by their mobile number, or in the list.",
                False,
                {},
            )
            return None
        self._take(page)
        return None

    def _take(self, page: CustomerPage) -> None:
        now, main = now_us(), page.customer.phone
        self.customer, self.labels = customer_in_words(page), list(page.labels)
        self.phones = [{"phone": phone, "said": phone[:5] + "-" + phone[5:]} for phone in page.phones]
        self.notes = [note_in_words(note) for note in page.notes.rows]
        self.credits = [credit_in_words(entry) for entry in page.credits]
        self.orders = [order_in_words(order, main, now) for order in page.orders.rows]
        self.previous_url, self.next_url = turns(page.orders, lambda at: f"{CUSTOMERS_PAGE}/{main}?cursor={at}")
        self.missing, self.loading = "", False
