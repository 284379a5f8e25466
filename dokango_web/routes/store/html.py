"""HTML written by hand: every text is escaped, only what `el` made is taken as it is."""

from __future__ import annotations

from html import escape

_EMPTY = frozenset({"img", "meta", "link", "br", "input"})


class Html(str):
    """Text that is HTML already."""

    __slots__ = ()


def el(tag: str, *children: str | Html | None, **attributes: str | None) -> Html:
    """`<tag attributes>children</tag>`: `class_` is class, `aria_label` aria-label; None leaves one out."""
    inside = "".join(child if isinstance(child, Html) else escape(child) for child in children if child is not None)
    named = "".join(
        f' {name.rstrip("_").replace("_", "-")}="{escape(value)}"'
        for name, value in attributes.items()
        if value is not None
    )
    return Html(f"<{tag}{named}>" if tag in _EMPTY else f"<{tag}{named}>{inside}</{tag}>")


def join(parts: list[Html]) -> Html:
    """Several, one after the other."""
    return Html("".join(parts))
