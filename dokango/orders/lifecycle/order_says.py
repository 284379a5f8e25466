"""What an order says of its parcel, and what its courier was told instead: kept together, to be compared later."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping

from dokango.couriers.kind.parcel_limits import clean
from dokango.orders.book.rows import OrderRow
from dokango.text import said_once

NOTE_LENGTH = 480
Said = Mapping[str, str | int]
# What a courier need not be told: of these it knows nothing unless it was, whatever the order says.
UNTOLD: Said = {"alternative_phone": "", "recipient_email": "", "hub_pickup": 0}


def order_says(order: OrderRow, weight_g: int) -> dict[str, str | int]:
    """By the names of a parcel's fields; `weight_g` is that of its goods, 0 where nobody said it."""
    return {
        "recipient_name": order.name,
        "recipient_phone": order.phone,
        "recipient_address": address_of(order),
        "note": note_of(order),
        "weight_g": weight_g,
        "alternative_phone": "",
        "recipient_email": order.email,
        "hub_pickup": 0,
    }


def told_beside(says: Said, told: Mapping[str, object], takes: Collection[str] = UNTOLD.keys()) -> str:
    """For the parcel's row: by field, what the courier was told and what the order said then.

    What `told` leaves out was told as the order said it, or not at all where it need not be (UNTOLD); of those the
    courier was told what it `takes`.
    """
    known = {name: value for name, value in told.items() if name not in UNTOLD or name in takes}
    pairs = {name: [_kept(known.get(name, UNTOLD.get(name, said))), said] for name, said in says.items()}
    return json.dumps(pairs, ensure_ascii=False)


def _kept(value: object) -> object:
    return int(value) if isinstance(value, bool) else value


def address_of(order: OrderRow) -> str:
    """The full address in one line, without saying a place twice."""
    return ", ".join(said_once((order.address_line, order.area, order.city, order.district)))


def note_of(order: OrderRow) -> str:
    """What the rider should know."""
    fragile = "FRAGILE." if order.fragile else ""
    return shortened(clean(f"{fragile} {order.note}"), NOTE_LENGTH)


def shortened(words: str, most: int) -> str:
    """Cut to `most` characters, and seen to be."""
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"
