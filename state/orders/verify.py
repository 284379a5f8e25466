"""The verify-payment dialog: a claim beside what staff see in the wallet, one after the other.

Nothing of the wallet's side is filled in before a person gives evidence for the order that is shown: the wallet's own
message, pasted, or the amount that they read there and type. Before that nothing is booked, whatever is pressed.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator
from typing import Any

import reflex as rx

from dokango import topics
from dokango.errors import DokangoError, StaleVersion
from dokango.money import parse_taka, taka
from dokango.orders import Context, perform_once
from dokango.orders.book import rows
from dokango.orders.lifecycle.commands import RejectClaim, VerifyPayment
from dokango.orders.reading import lists
from dokango.payments.check_claim import Typed
from dokango.payments.messages import WalletMessage
from dokango.payments.methods import claimable
from dokango.people.permissions import Permission
from dokango.process import clock
from state.kit import live
from state.kit.dialog import Overlay
from state.kit.feedback import done, told
from state.kit.payload import texts, words
from state.kit.seen import Seen, seen_in
from state.kit.session import allow, current_actor
from state.kit.work import now_us, read, write
from state.orders.evidence import Evidence
from state.orders.offer import NO_CLAIM, offered, weighed

_AMOUNT_FIELD = "received"
_MOST_SKIPPED = 500
_LONGEST = {"amount": 30, "transaction_id": 90, "sender": 40, "message": 2_000}


class VerifyState(Overlay, rx.State):
    """One order's payment as it is being checked; `skipped` are not offered again until the dialog is closed."""

    is_open: bool = False
    in_queue: bool = True  # whether the next claim is offered after this one
    number: str = ""
    version: int = 0
    position: str = ""
    claim: dict[str, str] = NO_CLAIM
    due: str = ""
    total: str = ""
    evidence: str = ""
    method: str = ""
    transaction_id: str = ""
    sender: str = ""
    amount: str = ""
    message: str = ""
    message_error: str = ""
    about_claim: list[dict[str, str]] = []
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
    _doubtful: bool = False
    _acted_on: Seen | None = None  # what the last booking or rejection was for

    @rx.event
    @allow(Permission.VERIFY_PAYMENT)
    async def show(self, number: str) -> Any:
        """Open the dialog on one order; from that order's own page on it alone."""
        self._skipped = []
        self.in_queue = not self.router.url.path.rstrip("/").startswith("/orders/")
        live.watch(self, topics.ORDERS)
        await self._offer(words(number, 20))
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
    async def type_amount(self, typed: str, number: str = "") -> None:
        """The amount read in the wallet, as it is typed: short and over are said at once."""
        if self._is_about_another(number):
            return
        self._take(self._given().with_amount(_cut(typed, "amount"), self.claim))
        await self._weigh()

    @rx.event
    @allow(Permission.VERIFY_PAYMENT)
    async def type_trx_id(self, typed: str, number: str = "") -> None:
        """The TrxID as it is typed: re-used and odd ones are said at once."""
        if self._is_about_another(number):
            return
        self.transaction_id = _cut(typed, "transaction_id")
        await self._weigh()

    @rx.event
    @allow(Permission.VERIFY_PAYMENT)
    async def type_sender(self, typed: str, number: str = "") -> None:
        """The number it came from."""
        if self._is_about_another(number):
            return
        self.sender = _cut(typed, "sender")
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
    async def paste(self, message: str, number: str = "") -> None:
        """The wallet's own message fills the fields and is compared line by line."""
        if self._is_about_another(number):
            return
        self._take(self._given().with_message(_cut(message, "message"), self.claim))
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
        """Book the amount on the order that the form was shown for, once; then the next claim is offered."""
        seen = seen_in(form)
        if self.pending or seen == self._acted_on:
            return
        self.failure = self._not_what_was_seen(seen) or await self._not_ready(form)
        if self.failure or self.blocked:
            return
        self.pending = True
        yield
        try:
            sentence = await self._book(seen)
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
    async def reject(self, form: dict[str, Any]) -> AsyncGenerator[Any, None]:
        """The TrxID is not in the wallet: the customer is told why, and the next claim is offered."""
        seen, reason = seen_in(form), texts(form, 500).get("reason", "")
        if seen == self._acted_on:
            return
        self.reject_error = self._not_what_was_seen(seen) or ("" if reason else "Say why; the customer reads it.")
        if self.reject_error:
            return
        context = Context(current_actor(), clock(), seen.version)
        await write(lambda tx: perform_once(tx, context, seen.number, RejectClaim(reason=reason)))
        self.rejecting, self._acted_on = False, seen
        yield done(f"The TrxID of #{seen.number} is rejected. The customer is told.")
        yield await self._next()

    async def _book(self, seen: Seen) -> str:
        amount = parse_taka(self.amount)
        command = VerifyPayment(
            method=self.method, transaction_id=self.transaction_id, amount_poisha=amount, sender=self.sender or None
        )
        context = Context(current_actor(), clock(), seen.version)
        result = await write(lambda tx: perform_once(tx, context, seen.number, command))
        self._acted_on = seen
        order = await read(lambda tx: rows.by_number(tx, result.number))
        rest = f" {taka(order.due_poisha)} stays due." if order.due_poisha else ""
        over = f" {taka(order.refund_due_poisha)} is due back." if order.refund_due_poisha else ""
        return f"{taka(amount)} received on #{result.number}.{rest}{over}"

    def _is_about_another(self, number: str) -> bool:
        """Whether what was typed, was typed while another order was on the screen."""
        return bool(number) and number != self.number

    def _not_what_was_seen(self, seen: Seen) -> str:
        """Why a form that shows `seen` is not acted on; "" when it shows what is here."""
        if seen.number != self.number:
            return (
                f"This is order #{self.number} now, which you had not seen yet. Nothing was booked on it; look first."
            )
        if seen.version != self.version:
            return f"Order #{self.number} was changed by somebody else just now. Look again before you book it."
        return ""

    async def _not_ready(self, form: dict[str, Any]) -> str:
        """Take what stands in the fields, even where the pause after typing was not over; why it cannot be booked."""
        typed = texts(form, _LONGEST["message"])
        message = typed.get("message", self.message.strip())
        hasty = message != self.message.strip()
        if hasty:
            self._take(self._given().with_message(message, self.claim))
        else:
            self.method = typed["wallet"] if typed.get("wallet") in claimable() else self.method
            self._take(self._given().with_amount(_cut(typed.get(_AMOUNT_FIELD, ""), "amount"), self.claim))
            # An empty field of a form that was sent before the evidence had filled it says nothing.
            self.transaction_id = _cut(typed.get("trx", ""), "transaction_id") or self.transaction_id
            self.sender = _cut(typed.get("from", ""), "sender") or self.sender
        await self._weigh()
        if not self.blocked and hasty and self._doubtful:
            return "Not everything in this message fits. Look, and press once more to book it all the same."
        return self.blocked if self.evidence else ""

    def _given(self) -> Evidence:
        """The wallet's side as it stands."""
        return Evidence(
            self.evidence, self.method, self.transaction_id, self.sender, self.amount, self.message,
            self.message_error, self._message,
        )  # fmt: skip

    def _take(self, given: Evidence) -> None:
        self.evidence, self.method, self.transaction_id = given.evidence, given.method, given.transaction_id
        self.sender, self.amount, self.message = given.sender, given.amount, given.message
        self.message_error, self._message = given.message_error, given.read

    async def _next(self) -> Any:
        """On to the next claim in the queue; the dialog closes when none is left, or only one order was asked for."""
        if not self.in_queue:
            self.is_open = False
            return None
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
        offer = await read(lambda tx: offered(tx, number, now_us()))
        self.number, self.version, self.position = offer.number, offer.version, offer.position
        self.claim, self.due, self.total = offer.claim, offer.due, offer.total
        self.failure, self.rejecting, self.reject_error = "", False, ""
        if not keep:
            self._take(Evidence(method=offer.method))
        await self._weigh()

    async def _refresh(self) -> None:
        """After a commit: the place in the queue follows, and a change by somebody else is said at once."""
        if not self.is_open:
            return
        number = self.number
        offer = await read(lambda tx: offered(tx, number, now_us()))
        self.position = offer.position
        if offer.version != self.version:
            await self._offer(number, keep=True)
            self.failure = f"Order #{number} was changed by somebody else just now. Look again before you book it."

    async def _weigh(self) -> None:
        """Say everything that does not fit, before the click."""
        typed = Typed(self.method, self.transaction_id, self.amount, self.sender)
        number, message, given = self.number, self._message, bool(self.evidence)
        found = await read(lambda tx: weighed(tx, number, typed, message, given=given))
        self.about_claim, self.findings, self.wallet_says = found.about_claim, found.findings, found.wallet_says
        self.amount_level, self.amount_words = found.amount_level, found.amount_words
        self.blocked, self.button, self._doubtful = found.blocked, found.button, found.doubtful
        self.failure = ""


def _cut(typed: Any, field: str) -> str:
    """What was typed, as it was typed, up to the field's length."""
    return typed[: _LONGEST[field]] if isinstance(typed, str) else ""
