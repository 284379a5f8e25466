"""The columns of a file: which of them are read, by the headings that WooCommerce gives them in English."""

from __future__ import annotations

from dokango.importing import woocommerce_cells as cells
from dokango.importing.table_file import Sheet


def _of_attributes(*parts: str) -> list[str]:
    return [f"attribute {i} {part}" for i in range(1, cells.MOST_ATTRIBUTES + 1) for part in parts]


READ = frozenset(
    (
        "id", "type", "sku", "name", "published", "visibility in catalog", "short description", "description",
        "date sale price starts", "date sale price ends", "categories", "images", "parent", *cells.NUMBERS,
        *_of_attributes("name", "value(s)"),
    )
)  # fmt: skip
# How WooCommerce lists and taxes a product: said of every row, and nothing is lost without it.
_QUIET = frozenset(
    (
        "is featured?", "tax status", "tax class", "in stock?", "backorders allowed?", "sold individually?",
        "allow customer reviews?", "position", "button text", *_of_attributes("visible", "global", "default"),
    )
)  # fmt: skip


def unread(sheet: Sheet) -> list[str]:
    """The headings, as they are spelled, of columns that hold something and have no place in this shop."""
    others = [heading for heading in sheet.headings if heading not in READ and heading not in _QUIET]
    return [sheet.spelled[heading] for heading in others if any(row.get(heading) for row in sheet.rows)]
