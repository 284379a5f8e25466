"""The catalogue as a table, the dialog that takes a file, and the report of the last import."""

from __future__ import annotations

import reflex as rx

from components import ui
from state.catalogue.products import ProductsState as S


def products_table() -> rx.Component:
    """One row a product."""
    columns = [
        ui.Column("Product"), ui.Column("Category"), ui.Column("Variants", align="right"),
        ui.Column("Price", align="right"), ui.Column("Available", align="right"), ui.Column("State"),
    ]  # fmt: skip
    return ui.table(columns, rx.foreach(S.rows, _row), caption="Products, newest first")


def _row(row: rx.Var[dict[str, str]]) -> rx.Component:
    return ui.row(
        ui.cell(
            rx.el.span(
                ui.thumb(row["image"], size="36px"),
                rx.el.span(
                    ui.open_link(row["title"], row["href"]),
                    rx.el.span(row["title_bn"], class_name="dk-hint sh-block", lang="bn"),
                ),
                class_name="sh-product",
            ),
            lead=True,
            heading=True,
        ),
        ui.cell(row["category"], label="Category"),
        ui.cell(row["variants"], label="Variants", align="right"),
        ui.cell(ui.money(row["price"]), label="Price", align="right"),
        ui.cell(
            rx.cond(
                row["available"] != "",
                rx.el.span(
                    row["available"],
                    rx.cond(row["low"] != "", ui.badge(row["low"], "amber", "triangle-alert")),
                    class_name="dk-inline",
                ),
                rx.el.span("not counted", class_name="dk-hint"),
            ),
            label="Available",
            align="right",
        ),
        ui.cell(
            rx.cond(
                row["state"] == "listed",
                ui.badge("Listed", "green", "circle-check"),
                ui.badge("Off", "gray", "eye-off"),
            ),
            label="State",
        ),
        name=row["id"],
    )


def import_dialog() -> rx.Component:
    """Takes WooCommerce's CSV; the browser itself sends it."""
    return ui.dialog(
        "Import products",
        ui.plain_form(
            rx.el.label("The CSV that WooCommerce exported", html_for="import-file", class_name="dk-label"),
            rx.el.input(
                type="file", name="file", id="import-file", accept=".csv,text/csv,text/plain", required=True,
                class_name="sh-file",
            ),
            rx.el.p(
                "In WooCommerce: Products → Export, all columns. Products that are here already stay as they are, "
                "and every row that is not taken is listed with the reason. Prices are read as taka. What columns with "
                "other headings are, you say first.",
                class_name="dk-hint",
            ),
            rx.el.div(
                rx.el.input(type="checkbox", name="columns", value="on", id="import-columns"),
                rx.el.label("Let me say what its columns are, although that is remembered", html_for="import-columns"),
                class_name="dk-tick",
            ),
            rx.el.div(
                rx.cond(
                    S.report.length() > 0,
                    ui.action_button("The last report", S.show_report, variant="ghost"),
                ),
                rx.dialog.close(
                    rx.button("Back", type="button", variant="outline", color_scheme="gray", size="2")
                ),
                rx.button("Import", type="submit", size="2"),
                class_name="dk-dialog-foot",
            ),
            action="/upload/products",
            enc_type="multipart/form-data",
            class_name="dk-form",
        ),
        is_open=S.is_importing,
        on_open_change=S.ask_for_file,
    )  # fmt: skip


def report() -> rx.Component:
    """What the last import did, row by row."""
    return rx.cond(
        S.report["shown"] == "yes",
        ui.card(
            rx.el.p(S.report["summary"], role="status"),
            rx.el.p(S.report["file"], " · ", S.report["by"], ", ", S.report["at"], class_name="dk-hint"),
            rx.cond(
                S.report["encoding"] == "cp1252",
                rx.el.p("The file is not UTF-8; it was read as Windows-1252. Look at names with accents."),
            ),
            rx.cond(
                S.report["unstocked"] != "",
                rx.el.p(
                    S.report["unstocked"],
                    " new variants have no stock yet: ",
                    rx.link("receive goods", href="/stock"),
                    ".",
                ),
            ),
            remarks("Not taken", S.report_refused),
            remarks("Taken, but look at these", S.report_notes),
            title="Import",
            action=ui.link_button("Close", "/products", variant="ghost", colour="gray"),
        ),
    )


def remarks(title: str, rows: rx.Var[list[dict[str, str]]]) -> rx.Component:
    """Rows with what is said of each; nothing where there are none."""
    columns = [ui.Column("Line", align="right", width="64px"), ui.Column("Row"), ui.Column("Why")]

    def remark(row: rx.Var[dict[str, str]]) -> rx.Component:
        return ui.row(
            ui.cell(row["line"], label="Line", align="right"),
            ui.cell(ui.code(row["name"]), label="Row"),
            ui.cell(row["words"], label="Why"),
        )

    return rx.cond(
        rows.length() > 0,
        rx.el.div(
            rx.el.h3(title, " · ", rows.length(), class_name="dk-section-title"),
            ui.table(columns, rx.foreach(rows, remark), caption=title),
            class_name="dk-stack",
        ),
    )
