"""The rows of a tracked order beside its own: the last booked parcel, the last claim, the lines with their pictures."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import bindparam, select

from dokango.catalogue.models import Product, Variant
from dokango.couriers.models import Shipment
from dokango.db import table_of, typed
from dokango.orders.book.models import OrderLine
from dokango.payments.models import Claim

_S, _C = table_of(Shipment), table_of(Claim)
_LINE, _V, _P = table_of(OrderLine), table_of(Variant), table_of(Product)


class TrackedParcelRow(NamedTuple):
    """The last parcel that was booked."""

    courier: str
    carrier: str
    tracking_code: str
    tracking_link: str
    status: str
    estimated_delivery: str
    late_at: int | None
    cod_poisha: int
    asked_cod_poisha: int | None


class TrackedClaimRow(NamedTuple):
    """The last TrxID the customer sent."""

    method: str
    trx_id: str
    state: str
    reason: str


class TrackedLineRow(NamedTuple):
    """One line, with its product's pictures (a JSON list) and Bangla title."""

    title: str
    variant_title: str
    image: str
    quantity: int
    returned: int  # came back, or comes back because it was not kept
    unit_price_poisha: int
    images: str
    title_bn: str
    variant_title_bn: str


PARCEL = typed(
    TrackedParcelRow,
    select(
        _S.c.courier, _S.c.carrier, _S.c.tracking_code, _S.c.tracking_link, _S.c.status, _S.c.estimated_delivery,
        _S.c.late_at,
        _S.c.cod_poisha, _S.c.asked_cod_poisha,
    )
    .where(_S.c.order_id == bindparam("order_id"), _S.c.booking == "booked")
    .order_by(_S.c.id.desc())
    .limit(1),
)  # fmt: skip
LAST_CLAIM = typed(
    TrackedClaimRow,
    select(_C.c.method, _C.c.trx_id, _C.c.state, _C.c.reason)
    .where(_C.c.order_id == bindparam("order_id"))
    .order_by(_C.c.id.desc())
    .limit(1),
)

LINES = typed(
    TrackedLineRow,
    select(
        _LINE.c.title, _LINE.c.variant_title, _LINE.c.image, _LINE.c.quantity,
        (_LINE.c.returned_quantity + _LINE.c.not_kept).label("returned"),
        _LINE.c.unit_price_poisha, _P.c.images, _P.c.title_bn, _V.c.title_bn.label("variant_title_bn"),
    )
    .select_from(_LINE.join(_V, _V.c.id == _LINE.c.variant_id).join(_P, _P.c.id == _V.c.product_id))
    .where(_LINE.c.order_id == bindparam("order_id"))
    .order_by(_LINE.c.id),
)  # fmt: skip
