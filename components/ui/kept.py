"""What a tab keeps over a restart of the site besides typed words: a choice that the server held, as one text."""

from __future__ import annotations

from typing import Any

import reflex as rx


def kept_field(name: str, value: rx.Var[str], bring_back: Any) -> rx.Component:
    """A field that nobody sees. While it is on the page the tab keeps `value` ("": nothing to keep); after a restart,
    where the same field shows again, `bring_back` gets what was kept (assets/keeping.js)."""
    return rx.el.input(
        type="text",
        name=name,
        value=value,
        on_change=bring_back,
        tab_index=-1,
        aria_hidden="true",
        auto_complete="off",
        class_name="dk-hidden",
        custom_attrs={"data-kept": value},
    )
