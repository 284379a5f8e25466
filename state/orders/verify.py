"""The verify-payment dialog: a claim beside what staff see in the wallet, one after the other.

Nothing of the wallet's side is filled in before there is evidence for the order that is shown: the wallet's own message
(pasted, or brought before and fitting whole), or the amount that a person reads there and types. Before that nothing is
booked, whatever is pressed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import reflex as rx

from dokango import topics
from dokango.errors import DokangoError, StaleVersion
from dokango.money import parse_taka, taka
from dokango.orders.book import rows
from dokango.orders.lifecycle.commands import VerifyPayment
from dokango.payments import check_claim
from dokango.payments.evidence import EvidenceRow
from dokango.payments.messages import WalletMessage
from dokango.payments.methods import claimable
from dokango.payments.wallet_photos import photos_of_line
from dokango.people.permissions import Permission
from state.kit import live
from state.kit.feedback import done, told
from state.kit.form import ORDER, Typed, as_typed, sends
from state.kit.payload import words
from state.kit.session import allow
from state.kit.work import now_us, read
from state.orders.asked import ASKED
from state.orders.evidence import Evidence, NotReady
from state.orders.in_turn import AMOUNT_FIELD, CHANGED
from state.orders.offer import NO_CLAIM, offered, weighed
from state.orders.rejecting import Rejecting
from state.orders.verify_typed import cut
from state.wallet.photo_text import photos_in_words

NO_ERRORS = {"reason": ""}


class VerifyState(Rejecting, rx.State):
    """One order's payment as it is being checked against what the wallet tells."""

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
    forgivable: str = ""
    photos: list[dict[str, str]] = []
    upload: str = ""  # where another photo of this order's claim goes
    blocked: str = ""
    errors: dict[str, str] = NO_ERRORS
    no_errors: ClassVar[Mapping[str, str]] = NO_ERRORS
    _message: WalletMessage | None = None
    _doubtful: bool = False

    @rx.event
    @allow(Permission.VERIFY_PAYMENT)
    async def show(self, number: str) -> Any:
        """Open the dialog on one order; over the list the next ones follow, over any other page it is alone."""
        return await self._show(number)

    async def _show_with(self, number: str, line: EvidenceRow) -> Any:
        """The same with what the wallet told, as if it were pasted."""
        focus = await self._show(number)
        photos = await read(lambda tx: photos_of_line(tx, line.id))
        self.photos = [*self.photos, *photos_in_words(photos)]
        self._take(self._given().with_told(line.said, line.message, self.claim))
        await self._weigh()
        return focus

    async def _show(self, number: str) -> Any:
        self._skipped = []
        self.in_queue = self.router.url.path.rstrip("/") == "/orders"
        live.watch(self, topics.ORDERS)
        await self._offer(words(number, 20))
        self.is_open = True
        await self._be_seen()
        return rx.set_focus(AMOUNT_FIELD)

    @rx.event
    @allow(Permission.VERIFY_PAYMENT)
    async def type_amount(self, typed: str, number: str = "") -> None:
        """The amount read in the wallet, as it is typed: short and over are said at once."""
        if self._is_about_another(number):
            return
        self._take(self._given().with_amount(cut(typed, "amount"), self.claim))
        await self._weigh()

    @rx.event
    @allow(Permission.VERIFY_PAYMENT)
    async def type_trx_id(self, typed: str, number: str = "") -> None:
        """The TrxID as it is typed: re-used and odd ones are said at once."""
        if self._is_about_another(number):
            return
        self.transaction_id = cut(typed, "transaction_id")
        await self._weigh()

    @rx.event
    @allow(Permission.VERIFY_PAYMENT)
    async def type_sender(self, typed: str, number: str = "") -> None:
        """The number it came from."""
        if self._is_about_another(number):
            return
        self.sender = cut(typed, "sender")
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
        self._take(self._given().with_message(cut(message, "message"), self.claim))
        await self._weigh()

    @rx.event
    @allow(Permission.VERIFY_PAYMENT)
    @sends(as_typed, over=ORDER)
    async def receive(self, typed: Typed) -> Any:
        """Book the amount on the order that the form was shown for; then the next claim is offered."""
        self._be_as_shown()
        await self._take_fields(typed)
        amount = parse_taka(self.amount)
        done_on = await self._perform(
            VerifyPayment(
                method=self.method,
                transaction_id=self.transaction_id,
                amount_poisha=amount,
                sender=self.sender or None,
                forgive=bool(self.forgivable and typed.get("forgive")),
            )
        )
        if done_on.asked:
            return [told(f"{taka(amount)} on {ASKED.format(n=done_on.number)}"), *await self._next()]
        order = await read(lambda tx: rows.by_number(tx, done_on.number))
        rest = f" {taka(order.due_poisha)} stays due." if order.due_poisha else ""
        over = f" {taka(order.refund_due_poisha)} is due back." if order.refund_due_poisha else ""
        return [done(f"{taka(amount)} received on #{order.number}.{rest}{over}"), *await self._next()]

    def _is_about_another(self, number: str) -> bool:
        """Whether what was typed, was typed while another order was on the screen."""
        return bool(number) and number != self.number

    async def _take_fields(self, typed: Typed) -> None:
        """Take what stands in the fields, even where the pause after typing was not over. Raises NotReady."""
        message = typed.get("message", self.message.strip())
        hasty = message != self.message.strip()
        if hasty:
            self._take(self._given().with_message(message, self.claim))
        else:
            self.method = typed["wallet"] if typed.get("wallet") in claimable() else self.method
            self._take(self._given().with_amount(cut(typed.get(AMOUNT_FIELD, ""), "amount"), self.claim))
            # An empty field of a form that was sent before the evidence had filled it says nothing.
            self.transaction_id = cut(typed.get("trx", ""), "transaction_id") or self.transaction_id
            self.sender = cut(typed.get("from", ""), "sender") or self.sender
        await self._weigh()
        if self.blocked:
            raise NotReady(self.blocked if self.evidence else "")  # without evidence the page asks for it already
        if hasty and self._doubtful:
            raise NotReady("Not everything in this message fits. Look, and press once more to book it all the same.")

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

    async def _offer(self, number: str, *, keep: bool = False) -> None:
        """Fill the dialog with an order's claim; `keep` what was typed when it is the same order, read again."""
        offer = await read(lambda tx: offered(tx, number, now_us()))
        self.number, self.version, self.position = offer.number, offer.version, offer.position
        self.claim, self.due, self.total = offer.claim, offer.due, offer.total
        self.photos, self.upload = photos_in_words(offer.photos), f"/upload/wallet-photos/orders/{offer.number}"
        if not keep:
            self._anew()
            self.rejecting = False
            empty = Evidence(method=offer.method)
            told = offer.told
            self._take(empty.with_told(told.said, told.message, offer.claim) if told else empty)
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
            self.failure = CHANGED.format(n=number)

    async def _say_refused(self, error: DokangoError, typed: Typed) -> Any:
        if isinstance(error, StaleVersion):
            await self._offer(self.number, keep=True)
        return await super()._say_refused(error, typed)

    async def _weigh(self) -> None:
        """Say everything that does not fit, before the click."""
        typed = check_claim.Typed(self.method, self.transaction_id, self.amount, self.sender)
        number, message, given = self.number, self._message, bool(self.evidence)
        found = await read(lambda tx: weighed(tx, number, typed, message, given=given))
        self.about_claim, self.findings, self.wallet_says = found.about_claim, found.findings, found.wallet_says
        self.amount_level, self.amount_words = found.amount_level, found.amount_words
        self.blocked, self.button, self._doubtful = found.blocked, found.button, found.doubtful
        self.forgivable = found.forgivable
        self.failure = ""
