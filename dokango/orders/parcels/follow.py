"""Ask couriers about parcels on their way, each at its own pace: webhooks get lost, and some couriers send none.

One worker of all processes asks a courier at a time (a lease in the database), within what the courier allows in a
minute. A courier that does not answer is left alone for a little and tried again. What waited meanwhile takes as long
as its limit makes it: each parcel costs a call, for no courier tells of many in one. So they are asked about in the
order of what they may have to tell: bookings of unknown outcome, those that a webhook told of, then by turns missed.
"""

from __future__ import annotations

import logging
import os
import socket
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Lock, get_ident

from dokango import topics
from dokango.clock import US_PER_S, Clock
from dokango.courier_errors import CourierUnavailable
from dokango.couriers import contact, inbox
from dokango.couriers.desk import CourierDesk
from dokango.couriers.kind import CourierKind
from dokango.couriers.kind.abilities import FindsBookings
from dokango.couriers.parcels import asking, shipments
from dokango.couriers.parcels.asking import ToAsk
from dokango.couriers.parcels.pace import next_look_us
from dokango.db import Database, Tx
from dokango.errors import DokangoError
from dokango.orders.parcels.news import sync_shipment
from dokango.orders.parcels.uncertain import SOUGHT, look_once

log = logging.getLogger(__name__)
EVERY_S = 15
AT_ONCE = 6  # calls to one courier
IN_A_BATCH = 60
LEASE_S = 180  # longer than a batch whose every call times out
ROUND_S = 60
SHARE = 0.8  # of what a courier allows; the rest is for people and webhooks
LOST_IN_A_ROUND = 3  # then the courier counts as silent
TOLD_S = 3_600  # a webhook of the last hour tells of this move
TRIED_AGAIN_S = (15, 30, 60, 90)


def follow_parcels(desk: CourierDesk, db: Database, clock: Clock) -> int:
    """One round of each courier that can be called; how many parcels were asked about. Safe in many processes."""
    return sum(_Round(desk, db, clock, kind).run() for kind in desk.offered())


class _Round:
    """The parcels of one courier whose time has come, as many as its pace allows."""

    def __init__(self, desk: CourierDesk, db: Database, clock: Clock, kind: CourierKind) -> None:
        self._desk, self._db, self._clock, self._key = desk, db, clock, kind.key
        self._most = max(1, int(desk.calls_per_min(kind) * SHARE * EVERY_S / 60))
        self._who = f"{socket.gethostname()}/{os.getpid()}/{get_ident()}"
        self._lock = Lock()
        self._asked: set[int] = set()
        self._answered = self._lost = self._moved = 0
        self._why = ""

    def run(self) -> int:
        """Ask, unless somebody else does or nothing waits."""
        began_us = self._clock.now_us()
        if not self._db.read(lambda tx: asking.to_ask(tx, self._key, began_us, 1)):
            return 0
        until_us, next_us = began_us + LEASE_S * US_PER_S, began_us + EVERY_S * US_PER_S
        if not self._db.write(lambda tx: contact.begin_round(tx, self._key, self._who, began_us, until_us, next_us)):
            return 0
        try:
            self._ask_all(began_us)
        finally:
            self._note_how_it_stands()
        return self._answered

    def _ask_all(self, began_us: int) -> None:
        with ThreadPoolExecutor(AT_ONCE, thread_name_prefix=f"asks-{self._key}") as pool:
            while (batch := self._next()) and self._clock.now_us() - began_us < ROUND_S * US_PER_S:
                self._asked |= {parcel.id for parcel in batch}
                list(pool.map(self._ask, batch))
                if self._gives_up() or not self._hold():
                    return

    def _next(self) -> list[ToAsk]:
        """Those that wait and were not asked about in this round."""
        most = min(IN_A_BATCH, self._most - len(self._asked))
        if most < 1:
            return []
        now_us = self._clock.now_us()
        found = self._db.read(lambda tx: asking.to_ask(tx, self._key, now_us, most + len(self._asked)))
        return [parcel for parcel in found if parcel.id not in self._asked][:most]

    def _ask(self, parcel: ToAsk) -> None:
        if self._gives_up():
            return
        moved = False
        try:
            moved = self._looked_up(parcel)
        except CourierUnavailable as failure:
            with self._lock:
                self._lost, self._why = self._lost + 1, str(failure)
            return
        except DokangoError as failure:  # they answer, and do not know it
            log.info("parcel %s could not be asked about: %s", parcel.id, failure)
            self._put_off(parcel)
        except Exception:
            log.exception("parcel %s could not be asked about", parcel.id)
            self._put_off(parcel)
        with self._lock:
            self._answered, self._lost, self._moved = self._answered + 1, 0, self._moved + moved

    def _looked_up(self, parcel: ToAsk) -> bool:
        """Whether it had moved without anybody telling."""
        if parcel.booking not in SOUGHT:
            synced = sync_shipment(self._desk, self._db, self._clock, parcel.id)
            return synced is not None and synced.changed and not self._was_told(parcel)
        if not look_once(self._desk, self._db, self._clock, parcel.id):
            self._put_off(parcel)
        return False

    def _was_told(self, parcel: ToAsk) -> bool:
        """Whether its webhook is on the way into the order already."""
        since_us = self._clock.now_us() - TOLD_S * US_PER_S

        def told(tx: Tx) -> bool:
            return inbox.told_of_since(tx, shipments.by_id(tx, parcel.id).order_id, since_us)

        return self._db.read(told)

    def _put_off(self, parcel: ToAsk) -> None:
        """Nothing was heard of it; it waits for its next turn."""
        now_us = self._clock.now_us()
        row = self._db.read(lambda tx: shipments.by_id(tx, parcel.id))
        if row.booking in SOUGHT:
            can_tell = isinstance(self._desk.courier(self._key), FindsBookings)
            at_us = next_look_us(row.requested_at, now_us) if can_tell else None
            self._db.write(partial(asking.ask_at, shipment_id=parcel.id, at_us=at_us))
        else:
            self._db.write(partial(asking.ask_later, row=row, now_us=now_us))

    def _gives_up(self) -> bool:
        return self._lost >= LOST_IN_A_ROUND

    def _is_silent(self) -> bool:
        """The last calls were not answered, or none was."""
        return self._gives_up() or (self._lost > 0 and not self._answered)

    def _hold(self) -> bool:
        now_us = self._clock.now_us()
        until_us = now_us + LEASE_S * US_PER_S
        return self._db.write(lambda tx: contact.hold(tx, self._key, self._who, now_us, until_us))

    def _note_how_it_stands(self) -> None:
        """What pages say of the line to this courier; they are told when that is another thing than before."""
        now_us, key = self._clock.now_us(), self._key

        def note(tx: Tx) -> None:
            before = contact.contact_of(tx, key)
            was_silent = before is not None and before.silent_since is not None
            if self._is_silent():
                tries = (now_us - (before.silent_since or now_us)) // (60 * US_PER_S) if before else 0
                wait_s = TRIED_AGAIN_S[min(tries, len(TRIED_AGAIN_S) - 1)]
                contact.note_silent(tx, key, self._why, now_us, now_us + wait_s * US_PER_S)
            elif self._answered:
                contact.note_answered(tx, key, now_us)
            if self._moved:
                contact.note_found(tx, key, self._moved, now_us)
            contact.let_go(tx, key, self._who)
            if was_silent != self._is_silent():
                tx.changed(topics.COURIER_LINES)

        self._db.write(note)
