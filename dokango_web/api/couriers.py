"""Couriers: whom orders can be shipped by, and the places that one of them wants to be told."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import ConfigDict, Field
from starlette.responses import Response

from dokango import process
from dokango.couriers.area_lists import AreaChoice
from dokango.couriers.carriers import load_carriers
from dokango.couriers.process_desk import courier_desk
from dokango.couriers.registry import COURIERS
from dokango.errors import InvalidInput
from dokango.orders.parcels import book
from dokango.orders.parcels.choosing import choice_of
from dokango.orders.parcels.draft import Draft, ParcelEdits
from dokango.people.permissions import Permission
from dokango.plain_model import PlainModel
from dokango_web.api.kit import threads
from dokango_web.api.kit.answers import json_response
from dokango_web.api.kit.json_route import Caller, JsonRoute, needs
from dokango_web.api.shapes.couriers import CourierChoiceShape, CouriersShape, OrderAreasShape

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


def _areas(number: str, asked: AreasAsked) -> dict[str, object]:
    if asked.courier not in COURIERS or not COURIERS[asked.courier].by_api:
        raise InvalidInput({"courier": f"“{asked.courier}” is not a courier that is called."})
    desk, db = courier_desk(), process.database()
    edits = ParcelEdits(areas=dict(_split(chosen) for chosen in asked.chosen.split(",") if chosen))
    book.load_areas(desk, db, process.clock(), number, asked.courier, edits, optional=True)
    drafted: Draft = db.read(lambda tx: book.draft(tx, desk, number, asked.courier, edits))
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
