"""The dialog of an act: what it asks, field by field; and the words that the courier is still to be told."""

from __future__ import annotations

import reflex as rx

from components import ui
from dokango.orders.acts.forms import Asked
from dokango.orders.acts.table import ACTS
from dokango.people.districts import DISTRICTS
from state.problems.act import TOLD, ActState

_SEEN = (ActState.number, ActState.version)


def act_dialog() -> rx.Component:
    """Over the list: one form an act."""
    forms = [(act.key, rx.fragment(*map(_field, act.form.asked))) for act in ACTS.values() if act.asks]
    return ui.dialog(
        ActState.title,
        rx.el.div(
            rx.el.div(rx.el.span("The rider: ", class_name="dk-subtitle"), rx.el.q(ActState.words, dir="auto")),
            class_name="pb-said",
        ),
        ui.sent_form(
            ActState,
            ActState.send,
            ui.form_error(ActState.failure),
            rx.match(ActState.act, (TOLD, _to_tell()), *forms, rx.fragment()),
            _previews(),
            ui.dialog_foot(ui.action_button(
                    rx.cond(ActState.act == TOLD, "Copied, I told them", ActState.title), submit=True, variant="solid",
                    pending=ActState.pending,
                )),
            seen=_SEEN,
            key=ActState.press,
        ),
        is_open=ActState.is_open,
        on_open_change=ActState.close,
        description=ActState.about,
    )  # fmt: skip


def _to_tell() -> rx.Component:
    """The words to copy, and where they go."""
    return rx.el.div(
        rx.el.p(
            "Tell ", ActState.carrier, rx.cond(ActState.panel != "", " there: " + ActState.panel, ""),
            ". Copy the words, give them to the courier, then say so here.",
            class_name="dk-hint",
        ),
        rx.el.div(
            rx.el.q(ActState.to_courier, id="to-courier", dir="auto"),
            ui.copy_button(ActState.to_courier, "the words"),
            class_name="pb-words",
        ),
    )  # fmt: skip


def _previews() -> rx.Component:
    """What each answer would write, before one is chosen."""
    return rx.el.div(
        rx.foreach(
            ActState.previews,
            lambda lines: rx.el.ul(
                rx.foreach(
                    lines,
                    lambda line, place: rx.el.li(rx.cond(place == 0, rx.el.strong(line), line)),
                ),
                class_name="dk-plain-list",
            ),
        ),
        class_name="dk-hint",
    )


def _field(asked: Asked) -> rx.Component:
    error, given = ActState.errors[asked.name], ActState.given[asked.name]
    if asked.kind == "lines":
        return ui.text_area_field(asked.label, asked.name, error=error, hint=asked.hint, default_value=given, rows="3")
    if asked.kind in ("choice", "courier", "district"):
        return ui.choice_field(
            asked.label, asked.name, _options(asked), error=error, hint=asked.hint, default_value=given
        )  # fmt: skip
    more: dict[str, object] = {}
    if asked.kind == "day":
        more = {"type": "date", "min": ActState.first_day, "max": ActState.last_day}
    if asked.kind == "phone":
        more = {"type": "tel", "input_mode": "tel", "auto_complete": "off"}
    return ui.text_field(asked.label, asked.name, error=error, hint=asked.hint, default_value=given, **more)


def _options(asked: Asked) -> list[tuple[str, str]] | rx.Var[list[list[str]]]:
    if asked.kind == "courier":
        return ActState.couriers
    if asked.kind == "district":
        return [("", "Not said"), *((name, name) for name in DISTRICTS)]
    return list(asked.choices)
