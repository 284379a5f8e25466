"""What people type at the shelf: a receipt or a count as a sheet of lines, checked field by field, and taken once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import bindparam, select

from dokango.audit import Event
from dokango.catalogue.models import Product, Variant
from dokango.clock import Clock
from dokango.db import Statement, Tx, table_of, typed
from dokango.errors import Conflict, InvalidInput
from dokango.money import MOST_POISHA, parse_taka, share_half_up, taka
from dokango.numbers import whole_number
from dokango.payments.methods import pockets
from dokango.people.actor import Actor
from dokango.stock.models import Level
from dokango.stock.receiving import (
    MOST_UNITS,
    Count,
    CountedLine,
    Receipt,
    ReceivedLine,
    count,
    receive,
)

_E, _V, _P, _L = table_of(Event), table_of(Variant), table_of(Product), table_of(Level)
_EVENT = Statement(select(_E.c.id).where(_E.c.key == bindparam("key")))


class _OnShelf(NamedTuple):
    sku: str
    title: str
    variant_title: str
    on_hand: int
    reserved: int
    value_poisha: int


_STANDS = typed(
    _OnShelf,
    select(_V.c.sku, _P.c.title, _V.c.title.label("variant_title"), _L.c.on_hand, _L.c.reserved, _L.c.value_poisha)
    .select_from(_V.join(_P, _P.c.id == _V.c.product_id).outerjoin(_L, _L.c.variant_id == _V.c.id))
    .where(_V.c.sku == bindparam("sku")),
)
_MOST_COST = MOST_POISHA // MOST_UNITS


@dataclass(frozen=True, slots=True)
class TypedLine:
    """One line of a sheet as it was typed; `id` names its fields: "sku-3", "quantity-3", "cost-3"."""

    id: str
    sku: str
    quantity: str
    cost: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed in it."""
        return not (self.sku or self.quantity or self.cost)


@dataclass(frozen=True, slots=True)
class Difference:
    """What a count would change of one SKU; `value_poisha` only when it is a loss (a surplus comes in at average)."""

    sku: str
    title: str
    on_hand: int
    reserved: int
    counted: int
    value_poisha: int

    @property
    def units(self) -> int:
        """Counted less on hand."""
        return self.counted - self.on_hand


class StockMoved(Conflict):
    """The shelf changed between the look at the differences and the saving of a count."""

    code = "stock-moved"

    def __init__(self, skus: Sequence[str]) -> None:
        self.skus = list(skus)
        super().__init__(f"{', '.join(skus)}: stock moved while you counted. Nothing was saved; look again and save.")


def receipt_of(lines: Sequence[TypedLine], supplier: str, reference: str, paid_from: str) -> Receipt:
    """The receipt that a sheet says; raises InvalidInput with a sentence for each field that cannot be used."""
    wrong: dict[str, str] = {}
    filled = _filled(lines, wrong)
    received = []
    for line in filled:
        quantity = _try(wrong, whole_number, line.quantity, f"quantity-{line.id}", 1, MOST_UNITS)
        cost = _try(wrong, _unit_cost, line)
        if line.sku and quantity is not None and cost is not None:
            received.append(ReceivedLine(sku=line.sku, quantity=quantity, unit_cost_poisha=cost))
    _check_words(wrong, supplier=supplier, reference=reference)
    if paid_from and paid_from not in pockets():
        wrong["paid_from"] = "Choose where the money came from, or leave it owed to the supplier."
    if wrong:
        raise InvalidInput(wrong)
    return Receipt(lines=tuple(received), supplier=supplier, reference=reference, paid_from=paid_from or None)


def count_of(lines: Sequence[TypedLine], reason: str) -> Count:
    """The count that a sheet says; raises InvalidInput with a sentence for each field that cannot be used."""
    wrong: dict[str, str] = {}
    counted = []
    seen: set[str] = set()
    for line in _filled(lines, wrong):
        found = _try(wrong, whole_number, line.quantity, f"quantity-{line.id}", 0, MOST_UNITS)
        if line.sku in seen:
            wrong[f"sku-{line.id}"] = "This SKU stands twice. Count each once."
        seen.add(line.sku)
        if line.sku and found is not None:
            counted.append(CountedLine(sku=line.sku, counted=found))
    if not reason:
        wrong["reason"] = "Say why you counted, for example “monthly count” or “damaged by rain”."
    elif len(reason) > 300:
        wrong["reason"] = "At most 300 characters."
    if wrong:
        raise InvalidInput(wrong)
    return Count(lines=tuple(counted), reason=reason)


