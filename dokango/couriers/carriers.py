"""The couriers without an API that the owner keeps by name: Sundarban, SA Paribahan, the shop's own rider.

The books know one by its name, so a name stays; one that is switched off takes no more parcels and keeps its old ones.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Annotated, NamedTuple

from pydantic import ConfigDict, Field
from sqlalchemy import bindparam, func, select

from dokango.clock import Clock
from dokango.couriers import manual
from dokango.couriers.kind.tariff import Days
from dokango.couriers.manual import LONGEST_CARRIER
from dokango.couriers.models import Shipment
from dokango.couriers.registry import COURIERS, account_part, account_words
from dokango.couriers.tracking_links import link_of, link_template
from dokango.db import Tx, table_of, typed
from dokango.errors import InvalidInput, NotFound
from dokango.people.actor import Actor
from dokango.people.permissions import Permission
from dokango.plain_model import PlainModel
from dokango.shop.editing import Changed, note_changed
from dokango.shop.profile import read_setting, write_setting

SETTING = "carriers"
_S = table_of(Shipment)
MOST_CARRIERS = 40


class _Written(NamedTuple):
    carrier: str


_WRITTEN = typed(
    _Written,
    select(_S.c.carrier)
    .where(_S.c.courier == bindparam("by_hand"), _S.c.carrier != "")
    .group_by(_S.c.carrier)
    .order_by(func.max(_S.c.id)),
)


class Carrier(PlainModel):
    """One of them. `link` is where its parcels are followed, with {code}; days are those until a parcel comes."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    name: Annotated[str, Field(min_length=1, max_length=LONGEST_CARRIER)]
    link: str = ""
    days_inside: Days = 2
    days_outside: Days = 4
    phone: str = ""
    is_on: bool = True

    @property
    def key(self) -> str:
        """How the books call it, and a program."""
        return account_part(None, self.name)

    def days(self, *, is_home: bool) -> int:
        """How many days it usually takes, within the shop's own district and elsewhere."""
        return self.days_inside if is_home else self.days_outside

    def link_to(self, code: str) -> str:
        """Where the parcel of `code` is followed; "" where nobody knows."""
        return link_of(self.link, code)


def load_carriers(tx: Tx) -> tuple[Carrier, ...]:
    """Every one that the owner keeps, in the order in which they were added."""
    return _parsed(read_setting(tx, SETTING) or "[]")


@lru_cache(maxsize=1)
def _parsed(kept: str) -> tuple[Carrier, ...]:
    return tuple(Carrier.model_validate(one) for one in json.loads(kept))


def carriers_in_use(tx: Tx) -> tuple[Carrier, ...]:
    """Those that parcels can be handed to now; one that has come to have a row in COURIERS is sent to by that."""
    return tuple(one for one in load_carriers(tx) if one.is_on and one.key not in COURIERS)


def carrier_called(carriers: Sequence[Carrier], name: str) -> Carrier | None:
    """The one of that name, however it is spaced and written large."""
    key = account_part(None, name)
    return next((one for one in carriers if one.key == key), None)


def in_use(carriers: Sequence[Carrier], name: str) -> Carrier | None:
    """The one of that name; None for anybody else. Raises InvalidInput under "carrier" for one that is switched off."""
    kept = carrier_called(carriers, name)
    if kept is not None and not kept.is_on:
        words = f"{kept.name} takes no parcels now: it is switched off in Settings, under Couriers. Choose another."
        raise InvalidInput({"carrier": words})
    return kept


def names_written(tx: Tx) -> dict[str, str]:
    """How couriers without an API are written, by how the books call them: as the owner keeps them, else as it stood
    on their last parcel. The one way in which lists, filters, papers and books name them."""
    written = {account_part(None, row.carrier): row.carrier for row in tx.rows(_WRITTEN, by_hand=manual.KEY)}
    return {**written, **{one.key: one.name for one in load_carriers(tx)}}


def said_name(part: str, names: Mapping[str, str]) -> str:
    """An account's courier as people call it; `names` are those that are known."""
    return names.get(part) or account_words(part)


def add_carrier(tx: Tx, actor: Actor, clock: Clock, carrier: Carrier) -> None:
    """Keep another one. Raises NotAllowed, InvalidInput by field."""
    actor.require(Permission.EDIT_SETTINGS)
    kept, key = load_carriers(tx), carrier.key
    taken = {**{k: kind.name for k, kind in COURIERS.items()}, **{one.key: one.name for one in kept}}
    taken |= {account_part(None, kind.name): kind.name for kind in COURIERS.values()}
    if key in taken:
        raise InvalidInput({"name": f"{taken[key]} is there already. Give this one another name."})
    if len(kept) >= MOST_CARRIERS:
        raise InvalidInput({"name": f"At most {MOST_CARRIERS} couriers can be kept by name."})
    _write(tx, actor, clock, (*kept, _checked(carrier)), {key: [None, carrier.model_dump()]}, f"{carrier.name} added")


def change_carrier(tx: Tx, actor: Actor, clock: Clock, key: str, carrier: Carrier) -> bool:
    """Change one; its name may be written otherwise and stays the same name. False when it stood so already.

    Raises NotAllowed, NotFound, InvalidInput by field.
    """
    actor.require(Permission.EDIT_SETTINGS)
    kept, after = load_carriers(tx), _checked(carrier)
    before = next((one for one in kept if one.key == key), None)
    if before is None:
        raise NotFound("courier", key[:LONGEST_CARRIER])
    if after.key != key:
        words = f"The books know it as {before.name}, so the name stays. Switch it off and add another one instead."
        raise InvalidInput({"name": words})
    if after == before:
        return False
    changed = {key: [before.model_dump(), after.model_dump()]}
    _write(tx, actor, clock, tuple(after if one is before else one for one in kept), changed, after.name)
    return True


def _checked(carrier: Carrier) -> Carrier:
    return carrier.model_copy(update={"link": link_template(carrier.link, "link")})


def _write(tx: Tx, actor: Actor, clock: Clock, carriers: Sequence[Carrier], changed: Changed, words: str) -> None:
    now_us = clock.now_us()
    value = json.dumps([one.model_dump(mode="json") for one in carriers], ensure_ascii=False)
    write_setting(tx, SETTING, value, by=actor.name, now_us=now_us)
    note_changed(tx, actor, now_us, f"courier {words}", changed)
