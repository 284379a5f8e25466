"""The practice courier's own handle, /_practice: move parcels, pay out, misbehave. Theirs has nothing like it."""

from __future__ import annotations

from dokango.couriers.practice.faults import read_fault
from dokango.couriers.steadfast.practice import account, parcels
from dokango.couriers.steadfast.practice.calls import Answer, Call

LONGEST_STATUS = 100
MOST_LISTED = 100


def list_parcels(call: Call) -> Answer:
    """GET /_practice/parcels: the newest hundred."""
    return 200, {"parcels": [parcels.shown(row) for row in parcels.newest(call.practice.store, MOST_LISTED)]}


def show_parcel(call: Call) -> Answer:
    """GET /_practice/parcels/{consignment_id}."""
    found = parcels.find(call.practice.store, "cid", call.name)
    if found is None:
        return 404, {"status": 404, "message": f"There is no practice parcel {call.name}."}
    events = parcels.trackings(call.practice.store, found["consignment_id"])
    return 200, {"parcel": parcels.shown(found) | {"return_status": found["return_status"]}, "tracking": events}


def move_parcel(call: Call) -> Answer:
    """POST /_practice/parcels/{consignment_id} {"status": …, "collected"?: taka}."""
    given = call.body if isinstance(call.body, dict) else {}
    status, collected = given.get("status"), given.get("collected")
    if not isinstance(status, str) or not 0 < len(status.strip()) <= LONGEST_STATUS:
        return 422, {"status": 422, "message": 'Send {"status": "…"}, for example "delivered".'}
    if collected is not None and not (type(collected) is int and 0 <= collected <= 1_000_000):
        return 422, {"status": 422, "message": "collected is whole taka, 0 to 1000000."}
    moved = call.practice.move(call.name, status.strip(), collected)
    if moved is None:
        return 404, {"status": 404, "message": f"There is no practice parcel {call.name}."}
    return 200, {"status": 200, "parcel": parcels.shown(moved) | {"return_status": moved["return_status"]}}


def pay_out(call: Call) -> Answer:
    """POST /_practice/payouts: pay what was collected so far."""
    made = account.pay_out(call.practice.store)
    if made is None:
        return 409, {"status": 409, "message": "Nothing was collected since the last payout."}
    return 200, {"status": 200, "payment": account.payment(call.practice.store, str(made["id"]))}


def misbehave(call: Call) -> Answer:
    """POST /_practice/faults: queue a fault, or {"clear": true}, which forgives refused keys as well."""
    given = call.body if isinstance(call.body, dict) else {}
    if given.get("clear") is True:
        call.practice.faults.clear()
        call.practice.gate.forgive()
        return 200, {"status": 200, "message": "Behaving again."}
    fault = read_fault(given)
    if isinstance(fault, str):
        return 422, {"status": 422, "message": fault}
    call.practice.faults.add(fault)
    return 200, {"status": 200, "message": f"{fault.kind}, {fault.times} time(s)."}
