"""A product with what of it lies on the shelf already: both are kept or neither, and once."""

from __future__ import annotations

from dokango.catalogue import products
from dokango.catalogue.forms import ProductForm
from dokango.clock import Clock
from dokango.db import Tx
from dokango.people.actor import Actor
from dokango.stock.receiving import Receipt
from dokango.stock.sheets import receive_once

SUPPLIER = "Opening stock"


def add_with_stock(tx: Tx, actor: Actor, clock: Clock, new: ProductForm, stock: Receipt | None, *, key: str) -> int:
    """Offer a new product and receive its opening stock; its id. The same key again does nothing more.

    Raises NotAllowed (`stock` needs the right to receive goods), InvalidInput, AlreadyExists for a SKU in use.
    """
    added = products.added_by(tx, key)
    if added is not None:
        return added
    product_id = products.add(tx, actor, clock, new, key=key)
    _receive(tx, actor, clock, stock, key)
    return product_id


def edit_with_stock(
    tx: Tx, actor: Actor, clock: Clock, product_id: int, form: ProductForm, stock: Receipt | None, *, key: str
) -> dict[str, list[object]]:
    """Change a product and receive the opening stock of variants that are new on it; what changed, old and new.

    Raises as `add_with_stock`, and NotFound.
    """
    changed = products.edit(tx, actor, clock, product_id, form)
    _receive(tx, actor, clock, stock, key)
    return changed


def _receive(tx: Tx, actor: Actor, clock: Clock, stock: Receipt | None, key: str) -> None:
    if stock is not None:
        receive_once(tx, actor, clock, stock, f"opening/{key}")
