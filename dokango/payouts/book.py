"""Booking a payout: all of it in one transaction, as it was previewed, and once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import bindparam, insert, or_, select

from dokango import audit
from dokango.clock import said
from dokango.couriers.carriers import names_written, said_name
from dokango.couriers.parcels.paid_out import CourierPayout, CourierPayoutLine
from dokango.db import Statement, Tx, Upsert, table_of, typed
from dokango.errors import PayoutDone, PreviewOver
from dokango.ledger import accounts
from dokango.ledger.entries import Happening, NewPosting, post
from dokango.money import taka
from dokango.orders.claims import steps as claims
from dokango.orders.claims.forms import PaidClaim
from dokango.orders.lifecycle.commands import PayOut
from dokango.orders.lifecycle.perform import Context, perform
from dokango.payouts import statement as st
from dokango.payouts.findings import Finding, Matched, Verdict
from dokango.payouts.match import match
from dokango.people.permissions import Permission
from dokango.text import how_many

_P, _L = table_of(CourierPayout), table_of(CourierPayoutLine)
_NEW = Upsert(
    _P,
    ("courier", "reference", "digest", "source", "name", "amount_poisha", "charges_poisha", "open_poisha", "parcels",
     "differences", "event_id", "booked_by", "booked_at"),
    returning="id",
)  # fmt: skip
_LINES = Statement(
    insert(_L),
    columns=[
        "payout_id", "line", "name", "order_id", "shipment_id", "verdict", "charge_verdict", "words",
        "collected_poisha", "charge_poisha", "paid_poisha", "amount_poisha", "open_poisha", "claim_id", "claim_poisha",
    ],
)  # fmt: skip


class Done(NamedTuple):
    """A payout that was booked."""

    id: int
    reference: str
    booked_by: str
    booked_at: int


_DONE = typed(
    Done,
    select(_P.c.id, _P.c.reference, _P.c.booked_by, _P.c.booked_at).where(
        _P.c.courier == bindparam("courier"),
        or_(_P.c.reference == bindparam("reference"), _P.c.digest == bindparam("digest")),
    ),
)

_BY_ID = typed(
    Done, select(_P.c.id, _P.c.reference, _P.c.booked_by, _P.c.booked_at).where(_P.c.id == bindparam("id"))
)  # fmt: skip


class _Paying(NamedTuple):
    payout_id: int
    shipment_id: int | None


def done_before(tx: Tx, found: Matched) -> Done | None:
    """The booked payout that this one is: of the same number, with the same lines, or paying the same parcels.

    A courier's file and its API name one payout differently. None when it is new.
    """
    statement = found.statement
    same = tx.one(_DONE, courier=statement.courier, reference=statement.called, digest=statement.digest)
    return same or _of_the_same_parcels(tx, found)


def _of_the_same_parcels(tx: Tx, found: Matched) -> Done | None:
    paid = [f for f in found.findings if f.stated.paid_poisha]
    if not paid or any(f.verdict is not Verdict.PAID_TWICE for f in paid):
        return None
    parcels = {f.shipment_id for f in paid}
    paying = select(_L.c.payout_id).where(_L.c.shipment_id == min(p for p in parcels if p is not None))
    lines = (
        select(_L.c.payout_id, _L.c.shipment_id).where(_L.c.payout_id.in_(paying), _L.c.collected_poisha > 0).distinct()
    )
    booked: dict[int, set[int | None]] = {}
    for row in tx.rows(typed(_Paying, lines)):
        booked.setdefault(row.payout_id, set()).add(row.shipment_id)
    same = next((payout_id for payout_id, theirs in booked.items() if theirs == parcels), None)
    return None if same is None else tx.one(_BY_ID, id=same)


def book_payout(tx: Tx, context: Context, statement: st.Statement, seen: str) -> int:
    """Book `statement` as it was previewed (`seen`: the preview's print); its id.

    Raises NotAllowed, PayoutDone, PreviewOver. Every order gets its own event and postings, in the order of their ids,
    so that two people booking at once never wait for each other in a circle.
    """
    context.actor.require(Permission.SETTLE_COD)
    found = match(tx, statement)
    _refuse_done(tx, found)
    if found.print != seen:
        raise PreviewOver
    now_us = context.clock.now_us()
    event_id = _record(tx, context, found, now_us)
    payout_id = tx.value(
        _NEW, courier=statement.courier, reference=statement.called, digest=statement.digest, source=statement.source,
        name=statement.name, amount_poisha=found.amount_poisha, charges_poisha=found.charges_poisha,
        open_poisha=found.open_poisha, parcels=len(found.findings), differences=len(found.differences),
        event_id=event_id, booked_by=context.actor.name, booked_at=now_us,
    )  # fmt: skip
    if payout_id is None:
        _refuse_done(tx, found)
        raise PreviewOver
    said_by = f"{said_name(statement.courier, names_written(tx))} {statement.called}"
    for finding in sorted(found.findings, key=lambda one: one.order_id or 0):
        _settle(tx, context, finding, said_by)
    tx.insert_many(_LINES, _rows(int(payout_id), found.findings))
    return int(payout_id)


def _refuse_done(tx: Tx, found: Matched) -> None:
    done = done_before(tx, found)
    if done is not None:
        courier = said_name(found.statement.courier, names_written(tx))
        raise PayoutDone(courier, done.reference, who=done.booked_by, when=said(done.booked_at))


def _record(tx: Tx, context: Context, found: Matched, now_us: int) -> int:
    """The payout's own event, with what of it belongs to no parcel yet."""
    statement = found.statement
    key = f"payout/{statement.courier}/{statement.called}/{now_us}"  # the payout's own row says that it is one
    words = f"{said_name(statement.courier, names_written(tx))} {statement.called}"
    note = f"{words} · {taka(found.amount_poisha)} for {how_many(len(found.findings), 'parcel')}"
    event_id = audit.record(
        tx, key=key, action="payout", actor=context.actor.name, actor_kind=context.actor.kind, now_us=now_us,
        note=note, data={"courier": statement.courier, "reference": statement.called},
    )  # fmt: skip
    account, is_open = accounts.courier_open(statement.courier), found.open_poisha
    postings = [
        NewPosting(accounts.CASH_BANK, account, max(0, is_open)),
        NewPosting(account, accounts.CASH_BANK, max(0, -is_open)),
    ]
    post(tx, Happening(event_id, key, None, now_us, now_us), postings)
    return event_id


def _settle(tx: Tx, context: Context, finding: Finding, reference: str) -> None:
    """What of one line goes onto its order, and against the loss that its parcel was claimed for."""
    if finding.claim_id is not None:
        paid = PaidClaim(amount_poisha=finding.claim_poisha, reference=reference[:120])
        claims.pay(tx, Context(context.actor, context.clock), finding.claim_id, paid)
    if not finding.posts:
        return
    command = PayOut(
        amount_poisha=finding.amount_poisha,
        charge_poisha=finding.charge_poisha,
        reference=reference,
        parcel=finding.parcel,
    )
    perform(tx, Context(context.actor, context.clock), finding.number, command)


def _rows(payout_id: int, findings: Iterable[Finding]) -> list[dict[str, object]]:
    return [
        {
            "payout_id": payout_id, "line": f.stated.line, "name": f.stated.name, "order_id": f.order_id,
            "shipment_id": f.shipment_id, "verdict": f.verdict.value, "charge_verdict": f.charge_verdict.value,
            "words": f.words, "collected_poisha": f.stated.collected_poisha, "charge_poisha": f.stated.charge_poisha,
            "paid_poisha": f.stated.paid_poisha, "amount_poisha": f.amount_poisha, "open_poisha": f.open_poisha,
            "claim_id": f.claim_id, "claim_poisha": f.claim_poisha,
        }
        for f in findings
    ]  # fmt: skip
