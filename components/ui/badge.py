"""Badges and marks: always an icon and a word."""

from __future__ import annotations

from collections.abc import Mapping

import reflex as rx

from components.theme import CARRIER, LEVELS, MARKS, MONEY, UNKNOWN_LOOK, WORK, Look

Text = str | rx.Var[str]


def badge(word: Text, colour: str = "gray", icon: str = "circle") -> rx.Component:
    """A tinted label with its icon; `colour` is a Radix scale."""
    return rx.el.span(
        rx.icon(icon, size=13, aria_hidden="true"),
        rx.el.span(word),
        class_name="dk-badge",
        custom_attrs={"data-accent-color": colour},
    )


def status_badge(axis: Mapping[str, Look], status: Text) -> rx.Component:
    """The badge of `status` on one axis of components.theme; an unknown status is shown by its own word."""
    if isinstance(status, str):
        look = axis.get(status, Look(status or UNKNOWN_LOOK.word, UNKNOWN_LOOK.colour, UNKNOWN_LOOK.icon))
        return badge(look.word, look.colour, look.icon)
    known = [(key, badge(look.word, look.colour, look.icon)) for key, look in axis.items()]
    return rx.match(status, *known, badge(status, UNKNOWN_LOOK.colour, UNKNOWN_LOOK.icon))


def work_badge(status: Text) -> rx.Component:
    """pending, confirmed, shipped, delivered, cancelled, returned."""
    return status_badge(WORK, status)


def money_badge(status: Text) -> rx.Component:
    """unpaid, claimed, part_paid, paid, cod_due, cod_with_courier, refund_due, refunded, nothing_due."""
    return status_badge(MONEY, status)


def carrier_badge(status: Text) -> rx.Component:
    """A booking's or a parcel's status, in the courier's words."""
    return status_badge(CARRIER, status)


def mark_badge(mark: Text) -> rx.Component:
    """held, packed, fragile, note, assigned."""
    return status_badge(MARKS, mark)


def level_icon(level: Text, size: int = 16) -> rx.Component:
    """The sign of good, warn, bad or info, with its word for those who cannot see it."""

    def sign(look: Look) -> rx.Component:
        return rx.el.span(
            rx.icon(look.icon, size=size, aria_hidden="true"),
            rx.el.span(f"{look.word}: ", class_name="dk-hidden"),
            class_name="dk-level",
            custom_attrs={"data-accent-color": look.colour},
        )

    if isinstance(level, str):
        return sign(LEVELS.get(level, LEVELS["info"]))
    return rx.match(level, *[(key, sign(look)) for key, look in LEVELS.items()], sign(LEVELS["info"]))


def check_line(level: Text, sentence: Text, *more: rx.Component) -> rx.Component:
    """One check: its sign, what was found, and perhaps a link to act on it."""
    return rx.el.div(level_icon(level), rx.el.span(sentence, *more), class_name="dk-check")
