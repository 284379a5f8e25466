"""The press: facts in, PDF out. Text of people travels as data beside the template and is never read as markup."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import typst

from dokango.clock import day_of, said, said_day
from dokango.money import taka
from dokango.papers import code128, qr
from dokango.papers.cards import OrderPaper, PaperLine, PickLine, ShopCard
from dokango.papers.wrapping import breakable, shortened
from dokango.people.phones import said_phone
from dokango.text import how_many

_HERE = Path(__file__).parent
_TEMPLATES = _HERE / "templates"
_FONTS = _HERE / "fonts"


def labels(shop: ShopCard, orders: Sequence[OrderPaper], *, on_sheets: bool = False) -> bytes:
    """Shipping labels of 100 × 150 mm, one a page; `on_sheets` four to a page of A4."""
    data = {"shop": _shop(shop), "orders": [_label(order) for order in orders], "sheets": on_sheets}
    return _print("label.typ", data)


def slips(shop: ShopCard, orders: Sequence[OrderPaper]) -> bytes:
    """Packing slips on A5: what is in the parcel, without prices."""
    return _print("slip.typ", {"shop": _shop(shop), "orders": [_order(order) for order in orders]})


def invoices(shop: ShopCard, orders: Sequence[OrderPaper]) -> bytes:
    """Invoices on A4, with what was paid and what is due."""
    return _print("invoice.typ", {"shop": _shop(shop), "orders": [_order(order) for order in orders]})


def pick_list(shop: ShopCard, lines: Sequence[PickLine], order_count: int, printed_us: int) -> bytes:
    """What to bring from the shelf for `order_count` orders, on A4."""
    rows = [
        {
            "sku": breakable(line.sku),
            "title": breakable(line.title),
            "variant": breakable(line.variant),
            "quantity": line.quantity,
            "on_hand": line.on_hand,
            "orders": ", ".join(f"#{number}" + (f" × {n}" if n > 1 else "") for number, n in line.orders),
        }
        for line in lines
    ]
    pieces = sum(line.quantity for line in lines)
    head = f"{how_many(order_count, 'order')} · {how_many(pieces, 'piece')}"
    return _print("pick.typ", {"shop": _shop(shop), "lines": rows, "head": head, "printed": said(printed_us)})


def _print(template: str, data: dict[str, Any]) -> bytes:
    made = typst.compile(
        str(_TEMPLATES / template),
        root=str(_HERE),
        font_paths=[str(_FONTS)],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
    )
    if not isinstance(made, bytes):
        raise TypeError("typst gave pages where one PDF was asked for")
    return made


def _shop(shop: ShopCard) -> dict[str, str]:
    return {
        "name": breakable(shop.name),
        "phone": said_phone(shop.phone),
        "address": breakable(shop.address),
        "thanks": breakable(shop.thanks),
        "prefix": f"{shop.invoice_prefix}-" if shop.invoice_prefix else "#",
    }


def _label(order: OrderPaper) -> dict[str, Any]:
    return {
        **_recipient(order),
        "courier": shortened(order.courier, 28),
        "tracking": shortened(order.tracking_code, 24),
        "collect": taka(order.collect_poisha) if order.collect_poisha else "",
        "unpaid": taka(order.due_poisha) if order.due_poisha and not order.collect_poisha else "",
        "fragile": order.fragile,
        "pieces": how_many(order.items, "item"),
        "bars": code128.svg(order.number),
        "qr": qr.svg(order.number),
    }


def _order(order: OrderPaper) -> dict[str, Any]:
    return {
        **_recipient(order),
        "day": said_day(day_of(order.placed_us)),
        "payment": breakable(order.payment),
        "note": breakable(order.note),
        "courier": shortened(order.courier),
        "tracking": shortened(order.tracking_code),
        "fragile": order.fragile,
        "lines": [_line(line) for line in order.lines],
        "pieces": order.items,
        "subtotal": taka(order.subtotal_poisha, exact=True),
        "delivery": taka(order.delivery_poisha, exact=True),
        "total": taka(order.total_poisha, exact=True),
        "paid": taka(order.paid_poisha, exact=True) if order.paid_poisha else "",
        "due": taka(order.due_poisha, exact=True) if order.due_poisha else "",
        "collect": bool(order.collect_poisha),
        "bars": code128.svg(order.number),
    }


def _recipient(order: OrderPaper) -> dict[str, str]:
    return {
        "number": order.number,
        "name": breakable(order.name),
        "phone": said_phone(order.phone),
        "address": breakable(order.address),
    }


def _line(line: PaperLine) -> dict[str, Any]:
    return {
        "sku": breakable(line.sku),
        "title": breakable(line.title),
        "variant": breakable(line.variant),
        "quantity": line.quantity,
        "price": taka(line.unit_price_poisha, exact=True),
        "amount": taka(line.unit_price_poisha * line.quantity, exact=True),
    }
