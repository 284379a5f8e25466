"""What was typed on a product's page, as the form that the catalogue takes; one sentence a field otherwise."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from dokango.catalogue.forms import MOST_WHOLE, ProductForm
from dokango.errors import InvalidInput
from dokango.input_sentences import in_sentences
from dokango.money import parse_taka
from dokango.numbers import whole_number

_FIELDS = {"sku": "sku", "attributes": "options", "title": "options", "price_poisha": "price",
           "regular_price_poisha": "regular", "low_stock_level": "low", "weight_g": "weight"}  # fmt: skip


def product_form(typed: Mapping[str, str], lines: Sequence[Mapping[str, str]], images: Sequence[str]) -> ProductForm:
    """The form out of the page's fields; `lines` are its variants ("line" and, when saved before, "id").

    Raises InvalidInput with the names of the page's fields ("title", "price-2").
    """
    wrong: dict[str, str] = {}
    variants = [_variant(typed, line, wrong) for line in lines]
    if wrong:
        raise InvalidInput(wrong)
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


def _variant(typed: Mapping[str, str], line: Mapping[str, str], wrong: dict[str, str]) -> dict[str, Any]:
    mark = line["line"]
    regular = typed.get(f"regular-{mark}", "")
    return {
        "id": int(line["id"]) if line.get("id") else None,
        "sku": typed.get(f"sku-{mark}", ""),
        "attributes": options_of(typed.get(f"options-{mark}", "")),
        "price_poisha": _tried(wrong, lambda: parse_taka(typed.get(f"price-{mark}", ""), f"price-{mark}")),
        "regular_price_poisha": (_tried(wrong, lambda: parse_taka(regular, f"regular-{mark}")) if regular else None),
        "low_stock_level": _whole(wrong, typed.get(f"low-{mark}", ""), f"low-{mark}"),
        "weight_g": _whole(wrong, typed.get(f"weight-{mark}", ""), f"weight-{mark}"),
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


def _whole(wrong: dict[str, str], text: str, name: str) -> int:
    return _tried(wrong, lambda: whole_number(text, name, 0, MOST_WHOLE)) if text else 0


def _tried(wrong: dict[str, str], read: Callable[[], int]) -> int:
    try:
        return read()
    except InvalidInput as error:
        wrong.update(error.fields)
        return 0
