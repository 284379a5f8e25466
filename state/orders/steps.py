"""Clicks that move an order on. Each names the order and the version that its user saw; a stale click is refused.

Plain steps act at once; the others open a dialog first (`ask`) and act when its form is sent.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator
from typing import Any, ClassVar

import reflex as rx
from pydantic import ValidationError

from dokango.couriers.manual import MANUAL
from dokango.errors import DokangoError, InvalidInput, NotFound, StaleVersion
from dokango.money import parse_taka, taka
from dokango.numbers import whole_number
from dokango.orders import Context, Done, perform_once
from dokango.orders.customer.message import message_customer
from dokango.orders.lifecycle import commands as c
from dokango.orders.lifecycle.faces import AT_ONCE, FACES, NOWHERE, forms
from dokango.people.permissions import Permission
from dokango.process import clock
from state.kit.dialog import Overlay
from state.kit.feedback import done
from state.kit.payload import texts, words
from state.kit.session import allow, allow_staff, current_actor
from state.kit.work import write
from state.orders.order import OrderState

# Every field a dialog has: a var's missing key is no empty text in the browser.
_NO_ERRORS = dict.fromkeys(
    (
        "reason", "note", "problem", "carrier", "tracking_code", "method", "amount_poisha", "charge_poisha",
        "reference", "lines", "name", "phone", "line", "area", "city", "district", "text",
    ),
    "",
)  # fmt: skip
DIALOGS = (*forms(), "message")


class OrderStepsState(Overlay, rx.State):
    """Which dialog is open, for which order as it was seen, and what was wrong with what was typed."""

    dialog: str = ""
    number: str = ""
    version: int = 0
    pending: bool = False
    errors: dict[str, str] = _NO_ERRORS
    failure: str = ""
    open_vars: ClassVar[tuple[str, ...]] = ("dialog",)

    @rx.event
    @allow_staff
    async def ask(self, dialog: str, number: str, version: int) -> Any:
        """Open a dialog for the order that is on the screen."""
        self.dialog = dialog if dialog in DIALOGS else ""
        self.number, self.version = str(number)[:20], _whole(version)
        self.errors, self.failure = _NO_ERRORS, ""

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
        if face is None or command is None or face.opens != AT_ONCE or face.place == NOWHERE:
            raise NotFound("action", str(action)[:40])
        return await self._at_once(number, version, command())

    @rx.event
    @allow(Permission.PACK)
    async def take(self, number: str, version: int) -> Any:
        """Put one's own name on the order."""
        mine = c.Mark(assigned_to=current_actor().name)
        return await self._at_once(number, version, mine)

    @rx.event
    @allow(Permission.HOLD)
    async def hold(self, form: dict[str, Any]) -> Any:
        """Hold with a reason of the list, and a note."""
        fields = {"reason": _said(form, "kind"), "note": _said(form, "reason")}
        return await self._from_form(c.Hold, fields)

    @rx.event
    @allow(Permission.CANCEL)
    async def cancel(self, form: dict[str, Any]) -> Any:
        """Cancel, with the reason that the customer is told."""
        return await self._from_form(c.Cancel, {"reason": _said(form, "reason")})

    @rx.event
    @allow(Permission.SHIP)
    async def report_problem(self, form: dict[str, Any]) -> Any:
        """Note what is wrong with the delivery; empty words clear it."""
        return await self._from_form(c.ReportProblem, {"problem": _said(form, "reason")})

    @rx.event
    @allow(Permission.SHIP)
    async def ship(self, form: dict[str, Any]) -> Any:
        """Hand the parcel to somebody without an API."""
        fields = {
            "courier": MANUAL.key,
            "carrier": _said(form, "carrier"),
            "tracking_code": _said(form, "tracking_code"),
        }
        return await self._from_form(c.Ship, fields)

    @rx.event
    @allow(Permission.REFUND)
    async def refund(self, form: dict[str, Any]) -> AsyncGenerator[Any, None]:
        """Book a refund that was paid."""
        self.pending = True
        yield
        fields = {"method": _said(form, "method"), "reference": _said(form, "reference")}
        try:
            yield await self._from_form(c.PayRefund, fields, money={"amount_poisha": form})
        finally:
            self.pending = False

    @rx.event
    @allow(Permission.SETTLE_COD)
    async def pay_out(self, form: dict[str, Any]) -> AsyncGenerator[Any, None]:
        """Book what the courier paid out, less its charge."""
        self.pending = True
        yield
        paid = texts(form)
        paid["charge_poisha"] = paid.get("charge_poisha") or "0"
        fields = {"reference": paid.get("reference", "")}
        money = {"amount_poisha": paid, "charge_poisha": paid}
        try:
            yield await self._from_form(c.PayOut, fields, money=money)
        finally:
            self.pending = False

    @rx.event
    @allow(Permission.RECEIVE_RETURN)
    async def receive_return(self, form: dict[str, Any]) -> Any:
        """Take goods back: how many of each line, and which of them are fit for the shelf."""
        order = await self.get_state(OrderState)
        lines, wrong = _returned_lines(form, [line["sku"] for line in order.lines])
        if wrong:
            self.errors = _NO_ERRORS | wrong
            return None
        fields = {"lines": lines, "reason": _said(form, "reason"), "include_delivery": bool(form.get("delivery"))}
        return await self._from_form(c.ReceiveReturn, fields)

    @rx.event
    @allow(Permission.EDIT_ORDER)
    async def edit_address(self, form: dict[str, Any]) -> Any:
        """Change where the parcel goes."""
        fields = {name: _said(form, name) for name in ("name", "phone", "line", "area", "city", "district")}
        return await self._from_form(c.EditAddress, fields)

    @rx.event
    @allow(Permission.EDIT_ORDER)
    async def note(self, form: dict[str, Any]) -> Any:
        """Write on the timeline; only staff read it."""
        order = await self.get_state(OrderState)
        self.dialog, self.number, self.version = "", order.order.get("number", ""), order.version
        return await self._from_form(c.AddNote, {"text": _said(form, "text")})

    @rx.event
    @allow(Permission.EDIT_ORDER)
    async def message(self, form: dict[str, Any]) -> Any:
        """Write to the customer."""
        words, number = _said(form, "text"), self.number
        if not 0 < len(words) <= 900:
            self.errors = _NO_ERRORS | {"text": "Write what the customer should read, up to 900 characters."}
            return None
        context = Context(current_actor(), clock(), self.version)
        return await self._do(
            lambda: write(lambda tx: message_customer(tx, context, number, words)), "The message about #{n} goes out."
        )

    async def _at_once(self, number: str, version: int, command: c.Command) -> Any:
        """A step without a dialog."""
        context, known = Context(current_actor(), clock(), _whole(version)), str(number)[:20]
        result: Done = await write(lambda tx: perform_once(tx, context, known, command))
        return done(FACES[command.action].done.format(n=result.number))

    async def _from_form(
        self, command: type[c.Command], fields: dict[str, Any], money: dict[str, Any] | None = None
    ) -> Any:
        """A step whose dialog was sent: errors go to their fields, what was typed stays."""
        wrong: dict[str, str] = {}
        for name, form in (money or {}).items():
            try:
                fields[name] = parse_taka(_said(form, name), name)
            except InvalidInput as error:
                wrong.update(error.fields)
        asked = None if wrong else _checked(command, fields, wrong)
        if asked is None:
            self.errors = _NO_ERRORS | wrong
            return None
        context, number = Context(current_actor(), clock(), self.version), self.number
        return await self._do(
            lambda: write(lambda tx: perform_once(tx, context, number, asked)), FACES[command.action].done
        )

    async def _do(self, act: Any, sentence: str) -> Any:
        self.errors, self.failure = _NO_ERRORS, ""
        try:
            result: Done = await act()
        except InvalidInput as error:
            self.errors = _NO_ERRORS | {field.rpartition(".")[2]: words for field, words in error.fields.items()}
            return None
        except StaleVersion:
            self.dialog = ""
            raise
        except DokangoError as error:
            self.failure = str(error)
            return None if self.dialog else _raise(error)
        self.dialog = ""
        return done(sentence.format(n=result.number))


