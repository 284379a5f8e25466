"""The wallet page in a tab of a browser: messages pasted in, and whose payments they tell of."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import reflex as rx

from dokango import topics
from dokango.db import Tx
from dokango.errors import InvalidInput
from dokango.orders.booked_by_rule import booked_since_morning
from dokango.orders.reading.evidence import matches
from dokango.orders.reading.evidence_lists import TABS, WAITING, page, waiting
from dokango.paging import Page, shown
from dokango.payments.evidence import MOST_AT_ONCE, PASTE, Brought, EvidenceRow, keep_all, split
from dokango.payments.reconciliation import Reconciled, reconcile
from dokango.payments.wallet_photos import lines_with_photos
from dokango.people.permissions import Permission
from state.kit import live
from state.kit.feedback import done
from state.kit.form import Form, Typed, sends
from state.kit.session import allow, current_actor
from state.kit.turns import Turned, cursor_in
from state.kit.work import now_us, write
from state.wallet.photo_text import photo_address
from state.wallet.text import balance_in_words, by_rule_in_words, outcome, row_in_words

ROUTE = "/wallet"
BALANCES = "balances"  # the tab that lists wallets, not lines
LONGEST_PASTE = 60_000


class WalletState(Form, Turned, rx.State):
    """One tab of the list, and the paste that goes in."""

    tab: str = WAITING
    rows: list[dict[str, str]] = []
    balances: list[dict[str, str]] = []
    to_book: str = ""
    by_rule: str = ""  # what the rule booked today
    pastes: int = 0  # taken in this tab: the field is another after each, so that it is empty again
    loading: bool = True

    @rx.event
    @allow(Permission.VERIFY_PAYMENT)
    async def load(self) -> None:
        """The page's on_load, after each change of the address too."""
        asked = self.router.url.query_parameters
        tab = str(asked.get("tab", WAITING))
        self.tab = tab if tab in TABS or tab == BALANCES else WAITING
        self._cursor = cursor_in(asked.get("cursor", ""))
        live.watch(self, topics.EVIDENCE, topics.ORDERS)
        await self._refresh()

    @rx.event
    @allow(Permission.BRING_EVIDENCE)
    @sends(lambda _, typed: _messages(typed))
    async def bring(self, texts: list[str]) -> Any:
        """Keep each message of the paste as what it says."""
        actor, now = current_actor(), now_us()
        kept = await write(lambda tx: keep_all(tx, actor, [Brought(text) for text in texts], PASTE, now))
        self._anew()
        self.pastes += 1
        await self._refresh()
        return done(outcome(kept))

    async def _refresh(self) -> None:
        tab, cursor, now = self.tab, self._cursor, now_us()
        if tab == BALANCES:
            await self._refresh_balances()
            return
        found, lines, photos, count = await live.once(("wallet", tab, cursor), lambda tx: _read(tx, tab, cursor))
        self.by_rule = by_rule_in_words(
            await live.once(("wallet", "by rule"), lambda tx: booked_since_morning(tx, now))
        )
        self.rows = [
            row_in_words(row, match, now) | {"photo": photo_address(photos.get(row.id, ""))}
            for row, match in zip(found.rows, lines, strict=True)
        ]
        self.to_book = str(count)
        self._show_turns(found, lambda at: _url(tab, at))
        self.loading = False

    async def _refresh_balances(self) -> None:
        found, count = await live.once(("wallet", BALANCES), _read_balances)
        self.balances = [balance_in_words(one) for one in found]
        self.to_book = str(count)
        self.loading = False


def _read_balances(tx: Tx) -> tuple[list[Reconciled], int]:
    return reconcile(tx), waiting(tx)


def _read(tx: Tx, tab: str, cursor: str) -> tuple[Page[EvidenceRow], list[Any], dict[int, str], int]:
    found = shown(lambda at: page(tx, tab, at), cursor)
    photos = lines_with_photos(tx, [row.id for row in found.rows])
    return found, list(matches(tx, found.rows)), photos, waiting(tx)


def _url(tab: str, cursor: str) -> str:
    return f"{ROUTE}?{urlencode({'tab': tab, 'cursor': cursor})}"


def _messages(typed: Typed) -> list[str]:
    """The messages of a paste. Raises InvalidInput."""
    texts = split(typed.get("pasted", "")[:LONGEST_PASTE])
    if not texts:
        raise InvalidInput({"pasted": "Paste what the wallet wrote: one message or many, as they are on the phone."})
    if len(texts) > MOST_AT_ONCE:
        raise InvalidInput({"pasted": f"These are {len(texts)} messages. Paste {MOST_AT_ONCE} at once, then the rest."})
    return texts
