"""A shop with parcels whose cash couriers have, and payouts of them as files and sums."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import Any

import xlsxwriter
from sqlalchemy import select

from dokango.couriers.parcels import shipments
from dokango.couriers.parcels.paid_out import CourierPayout, CourierPayoutLine
from dokango.couriers.parcels.shipments import ParcelRow
from dokango.db import Tx, table_of
from dokango.importing.workbook import read_table
from dokango.orders import Context, Done, perform, place
from dokango.orders.lifecycle import commands as c
from dokango.payouts import columns
from dokango.payouts.book import book_payout
from dokango.payouts.findings import Finding, Matched
from dokango.payouts.from_table import statement_of
from dokango.payouts.match import match
from dokango.payouts.statement import Statement
from dokango.people.actor import Actor
from tests.small_shop import Shop, add_product, request

COD: dict[str, Any] = {"payment": {"method": "cod"}}
ENDLESS = "TEA"
HEADINGS = ("Invoice", "Consignment ID", "COD Amount", "Delivery Charge", "Paid Amount")
Row = tuple[object, ...]


def as_csv(*rows: Row, headings: tuple[str, ...] = HEADINGS) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([headings, *rows])
    return out.getvalue().encode()


def as_xlsx(*rows: Row, headings: tuple[str, ...] = HEADINGS, above: tuple[Row, ...] = ()) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet("Payout")
    for at, row in enumerate((*above, headings, *rows)):
        sheet.write_row(at, 0, row)
    book.close()
    return out.getvalue()


@dataclass
class Paying:
    """The shop, and the courier whose payouts come in."""

    shop: Shop
    courier: str = "rider"

    def delivered(self) -> Done:
        """A COD order of ৳900 that the rider delivered."""
        return self.shop.bring_to("delivered", ("MUG", 1), **COD)

    def many_delivered(self, count: int) -> list[Done]:
        """So many of them, in one transaction."""
        context, wanted = Context(self.shop.owner, self.shop.clock), request((ENDLESS, 1), **COD)

        def all_of_them(tx: Tx) -> list[Done]:
            add_product(tx, ENDLESS, "Tea", 80_000, tracks_stock=False)
            placed = [place(tx, context, wanted, channel="test") for _ in range(count)]
            for order in placed:
                for step in (c.Confirm(), c.Pack(), c.Ship(courier="manual", carrier="Rider"), c.Deliver()):
                    perform(tx, context, order.number, step)
            return placed

        return self.shop.db.write(all_of_them)

    def name(self, order: Done) -> str:
        return self.parcel(order).invoice

    def parcel(self, order: Done) -> ParcelRow:
        return self.shop.db.read(lambda tx: shipments.all_of(tx, order.order_id))[-1]

    def read(self, raw: bytes, reference: str = "SFC-1") -> Statement:
        sheet = read_table(raw)
        return statement_of(sheet, columns.likely(sheet), courier=self.courier, reference=reference, name="payout.csv")

    def look(self, statement: Statement) -> Matched:
        return self.shop.db.read(lambda tx: match(tx, statement))

    def book(self, statement: Statement, actor: Actor | None = None) -> Matched:
        """Preview, then book what was previewed."""
        seen = self.look(statement)
        context = Context(actor or self.shop.owner, self.shop.clock)
        self.shop.db.write(lambda tx: book_payout(tx, context, statement, seen.print))
        return seen

    def book_as_seen(self, statement: Statement, seen: str) -> None:
        """Book what was previewed as `seen`."""
        context = Context(self.shop.owner, self.shop.clock)
        self.shop.db.write(lambda tx: book_payout(tx, context, statement, seen))

    def found(self, statement: Statement) -> dict[str, Finding]:
        """What is found, by the name in the file."""
        return {finding.stated.name: finding for finding in self.look(statement).findings}

    def kept(self) -> list[Any]:
        """The payouts that are booked."""
        return self.shop.db.read(lambda tx: tx.rows(select(*table_of(CourierPayout).c)))

    def kept_lines(self) -> list[Any]:
        return self.shop.db.read(lambda tx: tx.rows(select(*table_of(CourierPayoutLine).c)))

    def open_poisha(self) -> int:
        """What the courier paid that is nobody's yet."""
        return -self.shop.balance(f"receivable:courier-open:{self.courier}")

    def by_hand(self, order: Done, amount: int, charge: int) -> None:
        self.shop.do(order, c.PayOut(amount_poisha=amount * 100, charge_poisha=charge * 100))
