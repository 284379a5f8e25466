"""The life of a claim: opened within the courier's window, proved by photos, it ends as paid, in part, or refused.

What comes in stands against the loss it is for; what is above the loss is income of its own.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TypedDict, Unpack

from sqlalchemy import bindparam, insert

from dokango import audit, topics
from dokango.clock import US_PER_DAY
from dokango.couriers.parcels import shipments
from dokango.couriers.parcels.shipments import ParcelRow
from dokango.db import Statement, Tx, Upsert
from dokango.db.setter import Setter
from dokango.errors import InvalidInput, Refused
from dokango.ledger import accounts
from dokango.ledger.entries import Happening, NewPosting, post
from dokango.money import taka
from dokango.orders.book import rows as orders
from dokango.orders.cases import moves
from dokango.orders.cases import rows as cases
from dokango.orders.cases.kinds import ASKED_COURIER, LOSS
from dokango.orders.cases.kinds import CLAIM as CASE
from dokango.orders.cases.moves import Happened, about_parcel
from dokango.orders.claims import asked, rows
from dokango.orders.claims.forms import OpenClaim, PaidClaim, RefusedClaim
from dokango.orders.claims.rows import CLAIM, CLAIMED, PHOTO, ClaimOnCourier
from dokango.orders.lifecycle.perform import Context, refuse_stale
from dokango.people.permissions import Permission
from dokango.shop.profile import load_profile

KIND_WORDS = {"lost": "Lost", "damaged": "Damaged", "short_weight": "Short weight"}
MOST_PHOTOS = 8
_NEW = Statement(
    insert(CLAIM).returning(CLAIM.c.id),
    columns=[
        "order_id", "shipment_id", "kind", "state", "words", "claimed_poisha", "paid_poisha", "packed_g", "found_g",
        "handed_at", "opened_at", "opened_by", "due_at", "reference", "reason", "closed_by",
    ],
)  # fmt: skip
_LINES = Statement(insert(CLAIMED), columns=["claim_id", "line_id", "quantity"])
_SET = Setter(CLAIM, CLAIM.c.id == bindparam("row_id"))
_PHOTO = Upsert(
    PHOTO, ["claim_id", "name", "added_by", "added_at"], unique=["claim_id", "name"], change={"name": bindparam("name")}
)


class Ending(TypedDict, total=False):
    """What a claim keeps of how it ended."""

    state: str
    reason: str
    paid_poisha: int
    reference: str


def open_claim(tx: Tx, context: Context, number: str, form: OpenClaim) -> ClaimOnCourier:
    """Claim the loss of an order's last parcel. Raises NotAllowed, NotFound, StaleVersion, Refused, InvalidInput."""
    context.actor.require(Permission.SHIP)
    order = orders.lock(tx, number)
    refuse_stale(tx, context, order)
    parcel = asked.parcel_of(tx, order.id, form.parcel)
    asked.refuse_twice([claim for claim in rows.of_order(tx, order.id) if claim.shipment_id == parcel.id])
    lines = asked.claimed_lines(orders.lines_of(tx, order.id), form.lines)
    now_us, profile = context.clock.now_us(), load_profile(tx)
    claim_id = int(
        tx.value(
            _NEW, order_id=order.id, shipment_id=parcel.id, kind=form.kind, state="open", words=form.words,
            claimed_poisha=form.claimed_poisha, paid_poisha=0, packed_g=form.packed_g or parcel.weight_g,
            found_g=form.found_g, handed_at=parcel.booked_at or parcel.requested_at, opened_at=now_us,
            opened_by=context.actor.name, due_at=now_us + asked.window_days(tx, profile, parcel) * US_PER_DAY,
            reference="", reason="", closed_by="",
        )
    )  # fmt: skip
    tx.insert_many(
        _LINES, [{"claim_id": claim_id, "line_id": line, "quantity": units} for line, units in lines.items()]
    )
    claim = rows.by_id(tx, claim_id)
    words = f"{KIND_WORDS[form.kind]}: {taka(form.claimed_poisha)} claimed from {parcel.carrier}"
    _note(tx, context, claim, "open_claim", "opened", words, now_us)
    _open_case(tx, context, claim, parcel, words, now_us)
    return claim


