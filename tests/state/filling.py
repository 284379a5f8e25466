"""Any form of any page, reached and filled in by the names of its fields: no test need know which forms there are.

A form that is new is reached and filled here as long as its handlers and fields are called as others are; a field of a
new name, in which a figure is no answer, is one line in WORDS.
"""

from __future__ import annotations

import inspect
import json
import secrets
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from typing import Any

import reflex as rx
from sqlalchemy import func, select

from dokango.couriers.desk import CourierDesk
from dokango.customers import acts
from dokango.db import Statement
from dokango.models import METADATA
from dokango.orders import Context
from dokango.orders.cases import rows as cases
from dokango.orders.claims.forms import OpenClaim
from dokango.orders.claims.rows import open_ones
from dokango.orders.claims.steps import open_claim
from dokango.orders.lifecycle import commands as c
from dokango.orders.one_customer import OtherNumber, merge
from dokango.orders.parcels.cancel_booking import cancel_booking
from dokango.payments.evidence import PASTE, Brought, keep_all
from dokango.payments.money_out import BOOKED_KINDS
from dokango.payouts.clearing import open_page
from dokango.people.actor import Actor
from dokango.people.permissions import Role
from state.kit.access import access_of
from state.kit.form import PRESS
from state.kit.seen import ORDER
from state.kit.ticks import Ticks
from state.store.cart import CartState
from state.wallet.out import MoneyOutState
from tests.core.couriered import Couriered, lose
from tests.core.payouts import Paying, as_csv
from tests.small_shop import Shop
from tests.state.arriving import arriving
from tests.state.desk import PASSWORD, Browser, Desk
from tests.state.drawn import DrawnForm
from tests.state.stepping import BEFORE_FORM, code_of

