"""The frame of staff pages: navigation at the side (at the foot of a phone), the top bar, the bell, the user."""

from __future__ import annotations

from collections.abc import Sequence

import reflex as rx

from components.bell import approvals_link, bell
from components.ui import keyboard_sheet, palette, palette_found, palette_line, plain_form, shortcut, skip_link
from dokango.people.permissions import Permission
from dokango_web.page import Entry
from state.actions import ACTIONS
from state.kit.session import SessionState
from state.palette import PaletteState
from state.settings.shop import PART_WORDS

# What Ctrl K leads to besides the pages: actions, and the parts of the settings.
PALETTE = (
    *((action.wants, action.said, action.href, action.icon) for action in ACTIONS),
    (Permission.EDIT_PRODUCTS, "Add a product", "/products/new", "plus"),
    *(
        (Permission.EDIT_SETTINGS, f"Settings: {word}", f"/settings?part={key}", "settings")
        for key, word in PART_WORDS.items()
    ),
)


def framed(content: rx.Component, navigation: Sequence[Entry], here: str) -> rx.Component:
    """`content` within navigation and top bar; `here` is the route of the page's own entry, "" when it has none."""
    return rx.el.div(
        skip_link("Skip to content", "content", class_name="fr-skip"),
        _side(navigation, here),
        rx.el.header(
            _phone_menu(navigation),
            rx.spacer(),
            approvals_link(),
            bell(),
            _user_menu(),
            class_name="fr-top",
        ),
        rx.el.main(content, id="content", tab_index=-1, class_name="fr-main"),
        _foot(navigation, here),
        keyboard_sheet(),
        palette(
            *[_shown(entry, palette_line(entry.title, entry.route, entry.icon)) for entry in navigation],
            *[rx.cond(SessionState.may[wants.value], palette_line(*line)) for wants, *line in PALETTE],
            palette_line("Your account", "/account", "user-cog"),
            palette_line("The shop as customers see it", "/", "store"),
            found=rx.foreach(PaletteState.found, palette_found),
            on_typed=PaletteState.find.debounce(250),
        ),
        class_name="fr-frame",
        custom_attrs={"data-boot": SessionState.boot},
    )


def _side(navigation: Sequence[Entry], here: str) -> rx.Component:
    return rx.el.nav(
        rx.link(
            rx.image(src="/logo.svg", alt="", height="26px"),
            rx.el.strong("DokanGo"),
            href="/orders",
            underline="none",
            class_name="fr-logo",
        ),
        *[_shown(entry, _line(entry, here, **shortcut(f"g {entry.key}"))) for entry in navigation],
        aria_label="Main",
        class_name="fr-side",
    )


def _foot(navigation: Sequence[Entry], here: str) -> rx.Component:
    return rx.el.nav(
        *[_shown(entry, _line(entry, here)) for entry in navigation if entry.foot],
        aria_label="Main, short",
        class_name="fr-foot",
    )


def _shown(entry: Entry, line: rx.Component) -> rx.Component:
    return rx.cond(SessionState.may[entry.wants.value], line)


def _line(entry: Entry, here: str, **attributes: str) -> rx.Component:
    is_here = entry.route == here
    return rx.link(
        rx.icon(entry.icon, size=18, aria_hidden="true"),
        rx.el.span(entry.title),
        href=entry.route,
        underline="none",
        class_name="fr-line fr-here" if is_here else "fr-line",
        custom_attrs=attributes,
        **({"aria_current": "page"} if is_here else {}),
    )


def _phone_menu(navigation: Sequence[Entry]) -> rx.Component:
    """All of the navigation on a phone, where only four lines fit at the foot."""
    lines = [
        _shown(
            entry,
            rx.menu.item(
                rx.icon(entry.icon, size=16, aria_hidden="true"), entry.title, on_select=rx.redirect(entry.route)
            ),
        )
        for entry in navigation
    ]
    return rx.menu.root(
        rx.menu.trigger(
            rx.icon_button(rx.icon("menu", size=20), variant="ghost", color_scheme="gray", aria_label="Menu"),
            class_name="fr-phone-only",
        ),
        rx.menu.content(*lines, class_name="fr-phone-menu"),
    )


def _user_menu() -> rx.Component:
    return rx.el.details(
        rx.el.summary(
            rx.icon("circle-user-round", size=18, aria_hidden="true"),
            rx.el.span(SessionState.name, class_name="fr-user-name"),
            rx.icon("chevron-down", size=14, aria_hidden="true"),
            aria_label="You",
        ),
        rx.el.div(
            rx.el.div(
                rx.el.strong(SessionState.name),
                rx.el.span(SessionState.login, " · ", SessionState.role),
                class_name="fr-who",
            ),
            rx.el.button(
                rx.icon("sun-moon", size=16, aria_hidden="true"),
                "Light or dark",
                type="button",
                on_click=rx.toggle_color_mode,
                class_name="fr-item",
            ),
            rx.link(
                rx.icon("user-cog", size=16, aria_hidden="true"), "Your account", href="/account", class_name="fr-item"
            ),
            rx.link(rx.icon("store", size=16, aria_hidden="true"), "The storefront", href="/", class_name="fr-item"),
            plain_form(
                rx.el.button(
                    rx.icon("log-out", size=16, aria_hidden="true"), "Sign out", type="submit", class_name="fr-item"
                ),
                action="/sign-out",
            ),
            class_name="fr-user-menu",
        ),
        class_name="fr-user",
    )
