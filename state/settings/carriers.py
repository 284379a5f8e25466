"""Settings: the couriers without an API that the owner keeps by name, and the dialog that adds and changes one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar
from urllib.parse import urlencode

import reflex as rx

from dokango import process, topics
from dokango.couriers.carriers import Carrier, add_carrier, change_carrier, load_carriers
from dokango.couriers.manual import LONGEST_CARRIER
from dokango.couriers.tracking_links import LONGEST_LINK, link_template
from dokango.errors import NotFound
from dokango.people.permissions import Permission
from dokango.people.phones import said_phone
from dokango.text import how_many
from state.kit import live
from state.kit.dialog import Dialog
from state.kit.feedback import done, told
from state.kit.form import Form, Typed, sends
from state.kit.payload import words
from state.kit.session import allow, current_actor
from state.kit.work import read, write
from state.settings.typed import FieldReading

_NEW = Carrier(name="new")
FIELDS = ("carrier", "link", "days_inside", "days_outside", "phone")


@dataclass(frozen=True, slots=True)
class Kept:
    """What was typed, of the courier that the books call `key`; "" of a new one."""

    key: str
    carrier: Carrier


class CarrierSettingsState(Dialog, Form, rx.State):
    """The couriers, and the one in the dialog."""

    rows: list[dict[str, str]] = []
    key: str = ""
    form: dict[str, str] = dict.fromkeys(FIELDS, "")
    is_on: bool = True
    no_errors: ClassVar[dict[str, str]] = dict.fromkeys(FIELDS, "")
    errors: dict[str, str] = no_errors

    @rx.event
    @allow(Permission.EDIT_SETTINGS)
    async def load(self) -> None:
        """The page's on_load."""
        live.watch(self, topics.SETTINGS)
        await self._refresh()

    @rx.event
    @allow(Permission.EDIT_SETTINGS)
    async def ask(self, is_open: bool = True) -> None:
        """Open the dialog for another courier."""
        self._show("", _NEW.model_copy(update={"name": ""}))
        self.is_open = is_open is True

    @rx.event
    @allow(Permission.EDIT_SETTINGS)
    async def alter(self, key: str) -> None:
        """Open it for one that is there."""
        found = next((one for one in await read(load_carriers) if one.key == words(key, LONGEST_CARRIER)), None)
        if found is None:
            raise NotFound("courier", words(key, LONGEST_CARRIER))
        self._show(found.key, found)
        self.is_open = True

    @rx.event
    @allow(Permission.EDIT_SETTINGS)
    @sends(lambda _, typed: carrier_typed(typed))
    async def save(self, kept: Kept) -> Any:
        """Keep what was typed."""
        actor, clock, key, carrier = current_actor(), process.clock(), kept.key, kept.carrier
        if key:
            changed = await write(lambda tx: change_carrier(tx, actor, clock, key, carrier))
        else:
            await write(lambda tx: add_carrier(tx, actor, clock, carrier))
            changed = True
        self.is_open = False
        await self._refresh()
        return done(f"{carrier.name} is kept.") if changed else told("Nothing was changed.")

    def _on_page(self, wrong: Any, typed: Typed) -> dict[str, str]:
        return {("carrier" if name == "name" else name): sentence for name, sentence in wrong.items()}

    def _show(self, key: str, carrier: Carrier) -> None:
        self._anew()
        self.key, self.is_on = key, carrier.is_on
        self.form = {
            "carrier": carrier.name, "link": carrier.link, "phone": carrier.phone,
            "days_inside": str(carrier.days_inside), "days_outside": str(carrier.days_outside),
        }  # fmt: skip

    async def _refresh(self) -> None:
        self.rows = [_in_words(one) for one in await live.once(("carriers",), load_carriers)]


def carrier_typed(typed: Typed) -> Kept:
    """What the dialog holds. Raises InvalidInput, one sentence a field."""
    reading = FieldReading(typed)
    carrier = {
        "name": reading.text("carrier", LONGEST_CARRIER, least=1),
        "link": reading.tried(lambda: link_template(reading.text("link", LONGEST_LINK), "link"), ""),
        "days_inside": reading.whole("days_inside", 60),
        "days_outside": reading.whole("days_outside", 60),
        "phone": reading.phone("phone"),
        "is_on": typed.get("is_on", "") in ("on", "true"),
    }
    reading.done(None)
    return Kept(typed.get("key", ""), Carrier.model_validate(carrier))


def _in_words(carrier: Carrier) -> dict[str, str]:
    query = urlencode({"part": "tariffs", "courier": carrier.key})
    inside, outside = how_many(carrier.days_inside, "day"), how_many(carrier.days_outside, "day")
    return {
        "key": carrier.key,
        "name": carrier.name,
        "link": carrier.link,
        "days": f"{inside} here, {outside} elsewhere",
        "phone": carrier.phone,
        "phone_shown": said_phone(carrier.phone) if carrier.phone else "",
        "off": "" if carrier.is_on else "1",
        "tariff": f"/settings?{query}",
    }
