"""The couriers a shop can hand parcels to. To add one: its file or folder with its row, and the row's name here."""

from __future__ import annotations

from dokango.couriers import manual
from dokango.couriers.kind import CourierKind
from dokango.couriers.kind.abilities import Can
from dokango.couriers.pathao.row import PATHAO
from dokango.couriers.redx.row import REDX
from dokango.couriers.steadfast.row import STEADFAST
from dokango.errors import NotFound

COURIERS: dict[str, CourierKind] = {kind.key: kind for kind in (STEADFAST, PATHAO, REDX, manual.MANUAL)}


def followed_by_hand() -> tuple[str, ...]:
    """The keys of those that nobody can be asked about."""
    return tuple(kind.key for kind in COURIERS.values() if not kind.by_api)


def is_by_api(courier: str | None) -> bool:
    """Whether a parcel's courier is booked and followed by calls; False for one that COURIERS does not know."""
    kind = COURIERS.get(courier or "")
    return kind is not None and kind.by_api


def can(courier: str | None, what: Can) -> bool:
    """Whether a courier can do something; False for one that COURIERS does not know."""
    kind = COURIERS.get(courier or "")
    return kind is not None and what in kind.can


def changed_by_api(courier: str | None) -> frozenset[str]:
    """The fields of a booked parcel that a courier takes changes of by its API."""
    kind = COURIERS.get(courier or "")
    return kind.changes if kind is not None and Can.CHANGE in kind.can else frozenset()


def api_courier(key: str) -> CourierKind:
    """The row of a courier that is called; raises NotFound for one without an API."""
    if not is_by_api(key):
        raise NotFound("courier", key)
    return COURIERS[key]


def account_part(courier: str | None, carrier: str | None) -> str:
    """How the books call who carries a parcel: the courier's key; for one followed by hand its carrier's name."""
    if courier is not None and courier not in followed_by_hand():
        return courier
    return (carrier or manual.KEY).strip().casefold().replace(" ", "-")


def account_words(part: str) -> str:
    """An account's courier for people: the name of one that is called, and "own-rider" → "Own Rider"."""
    return COURIERS[part].name if is_by_api(part) else part.replace("-", " ").title()
