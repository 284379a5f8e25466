"""Taking products from a file: each product in its own transaction, so that what is wrong leaves the others alone."""

from __future__ import annotations

from dataclasses import dataclass, field

from pydantic import ValidationError

from dokango.catalogue import products
from dokango.catalogue.browsing import categories_in_use
from dokango.catalogue.categories import one_text
from dokango.catalogue.forms import MOST_VARIANTS, ProductForm
from dokango.clock import Clock, day_of
from dokango.db import Database, Tx
from dokango.errors import DokangoError
from dokango.importing.arranging import Choice
from dokango.importing.columns import PLACES, placed
from dokango.importing.findings import FoundProduct, FoundVariant, Remark
from dokango.importing.remembered import recall, remember
from dokango.importing.row_names import parents_elsewhere, refs_of
from dokango.importing.table_file import Sheet, read_sheet
from dokango.importing.woocommerce import understand
from dokango.people.actor import Actor
from dokango.people.permissions import Permission
from dokango.stock.receiving import Receipt, ReceivedLine, receive
from dokango.text import how_many
from dokango.words import folded

_HERE_ALREADY = "it is here already and was left as it is"


@dataclass(slots=True)
class Report:
    """What an import did: how much is new, every row that was not taken with the reason, and what to look at."""

    products: int = 0
    variants: int = 0
    units: int = 0
    unstocked: int = 0  # new variants that are kept in stock, of which the file gives none
    encoding: str = "utf-8"
    refused: list[Remark] = field(default_factory=list)
    notes: list[Remark] = field(default_factory=list)

    @property
    def summary(self) -> str:
        """One sentence."""
        stock = f", {how_many(self.units, 'unit')} of opening stock" if self.units else ""
        refused = how_many(len(self.refused), "row was", "rows were")
        new = f"{how_many(self.products, 'new product')} with {how_many(self.variants, 'new variant')}"
        return f"{new}{stock}. {refused} not taken."


def import_products(db: Database, actor: Actor, clock: Clock, raw: bytes, choice: Choice | None = None) -> Report:
    """Import WooCommerce's product CSV; a second time nothing is new.

    `choice` says what the columns are whose headings are not known, and is remembered for files with the same ones;
    without it what was said last is taken.

    Opening stock comes in by a receipt, at the file's cost of goods, or at cost 0 with a note where it names none.
    Raises NotAllowed, and InvalidInput (under "file") when the file is not such a CSV at all.
    """
    actor.require(Permission.EDIT_PRODUCTS)
    as_sent = read_sheet(raw)
    remembered = None if choice is not None else db.read(lambda tx: recall(tx, as_sent))
    sheet = placed(as_sent, choice or remembered or {})
    found = understand(sheet, day_of(clock.now_us()), db.read(lambda tx: _parents_here(tx, sheet)))
    if choice is not None:
        db.write(lambda tx: remember(tx, as_sent, choice, by=actor.name, now_us=clock.now_us()))
    report = Report(refused=list(found.refused), notes=list(found.notes), encoding=sheet.encoding)
    spelled = {folded(name): name for name in db.read(categories_in_use)}
    for product in found.products:
        # a category that is here already keeps its spelling: "sarees" of the file joins "Sarees" of the shop
        product.categories = [spelled.setdefault(folded(name), name) for name in product.categories]
        _take(db, actor, clock, product, report)
    if remembered and (said := [f"{as_sent.spelled[h]} as {PLACES[p]}" for h, p in remembered.items() if p]):
        report.notes.append(Remark(sheet.line, "headings", f"columns were read as last time: {', '.join(said)}"))
    lost = {remark.line for remark in report.refused}
    report.refused.sort(key=lambda remark: remark.line)
    report.notes = sorted((note for note in report.notes if note.line not in lost), key=lambda remark: remark.line)
    return report


def _take(db: Database, actor: Actor, clock: Clock, product: FoundProduct, report: Report) -> None:
    try:
        outcome = db.write(lambda tx: _write(tx, actor, clock, product))
    except (DokangoError, ValidationError) as error:
        why = str(error) if isinstance(error, DokangoError) else str(error.errors()[0]["msg"])
        report.refused += [Remark(v.line, v.form.sku, why) for v in product.variants]
        return
    report.products += outcome.products
    report.variants += outcome.variants
    report.units += outcome.units
    report.unstocked += outcome.unstocked
    report.refused += outcome.refused
    report.notes += outcome.notes


def _parents_here(tx: Tx, sheet: Sheet) -> dict[str, int]:
    """The products that variations of the file join: imported before, or sold here under the SKU they name."""
    here: dict[str, int] = {}
    for name in parents_elsewhere(sheet):
        imported = (products.by_source(tx, ref) for ref in refs_of(name))
        product_id = next(filter(None, imported), None) or products.of_sku(tx, name)
        if product_id is not None:
            here[name] = product_id
    return here


def _write(tx: Tx, actor: Actor, clock: Clock, product: FoundProduct) -> Report:
    report = Report()
    present = {v.form.sku: products.of_sku(tx, v.form.sku) for v in product.variants}
    new = [variant for variant in product.variants if present[variant.form.sku] is None]
    report.refused = [
        Remark(v.line, v.form.sku, _HERE_ALREADY) for v in product.variants if present[v.form.sku] is not None
    ]
    if not new:
        return report
    # a product that came here another way is known by its variations
    product_id = product.here or products.by_source(tx, product.ref) or next(filter(None, present.values()), None)
    forms = [variant.form for variant in new]
    if product_id is None:
        form = ProductForm(
            title=product.title, title_bn=product.title_bn, description=product.description,
            category=one_text(product.categories), images=product.images, active=product.active,
            variants=tuple(forms[:MOST_VARIANTS]),
        )  # fmt: skip
        product_id = products.add(tx, actor, clock, form, source_ref=product.ref)
        report.products, forms = 1, forms[MOST_VARIANTS:]
    if forms:
        products.add_variants(tx, actor, clock, product_id, forms)
    report.variants = len(new)
    report.unstocked = sum(variant.form.tracks_stock and not variant.stock for variant in new)
    _opening_stock(tx, actor, clock, [variant for variant in new if variant.stock], report)
    return report


def _opening_stock(tx: Tx, actor: Actor, clock: Clock, variants: list[FoundVariant], report: Report) -> None:
    lines = []
    for variant in variants:
        cost = variant.unit_cost_poisha or 0
        lines.append(ReceivedLine(sku=variant.form.sku, quantity=variant.stock, unit_cost_poisha=cost))
        report.units += variant.stock
        if variant.unit_cost_poisha is None:
            words = f"its {variant.stock} units came in at cost 0, as no cost is named; their profit will look too high"
            report.notes.append(Remark(variant.line, variant.form.sku, words))
    if lines:
        receipt = Receipt(lines=tuple(lines), supplier="Opening stock", reference="product import")
        receive(tx, actor, clock, receipt, key=f"import/{lines[0].sku}/{clock.now_us()}")
