"""What the holder of a tracking link may do with its order: pay, fix the address, cancel. The link is the proof."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import ValidationError

from dokango.clock import Clock
from dokango.db import Tx
from dokango.errors import InvalidInput
from dokango.orders.book import rows
from dokango.orders.lifecycle.commands import AskChange, Cancel, ClaimPayment, EditAddress
from dokango.orders.lifecycle.perform import Context, Done, perform
from dokango.orders.placing.checkout_form import LONGEST_FIELD
from dokango.payments.methods import claimable_of
from dokango.payments.offered import offered_method
from dokango.people.actor import customer
from dokango.people.districts import district_of
from dokango.shop.cancel_reasons import CUSTOMERS_REASONS
from dokango.shop.profile import load_profile
from dokango.text import plain, storable

MOST_WISH = 500


class AnotherCharge(InvalidInput):
    """Delivery to `district` costs another charge than the one that was agreed."""

    def __init__(self, district: str) -> None:
        self.district = district
        super().__init__({"district": f"Delivery to {district} costs another charge. Call the shop to change it."})


def send_trx_id(tx: Tx, clock: Clock, token: str, form: Mapping[str, str]) -> Done:
    """Claim a payment with `wallet`, `trx_id` and perhaps `sender`; replaces a claim that still waits.

    Raises NotFound (no such link), InvalidInput under "wallet", "transaction_id", "sender", TrxIdTaken, Refused.
    """
    order, form = rows.by_token(tx, storable(token)), _typed(form)
    wallet = claimable_of(form.get("wallet", ""), "wallet")
    try:
        offered_method(load_profile(tx), wallet.key)
    except InvalidInput as error:
        raise InvalidInput({"wallet": str(error)}) from None
    claim = ClaimPayment(method=wallet.key, transaction_id=form.get("trx_id", ""), sender=form.get("sender", "")[:60])
    return perform(tx, Context(customer(order.name), clock), order.number, claim)


def fix_address(tx: Tx, clock: Clock, token: str, form: Mapping[str, str], version: int | None = None) -> Done:
    """Change where the parcel goes. The charge was agreed for a zone, so the district may change only within it.

    Raises NotFound, InvalidInput by field (AnotherCharge for the district), StaleVersion, Refused.
    """
    order, form = rows.by_token(tx, storable(token)), _typed(form)
    profile = load_profile(tx)
    district = district_of(form.get("district", ""), "district")
    if profile.delivery_poisha(district) != profile.delivery_poisha(order.district):
        raise AnotherCharge(district)
    try:
        command = EditAddress(
            name=form.get("name", ""), phone=form.get("phone", ""), line=form.get("line", ""),
            area=form.get("area", ""), city=order.city, district=district,
        )  # fmt: skip
    except ValidationError as error:
        fields = {str(failure["loc"][0]): "Type this again: it is empty or too long." for failure in error.errors()}
        raise InvalidInput(fields) from None
    return perform(tx, Context(customer(order.name), clock, version), order.number, command)


def ask_change(tx: Tx, clock: Clock, token: str, form: Mapping[str, str], version: int | None = None) -> Done:
    """Ask for what the customer may not do here: "change" or "cancel" (`kind`), in their `wish`.

    Raises NotFound, InvalidInput under "wish", StaleVersion, Refused.
    """
    order, form = rows.by_token(tx, storable(token)), _typed(form)
    words = form.get("wish", "")
    if not words.strip():
        raise InvalidInput({"wish": "Write what you wish."})
    if len(words) > MOST_WISH:
        raise InvalidInput({"wish": f"Write at most {MOST_WISH} letters: these are {len(words)}. Shorten it."})
    asked = AskChange(what="cancel" if form.get("kind") == "cancel" else "change", words=words)
    return perform(tx, Context(customer(order.name), clock, version), order.number, asked)


def cancel(tx: Tx, clock: Clock, token: str, why: str, version: int | None = None) -> Done:
    """Cancel while pending; `why` is a key of CUSTOMERS_REASONS. Raises NotFound, StaleVersion, Refused."""
    order = rows.by_token(tx, storable(token))
    reason = CUSTOMERS_REASONS.get(why, CUSTOMERS_REASONS["other"])
    return perform(tx, Context(customer(order.name), clock, version), order.number, Cancel(reason=reason))


def _typed(form: Mapping[str, str]) -> dict[str, str]:
    return {name: plain(str(value)[:LONGEST_FIELD], lines=True) for name, value in form.items()}
