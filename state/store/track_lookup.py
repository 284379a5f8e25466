"""Finding an order by its number and phone: throttled, and with one answer for a wrong number and a wrong phone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import reflex as rx

from dokango.errors import DokangoError, InvalidInput, NotFound
from dokango.language import say
from dokango.orders.customer.pace import TRACK_BY_NETWORK, TRACK_BY_NUMBER, TRACK_BY_PHONE
from dokango.orders.customer.tracking import link_of
from dokango.people.phones import normalise_phone
from dokango.people.throttle import network_of
from dokango.shop.profile import load_profile
from dokango.words import words_of
from state.kit.access import allow_public
from state.kit.form import Typed, sends
from state.kit.language import locale_of
from state.kit.work import read
from state.store.customer_form import CustomerForm
from state.store.storefront import ShopState

NO_ERRORS = {"phone": ""}


class LookupState(CustomerForm, rx.State):
    """The form of /track."""

    errors: dict[str, str] = NO_ERRORS
    no_errors: ClassVar[Mapping[str, str]] = NO_ERRORS
    most_chars: ClassVar[int] = 40

    @rx.event
    @allow_public
    async def load(self) -> None:
        """The page's on_load."""
        self._anew()
        await (await self.get_state(ShopState))._show(await read(load_profile))

    @rx.event
    @allow_public
    @sends(lambda _, typed: (_number_of(typed), normalise_phone(typed.get("phone", ""))))
    async def find(self, asked: tuple[str, str]) -> Any:
        """To the order's page, when number and phone belong together."""
        number, phone = asked
        TRACK_BY_NETWORK.take("track", network_of(self.router.session.client_ip))
        TRACK_BY_NUMBER.take("track-number", number)
        TRACK_BY_PHONE.take("track-phone", phone)
        link = await read(lambda tx: link_of(tx, number, phone))
        self._next_press()  # who comes back to the page may look once more
        return rx.redirect(f"/t/{link}")

    def _in_language(self, error: InvalidInput, locale: str) -> dict[str, str]:
        return {"phone": error.fields["phone"] if locale == "en" else say("wrong.phone", locale)}

    async def _say_refused(self, error: DokangoError, typed: Typed) -> Any:
        if not isinstance(error, NotFound):
            return await super()._say_refused(error, typed)
        self.failure = say("track.none", await locale_of(self))
        return None


def _number_of(typed: Typed) -> str:
    """Made plain before it is counted: another way of writing it is no other try."""
    return "".join(words_of(typed.get("number", "")))
