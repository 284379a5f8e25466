"""What can be claimed of an order: which of its parcels, how many of its lines, and what a form begins with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import bindparam, func, select

from dokango.couriers.parcels.shipments import ParcelRow
from dokango.couriers.registry import account_part
from dokango.couriers.tariffs import claim_days
from dokango.db import Tx, table_of, typed
from dokango.errors import InvalidInput, Refused
from dokango.money import taka
from dokango.orders.book import rows as orders
from dokango.orders.book.models import Inspection
from dokango.orders.book.rows import LineRow, OrderRow
from dokango.orders.cases.losses import carried_of, last_carried
from dokango.orders.claims.forms import ClaimedLine
from dokango.orders.claims.rows import ClaimOnCourier
from dokango.shop.profile import Profile, load_profile

_I = table_of(Inspection)


class _Gone(NamedTuple):
    line_id: int
    condition: str
    units: int


_GONE = typed(
    _Gone,
    select(_I.c.line_id, _I.c.condition, func.sum(_I.c.quantity).label("units"))
    .where(_I.c.order_id == bindparam("order_id"), _I.c.condition != "resell")
    .group_by(_I.c.line_id, _I.c.condition),
)


@dataclass(frozen=True, slots=True)
class ToClaim:
    """An order before its claim: the parcels that couriers had, the last one first, and how many of each line are gone.

    Where nothing was written off yet, all of it is. `kind` is what the loss looks like, `days` how long its
    courier has to answer, `price_poisha` what its
    customer was to pay for it.
    """

    order: OrderRow
    parcels: tuple[ParcelRow, ...]
    lines: tuple[tuple[LineRow, int], ...]
    kind: str
    days: int

    @property
    def price_poisha(self) -> int:
        """The price of what is gone."""
        return sum(line.unit_price_poisha * units for line, units in self.lines)


def to_claim(tx: Tx, number: str) -> ToClaim:
    """How `number` stands, for a form that asks. Raises NotFound, and Refused when no courier ever had a parcel."""
    order = orders.by_number(tx, number)
    last = parcel_of(tx, order.id)
    others = [parcel for parcel in reversed(carried_of(tx, order.id)) if parcel.id != last.id]
    found = tx.rows(_GONE, order_id=order.id)
    gone = Counter[int]()
    for one in found:
        gone[one.line_id] += int(one.units)
    lines = tuple(
        (line, min(line.quantity, gone[line.id]) if gone else line.quantity) for line in orders.lines_of(tx, order.id)
    )
    is_damaged = any(one.condition == "damaged" for one in found)
    days = window_days(tx, load_profile(tx), last)
    return ToClaim(order, (last, *others), lines, "damaged" if is_damaged else "lost", days)


def window_days(tx: Tx, profile: Profile, parcel: ParcelRow) -> int:
    """Within how many days its courier answers a claim: as the owner or its row says, else the shop's own setting."""
    return claim_days(tx, account_part(parcel.courier, parcel.carrier), profile.claim_days)


def parcel_of(tx: Tx, order_id: int, name: str = "") -> ParcelRow:
    """The order's parcel of this name, without one the last that a courier had. Raises Refused, InvalidInput."""
    last = last_carried(tx, order_id)
    if last is None:
        raise Refused("open_claim", "No courier ever had a parcel of this order: there is nothing to claim.")
    if not name:
        return last
    wanted = name.casefold()
    for parcel in reversed(carried_of(tx, order_id)):
        if wanted in (known.casefold() for known in (parcel.invoice, parcel.consignment_id, parcel.tracking_code)):
            return parcel
    raise InvalidInput({"parcel": f"No courier had a parcel of this order that is called {name[:60]}."})


def claimed_lines(lines: Sequence[LineRow], wanted: Sequence[ClaimedLine]) -> dict[int, int]:
    """How many of each line are claimed, by its id: all of all when none is named. Raises InvalidInput, by line."""
    of_sku = {line.sku: line for line in lines}
    if not wanted:
        return {line.id: line.quantity for line in lines}
    named: dict[int, int] = {}
    wrong: dict[str, str] = {}
    for position, claimed in enumerate(wanted):
        line = of_sku.get(claimed.sku)
        most = line.quantity if line is not None and line.id not in named else 0
        if line is None or claimed.quantity > most:
            wrong[f"lines.{position}.quantity"] = f"Only {most} of {claimed.sku[:60]} can be claimed."
        else:
            named[line.id] = claimed.quantity
    if wrong:
        raise InvalidInput(wrong)
    return named


def refuse_twice(claims: Sequence[ClaimOnCourier]) -> None:
    """Of a parcel one claim is open at most, and what was paid in full is not claimed again. Raises Refused."""
    if any(claim.is_open for claim in claims):
        raise Refused("open_claim", "The loss of this parcel is claimed already. Say how that claim ended first.")
    paid = next((claim for claim in claims if claim.state == "paid"), None)
    if paid is not None:
        words = f"The claim for this parcel was paid in full, {taka(paid.paid_poisha)}: nothing is left to claim."
        raise Refused("open_claim", words)
