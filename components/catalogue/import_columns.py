"""What the columns of a file are: one list a column, and below it what would come."""

from __future__ import annotations

import reflex as rx

from components import ui
from components.catalogue.products import remarks
from dokango.importing.columns import PLACES
from state.catalogue.columns import ImportColumnsState as S


def columns_form() -> rx.Component:
    """The form that the browser itself sends; each choice shows at once what it would bring."""
    columns = [ui.Column("Column"), ui.Column("What it holds"), ui.Column("What it is")]
    return ui.plain_form(
        rx.el.input(type="hidden", name="file", value=S.token, read_only=True),
        ui.card(
            rx.el.p(
                "These columns are not known here. Say what each one is; it is remembered for files with the same "
                "headings. Nothing has been imported yet.",
                class_name="dk-hint",
            ),
            ui.table(columns, rx.foreach(S.columns, _column), caption="Columns that are not known"),
            title=S.file_name,
        ),
        _preview(),
        rx.el.div(
            ui.link_button("Back", "/products", colour="gray"),
            rx.button("Import", type="submit", size="2", disabled=S.problem != ""),
            class_name="dk-dialog-foot",
        ),
        action="/upload/product-columns",
        class_name="dk-form",
    )


def _column(row: rx.Var[dict[str, str]]) -> rx.Component:
    return ui.row(
        ui.cell(row["spelled"], lead=True, heading=True),
        ui.cell(row["samples"], label="What it holds"),
        ui.cell(
            rx.el.select(
                *(rx.el.option(words, value=place) for place, words in PLACES.items()),
                name=rx.Var.create("column-") + row["at"],
                value=row["place"],
                on_change=lambda place: S.choose(row["at"], place),
                class_name="dk-select",
                aria_label=rx.Var.create("What is ") + row["spelled"] + "?",
                aria_invalid=row["error"] != "",
            ),
            rx.cond(row["error"] != "", rx.el.span(row["error"], class_name="dk-error", role="alert")),
            label="What it is",
        ),
        name=row["at"],
    )


def _preview() -> rx.Component:
    columns = [
        ui.Column("Line", align="right", width="64px"), ui.Column("Product"), ui.Column("SKU"),
        ui.Column("Price", align="right"), ui.Column("Stock", align="right"), ui.Column("Variants", align="right"),
        ui.Column("Categories"),
    ]  # fmt: skip
    return ui.card(
        rx.el.p(rx.cond(S.problem != "", S.problem, S.summary), role="status"),
        rx.cond(
            S.products.length() > 0,
            ui.table(columns, rx.foreach(S.products, _product), caption="The first products"),
        ),
        remarks("The first rows that cannot be taken", S.not_taken),
        title="What would come",
    )


def _product(row: rx.Var[dict[str, str]]) -> rx.Component:
    return ui.row(
        ui.cell(row["line"], label="Line", align="right"),
        ui.cell(row["title"], lead=True, heading=True),
        ui.cell(ui.code(row["sku"]), label="SKU"),
        ui.cell(ui.money(row["price"]), label="Price", align="right"),
        ui.cell(row["stock"], label="Stock", align="right"),
        ui.cell(row["variants"], label="Variants", align="right"),
        ui.cell(row["categories"], label="Categories"),
    )
