"""What a file of products holds, once it is understood: what can be taken, and what is to be said of each row."""

from __future__ import annotations

from dataclasses import dataclass, field

from dokango.catalogue.forms import VariantForm


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to tell about a row: its line, what it is called, and a sentence."""

    line: int
    name: str
    words: str


@dataclass(slots=True)
class FoundVariant:
    """A variant that can be taken, with the stock that the file gives it."""

    line: int
    form: VariantForm
    stock: int = 0
    unit_cost_poisha: int | None = None


@dataclass(slots=True)
class FoundProduct:
    """A product of the file: `ref` names it for ever as where it came from.

    One of which the file has variations alone is `here` already, by its id, and nothing but they is taken.
    """

    line: int
    ref: str
    title: str
    title_bn: str
    description: str
    categories: list[str]
    images: tuple[str, ...]
    active: bool
    weight_g: int
    variants: list[FoundVariant] = field(default_factory=list)
    here: int | None = None


@dataclass(slots=True)
class Findings:
    """Everything in a file: what can be taken, what cannot and why, and what deserves a word although it is taken."""

    products: list[FoundProduct] = field(default_factory=list)
    refused: list[Remark] = field(default_factory=list)
    notes: list[Remark] = field(default_factory=list)
