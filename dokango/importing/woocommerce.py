"""WooCommerce's product CSV: its rows, understood. Pure: nothing is read or written here.

Its habits: a variable product's row is followed, or preceded, by its variations, which name it by SKU or as `id:44`;
"type" may carry marks ("simple, downloadable, virtual"); line breaks stand as backslash-n; a cell that a spreadsheet
would take for a formula begins with an apostrophe; stock may be kept at the parent ("parent").
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType

from pydantic import ValidationError

from dokango.catalogue.categories import MOST_LETTERS, MOST_OF_ONE, one_text
from dokango.catalogue.forms import MOST_WHOLE, VariantForm
from dokango.errors import InvalidInput
from dokango.importing import woocommerce_cells as cells
from dokango.importing.columns import TITLE_BN, unread
from dokango.importing.findings import Findings, FoundProduct, FoundVariant, Remark
from dokango.importing.marks import Marks
from dokango.importing.row_names import NOT_SOLD, called, kind_of, names_of, parent_name, ref_of
from dokango.importing.table_file import Row, Sheet

# Cells behind the last heading may be idle; where anything else is wrong too, the row has slipped to the right.
_SHIFTED = "it has more cells than the heading; an unquoted delimiter may stand in its text"
_NEEDED = ("name", "regular price")


def understand(sheet: Sheet, today: date, here: Mapping[str, int] = MappingProxyType({})) -> Findings:
    """Read the rows of `sheet` as of `today` (sale prices have dates). Raises InvalidInput when it is another table.

    `here` are products that the shop has already, by the names of `parents_elsewhere`.
    """
    if missing := missing_columns(sheet):
        names = ", ".join(f"“{heading}”" for heading in missing)
        raise InvalidInput({"file": f"This is not a WooCommerce product CSV: columns such as {names} are missing."})
    reading = _Reading(today, Marks({name: [row.get(name) for row in sheet.rows] for name in cells.NUMBERS}), here)
    for line, why in sheet.broken:
        reading.found.refused.append(Remark(line, "", why))
    if left := unread(sheet):
        words = f"columns that have no place here were left out: {', '.join(left)}"
        reading.found.notes.append(Remark(sheet.line, "headings", words))
    for take in (reading.take_product, reading.take_variation):
        for row in sheet.rows:
            take(row)
    return reading.finish()


def missing_columns(sheet: Sheet) -> list[str]:
    """The columns without which no product can be taken."""
    missing = [heading for heading in _NEEDED if heading not in sheet.headings]
    return missing if {"sku", "id"} & set(sheet.headings) else [*missing, "sku"]


class _Reading:
    """The state of one pass over a file: parents by the names that variations call them."""

    def __init__(self, today: date, marks: Marks, here: Mapping[str, int]) -> None:
        self.found = Findings()
        self._today, self._marks, self._here = today, marks, here
        self._parents: dict[str, FoundProduct] = {}
        self._lost_parents: dict[str, int] = {}  # named, but not taken: on which line
        self._skus: dict[str, int] = {}

    def take_product(self, row: Row) -> None:
        """Everything but variations."""
        kind, why = kind_of(row)
        if kind == "variation":
            return
        if kind in NOT_SOLD or why:
            self._refuse(row, why or NOT_SOLD[kind])
            return
        self._guarded(row, self._variable if kind == "variable" else self._simple)

    def take_variation(self, row: Row) -> None:
        """Variations, once all parents are known."""
        if kind_of(row)[0] == "variation":
            self._guarded(row, self._variation)

    def finish(self) -> Findings:
        """What was found, in the order of lines; a variable product needs a variation to be sold."""
        for product in self.found.products:
            if not product.variants and product.here is None:
                self.found.refused.append(Remark(product.line, product.title, "none of its variations could be taken"))
        self.found.products = [product for product in self.found.products if product.variants]
        lost = {remark.line for remark in self.found.refused}
        self.found.notes = [note for note in self.found.notes if note.line not in lost]
        self.found.refused.sort(key=lambda remark: remark.line)
        self.found.notes.sort(key=lambda remark: remark.line)
        return self.found

    def _guarded(self, row: Row, take: Callable[[Row], None]) -> None:
        try:
            if row.lost or (row.extra and not cells.knows_published(row)):
                raise cells.Unusable(_SHIFTED)
            take(row)
        except cells.Unusable as error:
            self._refuse(row, _SHIFTED if row.extra else str(error))
        except ValidationError as error:
            first = error.errors()[0]
            self._refuse(row, f"{'.'.join(map(str, first['loc']))}: {first['msg'].removeprefix('Value error, ')}")

    def _refuse(self, row: Row, why: str) -> None:
        self.found.refused.append(Remark(row.line, called(row), why))
        for name in names_of(row):
            self._lost_parents.setdefault(name, row.line)

    def _note(self, row: Row, words: str) -> None:
        self.found.notes.append(Remark(row.line, called(row), words))

    def _product(self, row: Row) -> FoundProduct:
        title = cells.text(row.get("name"))
        if not title:
            raise cells.Unusable("it has no name")
        return FoundProduct(
            row.line,
            ref_of(row),
            self._kept(row, "name", title, cells.MOST_TITLE),
            self._kept(row, "name in Bangla", cells.text(row.get(TITLE_BN)), cells.MOST_TITLE),
            self._kept(row, "description", cells.description(row), cells.MOST_DESCRIPTION),
            self._categories(row),
            self._images(row),
            self._listed(row),
            cells.weight_g(row, self._marks),
        )

    def _categories(self, row: Row) -> list[str]:
        kept: list[str] = []
        for name in cells.categories(row.get("categories")):
            one = self._kept(row, "category", name, MOST_OF_ONE)
            if len(one_text([*kept, one])) > MOST_LETTERS:
                self._note(row, f"it has more categories than there is room for; {one} was left out")
            else:
                kept.append(one)
        return kept

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
        for name in names_of(row):
            self._parents.setdefault(name, product)

    def _variation(self, row: Row) -> None:
        wanted = row.get("parent")
        parent = self._parents.get(parent_name(wanted)) or self._parent_here(row, parent_name(wanted))
        if parent is None:
            lost = self._lost_parents.get(parent_name(wanted))
            why = f"was not taken (line {lost})" if lost else "is neither in the file nor here"
            raise cells.Unusable(f"its parent “{wanted}” {why}" if wanted else "it names no parent")
        if row.get("description"):
            self._note(row, "its own description was left out; that of its product stands")
        options = self._attributes(row)
        for name in cells.open_attributes(row):
            self._note(row, f"it is for any {name}: sold as one variant, without that choice")
        variant = self._variant(row, parent, attributes=options, image=next(iter(self._images(row)), None))
        parent.variants.append(variant)

    def _parent_here(self, row: Row, name: str) -> FoundProduct | None:
        if name not in self._here or name in self._lost_parents:
            return None
        parent = FoundProduct(row.line, "", name, "", "", [], (), active=True, weight_g=0, here=self._here[name])
        self.found.products.append(parent)
        self._parents[name] = parent
        return parent

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
            tracks_stock=tracks, active=cells.published(row) or kind_of(row)[0] != "variation",
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
        if not cells.knows_published(row):
            self._note(
                row, f"its “{row.get('published')[:40]}” under published is not known here; it comes in switched off"
            )
            return False
        if hidden or not cells.published(row):
            self._note(row, f"it is {'hidden' if hidden else 'not published'} and comes in switched off")
            return False
        return True
