"""What is done on a customer's page: a note, labels, a block; each about the customer who was on the screen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, TypeVar

import reflex as rx

from dokango import process
from dokango.customers import acts
from dokango.customers.acts import By
from dokango.db import Tx
from dokango.orders import one_customer
from dokango.orders.one_customer import OtherNumber
from dokango.people.permissions import Permission
from dokango.people.phones import said_phone
from state.customers.typed import About, block_of, labels_of, note_of, other_of, unblock_of
from state.kit.dialog import Overlay
from state.kit.feedback import done
from state.kit.form import Form, sends
from state.kit.payload import words
from state.kit.session import allow, allow_staff, current_actor
from state.kit.work import write

NO_ERRORS = {"words": "", "labels": "", "reason": "", "other": ""}
Asked = TypeVar("Asked")
Act = Callable[[Tx, By, str, Asked], object]
LABELS, BLOCK, UNBLOCK, MERGE, SEPARATE = "labels", "block", "unblock", "merge", "separate"


class CustomerNoteState(Form, rx.State):
    """The box on the page in which something is written down."""

    errors: dict[str, str] = {"words": ""}
    no_errors: ClassVar[Mapping[str, str]] = {"words": ""}

    @rx.event
    @allow(Permission.EDIT_CUSTOMERS)
    @sends(lambda _, typed: note_of(typed))
    async def write(self, about: About[acts.WriteNote]) -> Any:
        """Write it down."""
        by = By(current_actor(), process.clock())
        await write(lambda tx: acts.write_note(tx, by, about.phone, about.form))
        return done("The note is kept.")


class CustomerActsState(Overlay, Form, rx.State):
    """The dialogs; `dialog` says which is open, "" none."""

    dialog: str = ""
    phone: str = ""
    about: str = ""
    labels: str = ""
    other: str = ""
    errors: dict[str, str] = NO_ERRORS
    no_errors: ClassVar[Mapping[str, str]] = NO_ERRORS
    open_vars: ClassVar[tuple[str, ...]] = ("dialog",)

    @rx.event
    @allow(Permission.EDIT_CUSTOMERS)
    async def ask_label(self, phone: str, labels: str) -> None:
        """Ask which labels they have from now on."""
        self.labels = words(labels, 600)
        self._ask(LABELS, phone)

    @rx.event
    @allow(Permission.BLOCK_CUSTOMERS)
    async def ask_block(self, phone: str) -> None:
        """Ask why."""
        self._ask(BLOCK, phone)

    @rx.event
    @allow(Permission.BLOCK_CUSTOMERS)
    async def ask_unblock(self, phone: str) -> None:
        """Ask once more."""
        self._ask(UNBLOCK, phone)

    @rx.event
    @allow(Permission.MERGE_CUSTOMERS)
    async def ask_merge(self, phone: str) -> None:
        """Ask which other number is theirs."""
        self._ask(MERGE, phone)

    @rx.event
    @allow(Permission.MERGE_CUSTOMERS)
    async def ask_separate(self, phone: str, other: str) -> None:
        """Ask once more."""
        self.other = words(other, 20)
        self._ask(SEPARATE, phone)

    @rx.event
    @allow_staff
    async def close(self, is_open: bool = False) -> None:
        """Esc, a click outside, the cross or *Back*; nothing is done. While its work runs it stays."""
        if is_open is not True and not self.pending:
            self.dialog = ""

    @rx.event
    @allow(Permission.EDIT_CUSTOMERS)
    @sends(lambda _, typed: labels_of(typed))
    async def label(self, about: About[acts.SetLabels]) -> Any:
        """These, and no others."""
        return await self._keep(acts.set_labels, about, "The labels are kept.")

    @rx.event
    @allow(Permission.BLOCK_CUSTOMERS)
    @sends(lambda _, typed: block_of(typed))
    async def block(self, about: About[acts.Block]) -> Any:
        """No order of theirs goes on unseen."""
        return await self._keep(acts.block, about, f"{said_phone(about.phone)} is blocked. They are not told.")

    @rx.event
    @allow(Permission.BLOCK_CUSTOMERS)
    @sends(lambda _, typed: unblock_of(typed))
    async def unblock(self, about: About[acts.Unblock]) -> Any:
        """Their orders go on again."""
        return await self._keep(acts.unblock, about, f"{said_phone(about.phone)} is no longer blocked.")

    @rx.event
    @allow(Permission.MERGE_CUSTOMERS)
    @sends(lambda _, typed: other_of(typed))
    async def merge(self, about: About[OtherNumber]) -> Any:
        """Both numbers lead to one page from now on."""
        said = f"{said_phone(about.form.other)} leads here now. No order was changed."
        return await self._keep(one_customer.merge, about, said)

    @rx.event
    @allow(Permission.MERGE_CUSTOMERS)
    @sends(lambda _, typed: other_of(typed))
    async def separate(self, about: About[OtherNumber]) -> Any:
        """The other number is a customer of its own again."""
        said = f"{said_phone(about.form.other)} is a customer of its own again."
        return await self._keep(one_customer.separate, about, said)

    async def _keep(self, act: Act[Asked], about: About[Asked], sentence: str) -> Any:
        """Do it about the customer who was on the screen, close, and say so."""
        by = By(current_actor(), process.clock())
        await write(lambda tx: act(tx, by, about.phone, about.form))
        self.dialog = ""
        return done(sentence)

    def _ask(self, dialog: str, phone: str) -> None:
        self.phone = words(phone, 20)
        self.about = said_phone(self.phone)
        self._anew()
        self.dialog = dialog

    def _is_shown(self, name: str) -> bool:
        return self.dialog == {"label": LABELS}.get(name, name)
