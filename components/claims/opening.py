"""The dialog that opens a claim on a courier."""

from __future__ import annotations

import reflex as rx

from components import ui
from dokango.orders.claims.steps import KIND_WORDS
from state.claims.opening import OpenClaimState as S

Words = rx.Var[dict[str, str]]


def open_claim_dialog() -> rx.Component:
    """What is asked of a claim; its photos follow on its page."""
    error = S.errors
    return ui.dialog(
        rx.Var.create("Claim from ") + S.carrier + rx.Var.create(" · #") + S.number,
        ui.sent_form(
            S,
            S.send,
            ui.form_error(S.failure),
            rx.cond(
                S.parcels.length() > 1,
                ui.choice_field("Parcel", "parcel", S.parcels, error=error["parcel"], default_value=S.parcel),
                rx.el.input(type="hidden", name="parcel", value=S.parcel, read_only=True),
            ),
            ui.choice_field(
                "What happened", "loss", list(KIND_WORDS.items()), error=error["loss"], default_value=S.kind
            ),
            rx.foreach(S.lines, _line),
            rx.el.div(error["lines"], role="alert", class_name="dk-error"),
            ui.text_field(
                "Claimed, ৳", "claimed_poisha", input_mode="decimal", required=True, error=error["claimed_poisha"],
                default_value=S.claimed, hint=rx.Var.create("The price of what is gone is ") + S.price + ".",
            ),
            ui.text_area_field(
                "In your words, for the courier", "words", required=True, error=error["words"], rows="3",
                max_length=500, default_value=S.words,
            ),
            _weights(),
            ui.dialog_foot(ui.action_button("Open the claim", submit=True, variant="solid", pending=S.pending)),
            seen=(S.number, S.version),
            key=S.press,
        ),
        is_open=S.is_open,
        on_open_change=S.close,
        description=rx.Var.create("The courier has ") + S.window + " to answer. Photos are added next.",
    )  # fmt: skip


def _weights() -> rx.Component:
    return ui.beside(
        ui.text_field(
            "Weight at packing, g", "packed_g", input_mode="numeric", error=S.errors["packed_g"],
            default_value=S.packed_g,
        ),
        ui.text_field("Weight as it arrived, g", "found_g", input_mode="numeric", error=S.errors["found_g"]),
    )  # fmt: skip


def _line(line: Words) -> rx.Component:
    field = rx.el.input(
        name=line["field"], default_value=line["units"], input_mode="numeric", max_length=6, auto_complete="off",
        class_name="od-pieces", aria_invalid=rx.cond(S.errors["lines"] != "", "true", "false"),
    )  # fmt: skip
    return rx.el.fieldset(
        rx.el.legend(line["title"], " ", ui.code(line["sku"]), rx.el.span(" · sent ", line["sent"])),
        rx.el.label(rx.el.span("Claimed", class_name="dk-label"), field),
        class_name="od-return-line",
    )
