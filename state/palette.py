"""What the palette finds that the browser does not know: customers and products, few, by what one may see."""

from __future__ import annotations

from urllib.parse import urlencode

import reflex as rx

from dokango.catalogue.browsing import named
from dokango.db import Tx
from dokango.orders.reading.buyers import buyers
from dokango.people.actor import Actor
from dokango.people.permissions import Permission
from dokango.people.phones import said_phone
from state.kit.access import allow_staff, current_actor
from state.kit.payload import words
from state.kit.work import read

SHORTEST = 2
MOST_OF_A_KIND = 4
LONGEST = 80


class PaletteState(rx.State):
    """The lines below the pages."""

    found: list[dict[str, str]] = []

    @rx.event
    @allow_staff
    async def find(self, typed: str) -> None:
        """Told after a pause in typing."""
        actor, asked = current_actor(), words(typed, LONGEST).strip()
        self.found = await read(lambda tx: _found(tx, actor, asked)) if len(asked) >= SHORTEST else []


def _found(tx: Tx, actor: Actor, asked: str) -> list[dict[str, str]]:
    people = [
        _line(asked, "user", buyer.name, said_phone(buyer.phone), _orders_of(buyer.phone))
        for buyer in buyers(tx, actor, asked, MOST_OF_A_KIND)
    ]
    goods = [
        _line(asked, "tag", product.title, product.title_bn, f"/products/{product.id}")
        for product in (named(tx, asked, MOST_OF_A_KIND) if actor.may(Permission.EDIT_PRODUCTS) else [])
    ]
    return people + goods


def _orders_of(phone: str) -> str:
    return "/orders?" + urlencode({"tab": "all", "q": phone})


def _line(asked: str, icon: str, said: str, more: str, href: str) -> dict[str, str]:
    return {"icon": icon, "words": said, "more": more, "href": href, "typed": asked}
