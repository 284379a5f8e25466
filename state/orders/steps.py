"""Clicks that move an order on. Each names the order and the version that its user saw; a stale click is refused.

Plain steps act at once; the others open a dialog first (`ask`) and act when its form is sent.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import reflex as rx

from dokango.errors import DokangoError, NotFound, StaleVersion
from dokango.language import written
from dokango.orders import Context, Done, perform_once
from dokango.orders.customer.instructions import send_instructions
from dokango.orders.customer.message import message_customer, told_of_cancelling
from dokango.orders.lifecycle import commands as c
from dokango.orders.lifecycle.faces import AT_ONCE, FACES, NOWHERE, forms
from dokango.people.permissions import Permission
from dokango.process import clock
from dokango.shop.cancel_reasons import in_bangla
from dokango.shop.profile import load_profile
from state.kit.dialog import Overlay
from state.kit.feedback import done, told
from state.kit.form import ORDER, Typed, sends
from state.kit.payload import version_of, words
from state.kit.session import allow, allow_staff, current_actor
from state.kit.work import read as read_db
from state.kit.work import write
from state.orders import typed as read
from state.orders.asked import ASKED
from state.orders.handing_over import Take, handing_over
from state.orders.money_steps import MoneySteps
from state.orders.order import OrderState
from state.orders.undo import taking_back
from state.pack.typed import checks_of

# Every field a dialog has: a var's missing key is no empty text in the browser.
_NO_ERRORS = dict.fromkeys(
    (
        "reason", "kind", "carrier", "tracking_code", "method", "amount_poisha", "charge_poisha", "paid_poisha",
        "reference", "lines", "collects_poisha", "took",
        "name", "phone", "line", "area", "city", "district", "text", "checks", "note",
    ),
    "",
)  # fmt: skip
DIALOGS = (*forms(), "message")
_CHOOSE = ("", "Choose one, or write it below")


class OrderStepsState(Overlay, MoneySteps, rx.State):
    """Which dialog is open, for which order as it was seen, and what was wrong with what was typed."""

    dialog: str = ""
    number: str = ""
    version: int = 0
    reasons: list[tuple[str, str]] = []  # why an order is cancelled: the shop's own list
    told: str = ""  # what the customer will read of it
    _cancelled_for: dict[str, str] = {}
    _in_bangla: dict[str, str] = {}  # the shop's reasons
    errors: dict[str, str] = _NO_ERRORS
    no_errors: ClassVar[Mapping[str, str]] = _NO_ERRORS
    most_chars: ClassVar[int] = 1_000
    open_vars: ClassVar[tuple[str, ...]] = ("dialog",)

    @rx.event
    @allow_staff
    async def ask(self, dialog: str, number: str, version: int) -> Any:
        """Open a dialog for the order that is on the screen."""
        self.dialog = dialog if dialog in DIALOGS else ""
        self.number, self.version = str(number)[:20], version_of(version)
        self._anew()
        if self.dialog == "cancel":
            self._in_bangla = (await read_db(load_profile)).reasons_in_bangla
            self.reasons = [_CHOOSE, *((said, said) for said in self._in_bangla)]
            self._cancelled_for = {}
            await self._say_told()

    @rx.event
    @allow(Permission.CANCEL)
    async def weigh(self, part: str, typed: str) -> None:
        """Another reason was chosen ("kind"), or written ("reason"): show what the customer will be told."""
        self._cancelled_for = {**self._cancelled_for, words(part, 10): words(typed, self.most_chars)}
        await self._say_told()

    async def _say_told(self) -> None:
        order = (await self.get_state(OrderState)).order
        reason = read.cancel_reason(self._cancelled_for.get("kind", ""), self._cancelled_for.get("reason", ""))
        locale = order.get("locale", "en")
        said = written(locale, reason, in_bangla(reason, self._in_bangla))
        self.told = told_of_cancelling(self.number, said, locale) if reason else ""

    @rx.event
    @allow_staff
    async def close(self, is_open: bool = False) -> None:
        """Close the dialog; nothing is done."""
        if not is_open:
            self.dialog = ""

    @rx.event
    @allow_staff
    async def act(self, action: str, number: str, version: int) -> Any:
        """Take a step that asks nothing. Whether this person may is asked where it is taken."""
        face, command = FACES.get(str(action)[:40]), c.COMMANDS.get(str(action)[:40])
        if face is None or command is None or face.place == NOWHERE:
            raise NotFound("action", str(action)[:40])
        if face.opens_in(await read_db(load_profile)) != AT_ONCE:
            raise NotFound("action", str(action)[:40])
        return await self._at_once(number, version, command())

    @rx.event
    @allow(Permission.DELIVER)
    async def say_collects(self, number: str, version: int, collects_poisha: int) -> Any:
        """Somebody knows what the rider of a parcel collects, or took."""
        return await self._at_once(number, version, read.collects_of(collects_poisha))

    @rx.event
    @allow(Permission.PACK)
    async def take(self, number: str, version: int) -> Any:
        """Put one's own name on the order."""
        mine = c.Mark(assigned_to=current_actor().name)
        return await self._at_once(number, version, mine)

    @rx.event
    @allow(Permission.HOLD)
    @sends(lambda _, typed: read.hold_of(typed), over=ORDER)
    async def hold(self, command: c.Hold) -> Any:
        """Hold with a reason of the list, and a note."""
        return await self._perform(command)

    @rx.event
    @allow(Permission.CANCEL)
    @sends(lambda _, typed: read.cancel_of(typed), over=ORDER)
    async def cancel(self, command: c.Cancel) -> Any:
        """Cancel, with the reason that the customer is told."""
        return await self._perform(command)

    @rx.event
    @allow(Permission.PACK)
    @sends(lambda _, typed: c.Pack(checks=checks_of(typed)), over=ORDER)
    async def pack(self, command: c.Pack) -> Any:
        """The parcel is packed, with what is ticked of the checklist."""
        return await self._perform(command)

    @rx.event
    @allow(Permission.SHIP)
    @sends(lambda _, typed: read.problem_of(typed), over=ORDER)
    async def report_problem(self, command: c.ReportProblem) -> Any:
        """Note what is wrong with the delivery; empty words clear it."""
        return await self._perform(command)

    @rx.event
    @allow(Permission.SHIP)
    @sends(lambda _, typed: read.ship_of(typed), over=ORDER)
    async def ship(self, command: c.Ship) -> Any:
        """Hand the parcel to somebody without an API."""
        return await self._perform(command, await handing_over(command, self._shown_for.number))

    @rx.event
    @allow(Permission.SHIP)
    @sends(lambda _, typed: read.code_of(typed), over=ORDER)
    async def set_code(self, command: c.SetCode) -> Any:
        """The code of a parcel that was handed over by hand."""
        return await self._perform(command)

    @rx.event
    @allow(Permission.RECEIVE_RETURN)
    @sends(lambda _, typed: read.return_of(typed), over=ORDER)
    async def receive_return(self, command: c.ReceiveReturn) -> Any:
        """Take goods back: how many of each line, and which of them are fit for the shelf."""
        return await self._perform(command)

    @rx.event
    @allow(Permission.RECEIVE_RETURN)
    @sends(lambda _, typed: read.lost_of(typed), over=ORDER)
    async def lose_parcel(self, command: c.LoseParcel) -> Any:
        """The courier has lost it."""
        return await self._perform(command)

    @rx.event
    @allow(Permission.EDIT_ORDER)
    @sends(lambda _, typed: read.refused_of(typed), over=ORDER)
    async def refuse_change(self, command: c.RefuseChange) -> Any:
        """What the customer asks for cannot be done."""
        return await self._perform(command)

    @rx.event
    @allow(Permission.APPROVE)
    @sends(lambda _, typed: read.unapproved_of(typed), over=ORDER)
    async def refuse_approval(self, command: c.RefuseApproval) -> Any:
        """A second person says no."""
        return await self._perform(command)

    @rx.event
    @allow(Permission.EDIT_ORDER)
    @sends(lambda _, typed: read.lower_of(typed), over=ORDER)
    async def lower_cod(self, command: c.LowerCod) -> Any:
        """The rider is to collect less."""
        return await self._perform(command)

    @rx.event
    @allow(Permission.RECEIVE_RETURN)
    @sends(lambda _, typed: read.inspect_of(typed), over=ORDER)
    async def inspect(self, command: c.Inspect) -> Any:
        """Say what was found in a parcel that came back."""
        return await self._perform(command)

    @rx.event
    @allow(Permission.CONFIRM)
    @sends(lambda _, typed: read.send_again_of(typed), over=ORDER)
    async def send_again(self, command: c.SendAgain) -> Any:
        """Let a parcel that came back go out once more."""
        return await self._perform(command)

    @rx.event
    @allow(Permission.EDIT_ORDER)
    @sends(lambda _, typed: read.address_of(typed), over=ORDER)
    async def edit_address(self, command: c.EditAddress) -> Any:
        """Change where the parcel goes."""
        return await self._perform(command)

    @rx.event
    @allow(Permission.EDIT_ORDER)
    @sends(lambda _, typed: read.note_of(typed), over=ORDER)
    async def note(self, command: c.AddNote) -> Any:
        """Write on the timeline; only staff read it."""
        self.dialog = ""
        answer = await self._perform(command)
        self._next_press()  # the box is empty again, and the same words may be written once more
        return answer

    @rx.event
    @allow_staff
    @sends(lambda _, typed: c.Undo(reason=typed.get("reason", "")), over=ORDER)
    async def undo(self, command: c.Undo) -> Any:
        """Take back the last step, with a reason. Who may take that step, may take it back."""
        return await self._perform(command)

    @rx.event
    @allow(Permission.EDIT_ORDER)
    @sends(lambda _, typed: read.message_of(typed), over=ORDER)
    async def message(self, said: str) -> Any:
        """Write to the customer."""
        seen = self._shown_for
        context = Context(current_actor(), clock(), seen.version)
        result = await write(lambda tx: message_customer(tx, context, seen.number, said))
        self.dialog = ""
        return done(f"The message about #{result.number} goes out.")

    @rx.event
    @allow(Permission.EDIT_ORDER)
    async def tell_how_to_pay(self, number: str, version: int) -> Any:
        """Send the payment instructions once more; pressed twice, the second finds another version."""
        context, known = Context(current_actor(), clock(), version_of(version)), str(number)[:20]
        result = await write(lambda tx: send_instructions(tx, context, known))
        return done(f"How to pay for #{result.number} goes out once more.")

    async def _at_once(self, number: str, version: int, command: c.Command) -> Any:
        """A step without a dialog."""
        context, known = Context(current_actor(), clock(), version_of(version)), str(number)[:20]
        return _told(command, await write(lambda tx: perform_once(tx, context, known, command)))

    async def _perform(self, command: c.Command, take: Take | None = None) -> Any:
        """A step whose dialog was sent, on the order as it was seen. `take` takes it, where it has more to it."""
        seen = self._shown_for
        context = Context(current_actor(), clock(), seen.version)
        result = await write(
            lambda tx: take(tx, context, seen.number) if take else perform_once(tx, context, seen.number, command)
        )
        self.dialog = ""
        return _told(command, result)

    def _is_shown(self, name: str) -> bool:
        return name == "note" or self.dialog == name

    def _on_page(self, wrong: Mapping[str, str], typed: Typed) -> dict[str, str]:
        names = read.ON_PAGE.get(self.dialog, {})
        last = {field.rpartition(".")[2]: said for field, said in wrong.items()}
        return {names.get(field, field): said for field, said in last.items()}

    def _stands_under(self, name: str) -> str:
        return "lines" if read.is_piece(name) else name

    async def _say_refused(self, error: DokangoError, typed: Typed) -> Any:
        if isinstance(error, StaleVersion):
            self.dialog = ""
        if not self.dialog:
            raise error
        return await super()._say_refused(error, typed)


def _told(command: c.Command, result: Done) -> Any:
    if result.asked:
        return told(ASKED.format(n=result.number))
    return done(FACES[command.action].done.format(n=result.number), taking_back(command.action, [result]))
