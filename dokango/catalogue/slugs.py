"""The part of a product's address that is its name: letters of any alphabet, Bangla's vowel signs included."""

from __future__ import annotations

import unicodedata

from sqlalchemy import bindparam, select

from dokango.catalogue.models import Product
from dokango.db import Statement, Tx

LONGEST = 80
_P = Product.__table__  # type: ignore[attr-defined]
_TAKEN = Statement(select(_P.c.id).where(_P.c.slug == bindparam("slug")))
# A conjunct needs its joiner: without it য‌্য reads as another word.
_JOINERS = {"\u200c", "\u200d"}


def slug_of(title: str) -> str:
    """ "Tangail cotton sari" → "tangail-cotton-sari"; "শাড়ি (লাল)" → "শাড়ি-লাল"; "product" when nothing is left."""
    kept = [c if _belongs(c) else "-" for c in unicodedata.normalize("NFC", title).casefold()]
    words = [word.strip("".join(_JOINERS)) for word in "".join(kept).split("-")]
    return "-".join(word for word in words if word)[:LONGEST].strip("-") or "product"


def free_slug(tx: Tx, title: str) -> str:
    """The slug of `title`, numbered when it is in use."""
    slug = slug_of(title)
    number, candidate = 1, slug
    while tx.value(_TAKEN, slug=candidate) is not None:
        number += 1
        candidate = f"{slug}-{number}"
    return candidate


def _belongs(character: str) -> bool:
    return unicodedata.category(character)[0] in "LNM" or character in _JOINERS
