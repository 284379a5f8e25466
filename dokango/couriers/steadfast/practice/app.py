"""The practice courier as a Starlette app: the contract under /api/v1, its own handle under /_practice."""

from __future__ import annotations

from pathlib import Path

from starlette.applications import Starlette
from starlette.routing import BaseRoute, Mount, Route, Router
from starlette.types import ASGIApp

from dokango.clock import Clock
from dokango.couriers.practice.server import May, anyone
from dokango.couriers.practice.tellers import Silent, Teller
from dokango.couriers.steadfast.practice import contract, handle
from dokango.couriers.steadfast.practice.calls import freely, with_keys
from dokango.couriers.steadfast.practice.courier import PracticeCourier, key_gate
from dokango.couriers.steadfast.practice.store import Store

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


def practice_app(practice: PracticeCourier, may: May = anyone) -> Starlette:
    """The whole courier, to be served alone or reached in process."""
    return Starlette(
        routes=[Mount("/api/v1", routes=api_routes(practice)), Mount("/_practice", routes=handle_routes(practice, may))]
    )


def practice_router(practice: PracticeCourier, may: May) -> Router:
    """For the site, which mounts it under /_practice: its own API lives under /api/v1."""
    return Router(routes=[Mount("/api/v1", routes=api_routes(practice)), *handle_routes(practice, may)])


class SteadfastPractice(PracticeCourier):
    """The practice courier with its addresses."""

    def app(self) -> ASGIApp:
        """The contract under /api/v1, the handle under /_practice."""
        return practice_app(self)

    def site(self) -> ASGIApp:
        """The handle at the root; who may reach it is the site's to say."""
        return practice_router(self, anyone)


def open_practice_courier(
    path: Path | None, clock: Clock, api_key: str = "", secret_key: str = "", teller: Teller | None = None
) -> SteadfastPractice:
    """Open the one whose parcels are in `path` (None: in memory); keys are practice/practice unless given."""
    return SteadfastPractice(Store(path, clock), key_gate(api_key, secret_key, clock), teller=teller or Silent())
