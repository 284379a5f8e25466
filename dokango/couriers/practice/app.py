"""The practice courier as a Starlette app: the contract under /api/v1, its own handle under /_practice."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.routing import BaseRoute, Mount, Route, Router

from dokango.couriers.practice import contract, handle
from dokango.couriers.practice.calls import May, freely, with_keys
from dokango.couriers.practice.courier import PracticeCourier

_GETS = {
    "/get_balance": contract.get_balance,
    "/status_by_cid/{name}": contract.status_by("cid"),
    "/status_by_invoice/{name}": contract.status_by("invoice"),
    "/status_by_trackingcode/{name}": contract.status_by("trackingcode"),
    "/status_with_return_status_by_cid/{name}": contract.status_with_return,
    "/trackings_by_invoice/{name}": contract.trackings_by_invoice,
    "/get_return_requests": contract.get_return_requests,
    "/get_return_request/{name}": contract.get_return_request,
    "/payments": contract.payments,
    "/payments/{name}": contract.payment,
    "/police_stations": contract.police_stations,
    "/fraud_check/score/{name}": contract.fraud_check,
}
_POSTS = {
    "/create_order": contract.create_order,
    "/create_order/bulk-order": contract.bulk_order,
    "/create_order/bulk-order/extended": contract.bulk_order_extended,
    "/create_return_request": contract.create_return_request,
}


def api_routes(practice: PracticeCourier) -> list[BaseRoute]:
    """Steadfast's calls."""
    return [
        Route("/ping", with_keys(practice, contract.ping, keyless=True), methods=["GET"]),
        *(Route(path, with_keys(practice, deed), methods=["GET"]) for path, deed in _GETS.items()),
        *(Route(path, with_keys(practice, deed), methods=["POST"]) for path, deed in _POSTS.items()),
    ]


def handle_routes(practice: PracticeCourier, may: May) -> list[BaseRoute]:
    """The practice courier's own calls, for whom `may` lets in."""
    return [
        Route("/parcels", freely(practice, handle.list_parcels, may), methods=["GET"]),
        Route("/parcels/{name}", freely(practice, handle.show_parcel, may), methods=["GET"]),
        Route("/parcels/{name}", freely(practice, handle.move_parcel, may), methods=["POST"]),
        Route("/payouts", freely(practice, handle.pay_out, may), methods=["POST"]),
        Route("/faults", freely(practice, handle.misbehave, may), methods=["POST"]),
    ]


async def anyone(request: Request) -> bool:
    """Alone on its port the practice courier is moved by whoever reaches it."""
    return True


def practice_app(practice: PracticeCourier, may: May = anyone) -> Starlette:
    """The whole courier, to be served alone or reached in process."""
    return Starlette(
        routes=[Mount("/api/v1", routes=api_routes(practice)), Mount("/_practice", routes=handle_routes(practice, may))]
    )


def practice_router(practice: PracticeCourier, may: May) -> Router:
    """For the site, which mounts it under /_practice: its own API lives under /api/v1."""
    return Router(routes=[Mount("/api/v1", routes=api_routes(practice)), *handle_routes(practice, may)])


def from_this_machine(request: Request) -> bool:
    """Whether the caller sits on this machine and no proxy stands between: what came from afar may not move parcels."""
    forwarded = {"x-forwarded-for", "x-real-ip", "forwarded"} & set(request.headers.keys())
    browser = "origin" in request.headers or request.headers.get("sec-fetch-site", "none") not in {"none"}
    peer = request.client.host if request.client else ""
    return peer in {"127.0.0.1", "::1", "::ffff:127.0.0.1"} and not forwarded and not browser
