"""The practice courier as a Starlette app: the contract under /api/v1, its own handle under /_practice."""

from __future__ import annotations

from pathlib import Path

from starlette.routing import BaseRoute, Mount, Route
from starlette.types import ASGIApp

from dokango.clock import Clock
from dokango.couriers.practice.calls import played
from dokango.couriers.practice.handle import alone, beside
from dokango.couriers.practice.paths import unserved
from dokango.couriers.practice.tellers import Teller
from dokango.couriers.steadfast.practice import contract
from dokango.couriers.steadfast.practice.courier import PracticeCourier, key_gate
from dokango.couriers.steadfast.practice.store import open_store

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
        Route("/ping", played(practice, contract.ping), methods=["GET"]),
        *(Route(path, played(practice, deed, practice.refuse), methods=["GET"]) for path, deed in _GETS.items()),
        *(Route(path, played(practice, deed, practice.refuse), methods=["POST"]) for path, deed in _POSTS.items()),
        unserved(),
    ]


def practice_app(practice: PracticeCourier) -> ASGIApp:
    """The whole courier, to be served alone or reached in process."""
    return alone(practice, [_api(practice)])


def _api(practice: PracticeCourier) -> Mount:
    return Mount("/api/v1", routes=api_routes(practice))


class SteadfastPractice(PracticeCourier):
    """The practice courier with its addresses."""

    def app(self) -> ASGIApp:
        """The contract under /api/v1, the handle under /_practice."""
        return practice_app(self)

    def site(self) -> ASGIApp:
        """The handle at the root; who may reach it is the site's to say."""
        return beside(self, _api(self))


def open_practice_courier(
    path: Path | None, clock: Clock, api_key: str = "", secret_key: str = "", teller: Teller | None = None
) -> SteadfastPractice:
    """Open the one whose parcels are in `path` (None: in memory); keys are practice/practice unless given."""
    return SteadfastPractice(open_store(path, clock), key_gate(api_key, secret_key, clock), teller)
