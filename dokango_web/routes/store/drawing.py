"""What several of the customers' plain pages draw: a picture, a page that has nothing."""

from __future__ import annotations

from dokango_web.routes.store.html import Html, el


def picture(source: str, size: str) -> Html:
    """A product's picture, or a plain field where there is none."""
    look = f"sf-picture sf-picture-{size}"
    return el("img", src=source, alt="", loading="lazy", class_=look) if source else el("span", class_=look)


def nothing_here(title: str, what_next: str) -> Html:
    """An empty page: what is missing, and what to do."""
    return el("div", el("h1", title, class_="sf-empty-title"), el("p", what_next), class_="sf-empty")


def panel(*inside: Html | None) -> Html:
    """A section of the page."""
    return el("section", *inside, class_="sf-panel")


def folded(words: str, inside: Html, *, is_open: bool = False) -> Html:
    """What is seldom wanted: a line that opens; `is_open` where something inside has to be read."""
    summary = el("summary", words, class_="sf-summary-line")
    return el(
        "details", summary, el("div", inside, class_="sf-folded"), class_="sf-details", open="" if is_open else None
    )
