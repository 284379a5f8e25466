"""The part of a product's address that is its name: letters of any alphabet, Bangla's vowel signs included."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

LONGEST = 80
MOST_ALIKE = 10_000
# A conjunct needs its joiner: without it য‌্য reads as another word.
_JOINERS = {"\u200c", "\u200d"}


def slug_of(title: str) -> str:
    """ "Tangail cotton sari" → "tangail-cotton-sari"; "শাড়ি (লাল)" → "শাড়ি-লাল"; "product" when nothing is left."""
    kept = [c if _belongs(c) else "-" for c in unicodedata.normalize("NFC", title).casefold()]
    words = [word.strip("".join(_JOINERS)) for word in "".join(kept).split("-")]
    return "-".join(word for word in words if word)[:LONGEST].strip("-") or "product"


def slugs(title: str) -> Iterator[str]:
    """The slug of `title`, then the same with a number, for when it is in use."""
    slug = slug_of(title)
    yield slug
    yield from (f"{slug}-{number}" for number in range(2, MOST_ALIKE))


def _belongs(character: str) -> bool:
    return unicodedata.category(character)[0] in "LNM" or character in _JOINERS
