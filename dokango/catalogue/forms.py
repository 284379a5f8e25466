"""What can be asked of the catalogue: strict models of a product and its variants, for staff, programs and imports."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, ConfigDict, Field, ValidationInfo, field_validator

from dokango.catalogue.categories import MOST_LETTERS, one_text, several
from dokango.money import MOST_POISHA
from dokango.plain_model import PlainModel

MOST_VARIANTS = 1_000
MOST_WHOLE = 1_000_000  # of grams, or of pieces below which stock is low
_STRICT = ConfigDict(strict=True, extra="forbid", frozen=True, str_strip_whitespace=True)


def _printable(sku: str) -> str:
    if not sku.isprintable():
        raise ValueError("A SKU has only characters that can be seen and typed.")
    return sku


def _served(url: str) -> str:
    """Pictures are ours (a path) or somebody's on the web; nothing that a browser would run."""
    if not (url.startswith(("https://", "http://")) or (url.startswith("/") and not url.startswith("//"))):
        raise ValueError("A picture's address begins with https:// or with /.")
    return url


Sku = Annotated[str, Field(min_length=1, max_length=120), AfterValidator(_printable)]
Picture = Annotated[str, Field(max_length=1_000), AfterValidator(_served)]
Price = Annotated[int, Field(ge=0, le=MOST_POISHA // 1_000)]
Short = Annotated[str, Field(max_length=200)]
Categories = Annotated[str, Field(max_length=MOST_LETTERS), AfterValidator(lambda typed: one_text([typed]))]


class VariantForm(PlainModel):
    """One thing on the shelf. With `id` a variant of the product is changed, without it a new one is added."""

    model_config = _STRICT
    sku: Sku
    title: Short = ""
    title_bn: Short = ""
    attributes: Annotated[dict[Annotated[str, Field(min_length=1, max_length=60)], Short], Field(max_length=12)] = {}
    price_poisha: Price
    regular_price_poisha: Price | None = None
    image: Picture | None = None
    weight_g: Annotated[int, Field(ge=0, le=MOST_WHOLE)] = 0
    low_stock_level: Annotated[int, Field(ge=0, le=MOST_WHOLE)] = 0
    tracks_stock: bool = True
    active: bool = True
    id: int | None = None


class ProductForm(PlainModel):
    """What is sold, with at least one variant."""

    model_config = _STRICT
    MANY_LINES = frozenset(("description", "description_bn"))
    title: Annotated[str, Field(min_length=1, max_length=200)]
    title_bn: Short = ""
    description: Annotated[str, Field(max_length=10_000)] = ""
    category: Categories = ""
    description_bn: Annotated[str, Field(max_length=10_000)] = ""
    category_bn: Categories = ""
    images: Annotated[tuple[Picture, ...], Field(max_length=20, strict=False)] = ()
    active: bool = True
    variants: Annotated[tuple[VariantForm, ...], Field(min_length=1, max_length=MOST_VARIANTS, strict=False)]

    @field_validator("category_bn")
    @classmethod
    def _place_for_place(cls, typed: str, known: ValidationInfo) -> str:
        english = known.data.get("category", "")
        if typed and english and len(several(typed)) != len(several(english)):
            raise ValueError("Type as many categories in Bangla as in English, in the same order, with | between them.")
        return typed
