"""What an edit looks at beside the order: the goods that are wanted, and what the rule of advances asks of them."""

from __future__ import annotations

from dataclasses import replace

from dokango.db import Tx
from dokango.orders.advances.asking import asking_of
from dokango.orders.book import rows
from dokango.orders.book.sold import sold
from dokango.orders.lifecycle.commands import Edit
from dokango.orders.lifecycle.decision import Situation


def with_goods(tx: Tx, s: Situation, command: Edit) -> Situation:
    """`s` with what the catalogue has of the lines that are wanted, and the lines that must stay."""
    wanted = {line.sku: sold(tx, line.sku) for line in command.lines or ()}
    skus = list(wanted) if command.lines is not None else [line.sku for line in s.lines]
    return replace(
        s,
        asking=asking_of(tx, skus, s.order.phone),
        sold={sku: variant for sku, variant in wanted.items() if variant is not None},
        looked_at=rows.inspected_lines(tx, s.order.id),
    )
