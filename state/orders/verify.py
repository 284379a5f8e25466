"""The verify-payment dialog: a claim beside what staff see in the wallet, one after the other."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import Any

import reflex as rx

from dokango import topics
from dokango.clock import age_words, said
from dokango.db import Tx
from dokango.errors import DokangoError, InvalidInput, StaleVersion
from dokango.money import parse_taka, taka, typed_taka
from dokango.orders import Context, perform_once
from dokango.orders.book import rows
from dokango.orders.lifecycle.commands import RejectClaim, VerifyPayment
from dokango.orders.reading import lists
from dokango.payments.check_claim import Finding, Typed, check_claim
from dokango.payments.messages import WalletMessage, parse_message
from dokango.payments.methods import METHODS, claimable, said_method
from dokango.people.permissions import Permission
from dokango.people.phones import said_phone
from dokango.process import clock
from state.kit import live
from state.kit.feedback import done, told
from state.kit.session import allow, current_actor
from state.kit.work import now_us, read, write

_AMOUNT_FIELD = "received"
_MOST_SKIPPED = 500
_NO_CLAIM = dict.fromkeys(("method", "trx_id", "sender", "sender_said", "age", "exact", "where"), "")


class VerifyState(rx.State):
    """One order's payment as it is being checked; `skipped` are not offered again until the dialog is closed."""

    is_open: bool = False
    number: str = ""
    version: int = 0
    position: str = ""
    claim: dict[str, str] = _NO_CLAIM
    due: str = ""
    total: str = ""
    method: str = ""
    transaction_id: str = ""
    sender: str = ""
    amount: str = ""
    message: str = ""
    message_error: str = ""
    findings: list[dict[str, str]] = []
    wallet_says: list[dict[str, str]] = []
    amount_level: str = ""
    amount_words: str = ""
    button: str = ""
    blocked: str = ""
    failure: str = ""
    pending: bool = False
    rejecting: bool = False
    reject_error: str = ""
    _skipped: list[str] = []
    _message: WalletMessage | None = None

    @rx.event
    @allow(Permission.VERIFY_PAYMENT)
    async def show(self, number: str) -> Any:
        """Open the dialog on one order."""
        self._skipped = []
        live.watch(self, topics.ORDERS)
        await self._offer(str(number)[:20])
        self.is_open = True
        return rx.set_focus(_AMOUNT_FIELD)

    @rx.event
    @allow(Permission.VERIFY_PAYMENT)
    async def close(self, is_open: bool = False) -> None:
        """Close; nothing is booked."""
        if not is_open:
            self.is_open = False

    @rx.event
    @allow(Permission.VERIFY_PAYMENT)
    async def type_amount(self, typed: str) -> None:
        """The amount as it is typed: short and over are said at once."""
        self.amount = str(typed)[:30]
        await self._weigh()

    @rx.event
    @allow(Permission.VERIFY_PAYMENT)
    async def type_trx_id(self, typed: str) -> None:
        """The TrxID as it is typed: re-used and odd ones are said at once."""
        self.transaction_id = str(typed)[:90]
        await self._weigh()

    @rx.event
    @allow(Permission.VERIFY_PAYMENT)
    async def type_sender(self, typed: str) -> None:
        """The number it came from."""
        self.sender = str(typed)[:40]
        await self._weigh()

    @rx.event
    @allow(Permission.VERIFY_PAYMENT)
    async def choose_wallet(self, method: str) -> None:
        """The wallet it arrived in."""
        if method in claimable():
            self.method = method
            await self._weigh()

    @rx.event
    @allow(Permission.VERIFY_PAYMENT)
    async def paste(self, message: str) -> None:
        """The wallet's own message fills the fields and is compared line by line."""
        self.message, self.message_error, self._message = str(message)[:2_000], "", None
        if self.message.strip():
            try:
                self._message = read_message = parse_message(self.message)
                self.method, self.transaction_id = read_message.method, read_message.trx_id
                self.amount = typed_taka(read_message.amount_poisha)
                if len(read_message.sender) == 11:
                    self.sender = read_message.sender
            except InvalidInput as error:
                self.message_error = str(error)
        await self._weigh()

    @rx.event
    @allow(Permission.VERIFY_PAYMENT)
    async def skip(self) -> Any:
        """Leave this one for later, and go on to the next."""
        return await self._next()

    @rx.event
    @allow(Permission.VERIFY_PAYMENT)
    async def ask_reject(self, is_open: bool) -> None:
        """Open or close the question why the TrxID is rejected."""
        self.rejecting, self.reject_error = bool(is_open), ""

    @rx.event
    @allow(Permission.VERIFY_PAYMENT)
    async def receive(self, form: dict[str, Any]) -> AsyncGenerator[Any, None]:
        """Book the amount; then the next claim is offered."""
        if self.pending:
            return
        # What stands in the fields now counts, even where the pause after typing was not over yet.
        self.amount = str(form.get(_AMOUNT_FIELD, self.amount))[:30]
        self.transaction_id = str(form.get("trx", self.transaction_id))[:90]
        self.sender = str(form.get("from", self.sender))[:40]
        await self._weigh()
        if self.blocked:
            self.failure = self.blocked
            return
        self.pending = True
        yield
        try:
            sentence = await self._book()
        except StaleVersion as error:
            await self._offer(self.number, keep=True)
            self.failure = str(error)
            return
        except DokangoError as error:
            self.failure = str(error)
            return
        finally:
            self.pending = False
        yield done(sentence)
        yield await self._next()

    @rx.event
    @allow(Permission.VERIFY_PAYMENT)
    async def reject(self, form: dict[str, Any]) -> Any:
        """The TrxID is not in the wallet: the customer is told why, and the next claim is offered."""
        reason = str(form.get("reason", "")).strip()[:500]
        if not reason:
            self.reject_error = "Say why; the customer reads it."
            return None
        context, number = Context(current_actor(), clock(), self.version), self.number
        await write(lambda tx: perform_once(tx, context, number, RejectClaim(reason=reason)))
        self.rejecting = False
        return [done(f"The TrxID of #{number} is rejected. The customer is told."), await self._next()]

    async def _book(self) -> str:
        amount = parse_taka(self.amount)
        command = VerifyPayment(
            method=self.method, transaction_id=self.transaction_id, amount_poisha=amount, sender=self.sender or None
        )
        context, number = Context(current_actor(), clock(), self.version), self.number
        result = await write(lambda tx: perform_once(tx, context, number, command))
        order = await read(lambda tx: rows.by_number(tx, result.number))
        rest = f" {taka(order.due_poisha)} stays due." if order.due_poisha else ""
        over = f" {taka(order.refund_due_poisha)} is due back." if order.refund_due_poisha else ""
        return f"{taka(amount)} received on #{number}.{rest}{over}"

    async def _next(self) -> Any:
        """On to the next claim in the queue; the dialog closes when none is left."""
        self._skipped = [*self._skipped, self.number][-_MOST_SKIPPED:]
        skipped = list(self._skipped)
        following = await read(lambda tx: lists.next_in(tx, "to_verify", skipped))
        if following is None:
            self.is_open = False
            return told("No other TrxID waits to be verified.")
        await self._offer(following)
        return rx.set_focus(_AMOUNT_FIELD)

    async def _offer(self, number: str, *, keep: bool = False) -> None:
        """Fill the dialog with an order's claim; `keep` what was typed when it is the same order, read again."""
        offer = await read(lambda tx: _offered(tx, number, now_us()))
        self.number, self.version, self.position = number, offer.version, offer.position
        self.claim, self.due, self.total = offer.claim, offer.due, offer.total
        self.failure, self.rejecting, self.reject_error = "", False, ""
        if not keep:
            self.method, self.transaction_id = offer.method, offer.claim.get("trx_id", "")
            self.sender, self.amount = offer.claim.get("sender", ""), offer.amount
            self.message, self.message_error, self._message = "", "", None
        await self._weigh()

    async def _refresh(self) -> None:
        """After a commit: the place in the queue follows, and a change by somebody else is said at once."""
        if not self.is_open:
            return
        number = self.number
        offer = await read(lambda tx: _offered(tx, number, now_us()))
        self.position = offer.position
        if offer.version != self.version:
            await self._offer(number, keep=True)
            self.failure = f"Order #{number} was changed by somebody else just now. Look again before you book it."

    async def _weigh(self) -> None:
        """Say everything that does not fit, before the click."""
        typed = Typed(self.method, self.transaction_id, self.amount, self.sender)
        number, message = self.number, self._message
        found = await read(lambda tx: _weighed(tx, number, typed, message))
        self.wallet_says = [_finding(f) for f in found if f.about.startswith("wallet_")]
        self.findings = [_finding(f) for f in found if f.about in ("trx", "sender")]
        amount = next(f for f in found if f.about == "amount")
        self.amount_level, self.amount_words = amount.level, amount.words
        self.blocked = next((f.words for f in found if f.level == "bad"), "")
        self.button = f"Mark {taka(parse_taka(self.amount))} received" if amount.level != "bad" else "Mark as received"
        self.failure = ""


