"""Finding orders by one whole code or phone: number, invoice, TrxID, tracking code, consignment, each by its own index.

What people copy from a message, a label or a wallet is whole; looking it up costs the same in a shop of any size.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import BindParameter, ColumnElement, Select, bindparam, select, union

from dokango.couriers.models import Shipment
from dokango.couriers.registry import COURIERS
from dokango.db import Statement, Tx, table_of, typed
from dokango.orders.book.rows import ORDER
from dokango.orders.book.search import LONGEST, MOST_FOUND
from dokango.payments.methods import METHODS
from dokango.payments.models import Claim, Payment
from dokango.people.phone_parts import as_kept, is_whole
from dokango.text import storable
from dokango.words import words_of

_C, _P, _S = table_of(Claim), table_of(Payment), table_of(Shipment)
_SPELLINGS = ("as_typed", "upper", "lower", "bare")


class FoundOrder(NamedTuple):
    """The row id of an order that bears the code."""

    found: int


def orders_of(tx: Tx, code: str) -> list[int]:
    """The row ids of the orders that `code`, as it was typed, names in full; none when it is only a word or a part."""
    spelled = _spelled(code)
    if not spelled["bare"]:
        return []
    return [row.found for row in tx.rows(statement(tuple(METHODS), tuple(COURIERS)), **spelled)]


@lru_cache(maxsize=8)
def statement(methods: tuple[str, ...], couriers: tuple[str, ...]) -> Statement[FoundOrder]:
    """The look-up. Indexes that begin with a method or a courier are asked for each that there is."""
    is_it: list[BindParameter[str]] = [bindparam(name) for name in _SPELLINGS]
    of_phone = (
        select(ORDER.c.id.label("found"))
        .where(ORDER.c.phone == bindparam("phone"))
        .order_by(ORDER.c.id.desc())
        .limit(MOST_FOUND)
        .subquery()
    )
    return typed(
        FoundOrder,
        union(
            _where(ORDER.c.id, ORDER.c.number.in_(is_it)),
            _where(_C.c.order_id, _C.c.method.in_(methods), _C.c.trx_id.in_(is_it)),
            _where(_P.c.order_id, _P.c.method.in_(methods), _P.c.trx_id.in_(is_it)),
            _where(_S.c.order_id, _S.c.tracking_code.in_(is_it)),
            _where(_S.c.order_id, _S.c.courier.in_(couriers), _S.c.consignment_id.in_(is_it)),
            _where(_S.c.order_id, _S.c.invoice.in_(is_it)),
            select(of_phone.c.found),
        ),
    )


def _where(order_id: ColumnElement[int], *conditions: ColumnElement[bool]) -> Select[int]:
    return select(order_id.label("found")).where(*conditions)


def _spelled(code: str) -> dict[str, str]:
    """What a code may be kept as: as it stands, in one case, and without what people put between its characters."""
    words = words_of(code[:LONGEST])
    bare = "".join(words).upper()
    as_typed = unicodedata.normalize("NFKC", storable(code[:LONGEST])).strip().removeprefix("#").strip()
    phone = as_kept(bare.removeprefix("TEL"))  # a link to call somebody, copied
    return {
        "as_typed": as_typed, "upper": as_typed.upper(), "lower": as_typed.lower(), "bare": bare,
        "phone": phone if is_whole(phone) else "",
    }  # fmt: skip
