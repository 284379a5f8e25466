"""One story, whole: orders are handed over, travel, are settled and paid for, while everything goes wrong by chance."""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import partial

from dokango.couriers.kind.abilities import Can
from dokango.couriers.parcels import shipments
from dokango.couriers.registry import can
from dokango.db import Tx
from dokango.errors import DokangoError
from dokango.orders import Context, place
from dokango.orders.lifecycle import commands as c
from dokango.orders.parcels.book_many import Wanted, ship_many
from dokango.orders.parcels.news import sync_order
from dokango.payouts.book import book_payout
from dokango.payouts.from_courier import payout_of, payouts_of
from dokango.payouts.match import match
from tests.core.stories import soundness
from tests.core.stories.mortal import MOMENTS, Killed
from tests.core.stories.people import People
from tests.core.stories.reckoning import books_of, shelf_of
from tests.core.stories.tale import Journey, Tale
from tests.core.stories.vocabulary import BACK, ENDS, PART, by_api, vocabulary_of
from tests.core.stories.weather import TROUBLES
from tests.core.stories.world import GOODS, Process, World
from tests.small_shop import request

HOUR_S, DAY_S = 3_600, 86_400
MOST_DAYS = 60
LOST_TALE = "never"


class Story:
    """The story with one number: the same each time it is played in the same place of its batch."""

    def __init__(self, world: World, number: int, seed: str) -> None:
        self.world, self.number = world, number
        self.chance = random.Random(f"{seed}/{number}")
        self.kind = self.chance.choice(by_api())
        self.words = vocabulary_of(self.kind.key)
        self.tales: list[Tale] = []
        self.journeys: dict[str, Journey] = {}
        self.post: list[tuple[int, str, bytes]] = []
        self.log: list[str] = []
        self.process = Process(world, self.chance)
        self.people = People(self.process)
        self.weather = world.couriers.weathers[self.kind.key]
        self.began_us = world.clock.now_us()

    def play(self) -> None:
        """From the first order to the last poisha; raises AssertionError with what happened so far."""
        try:
            self._place()
            self._hand_over()
            self._travel()
            self._settle()
            self._pay()
            self._reckon()
        except BaseException as fault:
            fault.add_note(f"story {self.number}:\n  " + "\n  ".join(self.log))
            raise
        finally:
            self.weather.clear()
            self.process.desk._circuits._circuits.clear()

    # ---- the parts

    def _place(self) -> None:
        for n in range(self.chance.choice((1, 1, 1, 2, 3))):
            skus = self.chance.sample(GOODS, self.chance.randint(1, 2))
            lines = {sku: self.chance.randint(1, 3) for sku in skus}
            is_cod = self.chance.random() < 0.6
            phone = f"017{self.number % 1_000_000:06d}{n:02d}"
            wanted = request(
                *lines.items(), payment={"method": "cod" if is_cod else "bkash"},
                customer={"name": "Rahima Akter", "phone": phone},
            )  # fmt: skip
            context = Context(self.world.owner, self.world.clock)
            order = self.world.db.write(partial(_placed, context=context, wanted=wanted))
            tale = Tale(order, self.kind.key, lines, phone, is_cod, self.chance)
            self.tales.append(tale)
            self.people.get_ready(tale)
            self._say(f"#{order.number}: {lines}, {'COD' if is_cod else 'paid'}, with {self.kind.key}")

    def _hand_over(self) -> None:
        self._maybe_trouble(0.6, calls=3)
        if len(self.tales) > 1 and self.chance.random() < 0.8:
            self._mortal(0.4, self._send_many, writes=3 * len(self.tales))
        else:
            for tale in self.tales:
                self._mortal(0.4, partial(self.people_ship, tale), writes=4)
                self._maybe_trouble(0.4, calls=2)
        for wait_s in (5, 70, 130, 250, 500, 1_000):
            self._pass(wait_s)

    def people_ship(self, tale: Tale) -> None:
        self.people.ship(tale)

    def _send_many(self) -> None:
        wanted = [Wanted(tale.order.number) for tale in self.tales]
        ship_many(
            self.process.desk, self.process.db, self.world.clock, self.world.owner, self.kind.key, wanted,
            lambda outcome: self._say(f"bulk: {outcome}"),
        )  # fmt: skip

    def _travel(self) -> None:
        for _ in range(self.chance.randint(2, 7)):
            self._find_journeys()
            self._maybe_trouble(0.3, calls=2)
            if self.chance.random() < 0.05:
                hours = self.chance.choice((1, 5, 30))
                self._say(f"the courier is down for {hours} h")
                self.weather.be_down(hours)
            for journey in list(self.journeys.values()):
                if journey.words and self.chance.random() < 0.7:
                    self._move(journey)
            for tale in self.tales:
                roll = self.chance.random()
                if roll < 0.2:
                    self._mortal(0.2, partial(self._sync, tale), writes=2)
                elif roll < 0.45:
                    self._mortal(0.2, partial(self._act, tale), writes=3)
                elif roll < 0.5:
                    self._mortal(0.2, partial(self.people.settle, tale, self.journeys), writes=3)
            self._pass(self.chance.choice((60, 700, HOUR_S, 5 * HOUR_S, DAY_S)))

    def _settle(self) -> None:
        """Everything comes to its end; people do what waits, until nothing does."""
        self.weather.clear()
        for day in range(MOST_DAYS):
            self._find_journeys()
            for journey in self.journeys.values():
                while journey.words and self.chance.random() < 0.8:
                    self._move(journey)
                if not journey.words:
                    journey.ended = True
            self._pass(self.chance.choice((3 * HOUR_S, DAY_S)))
            if day > 1:
                for tale in self.tales:
                    self._mortal(0.1, partial(self.people_settle, tale), writes=3)
            if day > 2 and not self._what_waits():
                return
        raise AssertionError(f"it waits for ever: {self._what_waits()}")

    def people_settle(self, tale: Tale) -> None:
        self.people.settle(tale, self.journeys)

    def _pay(self) -> None:
        """The courier pays out what it holds, and somebody books that."""
        if self.world.couriers.practices[self.kind.key].pay_out() is not None:
            if can(self.kind.key, Can.PAYOUTS):
                self._mortal(0.3, self._book_payout, writes=1)
                self._mortal(0.0, self._book_payout, writes=0)
            self._pass(60)
        for tale in self.tales:
            if self.people.order(tale).courier_due_poisha > 0:
                self._mortal(0.3, partial(self._pay_by_hand, tale), writes=1)
                self._mortal(0.0, partial(self._pay_by_hand, tale), writes=0)

    def _book_payout(self) -> None:
        desk, db, context = self.process.desk, self.process.db, self.process.context()
        newest = payouts_of(desk, self.kind.key)[0]
        statement = payout_of(desk, self.kind.key, newest.id)
        for line in statement.lines:
            paid_for = self.journeys.get(line.consignment_id)
            tale = self._tale_of(paid_for) if paid_for is not None else None
            if tale is not None:
                tale.said["paid out"] = line.collected_poisha
        seen = db.read(lambda tx: match(tx, statement))
        db.write(lambda tx: book_payout(tx, context, statement, seen.print))

    def _pay_by_hand(self, tale: Tale) -> None:
        due = self.people.order(tale).courier_due_poisha
        parcel = self.people.live(tale)
        if due > 0 and parcel is not None:
            charge = 6_000 if due > 6_000 else 0
            self.people.do(tale, c.PayOut(amount_poisha=due - charge, charge_poisha=charge, parcel=parcel.invoice))

    # ---- what befalls it

    def _mortal(self, chance: float, deed: Callable[[], None], *, writes: int) -> None:
        """Do it in a process that may be killed at one of its writes; a refusal is only said."""
        if self.chance.random() < chance:
            at, moment = self.chance.randint(0, writes), self.chance.choice(MOMENTS)
            self._say(f"to be killed {moment} write {at}")
            self.process.db.die_at(at, moment)
        try:
            deed()
        except DokangoError as refusal:
            self._say(f"{type(refusal).__name__}: {refusal}")
        except Killed:
            self._begin_anew()
        self.process.db.live_on()

    def _begin_anew(self) -> None:
        self._say("killed; another process begins")
        self.process = Process(self.world, self.chance)
        self.people = People(self.process)

    def _maybe_trouble(self, chance: float, *, calls: int) -> None:
        if self.chance.random() < chance:
            coming = [self.chance.choice((None, *TROUBLES)) for _ in range(self.chance.randint(1, calls))]
            self.weather.coming.extend(coming)
            self._say(f"coming: {', '.join(map(str, coming))}")

    def _pass(self, seconds: float) -> None:
        """Time goes by: notifications arrive, the worker works (and may be killed), and all must hold."""
        self.world.clock.advance(seconds)
        self._take_up_post()
        self._deliver_post()
        self._mortal(0.08, self.process.work, writes=8)
        self.process.work()
        now_us = self.world.clock.now_us()
        # a killed worker's job is another's once its lease is over
        faults = self.world.db.read(lambda tx: soundness.faults_of(tx, now_us))
        assert not faults, faults

    def _take_up_post(self) -> None:
        told = self.world.couriers.told[self.kind.key]
        for key, raw in told.waiting:
            fate = self.chance.random()
            late_s = 0 if fate < 0.55 else self.chance.choice((600, 5 * HOUR_S, 2 * DAY_S))
            if fate > 0.8:
                continue  # it is lost
            self.post.append((self.world.clock.now_us() + late_s * 1_000_000, key, raw))
            if fate < 0.1:
                self.post.append((self.world.clock.now_us() + DAY_S * 1_000_000, key, raw))
        told.waiting.clear()

    def _deliver_post(self) -> None:
        now_us = self.world.clock.now_us()
        due = [one for one in self.post if one[0] <= now_us]
        self.post = [one for one in self.post if one[0] > now_us]
        self.chance.shuffle(due)
        for one in due:
            _, key, raw = one
            if self.chance.random() < 0.1:
                assert self.process.receive(self.kind, f"forged-{key}", raw, token="guessed") == 401
            self._say(f"heard {raw.decode()[:150]}")
            self._mortal(0.05, partial(self._hear, one), writes=0)

    def _hear(self, one: tuple[int, str, bytes]) -> None:
        """A courier that gets no answer says it again."""
        try:
            assert 200 <= self.process.receive(self.kind, one[1], one[2]) < 300
        except Killed:
            self.post.append((self.world.clock.now_us() + 30_000_000, *one[1:]))
            raise

    def _find_journeys(self) -> None:
        """Real parcels that the courier has taken since, and those that somebody carries by hand."""
        practice = self.world.couriers.practices[self.kind.key]
        phones = {tale.phone for tale in self.tales}
        for parcel in practice.booked_since(self.began_us):
            if parcel.consignment_id not in self.journeys and parcel.recipient_phone in phones:
                self._set_out(parcel.consignment_id, parcel.recipient_phone)
        for tale in self.tales:
            for row in self.world.db.read(lambda tx, tale=tale: shipments.all_of(tx, tale.order.order_id)):
                if row.courier == "manual" and f"manual-{row.id}" not in self.journeys:
                    end = self.chance.choice(ENDS[:5])
                    self.journeys[f"manual-{row.id}"] = Journey(f"manual-{row.id}", end, [], ended=True)
                journey = self.journeys.get(row.consignment_id)
                if row.booking == "superseded" and journey and journey.end != BACK and not journey.ended:
                    journey.end, journey.words = BACK, self.words.way(self.chance, BACK)

    def _set_out(self, consignment_id: str, phone: str) -> None:
        end = self.chance.choice(ENDS)
        journey = Journey(consignment_id, end, self.words.way(self.chance, end), phone=phone)
        self.journeys[consignment_id] = journey
        self._say(f"parcel {consignment_id} will be {end} by {journey.words}")

    def _move(self, journey: Journey) -> None:
        word = journey.words.pop(0)
        self._say(f"parcel {journey.consignment_id}: {word}")
        practice = self.world.couriers.practices[self.kind.key]
        assert practice.move(journey.consignment_id, word, self._taken(journey, word)) is not None

    def _taken(self, journey: Journey, word: str) -> int | None:
        """Whole taka that the rider took, where that is not what they were told."""
        tale = self._tale_of(journey)
        if tale is None or not tale.is_cod or word not in self.words.ends[PART] or journey.end != PART:
            return None
        return tale.collected_in_part(self.people.order(tale)) // 100

    def _tale_of(self, journey: Journey) -> Tale | None:
        return next((tale for tale in self.tales if tale.phone == journey.phone), None)

    def _sync(self, tale: Tale) -> None:
        synced = sync_order(self.process.desk, self.process.db, self.process.context(), tale.order.number)
        self._say(f"asked: {synced.words}")

    def _act(self, tale: Tale) -> None:
        self._say(f"act: {self.people.act_somehow(tale)}")

    def _what_waits(self) -> list[str]:
        waits = [str(one) for one in self.post]
        for tale in self.tales:
            order = self.people.order(tale)
            lines = f"#{order.number} is {order.status}"
            if order.status not in ("delivered", "returned", "cancelled") or order.to_inspect:
                waits.append(lines)
            waits += [f"{lines}: {case.kind} {case.state} {case.next_act}" for case in self.people.cases(tale)]
        first = self.tales[0].order.order_id
        return waits + self.world.db.read(lambda tx: soundness.jobs_left(tx, first))

    def _reckon(self) -> None:
        """Books and shelf of each order are what the plain model says."""
        for tale in self.tales:
            order = self.people.order(tale)
            parcel = self.world.db.read(lambda tx, tale=tale: shipments.live_of(tx, tale.order.order_id))
            model = tale.reckoned(self.world.events(order.id), order.delivery_poisha, parcel)
            books, (shelf, reserved) = self.world.db.read(
                lambda tx, order=order: (books_of(tx, order.id), shelf_of(tx, order.id))
            )
            said, kept = model.said(model.books), model.said(books)
            assert kept == said, f"#{order.number}: the books say {kept}, the model {said}"
            assert shelf == {sku: units for sku, units in model.shelf.items() if units}, order.number
            assert reserved == 0, f"#{order.number} still keeps {reserved} units"

    def _say(self, words: str) -> None:
        hours = (self.world.clock.now_us() - self.began_us) / HOUR_S / 1_000_000
        self.log.append(f"{hours:8.2f} h  {words}")


def _placed(tx: Tx, context: Context, wanted: object) -> object:
    return place(tx, context, wanted, channel="test")  # type: ignore[arg-type]
