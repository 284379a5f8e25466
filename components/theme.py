"""The one place of colours, spacing, fonts and radius, and of how each status looks: a colour, an icon and a word.

Colours are Radix scales by name ("amber") or tokens ("var(--gray-11)"), so that dark mode follows by itself.
`VARIABLES` reach the style sheets (`assets/base.css`, `dokango.css`) as properties; components use `dk-…` classes.
The app takes it all in with `rx.App(stylesheets=list(theme.STYLESHEETS), head_components=[*theme.head(), …])`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import reflex as rx

ACCENT = "indigo"
GRAY = "slate"
RADIUS = "medium"
SCALING = "95%"

# Bangla comes from the phone where it has the font, else from ours; "Dokango Taka" holds the one glyph ৳.
FONTS = (
    '"Dokango Taka", system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", "Liberation Sans",'
    ' "Noto Sans Bengali", "Dokango Bangla", sans-serif'
)
MONO_FONTS = 'ui-monospace, "Cascadia Mono", "SF Mono", Menlo, "Liberation Mono", monospace'

VARIABLES: Mapping[str, str] = MappingProxyType(
    {
        "--dk-gap-1": "4px",
        "--dk-gap-2": "8px",
        "--dk-gap-3": "12px",
        "--dk-gap-4": "16px",
        "--dk-gap-5": "24px",
        "--dk-gap-6": "40px",
        "--dk-row": "40px",  # a row of a dense table
        "--dk-touch": "44px",  # the least a finger hits
        "--dk-page": "1440px",
        "--dk-reading": "720px",
        "--dk-radius": "8px",
        "--dk-line": "var(--gray-a5)",
        "--dk-text": "var(--gray-12)",
        "--dk-text-soft": "var(--gray-11)",
        "--dk-paper": "var(--color-background)",
        "--dk-shade": "var(--gray-2)",
        "--dk-hover": "var(--gray-a3)",
        "--dk-chosen": "var(--accent-a3)",
        "--dk-link": "var(--accent-11)",
        "--dk-focus": "var(--accent-10)",
        "--dk-bad": "var(--red-11)",
        "--dk-good": "var(--green-11)",
        "--dk-warn": "var(--amber-11)",
        "--dk-flash": "var(--amber-a4)",
        "--dk-alarm": "#c62a2f",  # under white figures, in light and dark
        "--default-font-family": FONTS,
        "--code-font-family": MONO_FONTS,
    }
)

STYLESHEETS = ("/base.css", "/dokango.css")


@dataclass(frozen=True, slots=True)
class Look:
    """How one status is shown; colour never stands alone."""

    word: str
    colour: str
    icon: str


UNKNOWN_LOOK = Look("Unknown", "gray", "circle-help")

WORK: Mapping[str, Look] = MappingProxyType(
    {
        "pending": Look("Pending", "amber", "circle-dashed"),
        "confirmed": Look("Confirmed", "blue", "circle-check"),
        "shipped": Look("Shipped", "violet", "truck"),
        "delivered": Look("Delivered", "green", "circle-check-big"),
        "cancelled": Look("Cancelled", "gray", "circle-x"),
        "returned": Look("Returned", "orange", "undo-2"),
    }
)

MONEY: Mapping[str, Look] = MappingProxyType(
    {
        "unpaid": Look("Unpaid", "red", "circle"),
        "claimed": Look("TrxID waits", "amber", "hourglass"),
        "part_paid": Look("Part paid", "orange", "circle-dot"),
        "paid": Look("Paid", "green", "badge-check"),
        "cod_due": Look("COD", "blue", "banknote"),
        "cod_with_courier": Look("COD with courier", "violet", "bike"),
        "refund_due": Look("Refund due", "red", "rotate-ccw"),
        "refunded": Look("Refunded", "gray", "undo-2"),
        "nothing_due": Look("Nothing due", "gray", "circle-slash"),
    }
)

# The courier's words, as our couriers' files map them; a word we never saw is shown as it came.
CARRIER: Mapping[str, Look] = MappingProxyType(
    {
        "requested": Look("Booking…", "gray", "clock"),
        "booked": Look("Booked", "blue", "package-check"),
        "refused": Look("Refused by courier", "red", "ban"),
        "uncertain": Look("Booking uncertain", "red", "triangle-alert"),
        "superseded": Look("Sent anew", "gray", "circle-x"),
        "shipped": Look("On its way", "violet", "truck"),
        "unknown": Look("Word not known", "amber", "circle-help"),
        "in_review": Look("In review", "gray", "clock"),
        "pending": Look("With the courier", "blue", "package"),
        "in_transit": Look("In transit", "violet", "truck"),
        "hold": Look("Held", "amber", "circle-pause"),
        "delivered_approval_pending": Look("Rider says delivered", "green", "clock"),
        "partial_delivered_approval_pending": Look("Rider says part delivered", "orange", "clock"),
        "cancelled_approval_pending": Look("Rider says refused", "red", "phone-call"),
        "unknown_approval_pending": Look("Outcome unclear", "amber", "circle-help"),
        "delivered": Look("Delivered", "green", "circle-check-big"),
        "partial_delivered": Look("Part delivered", "orange", "package-open"),
        "cancelled": Look("Coming back", "orange", "undo-2"),
        "exceptional": Look("Lost or damaged", "red", "triangle-alert"),
        "returned": Look("Came back", "gray", "undo-2"),
        "awaiting_pickup": Look("To be picked up", "gray", "clock"),
        "pickup_failed": Look("Not picked up", "amber", "triangle-alert"),
        "pickup_cancelled": Look("Never picked up", "red", "ban"),
        "out_for_delivery": Look("Out for delivery", "violet", "truck"),
        "delivery_failed": Look("Not delivered", "red", "phone-call"),
        "paid_return": Look("Coming back, part paid", "orange", "undo-2"),
        "exchanged": Look("Exchanged", "orange", "package-open"),
        "returning": Look("Coming back", "orange", "undo-2"),
    }
)

# Marks on an order that are no status.
MARKS: Mapping[str, Look] = MappingProxyType(
    {
        "held": Look("On hold", "red", "circle-pause"),
        "approval": Look("Waits for approval", "amber", "users"),
        "packed": Look("Packed", "teal", "package-check"),
        "fragile": Look("Fragile", "orange", "wine"),
        "note": Look("Note", "gray", "flag"),
        "assigned": Look("Assigned", "gray", "user"),
    }
)

# What went wrong on the way to the customer: colour and icon; its word is its kind's own.
CASE_LOOKS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "refused": ("red", "ban"),
        "not_home": ("amber", "house"),
        "no_answer": ("amber", "phone-missed"),
        "address": ("orange", "map-pin-off"),
        "another_day": ("blue", "calendar-clock"),
        "held_at_hub": ("amber", "warehouse"),
        "noted": ("gray", "flag"),
        "damaged": ("red", "package-x"),
        "lost": ("red", "package-x"),
        "to_claim": ("red", "package-x"),
        "claim": ("blue", "receipt-text"),
        "late": ("amber", "clock-alert"),
        "not_picked_up": ("amber", "package"),
        "amount_changed": ("orange", "hand-coins"),
        "told_too_much": ("orange", "hand-coins"),
        "job_failed": ("red", "circle-x"),
    }
)
UNKNOWN_CASE = ("gray", "triangle-alert")
CLAIM_LOOKS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "open": ("blue", "hourglass"),
        "paid": ("green", "circle-check"),
        "part_paid": ("amber", "circle-check"),
        "refused": ("red", "ban"),
    }
)

# The outcome of a check, of a row of a bulk action, of a message.
LEVELS: Mapping[str, Look] = MappingProxyType(
    {
        "good": Look("OK", "green", "circle-check"),
        "warn": Look("Look", "amber", "triangle-alert"),
        "bad": Look("Stop", "red", "circle-x"),
        "info": Look("Note", "gray", "info"),
    }
)


def radix_theme() -> rx.Component:
    """The Radix theme around every page; goes into RadixThemesPlugin in rxconfig.py."""
    return rx.theme(accent_color=ACCENT, gray_color=GRAY, radius=RADIUS, scaling=SCALING, has_background=True)


def variables_css() -> str:
    """VARIABLES as CSS, for the root and for each theme root: dialogs are drawn in one of their own."""
    inner = ";".join(f"{name}:{value}" for name, value in VARIABLES.items())
    inks = {mode: f"--dk-chart-1:{ink[0]};--dk-chart-2:{ink[1]}" for mode, ink in _CHART_INKS.items()}
    light = f":root,.radix-themes.radix-themes{{{inner};{inks['light']}}}"
    return f"{light}.dark,.dark .radix-themes.radix-themes{{{inks['dark']}}}"


def head() -> list[rx.Component]:
    """What the head of every page holds: the custom properties and the icon."""
    return [rx.el.style(variables_css()), rx.el.link(rel="icon", href="/favicon.svg", type="image/svg+xml")]


# Plotly knows no custom properties, so each mode names its ink; traces take `colorway` in their order.
_CHART_INKS = {
    "light": ("#3e63dd", "#b45309", "#5b6270", "#e6e8ee", "#ffffff", "#1c2024"),
    "dark": ("#849dff", "#f5a524", "#b0b4ba", "#2a2d33", "#212225", "#edeef0"),
}


def chart_template(mode: str) -> dict[str, object]:
    """Plotly's template for "light" or "dark": two colours, quiet lines, no paper of its own."""
    first, second, words, grid, box, ink = _CHART_INKS[mode]
    fonts = FONTS.replace('"', "'")
    axis = {"gridcolor": grid, "linecolor": grid, "zerolinecolor": grid, "tickcolor": grid}
    return {
        "layout": {
            "colorway": [first, second],
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "font": {"family": fonts, "size": 12.5, "color": words},
            "xaxis": axis,
            "yaxis": axis,
            "hoverlabel": {"bgcolor": box, "bordercolor": grid, "font": {"family": fonts, "color": ink, "size": 13}},
        }
    }
