"""Couriers: whom orders can be shipped by, and the places that one of them wants to be told."""

from __future__ import annotations

import contextlib
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import ConfigDict, Field
from starlette.responses import Response

from dokango import process
from dokango.clock import iso
from dokango.courier_errors import CourierError
from dokango.couriers.area_lists import AreaChoice
from dokango.couriers.carriers import load_carriers
from dokango.couriers.process_desk import courier_desk
from dokango.couriers.registry import COURIERS
from dokango.errors import InvalidInput
from dokango.orders.parcels import book
from dokango.orders.parcels.charges import ask_charge, by_tariff
from dokango.orders.parcels.choosing import choice_of
from dokango.orders.parcels.draft import Draft, ParcelEdits
from dokango.orders.parcels.way import ask_way
from dokango.people.permissions import Permission
from dokango.plain_model import PlainModel
from dokango_web.api.kit import threads
from dokango_web.api.kit.answers import json_response
from dokango_web.api.kit.json_route import Caller, JsonRoute, needs
from dokango_web.api.shapes.couriers import ChargeShape, CourierChoiceShape, CouriersShape, OrderAreasShape, WayShape

router = APIRouter(route_class=JsonRoute, tags=["couriers"])


class AreasAsked(PlainModel):
    """Of which courier. `chosen`: places that are chosen already, for example city:1,zone:52."""

    model_config = ConfigDict(extra="forbid")
    courier: str = Field(max_length=40)
    chosen: str = Field(default="", max_length=300, pattern=r"^(\w+:\w*(,\w+:\w*)*)?$")


@router.get("/couriers", responses={200: {"model": CouriersShape}}, openapi_extra=needs(Permission.VIEW_ORDERS))
async def list_couriers(caller: Caller) -> Response:
    """Whom an order can be shipped by, and what each can do."""
    return json_response(await threads.in_thread(_couriers))


@router.get("/orders/{number}/areas", responses={200: {"model": OrderAreasShape}}, openapi_extra=needs(Permission.SHIP))
async def parcel_areas(caller: Caller, number: str, asked: Annotated[AreasAsked, Query()]) -> Response:
    """The places that a courier wants to be told of this order's parcel, guessed from its address where one fits.

    Send those that you choose to `ship` as `areas`: {"city": "1"}. The courier's lists are kept for a week.
    """
    return json_response(await threads.in_thread(lambda: _areas(number, asked)))


@router.get(
    "/orders/{number}/courier", responses={200: {"model": CourierChoiceShape}}, openapi_extra=needs(Permission.SHIP)
)
async def chosen_courier(caller: Caller, number: str) -> Response:
    """By which courier the owner's rule sends this order now, and why; `courier` is null where it says nobody.

    `ship` without `courier` takes this one. Choosing another is kept on the order's events, with who did.
    """
    return json_response(await threads.in_thread(lambda: _choice(number)))


@router.get("/orders/{number}/charge", responses={200: {"model": ChargeShape}}, openapi_extra=needs(Permission.SHIP))
async def parcel_charge(caller: Caller, number: str, asked: Annotated[AreasAsked, Query()]) -> Response:
    """What sending this order by a courier would cost, before it is sent: by the shop's tariff, and as the courier
    itself says (`told` is null where it says nothing now). For who may see cost."""
    caller.require(Permission.SEE_COST)
    return json_response(await threads.in_thread(lambda: _charge(number, asked)))


@router.get("/orders/{number}/way", responses={200: {"model": WayShape}}, openapi_extra=needs(Permission.VIEW_ORDERS))
async def parcel_way(caller: Caller, number: str) -> Response:
    """The way of the order's parcel as its courier tells it, the oldest step first. It waits for the courier."""
    desk, db = courier_desk(), process.database()
    way = await threads.in_thread(lambda: ask_way(desk, db, caller, number))
    steps = [
        {"at": None if one.at_us is None else iso(one.at_us), "words": one.words, "words_bn": one.words_bn or None}
        for one in way.steps
    ]
    return json_response({"courier": way.courier, "steps": steps})


def _choice(number: str) -> dict[str, object]:
    choice = choice_of(courier_desk(), process.database(), number)
    return {
        "courier": choice.key or None,
        "name": choice.name or None,
        "why": choice.sentence,
        "passed_over": [{"courier": one.key, "name": one.name, "why": one.why} for one in choice.passed_over],
    }


def _couriers() -> dict[str, object]:
    desk = courier_desk()
    offered = {kind.key for kind in desk.offered()}
    found = [
        {
            "key": kind.key, "name": kind.name, "by_api": kind.by_api,
            "is_offered": kind.key in offered or not kind.by_api,
            "practises": kind.by_api and desk.no_real_parcels(kind.key), "can": sorted(kind.can),
        }
        for kind in COURIERS.values()
    ]  # fmt: skip
    found += [
        {"key": one.key, "name": one.name, "by_api": False, "is_offered": one.is_on, "practises": False, "can": []}
        for one in process.database().read(load_carriers)
        if one.key not in COURIERS
    ]
    return {"couriers": found}


def _charge(number: str, asked: AreasAsked) -> dict[str, object]:
    edits = _edits(asked)
    with contextlib.suppress(CourierError):  # without its lists there is no place, and so no charge of its own
        _load(number, asked, edits)
    drafted = _draft(number, asked, edits)
    expected = process.database().read(lambda tx: by_tariff(tx, asked.courier, number, drafted.parcel))
    told = None if drafted.checked.errors else ask_charge(courier_desk(), asked.courier, drafted.parcel)
    return {
        "courier": asked.courier,
        "by_tariff_poisha": expected,
        "told": None if told is None else {"carrying_poisha": told.carrying_poisha, "cod_poisha": told.cod_poisha},
    }


def _edits(asked: AreasAsked) -> ParcelEdits:
    if asked.courier not in COURIERS or not COURIERS[asked.courier].by_api:
        raise InvalidInput({"courier": f"“{asked.courier}” is not a courier that is called."})
    return ParcelEdits(areas=dict(_split(chosen) for chosen in asked.chosen.split(",") if chosen))


def _load(number: str, asked: AreasAsked, edits: ParcelEdits) -> None:
    book.load_areas(courier_desk(), process.database(), process.clock(), number, asked.courier, edits, optional=True)


def _draft(number: str, asked: AreasAsked, edits: ParcelEdits) -> Draft:
    desk = courier_desk()
    return process.database().read(lambda tx: book.draft(tx, desk, number, asked.courier, edits))


def _areas(number: str, asked: AreasAsked) -> dict[str, object]:
    edits = _edits(asked)
    _load(number, asked, edits)
    drafted = _draft(number, asked, edits)
    levels = {choice.level.name for choice in drafted.areas}
    return {
        "courier": asked.courier,
        "areas": [_level(choice) for choice in drafted.areas],
        "missing": {name: words for name, words in drafted.checked.errors.items() if name in levels},
    }


def _split(chosen: str) -> tuple[str, str]:
    level, _, place = chosen.partition(":")
    return level, place


def _level(choice: AreaChoice) -> dict[str, object]:
    return {
        "level": choice.level.name,
        "label": choice.level.label,
        "under": choice.level.under,
        "chosen": choice.chosen.id if choice.chosen else None,
        "places": [{"id": area.id, "name": area.name} for area in choice.areas or ()],
    }
