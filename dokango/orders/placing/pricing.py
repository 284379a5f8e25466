"""What is asked for, as the catalogue has it now: prices are the server's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dokango.db import Tx
from dokango.errors import InvalidInput
from dokango.orders.book.sold import VariantRow as VariantRow
from dokango.orders.book.sold import sold
from dokango.orders.lifecycle.decision import NewLine
from dokango.orders.placing.request import MOST_OF_ONE, WantedLine


@dataclass(frozen=True, slots=True)
class Priced:
    """One SKU of an order, as the catalogue has it now."""

    variant: VariantRow
    quantity: int

    @property
    def amount_poisha(self) -> int:
        """Price × quantity."""
        return self.variant.price_poisha * self.quantity

    @property
    def line(self) -> NewLine:
        """Its order line, sold at today's price."""
        variant = self.variant
        return NewLine(
            variant_id=variant.id, sku=variant.sku, title=variant.title, variant_title=variant.variant_title,
            image=variant.picture, tracks_stock=variant.tracks_stock, quantity=self.quantity,
            unit_price_poisha=variant.price_poisha,
        )  # fmt: skip


def price(tx: Tx, lines: Sequence[WantedLine]) -> list[Priced]:
    """The lines as the catalogue prices them now, one a SKU, sorted; raises InvalidInput for what is not sold here."""
    quantities: dict[str, int] = {}
    wrong: dict[str, str] = {}
    found: dict[str, VariantRow] = {}
    for position, line in enumerate(lines):
        quantities[line.sku] = quantities.get(line.sku, 0) + line.quantity
        variant = found.get(line.sku) or sold(tx, line.sku)
        if variant is None:
            wrong[f"lines.{position}.sku"] = f"“{line.sku}” is not sold here (any more). Take it out of the order."
            continue
        found[line.sku] = variant
        if quantities[line.sku] > MOST_OF_ONE:
            wrong[f"lines.{position}.quantity"] = f"At most {MOST_OF_ONE} of one item. Call the shop for more."
    if wrong:
        raise InvalidInput(wrong)
    return [Priced(found[sku], quantities[sku]) for sku in sorted(quantities)]
