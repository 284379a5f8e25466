"""The dialog that opens a claim: which parcel, what happened to it, which of its items, how much, in which words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import reflex as rx

from dokango import process
from dokango.money import taka, typed_taka
from dokango.orders import Context
from dokango.orders.claims import steps
from dokango.orders.claims.asked import ToClaim, to_claim
from dokango.orders.claims.forms import OpenClaim
from dokango.people.permissions import Permission
from dokango.text import how_many
from state.claims.typed import CLAIMED, opened_of
from state.kit.dialog import Dialog
from state.kit.feedback import done
from state.kit.form import ORDER, Form, sends
from state.kit.payload import words
from state.kit.session import allow, current_actor
from state.kit.work import read, write
from state.problems.text import CLAIMS_PAGE

NO_ERRORS = dict.fromkeys(("parcel", "loss", "claimed_poisha", "words", "packed_g", "found_g", "lines"), "")
Row = dict[str, str]


class OpenClaimState(Dialog, Form, rx.State):
    """One order before its claim; a claim that was opened is shown on its own page, where its photos go."""

    number: str = ""
    version: int = 0
    parcels: list[list[str]] = []
    parcel: str = ""
    carrier: str = ""
    kind: str = ""
    lines: list[Row] = []
    price: str = ""
    window: str = ""
    claimed: str = ""
    words: str = ""
    packed_g: str = ""
    errors: dict[str, str] = NO_ERRORS
    no_errors: ClassVar[Mapping[str, str]] = NO_ERRORS

    @rx.event
    @allow(Permission.SHIP)
    async def open(self, number: str, said: str = "", parcel: str = "") -> None:
        """Ask about the order as it is now; `said` is what is known of its loss, `parcel` the one that it is about."""
        number = words(number, 20)
        self._take(await read(lambda tx: to_claim(tx, number)))
        self.words, wanted = words(said, 400), words(parcel, 120)
        self.parcel = wanted if any(wanted == name for name, _ in self.parcels) else self.parcel
        self._anew()
        self.is_open = True

    @rx.event
    @allow(Permission.SHIP)
    @sends(lambda _, typed: opened_of(typed), over=ORDER)
    async def send(self, form: OpenClaim) -> Any:
        """Claim it."""
        seen = self._shown_for
        context = Context(current_actor(), process.clock(), seen.version)
        claim = await write(lambda tx: steps.open_claim(tx, context, seen.number, form))
        self.is_open = False
        return [
            done(f"{taka(claim.claimed_poisha)} is claimed. Add its photos here."),
            rx.redirect(f"{CLAIMS_PAGE}/{claim.id}"),
        ]

    def _on_page(self, wrong: Mapping[str, str], typed: dict[str, str]) -> dict[str, str]:
        """What is wrong with a line stands under all of them."""
        lines = " ".join(sentence for name, sentence in wrong.items() if name.startswith("lines"))
        found = {name: sentence for name, sentence in wrong.items() if not name.startswith("lines")}
        return {**found, "lines": lines} if lines else found

    def _stands_under(self, name: str) -> str:
        return "lines" if name.startswith(CLAIMED) else name

    def _take(self, asked: ToClaim) -> None:
        last = asked.parcels[0]
        self.number, self.version = asked.order.number, asked.order.version
        self.parcels = [
            [parcel.invoice, f"{parcel.carrier or parcel.courier} · {parcel.consignment_id or parcel.invoice}"]
            for parcel in asked.parcels
        ]
        self.parcel, self.carrier, self.kind = last.invoice, last.carrier or last.courier, asked.kind
        self.lines = [
            {
                "field": f"{CLAIMED}{line.sku}", "sku": line.sku, "sent": str(line.quantity), "units": str(units),
                "title": " · ".join(part for part in (line.title, line.variant_title) if part),
            }
            for line, units in asked.lines
        ]  # fmt: skip
        self.window = how_many(asked.days, "day")
        self.price, self.claimed = taka(asked.price_poisha), typed_taka(asked.price_poisha)
        self.packed_g = str(last.weight_g) if last.weight_g else ""
