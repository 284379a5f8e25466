"""A row's type stands beside its SELECT, and the two cannot part."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from sqlalchemy import ColumnElement, bindparam, func, select

from dokango.catalogue.models import Variant
from dokango.db import table_of, typed
from tests.small_shop import Shop

_V = table_of(Variant)


class Priced(NamedTuple):
    """A row that can also reckon."""

    sku: str
    price_poisha: int

    @property
    def half_poisha(self) -> int:
        return self.price_poisha // 2


class PricedOrNot(NamedTuple):
    sku: str | None
    price_poisha: int | None


class PricedInText(NamedTuple):
    sku: str
    price_poisha: str | None


_PRICED = typed(Priced, select(_V.c.sku, _V.c.price_poisha).where(_V.c.sku == bindparam("sku")))
_COUNT_AND_MOST = typed(Priced, select(func.max(_V.c.sku).label("sku"), func.count().label("price_poisha")))


def test_a_row_is_of_its_type_and_can_do_what_the_type_can(shop: Shop) -> None:
    row = shop.db.read(lambda tx: tx.only(_PRICED, sku="MUG"))
    assert type(row) is Priced and row.sku == "MUG" and row.half_poisha == row.price_poisha // 2
    assert shop.db.read(lambda tx: tx.rows(_PRICED, sku="MUG")) == [row]
    assert shop.db.read(lambda tx: tx.one(_PRICED, sku="NOPE")) is None
    assert shop.db.read(lambda tx: tx.only(_COUNT_AND_MOST)).price_poisha > 1


def test_what_always_has_a_row_says_so_when_it_has_none(shop: Shop) -> None:
    with pytest.raises(LookupError):
        shop.db.read(lambda tx: tx.only(_PRICED, sku="NOPE"))


@pytest.mark.parametrize("columns", [
    (_V.c.sku, _V.c.price_poisha.label("price")),
    (_V.c.price_poisha, _V.c.sku),
    (_V.c.sku,),
    (_V.c.sku, _V.c.price_poisha, _V.c.title),
], ids=["another name", "another place", "one missing", "one too many"])  # fmt: skip
def test_a_type_that_is_not_its_select_is_refused_when_it_is_written(
    columns: tuple[ColumnElement[object], ...],
) -> None:
    with pytest.raises(TypeError, match="Priced has the fields"):
        typed(Priced, select(*columns))


def test_a_column_may_be_null_but_text_is_not_a_number() -> None:
    typed(PricedOrNot, select(_V.c.sku, _V.c.price_poisha))
    with pytest.raises(TypeError, match=r"PricedInText\.price_poisha is declared"):
        typed(PricedInText, select(_V.c.sku, _V.c.price_poisha))
