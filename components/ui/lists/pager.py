"""Previous and next: how every list is paged. Both are links, so a page has an address, and Back goes back."""

from __future__ import annotations

import reflex as rx
from reflex_components_core.react_router import ReactRouterLink

Text = str | rx.Var[str]


def pager(
    previous_url: rx.Var[str],
    next_url: rx.Var[str],
    *,
    previous_word: Text = "Previous",
    next_word: Text = "Next",
    label: Text = "Pages",
    look: str = "dk-pager-link",
) -> rx.Component:
    """The way to the page before and to the page after; no link where its address is "", nothing where both are."""
    back = (rx.icon("chevron-left", size=16, aria_hidden="true"), previous_word)
    on = (next_word, rx.icon("chevron-right", size=16, aria_hidden="true"))
    return rx.cond(
        (previous_url != "") | (next_url != ""),
        rx.el.nav(
            rx.cond(previous_url != "", ReactRouterLink.create(*back, to=previous_url, rel="prev", class_name=look)),
            rx.spacer(),
            rx.cond(next_url != "", ReactRouterLink.create(*on, to=next_url, rel="next", class_name=look)),
            class_name="dk-pager",
            aria_label=label,
        ),
    )
