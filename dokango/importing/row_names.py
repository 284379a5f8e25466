"""How rows of WooCommerce's file call themselves and their parents, and of what kind they are."""

from __future__ import annotations

import re

from dokango.importing import woocommerce_cells as cells
from dokango.importing.table_file import Row, Sheet

SOURCE = "woocommerce"
KINDS = ("simple", "variable", "variation", "grouped", "external")
NOT_SOLD = {
    "grouped": "a grouped product is not sold here; what it groups is taken on its own",
    "external": "an external product is sold on another site, not here",
}


def kind_of(row: Row) -> tuple[str, str]:
    """The row's kind, and why it cannot be taken when it is none of KINDS."""
    marks = cells.marks(row)
    kind = next((kind for kind in KINDS if kind in marks), "")
    unknown = marks - set(KINDS) - {"virtual", "downloadable"}
    if kind or not unknown:
        return kind or "simple", ""
    return "", f"products of the type “{', '.join(sorted(unknown))[:60]}” are not known here"


def ref_of(row: Row) -> str:
    """The product's name for ever: its SKU, else its id, else its title."""
    key = next((f"{heading}:{row.get(heading)}" for heading in ("sku", "id", "name") if row.get(heading)), "")
    return f"{SOURCE}/{key}"


def names_of(row: Row) -> list[str]:
    """What a variation may call this row as its parent."""
    return [name for name in (cells.text(row.get("sku")), f"id:{row.get('id')}" if row.get("id") else "") if name]


def parent_name(wanted: str) -> str:
    """The name that a variation gives its parent: a SKU, or "id:44"."""
    name = cells.text(wanted)
    numbered = re.fullmatch(r"id:\s*(\d+)", name, re.IGNORECASE)
    return f"id:{numbered[1]}" if numbered else name


def called(row: Row) -> str:
    """What people recognise the row by, in a remark."""
    return cells.text(row.get("sku") or row.get("name") or (f"id:{row.get('id')}" if row.get("id") else ""))[:120]


def parents_elsewhere(sheet: Sheet) -> list[str]:
    """What variations call their parents where the file has no row of such a name: a SKU, or "id:44"."""
    there = {name for row in sheet.rows if kind_of(row)[0] != "variation" for name in names_of(row)}
    wanted = (parent_name(row.get("parent")) for row in sheet.rows if kind_of(row)[0] == "variation")
    return list(dict.fromkeys(name for name in wanted if name and name not in there))


def refs_of(parent: str) -> tuple[str, ...]:
    """The names for ever that a product has, when it came from a row that variations call `parent`."""
    numbered = parent.removeprefix("id:") if parent.startswith("id:") else ""
    return (f"{SOURCE}/id:{numbered}",) if numbered else (f"{SOURCE}/sku:{parent}",)
