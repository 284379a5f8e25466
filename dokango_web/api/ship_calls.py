"""Shipping an order: by a courier that is called, by one that the owner keeps by name, or by whom the rule chooses."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from dokango import process
from dokango.couriers import manual
from dokango.couriers.carriers import carriers_in_use
from dokango.couriers.choosing.choose import NO_RULE, Choice
from dokango.couriers.process_desk import courier_desk
from dokango.couriers.registry import COURIERS, is_by_api
from dokango.db import Tx
from dokango.errors import InvalidInput
from dokango.orders import Context
from dokango.orders.lifecycle.commands import Ship
from dokango.orders.parcels.by_hand import carrier_of, hand_over
from dokango.orders.parcels.choosing import choice_of
from dokango.people.actor import Actor
from dokango_web.api.courier_calls import ask_courier
from dokango_web.api.kit import threads
from dokango_web.api.kit.idempotency import Outcome, once
from dokango_web.api.order_json import order_by_number


@dataclass(frozen=True, slots=True)
class _Shipping:
    """What is done for a body: the command with its courier found, what the rule says, and why nobody takes it."""

    command: Ship
    choice: Choice
    refusal: str = ""


async def ship(request: Request, caller: Actor, number: str, body: Ship, context: Context) -> Response:
    """Ship the order; the answer to a key that was used for the same body is the same again, whoever would be chosen.

    Raises InvalidInput for a courier that nobody knows, and for none where the rule says nobody.
    """
    shipping = await threads.in_thread(lambda: _shipping(number, body))
    if is_by_api(shipping.command.courier):
        return await ask_courier(request, caller, number, body, context, shipping.command)

    def step(tx: Tx) -> Outcome:
        if shipping.refusal:
            raise InvalidInput({"courier": shipping.refusal})
        done = hand_over(tx, context, number, shipping.command, shipping.choice)
        return Outcome(200, order_by_number(tx, done.number), done.order_id)

    return await once(request, caller, body, step)


def _shipping(number: str, body: Ship) -> _Shipping:
    """By whom it goes. Raises NotFound, InvalidInput."""
    if is_by_api(body.courier):
        return _Shipping(body, NO_RULE)  # the booking asks the rule itself
    db, choice = process.database(), choice_of(courier_desk(), process.database(), number)
    key = body.courier or choice.key
    if not key:
        return _Shipping(body, choice, f"{choice.sentence} Say by which courier: {db.read(_known)}.".strip())
    if key in COURIERS:
        return _Shipping(body.model_copy(update={"courier": key}), choice)
    return _Shipping(db.read(lambda tx: _by_name(tx, body, key)), choice)


def _by_name(tx: Tx, body: Ship, key: str) -> Ship:
    carrier = carrier_of(tx, key)
    if carrier is None:
        raise InvalidInput({"courier": f"“{key[:40]}” is not a courier of this shop. Choose {_known(tx)}."})
    return body.model_copy(update={"courier": manual.KEY, "carrier": carrier.name})


def _known(tx: Tx) -> str:
    return ", ".join([*COURIERS, *(one.key for one in carriers_in_use(tx))])
