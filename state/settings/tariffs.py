"""Settings: what each courier charges. One courier at a time; which one is in the address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import reflex as rx

from dokango import process, topics
from dokango.couriers.carriers import names_written, said_name
from dokango.couriers.kind.tariff import Band, Prices, Tariff
from dokango.couriers.registry import account_part
from dokango.couriers.tariffs import change_tariff, load_tariffs
from dokango.db import Tx
from dokango.ledger import accounts
from dokango.ledger.balances import account_pairs
from dokango.people.permissions import Permission
from state.kit import live
from state.kit.feedback import done, told
from state.kit.form import Form, Typed, sends
from state.kit.payload import words
from state.kit.session import allow, current_actor
from state.kit.work import write
from state.settings.tariff_typed import LONGEST_NAME, carrier_typed, fields_of, tariff_typed

_EMPTY = Tariff(bands=(Band(up_to_g=500, price=Prices()),))


@dataclass(frozen=True, slots=True)
class _Kept:
    """A courier, by its name in the books, and the tariff that was typed for it."""

    courier: str
    tariff: Tariff


class TariffSettingsState(Form, rx.State):
    """The couriers that have a tariff or carried something, and the table of the one that is open."""

    couriers: list[dict[str, str]] = []
    courier: str = ""
    name: str = ""
    form: dict[str, str] = fields_of(_EMPTY)
    unchecked: bool = False
    unknown: bool = False  # nobody said what it charges
    showing: str = ""  # changes with what the fields were filled from
    _times: int = 0

    @rx.event
    @allow(Permission.EDIT_SETTINGS)
    async def load(self) -> None:
        """The page's on_load, after each change of the address too."""
        self._anew()
        self.courier = words(self.router.url.query_parameters.get("courier", ""), LONGEST_NAME)
        live.watch(self, topics.SETTINGS)
        await self._refresh()

    @rx.event
    @allow(Permission.EDIT_SETTINGS)
    @sends(lambda _, typed: _kept(typed))
    async def save_tariff(self, kept: _Kept) -> Any:
        """Keep what was typed, as looked over."""
        actor, clock = current_actor(), process.clock()
        changed = await write(lambda tx: change_tariff(tx, actor, clock, kept.courier, kept.tariff))
        await self._refresh()
        return (
            done("Saved. Parcels booked from now on are reckoned by it.") if changed else told("Nothing was changed.")
        )

    @rx.event
    @allow(Permission.EDIT_SETTINGS)
    @sends(lambda _, typed: carrier_typed(typed))
    async def add_courier(self, name: str) -> Any:
        """Open the table of a courier that has none yet."""
        self._anew()
        return rx.redirect("/settings?" + urlencode({"part": "tariffs", "courier": account_part(None, name)}))

    async def _refresh(self) -> None:
        tariffs, carriers, names = await live.once(("tariffs",), _known)
        known = list(dict.fromkeys((*tariffs, *carriers)))
        self.courier = self.courier or (known[0] if known else "")
        found = tariffs.get(self.courier)
        self.couriers = [_tab(key, names) for key in dict.fromkeys((*known, self.courier))]
        self.name = said_name(self.courier, names)
        self.unknown, self.unchecked = found is None, found is not None and not found.checked
        form = fields_of(found or _EMPTY)
        if form != self.form or not self.showing.startswith(f"{self.courier} "):
            self.form, self._times = form, self._times + 1
            self.showing = f"{self.courier} {self._times}"
            self._seen_anew()


def _known(tx: Tx) -> tuple[Mapping[str, Tariff], list[str], Mapping[str, str]]:
    """All tariffs, and who carried anything that stands in the books or is kept by name."""
    prefix = accounts.courier_receivable("")
    named = {account for pair in account_pairs(tx) for account in pair if account.startswith(prefix)}
    kept = names_written(tx)
    return load_tariffs(tx), [*kept, *sorted(account.removeprefix(prefix) for account in named)], kept


def _kept(typed: Typed) -> _Kept:
    courier = account_part(None, typed.get("courier", "")[:LONGEST_NAME])
    return _Kept(courier, tariff_typed(typed))


def _tab(courier: str, names: Mapping[str, str]) -> dict[str, str]:
    query = urlencode({"part": "tariffs", "courier": courier})
    return {"key": courier, "name": said_name(courier, names), "href": f"/settings?{query}"}
