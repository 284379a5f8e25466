"""Keys of the desk: pressed and answered in the browser alone (assets/desk.js); no key press goes to the server."""

from __future__ import annotations

import reflex as rx

SHEET = (
    ("/", "Search"),
    ("j  k", "Next and previous row"),
    ("x", "Choose the row"),
    ("Enter", "Open the row"),
    ("Esc", "Close"),
    ("z  Ctrl Z", "Undo what was just done"),
    ("v", "Verify payment"),
    ("c", "Confirm, or mark as packed"),
    ("p", "Print"),
    ("s", "Send to courier, or ask it"),
    ("l", "Pick list"),
    ("b", "Scan"),
    ("g o", "Go to orders"),
    ("g p", "Go to packing"),
    ("g s", "Go to shipping"),
    ("g e", "Go to problems"),
    ("g u", "Go to customers"),
    ("g k", "Go to stock"),
    ("g i", "Go to insights"),
    ("g b", "Go to books"),
    ("g r", "Go to products"),
    ("g t", "Go to settings"),
    ("Ctrl K", "Find a page, an order, a customer, a product"),
    ("?", "This sheet"),
)


def desk_script() -> rx.Component:
    """The script behind data-key, data-copy and returned focus; once, in the head of the app."""
    return rx.el.script(src="/desk.js", defer=True)


def keeping_script() -> rx.Component:
    """The script that keeps typed words over a restart, and the place in a list; once, in the head of the app."""
    return rx.el.script(src="/keeping.js", defer=True)


def keyboard_sheet() -> rx.Component:
    """The sheet behind `?`: a native dialog, with a switch for those whom single keys disturb (WCAG 2.1.4)."""
    lines = [rx.el.div(rx.el.dt(rx.el.kbd(keys, class_name="dk-kbd")), rx.el.dd(words)) for keys, words in SHEET]
    return rx.el.dialog(
        rx.el.div(
            rx.el.h2("Keys", id="keyboard-sheet-title", class_name="dk-section-title"),
            rx.el.button(
                rx.icon("x", size=18, aria_hidden="true"),
                rx.el.span("Close", class_name="dk-hidden"),
                type="button",
                class_name="dk-iconbutton",
                custom_attrs={"data-close-sheet": ""},
            ),
            class_name="dk-dialog-head",
        ),
        rx.el.dl(*lines, class_name="dk-keyboard"),
        rx.el.label(
            rx.el.input(type="checkbox", custom_attrs={"data-keyboard-switch": ""}),
            rx.el.span("Single keys on"),
            class_name="dk-tick",
        ),
        id="keyboard-sheet",
        aria_labelledby="keyboard-sheet-title",
        class_name="dk-sheet",
    )
