"""Where an order stands, and how it came there."""

from __future__ import annotations

from collections.abc import Sequence

import reflex as rx

Text = str | rx.Var[str]


def stepper(
    steps: Sequence[Text], reached: int | rx.Var[int], *, label: Text, broken: bool | rx.Var[bool] = False
) -> rx.Component:
    """The steps of a way, the first `reached` of them done (1 to len); `broken` when it ended otherwise."""
    at = rx.Var.create(reached).to(int)

    def step(words: Text, position: int) -> rx.Component:
        return rx.el.li(
            rx.el.span(
                rx.cond(at > position, rx.icon("check", size=12, aria_hidden="true"), rx.fragment()),
                class_name="dk-step-dot",
            ),
            rx.el.span(words, class_name="dk-step-word"),
            rx.el.span(rx.cond(at > position, ", done", ""), class_name="dk-hidden"),
            class_name="dk-step",
            custom_attrs={
                "data-done": rx.cond(at > position, "true", "false"),
                "aria-current": rx.cond(at == position + 1, "step", "false"),
            },
        )

    return rx.el.ol(
        *[step(words, i) for i, words in enumerate(steps)],
        class_name="dk-stepper",
        aria_label=label,
        custom_attrs={"data-broken": rx.cond(broken, "true", "false")},
    )


def timeline(events: rx.Var[list[dict[str, str]]]) -> rx.Component:
    """One line an event: `when` (age), `exact` (the time), `who`, `what`, `change` ("Pending → Confirmed"), `note`."""

    def line(event: rx.Var[dict[str, str]]) -> rx.Component:
        return rx.el.li(
            rx.el.span(event["when"], class_name="dk-age"),
            rx.el.div(
                rx.el.span(event["who"], class_name="dk-strong"),
                " ",
                event["what"],
                rx.cond(event["change"] != "", rx.el.span(event["change"], class_name="dk-event-change")),
                rx.el.time(event["exact"], class_name="dk-event-time"),
                rx.cond(event["note"] != "", rx.el.div(event["note"], class_name="dk-event-note")),
            ),
            class_name="dk-event",
        )

    return rx.el.ol(rx.foreach(events, line), class_name="dk-timeline")
