"""Having couriers asked about places and buyers while a page is open: in the background, and only what is due."""

from __future__ import annotations

from collections.abc import Sequence

import anyio.to_thread

from dokango.couriers.kind import CourierKind
from dokango.couriers.process_desk import courier_desk
from dokango.errors import DokangoError
from dokango.orders.parcels.beforehand import anything_to_ask, ask_beforehand
from state.kit.work import now_us, read, write


async def kinds_asked(only: str = "") -> list[CourierKind]:
    """The couriers that can be called now, or the one that is named; none when their keys cannot be opened."""

    def offered() -> list[CourierKind]:
        try:
            return [kind for kind in courier_desk().offered() if not only or kind.key == only]
        except DokangoError:
            return []

    return await anyio.to_thread.run_sync(offered)


async def have_asked(kinds: Sequence[CourierKind], numbers: Sequence[str]) -> None:
    """Queue what is not known yet of these orders; nobody waits for it."""
    now = now_us()
    is_due = await read(lambda tx: anything_to_ask(tx, kinds, numbers, now))
    if is_due:
        await write(lambda tx: ask_beforehand(tx, kinds, numbers, now))