OTHER = "01999000000"
BLOCK = acts.Block(reason="never at home")
COD = {"payment": {"method": "cod"}}
STAGES = ("pending", "confirmed", "packed", "shipped", "delivered", "cancelled")
# What people do before they press, in this order, by the names of the handlers.
BEFORE = ("open", "show", "begin", "ask", "find", "add", "choose_district", "choose_method", "choose_wallet")
UNKNOWN = "5"  # for a field that nobody told of
ON_PAGE = {
    "/settings": {"sender": "orders@example.com"},
    "/products/[product_ref]": {"sku-1": "BELL", "tracks-1": "on"},
    "/t/[link]": {"trx_id": "BLU1H6X8AA"},
}  # fmt: skip
SEEN = ("number", "version")
WHOLE = {"/orders": "/orders?tab=all"}  # the address under which a page shows all of its rows
TOLD = "You have received Tk 5.00 from 01711000000. Fee Tk 0.00. Balance Tk 9.50. TrxID ZZZ1H6X8A1"
WENT_OUT = "Cash Out Tk 50.00 to 01911000000 successful. Fee Tk 1.00. Balance Tk 9.00. TrxID OUT1H6X8A1"
UNWATCHED = {"session"}  # what merely looking at a page writes
STORAGE = "reflex___state____state.reflex___state____update_vars_internal_state.update_vars_internal"
# What is typed, by the name of the field.
OF_WALLETS = ("more", *(f"{kind}{part}" for kind in BOOKED_KINDS for part in ("", "_taka")))
WORDS = {
    "name": "Rahima Akter", "phone": "01711000000", "email": "rahima@example.com", "line": "House 9, Road 3",
    "area": "Dhanmondi", "city": "Dhaka", "district": "Dhaka", "note": "", "method": "bkash", "channel": "phone",
    "trx_id": "", "sender": "", "reason": "rain", "kind": "address", "text": "Which floor is it?", "why": "mind",
    "recipient_name": "Rahima Akter", "recipient_phone": "01711000000", "recipient_address": "House 9, Road 3",
    "collects": "0", "item_description": "Mugs",
    "alternative_phone": "", "recipient_email": "", "weight": "", "delivery": "home",
    "carrier": "Rider", "tracking_code": "T1", "amount_poisha": "10", "charge_poisha": "0", "paid_poisha": "",
    "reference": "SENT123456",
    "band0_g": "500", "band1_g": "1000", "band2_g": "2000", "band3_g": "3000", "band4_g": "5000",
    "suburbs": "Gazipur", "key": "", "link": "https://rider.example/?cn={code}", "is_on": "on",
    "by": "*cheapest", "districts": "Dhaka", "up_to_g": "5000", "up_to_cod": "9000", "up_to_value": "9000",
    "shelf": "restock", "status": "delivered", "supplier": "Potters", "paid_from": "bank",
    "sku-1": "MUG", "quantity-1": "40", "cost-1": "500", "good MUG": "1", "resell MUG": "1",
    "wish": "One less, please", "answers_wish": "",
    "kept MUG": "1", "collected_poisha": "900", "took": "",
    "pieces MUG": "1", "each MUG": "800", "off MUG": "0", "discount": "0", "delivery_poisha": "100",
    "payment_method": "bkash",
    "later": "", "all_back": "", "return_charge_by": "shop", "refusal_keeps": "nothing",
    "blocked_orders": "review", "other": OTHER,
    "received": "10", "trx": "BLU1H6X8ZZ", "from": "01711000000", "message": "",
    "title": "Bell", "price-1": "100", "options-1": "",
    "address": "Dhanmondi", "about": "Pots", "whatsapp": "", "invoice_prefix": "SH-", "home_district": "Dhaka",
    "pack_checklist": "required",
    "delivery_inside": "70", "delivery_outside": "130", "delivery_days_inside": "2", "delivery_days_outside": "4",
    "courier_return_charge": "0", "cod_enabled": "on",
    "asks": "all", "paid_by": "cod", "where": "anywhere", "over": "", "up_to": "5000", "percent": "", "goods": "MUG",
    "delivered_below": "", "returned_from": "", "refused_from": "2", "courier_below_percent": "",
    **{f"{wallet}_{kind}": "" for wallet in ("bkash", "nagad", "rocket") for kind in OF_WALLETS}, "pocket": "hand",
    "bkash_number": "01700000077", "bkash_kind": "personal", "bkash_fee": "1", "nagad_kind": "personal",
    "nagad_fee": "0", "rocket_kind": "personal", "rocket_fee": "0", "nagad_number": "", "rocket_number": "",
    "courier": "steadfast", "steadfast_api_key": "key-1", "steadfast_secret_key": "key-2",
    "host": "smtp.example.com", "port": "587", "security": "starttls", "user": "shop", "mail_password": "secret",
    "gateway": "other", "url": "https://sms.example.com/?to={to}&text={text}", "body": "", "accepted": "^OK",
    "sms_method": "GET", "sms_sender": "8809600000000", "sms_key": "key-3", "try_sms": "01711000000",
    "pasted": "You have received Tk 5.00 from 01711000000. Fee Tk 0.00. TrxID ZZZ1H6X8AA",
    "present": PASSWORD, "new": "a password of my own 77", "again": "a password of my own 77",
    "must_owner": "", "must_viewer": "on",
    "loss": "lost", "words": "Never arrived", "claimed_poisha": "900", "claimed MUG": "1", "packed_g": "600",
    "found_g": "", "parcel": "",
    "staff_name": "Rina Das", "login": "rina", "role": "packer", "key_name": "POS",
}  # fmt: skip


# Compiled once: they are asked for after every press of every form.
_COUNTS = {
    name: Statement(select(func.count()).select_from(table))
    for name, table in METADATA.tables.items()
    if name not in UNWATCHED
}


@dataclass
class World:
    """A shop with orders at every stage."""

    desk: Desk
    shop: Shop
    courier: CourierDesk
    numbers: list[str]

    def rows(self) -> dict[str, Any]:
        """How much is written of everything, with the courier's parcels: what a press that acts changes."""
        found = self.shop.db.read(lambda tx: {name: tx.value(count) for name, count in _COUNTS.items()})
        parcels = self.parcels()
        moved = sum(parcel["status"] == WORDS["status"] for parcel in parcels)
        return found | {"parcels at the courier": len(parcels), "moved there": moved}

    def parcels(self) -> list[Any]:
        """What the courier has."""
        return self.courier.practice().store.rows("SELECT * FROM parcel ORDER BY consignment_id")


