"""The dialogs that end a claim: what the courier paid into the bank, or that it pays nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import reflex as rx

from dokango import process
from dokango.money import taka
from dokango.orders import Context
from dokango.orders.book import rows as orders
from dokango.orders.claims import rows, steps
from dokango.orders.claims.forms import PaidClaim, RefusedClaim
from dokango.people.permissions import Permission
from state.claims.text import STATES
from state.claims.typed import paid_of, refused_of
from state.kit.dialog import Overlay
from state.kit.feedback import done
from state.kit.form import ORDER, Form, sends
from state.kit.session import allow, allow_staff, current_actor
from state.kit.work import read, write

NO_ERRORS = {"amount_poisha": "", "reference": "", "reason": ""}
PAID, REFUSED = "paid", "refused"


class EndClaimState(Overlay, Form, rx.State):
    """One claim before it ends; `dialog` says how: PAID, REFUSED, or "" for neither."""

    dialog: str = ""
    claim_id: str = ""
    number: str = ""
    version: int = 0
    about: str = ""
    claimed: str = ""
    errors: dict[str, str] = NO_ERRORS
    no_errors: ClassVar[Mapping[str, str]] = NO_ERRORS
    open_vars: ClassVar[tuple[str, ...]] = ("dialog",)

    @rx.event
    @allow(Permission.SETTLE_COD)
    async def ask_pay(self, claim_id: str) -> None:
        """Ask what came in."""
        await self._ask(str(claim_id), PAID)

    @rx.event
    @allow(Permission.SHIP)
    async def ask_refuse(self, claim_id: str) -> None:
        """Ask why nothing comes."""
        await self._ask(str(claim_id), REFUSED)

    @rx.event
    @allow_staff
    async def close(self, is_open: bool = False) -> None:
        """Esc, a click outside, the cross or *Back*; nothing is done. While its work runs it stays."""
        if is_open is not True and not self.pending:
            self.dialog = ""

    @rx.event
    @allow(Permission.SETTLE_COD)
    @sends(lambda _, typed: paid_of(typed), over=ORDER)
    async def pay(self, form: PaidClaim) -> Any:
        """Book it against the loss."""
        context, claim_id = Context(current_actor(), process.clock(), self._shown_for.version), int(self.claim_id)
        claim = await write(lambda tx: steps.pay(tx, context, claim_id, form))
        self.dialog = ""
        return done(f"{taka(claim.paid_poisha)} is booked: {STATES[claim.state].lower()}.")

    @rx.event
    @allow(Permission.SHIP)
    @sends(lambda _, typed: refused_of(typed), over=ORDER)
    async def refuse(self, form: RefusedClaim) -> Any:
        """Close it."""
        context, claim_id = Context(current_actor(), process.clock(), self._shown_for.version), int(self.claim_id)
        await write(lambda tx: steps.refuse(tx, context, claim_id, form))
        self.dialog = ""
        return done("The claim is closed as refused. It can be claimed again.")

    async def _ask(self, claim_id: str, dialog: str) -> None:
        wanted = int(claim_id) if claim_id.isascii() and claim_id.isdigit() and len(claim_id) < 18 else 0
        claim = await read(lambda tx: rows.by_id(tx, wanted))
        order = await read(lambda tx: orders.by_number(tx, orders.number_of(tx, claim.order_id)))
        self.number, self.version = order.number, order.version
        self.claim_id, self.about = str(claim.id), f"#{order.number} · {steps.KIND_WORDS[claim.kind]}"
        self.claimed = taka(claim.claimed_poisha)
        self._anew()
        self.dialog = dialog

    def _is_shown(self, name: str) -> bool:
        return self.dialog == {"pay": PAID, "refuse": REFUSED}.get(name)
