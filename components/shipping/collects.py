"""A rider who was told to collect too much: both amounts, whom to call with which words, and the two answers."""

from __future__ import annotations

import reflex as rx

from components import ui
from dokango.people.permissions import Permission
from state.kit.session import SessionState
from state.orders.steps import OrderStepsState

Words = rx.Var[dict[str, str]]


def collects_band(parcel: Words, number: rx.Var[str], version: rx.Var[int]) -> rx.Component:
    """Shown until somebody says which happened; `parcel` has the words of `state.shipping.collects`."""
    blocked = rx.cond(
        SessionState.may[Permission.DELIVER.value], "", "Your role may not say what riders collect."
    )  # fmt: skip

    def answer(label: str, poisha: str, name: str) -> rx.Component:
        return ui.action_button(
            parcel[label], OrderStepsState.say_collects(number, version, parcel[poisha].to(int)), size="1",
            name=name, reason=blocked,
        )  # fmt: skip

    return rx.cond(
        parcel["should"] != "",
        rx.el.div(
            ui.check_line("bad", "Told ", rx.el.strong(parcel["told"]), ", should be ", rx.el.strong(parcel["should"])),
            rx.el.p(
                "Tell ", parcel["whom"], ": “", parcel["to_copy"], "” ", ui.copy_button(parcel["to_copy"], "words")
            ),
            rx.el.div(
                answer("lowered", "should_poisha", "lowered"),
                answer("anyway", "told_poisha", "anyway"),
                class_name="dk-inline",
            ),
            role="status",
        ),
    )  # fmt: skip
