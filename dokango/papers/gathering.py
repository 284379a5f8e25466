"""Orders as they are printed: the facts for each paper, read from the database."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from dokango import audit
from dokango.couriers.parcels import shipments
from dokango.couriers.parcels.shipments import ParcelRow
from dokango.db import Tx, typed
from dokango.errors import InvalidInput, NotFound
from dokango.orders.book.rows import LINE, ORDER, WITH_PARCEL, LineRow, OrderRow
from dokango.orders.packing import lists
from dokango.papers.cards import OrderPaper, PaperLine, PickLine, ShopCard
from dokango.papers.standing import standing_of
from dokango.payments.methods import said_method
from dokango.shop.profile import load_profile
from dokango.text import said_once

MOST_AT_ONCE = 200


def numbers_in(listed: str) -> list[str]:
    """The order numbers of a comma-separated list, each once. Raises InvalidInput for none, or too many."""
    numbers = list(dict.fromkeys(part.strip().lstrip("#") for part in listed.split(",") if part.strip()))
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
    wanted = typed(OrderRow, WITH_PARCEL.where(ORDER.c.number.in_(list(numbers))))
    found = {row.number: row for row in tx.rows(wanted)}
    for number in numbers:
        if number not in found:
            raise NotFound("order", number[:40])
    ids = [row.id for row in found.values()]
    lines, parcels = _lines(tx, ids), shipments.live_of_each(tx, ids)
    why = audit.reasons_of(tx, [row.id for row in found.values() if row.status == "cancelled"], "cancelled")
    orders = [found[number] for number in numbers]
    return [paper_of(row, lines.get(row.id, []), parcels.get(row.id), why.get(row.id, "")) for row in orders]


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


def left_out(tx: Tx, numbers: Sequence[str]) -> list[str]:
    """Those of the orders for which nothing is to be brought, each with why: "#1042 cancelled"."""
    standing = lists.standing(tx, numbers)
    return [f"#{number} {row.status}" for number, row in standing.items() if row.status not in lists.STILL_HERE]


def full_address(row: OrderRow) -> str:
    """Line, area, city and district of an order, each said once, on as few lines as an envelope."""
    places = ", ".join(said_once((row.area, row.city, row.district)))
    return "\n".join(part for part in (row.address_line.strip(), places) if part)


def paper_of(order: OrderRow, lines: Sequence[LineRow], parcel: ParcelRow | None, why: str = "") -> OrderPaper:
    """An order with its lines and its live parcel as papers know it; `why` it was cancelled."""
    taken = parcel if parcel is not None and parcel.booking == "booked" else None
    return OrderPaper(
        number=order.number,
        status=order.status,
        placed_us=order.placed_at,
        name=order.name,
        phone=order.phone,
        address=full_address(order),
        lines=tuple(
            PaperLine(line.sku, line.title, line.variant_title, line.quantity, line.unit_price_poisha) for line in lines
        ),
        subtotal_poisha=order.subtotal_poisha,
        delivery_poisha=order.delivery_poisha,
        discount_poisha=order.discount_poisha,
        forgiven_poisha=order.forgiven_poisha,
        total_poisha=order.total_poisha,
        paid_poisha=order.paid_poisha,
        due_poisha=order.due_poisha,
        standing=standing_of(order, parcel, why),
        refund_due_poisha=order.refund_due_poisha,
        refunded_poisha=order.refunded_poisha,
        payment=said_method(order.payment_method),
        note=order.note,
        courier=taken.carrier if taken else "",
        tracking_code=_code(taken) if taken else "",
        fragile=bool(order.fragile),
    )


def _code(parcel: ParcelRow) -> str:
    """What the courier calls the parcel: by its tracking code, before there is one by its id."""
    return parcel.tracking_code or (f"id {parcel.consignment_id}" if parcel.consignment_id else "")


def _lines(tx: Tx, order_ids: list[int]) -> dict[int, list[LineRow]]:
    by_order: dict[int, list[LineRow]] = {}
    wanted = select(*LINE.c).where(LINE.c.order_id.in_(order_ids)).order_by(LINE.c.order_id, LINE.c.id)
    for line in tx.rows(typed(LineRow, wanted)):
        by_order.setdefault(line.order_id, []).append(line)
    return by_order
