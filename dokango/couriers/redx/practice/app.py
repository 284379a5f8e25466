"""The practice RedX at its addresses: the contract under its version and at the root, its own handle beside."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from starlette.routing import Mount, Route
from starlette.types import ASGIApp

from dokango.clock import Clock
from dokango.couriers.practice.calls import played
from dokango.couriers.practice.handle import alone, beside
from dokango.couriers.practice.paths import unserved
from dokango.couriers.practice.server import PRACTICE_KEY
from dokango.couriers.practice.store import Store
from dokango.couriers.redx.keys import PATHS, RedxKeys
from dokango.couriers.redx.practice import contract
from dokango.couriers.redx.practice.server import PracticeRedx
from dokango.couriers.redx.practice.store import SCHEMA

_CALLS = (
    ("POST", "/parcel", contract.create_parcel),
    ("GET", "/parcel/info/{name}", contract.parcel_info),
    ("GET", "/parcel/track/{name}", contract.track),
    ("PATCH", "/parcels", contract.change),
    ("GET", "/areas", contract.areas),
    ("POST", "/pickup/store", contract.create_store),
    ("GET", "/pickup/stores", contract.stores),
    ("GET", "/pickup/store/info/{name}", contract.store_info),
    ("GET", "/charge/charge_calculator", contract.charge),
)


class RedxPractice(PracticeRedx):
    """The practice RedX with its addresses."""

    def app(self) -> ASGIApp:
        """The handle under /_practice, the contract under its version, and at the root: some clients leave it out."""
        return alone(self, [Mount(PATHS, routes=_api(self)), Mount("", routes=_api(self))])

    def site(self) -> ASGIApp:
        """The handle at the root; who may reach it is the site's to say."""
        return beside(self, Mount(PATHS, routes=_api(self)))


def _api(practice: PracticeRedx) -> list[Route]:
    known = [Route(path, played(practice, deed, practice.refuse), methods=[verb]) for verb, path, deed in _CALLS]
    return [*known, unserved()]


def open_practice(path: Path | None, clock: Clock, keys: RedxKeys) -> RedxPractice:
    """Open the one whose parcels are in `path` (None: in memory); its token is "practice" unless given."""
    return RedxPractice(Store(path, clock, SCHEMA), replace(keys, token=keys.token or PRACTICE_KEY))
