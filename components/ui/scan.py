"""The input for a barcode scanner, which types fast and ends with Enter; a person may type there too."""

from __future__ import annotations

from typing import Any

import reflex as rx

Text = str | rx.Var[str]


def scan_input(
    label: Text, on_scan: Any, *, placeholder: str = "", result: Text = "", level: Text = "info"
) -> rx.Component:
    """`on_scan` gets {"code": what was read}. The field empties and keeps the focus; `result` is read aloud."""
    return rx.form(
        rx.el.label(label, html_for="scan", class_name="dk-label"),
        rx.el.div(
            rx.icon("scan-barcode", size=20, aria_hidden="true"),
            rx.el.input(
                name="code",
                id="scan",
                placeholder=placeholder,
                auto_complete="off",
                auto_focus=True,
                class_name="dk-search-input",
                custom_attrs={"data-key": "b", "aria-keyshortcuts": "b", "data-scan": "", "spellcheck": "false"},
            ),
            class_name="dk-search dk-scan",
        ),
        rx.el.div(
            result,
            role="status",
            aria_live="assertive",
            class_name="dk-scan-result",
            custom_attrs={"data-level": level},
        ),
        on_submit=on_scan,
        reset_on_submit=True,
        class_name="dk-scan-form",
    )
