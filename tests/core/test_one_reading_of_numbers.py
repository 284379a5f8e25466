"""Phones, amounts and quantities: what was typed gives the same number, or is refused, whichever way it came in."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import partial
from itertools import count

import pytest
from pydantic import ValidationError

from dokango.catalogue.forms import VariantForm
from dokango.errors import InvalidInput
from dokango.importing import woocommerce_cells as cells
from dokango.importing.table_file import read_sheet
from dokango.importing.woocommerce import understand
from dokango.money import parse_taka
from dokango.numbers import whole_number
from dokango.orders import Context
from dokango.orders.book import rows
from dokango.orders.customer import steps
from dokango.orders.customer.tracking import link_of
from dokango.orders.lifecycle import commands as c
from dokango.orders.parcels.draft import ParcelEdits, parcel_of
from dokango.orders.placing.checkout_form import place_once, wanted_of
from dokango.shop.editing import change_profile
from dokango.shop.profile import load_profile
from dokango.stock.sheets import TypedLine, count_of, receipt_of
from state.catalogue.typed import product_wanted
from state.settings.advance_rule_typed import FIELDS as ADVANCE_FIELDS
from state.settings.advance_rule_typed import row_typed
from state.settings.typed import delivery_fields, payment_fields, shop_fields
from state.shipping.sending.send_typed import FIELDS, edits_of
from tests.small_shop import Shop

PHONES = (
    "01711000000", "1711000000", "1711-000000", "+8801711000000", "+880 1711-000000", "8801711000000",
    "008801711000000", "+880 (0)1711-000000", "+880(0)1711 000 000", "01711/000000", "01711.000.000", "[01711] 000 000",
    "০১৭১১০০০০০০", "১৭১১-০০০০০০", "+৮৮০১৭১১০০০০০০", "０１７１１００００００", "tel:+8801711000000",
    "\u202a01711000000\u202c", "01711\u00a0000000",
)  # fmt: skip
NO_PHONES = ("12345", "171100000", "017110000000", "02111000000", "+911711000000", "+01711000000",
             "01711000000, 01811000000", "house 01711000000", "1" * 70)  # fmt: skip
AMOUNTS = {
    "2450": 245_000, "2,450": 245_000, "2450.5": 245_050, "2450.50": 245_050, "1,00,000": 10_000_000,
    "100,000": 10_000_000, "৳2,450": 245_000, "৳ 2450": 245_000, "Tk 2450": 245_000, "Tk. 2450": 245_000,
    "tk.2450": 245_000, "BDT 2450": 245_000, "2450 taka": 245_000, "2450 Tk": 245_000, "২৪৫০ টাকা": 245_000,
    "2450/-": 245_000, "৳2450/=": 245_000, "২,৪৫০.৫০": 245_050, "２，４５０．５０": 245_050, " 2450\u200b ": 245_000,
}  # fmt: skip
NO_AMOUNTS = ("-5", "−5", "৳-5", "1,2,3", "1234,567", "12,345,67", "2450.555", "1e5", "lots", "2450 pcs", "taka",
              "0x10", "1" * 70)  # fmt: skip
COUNTS = {"12": 12, " 12 ": 12, "1,200": 1_200, "12,345": 12_345, "১২": 12, "১,২০০": 1_200, "１２": 12, "\u200e12": 12}
NO_COUNTS = ("-1", "2.5", "12 pcs", "১২টি", "1,2", "1e3", "half", "12kg", "+12", "1" * 70)


def _line(**fields: str) -> TypedLine:
    return TypedLine("1", "MUG", **{"quantity": "1", "cost": "1", **fields})


CHARGES = {"delivery_inside": "60", "delivery_outside": "120", "delivery_days_inside": "2", "home_district": "Dhaka",
           "delivery_days_outside": "4", "courier_return_charge": "0", "pickup_hours": "24", "claim_days": "7",
           "return_charge_by": "shop", "refusal_keeps": "nothing"}  # fmt: skip
FORM = {"name": "Rahima", "line": "House 7, Road 3", "district": "Dhaka", "method": "bkash", "phone": "01711000000"}
WALLETS = {f"{key}_{name}": value for key in ("bkash", "nagad", "rocket") for name, value in
           (("number", ""), ("kind", "personal"), ("instructions", ""), ("fee", "0"))} | {
    "bank_number": "", "cod_enabled": "on", "forgive_most": "0", "second_person_above": "0",
    "rule_most": "0"}  # fmt: skip
ADVANCE = {**dict.fromkeys(ADVANCE_FIELDS, ""), "asks": "amount", "where": "anywhere"}
PRODUCT = {"title": "Mug", "sku-1": "mug", "price-1": "1", "low-1": "", "weight-1": ""}
_ONE_MORE = count(100)
HEAD = "SKU,Name,Regular price,Stock"


def _profile(shop: Shop, **typed: str) -> str:
    shop.db.write(lambda tx: change_profile(tx, shop.owner, shop.clock, typed))
    return shop.db.read(load_profile).whatsapp


def _buyer(shop: Shop, typed: str) -> str:
    return str(shop.order(shop.place(("MUG", 1), customer={"name": "Rahima", "phone": typed})).phone)


def _form(shop: Shop, typed: str) -> str:
    wanted = wanted_of({**FORM, "phone": typed}, {"MUG": 1})
    context, key = Context(shop.owner, shop.clock), f"key-{next(_ONE_MORE)}"
    return str(shop.order(shop.db.write(lambda tx: place_once(tx, context, key, wanted, locale="en")).number).phone)


def _edit(shop: Shop, typed: str) -> str:
    done = shop.place(("MUG", 1))
    shop.do(done, c.EditAddress(name="Rahima", phone=typed, line="House 8", district="Dhaka"))
    return str(shop.order(done).phone)


def _mended(shop: Shop, typed: str) -> str:
    done = shop.place(("MUG", 1))
    token = shop.order(done).token
    shop.db.write(lambda tx: steps.fix_address(tx, shop.clock, token, {**FORM, "phone": typed}))
    return str(shop.order(done).phone)


def _claimed(shop: Shop, typed: str) -> str:
    payment = {"method": "bkash", "transaction_id": f"BLU1H6X{next(_ONE_MORE)}", "sender": typed}
    return _sender(shop, shop.place(("MUG", 1), payment=payment).number)


def _verified(shop: Shop, typed: str) -> str:
    done = shop.place(("MUG", 1))
    claim = c.ClaimPayment(method="bkash", transaction_id=f"BLU1H6X{next(_ONE_MORE)}", sender=typed)
    return _sender(shop, shop.do(done, claim).number)


def _sender(shop: Shop, number: str) -> str:
    claim = shop.db.read(lambda tx: rows.waiting_claim(tx, shop.order(number).id))
    assert claim is not None
    return str(claim.sender)


def _parcel(shop: Shop, typed: str) -> str:
    order = shop.order(shop.place(("MUG", 1)))
    return parcel_of(order, (), "DG-1", ParcelEdits(recipient_phone=typed)).recipient_phone


def _looked_up(shop: Shop, typed: str) -> str:
    done = shop.place(("MUG", 1))
    assert shop.db.read(lambda tx: link_of(tx, done.number, typed))
    return "01711000000"


PHONE_WAYS: dict[str, Callable[[Shop, str], str]] = {
    "an order from a program": _buyer,
    "a checkout form": _form,
    "an edited address": _edit,
    "the customer's own mend": _mended,
    "who paid, with the order": _claimed,
    "who paid, later": _verified,
    "a parcel": _parcel,
    "an order looked up": _looked_up,
    "the shop's number on the settings page": lambda _, typed: shop_fields({"name": "Shop", "whatsapp": typed})[
        "whatsapp"
    ],
    "a wallet on the settings page": lambda _, typed: payment_fields({**WALLETS, "bkash_number": typed})["wallets"][
        "bkash"
    ]["number"],
    "a setting": lambda shop, typed: _profile(shop, whatsapp=typed),
}
AMOUNT_WAYS: dict[str, Callable[[str], int | None]] = {
    "a dialog": parse_taka,
    "a unit's cost": lambda typed: receipt_of([_line(cost=typed)], "", "", "").lines[0].unit_cost_poisha,
    "a charge": lambda typed: delivery_fields({**CHARGES, "delivery_inside": typed})["delivery_inside_poisha"],
    "an advance": lambda typed: row_typed({**ADVANCE, "amount": typed}).amount_poisha,
    "a price": lambda typed: _variant("price", typed).price_poisha,
    "what the rider collects": lambda typed: edits_of({**dict.fromkeys(FIELDS, ""), "collects": typed}, {}).cod_poisha,
    "a price in a file": lambda typed: cells.amount(typed, "price"),
}
COUNT_WAYS: dict[str, Callable[[str], int]] = {
    "a quantity": lambda typed: whole_number(typed, "quantity", 0, 1_000_000),
    "goods received": lambda typed: receipt_of([_line(quantity=typed)], "", "", "").lines[0].quantity,
    "goods counted": lambda typed: count_of([_line(quantity=typed)], "monthly").lines[0].counted,
    "a weight": lambda typed: _variant("weight", typed).weight_g,
    "a low level": lambda typed: (
        product_wanted({**PRODUCT, "low-1": typed}, [{"line": "1"}], ()).form.variants[0].low_stock_level
    ),
    "stock in a file": lambda typed: _stock_in_a_file(typed),
}


def _variant(field: str, typed: str) -> VariantForm:
    return product_wanted({**PRODUCT, f"{field}-1": typed}, [{"line": "1"}], ()).form.variants[0]


def _stock_in_a_file(typed: str) -> int:
    found = understand(read_sheet(f'{HEAD}\nmug,Mug,5,"{typed}"'.encode()), date(2026, 11, 22))
    if found.refused:
        raise cells.Unusable(found.refused[0].words)
    return found.products[0].variants[0].stock


def taken(read: Callable[[str], object], typed: Iterable[str]) -> dict[str, object]:
    """What each of the texts is read as; a refusal is kept as its kind."""
    found: dict[str, object] = {}
    for text in typed:
        try:
            found[text] = read(text)
        except (InvalidInput, ValidationError, cells.Unusable) as error:
            found[text] = type(error)
    return found


def not_refused(read: Callable[[str], object], typed: Iterable[str]) -> dict[str, object]:
    """The texts that were taken all the same, and what for."""
    return {text: found for text, found in taken(read, typed).items() if not isinstance(found, type)}


@pytest.mark.parametrize("way", PHONE_WAYS)
def test_a_phone_is_understood_however_it_is_written_and_wherever(shop: Shop, way: str) -> None:
    assert taken(partial(PHONE_WAYS[way], shop), PHONES) == dict.fromkeys(PHONES, "01711000000")


@pytest.mark.parametrize("way", PHONE_WAYS)
def test_what_is_no_mobile_number_is_refused_wherever_it_is_typed(shop: Shop, way: str) -> None:
    assert not_refused(partial(PHONE_WAYS[way], shop), NO_PHONES) == {}


@pytest.mark.parametrize("way", AMOUNT_WAYS)
def test_an_amount_is_understood_however_it_is_written_and_wherever(way: str) -> None:
    assert taken(AMOUNT_WAYS[way], AMOUNTS) == AMOUNTS


@pytest.mark.parametrize("way", AMOUNT_WAYS)
def test_what_is_no_amount_is_refused_wherever_it_is_typed(way: str) -> None:
    assert not_refused(AMOUNT_WAYS[way], NO_AMOUNTS) == {}


@pytest.mark.parametrize("way", COUNT_WAYS)
def test_a_quantity_is_understood_however_it_is_written_and_wherever(way: str) -> None:
    assert taken(COUNT_WAYS[way], COUNTS) == COUNTS


@pytest.mark.parametrize("way", COUNT_WAYS)
def test_what_is_no_whole_number_is_refused_wherever_it_is_typed(way: str) -> None:
    backorders = {"-1": 0} if way == "stock in a file" else {}  # a shop abroad tells of them; it comes in with none
    assert not_refused(COUNT_WAYS[way], NO_COUNTS) == backorders


def _fee_bp(typed: str) -> int:
    return int(payment_fields({**WALLETS, "bkash_fee": typed})["wallets"]["bkash"]["fee_bp"])


def test_a_wallets_fee_is_a_percentage_with_at_most_two_decimals() -> None:
    fees = {"1.85": 185, "1.85%": 185, "১.৮৫ %": 185, "１.５": 150, "2": 200, "": 0, " ": 0, "10": 1_000}
    assert taken(_fee_bp, fees) == fees
    assert not_refused(_fee_bp, ("11", "-1", "1.855", "one", "1 taka", "0" * 70, "\u200b")) == {}
