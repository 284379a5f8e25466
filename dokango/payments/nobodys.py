"""Money that matches no order, settled: given back to who sent it, or kept as their credit for the next order."""

from __future__ import annotations

from typing import Annotated, NamedTuple

from pydantic import ConfigDict, Field
from sqlalchemy import insert

from dokango import audit, topics
from dokango.clock import Clock
from dokango.db import Statement, Tx, table_of
from dokango.errors import Refused
from dokango.ledger import accounts
from dokango.ledger.entries import Happening, NewPosting, post
from dokango.money import MOST_POISHA, taka
from dokango.payments import evidence
from dokango.payments.credits import KEPT, PAID_OUT, Source, add_credit, entries_of, spend
from dokango.payments.credits import note as note_entry
from dokango.payments.evidence import EvidenceRow
from dokango.payments.messages import INCOME
from dokango.payments.methods import account_of, said_method
from dokango.payments.models import GivenBack
from dokango.payments.parts import take_part
from dokango.payments.sendings import pocket_to_send_by, reference_of, take_reference
from dokango.payments.sent_alone import refuse_alone
from dokango.people.actor import Actor
from dokango.people.permissions import Permission
from dokango.people.phones import normalise_phone, said_phone
from dokango.plain_model import PlainModel
from dokango.shop.profile import load_profile

_GIVE = Statement(
    insert(table_of(GivenBack)),
    columns=["event_id", "phone", "method", "trx_id", "amount_poisha", "sent_by", "reference", "given_at", "by"],
)


class _Form(PlainModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, str_strip_whitespace=True)


class GiveBack(_Form):
    """Money was sent back. `method` is the pocket it went out of, `reference` the wallet's TrxID of the sending."""

    method: Annotated[str, Field(max_length=40)]
    reference: Annotated[str, Field(max_length=100)] = ""


class KeepForCustomer(_Form):
    """All that is left of a line is the credit of who has this phone; left out, of who sent it."""

    phone: Annotated[str, Field(max_length=40)] = ""


class PayOutCredit(_Form):
    """A customer's credit was sent to them in money."""

    method: Annotated[str, Field(max_length=40)]
    amount_poisha: Annotated[int, Field(ge=1, le=MOST_POISHA)]
    reference: Annotated[str, Field(max_length=100)] = ""


class Settled(NamedTuple):
    """What was settled, in poisha, and the event that says so."""

    amount_poisha: int
    phone: str
    event_id: int


class By(NamedTuple):
    """Who acts, by which clock."""

    actor: Actor
    clock: Clock


def give_back(tx: Tx, by: By, evidence_id: int, form: GiveBack) -> Settled:
    """All that is left of a line was sent back: it came into its wallet, and went out again.

    Raises NotAllowed, NotFound, InvalidInput, TrxIdTaken, NothingLeft.
    """
    by.actor.require(Permission.REFUND)
    line = _income(tx, evidence_id)
    pocket = pocket_to_send_by(form.method)
    reference = reference_of(pocket, form.reference)
    amount = take_part(tx, line.method, line.trx_id, by.clock.now_us())
    refuse_alone(tx, by.actor.name, line.sender, amount, by.clock.now_us())
    note = f"{taka(amount)}, TrxID {line.trx_id}, by {pocket.label}" + (f" · {reference}" if reference else "")
    happening = _note(tx, by, f"wallet/{line.id}/given_back", "give_back", note)
    take_reference(tx, pocket, reference, happening.event_id)
    _came_in(tx, happening, line, amount, accounts.PAYABLE_NOBODYS, [
        NewPosting(accounts.PAYABLE_NOBODYS, pocket.account, amount),
    ])  # fmt: skip
    _give(tx, by, happening, line.sender, amount, (line.method, line.trx_id), (pocket.key, reference))
    return Settled(amount, line.sender, happening.event_id)


def keep_for_customer(tx: Tx, by: By, evidence_id: int, form: KeepForCustomer) -> Settled:
    """All that is left of a line is a customer's credit. Raises what `give_back` raises."""
    by.actor.require(Permission.VERIFY_PAYMENT)
    line = _income(tx, evidence_id)
    phone = normalise_phone(form.phone or line.sender)
    amount = take_part(tx, line.method, line.trx_id, by.clock.now_us())
    note = f"{taka(amount)} by {said_method(line.method)}, TrxID {line.trx_id}, for {said_phone(phone)}"
    happening = _note(tx, by, f"wallet/{line.id}/kept", "keep_credit", note)
    _came_in(tx, happening, line, amount, accounts.PAYABLE_CREDITS, [])
    add_credit(tx, happening, phone, amount, Source(KEPT, by.actor.name, line.method, line.trx_id))
    return Settled(amount, phone, happening.event_id)


def pay_out_credit(tx: Tx, by: By, phone: str, form: PayOutCredit) -> Settled:
    """A customer's credit was sent to them. Raises NotAllowed, InvalidInput, CreditSpent."""
    by.actor.require(Permission.REFUND)
    phone = normalise_phone(phone)
    pocket = pocket_to_send_by(form.method)
    reference = reference_of(pocket, form.reference)
    note = f"{taka(form.amount_poisha)} to {said_phone(phone)}, by {pocket.label}"
    note += f" · {reference}" if reference else ""
    spend(tx, phone, form.amount_poisha)
    refuse_alone(tx, by.actor.name, phone, form.amount_poisha, by.clock.now_us())
    happening = _note(tx, by, f"credit/{phone}/{len(entries_of(tx, phone))}", "pay_out_credit", note)
    note_entry(tx, happening, phone, -form.amount_poisha, Source(PAID_OUT, by.actor.name))
    take_reference(tx, pocket, reference, happening.event_id)
    post(tx, happening, [NewPosting(accounts.PAYABLE_CREDITS, pocket.account, form.amount_poisha)])
    _give(tx, by, happening, phone, form.amount_poisha, ("", ""), (pocket.key, reference))
    return Settled(form.amount_poisha, phone, happening.event_id)


def _income(tx: Tx, evidence_id: int) -> EvidenceRow:
    line = evidence.by_id(tx, evidence_id)
    if line.reading != INCOME:
        raise Refused("give_back", "This line tells of no payment.")
    return line


def _note(tx: Tx, by: By, key: str, action: str, note: str) -> Happening:
    now = by.clock.now_us()
    event_id = audit.record(
        tx, key=key, order_id=None, action=action, actor=by.actor.name, actor_kind=by.actor.kind, from_status=None,
        to_status=None, note=note, data={}, now_us=now,
    )  # fmt: skip
    tx.changed(topics.EVIDENCE)
    return Happening(event_id, key, None, now, now)


def _came_in(tx: Tx, happening: Happening, line: EvidenceRow, amount: int, owed: str, out: list[NewPosting]) -> None:
    """The money that nobody had booked lies in its wallet, less the fee, and is owed."""
    cash = account_of(line.method)
    fee = load_profile(tx).fee_poisha(line.method, amount)
    post(tx, happening, [NewPosting(cash, owed, amount), NewPosting(accounts.WALLET_FEES, cash, fee), *out])


def _give(
    tx: Tx, by: By, happening: Happening, phone: str, amount: int, came: tuple[str, str], sent: tuple[str, str]
) -> None:
    tx.run(
        _GIVE, event_id=happening.event_id, phone=phone, method=came[0], trx_id=came[1], amount_poisha=amount,
        sent_by=sent[0], reference=sent[1], given_at=happening.happened_at, by=by.actor.name,
    )  # fmt: skip
