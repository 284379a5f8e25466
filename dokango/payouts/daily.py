"""Once a day each courier that tells its payouts is asked for them; what is new waits for a person, unbooked."""

from __future__ import annotations

from datetime import timedelta

from dokango.clock import US_PER_S, Clock, day_of, day_start_us
from dokango.courier_errors import CourierError
from dokango.couriers.desk import CourierDesk
from dokango.couriers.kind.abilities import Can
from dokango.couriers.kind.base import Payout
from dokango.couriers.parcels import told_payouts
from dokango.couriers.parcels.told_payouts import Heard
from dokango.db import Database, Tx
from dokango.errors import NotFound
from dokango.payouts.asked import Told, asked_page

EVERY_S = 600
AT_HOUR = 7  # of the next day, in Dhaka
DEAD_AFTER_S, AGAIN_S = 600, 3_600
MOST_PAGES = 20


def ask_for_payouts(desk: CourierDesk, db: Database, clock: Clock) -> int:
    """Ask every courier whose turn it is; how many payouts were new. It waits for the couriers.

    A turn is taken by one worker. One that is killed on the way leaves it to the next, ten minutes later.
    """
    paying = [kind.key for kind in desk.offered() if Can.PAYOUTS in kind.can]
    return sum(_asked(desk, db, clock, courier) for courier in paying)


def _asked(desk: CourierDesk, db: Database, clock: Clock, courier: str) -> int:
    now_us = clock.now_us()
    if not db.read(lambda tx: told_payouts.is_turn(tx, courier, now_us)):
        return 0
    until_us = now_us + DEAD_AFTER_S * US_PER_S
    if not db.write(lambda tx: told_payouts.take_turn(tx, courier, now_us, until_us)):
        return 0
    try:
        found = _unbooked(desk, db, courier)
    except (CourierError, NotFound):
        again_us = clock.now_us() + AGAIN_S * US_PER_S
        db.write(lambda tx: told_payouts.next_turn(tx, courier, again_us))
        return 0

    def keep(tx: Tx) -> int:
        told_payouts.next_turn(tx, courier, next_morning_us(now_us))
        return told_payouts.hear(tx, courier, [_heard(one) for one in found], clock.now_us())

    return db.write(keep)


def next_morning_us(now_us: int) -> int:
    """When a courier that was asked now is asked again."""
    return day_start_us(day_of(now_us) + timedelta(days=1)) + AT_HOUR * 3_600 * US_PER_S


def _unbooked(desk: CourierDesk, db: Database, courier: str) -> list[Payout]:
    """What nobody booked, of the newest page and of older ones until one of them holds nothing new."""
    found: list[Payout] = []
    for page in range(1, MOST_PAGES + 1):
        told: Told = asked_page(desk, db, courier, page)
        found += told.payouts
        if not told.older or not told.payouts:
            break
    return found


def _heard(one: Payout) -> Heard:
    amount = one.amount_poisha if one.amount_poisha is not None else one.total_poisha
    return Heard(one.id, amount, one.paid_at_us or one.created_at_us, one.status_label)
