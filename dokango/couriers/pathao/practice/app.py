"""The practice Pathao at its addresses: the contract under /aladdin/api/v1, its own handle under /_practice."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from starlette.routing import BaseRoute, Mount, Route
from starlette.types import ASGIApp

from dokango.clock import Clock
from dokango.couriers.pathao.keys import PATHS, PathaoKeys
from dokango.couriers.pathao.practice import contract
from dokango.couriers.pathao.practice.server import PracticePathao
from dokango.couriers.pathao.practice.store import SCHEMA
from dokango.couriers.practice.calls import freely, played
from dokango.couriers.practice.handle import alone, beside
from dokango.couriers.practice.paths import unserved
from dokango.couriers.practice.server import PRACTICE_KEY, anyone
from dokango.couriers.practice.store import Store

_OPEN = {"/issue-token": contract.issue_token, "/external/login": contract.external_login}
_LISTS = {
    "/city-list": contract.cities,
    "/countries/{country}/city-list": contract.cities,
    "/cities/{name}/zone-list": contract.zones,
    "/zones/{name}/area-list": contract.areas,
    "/zones/list": contract.every_zone,
    "/areas/list": contract.every_area,
}
_GETS = {
    "/stores": contract.stores,
    "/orders/{name}/info": contract.order_info,
    "/user/short-info": contract.short_info,
}
_POSTS = {
    "/orders": contract.create_order,
    "/orders/bulk": contract.bulk_orders,
    "/stores": contract.create_store,
    "/merchant/price-plan": contract.price_plan,
}


class PathaoPractice(PracticePathao):
    """The practice Pathao with its addresses."""

    def app(self) -> ASGIApp:
        """The contract under its own path, the handle under /_practice."""
        return alone(self, [_api(self)], _deeds(self))

    def site(self) -> ASGIApp:
        """The handle at the root; who may reach it is the site's to say."""
        return beside(self, _api(self), _deeds(self))


def _api(practice: PracticePathao) -> Mount:
    refuse, of_lists = practice.refuse, practice.refuse_lists
    return Mount(
        PATHS,
        routes=[
            *(Route(path, played(practice, deed), methods=["POST"]) for path, deed in _OPEN.items()),
            *(Route(path, played(practice, deed, of_lists), methods=["GET"]) for path, deed in _LISTS.items()),
            *(Route(path, played(practice, deed, refuse), methods=["GET"]) for path, deed in _GETS.items()),
            *(Route(path, played(practice, deed, refuse), methods=["POST"]) for path, deed in _POSTS.items()),
            unserved(),
        ],
    )


def _deeds(practice: PracticePathao) -> list[BaseRoute]:
    return [Route("/tokens", freely(practice, contract.end_tokens, anyone), methods=["POST"])]


def open_practice(path: Path | None, clock: Clock, keys: PathaoKeys) -> PathaoPractice:
    """Open the one whose parcels are in `path` (None: in memory); its keys are "practice" unless given."""
    known = replace(
        keys,
        client_id=keys.client_id or PRACTICE_KEY,
        client_secret=keys.client_secret or PRACTICE_KEY,
        username=keys.username or PRACTICE_KEY,
        password=keys.password or PRACTICE_KEY,
    )
    return PathaoPractice(Store(path, clock, SCHEMA), known)
