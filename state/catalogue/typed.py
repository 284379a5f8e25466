"""What was typed on a product's page, as the form that the catalogue takes; one sentence a field otherwise."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from dokango.catalogue.forms import MOST_WHOLE, ProductForm
from dokango.errors import InvalidInput
from dokango.input_sentences import in_sentences
from dokango.money import parse_taka
from dokango.numbers import whole_number
from state.kit.reading import Reading

_FIELDS = {"sku": "sku", "attributes": "options", "title": "options", "price_poisha": "price",
           "regular_price_poisha": "regular", "low_stock_level": "low", "weight_g": "weight"}  # fmt: skip


def product_form(typed: Mapping[str, str], lines: Sequence[Mapping[str, str]], images: Sequence[str]) -> ProductForm:
    """The form out of the page's fields; `lines` are its variants ("line" and, when saved before, "id").

    Raises InvalidInput with the names of the page's fields ("title", "price-2").
    """
    reading = Reading(typed)
    variants = reading.done([_variant(reading, line) for line in lines])
    given = {
        "title": typed.get("title", ""), "title_bn": typed.get("title_bn", ""), "category": typed.get("category", ""),
        "description": typed.get("description", ""), "images": tuple(images), "active": "active" in typed,
        "variants": tuple(variants),
    }  # fmt: skip
    try:
        return ProductForm.model_validate(given)
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


def _variant(reading: Reading, line: Mapping[str, str]) -> dict[str, Any]:
    mark, typed = line["line"], reading.typed
    regular = typed.get(f"regular-{mark}", "")
    return {
        "id": int(line["id"]) if line.get("id") else None,
        "sku": typed.get(f"sku-{mark}", ""),
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
