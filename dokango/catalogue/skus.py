"""A SKU for what has none yet: made of its title, in letters that every label printer and barcode knows."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from itertools import count
from typing import NamedTuple

from sqlalchemy import bindparam, select

from dokango.catalogue.models import Variant
from dokango.db import Tx, table_of, typed

LONGEST = 24
_MOST_WORDS = 3
_WITHOUT_LETTERS = "ITEM"
_V = table_of(Variant)


class _Sku(NamedTuple):
    sku: str


_LIKE = typed(_Sku, select(_V.c.sku).where(_V.c.sku.startswith(bindparam("start"))))


def sku_of(title: str) -> str:
    """ "Tangail cotton sari, red" → "TANGAIL-COTTON-SARI"; "ITEM" for a title without Latin letters or digits."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().upper().replace("'", "")
    words = re.findall(r"[A-Z0-9]+", plain)[:_MOST_WORDS]
    return "-".join(words)[:LONGEST].strip("-") or _WITHOUT_LETTERS


def free_sku(tx: Tx, title: str, beside: Collection[str] = ()) -> str:
    """The SKU of `title`, numbered where the catalogue or the form (`beside`) has it already."""
    start = sku_of(title)
    taken = {row.sku for row in tx.rows(_LIKE, start=start)} | set(beside)
    return next(sku for sku in _numbered(start) if sku not in taken)


def _numbered(start: str) -> Iterator[str]:
    yield start
    yield from (f"{start}-{number}" for number in count(2))
