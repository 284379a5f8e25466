"""Products: the catalogue as a list, and one product's page."""

from __future__ import annotations

import reflex as rx

from components import ui
from components.catalogue.product_form import pictures, product_form
from components.catalogue.products import import_dialog, products_table, report
from state.catalogue.product import ProductState
from state.catalogue.products import ProductsState

LOADS = [ProductsState.load]
PRODUCT_LOADS = [ProductState.load]


def page() -> rx.Component:
    """The catalogue."""
    return rx.fragment(
        ui.page(
            ui.page_header(
                "Products",
                search=ui.search_box(ProductsState.q, ProductsState.find, placeholder="search title, category or SKU"),
                more=[ui.action_button("Import", ProductsState.ask_for_file(True), icon="file-up")],
                action=ui.link_button("Add product", "/products/new", variant="solid", icon="plus"),
            ),
            ui.form_error(ProductsState.refused),
            report(),
            rx.cond(ProductsState.loading, ui.loading_rows(), _list()),
        ),
        import_dialog(),
    )


def _list() -> rx.Component:
    return rx.cond(
        ProductsState.rows.length() > 0,
        rx.fragment(
            products_table(),
            ui.pager(ProductsState.previous_url, ProductsState.next_url),
        ),
        rx.cond(
            ProductsState.q != "",
            ui.empty_state(
                "Nothing found", "No title, category or SKU has these words. Try fewer letters.", icon="search"
            ),
            ui.empty_state(
                "No products yet", "Add the first by hand, or import WooCommerce's CSV.",
                ui.link_button("Add product", "/products/new", icon="plus"),
                ui.action_button("Import", ProductsState.ask_for_file(True), icon="file-up"), icon="tag",
            ),
        ),
    )  # fmt: skip


def product_page() -> rx.Component:
    """One product, or a new one."""
    title = rx.cond(ProductState.product_id == "", "New product", ProductState.form["title"])
    seen = rx.cond(
        ProductState.slug != "",
        ui.link_button("On the storefront", "/p/" + ProductState.slug, icon="external-link", variant="ghost"),
    )
    return ui.page(
        rx.cond(
            ProductState.loading,
            rx.fragment(rx.el.h1("Product", class_name="dk-hidden"), ui.loading_rows(6)),
            rx.cond(
                ProductState.missing != "",
                rx.fragment(
                    rx.el.h1("Product", class_name="dk-hidden"),
                    ui.empty_state(
                        ProductState.missing,
                        "It may have been typed wrong.",
                        ui.link_button("Products", "/products"),
                    ),
                ),
                rx.fragment(ui.page_header(title, more=[seen]), ui.split([product_form()], [pictures()])),
            ),
        ),
    )