def stock_world(shop: Shop, courier: CourierDesk) -> None:
    """One order a stage, some that are paid on delivery, and parcels of a courier: one on its way, one uncertain."""
    for stage in STAGES:
        shop.bring_to(stage, ("MUG", 2))
    for stage in ("pending", "shipped", "delivered"):
        shop.bring_to(stage, ("MUG", 2), **COD)
    shop.do(shop.bring_to("shipped", ("MUG", 2)), c.ReceiveReturn(inspect_later=True))
    shop.bring_to("returned", ("MUG", 2))
    shop.do(shop.bring_to("confirmed"), c.Cancel(reason="changed their mind"))
    shop.do(shop.do(shop.bring_to("confirmed"), c.Cancel(reason="changed their mind")), c.KeepAsCredit())
    claim = {"method": "bkash", "transaction_id": "BLU1H6X8CC", "sender": "01711000000"}
    shop.place(("MUG", 1), payment=claim, customer={"name": "Karim", "phone": "01811000000"})
    shop.do(shop.bring_to("confirmed", **COD), c.AskChange(what="change", words="one less"))
    _await_approval(shop)
    shop.ask_in_advance({"asks": "delivery"})
    shop.place(("MUG", 1), **COD)
    shop.ask_in_advance()
    couriered = Couriered(shop, courier)
    couriered.ship(shop.bring_to("packed"))
    shop.do(shop.bring_to("shipped"), c.ReportProblem(problem="nobody at home"))
    lose(couriered, lands=True)
    lost = shop.bring_to("shipped", ("MUG", 2))
    shop.do(lost, c.LoseParcel(reason="not in any hub"))
    form = OpenClaim(kind="lost", claimed_poisha=160_000, words="Never arrived")
    shop.db.write(lambda tx: open_claim(tx, Context(shop.owner, shop.clock), lost.number, form))
    _to_cancel(shop, courier)


def _to_cancel(shop: Shop, courier: CourierDesk) -> None:
    """Parcels of a courier that can cancel them: one as it was booked, and one of which nobody knows whether it did."""
    redx = Couriered(shop, courier, "redx")
    redx.ship(shop.bring_to("packed"))
    asked = shop.bring_to("packed")
    redx.ship(asked)
    redx.fail_next("drop", "/parcels")
    cancel_booking(courier, shop.db, redx.context(), asked.number, "ordered twice")


def _await_approval(shop: Shop) -> None:
    """A payment that somebody else verified, above what one person books."""
    shop.set_profile(second_person_above_poisha=50_000)
    paid = c.VerifyPayment(method="bkash", transaction_id="BLU1H6X8BB", amount_poisha=90_000)
    shop.do(shop.place(("MUG", 1)), paid, actor=Actor(900, "Mina", Role.MANAGER))
    shop.set_profile(second_person_above_poisha=0)


@dataclass
class Reached:
    """A tab with the form before it."""

    world: World
    tab: Browser
    form: DrawnForm
    recovery_code: str = ""

    @property
    def words(self) -> dict[str, str]:
        """What can be typed here."""
        known = {"consignment_id": str(self.world.parcels()[-1]["consignment_id"])}
        typed = self.form.names - {PRESS, *SEEN}
        if secret := self.tab.states.get(self.form.state.get_full_name(), {}).get("secret", ""):
            known["code"] = code_of(secret, self.world.desk.clock)
        elif self.recovery_code:
            known["code"] = self.recovery_code
        return dict.fromkeys(typed, UNKNOWN) | WORDS | known | ON_PAGE.get(self.form.route, {})

    def payload(self) -> dict[str, str]:
        """What the page sends: the words, the orders that are ticked, and which showing they are of."""
        return {**self.words, **self.ticked(), **self.seen(), PRESS: self.tab.sees(self.form.state, PRESS)}

    def seen(self) -> dict[str, str]:
        """What it says of the screen: of a form over an order which and how it stood, of the checkout what it asks."""
        said = {*SEEN} if set(SEEN) <= self.form.names else {"shown", "advance", "total_poisha"} & self.form.names
        return {name: str(self.tab.sees(self.form.state, name)) for name in said}

    def ticked(self) -> dict[str, str]:
        """The fields of a form over many: each order's, with the version that is shown."""
        seen = self.tab.states.get(self.form.state.get_full_name(), {})
        rows = seen.get("rows", []) if "rows" in self.form.state.get_fields() else []
        return {f"{ORDER}{row['number']}": row["version"] for row in rows if "version" in row}

    async def leave(self, field: str, typed: str) -> None:
        """Go on from one field to the next, as the page tells of it."""
        state = self.form.state
        await self.tab.call(state.mend, name=field, typed=typed)
        if "edit" in state.event_handlers and field in self.form.names:
            await self.tab.call(state.edit, field=field, value=typed)

    async def press(self, payload: dict[str, str]) -> None:
        """Press its button."""
        await self.tab.call(self.form.state.event_handlers[self.form.handler], form=payload)


