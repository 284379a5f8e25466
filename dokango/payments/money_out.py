"""Money that left a wallet, booked as its message or statement tells: where it went, and the wallet's fee by itself."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import bindparam, select

from dokango import audit, topics
from dokango.audit import Event
from dokango.clock import Clock, said
from dokango.db import Tx, table_of, typed
from dokango.errors import InvalidInput, Refused
from dokango.ledger import accounts
from dokango.ledger.entries import Happening, NewPosting, post
from dokango.money import taka
from dokango.payments.evidence import EvidenceRow, by_id
from dokango.payments.methods import account_of, pockets, said_method
from dokango.payments.movements import CASH_OUT, KINDS, PAYMENT, SEND_MONEY
from dokango.people.actor import Actor
from dokango.people.permissions import Permission
from dokango.shop.profile import load_profile

BOOKED_KINDS = (CASH_OUT, SEND_MONEY, PAYMENT)
FEE_ALONE = ""  # its amount stands in the books already: a refund, or goods that were paid for
_PREFIX = "wallet_out/"
_V = table_of(Event)


class Before(NamedTuple):
    """Who booked it, and when."""

    actor: str
    happened_at: int


_BOOKED = typed(Before, select(_V.c.actor, _V.c.happened_at).where(_V.c.key == bindparam("key")))


def expected_fee_poisha(tx: Tx, line: EvidenceRow) -> int:
    """What the owner's settings say that this movement costs."""
    return load_profile(tx).out_fee_poisha(line.method, line.kind, abs(line.amount_poisha))


def book_out(tx: Tx, actor: Actor, clock: Clock, evidence_id: int, pocket: str) -> EvidenceRow:
    """Book a line of money that went out to `pocket`, or its fee alone (FEE_ALONE); the wallet's fee as it tells.

    Raises NotAllowed, NotFound, InvalidInput (under `pocket`), Refused for a line that is booked or moves nothing.
    """
    actor.require(Permission.SETTLE_COD)
    line = by_id(tx, evidence_id)
    if line.kind not in BOOKED_KINDS or line.amount_poisha >= 0:
        raise Refused("book", "This line tells of no money that left a wallet.")
    key = f"{_PREFIX}{line.id}"
    before = tx.one(_BOOKED, key=key)
    if before is not None:
        raise Refused(
            "book", f"Booked already, by {before.actor} on {said(before.happened_at)}. Nothing is done again."
        )
    wallet, amount, now_us = account_of(line.method), -line.amount_poisha, clock.now_us()
    to = _account(pocket, wallet)
    event_id = audit.record(
        tx, key=key, action="wallet_out", actor=actor.name, actor_kind=actor.kind, now_us=now_us,
        note=_note(tx, line, pocket), data={"evidence": line.id, "expected_fee_poisha": expected_fee_poisha(tx, line)},
    )  # fmt: skip
    moved = [NewPosting(to, wallet, amount)] if to else []
    fee = NewPosting(accounts.WALLET_FEES, wallet, line.fee_poisha)
    post(tx, Happening(event_id, key, None, line.sent_at or now_us, now_us), [*moved, fee])
    tx.changed(topics.EVIDENCE)
    return line


def _account(pocket: str, wallet: str) -> str:
    if pocket == FEE_ALONE:
        return ""
    found = pockets().get(pocket)
    if found is None or found.account == wallet:
        raise InvalidInput({"pocket": "Say where the money went: to another pocket of the shop's, or nowhere new."})
    return found.account


def _note(tx: Tx, line: EvidenceRow, pocket: str) -> str:
    expected = expected_fee_poisha(tx, line)
    fee = f"fee {taka(line.fee_poisha)}" + (f", {taka(expected)} expected" if expected != line.fee_poisha else "")
    to = f" to {pockets()[pocket].label}" if pocket else ", its fee alone"
    return f"{said_method(line.method)} {KINDS[line.kind].lower()} {taka(-line.amount_poisha)}{to}, {fee}"
