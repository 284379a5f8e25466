"""A practice server's own handle, /_practice: move parcels, pay out, misbehave. No real courier has one."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.applications import Starlette
from starlette.routing import BaseRoute, Mount, Route, Router
from starlette.types import ASGIApp

from dokango.couriers.line import reading
from dokango.couriers.practice.calls import Answer, Call, Deed, freely
from dokango.couriers.practice.faults import read_fault
from dokango.couriers.practice.paths import OneSlash, unserved
from dokango.couriers.practice.plays import play_called
from dokango.couriers.practice.scenario import play_at_once
from dokango.couriers.practice.server import May, PracticeServer, anyone

LONGEST_STATUS = 100
MOST_LISTED = 100
_Call = Call[PracticeServer]


def alone(practice: PracticeServer, apis: Sequence[BaseRoute], extra: Sequence[BaseRoute] = ()) -> ASGIApp:
    """The whole courier, to be served alone or reached in process: its API, and its handle under /_practice.

    `extra`: what more this courier's handle can do.
    """
    handle = Mount("/_practice", routes=[*extra, *handle_routes(practice, anyone)])
    return OneSlash(Starlette(routes=[handle, *apis, unserved()]))


def beside(practice: PracticeServer, api: BaseRoute, extra: Sequence[BaseRoute] = ()) -> Router:
    """For the site, which mounts it under /_practice and says who may reach it: the handle at the root."""
    return Router(routes=[api, *extra, *handle_routes(practice, anyone)])


def handle_routes(practice: PracticeServer, may: May) -> list[BaseRoute]:
    """The handle of any practice server, for whom `may` lets in."""
    gets: dict[str, Deed[PracticeServer]] = {"/parcels": list_parcels, "/parcels/{name}": show_parcel}
    posts: dict[str, Deed[PracticeServer]] = {
        "/parcels/{name}": move_parcel,
        "/payouts": pay_out,
        "/faults": misbehave,
        "/readings": read_otherwise,
    }
    return [
        *(Route(path, freely(practice, deed, may), methods=["GET"]) for path, deed in gets.items()),
        *(Route(path, freely(practice, deed, may), methods=["POST"]) for path, deed in posts.items()),
    ]


def list_parcels(call: _Call) -> Answer:
    """GET /_practice/parcels: the newest hundred."""
    return 200, {"parcels": call.practice.listed(MOST_LISTED)}


def show_parcel(call: _Call) -> Answer:
    """GET /_practice/parcels/{consignment_id}."""
    found = call.practice.found(call.name)
    return (200, found) if found is not None else _nowhere(call.name)


def move_parcel(call: _Call) -> Answer:
    """POST /_practice/parcels/{consignment_id} {"status": …, "collected"?: taka}, or {"play": …} all at once."""
    given = reading.mapping(call.body)
    if "play" in given:
        return _play(call, reading.text(given.get("play")))
    status, collected = given.get("status"), given.get("collected")
    if not isinstance(status, str) or not 0 < len(status.strip()) <= LONGEST_STATUS:
        return 422, {"status": 422, "message": 'Send {"status": "…"}, for example "delivered".'}
    if collected is not None and not (type(collected) is int and 0 <= collected <= 1_000_000):
        return 422, {"status": 422, "message": "collected is whole taka, 0 to 1000000."}
    moved = call.practice.move(call.name, status.strip(), collected)
    if moved is None:
        return _nowhere(call.name)
    found = call.practice.found(call.name) or {}
    return 200, {"status": 200, "parcel": found.get("parcel")}


def _play(call: _Call, name: str) -> Answer:
    play = play_called(name)
    if play is None or play not in call.practice.plays:
        return 422, {"status": 422, "message": f"Known plays: {', '.join(call.practice.plays) or 'none'}."}
    parcel = next((one for one in call.practice.booked_since(0) if one.consignment_id == call.name), None)
    if parcel is None:
        return _nowhere(call.name)
    play_at_once(call.practice, parcel, play)
    return 200, {"status": 200, "parcel": (call.practice.found(call.name) or {}).get("parcel")}


def pay_out(call: _Call) -> Answer:
    """POST /_practice/payouts: pay what was collected so far."""
    made = call.practice.pay_out()
    if made is None:
        return 409, {"status": 409, "message": "Nothing was collected since the last payout."}
    return 200, {"status": 200, "payment": made}


def misbehave(call: _Call) -> Answer:
    """POST /_practice/faults: queue a fault, or {"clear": true}, which forgives refused keys as well."""
    given = reading.mapping(call.body)
    if given.get("clear") is True:
        call.practice.faults.clear()
        call.practice.forgive()
        return 200, {"status": 200, "message": "Behaving again."}
    fault = read_fault(given)
    if isinstance(fault, str):
        return 422, {"status": 422, "message": fault}
    call.practice.faults.add(fault)
    return 200, {"status": 200, "message": f"{fault.kind}, {fault.times} time(s)."}


def read_otherwise(call: _Call) -> Answer:
    """POST /_practice/readings {name: reading}: what the contract leaves open is played the other way."""
    known = call.practice.readings
    for name, wanted in reading.mapping(call.body).items():
        if name not in known or wanted not in known[name]:
            words = "; ".join(f"{name}: {', '.join(ways)}" for name, ways in known.items())
            return 422, {"status": 422, "message": f"Known readings: {words or 'none'}."}
    call.practice.reads.update({name: str(wanted) for name, wanted in reading.mapping(call.body).items()})
    return 200, {"status": 200, "readings": {name: call.practice.reads.get(name, known[name][0]) for name in known}}


def _nowhere(name: str) -> Answer:
    return 404, {"status": 404, "message": f"There is no practice parcel {name}."}