def differences(tx: Tx, counted: Count) -> list[Difference]:
    """What `counted` would change, line by line; raises InvalidInput under "lines.0.sku" for an unknown SKU."""
    found, wrong = [], {}
    for position, line in enumerate(counted.lines):
        row = tx.one(_STANDS, sku=line.sku)
        if row is None:
            wrong[f"lines.{position}.sku"] = f"There is no SKU {line.sku}. Check its spelling."
            continue
        on_hand, value = row.on_hand or 0, row.value_poisha or 0
        lost = share_half_up(value, on_hand - line.counted, on_hand) if line.counted < on_hand else 0
        title = f"{row.title} · {row.variant_title}" if row.variant_title else row.title
        found.append(Difference(line.sku, title, on_hand, row.reserved or 0, line.counted, -lost))
    if wrong:
        raise InvalidInput(wrong)
    return found


def receive_once(tx: Tx, actor: Actor, clock: Clock, receipt: Receipt, key: str) -> int:
    """As `receive`; the same key again takes nothing in and gives the first event's id."""
    done = tx.value(_EVENT, key=f"receive_stock/{key}")
    return int(done) if done is not None else receive(tx, actor, clock, receipt, key=key)


def count_once(tx: Tx, actor: Actor, clock: Clock, counted: Count, key: str, seen: Mapping[str, int]) -> int:
    """As `count`, when on hand still is what was `seen` (sku → units); the same key again changes nothing.

    Raises StockMoved otherwise.
    """
    done = tx.value(_EVENT, key=f"count_stock/{key}")
    if done is not None:
        return int(done)
    moved = [d.sku for d in differences(tx, counted) if seen.get(d.sku) != d.on_hand]
    if moved:
        raise StockMoved(moved)
    return count(tx, actor, clock, counted, key=key)


def by_field(wrong: Mapping[str, str], lines: Sequence[TypedLine]) -> dict[str, str]:
    """Sentences of InvalidInput under the sheet's field names: "lines.0.sku" → "sku-1"."""
    filled = [line for line in lines if not line.is_empty]
    renamed = {}
    for field, sentence in wrong.items():
        parts = field.split(".")
        if len(parts) == 3 and parts[0] == "lines" and int(parts[1]) < len(filled):
            renamed[f"{parts[2]}-{filled[int(parts[1])].id}"] = sentence
        else:
            renamed[field] = sentence
    return renamed


def _filled(lines: Sequence[TypedLine], wrong: dict[str, str]) -> list[TypedLine]:
    filled = [line for line in lines if not line.is_empty]
    if not filled and lines:
        wrong[f"sku-{lines[0].id}"] = "Name at least one SKU."
    wrong.update({f"sku-{line.id}": "Which SKU? Type or choose one." for line in filled if not line.sku})
    wrong.update({f"sku-{line.id}": "A SKU has at most 120 characters." for line in filled if len(line.sku) > 120})
    return filled


def _unit_cost(line: TypedLine) -> int:
    if not line.cost:
        raise InvalidInput({f"cost-{line.id}": "What did one cost? 0 if it was free."})
    cost = parse_taka(line.cost, f"cost-{line.id}")
    if cost > _MOST_COST:
        raise InvalidInput({f"cost-{line.id}": f"At most {taka(_MOST_COST)} each."})
    return cost


def _check_words(wrong: dict[str, str], **fields: str) -> None:
    wrong.update({name: "At most 120 characters." for name, words in fields.items() if len(words) > 120})


def _try(wrong: dict[str, str], parse: Callable[..., int], *given: object) -> int | None:
    try:
        return parse(*given)
    except InvalidInput as error:
        wrong.update(error.fields)
        return None