def ticked(under: Any = rx.State) -> Iterator[Any]:
    """Every state whose rows are ticked."""
    for state in under.get_substates():
        if issubclass(state, Ticks):
            yield state
        yield from ticked(state)


def case_of(world: World, order_id: int) -> str:
    """The order's open case; 0 where it has none."""
    return str(next((case.id for case in world.shop.db.read(lambda tx: cases.open_of(tx, order_id))), 0))


def claim_of(world: World) -> str:
    """The claim that waits for its courier."""
    return str(next(claim.id for claim in world.shop.db.read(open_ones)))


def line_of(world: World, told: str) -> str:
    """A line that a wallet told, which no order claims."""
    kept = world.shop.db.write(lambda tx: keep_all(tx, world.shop.owner, [Brought(told)], PASTE, 0))
    return str(kept[0].row.id)


def sum_of(world: World) -> str:
    """What a courier paid for no parcel of the shop's."""
    paying = Paying(world.shop)
    if not world.shop.db.read(open_page).rows:
        paying.book(paying.read(as_csv(("NOBODYS", "", 500, 60, 440))))
    return str(world.shop.db.read(open_page).rows[0].id)


def blocked(world: World, phone: str) -> None:
    """Somebody blocked the customer."""
    world.shop.db.write(lambda tx: acts.block(tx, acts.By(world.shop.owner, world.shop.clock), phone, BLOCK))


def merged(world: World, phone: str) -> None:
    """Another number is this customer's too."""
    by = acts.By(world.shop.owner, world.shop.clock)
    world.shop.db.write(lambda tx: merge(tx, by, phone, OtherNumber(other=OTHER)))


# By the name of the form: what makes a customer somebody of whom it is asked.
MADE_READY = {"CustomerActsState.unblock": blocked, "CustomerActsState.separate": merged}


async def reached(world: World, form: DrawnForm) -> AsyncIterator[Reached]:
    """The form on each order in turn, as somebody gets to it who may do everything."""
    access = access_of(form.state.event_handlers[form.handler])
    is_arriving = access is not None and access.arriving and form.name not in BEFORE_FORM
    tab = await (
        arriving(world.desk, f"arriving{secrets.token_hex(4)}") if is_arriving else world.desk.browser("owner")
    )
    recovery_code = BEFORE_FORM[form.name](world.desk, tab) if form.name in BEFORE_FORM else ""
    for number in world.numbers:
        row = world.shop.order(number)
        path = form.route.replace("[order_number]", number).replace("[link]", row.token)
        path = path.replace("[claim_ref]", claim_of(world)).replace("[customer_phone]", row.phone)
        if form.name in MADE_READY:
            MADE_READY[form.name](world, row.phone)
        await tab.arrive(WHOLE.get(path, path).replace("[product_ref]", "new"))
        for listing in ticked():
            await tab.call(listing.choose_all, on=True)
        await tab.send(STORAGE, {"vars": {f"{CartState.get_full_name()}.kept_rx_state_": json.dumps({"MUG": 1})}})
        given = {
            "number": number, "version": row.version, "dialog": form.handler, "what": form.handler, "sku": "MUG",
            "is_open": True, "typed": "MUG", "district": "Dhaka", "method": "bkash", "wallet": "bkash",
            "case_id": case_of(world, row.id), "claim_id": claim_of(world), "said": "",
            "parcel": "", "phone": row.phone, "labels": "", "other": OTHER,
            "line_id": line_of(world, WENT_OUT if form.state is MoneyOutState else TOLD),
            "sum_id": sum_of(world),
            "act": "given_back" if form.route == "/cod/open" else "close",
        }  # fmt: skip
        for name in (*BEFORE, f"ask_{form.handler}"):
            if (handler := form.state.event_handlers.get(name)) and name != form.handler:
                asked = list(inspect.signature(handler.fn).parameters)[1:]
                await tab.call(handler, **{parameter: given[parameter] for parameter in asked})
        yield Reached(world, tab, form, recovery_code)