def _raise(error: DokangoError) -> None:
    raise error


_FIELD_WORDS = {
    "reason": "Say why; it is kept in the order's history.",
    "text": "Write something first, up to 1,000 characters.",
    "name": "Who receives it?",
    "line": "House, road, village: where does it go?",
    "amount_poisha": f"Type an amount of more than {taka(0)}.",
}


def _checked(command: type[c.Command], fields: dict[str, Any], wrong: dict[str, str]) -> c.Command | None:
    """The command of `fields`; None when pydantic refuses, with a sentence a field in `wrong`."""
    try:
        return command.model_validate(fields)
    except ValidationError as error:
        for problem in error.errors():
            name = str(problem["loc"][0]) if problem["loc"] else "reason"
            wrong[name] = _FIELD_WORDS.get(name, "This cannot be used here. Check it and try again.")
        return None


def _returned_lines(form: dict[str, Any], skus: list[str]) -> tuple[list[dict[str, Any]], dict[str, str]]:
    """What the return form says of each line: some fit for the shelf, some not."""
    lines: list[dict[str, Any]] = []
    for sku in skus:
        for name, restock in ((f"good {sku}", True), (f"bad {sku}", False)):
            try:
                pieces = whole_number(_said(form, name) or "0", "lines", 0, c.MOST_PIECES)
            except InvalidInput as error:
                return [], {"lines": f"{sku}: {error}"}
            if pieces:
                lines.append({"sku": sku, "quantity": pieces, "restock": restock})
    return lines, {} if lines else {"lines": "Say how many pieces came back."}


def _said(form: Any, name: str) -> str:
    return words(form.get(name), 1_000) if isinstance(form, dict) else ""


def _whole(value: object) -> int:
    """A version from the browser: an int, or 0, which no order has."""
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**62 else 0
