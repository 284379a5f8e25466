"""What the plain tracking page shows: where the order stands, what it holds, who brings it, what happened."""

from __future__ import annotations

from collections.abc import Mapping

from dokango.language import say
from dokango_web.routes.store.drawing import picture
from dokango_web.routes.store.fields import notice
from dokango_web.routes.store.html import Html, el


def standing(order: Mapping[str, str], steps: list[dict[str, str]], wrong: str, locale: str, *, thanks: bool) -> Html:
    """The big sentence with its bar; `wrong` is why a step was not taken just now; `thanks` on the first look."""
    bar = [
        el(
            "li",
            el("span", "✓" if step["done"] else "", class_="sf-step-dot", aria_hidden="true"),
            el("span", step["word"]),
            el("span", f", {say('step.done', locale)}", class_="dk-hidden") if step["done"] else None,
            class_="sf-step",
            data_done="true" if step["done"] else "false",
            aria_current="step" if step["here"] else None,
        )
        for step in steps
    ]
    return el(
        "section",
        notice(wrong),
        _thanks(locale) if thanks else None,
        el("p", f"{order['title']} · {order['placed']}", class_="sf-soft-text"),
        el("h1", order["standing"], class_="sf-standing", data_tone=order["tone"]),
        el("ol", *bar, class_="sf-steps", aria_label=say("steps", locale)) if bar else None,
        el("p", order["why"]) if order["why"] else None,
        el("p", order["kept"]) if order["kept"] else None,
        el("p", order["expected"]) if order["expected"] else None,
        class_="sf-panel",
    )


def _thanks(locale: str) -> Html:
    return el(
        "div",
        el("p", el("strong", say("placed.title", locale))),
        el("p", say("placed.keep", locale)),
        class_="sf-thanks", role="status",
    )  # fmt: skip


def ordered(order: Mapping[str, str], lines: list[dict[str, str]], sums: list[dict[str, str]], locale: str) -> Html:
    """The lines, what they come to, and what of a payment stays when the parcel is refused."""
    items = [
        el(
            "li",
            picture(line["image"], "line"),
            el("span", " · ".join(part for part in (line["title"], line["variant"], line["returned"]) if part)),
            el("span", f"× {line['quantity']}", class_="sf-soft-text"),
            el("span", line["amount"], class_="sf-line-amount"),
            class_="sf-line sf-line-short",
        )
        for line in lines
    ]
    rows = [
        el(
            "div",
            el("dt", s["label"]),
            el("dd", s["amount"]),
            class_="sf-sum sf-sum-strong" if s["strong"] else "sf-sum",
        )
        for s in sums
    ]
    return el(
        "section",
        el("h2", say("what", locale), class_="sf-h2"),
        el("ul", *items, class_="sf-lines"),
        el("dl", *rows, class_="sf-sums"),
        el("p", order["keeps"], class_="sf-hint") if order["keeps"] else None,
        class_="sf-panel",
    )


def parcel(order: Mapping[str, str], locale: str) -> Html | None:
    """Who brings it, under which code, and where the courier tells of it; nothing before that is known."""
    rows = [(say("courier", locale), order["carrier"]), (say("code", locale), order["code"])]
    shown = [el("div", el("dt", label), el("dd", value), class_="sf-sum") for label, value in rows if value]
    if not shown:
        return None
    return el(
        "section",
        el("h2", say("parcel", locale), class_="sf-h2"),
        el("dl", *shown, class_="sf-sums"),
        _courier_page(order["courier_page"], locale),
        class_="sf-panel",
    )


def _courier_page(url: str, locale: str) -> Html | None:
    if not url:
        return None
    away = {"target": "_blank", "rel": "noopener noreferrer", "class_": "sf-button"}
    return el("a", say("follow", locale), href=url, **away)


def history(told: list[dict[str, str]], locale: str) -> Html:
    """What happened, the newest first."""
    events = [el("li", el("span", e["what"]), el("time", e["when"], class_="sf-soft-text")) for e in told]
    return el(
        "section",
        el("h2", say("history", locale), class_="sf-h2"),
        el("ol", *events, class_="sf-history"),
        class_="sf-panel",
    )
