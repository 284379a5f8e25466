"""The page on which staff say what the columns of a file are."""

from __future__ import annotations

import reflex as rx

from components import ui
from components.catalogue.import_columns import columns_form
from state.catalogue.columns import ImportColumnsState

LOADS = [ImportColumnsState.load]


def page() -> rx.Component:
    """Columns to be named, and what would come of it."""
    return ui.page(
        ui.page_header("Import products"),
        ui.form_error(ImportColumnsState.refused),
        rx.cond(
            ImportColumnsState.loading,
            ui.loading_rows(6),
            rx.cond(
                ImportColumnsState.missing != "",
                ui.empty_state(
                    ImportColumnsState.missing,
                    "Files wait here until twenty others have come. Choose the file again.",
                    ui.link_button("Products", "/products"),
                ),
                columns_form(),
            ),
        ),
    )
