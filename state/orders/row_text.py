"""Rows of the order list in words: plain strings, as the table shows them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from dokango.clock import age_words, said
from dokango.db import Tx
from dokango.money import taka
from dokango.orders.book.money_state import money_said
from dokango.orders.lifecycle.decisions.guards import HOLD_WORDS
from dokango.orders.reading import lists
from dokango.orders.reading.lists import Wanted
from dokango.paging import Page, shown
from dokango.payments.methods import said_method
from dokango.people.phones import said_phone
from dokango.text import how_many, said_once
from state.orders.money_text import parts_in_words


def page_in_words(tx: Tx, wanted: Wanted, now_us: int) -> Page[dict[str, str]]:
    """One page of the list, its rows in words."""
    page = shown(lambda cursor: lists.page(tx, replace(wanted, cursor=cursor)), wanted.cursor)
    return page.of(_in_words(tx, page.rows, now_us))


def rows_in_words(tx: Tx, ids: list[int], now_us: int) -> list[dict[str, str]]:
    """The rows of `ids`, wherever they stand now."""
    return _in_words(tx, tuple(lists.rows_of(tx, ids)), now_us)


def _in_words(tx: Tx, rows: tuple[Any, ...], now_us: int) -> list[dict[str, str]]:
    records = lists.records_by_phone(tx, [row.phone for row in rows])
    parcels = lists.parcels_of(tx, [row.id for row in rows if row.status in ("confirmed", "shipped")])
    return [_row(row, records[row.phone], parcels.get(row.id), now_us) for row in rows]


def _row(row: Any, record: tuple[int, int], parcel: Any, now_us: int) -> dict[str, str]:
    returned = record[1] - (row.status == "returned")
    place = row.area or row.city
    return {
        "id": str(row.id),
        "number": row.number,
        "version": str(row.version),
        "href": f"/orders/{row.number}",
        "age": age_words(row.placed_at, now_us),
        "exact": said(row.placed_at),
        "name": row.name,
        "phone": said_phone(row.phone),
        "place": ", ".join(said_once((place, row.district))),
        "items": how_many(row.units, "item"),
        "total": taka(row.total_poisha),
        "due": taka(row.due_poisha) if 0 < row.due_poisha < row.total_poisha else "",
        "parts": parts_in_words(row),
        "method": said_method(row.payment_method),
        "money": money_said(row.status, row.money),
        "status": row.status,
        "held": f"On hold: {HOLD_WORDS[row.held_reason]}" if row.held_reason else "",
        "packed": "1" if row.packed and row.status == "confirmed" else "",
        "waits": "1" if row.claim_waits and not row.approval_kind else "",
        "approval": row.approval_kind,
        "note": row.note[:200],
        "returns": how_many(returned, "return") if returned > 0 else "",
        "assigned": row.assigned_to,
        "parcel": parcel.status or parcel.booking if parcel else "",
        "problem": parcel.problem if parcel else "",
        "fresh": "",
        "left": "",
    }
