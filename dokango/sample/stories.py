"""The lives that the sample orders have led: chapters, each after a wait, ending where the story is told to end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from dokango.clock import DHAKA_OFFSET_US, US_PER_DAY, US_PER_S
from dokango.couriers.registry import COURIERS
from dokango.payments.methods import paid_on_delivery
from dokango.sample import steps
from dokango.sample.stage import SampleOrder, Stage

HOUR_S = 3_600
MINUTE_S = 60
OPENS_H, CLOSES_H = 9, 22  # the desk's hours in Dhaka
_TRIES = 24


@dataclass(frozen=True, slots=True)
class Chapter:
    """One step, after a wait between `least_s` and `most_s` since the one before."""

    act: Callable[[Stage, SampleOrder], None]
    least_s: int
    most_s: int


@dataclass(frozen=True, slots=True)
class Story:
    """`count` orders that live through `chapters`; the last happened between the two `ended_h` hours ago."""

    name: str
    count: int
    methods: tuple[str, ...]
    chapters: tuple[Chapter, ...]
    ended_h: tuple[float, float]
    courier: str = ""
    min_units: int = 1


@dataclass(frozen=True, slots=True)
class Planned:
    """One order's times: when it is placed, and when each chapter of its story happens."""

    story: Story
    placed_us: int
    chapter_us: tuple[int, ...]


_C = Chapter
CLAIM = _C(steps.claim, 2 * MINUTE_S, 25 * MINUTE_S)
VERIFY = _C(steps.verify, 8 * MINUTE_S, 3 * HOUR_S)
CONFIRM = _C(steps.confirm, MINUTE_S, 40 * MINUTE_S)
PACK = _C(steps.pack, HOUR_S // 2, 8 * HOUR_S)
SHIP = _C(steps.ship, HOUR_S // 2, 6 * HOUR_S)
DELIVER = _C(steps.deliver, 20 * HOUR_S, 64 * HOUR_S)
PAY_OUT = _C(steps.pay_out, 40 * HOUR_S, 110 * HOUR_S)
PROBLEM = _C(steps.problem, 18 * HOUR_S, 40 * HOUR_S)
CAME_BACK = _C(steps.came_back, 40 * HOUR_S, 90 * HOUR_S)
CANCEL = _C(steps.cancel, HOUR_S, 9 * HOUR_S)
REFUND = _C(steps.refund, HOUR_S, 12 * HOUR_S)
HOLD = _C(steps.hold, 20 * MINUTE_S, 2 * HOUR_S)

WALLET = ("bkash", "bkash", "bkash", "nagad", "nagad", "rocket")
PAID = (CLAIM, VERIFY)
PREPAID = (*PAID, CONFIRM, PACK, SHIP)
COD = tuple(paid_on_delivery())
ON_DELIVERY = (CONFIRM, PACK, SHIP)
_S = Story
_API = next(kind.key for kind in COURIERS.values() if kind.practice is not None)

STORIES: tuple[Story, ...] = (
    _S("unpaid", 5, WALLET, (), (0.3, 30)),
    _S("claimed", 6, WALLET, (CLAIM,), (0.1, 7)),
    _S("rejected", 1, ("bkash",), (CLAIM, _C(steps.reject, HOUR_S, 3 * HOUR_S)), (2, 5)),
    _S("part paid", 2, WALLET, (CLAIM, _C(steps.verify_short, HOUR_S, 3 * HOUR_S)), (2, 20)),
    _S("held for its payment", 1, ("nagad",), (CLAIM, HOLD), (3, 6)),
    _S("held for its address", 2, COD, (HOLD,), (2, 22)),
    _S("to confirm, paid", 3, WALLET, PAID, (0.2, 5)),
    _S("to confirm, COD", 4, COD, (), (0.1, 9)),
    _S("to pack", 4, WALLET, (*PAID, CONFIRM), (0.4, 18)),
    _S("to pack, COD", 3, COD, (CONFIRM,), (0.4, 18)),
    _S("to ship", 3, WALLET, (*PAID, CONFIRM, PACK), (0.5, 14)),
    _S("to ship, COD", 3, COD, (CONFIRM, PACK), (0.5, 14)),
    _S("on its way", 5, WALLET, PREPAID, (3, 40), _API),
    _S("on its way, COD", 5, COD, ON_DELIVERY, (3, 40), _API),
    _S("on its way by hand", 2, WALLET, PREPAID, (3, 30), "Sundarban"),
    _S("on its way by rider", 2, COD, ON_DELIVERY, (2, 9), "Own rider"),
    _S("in trouble", 3, COD, (*ON_DELIVERY, PROBLEM), (2, 26), _API),
    _S("delivered", 24, WALLET, (*PREPAID, DELIVER), (5, 500), _API),
    _S("delivered by hand", 8, WALLET, (*PREPAID, DELIVER), (20, 500), "Sundarban"),
    _S("courier has the money", 9, COD, (*ON_DELIVERY, DELIVER), (4, 170), _API),
    _S("carrier has the money", 2, COD, (*ON_DELIVERY, DELIVER), (40, 300), "SA Paribahan"),
    _S("paid out", 14, COD, (*ON_DELIVERY, DELIVER, PAY_OUT), (10, 380), _API),
    _S("cancelled", 3, WALLET, (CANCEL,), (20, 400)),
    _S("cancelled, money to give back", 2, WALLET, (*PAID, CANCEL), (3, 30)),
    _S("cancelled, money given back", 2, WALLET, (*PAID, CANCEL, REFUND), (60, 300)),
    _S("paid too much", 1, ("bkash",), (CLAIM, _C(steps.verify_over, HOUR_S, 3 * HOUR_S), CONFIRM, PACK), (1, 4)),
    _S("refused", 4, COD, (*ON_DELIVERY, PROBLEM, CAME_BACK), (10, 300), _API),
    _S("came back, paid", 1, ("bkash",), (*PREPAID, PROBLEM, CAME_BACK), (6, 30), _API),
    _S("part returned", 2, WALLET, (*PREPAID, DELIVER, _C(steps.part_return, 30 * HOUR_S, 80 * HOUR_S)), (10, 150),
       _API, 2),
    _S("part returned, refunded", 1, WALLET,
       (*PREPAID, DELIVER, _C(steps.part_return, 30 * HOUR_S, 80 * HOUR_S), REFUND), (60, 200), _API, 2),
)  # fmt: skip


def plan(story: Story, rng: Random, now_us: int) -> Planned:
    """Times for one order of `story`: of a few draws, the one in which the staff works least at night."""
    return min((_draw(story, rng, now_us) for _ in range(_TRIES)), key=_nights)


def _draw(story: Story, rng: Random, now_us: int) -> Planned:
    ended_us = int(rng.uniform(*story.ended_h) * HOUR_S * US_PER_S)
    waits = [int(rng.uniform(c.least_s, c.most_s) * US_PER_S) for c in story.chapters]
    placed_us = now_us - ended_us - sum(waits)
    times = [placed_us + sum(waits[: i + 1]) for i in range(len(waits))]
    return Planned(story, placed_us, tuple(times))


def _nights(planned: Planned) -> int:
    return sum(not OPENS_H <= _hour(at_us) < CLOSES_H for at_us in (planned.placed_us, *planned.chapter_us))


def _hour(at_us: int) -> int:
    return (at_us + DHAKA_OFFSET_US) % US_PER_DAY // (HOUR_S * US_PER_S)
