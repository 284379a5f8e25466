"""One story, whole: orders are handed over, travel, are settled and paid for, while everything goes wrong by chance."""

from __future__ import annotations

import random
from functools import partial

from dokango.couriers.kind.abilities import Can
from dokango.couriers.kind.status import MEANINGS
from dokango.couriers.parcels import shipments
from dokango.couriers.parcels.shipments import ParcelRow
from dokango.couriers.registry import can
from dokango.db import Tx
from dokango.orders import Context, Done, place
from dokango.orders.parcels.book_many import Wanted, ship_many
from dokango.orders.parcels.news import sync_order
from dokango.orders.placing.request import PlaceOrder
from tests.core.stories import soundness
from tests.core.stories.fate import DAY_S, HOUR_S, Fate
from tests.core.stories.payday import Payday
from tests.core.stories.reckoning import books_of, shelf_of
from tests.core.stories.tale import Journey, Tale
from tests.core.stories.vocabulary import BACK, ENDS, PART, STRANGE, by_api, vocabulary_of
from tests.core.stories.world import GOODS, World
from tests.small_shop import request

MOST_DAYS = 60
ENDED = ("delivered", "returned", "cancelled")
RIDER = "manual-"


class Story:
    """The story with one number: the same each time it is played in the same place of its batch."""

    def __init__(self, world: World, number: int, seed: str) -> None:
        self.world, self.number = world, number
        self.chance = random.Random(f"{seed}/{number}")
        self.kind = self.chance.choice(by_api())
        self.practice = world.couriers.practices[self.kind.key]
        self.words = vocabulary_of(self.kind.key)
        self.tales: list[Tale] = []
        self.journeys: dict[str, Journey] = {}
        self.finals: dict[int, str] = {}
        self.fate = Fate(world, self.chance, self.kind)

    def play(self) -> None:
        """From the first order to the last poisha; raises AssertionError with what happened so far."""
        try:
            self._read_otherwise()
            self._place()
            self._hand_over()
            self._travel()
            self._settle()
            Payday(self.fate, self.tales, self.journeys).come()
            self._reckon()
        except BaseException as fault:
            fault.add_note(f"story {self.number}:\n  " + "\n  ".join(self.fate.log))
            raise
        finally:
            self.fate.weather.clear()
            self.practice.reads.clear()
            self.fate.told.waiting.clear()

    def _read_otherwise(self) -> None:
        """What the courier's contract leaves open is played one way or the other."""
        for name, ways in self.practice.readings.items():
            if self.fate.roll(0.25):
                self.practice.reads[name] = self.chance.choice(ways)
        self.fate.say(f"with {self.kind.key}, {self.practice.reads or 'as its contract reads'}")

    def _place(self) -> None:
        for n in range(self.chance.choice((1, 1, 1, 2, 3))):
            skus = self.chance.sample(GOODS, self.chance.randint(1, 2))
            lines = {sku: self.chance.randint(1, 3) for sku in skus}
            is_cod = self.fate.roll(0.6)
            phone = f"017{self.number % 1_000_000:06d}{n:02d}"
            wanted = request(
                *lines.items(), payment={"method": "cod" if is_cod else "bkash"},
                customer={"name": "Rahima Akter", "phone": phone},
            )  # fmt: skip
            context = Context(self.world.owner, self.world.clock)
            order = self.world.db.write(partial(_placed, context=context, wanted=wanted))
            tale = Tale(order, self.kind.key, lines, phone, is_cod, self.chance)
            self.tales.append(tale)
            self.fate.people.get_ready(tale)
            self.fate.say(f"#{order.number}: {lines}, {'COD' if is_cod else 'paid'}")

    def _hand_over(self) -> None:
        self.fate.maybe_trouble(0.6, calls=3)
        self.fate.maybe_down(0.03)
        if len(self.tales) > 1 and self.fate.roll(0.8):
            self.fate.maybe_killed(0.4, self._send_many, writes=3 * len(self.tales))
        else:
            for tale in self.tales:
                self.fate.maybe_killed(0.4, partial(self._ship, tale), writes=4)
                self.fate.maybe_trouble(0.4, calls=2)
        for tale in self.tales:
            if self.fate.roll(0.1):
                self.fate.maybe_killed(0, partial(self._hold, tale), writes=0)
        for wait_s in (5, 70, 130, 250, 500, 1_000):
            self.fate.pass_time(wait_s)

    def _ship(self, tale: Tale) -> None:
        self.fate.people.ship(tale)

    def _hold(self, tale: Tale) -> None:
        self.fate.people.hold(tale)

    def _send_many(self) -> None:
        wanted = [Wanted(tale.order.number) for tale in self.tales]
        process = self.fate.process
        ship_many(
            process.desk, process.db, self.world.clock, self.world.owner, self.kind.key, wanted,
            lambda outcome: self.fate.say(f"bulk: {outcome}"),
        )  # fmt: skip

    def _travel(self) -> None:
        for _ in range(self.chance.randint(2, 7)):
            self._find_journeys()
            self.fate.maybe_trouble(0.3, calls=2)
            self.fate.maybe_down(0.08)
            for journey in list(self.journeys.values()):
                if journey.words and self.fate.roll(0.7):
                    self._move(journey)
            for tale in self.tales:
                self._somebody_does_something(tale)
            self.fate.pass_time(self.chance.choice((60, 700, HOUR_S, 5 * HOUR_S, DAY_S)))
            self._believe_no_other()

    def _somebody_does_something(self, tale: Tale) -> None:
        deeds = {
            self._sync: 0.1, self._act: 0.45, self._settle_one: 0.05, self._answer: 0.1, self._pay_early: 0.05,
            self._ask_back: 0.05, self._hear_the_rider: 0.1,
        }  # fmt: skip
        roll = self.chance.random()
        for deed, share in deeds.items():
            if roll < share:
                self.fate.maybe_killed(0.2, partial(deed, tale), writes=3)
                return
            roll -= share

    def _settle(self) -> None:
        """Everything comes to its end; people do what waits, until nothing does."""
        self.fate.weather.clear()
        for day in range(MOST_DAYS):
            self._find_journeys()
            for journey in self.journeys.values():
                while journey.words and self.fate.roll(0.8):
                    self._move(journey)
                journey.ended = not journey.words
            self.fate.pass_time(self.chance.choice((3 * HOUR_S, DAY_S)))
            self._believe_no_other()
            for tale in self.tales:
                if day < 3 and self.fate.roll(0.3):
                    self.fate.maybe_killed(0.1, partial(self._act, tale), writes=3)
                if day > 1:
                    self.fate.maybe_killed(0.1, partial(self._settle_one, tale), writes=3)
            if day > 2 and not self._what_waits():
                return
        raise AssertionError(f"it waits for ever: {self._what_waits()}")

    def _settle_one(self, tale: Tale) -> None:
        self.fate.people.settle(tale, self.journeys)

    def _find_journeys(self) -> None:
        """Real parcels that the courier has taken since, and those that somebody carries by hand."""
        phones = {tale.phone for tale in self.tales}
        for parcel in self.practice.booked_since(self.fate.began_us):
            if parcel.consignment_id not in self.journeys and parcel.recipient_phone in phones:
                self._set_out(parcel.consignment_id, parcel.recipient_phone)
        for tale in self.tales:
            for row in self._parcels(tale):
                name = f"{RIDER}{row.id}"
                if row.courier == "manual" and name not in self.journeys:
                    self.journeys[name] = Journey(name, self.chance.choice(ENDS[:5]), [], tale.phone, ended=True)
                if row.booking == "superseded":
                    self._bring_back(row)

    def _believe_no_other(self) -> None:
        """A courier's final word stands, whatever comes after it, as long as nobody else has said what is so."""
        for tale in self.tales:
            if self.fate.people.order(tale).status != "shipped":
                continue
            for row in self._parcels(tale):
                if MEANINGS[shipments.status_of(row)].final:
                    first = self.finals.setdefault(row.id, row.status)
                    assert row.status == first, f"parcel {row.id} was {first} for good and is {row.status} now"

    def _parcels(self, tale: Tale) -> list[ParcelRow]:
        return self.world.db.read(lambda tx: shipments.all_of(tx, tale.order.order_id))

    def _bring_back(self, row: ParcelRow) -> None:
        """Another parcel took over: the courier brings this one back, unless it has handed it over."""
        journey = self.journeys.get(row.consignment_id)
        if journey is None or journey.turned or journey.ended:
            return
        journey.turned = True
        if self.fate.roll(0.5):
            journey.end, journey.words = BACK, self.words.way(self.chance, BACK)

    def _set_out(self, consignment_id: str, phone: str) -> None:
        end = self.chance.choice(ENDS)
        journey = Journey(consignment_id, end, self.words.way(self.chance, end), phone)
        self.journeys[consignment_id] = journey
        self.fate.say(f"parcel {consignment_id} will be {end} by {journey.words}")

    def _move(self, journey: Journey) -> None:
        word = journey.words.pop(0)
        self.fate.say(f"parcel {journey.consignment_id}: {word}")
        assert self.practice.move(journey.consignment_id, word, self._taken(journey, word)) is not None

    def _taken(self, journey: Journey, word: str) -> int | None:
        """Whole taka that the rider took, where that is not what they were told."""
        tale = next((tale for tale in self.tales if tale.phone == journey.phone), None)
        if tale is None or not tale.is_cod or word not in self.words.ends[PART] or journey.end != PART:
            return None
        return tale.collected_in_part(self.fate.people.order(tale)) // 100

    def _sync(self, tale: Tale) -> None:
        process = self.fate.process
        synced = sync_order(process.desk, process.db, process.context(), tale.order.number)
        self.fate.say(f"asked: {synced.words}")

    def _act(self, tale: Tale) -> None:
        self.fate.say(f"act: {self.fate.people.act_somehow(tale)}")

    def _answer(self, tale: Tale) -> None:
        self.fate.say(f"the customer: {self.fate.people.customer_answers(tale)}")

    def _pay_early(self, tale: Tale) -> None:
        self.fate.people.pay_on_the_way(tale)

    def _ask_back(self, tale: Tale) -> None:
        self.fate.people.ask_back(tale)
        self.fate.say("asked back")

    def _hear_the_rider(self, tale: Tale) -> None:
        """Words of a rider's, in a notification as the courier writes them; where it writes none, nothing comes."""
        for row in self._parcels(tale):
            body = {
                "notification_type": "tracking_update", "consignment_id": row.consignment_id, "invoice": row.invoice,
                "tracking_message": self.chance.choice((*STRANGE, *RIDERS)), "event": "order.delivery-failed",
                "merchant_order_id": row.invoice, "reason": self.chance.choice(RIDERS),
            }  # fmt: skip
            self.fate.told.tell(body)

    def _what_waits(self) -> list[str]:
        waits = [] if self.fate.is_told_all else ["a notification"]
        for tale in self.tales:
            order = self.fate.people.order(tale)
            said = f"#{order.number} is {order.status}"
            if order.status not in ENDED or order.to_inspect:
                waits.append(said)
            waits += [f"{said}: {case.kind} {case.state} {case.next_act}" for case in self.fate.people.cases(tale)]
        first = self.tales[0].order.order_id
        return waits + self.world.db.read(lambda tx: soundness.jobs_left(tx, first))

    def _reckon(self) -> None:
        """Books and shelf of each order are what the plain model says, and each real parcel is known by its id."""
        for tale in self.tales:
            order, parcels = self.fate.people.order(tale), self._parcels(tale)
            delivering = next((row for row in parcels if row.live == 1), None)
            model = tale.reckoned(self.world.events(order.id), order.delivery_poisha, delivering)
            books, (shelf, reserved) = self.world.db.read(
                lambda tx, order=order: (books_of(tx, order.id), shelf_of(tx, order.id))
            )
            said, kept = model.said(model.books), model.said(books)
            assert kept == said, f"#{order.number}: the books say {kept}, the model {said}"
            assert shelf == {sku: units for sku, units in model.shelf.items() if units}, order.number
            assert reserved == 0, f"#{order.number} still keeps {reserved} units"
            self._find_every_parcel(tale, {row.consignment_id for row in parcels})

    def _find_every_parcel(self, tale: Tale, known: set[str]) -> None:
        """Each real parcel is known by its id, where the courier can be asked or the people looked well."""
        if tale.said.get("looks badly") and not can(self.kind.key, Can.FIND_BOOKING):
            return
        real = {j.consignment_id for j in self.journeys.values() if j.phone == tale.phone}
        lost = {name for name in real - known if not name.startswith(RIDER)}
        assert not lost, f"#{tale.order.number}: the shop does not know of {lost}"


RIDERS = (
    "customer refused", "phone switched off", "not at home", "address not found", "wants it tomorrow",
    "parcel damaged at hub", "Amount has been changed from 1770 to 50", "বাসায় নেই", "🙂" * 300, "",
)  # fmt: skip


def _placed(tx: Tx, context: Context, wanted: PlaceOrder) -> Done:
    return place(tx, context, wanted, channel="test")
