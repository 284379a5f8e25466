"""The packer's checklist, the workflow's step 5: gather, package, label. Who ticked what is kept until it is packed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import bindparam, select

from dokango.db import Tx, table_of, typed
from dokango.errors import InvalidInput
from dokango.orders.book.models import PackTick

_TICK = table_of(PackTick)


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the checklist; the parcel is not finished while a `needed` one is open."""

    key: str
    stage: str
    words: str
    needed: bool = True


# That items and quantities are right is what scanning proves.
CHECKLIST = (
    Check("condition", "Gather", "Every item is in good condition"),
    Check("padding", "Package", "Right box or bag, with protective material"),
    Check("slip", "Package", "Packing slip or invoice is inside"),
    Check("thanks", "Package", "Thank-you note is inside", needed=False),
    Check("sealed", "Package", "Sealed securely"),
    Check("label", "Label", "Label is on and clear: name, phone, full address, order number"),
)
ITEMS = tuple(check.key for check in CHECKLIST)


class _Ticked(NamedTuple):
    item: str
    by: str


_TICKED = typed(
    _Ticked, select(_TICK.c.item, _TICK.c.by).where(_TICK.c.order_id == bindparam("order_id"), _TICK.c.item.in_(ITEMS))
)


def ticked_at_bench(tx: Tx, order_id: int) -> dict[str, str]:
    """The lines that are ticked on the bench, and by whom."""
    return {row.item: row.by for row in tx.rows(_TICKED, order_id=order_id)}


def known(items: Collection[str], field: str = "checks") -> tuple[str, ...]:
    """`items` in the checklist's order; raises InvalidInput under `field` for one that it does not have."""
    odd = sorted(set(items) - set(ITEMS))
    if odd:
        raise InvalidInput({field: f"The checklist has no “{odd[0][:40]}”. Its lines: {', '.join(ITEMS)}."})
    return tuple(item for item in ITEMS if item in items)


def open_of(ticked: Collection[str]) -> tuple[Check, ...]:
    """What is needed and not ticked."""
    return tuple(check for check in CHECKLIST if check.needed and check.key not in ticked)


def in_words(ticked: Mapping[str, str]) -> str:
    """Who ticked what, for the order's history, and what was left open; "" when nothing was ticked."""
    if not ticked:
        return ""
    by = dict.fromkeys(ticked.values())
    said = [f"{name} checked {', '.join(item for item in ITEMS if ticked.get(item) == name)}" for name in by]
    left = ", ".join(check.key for check in open_of(ticked))
    return "; ".join([*said, *([f"not checked: {left}"] if left else [])])
