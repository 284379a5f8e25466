"""The shop's people: they look at what waits, and do what its next act says, by what is really so."""

from __future__ import annotations

from typing import Any

from dokango.clock import day_of
from dokango.couriers.kind.abilities import Can
from dokango.couriers.parcels import shipments
from dokango.couriers.parcels.shipments import ParcelRow
from dokango.couriers.registry import can
from dokango.orders.acts.perform import act_on, acts_of
from dokango.orders.book import rows
from dokango.orders.book.rows import OrderRow
from dokango.orders.cases import by_staff
from dokango.orders.cases import rows as cases
from dokango.orders.cases.kinds import CLAIM, TO_CLAIM
from dokango.orders.cases.rows import CaseRow
from dokango.orders.claims import steps as claims
from dokango.orders.claims.forms import OpenClaim, RefusedClaim
from dokango.orders.claims.rows import open_ones
from dokango.orders.customer import answering
from dokango.orders.lifecycle import commands as c
from dokango.orders.lifecycle.perform import perform
from dokango.orders.parcels import uncertain
from dokango.orders.parcels.book import ship_by_courier
from dokango.orders.parcels.call_back import ask_parcel_back
from tests.core.stories.tale import CUSTOMER_HAS_IT, GONE, HERE, IN_PART, OUT, Journey, Tale
from tests.core.stories.world import Process

# What only a person's word ends once the order itself is settled.
_SETTLED_BY_WORD = (
    "two_parcels", "courier_contradiction", "amount_changed", "job_failed", "late", "not_picked_up", "messages_stopped",
    "backup_failed", "lost", "damaged", "to_claim", "booked_not_shipped",
)  # fmt: skip
# Left to the end: they need the truth.
PART_POISHA = 5_000
_NOT_AT_RANDOM = ("lost", "close", "take", "give_back")


