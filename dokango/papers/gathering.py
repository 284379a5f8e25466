"""Orders as they are printed: the facts for each paper, read from the database."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import and_, select

from dokango.db import Tx
from dokango.errors import InvalidInput, NotFound
from dokango.orders.book.rows import LINE, ORDER, SHIPMENT
from dokango.orders.packing import lists
from dokango.papers.cards import OrderPaper, PaperLine, PickLine, ShopCard
from dokango.payments.methods import is_paid_on_delivery, said_method
from dokango.shop.profile import load_profile
from dokango.text import said_once

MOST_AT_ONCE = 200
_TO_COLLECT = ("pending", "confirmed", "shipped")


def numbers_in(typed: str) -> list[str]:
    """The order numbers of a comma-separated list, each once. Raises InvalidInput for none, or too many."""
    numbers = list(dict.fromkeys(part.strip().lstrip("#") for part in typed.split(",") if part.strip()))
    if not numbers:
        raise InvalidInput({"orders": "Choose the orders to print first."})
    if len(numbers) > MOST_AT_ONCE:
        raise InvalidInput({"orders": f"Print at most {MOST_AT_ONCE} orders at once; {len(numbers)} were chosen."})
    return numbers


def shop_card(tx: Tx) -> ShopCard:
    """The head of every paper, from the shop's settings."""
    profile = load_profile(tx)
    return ShopCard(profile.name, profile.phone, profile.address, invoice_prefix=profile.invoice_prefix)


def papers(tx: Tx, numbers: Sequence[str]) -> list[OrderPaper]:
    """The orders of `numbers`, in that order. Raises NotFound for one that is not there."""
    wanted = (
        select(*ORDER.c, SHIPMENT.c.carrier, SHIPMENT.c.tracking_code, SHIPMENT.c.cod_poisha, SHIPMENT.c.booking)
        .select_from(ORDER.outerjoin(SHIPMENT, and_(SHIPMENT.c.order_id == ORDER.c.id, SHIPMENT.c.live == 1)))
        .where(ORDER.c.number.in_(list(numbers)))
    )
    found = {row.number: row for row in tx.rows(wanted)}
    for number in numbers:
        if number not in found:
            raise NotFound("order", number[:40])
    lines = _lines(tx, [row.id for row in found.values()])
    return [_paper(found[number], lines.get(found[number].id, [])) for number in numbers]


def pick_lines(tx: Tx, numbers: Sequence[str]) -> list[PickLine]:
    """What to bring from the shelf for the orders of `numbers`, one line a SKU, as it is printed."""
    found: dict[str, PickLine] = {}
    for row in lists.picks(tx, numbers):
        seen = found.get(row.sku)
        orders = ((row.number, row.quantity),)
        found[row.sku] = PickLine(
            row.sku,
            row.title,
            row.variant_title,
            row.quantity + (seen.quantity if seen else 0),
            row.on_hand,
            (seen.orders if seen else ()) + orders,
        )
    return list(found.values())


def full_address(row: Any) -> str:
    """Line, area, city and district of an order, each said once, on as few lines as an envelope."""
    places = ", ".join(said_once((row.area, row.city, row.district)))
    return "\n".join(part for part in (row.address_line.strip(), places) if part)


def to_collect(row: Any) -> int:
    """What the rider takes at the door, in poisha: what the courier was told, else what is due on delivery."""
    if row.booking == "booked" and row.status in _TO_COLLECT:
        return int(row.cod_poisha)
    return int(row.due_poisha) if is_paid_on_delivery(row.payment_method) and row.status in _TO_COLLECT else 0


def _lines(tx: Tx, order_ids: list[int]) -> dict[int, list[Any]]:
    by_order: dict[int, list[Any]] = {}
    for line in tx.rows(select(*LINE.c).where(LINE.c.order_id.in_(order_ids)).order_by(LINE.c.order_id, LINE.c.id)):
        by_order.setdefault(line.order_id, []).append(line)
    return by_order


def _paper(row: Any, lines: list[Any]) -> OrderPaper:
    return OrderPaper(
        number=row.number,
        placed_us=row.placed_at,
        name=row.name,
        phone=row.phone,
        address=full_address(row),
        lines=tuple(
            PaperLine(line.sku, line.title, line.variant_title, line.quantity, line.unit_price_poisha) for line in lines
        ),
        subtotal_poisha=row.subtotal_poisha,
        delivery_poisha=row.delivery_poisha,
        total_poisha=row.total_poisha,
        paid_poisha=row.paid_poisha,
        due_poisha=row.due_poisha,
        collect_poisha=to_collect(row),
        payment=said_method(row.payment_method),
        note=row.note,
        courier=row.carrier or "",
        tracking_code=row.tracking_code or "",
        fragile=bool(row.fragile),
    )
