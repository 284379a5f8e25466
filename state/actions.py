"""What the palette does from any page: it goes to an address that says so (`?do=…`), and that page's load opens it.

The address is taken away once it is done: a page that is loaded anew, or gone back to, opens nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

import reflex as rx

from dokango.people.permissions import Permission
from state.catalogue.products import ProductsState
from state.kit.access import allow_staff, current_actor
from state.kit.payload import words
from state.orders.entry import OrderEntryState
from state.settings.people import ApiKeysState, StaffState
from state.stock.count import CountState
from state.stock.receive import ReceiveState

DO = "do"
_LONGEST_WORD = 20


@dataclass(frozen=True, slots=True)
class Action:
    """A dialog of the page at `page` (an address), opened by the handler `opens` for those who hold `wants`."""

    word: str  # after ?do=
    page: str
    wants: Permission
    said: str
    icon: str
    opens: Any
    given: tuple[Any, ...] = ()

    @property
    def href(self) -> str:
        """The address that opens it."""
        return f"{self.page}{'&' if '?' in self.page else '?'}{DO}={self.word}"

    def is_at(self, path: str) -> bool:
        """Whether its dialog is on the page at `path`."""
        return urlsplit(self.page).path == path


ACTIONS: Sequence[Action] = (
    Action("order", "/orders", Permission.PLACE_ORDER, "New order", "plus", OrderEntryState.show),
    Action("receive", "/stock", Permission.RECEIVE_STOCK, "Receive goods", "package-plus", ReceiveState.open, ("",)),
    Action("count", "/stock", Permission.COUNT_STOCK, "Count stock", "clipboard-check", CountState.open, ("",)),
    Action("import", "/products", Permission.EDIT_PRODUCTS, "Import products", "file-up", ProductsState.ask_for_file,
           (True,)),
    Action("staff", "/settings?part=staff", Permission.EDIT_STAFF, "Add a member of staff", "user-plus",
           StaffState.ask, (True,)),
    Action("key", "/settings?part=keys", Permission.EDIT_STAFF, "New API key", "key-round", ApiKeysState.ask, (True,)),
)  # fmt: skip


class ActionsState(rx.State):
    """Opens what the address asks for."""

    _word: str = ""  # asked for by the address that is just being taken away

    @rx.event
    @allow_staff
    async def begin(self) -> Any:
        """The last of every staff page's load: what was asked for is opened once the address is clean.

        What one may not do, and what the page does not have, is not begun.
        """
        here, given = self.router.url.path.rstrip("/"), dict(self.router.url.query_parameters)
        before, self._word = self._word, words(given.pop(DO, ""), _LONGEST_WORD)
        if self._word:
            return rx.redirect(f"{here}?{urlencode(given)}" if given else here, replace=True)
        asked = next((action for action in ACTIONS if action.word == before and action.is_at(here)), None)
        if asked is None or not current_actor().may(asked.wants):
            return None
        return asked.opens(*asked.given)
