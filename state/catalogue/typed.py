"""What was typed on a product's page, as what catalogue and shelf take; one sentence a field otherwise."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from dokango.catalogue.forms import MOST_WHOLE, ProductForm
from dokango.catalogue.pictures import is_kept
from dokango.catalogue.skus import sku_of
from dokango.errors import InvalidInput
from dokango.input_sentences import in_sentences
from dokango.money import parse_taka
from dokango.numbers import whole_number
from dokango.stock.opening import SUPPLIER as OPENING
from dokango.stock.receiving import Receipt
from dokango.stock.sheets import TypedLine, receipt_of
from state.kit.reading import Reading

_FIELDS = {"sku": "sku", "attributes": "options", "title": "options", "title_bn": "options_bn", "price_poisha": "price",
           "regular_price_poisha": "regular", "low_stock_level": "low", "weight_g": "weight"}  # fmt: skip


_UNCOUNTED = "It is not kept in stock. Tick that it is, or leave this empty."
WORDS = ("title", "title_bn", "category", "category_bn", "description", "description_bn")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A product as it is to be, and what of its new variants lies on the shelf already."""

    form: ProductForm
    stock: Receipt | None

    def refuse_uncounted(self, lines: Sequence[Mapping[str, str]]) -> None:
        """Raise InvalidInput where units were typed of a variant that is not kept in stock."""
        received = {line.sku for line in self.stock.lines} if self.stock else set()
        marks = [line["line"] for line, v in zip(lines, self.form.variants, strict=True)
                 if v.sku in received and not v.tracks_stock]  # fmt: skip
        if marks:
            raise InvalidInput({f"quantity-{mark}": _UNCOUNTED for mark in marks})


def product_wanted(typed: Mapping[str, str], lines: Sequence[Mapping[str, str]], images: Sequence[str]) -> Wanted:
    """The product out of the page's fields; `lines` are its variants ("line", a suggested "sku"; once saved, "id").

    Raises InvalidInput with the names of the page's fields ("title", "price-2").
    """
    reading = Reading(typed)
    variants = [_variant(reading, line) for line in lines]
    stock = _opening_stock(reading, lines)
    reading.done(None)
    picture = typed.get("picture", "")
    given = {
        **{name: typed.get(name, "") for name in WORDS}, "active": "active" in typed, "variants": tuple(variants),
        "images": (*images, *([picture] if is_kept(picture) and picture not in images else [])),
    }  # fmt: skip
    try:
        return Wanted(ProductForm.model_validate(given), stock)
    except ValidationError as error:
        raise InvalidInput(on_page(in_sentences(error).fields, lines)) from error


def on_page(fields: Mapping[str, str], lines: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """Errors by the model's names ("variants.0.sku") under the page's ("sku-1")."""
    named = {}
    for name, sentence in fields.items():
        match = re.match(r"variants\.(\d+)\.(\w+)", name)
        if match and int(match[1]) < len(lines) and match[2] in _FIELDS:
            named[f"{_FIELDS[match[2]]}-{lines[int(match[1])]['line']}"] = sentence
        else:
            named[name.split(".")[0]] = sentence
    return named


def sku_typed(typed: Mapping[str, str], line: Mapping[str, str]) -> str:
    """A variant's SKU; a new one that was left empty has the one that is suggested for it, or made of the title."""
    made = "" if line.get("id") else line.get("sku") or sku_of(typed.get("title", ""))
    return typed.get(f"sku-{line['line']}", "") or made


def _opening_stock(reading: Reading, lines: Sequence[Mapping[str, str]]) -> Receipt | None:
    """What was typed of the shelf beside new variants, as goods received; None when nothing was."""
    typed = reading.typed
    new = [(line["line"], sku_typed(typed, line)) for line in lines if not line.get("id")]
    counted = [TypedLine(m, sku, typed.get(f"quantity-{m}", ""), typed.get(f"cost-{m}", "")) for m, sku in new]
    on_shelf = [line for line in counted if line.quantity or line.cost]
    title = typed.get("title", "")[:120]
    return reading.tried(lambda: receipt_of(on_shelf, OPENING, title, ""), None) if on_shelf else None


def _variant(reading: Reading, line: Mapping[str, str]) -> dict[str, Any]:
    mark, typed = line["line"], reading.typed
    regular = typed.get(f"regular-{mark}", "")
    return {
        "id": int(line["id"]) if line.get("id") else None,
        "sku": sku_typed(typed, line),
        "title_bn": typed.get(f"options_bn-{mark}", ""),
        "attributes": options_of(typed.get(f"options-{mark}", "")),
        "price_poisha": reading.tried(lambda: parse_taka(typed.get(f"price-{mark}", ""), f"price-{mark}"), 0),
        "regular_price_poisha": reading.tried(lambda: parse_taka(regular, f"regular-{mark}"), 0) if regular else None,
        "low_stock_level": _whole(reading, f"low-{mark}"),
        "weight_g": _whole(reading, f"weight-{mark}"),
        "tracks_stock": f"tracks-{mark}" in typed,
        "active": f"sold-{mark}" in typed,
    }


def options_of(text: str) -> dict[str, str]:
    """ "Colour: Red, Size: M" → {"Colour": "Red", "Size": "M"}; words without a colon are an option by themselves."""
    found: dict[str, str] = {}
    for part in (part.strip() for part in text.split(",")):
        name, colon, value = part.partition(":")
        if colon and name.strip() and value.strip():
            found[name.strip()] = value.strip()
        elif part:
            found["Option"] = f"{found['Option']}, {part}" if "Option" in found else part
    return found


def options_typed(attributes: Mapping[str, str]) -> str:
    """The same, back to how one types it."""
    return ", ".join(value if name == "Option" else f"{name}: {value}" for name, value in attributes.items())


def _whole(reading: Reading, name: str) -> int:
    """A whole number; an empty field is none at all."""
    typed = reading.typed.get(name, "")
    return reading.tried(lambda: whole_number(typed, name, 0, MOST_WHOLE), 0) if typed else 0