@dataclass(frozen=True, slots=True)
class _Offer:
    """One order as the dialog shows it."""

    version: int
    position: str
    claim: dict[str, str]
    due: str
    total: str
    method: str
    amount: str


def _offered(tx: Tx, number: str, now: int) -> _Offer:
    order = rows.by_number(tx, number)
    claim = rows.waiting_claim(tx, order.id)
    position = ""
    if order.claim_waits:
        at, of = lists.position_in(tx, "to_verify", order)
        position = f"{at} of {of} to verify"
    words = _NO_CLAIM if claim is None else {
        "method": said_method(claim.method), "trx_id": claim.trx_id, "sender": claim.sender,
        "sender_said": said_phone(claim.sender) if claim.sender else "not said",
        "age": age_words(claim.claimed_at, now), "exact": said(claim.claimed_at),
        "where": METHODS[claim.method].app_hint,
    }  # fmt: skip
    known = claimable()
    method = claim.method if claim else order.payment_method if order.payment_method in known else next(iter(known))
    return _Offer(
        order.version, position, words, taka(order.due_poisha), taka(order.total_poisha), method,
        typed_taka(order.due_poisha) if order.due_poisha else "",
    )  # fmt: skip


def _weighed(tx: Tx, number: str, typed: Typed, message: WalletMessage | None) -> list[Finding]:
    order = rows.by_number(tx, number)
    return check_claim(tx, order, rows.waiting_claim(tx, order.id), typed, message)


def _finding(found: Finding) -> dict[str, str]:
    about = found.about.removeprefix("wallet_")
    label = {"trx": "TrxID", "sender": "from", "time": "at"}.get(about, about)
    return {"about": about, "label": label, "level": found.level, "words": found.words}
