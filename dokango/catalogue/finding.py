"""What a product and a variant are found by: their folded words, kept beside them, for staff, shelf and storefront."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from sqlalchemy import ColumnElement, and_, false

from dokango.text import storable
from dokango.words import findable, words_of

LONGEST_SEARCH = 80
_MOST_WORDS = 8
Condition = ColumnElement[bool]
Asked = TypeVar("Asked", str, list[str])


def words_of_product(title: str, title_bn: str, category: str, category_bn: str = "") -> str:
    """The words of a product, as its row keeps them."""
    return findable(title, title_bn, category, category_bn)


def words_of_variant(sku: str, title: str, attributes: Mapping[str, str], title_bn: str = "") -> str:
    """The words of a variant, as its row keeps them."""
    return findable(sku, title, *attributes.values(), title_bn)


def each_word(typed: str, has: Callable[[str], Condition]) -> list[Condition]:
    """One condition for each word of `typed`, all to be met; one that nothing meets where there is none in it."""
    return _each(typed, words_of(typed[:LONGEST_SEARCH]), has)


def each_piece(typed: str, has: Callable[[list[str]], Condition]) -> list[Condition]:
    """As `each_word`, for what stands between spaces: the words of "HONEY-500" are asked for together."""
    return _each(typed, list(filter(None, map(words_of, typed[:LONGEST_SEARCH].split()))), has)


def anywhere(kept: ColumnElement[str], *words: str) -> Condition:
    """Whether each of `words` is in a word of `kept`."""
    return and_(*(kept.contains(word) for word in words))


def at_the_start(kept: ColumnElement[str], words: list[str]) -> Condition:
    """Whether `kept` begins with `words`, the last of which may go on."""
    return kept.startswith(findable(" ".join(words)))


def _each(typed: str, asked: list[Asked], has: Callable[[Asked], Condition]) -> list[Condition]:
    if not asked and storable(typed).strip():
        return [false()]
    return [has(one) for one in asked[:_MOST_WORDS]]
