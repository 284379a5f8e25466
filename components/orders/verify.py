"""Verify payment: what the customer says beside what the wallet says; what does not fit is said before the click."""

from __future__ import annotations

import reflex as rx

from components import ui
from components.orders.presence import presence_band
from components.wallet.photos import wallet_photos
from dokango.payments.methods import claimable
from state.orders.presence import PresenceState
from state.orders.verify import VerifyState as Verify

Words = rx.Var[dict[str, str]]
SEEN = (Verify.number, Verify.version)


def verify_dialog() -> rx.Component:
    """The dialog: a message pasted, Enter; the next one pasted, Enter."""
    return ui.dialog(
        rx.Var.create("Verify payment · #") + Verify.number,
        presence_band(),
        rx.cond(Verify.rejecting, _reject_form(), rx.fragment(_proof(), _receive_form())),
        is_open=Verify.is_open,
        on_open_change=[Verify.close, PresenceState.stop_verifying],
        description=Verify.position,
        width="720px",
    )


def _proof() -> rx.Component:
    """Photos beside the claim and the wallet's line, and a place for one more."""
    return rx.el.details(
        rx.el.summary("Photos · ", Verify.photos.length()),
        wallet_photos(Verify.photos, Verify.upload, "verify-photo"),
        open=Verify.photos.length() > 0,
        class_name="vp-proof",
    )


def _receive_form() -> rx.Component:
    return ui.sent_form(
        Verify,
        Verify.receive,
        rx.el.div(_customer_says(), _wallet_says(), class_name="vp-sides"),
        rx.el.div(_amount(), _outcome(), class_name="vp-amount"),
        rx.cond(
            Verify.forgivable != "",
            ui.tick_field(
                rx.Var.create("Forgive the ") + Verify.forgivable + " that is short", "forgive",
                key=Verify.number + Verify.forgivable,
            ),
        ),
        rx.el.div(ui.form_error(Verify.failure)),
        rx.el.div(
            rx.cond(
                Verify.claim["trx_id"] != "",
                rx.button(
                    "Reject…", type="button", variant="outline", color_scheme="red", size="2",
                    on_click=Verify.ask_reject(True),
                ),
            ),
            rx.cond(
                Verify.in_queue,
                rx.button(
                    "Skip", rx.el.kbd("J", class_name="dk-kbd", aria_hidden="true"), type="button", variant="outline",
                    color_scheme="gray", size="2", on_click=Verify.skip, custom_attrs=ui.shortcut("j"),
                ),
            ),
            rx.spacer(),
            ui.action_button(
                rx.el.span(Verify.button, rx.el.span(" ⏎", aria_hidden="true")), submit=True, variant="solid",
                pending=Verify.pending, reason=Verify.blocked, name="verify", custom_attrs={"data-asks": ""},
            ),
            class_name="dk-dialog-foot vp-foot",
        ),
        seen=SEEN,
        key=Verify.number,  # another order gets fields of its own: nothing typed for one can arrive at the next
    )  # fmt: skip


def _customer_says() -> rx.Component:
    claim = Verify.claim
    trx_id = claim["trx_id"]
    said = ui.facts(
        (claim["method"], rx.el.span(ui.code(trx_id), ui.copy_button(trx_id, "TrxID"), class_name="dk-inline")),
        ("from", claim["sender_said"]),
        ("sent", ui.age(claim["age"], claim["exact"])),
        ("due", rx.el.strong(Verify.due)),
        ("order", Verify.total),
    )  # fmt: skip
    nothing = rx.fragment(
        rx.el.p("No TrxID was sent. Type the one that you found in the wallet.", class_name="dk-hint"),
        ui.facts(("due", rx.el.strong(Verify.due)), ("order", Verify.total)),
    )
    return rx.el.section(
        rx.el.h3("The customer says", class_name="vp-title"),
        rx.cond(claim["trx_id"] != "", said, nothing),
        rx.foreach(Verify.about_claim, _finding),
        class_name="vp-side",
    )


