"""The categories of a product: one text, as staff type it ("Saris | Sale"), in which each can be asked for."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import ColumnElement, literal

from dokango.text import storable

BETWEEN = " | "
MOST_LETTERS = 500  # of all together
MOST_OF_ONE = 200


def several(kept: str) -> list[str]:
    """Each category of a product, once."""
    return list(dict.fromkeys(filter(None, (" ".join(name.split()) for name in kept.split(BETWEEN.strip())))))


def one_text(names: Iterable[str]) -> str:
    """The categories as they are kept."""
    return BETWEEN.join(several(BETWEEN.join(names)))


def in_category(kept: ColumnElement[str], name: str) -> ColumnElement[bool]:
    """Whether `name` is one of the categories in the column `kept`."""
    between = literal(BETWEEN)
    return (between + kept + between).contains(BETWEEN + storable(name) + BETWEEN, autoescape=True)
