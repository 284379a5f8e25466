"""The columns of a file: which are read, by WooCommerce's headings in English, and what staff say the others are."""

from __future__ import annotations

from dokango.importing import woocommerce_cells as cells
from dokango.importing.arranging import LEFT_OUT, Choice, arranged
from dokango.importing.table_file import Sheet


def _of_attributes(*parts: str) -> list[str]:
    return [f"attribute {i} {part}" for i in range(1, cells.MOST_ATTRIBUTES + 1) for part in parts]


TITLE_BN = "name in bangla"  # no column of WooCommerce's own
READ = frozenset(
    (
        "id", "type", "sku", "name", TITLE_BN, "published", "visibility in catalog", "short description", "description",
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
# What WooCommerce and what is built on it export besides; there is no place for it here.
_NO_PLACE = frozenset(
    (
        "tags", "shipping class", "purchase note", "download limit", "download expiry days", "grouped products",
        "upsells", "cross-sells", "external url", "brands", "gtin, upc, ean, or isbn",
    )
)  # fmt: skip
_NO_PLACE_BEGINNINGS = ("meta:", "download ", "length (", "width (", "height (")

# What a column can be, by WooCommerce's heading in English, as staff choose it; the first leaves it out.
PLACES: dict[str, str] = {
    LEFT_OUT: "Leave out",
    "name": "Name", TITLE_BN: "Name in Bangla", "sku": "SKU", "id": "ID", "type": "Type (simple, variable, variation)",
    "parent": "Parent",
    "regular price": "Price", "sale price": "Sale price", "date sale price starts": "Sale starts",
    "date sale price ends": "Sale ends", "cost of goods": "Cost of one", "stock": "Stock",
    "low stock amount": "Low stock below", "categories": "Categories", "short description": "Short description",
    "description": "Description", "images": "Pictures", "published": "Published", "visibility in catalog": "Visibility",
    **{heading: heading.capitalize() for heading in cells.WEIGHTS},
    **{heading: heading.capitalize() for heading in _of_attributes("name", "value(s)")},
}  # fmt: skip


def unread(sheet: Sheet) -> list[str]:
    """The headings, as they are spelled, of columns that hold something and have no place in this shop."""
    others = [heading for heading in sheet.headings if heading not in READ and heading not in _QUIET]
    return [sheet.spelled[heading] for heading in others if holds_something(sheet, heading)]


def unknown(sheet: Sheet) -> list[str]:
    """The folded headings of columns that hold something and of which nobody has said yet what they are."""
    known = READ | _QUIET | _NO_PLACE
    others = [h for h in sheet.headings if h not in known and not h.startswith(_NO_PLACE_BEGINNINGS)]
    return [heading for heading in others if holds_something(sheet, heading)]


def holds_something(sheet: Sheet, heading: str) -> bool:
    """Whether any row says something in this column."""
    return any(row.get(heading) for row in sheet.rows)


def placed(sheet: Sheet, choice: Choice) -> Sheet:
    """The sheet with its unknown columns where `choice` puts them.

    Raises InvalidInput (under the heading) for a place that is none, or that another column has.
    """
    taken = {heading: sheet.spelled[heading] for heading in sheet.headings if heading in READ}
    return arranged(sheet, unknown(sheet), PLACES, choice, taken)
