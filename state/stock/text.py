"""The shelf in words: what a row of the stock page shows, cost only for those who may see it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dokango.audit import said_actor
from dokango.clock import said
from dokango.money import grouped, taka
from dokango.reports.movements import KINDS, Moved
from dokango.stock.shelf import OnShelf

LEVEL_WORDS = {"out": "Sold out", "low": "Low", "good": "In stock"}


def row_in_words(row: OnShelf, unconfirmed: int, *, with_cost: bool) -> dict[str, str]:
    """One SKU; `unconfirmed` of what is reserved nobody has confirmed yet."""
    return {
        "sku": row.sku,
        "title": row.title,
        "on_hand": units(row.on_hand),
        "reserved": units(row.reserved),
        "unconfirmed": f"of which {units(unconfirmed)} unconfirmed" if unconfirmed else "",
        "available": units(row.available),
        "level": row.level,
        "level_words": LEVEL_WORDS[row.level],
        "low_at": f"low at {row.low_stock_level}" if row.low_stock_level else "",
        "cost": taka(row.unit_cost_poisha, exact=True) if with_cost and row.on_hand else "",
        "value": taka(row.value_poisha, exact=True) if with_cost else "",
    }


def movement_in_words(moved: Moved, *, with_cost: bool) -> dict[str, str]:
    """One movement."""
    return {
        "id": str(moved.id),
        "kind": KINDS.get(moved.kind, moved.kind),
        "on_hand": signed(moved.on_hand_delta),
        "reserved": signed(moved.reserved_delta),
        "value": signed_taka(moved.value_delta_poisha) if with_cost else "",
        "order": moved.order or "",
        "who": said_actor(moved.actor, moved.actor_kind),
        "note": "" if moved.order else moved.note,
        "when": said(moved.happened_at),
    }


def rows_in_words(rows: Iterable[OnShelf], unconfirmed: Mapping[str, int], *, with_cost: bool) -> list[dict[str, str]]:
    """Several SKUs."""
    return [row_in_words(row, unconfirmed.get(row.sku, 0), with_cost=with_cost) for row in rows]


def units(count: int) -> str:
    """A count of things."""
    return f"−{grouped(-count)}" if count < 0 else grouped(count)


def signed(count: int) -> str:
    """A change: "+2", "−2", or nothing."""
    return f"+{grouped(count)}" if count > 0 else units(count) if count else ""


def signed_taka(amount_poisha: int) -> str:
    """A change of value, or nothing."""
    plus = "+" if amount_poisha > 0 else ""
    return f"{plus}{taka(amount_poisha, exact=True)}" if amount_poisha else ""