def _wallet_says() -> rx.Component:
    return rx.el.section(
        rx.el.h3("The wallet says", class_name="vp-title"),
        rx.el.div(
            rx.el.label("Wallet", html_for="vp-wallet", class_name="dk-label"),
            rx.el.select(
                *[rx.el.option(method.label, value=key) for key, method in claimable().items()],
                id="vp-wallet",
                name="wallet",
                value=Verify.method,
                on_change=Verify.choose_wallet,
                class_name="dk-select",
            ),
            class_name="vp-line",
        ),
        _line("TrxID", "trx", Verify.transaction_id, Verify.type_trx_id, auto_capitalize="characters"),
        _line("From", "from", Verify.sender, Verify.type_sender, input_mode="tel"),
        _message(),
        rx.foreach(Verify.findings, _finding),
        rx.foreach(Verify.wallet_says, _compared),
        class_name="vp-side",
    )


def _message() -> rx.Component:
    """Where the wallet's own words go; what is pasted over the amount comes here too (assets/desk.js)."""
    return rx.el.div(
        rx.debounce_input(
            rx.el.textarea(
                id="vp-message",
                name="message",
                value=Verify.message,
                on_change=lambda typed: Verify.paste(typed, Verify.number),
                rows="2",
                aria_label="The wallet's message",
                placeholder="Paste the wallet's message: You have received Tk …",
                class_name="vp-paste",
                custom_attrs={"data-enter-sends": ""},
            ),
            debounce_timeout=150,
        ),
        rx.cond(Verify.message_error != "", rx.el.p(Verify.message_error, class_name="dk-error", role="alert")),
    )


def _line(label: str, name: str, value: rx.Var[str], on_change: rx.EventHandler, **props: str) -> rx.Component:
    """A short field with its label beside it; what is typed is compared after a pause."""
    return rx.el.div(
        rx.el.label(label, html_for=f"vp-{name}", class_name="dk-label"),
        rx.debounce_input(
            rx.el.input(
                id=f"vp-{name}", name=name, value=value, on_change=lambda typed: on_change(typed, Verify.number),
                auto_complete="off", class_name="vp-input", **props,
            ),
            debounce_timeout=250,
        ),
        class_name="vp-line",
    )  # fmt: skip


def _amount() -> rx.Component:
    return rx.el.div(
        rx.el.label("Amount received", html_for="received", class_name="dk-label"),
        rx.debounce_input(
            rx.el.input(
                id="received", name="received", value=Verify.amount,
                on_change=lambda typed: Verify.type_amount(typed, Verify.number),
                input_mode="decimal", auto_complete="off", auto_focus=True, class_name="vp-input vp-money",
                aria_describedby="vp-outcome", custom_attrs={"data-through": "j", "data-words-to": "vp-message"},
            ),
            debounce_timeout=200,
        ),
        class_name="vp-received",
    )  # fmt: skip


def _outcome() -> rx.Component:
    said = rx.cond(
        Verify.evidence != "",
        ui.check_line(Verify.amount_level, Verify.amount_words),
        rx.el.span("Paste the wallet's message here, or type the amount that you see there.", class_name="dk-hint"),
    )
    return rx.el.div(said, id="vp-outcome", aria_live="polite")


def _finding(finding: Words) -> rx.Component:
    return ui.check_line(finding["level"], finding["words"])


def _compared(finding: Words) -> rx.Component:
    return ui.check_line(finding["level"], rx.el.span(finding["label"], " ", class_name="dk-soft"), finding["words"])


def _reject_form() -> rx.Component:
    """Why it is rejected: the customer reads this."""
    return ui.sent_form(
        Verify,
        Verify.reject,
        ui.form_error(Verify.failure),
        ui.text_area_field(
            "Why is this TrxID rejected?",
            "reason",
            error=Verify.errors["reason"],
            hint="The customer reads this and may send another one.",
            rows="3",
            max_length=500,
            auto_focus=True,
        ),
        rx.el.div(
            rx.button("Back", type="button", variant="outline", color_scheme="gray", on_click=Verify.ask_reject(False)),
            ui.action_button(
                "Reject and tell the customer", submit=True, variant="solid", colour="red", pending=Verify.pending
            ),
            class_name="dk-dialog-foot",
        ),
        seen=SEEN,
        key=Verify.number,
    )
