"""The courier pays out what it holds, and somebody books that: as its API says it, or by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from dokango.couriers.kind.abilities import Can
from dokango.couriers.registry import can
from dokango.orders.lifecycle import commands as c
from dokango.payouts.book import book_payout
from dokango.payouts.from_courier import payout_of, payouts_of
from dokango.payouts.match import match
from tests.core.stories.fate import Fate
from tests.core.stories.tale import Journey, Tale

CHARGE_POISHA = 6_000


class Payday:
    """The end of a story."""

    def __init__(self, fate: Fate, tales: Sequence[Tale], journeys: Mapping[str, Journey]) -> None:
        self.fate, self.tales, self.journeys = fate, tales, journeys

    def come(self) -> None:
        """Each is tried twice: who was killed looks whether it was booked."""
        key = self.fate.kind.key
        if self.fate.world.couriers.practices[key].pay_out() is not None:
            if can(key, Can.PAYOUTS):
                for chance in (0.3, 0.0):
                    self.fate.maybe_killed(chance, self._book_payout, writes=1)
            self.fate.pass_time(60)
        for tale in self.tales:
            for chance in (0.3, 0.0):
                self.fate.maybe_killed(chance, partial(self._book_by_hand, tale), writes=1)

    def _book_payout(self) -> None:
        process, key = self.fate.process, self.fate.kind.key
        newest = payouts_of(process.desk, key)[0]
        statement = payout_of(process.desk, key, newest.id)
        for line in statement.lines:
            journey = self.journeys.get(line.consignment_id)
            for tale in self.tales:
                if journey is not None and tale.phone == journey.phone:
                    tale.said["paid out"] = tale.said.get("paid out", 0) + (line.collected_poisha or 0)
        seen = process.db.read(lambda tx: match(tx, statement))
        context = process.context()
        process.db.write(lambda tx: book_payout(tx, context, statement, seen.print))

    def _book_by_hand(self, tale: Tale) -> None:
        due, parcel = self.fate.people.order(tale).courier_due_poisha, self.fate.people.live(tale)
        if due > 0 and parcel is not None:
            charge = CHARGE_POISHA if due > CHARGE_POISHA and parcel.charge_poisha is None else None
            amount = due - (charge or 0)
            self.fate.people.do(tale, c.PayOut(amount_poisha=amount, charge_poisha=charge, parcel=parcel.invoice))
