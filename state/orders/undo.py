"""Undo: what was just done goes back at one press, on the orders as the deed left them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import reflex as rx
from reflex.event import EventSpec

from dokango.errors import DokangoError, StaleVersion
from dokango.orders import Context, Done, perform_once
from dokango.orders.lifecycle.commands import Undo
from dokango.orders.lifecycle.faces import FACES, did
from dokango.orders.lifecycle.undoable import is_undoable
from dokango.process import clock
from state.kit.feedback import done, toast_of, warned
from state.kit.payload import words
from state.kit.session import allow_staff, current_actor
from state.kit.work import write

MOST_AT_ONCE = 500
_MOST_NAMED = 5


class UndoState(rx.State):
    """Keeps nothing: the button that is pressed names its orders, and the version that each was left at."""

    @rx.event
    @allow_staff
    async def take_back(self, left: list[list[str]]) -> Any:
        """Undo the last step of each order, unless something happened to it since. Who may do the step, may do this."""
        wanted = _read(left)
        failed: list[str] = []
        for number, version in wanted:
            context = Context(current_actor(), clock(), version)
            try:
                await write(lambda tx, c=context, n=number: perform_once(tx, c, n, Undo()))  # type: ignore[misc]
            except DokangoError as error:
                if len(wanted) == 1:
                    return toast_of(error)
                failed.append(f"#{number}: {_meanwhile(error)}")
        if len(wanted) == 1:
            return done(FACES[Undo.action].done.format(n=wanted[0][0]))
        said = f"{len(wanted) - len(failed)} of {len(wanted)} went back."
        return warned(" ".join([said, *_named(failed)])) if failed else done(said)


def taking_back(action: str, results: Sequence[Done]) -> EventSpec | None:
    """The button behind what was done to these orders; None where the table does not let it be undone."""
    left = [[one.number, str(one.version)] for one in results if one.event_id and not one.asked]
    return UndoState.take_back(left) if left and is_undoable(action) else None  # type: ignore[operator]


def _read(left: Any) -> list[tuple[str, int]]:
    """What the browser says of orders and versions; what is none of these is nobody's."""
    pairs = left if isinstance(left, list) else []
    named = [(words(pair[0], 20), words(pair[1], 16)) for pair in pairs[:MOST_AT_ONCE] if _is_pair(pair)]
    return [(number, int(version)) for number, version in named if version.isascii() and version.isdigit()]


def _is_pair(pair: Any) -> bool:
    return isinstance(pair, list) and len(pair) == 2


def _meanwhile(error: DokangoError) -> str:
    """Why one of many did not go back, in few words."""
    if isinstance(error, StaleVersion):
        return f"{error.who} {did(error.action)} meanwhile."
    return str(error)


def _named(failed: list[str]) -> list[str]:
    more = len(failed) - _MOST_NAMED
    return [*failed[:_MOST_NAMED], *([f"And {more} more."] if more > 0 else [])]