class People:
    """Somebody at the desk, with the process that is up now."""

    def __init__(self, process: Process) -> None:
        self.process, self.db = process, process.db

    def order(self, tale: Tale) -> OrderRow:
        return self.db.read(lambda tx: rows.by_number(tx, tale.order.number))

    def live(self, tale: Tale) -> ParcelRow | None:
        return self.db.read(lambda tx: shipments.live_of(tx, tale.order.order_id))

    def cases(self, tale: Tale) -> list[CaseRow]:
        return self.db.read(lambda tx: cases.open_of(tx, tale.order.order_id))

    def do(self, tale: Tale, command: c.Command) -> None:
        context = self.process.context()
        self.db.write(lambda tx: perform(tx, context, tale.order.number, command))

    def get_ready(self, tale: Tale) -> None:
        """Paid, confirmed, packed: as far as the order is not yet."""
        order = self.order(tale)
        if order.due_poisha and not tale.is_cod:
            trx_id = f"TRX{order.number}V{order.version}"
            self.do(tale, c.VerifyPayment(method="bkash", transaction_id=trx_id, amount_poisha=order.due_poisha))
        if self.order(tale).status == "pending":
            self.do(tale, c.Confirm())
        if not self.order(tale).packed:
            self.do(tale, c.Pack())

    def ship(self, tale: Tale) -> None:
        """Hand it to its courier; what was odd about it is cleared up."""
        if self.order(tale).held_reason:
            self.do(tale, c.Release())
        self.get_ready(tale)
        ship_by_courier(self.process.desk, self.db, self.process.context(), tale.order.number, tale.courier)

    def act_somehow(self, tale: Tale) -> str:
        """Do something that is possible on one of the open cases; what it was."""
        open_ones = self.cases(tale)
        if not open_ones:
            return ""
        case = tale.chance.choice(open_ones)
        context = self.process.context()
        possible = [act.key for act in self.db.read(lambda tx: acts_of(tx, context, case.id))]
        possible = [key for key in possible if key not in _NOT_AT_RANDOM]
        if not possible:
            return ""
        key = tale.chance.choice(possible)
        if "another_courier" in possible and tale.chance.random() < 0.25:
            key = "another_courier"
        act_on(self.process.desk, self.db, context, case.id, key, self._form(tale, key))
        return key

    def _form(self, tale: Tale, key: str) -> dict[str, Any]:
        day = day_of(self.process.world.clock.now_us()).isoformat()
        address = {"line": "House 9, Road 4", "area": "Dhanmondi", "city": "Dhaka", "district": "Dhaka"}
        return {
            "redeliver": {"day": day},
            "correct_address": {"name": "Rahima Akter", "phone": tale.phone, **address},
            "collect_at_hub": {"hub": "Mirpur hub"},
            "another_courier": {"courier": "manual", "carrier": "Own rider"},
            "ask_back": {"reason": "the customer does not want it"},
        }.get(key, {})

    def hold(self, tale: Tale) -> None:
        """Something is odd about the order."""
        self.do(tale, c.Hold(reason="address"))

    def customer_answers(self, tale: Tale) -> str:
        """The customer says what to do, if they are asked."""
        token, clock = self.order(tale).token, self.process.world.clock
        asking = self.db.read(lambda tx: answering.asking_of_order(tx, tale.order.order_id))
        if not asking:
            return "is not asked"
        what = tale.chance.choice(answering.ANSWERS)
        form = {"asking": asking, "what": what, "day": answering.days(clock.now_us())["day"], "words": "House 3"}
        self.db.write(lambda tx: answering.answer(tx, clock, token, form))
        return what

    def pay_on_the_way(self, tale: Tale) -> None:
        """A part of the COD comes by wallet while the parcel travels."""
        order = self.order(tale)
        if tale.is_cod and order.status == "shipped" and order.due_poisha > PART_POISHA and "early" not in tale.said:
            tale.said["early"] = PART_POISHA
            trx_id = f"TRX{order.number}EARLY"
            self.do(tale, c.VerifyPayment(method="bkash", transaction_id=trx_id, amount_poisha=PART_POISHA))

    def ask_back(self, tale: Tale) -> None:
        """From the parcel's own page."""
        process = self.process
        ask_parcel_back(process.desk, self.db, process.context(), tale.order.number, "the customer is away")

    def settle(self, tale: Tale, journeys: dict[str, Journey]) -> None:
        """Do what waits on this order, by where its parcel really is."""
        for case in self.cases(tale):
            self._answer(tale, case, journeys)
        self._go_on(tale, journeys)

    def _answer(self, tale: Tale, case: CaseRow, journeys: dict[str, Journey]) -> None:
        order = self.order(tale)
        if case.kind == "booking_uncertain":
            self._find_out(tale)
        elif case.kind == "booked_not_shipped" and order.status == "confirmed":
            self.ship(tale)
        elif case.kind == "refund_waits":
            self._give_back(tale)
        elif case.kind == "told_too_much":
            live = self.live(tale)
            self.do(tale, c.SayCollects(collects_poisha=live.cod_poisha if live else 0))
        elif case.kind == TO_CLAIM and tale.answer(f"claims {case.id}", [True, False]):
            self._claim(tale)
        elif case.kind == CLAIM:
            self._hear_of_claim(case)
        elif self._waits_for_nothing(tale, case, order, journeys):
            context = self.process.context()
            self.db.write(lambda tx: by_staff.deal_with(tx, context.actor, context.clock, case.id, "looked into"))

    def _claim(self, tale: Tale) -> None:
        context, form = self.process.context(), OpenClaim(kind="lost", claimed_poisha=1_000, words="It never came")
        self.db.write(lambda tx: claims.open_claim(tx, context, tale.order.number, form))

    def _hear_of_claim(self, case: CaseRow) -> None:
        """The courier pays nothing."""
        context, no = self.process.context(), RefusedClaim(reason="no proof")
        mine = [claim for claim in self.db.read(open_ones) if claim.shipment_id == case.shipment_id]
        for claim in mine:
            self.db.write(lambda tx, claim_id=claim.id: claims.refuse(tx, context, claim_id, no))

    def _waits_for_nothing(self, tale: Tale, case: CaseRow, order: OrderRow, journeys: dict[str, Journey]) -> bool:
        """Whether only a person's word is missing."""
        mine = [j for j in journeys.values() if j.consignment_id in self._ids(tale, case)]
        if any(journey.where == OUT for journey in mine):
            return False
        if case.shipment_id is not None and self._is_superseded(case.shipment_id):
            return True
        if order.status == "returned":
            return case.next_act in ("decide_again", "ask_courier") or case.kind in _SETTLED_BY_WORD
        return order.status == "delivered" and not (case.kind == "partial" and self._awaits_the_rest(tale))

    def _is_superseded(self, shipment_id: int) -> bool:
        return self.db.read(lambda tx: shipments.by_id(tx, shipment_id)).booking == "superseded"

    def _ids(self, tale: Tale, case: CaseRow) -> set[str]:
        every = self.db.read(lambda tx: shipments.all_of(tx, tale.order.order_id))
        return {row.consignment_id for row in every if case.shipment_id in (None, row.id)}

    def _find_out(self, tale: Tale) -> None:
        """Look into the courier's panel for a booking of unknown outcome."""
        live, process = self.live(tale), self.process
        if live is None or live.booking != "uncertain":
            return
        if can(live.courier, Can.REFUSE_REPEATS) and tale.answer("tries again", [True, False]):
            uncertain.try_again(process.desk, self.db, process.context(), tale.order.number)
            return
        known = {row.consignment_id for row in self.db.read(lambda tx: shipments.all_of(tx, tale.order.order_id))}
        practice = process.desk.practice(live.courier)
        theirs = [p for p in practice.booked_since(live.requested_at) if p.recipient_phone == tale.phone]
        lost = [p.consignment_id for p in theirs if p.consignment_id not in known]
        if lost and not tale.answer("looks badly", [True, *[False] * 5]):
            uncertain.settle_with_id(process.desk, self.db, process.context(), tale.order.number, lost[-1])
        else:
            uncertain.never_landed(process.desk, self.db, process.context(), tale.order.number)

    def _go_on(self, tale: Tale, journeys: dict[str, Journey]) -> None:
        order, live = self.order(tale), self.live(tale)
        if order.status == "confirmed" and (live is None or live.booking == "booked"):
            self.ship(tale)
        elif order.status == "shipped" and live is not None:
            self._take_in(tale, live, journeys)
        elif order.status == "delivered":
            self._take_the_rest_in(tale)
        elif order.status == "returned":
            self._after_it_is_back(tale, order)
        order = self.order(tale)
        if order.refund_due_poisha and order.status in ("delivered", "returned") and tale.answer("refunds", [1, 0]):
            self._give_back(tale)

    def _give_back(self, tale: Tale) -> None:
        order = self.order(tale)
        reference = f"SENT{order.number}V{order.version}"
        self.do(tale, c.PayRefund(method="bkash", amount_poisha=order.refund_due_poisha, reference=reference))

    def _take_in(self, tale: Tale, live: ParcelRow, journeys: dict[str, Journey]) -> None:
        journey = journeys.get(live.consignment_id or f"manual-{live.id}")
        where = journey.where if journey is not None else OUT
        if where == CUSTOMER_HAS_IT:
            self.do(tale, c.Deliver())
        elif where == GONE:
            self.do(tale, c.LoseParcel(reason="the courier cannot find it"))
        elif where == IN_PART:
            self._say_part(tale)
        elif where == HERE:
            self._receive(tale)

    def _say_part(self, tale: Tale) -> None:
        told = [c.KeptLine(sku=sku, kept=units) for sku, units in tale.kept("kept").items()]
        collected = tale.collected_in_part(self.order(tale))
        self.do(tale, c.DeliverPart(lines=tuple(told), collected_poisha=collected))

    def _receive(self, tale: Tale) -> None:
        tries = self._tries(tale)
        if tale.answer(f"look later {tries}", ["now", "later"]) == "later":
            self.do(tale, c.ReceiveReturn(inspect_later=True))
        else:
            self.do(tale, c.ReceiveReturn(restock=tale.answer(f"fit {tries}", [True, True, False])))

    def _take_the_rest_in(self, tale: Tale) -> None:
        if self._awaits_the_rest(tale):
            self.do(tale, c.ReceiveReturn(restock=tale.answer("rest fit", [True, True, False])))

    def _awaits_the_rest(self, tale: Tale) -> bool:
        lines = self.db.read(lambda tx: rows.lines_of(tx, tale.order.order_id))
        return any(line.coming_back for line in lines)

    def _after_it_is_back(self, tale: Tale, order: OrderRow) -> None:
        tries = self._tries(tale)
        if order.to_inspect:
            conditions = tale.found(f"found {tries}")
            lines = self.db.read(lambda tx: rows.lines_of(tx, order.id))
            found = [
                c.InspectedLine.model_validate(
                    {"sku": line.sku, "quantity": line.to_inspect, "condition": conditions[line.sku]}
                )
                for line in lines
                if line.to_inspect
            ]
            self.do(tale, c.Inspect(lines=tuple(found)))
        elif tries < 1 and not order.refunded_poisha and tale.answer(f"again {tries}", [True, False, False]):
            self.do(tale, c.SendAgain())

    def _tries(self, tale: Tale) -> int:
        """How often it was sent again."""
        return len([1 for action, _ in self.process.world.events(tale.order.order_id) if action == "send_again"])
