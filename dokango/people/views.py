"""Saved views: lists that a member of staff named, each with its tab, filters, search and order, theirs alone."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import bindparam, delete, func, select, update

from dokango.clock import Clock
from dokango.db import Statement, Tx, Upsert, table_of, typed
from dokango.errors import AlreadyExists, InvalidInput, NotFound
from dokango.people.actor import Actor
from dokango.people.models import SavedView
from dokango.people.permissions import Permission
from dokango.text import plain

MOST_VIEWS = 20
LONGEST_NAME = 40
_LONGEST_ADDRESS = 2_000
_V = table_of(SavedView)


class View(NamedTuple):
    """A list under a name; `address` is its path and query."""

    id: int
    name: str
    address: str


_OF = typed(View, select(_V.c.id, _V.c.name, _V.c.address).where(_V.c.user_id == bindparam("user")).order_by(_V.c.id))
_COUNT = Statement(select(func.count()).where(_V.c.user_id == bindparam("user")))
_ADD = Upsert(_V, ["user_id", "name", "address", "created_at"], unique=["user_id", "name"], returning="id")
_NAMED = Statement(select(_V.c.id).where(_V.c.user_id == bindparam("user"), _V.c.name == bindparam("called")))
_RENAME = Statement(
    update(_V)
    .where(_V.c.id == bindparam("which"), _V.c.user_id == bindparam("user"))
    .values(name=bindparam("called"))
    .returning(_V.c.id)
)
_DROP = Statement(delete(_V).where(_V.c.id == bindparam("which"), _V.c.user_id == bindparam("user")))


def views_of(tx: Tx, actor: Actor) -> list[View]:
    """The views of this member of staff, in the order they were saved. Raises NotAllowed."""
    actor.require(Permission.VIEW_ORDERS)
    return tx.rows(_OF, user=actor.id)


def view_name(typed_name: str) -> str:
    """A name as it is kept. Raises InvalidInput under "name"."""
    name = " ".join(plain(typed_name).split())
    if not name:
        raise InvalidInput({"name": "Give the view a name, for example “Dhaka, to pack”."})
    if len(name) > LONGEST_NAME:
        raise InvalidInput({"name": f"At most {LONGEST_NAME} characters."})
    return name


def keep_view(tx: Tx, actor: Actor, clock: Clock, name: str, address: str) -> None:
    """Save the list at `address` under `name`. Raises NotAllowed, InvalidInput, AlreadyExists for a name in use."""
    actor.require(Permission.VIEW_ORDERS)
    if (tx.value(_COUNT, user=actor.id) or 0) >= MOST_VIEWS:
        raise InvalidInput({"name": f"You have {MOST_VIEWS} views, the most there can be. Remove one first."})
    if not address.startswith("/orders?") or len(address) > _LONGEST_ADDRESS:
        raise InvalidInput({"name": "This list is too long to be saved. Take a filter off."})
    kept = tx.value(_ADD, user_id=actor.id, name=view_name(name), address=address, created_at=clock.now_us())
    if kept is None:
        raise AlreadyExists("view called", name)


def rename_view(tx: Tx, actor: Actor, view_id: int, name: str) -> None:
    """Give a view another name. Raises NotAllowed, NotFound, InvalidInput, AlreadyExists for a name in use."""
    actor.require(Permission.VIEW_ORDERS)
    called = view_name(name)
    holder = tx.value(_NAMED, user=actor.id, called=called)
    if holder is not None and holder != view_id:
        raise AlreadyExists("view called", called)
    if tx.value(_RENAME, which=view_id, user=actor.id, called=called) is None:
        raise NotFound("view", view_id)


def drop_view(tx: Tx, actor: Actor, view_id: int) -> None:
    """Forget a view; its orders stay as they are. Raises NotAllowed."""
    actor.require(Permission.VIEW_ORDERS)
    tx.run(_DROP, which=view_id, user=actor.id)
