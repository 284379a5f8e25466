"""What couriers hold, by age, and the orders behind it in pages; with `?courier=…` those of one courier."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

import reflex as rx

from dokango import topics
from dokango.couriers.carriers import names_written, said_name
from dokango.couriers.kind.tariff import Tariff
from dokango.couriers.tariffs import load_tariffs
from dokango.db import Tx
from dokango.ledger import accounts
from dokango.ledger.balances import balances_under
from dokango.paging import Page, shown
from dokango.people.permissions import Permission
from dokango.reports.held_cash import Owing, held_by_day, held_page
from state.cod.held_text import MOST_IN_MESSAGE, OneHolds, Row, holding, orders_behind
from state.kit import live
from state.kit.payload import words
from state.kit.session import allow
from state.kit.turns import Turned, cursor_in
from state.kit.work import now_us

ROUTE = "/cod"


@dataclass(frozen=True, slots=True)
class _Seen:
    holds: list[OneHolds]
    page: Page[Owing]
    tariffs: dict[str, Tariff]
    names: dict[str, str]


class HeldCashState(Turned, rx.State):
    """Each courier with what it holds, and one page of orders."""

    loading: bool = True
    held: list[Row] = []
    orders: list[Row] = []
    of_courier: str = ""  # whose orders are listed, in words; "" for all
    _courier: str = ""

    @rx.event
    @allow(Permission.SETTLE_COD)
    async def load(self) -> None:
        """The page's on_load, after each change of the address too."""
        asked = self.router.url.query_parameters
        self._courier, self._cursor = words(asked.get("courier", ""), 60), cursor_in(asked.get("cursor", ""))
        live.watch(self, topics.ORDERS, topics.SETTINGS, calm_s=2.0)
        await self._refresh()
        self.loading = False

    async def _refresh(self) -> None:
        courier, cursor, now = self._courier, self._cursor, now_us()
        seen = await live.once(("held-cash", courier, cursor), lambda tx: _read(tx, now, courier, cursor))
        self.held = [holding(one, seen.tariffs, seen.names) for one in seen.holds]
        self.orders = orders_behind(seen.page.rows, seen.tariffs, seen.names)
        self.of_courier = said_name(courier, seen.names) if courier else ""
        self._show_turns(seen.page, lambda at: _url(courier, at))


def _read(tx: Tx, now: int, courier: str, cursor: str) -> _Seen:
    prefix = accounts.courier_receivable("")
    balances = {account.removeprefix(prefix): poisha for account, poisha in balances_under(tx, prefix).items()}
    days = held_by_day(tx, now)
    holds = []
    for one in dict.fromkeys((*(day.courier for day in days), *balances)):
        mine, balance = [day for day in days if day.courier == one], balances.get(one, 0)
        if mine or balance:
            oldest = held_page(tx, now, one, size=MOST_IN_MESSAGE).rows if mine else ()
            holds.append(OneHolds(one, mine, oldest, balance))
    page = shown(lambda at: held_page(tx, now, courier, at), cursor)
    return _Seen(holds, page, load_tariffs(tx), names_written(tx))


def _url(courier: str, cursor: str) -> str:
    asked = {"courier": courier} if courier else {}
    return f"{ROUTE}?{urlencode({**asked, 'cursor': cursor})}"
