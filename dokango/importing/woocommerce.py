"""WooCommerce's product CSV: its rows, understood. Pure: nothing is read or written here.

Its habits: a variable product's row is followed, or preceded, by its variations, which name it by SKU or as `id:44`;
"type" may carry marks ("simple, downloadable, virtual"); line breaks stand as backslash-n; a cell that a spreadsheet
would take for a formula begins with an apostrophe; stock may be kept at the parent ("parent").
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from pydantic import ValidationError

from dokango.catalogue.forms import MOST_WHOLE, VariantForm
from dokango.errors import InvalidInput
from dokango.importing import woocommerce_cells as cells
from dokango.importing.columns import unread
from dokango.importing.findings import Findings, FoundProduct, FoundVariant, Remark
from dokango.importing.marks import Marks
from dokango.importing.table_file import Row, Sheet

KINDS = ("simple", "variable", "variation", "grouped", "external")
_NOT_SOLD = {
    "grouped": "a grouped product is not sold here; what it groups is taken on its own",
    "external": "an external product is sold on another site, not here",
}
_NEEDED = ("name", "regular price")


def understand(sheet: Sheet, today: date) -> Findings:
    """Read the rows of `sheet` as of `today` (sale prices have dates). Raises InvalidInput when it is another table."""
    missing = [heading for heading in _NEEDED if heading not in sheet.headings]
    if missing or not {"sku", "id"} & set(sheet.headings):
        names = ", ".join(f"“{heading}”" for heading in [*missing, "SKU"])
        raise InvalidInput({"file": f"This is not a WooCommerce product CSV: columns such as {names} are missing."})
    reading = _Reading(today, Marks({name: [row.get(name) for row in sheet.rows] for name in cells.NUMBERS}))
    for line, why in sheet.broken:
        reading.found.refused.append(Remark(line, "", why))
    if left := unread(sheet):
        words = f"columns that have no place here were left out: {', '.join(left)}"
        reading.found.notes.append(Remark(sheet.line, "headings", words))
    for take in (reading.take_product, reading.take_variation):
        for row in sheet.rows:
            take(row)
    return reading.finish()


class _Reading:
    """The state of one pass over a file: parents by the names that variations call them."""

    def __init__(self, today: date, marks: Marks) -> None:
        self.found = Findings()
        self._today, self._marks = today, marks
        self._parents: dict[str, FoundProduct] = {}
        self._lost_parents: dict[str, int] = {}  # named, but not taken: on which line
        self._skus: dict[str, int] = {}

    def take_product(self, row: Row) -> None:
        """Everything but variations."""
        kind, why = _kind(row)
        if kind == "variation":
            return
        if kind in _NOT_SOLD or why:
            self._refuse(row, why or _NOT_SOLD[kind])
            return
        self._guarded(row, self._variable if kind == "variable" else self._simple)

    def take_variation(self, row: Row) -> None:
        """Variations, once all parents are known."""
        if _kind(row)[0] == "variation":
            self._guarded(row, self._variation)

    def finish(self) -> Findings:
        """What was found, in the order of lines; a variable product needs a variation to be sold."""
        for product in self.found.products:
            if not product.variants:
                self.found.refused.append(Remark(product.line, product.title, "none of its variations could be taken"))
        self.found.products = [product for product in self.found.products if product.variants]
        lost = {remark.line for remark in self.found.refused}
        self.found.notes = [note for note in self.found.notes if note.line not in lost]
        self.found.refused.sort(key=lambda remark: remark.line)
        self.found.notes.sort(key=lambda remark: remark.line)
        return self.found

    def _guarded(self, row: Row, take: Callable[[Row], None]) -> None:
        try:
            if row.extra:
                raise cells.Unusable("it has more cells than the heading; an unquoted delimiter may stand in its text")
            take(row)
        except cells.Unusable as error:
            self._refuse(row, str(error))
        except ValidationError as error:
            first = error.errors()[0]
            self._refuse(row, f"{'.'.join(map(str, first['loc']))}: {first['msg'].removeprefix('Value error, ')}")

    def _refuse(self, row: Row, why: str) -> None:
        self.found.refused.append(Remark(row.line, _called(row), why))
        for name in _names(row):
            self._lost_parents.setdefault(name, row.line)

    def _note(self, row: Row, words: str) -> None:
        self.found.notes.append(Remark(row.line, _called(row), words))

    def _product(self, row: Row) -> FoundProduct:
        title = cells.text(row.get("name"))
        if not title:
            raise cells.Unusable("it has no name")
        return FoundProduct(
            row.line,
            _ref(row),
            self._kept(row, "name", title, cells.MOST_TITLE),
            self._kept(row, "description", cells.description(row), cells.MOST_DESCRIPTION),
            self._kept(row, "category", cells.category(row.get("categories")), cells.MOST_TITLE),
            self._images(row),
            self._listed(row),
            cells.weight_g(row, self._marks),
        )

    def _kept(self, row: Row, what: str, value: str, most: int) -> str:
        """As much of a text as there is room for, and a word when that is not all."""
        if len(value) > most:
            self._note(row, f"its {what} was cut after {most:,} letters of {len(value):,}")
        return value[:most]

    def _attributes(self, row: Row) -> dict[str, str]:
        return {
            self._kept(row, "attribute's name", name, cells.MOST_NAME): self._kept(
                row, name[:40], value, cells.MOST_TITLE
            )
            for name, value in cells.attributes(row).items()
        }

    def _simple(self, row: Row) -> None:
        product = self._product(row)
        product.variants.append(self._variant(row, product, attributes=self._attributes(row)))
        self._keep(row, product)

    def _variable(self, row: Row) -> None:
        product = self._product(row)
        if row.get("regular price") or row.get("sale price"):
            self._note(row, "its price was left out; each variation has its own")
        if cells.number(row.get("stock"), "stock", self._marks.of("stock")):
            self._note(row, "its stock is kept for all variations together; count each one on the stock page")
        self._keep(row, product)

    def _keep(self, row: Row, product: FoundProduct) -> None:
        self.found.products.append(product)
        for name in _names(row):
            self._parents.setdefault(name, product)

    def _variation(self, row: Row) -> None:
        wanted = row.get("parent")
        parent = self._parents.get(_parent_name(wanted))
        if parent is None:
            lost = self._lost_parents.get(_parent_name(wanted))
            why = f"was not taken (line {lost})" if lost else "is not in the file"
            raise cells.Unusable(f"its parent “{wanted}” {why}" if wanted else "it names no parent")
        if row.get("description"):
            self._note(row, "its own description was left out; that of its product stands")
        options = self._attributes(row)
        for name in cells.open_attributes(row):
            self._note(row, f"it is for any {name}: sold as one variant, without that choice")
        variant = self._variant(row, parent, attributes=options, image=next(iter(self._images(row)), None))
        parent.variants.append(variant)

    def _variant(
        self, row: Row, product: FoundProduct, *, attributes: dict[str, str], image: str | None = None
    ) -> FoundVariant:
        sku = self._sku(row)
        price, regular, words = cells.prices(row, self._today, self._marks)
        if words:
            self._note(row, words)
        tracks = not cells.marks(row) & {"virtual", "downloadable"}
        stock = self._stock(row)
        if stock and not tracks:
            self._note(row, f"it is not kept in stock; its stock {stock} was left out")
            stock = 0
        form = VariantForm(
            sku=sku, attributes=attributes, price_poisha=price, regular_price_poisha=regular, image=image,
            weight_g=cells.weight_g(row, self._marks) or product.weight_g,
            low_stock_level=self._low_stock(row),
            tracks_stock=tracks, active=cells.published(row) or _kind(row)[0] != "variation",
        )  # fmt: skip
        self._skus[sku] = row.line
        return FoundVariant(row.line, form, stock, cells.cost(row, self._marks))

    def _sku(self, row: Row) -> str:
        sku = cells.text(row.get("sku"))
        if not sku:
            if not row.get("id"):
                raise cells.Unusable("it has neither SKU nor ID; give it a SKU")
            sku = f"woo-{row.get('id')}"
            self._note(row, f"it has no SKU and is called {sku} here")
        if sku in self._skus:
            raise cells.Unusable(f"its SKU {sku} stands on line {self._skus[sku]} already")
        return sku

    def _stock(self, row: Row) -> int:
        given = row.get("stock")
        if given.casefold() == "parent":
            self._note(row, "its stock is kept at its parent; count it on the stock page")
            return 0
        quantity = cells.number(given, "stock", self._marks.of("stock"))
        if given and (quantity is None or quantity > cells.MOST_STOCK):
            raise cells.Unusable(f"its stock “{given[:40]}” is not a whole number up to {cells.MOST_STOCK:,}")
        if quantity is not None and quantity < 0:
            self._note(row, f"its stock is {quantity}, on backorder; it starts with none")
        return max(0, quantity or 0)

    def _low_stock(self, row: Row) -> int:
        given = row.get("low stock amount")
        level = cells.number(given, "low stock amount", self._marks.of("low stock amount"))
        if given and (level is None or level > MOST_WHOLE):
            self._note(row, f"its low stock amount “{given[:40]}” is not a whole number and was left out")
            return 0
        if level is not None and level < 0:
            self._note(row, f"its low stock amount is {level} and was left out")
        return max(0, level or 0)

    def _images(self, row: Row) -> tuple[str, ...]:
        usable, others, too_many = cells.images(row.get("images"))
        if others:
            self._note(row, f"{others} of its pictures have no web address and are left out")
        if too_many:
            self._note(row, f"it has more than {cells.MOST_IMAGES} pictures; {too_many} are left out")
        return usable

    def _listed(self, row: Row) -> bool:
        hidden = row.get("visibility in catalog").casefold() == "hidden"
        if hidden or not cells.published(row):
            self._note(row, f"it is {'hidden' if hidden else 'not published'} and comes in switched off")
            return False
        return True


def _kind(row: Row) -> tuple[str, str]:
    """The row's kind, and why it cannot be taken when it is none of KINDS."""
    marks = cells.marks(row)
    kind = next((kind for kind in KINDS if kind in marks), "")
    unknown = marks - set(KINDS) - {"virtual", "downloadable"}
    if kind or not unknown:
        return kind or "simple", ""
    return "", f"products of the type “{', '.join(sorted(unknown))[:60]}” are not known here"


def _ref(row: Row) -> str:
    """The product's name for ever: its SKU, else its id, else its title."""
    key = next((f"{heading}:{row.get(heading)}" for heading in ("sku", "id", "name") if row.get(heading)), "")
    return f"woocommerce/{key}"


def _names(row: Row) -> list[str]:
    """What a variation may call this row as its parent."""
    return [name for name in (cells.text(row.get("sku")), f"id:{row.get('id')}" if row.get("id") else "") if name]


def _parent_name(wanted: str) -> str:
    name = cells.text(wanted)
    numbered = re.fullmatch(r"id:\s*(\d+)", name, re.IGNORECASE)
    return f"id:{numbered[1]}" if numbered else name


def _called(row: Row) -> str:
    return cells.text(row.get("sku") or row.get("name") or (f"id:{row.get('id')}" if row.get("id") else ""))[:120]
