"""All that the checks before an order goes on look at, read for one order."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import bindparam, select, union

from dokango.catalogue.models import Variant
from dokango.customers.rows import by_phone
from dokango.db import Tx, table_of, typed
from dokango.orders.before import checks
from dokango.orders.before.checks import EarlierOrder, Facts, ReviewedLine, Verdict
from dokango.orders.book.rows import LINE, ORDER, OrderRow
from dokango.payments.models import Claim, Payment
from dokango.payments.trx_owner import claimed_elsewhere, owner_of
from dokango.payments.turns import STANDS
from dokango.shop.profile import Profile
from dokango.stock.models import Level

MOST_HISTORY = 50
_MOST_NAMED = 5
_V, _LEVEL = table_of(Variant), table_of(Level)
_C, _P = table_of(Claim), table_of(Payment)


class _Named(NamedTuple):
    """A TrxID that stands on an order."""

    method: str
    trx_id: str


_LINES = typed(
    ReviewedLine,
    select(
        LINE.c.sku, LINE.c.title, LINE.c.variant_title, LINE.c.image, LINE.c.tracks_stock, LINE.c.quantity,
        LINE.c.unit_price_poisha, LINE.c.returned_quantity, LINE.c.to_inspect, LINE.c.not_kept, LINE.c.coming_back,
        _V.c.price_poisha.label("catalogue_poisha"), _V.c.low_stock_level, _LEVEL.c.on_hand, _LEVEL.c.reserved,
    )
    .join(_V, _V.c.id == LINE.c.variant_id)
    .outerjoin(_LEVEL, _LEVEL.c.variant_id == LINE.c.variant_id)
    .where(LINE.c.order_id == bindparam("order_id"))
    .order_by(LINE.c.id),
)  # fmt: skip
_HISTORY = typed(
    EarlierOrder,
    select(ORDER.c.number, ORDER.c.status, ORDER.c.money, ORDER.c.total_poisha, ORDER.c.placed_at)
    .where(ORDER.c.phone == bindparam("phone"), ORDER.c.id != bindparam("order_id"))
    .order_by(ORDER.c.id.desc())
    .limit(bindparam("most")),
)
_NAMED = typed(
    _Named,
    union(
        select(_P.c.method, _P.c.trx_id).where(_P.c.order_id == bindparam("order_id"), STANDS),
        select(_C.c.method, _C.c.trx_id).where(_C.c.order_id == bindparam("order_id"), _C.c.state == "waiting"),
    ).order_by("method", "trx_id"),
)


def facts_of(tx: Tx, order: OrderRow, profile: Profile, now_us: int) -> Facts:
    """What the checks look at for `order`."""
    return Facts(
        order,
        tuple(tx.rows(_LINES, order_id=order.id)),
        profile,
        tuple(tx.rows(_HISTORY, phone=order.phone, order_id=order.id, most=MOST_HISTORY)),
        _same_trx(tx, order.id),
        now_us,
        by_phone(tx, order.phone),
    )


def verdicts_of(tx: Tx, order: OrderRow, profile: Profile, now_us: int) -> tuple[Verdict, ...]:
    """Every check of `order`, green, amber or red."""
    return tuple(checks.run(facts_of(tx, order, profile, now_us)))


def _same_trx(tx: Tx, order_id: int) -> tuple[str, ...]:
    """Other orders on which this order's waiting or booked TrxIDs stand."""
    found: list[str] = []
    for method, trx_id in tx.rows(_NAMED, order_id=order_id):
        owner = owner_of(tx, method, trx_id)
        found += [owner.number] if owner is not None and owner.order_id not in (None, order_id) else []
        found += claimed_elsewhere(tx, method, trx_id, order_id, waiting=False, most=_MOST_NAMED)
    return tuple(dict.fromkeys(found))
