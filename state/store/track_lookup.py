"""Finding an order by its number and phone: throttled, and with one answer for a wrong number and a wrong phone."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from typing import Any

import reflex as rx

from dokango.errors import InvalidInput, NotFound, Throttled
from dokango.language import said_digits, say
from dokango.orders.customer.pace import TRACK_BY_NETWORK, TRACK_BY_NUMBER, TRACK_BY_PHONE
from dokango.orders.customer.tracking import link_of
from dokango.orders.placing.checkout_form import still_wrong
from dokango.people.phones import normalise_phone
from dokango.people.throttle import network_of
from dokango.shop.profile import load_profile
from dokango.words import words_of
from state.kit.access import allow_public
from state.kit.language import locale_of
from state.kit.work import read
from state.store.storefront import ShopState


class LookupState(rx.State):
    """The form of /track."""

    wrong: str = ""
    phone_error: str = ""
    busy: bool = False

    @rx.event
    @allow_public
    async def load(self) -> None:
        """The page's on_load."""
        self.wrong = self.phone_error = ""
        await (await self.get_state(ShopState))._show(await read(load_profile))

    @rx.event
    @allow_public
    async def mend(self, name: str, typed: str) -> None:
        """The number that was wrong was typed anew: what was said of it goes once it can be used."""
        if not still_wrong(str(name), str(typed)):
            self.phone_error = ""

    @rx.event
    @allow_public
    async def find(self, form: dict[str, Any]) -> AsyncGenerator[Any, None]:
        """To the order's page, when number and phone belong together."""
        self.wrong, self.phone_error, self.busy = "", "", True
        yield None
        locale = await locale_of(self)
        form = form if isinstance(form, dict) else {}
        # made plain before it is counted: another way of writing it is no other try
        number = "".join(words_of(str(form.get("number", ""))[:40]))
        try:
            phone = normalise_phone(str(form.get("phone", ""))[:40])
            TRACK_BY_NETWORK.take("track", network_of(self.router.session.client_ip))
            TRACK_BY_NUMBER.take("track-number", number)
            TRACK_BY_PHONE.take("track-phone", phone)
            link = await read(lambda tx: link_of(tx, number, phone))
            yield rx.redirect(f"/t/{link}")
        except InvalidInput as error:
            self.phone_error = error.fields["phone"] if locale == "en" else say("wrong.phone", locale)
            yield rx.set_focus("phone")
        except NotFound:
            self.wrong = say("track.none", locale)
        except Throttled as many:
            self.wrong = say("throttled", locale, minutes=said_digits(-(-many.retry_after_s // 60), locale))
        finally:
            self.busy = False