def pay(tx: Tx, context: Context, claim_id: int, form: PaidClaim) -> ClaimOnCourier:
    """The courier paid into the bank. Raises NotAllowed, NotFound, StaleVersion, Refused for one that is closed."""
    context.actor.require(Permission.SETTLE_COD)
    claim = _locked(tx, context, claim_id)
    now_us, amount = context.clock.now_us(), form.amount_poisha
    against_loss = min(amount, rows.loss_left_poisha(tx, claim.order_id))
    state = "paid" if amount >= claim.claimed_poisha else "part_paid"
    words = f"{taka(amount)} of {taka(claim.claimed_poisha)} paid"
    said = " · ".join(part for part in (words, form.reference, form.reason) if part)
    event_id = _note(tx, context, claim, "claim_paid", "paid", said, now_us)
    post(
        tx,
        Happening(event_id, f"claim/{claim.id}/paid", claim.order_id, now_us, now_us),
        [
            NewPosting(accounts.CASH_BANK, accounts.WRITE_OFF, against_loss),
            NewPosting(accounts.CASH_BANK, accounts.CLAIMS_INCOME, amount - against_loss),
        ],
    )
    return _close(tx, context, claim, words, now_us, state=state, paid_poisha=amount, reference=form.reference,
                  reason=form.reason)  # fmt: skip


def refuse(tx: Tx, context: Context, claim_id: int, form: RefusedClaim) -> ClaimOnCourier:
    """The courier pays nothing. Raises NotAllowed, NotFound, StaleVersion, Refused for one that is closed."""
    context.actor.require(Permission.SHIP)
    claim, now_us = _locked(tx, context, claim_id), context.clock.now_us()
    _note(tx, context, claim, "claim_refused", "refused", form.reason, now_us)
    return _close(tx, context, claim, "refused", now_us, state="refused", reason=form.reason)


def add_photo(tx: Tx, context: Context, claim_id: int, name: str) -> None:
    """Prove it by a photo that is kept as `name`. Raises NotAllowed, NotFound, Refused, InvalidInput for too many."""
    context.actor.require(Permission.SHIP)
    claim = _locked(tx, replace(context, version=None), claim_id)
    if len(rows.photos_of(tx, claim_id)) >= MOST_PHOTOS:
        raise InvalidInput({"file": f"A claim has at most {MOST_PHOTOS} photos."})
    tx.run(_PHOTO, claim_id=claim_id, name=name, added_by=context.actor.name, added_at=context.clock.now_us())
    _announce(tx, claim)


def _locked(tx: Tx, context: Context, claim_id: int) -> ClaimOnCourier:
    """The claim while it is open, its order's row locked."""
    found = rows.by_id(tx, claim_id)
    refuse_stale(tx, context, orders.lock(tx, orders.number_of(tx, found.order_id)))
    claim = rows.by_id(tx, claim_id)
    if not claim.is_open:
        raise Refused("claim", f"This claim was closed already: {claim.state.replace('_', ' ')}.")
    return claim


def _close(
    tx: Tx, context: Context, claim: ClaimOnCourier, outcome: str, now_us: int, **values: Unpack[Ending]
) -> ClaimOnCourier:
    _SET.run(tx, {**values, "closed_at": now_us, "closed_by": context.actor.name}, row_id=claim.id)
    parcel = shipments.by_id(tx, claim.shipment_id)
    case = cases.open_about(tx, about_parcel(parcel).subject, CASE)
    if case is not None:
        moves.close(tx, case, outcome, Happened(f"claim/{claim.id}/case/closed", outcome, now_us, context.actor))
    return rows.by_id(tx, claim.id)


def _open_case(tx: Tx, context: Context, claim: ClaimOnCourier, parcel: ParcelRow, words: str, now_us: int) -> None:
    """What waited as a loss waits as a claim now, until the courier's window ends."""
    matter = about_parcel(parcel)
    loss = cases.open_about(tx, matter.subject, LOSS)
    if loss is not None:
        moves.close(tx, loss, "claimed", Happened(f"claim/{claim.id}/case/loss", "claimed", now_us, context.actor))
    happened = Happened(f"claim/{claim.id}/case", words, now_us, context.actor, {"claim": claim.id})
    moves.open_case(tx, matter, CASE, happened, state=ASKED_COURIER, due_us=claim.due_at)


def _note(tx: Tx, context: Context, claim: ClaimOnCourier, action: str, what: str, words: str, now_us: int) -> int:
    event_id = audit.record(
        tx, key=f"claim/{claim.id}/{what}", order_id=claim.order_id, action=action, actor=context.actor.name,
        actor_kind=context.actor.kind, note=words, now_us=now_us, data={"claim": claim.id},
    )  # fmt: skip
    _announce(tx, claim)
    return event_id


def _announce(tx: Tx, claim: ClaimOnCourier) -> None:
    tx.changed(topics.ORDERS, topics.of_order(orders.number_of(tx, claim.order_id)))
