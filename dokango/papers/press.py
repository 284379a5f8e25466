"""The press: facts in, PDF out. Text of people travels as data beside the template and is never read as markup."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import typst

from dokango.clock import day_of, said, said_day
from dokango.money import taka
from dokango.orders.parcels.manifest import Manifest, ManifestRow
from dokango.papers import code128, qr
from dokango.papers.cards import OrderPaper, PaperLine, PickLine, ShopCard
from dokango.papers.standing import Says
from dokango.papers.wrapping import breakable, shortened
from dokango.people.phones import said_phone
from dokango.text import how_many

_MONEY = {
    Says.COLLECT: "COLLECT {}",
    Says.PAID: "PAID · collect nothing",
    Says.NOTHING: "COLLECT NOTHING",
    Says.UNPAID: "NOT PAID YET · {} due",
    Says.UNVERIFIED: "PAYMENT NOT VERIFIED YET · {} due",
    Says.OVER: "",
}
_ORDERS_IN_A_ROW = 60
_NOTHING_OWED = ("cancelled", "returned")
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
    return _print("invoice.typ", {"shop": _shop(shop), "orders": [_invoice(order) for order in orders]})


def pick_list(
    shop: ShopCard, lines: Sequence[PickLine], order_count: int, printed_us: int, *, left_out: Sequence[str] = ()
) -> bytes:
    """What to bring from the shelf for `order_count` orders, on A4; `left_out` are the others asked for, with why."""
    pieces = sum(line.quantity for line in lines)
    head = f"{how_many(order_count, 'order')} · {how_many(pieces, 'piece')}"
    data = {
        "shop": _shop(shop),
        "lines": [row for line in lines for row in _pick_rows(line)],
        "head": head,
        "printed": said(printed_us),
        "left_out": f"Nothing is brought for {', '.join(left_out)}." if left_out else "",
    }
    return _print("pick.typ", data)


def claim(shop: ShopCard, facts: Mapping[str, object], photos: Mapping[str, Path]) -> bytes:
    """A claim on a courier with its photos, on A4; the press reads them from a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        shutil.copytree(_TEMPLATES, root / "templates")
        (root / "photos").mkdir()
        for name, path in photos.items():
            shutil.copyfile(path, root / "photos" / name)
        return _print("claim.typ", {"shop": _shop(shop), **facts}, root)


def _pick_rows(line: PickLine) -> list[dict[str, object]]:
    """A line of the list; of a long row of orders so many at a time, that no row outgrows its page."""
    orders = [f"#{number}" + (f" × {n}" if n > 1 else "") for number, n in line.orders]
    rows: list[dict[str, object]] = [
        {"orders": ", ".join(orders[at : at + _ORDERS_IN_A_ROW])}
        for at in range(0, max(1, len(orders)), _ORDERS_IN_A_ROW)
    ]
    for i, row in enumerate(rows):
        row |= {
            "sku": breakable(line.sku),
            "title": breakable(line.title),
            "variant": breakable(line.variant),
            "quantity": str(line.quantity) if i == 0 else "",
            "on_hand": str(line.on_hand) if i == 0 else "",
        }
    return rows


def manifest(shop: ShopCard, found: Manifest, printed_us: int) -> bytes:
    """What a rider takes along, on A4, with the count, what is collected, and room for name and signature."""
    count = how_many(len(found.rows), "parcel")
    data = {
        "shop": _shop(shop),
        "head": f"{breakable(found.name)} · {said_day(found.day)} · {count}, {found.handed} scanned out",
        "printed": said(printed_us),
        "total": found.words,
        "rows": [_handed(place, row) for place, row in enumerate(found.rows, 1)],
    }
    return _print("manifest.typ", data)


def _handed(place: int, row: ManifestRow) -> dict[str, str]:
    return {
        "place": str(place),
        "number": f"#{row.number}",
        "customer": breakable(f"{row.name} · {said_phone(row.phone)} · {row.district}"),
        "code": shortened(row.code, 24),
        "collect": taka(row.collect_poisha) if row.collect_poisha else "Prepaid",
        "out": said(row.handed_us) if row.handed_us is not None else "",
    }


def _print(template: str, data: Mapping[str, object], root: Path = _HERE) -> bytes:
    made = typst.compile(
        str(root / "templates" / template),
        root=str(root),
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


def _label(order: OrderPaper) -> dict[str, object]:
    return {
        **_recipient(order),
        "courier": shortened(order.courier, 28),
        "tracking": shortened(order.tracking_code, 24),
        "collect": taka(order.collect_poisha) if order.collect_poisha else "",
        "money": _MONEY[order.standing.says].format(taka(order.standing.amount_poisha)),
        "fragile": order.fragile,
        "pieces": how_many(order.items, "item"),
        "bars": code128.svg(order.number),
        "qr": qr.svg(order.number),
    }


def _order(order: OrderPaper) -> dict[str, object]:
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
        "bars": code128.svg(order.number),
    }


def _invoice(order: OrderPaper) -> dict[str, object]:
    """An invoice speaks of money: of an order's end it says only one by which nothing is owed any more."""
    return {
        **_order(order),
        "over": order.status.upper() if order.status in _NOTHING_OWED else "",
        "subtotal": taka(order.subtotal_poisha, exact=True),
        "delivery": taka(order.delivery_poisha, exact=True),
        "discount": taka(-order.discount_poisha, exact=True) if order.discount_poisha else "",
        "total": taka(order.total_poisha, exact=True),
        "sums": _sums(order),
    }


def _sums(order: OrderPaper) -> list[tuple[str, str, bool]]:
    """What stands under an invoice's total, strong where somebody still pays: taken back, paid, paid back, due."""
    collect, due, says = order.collect_poisha, order.due_poisha, order.standing.says
    on_delivery = collect if collect == due else 0
    due_words = "Due, payment not verified yet" if says is Says.UNVERIFIED else "Due"
    back = "Cancelled" if order.status == "cancelled" else "Returned"
    rows = (
        (back, -order.taken_back_poisha, False),
        ("Paid", order.paid_poisha, False),
        ("Forgiven", order.forgiven_poisha, False),
        ("Refunded", order.refunded_poisha, False),
        ("Refund due", order.refund_due_poisha, True),
        ("To pay on delivery", on_delivery, True),
        (due_words, due - on_delivery, True),
        ("The rider collects", collect - on_delivery, False),
    )
    return [(words, taka(poisha, exact=True), strong) for words, poisha, strong in rows if poisha]


def _recipient(order: OrderPaper) -> dict[str, str]:
    return {
        "number": order.number,
        "name": breakable(order.name),
        "called": _one_line(order.name, 40),
        "over": f"{order.standing.over.upper()} · do not send" if order.standing.over else "",
        "why": _one_line(order.standing.why, 160),
        "phone": said_phone(order.phone),
        "address": breakable(order.address),
    }


def _one_line(text: str, most: int) -> str:
    return shortened(" ".join(text.split()), most)


def _line(line: PaperLine) -> dict[str, object]:
    return {
        "sku": breakable(line.sku),
        "title": breakable(line.title),
        "variant": breakable(line.variant),
        "quantity": line.quantity,
        "price": taka(line.unit_price_poisha, exact=True),
        "amount": taka(line.unit_price_poisha * line.quantity, exact=True),
    }
