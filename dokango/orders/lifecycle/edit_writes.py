"""What is written of an order's lines when it is edited."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import bindparam, delete, update

from dokango.db import Statement, Tx, table_of
from dokango.ledger.entries import Happening
from dokango.orders.book.models import OrderLine
from dokango.orders.book.rows import OrderRow

_LINE = table_of(OrderLine)
_CHANGE = Statement(
    update(_LINE)
    .where(_LINE.c.id == bindparam("row"))
    .values(
        quantity=bindparam("units"), unit_price_poisha=bindparam("price"), discount_poisha=bindparam("discount")
    )
)  # fmt: skip
_REMOVE = Statement(delete(_LINE).where(_LINE.c.id == bindparam("row")))


class LineChange(NamedTuple):
    """A line as it is from now on."""

    line_id: int
    quantity: int
    unit_price_poisha: int
    discount_poisha: int


@dataclass(frozen=True, slots=True)
class ChangeLines:
    """Lines that are other ones from now on, and those that are gone."""

    changed: tuple[LineChange, ...]
    removed: tuple[int, ...]


def _change(tx: Tx, happening: Happening, order: OrderRow, lines: ChangeLines) -> None:
    for one in lines.changed:
        tx.run(
            _CHANGE, row=one.line_id, units=one.quantity, price=one.unit_price_poisha, discount=one.discount_poisha
        )  # fmt: skip
    for line_id in lines.removed:
        tx.run(_REMOVE, row=line_id)


WRITERS: dict[type, Callable[..., None]] = {ChangeLines: _change}
