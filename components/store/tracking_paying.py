"""Paying an order from its own page: where to send the money, and the TrxID of what was sent."""

from __future__ import annotations

import reflex as rx

from components import ui
from components.store.checkout import wallet_number
from components.store.fields import field, submit
from components.store.frame import folded, icon, say
from state.store.tracking import TrackingState as Tracking


def paying() -> rx.Component:
    """What is asked for, or the claim that waits and a way to correct it; nothing while nothing is asked for."""
    order = Tracking.order
    return rx.cond(
        (order["asks"] != "") | (order["claim"] != ""),
        rx.el.section(
            rx.cond(
                order["claim"] != "",
                rx.fragment(
                    rx.el.p(icon("hourglass"), order["claim"], class_name="sf-inline", role="status"),
                    rx.cond(order["asks"] != "", folded("correct_trx", "pencil", _form())),
                ),
                rx.fragment(
                    rx.el.h2(order["asks"], class_name="sf-h2"),
                    rx.cond(order["rejected"] != "", rx.el.p(order["rejected"], class_name="sf-notice", role="alert")),
                    _form(),
                ),
            ),
            class_name="sf-panel",
        ),
    )


def _form() -> rx.Component:
    """The wallet's number, and where its TrxID is typed."""
    return rx.fragment(
        rx.el.p(_of_chosen("lead"), class_name="sf-lead"),
        rx.cond(Tracking.wallets.length() > 1, _wallet_choice()),
        rx.foreach(
            Tracking.wallets,
            lambda wallet: rx.cond(
                wallet["key"] == Tracking.wallet,
                rx.el.div(wallet_number(wallet), class_name="sf-wallet", custom_attrs={"data-wallet": wallet["key"]}),
            ),
        ),
        ui.sent_form(
            Tracking,
            Tracking.send_trx_id,
            rx.el.div(
                field("trx", "trx_id", id="transaction_id", error=Tracking.errors["transaction_id"],
                      hint=_of_chosen("hint"), auto_complete="off",
                      auto_capitalize="characters", spell_check=False,
                      max_length=80),
                field("sender", "sender", error=Tracking.errors["sender"],
                      optional=True, type="tel",
                      input_mode="tel", auto_complete="off", max_length=40),
                class_name="sf-pair",
            ),
            submit(say("send_trx"), Tracking.pending & (Tracking.step == "send_trx_id"), icon_name="send", solid=True),
            plain=True,
            no_validate=True,
            key=Tracking.order["claim"],
        ),
    )  # fmt: skip


def _of_chosen(name: str) -> rx.Component:
    """What is said of the wallet, or the account, that is chosen."""
    return rx.foreach(
        Tracking.wallets, lambda wallet: rx.cond(wallet["key"] == Tracking.wallet, rx.fragment(wallet[name]))
    )


def _wallet_choice() -> rx.Component:
    def choice(wallet: rx.Var[dict[str, str]]) -> rx.Component:
        return rx.el.label(
            rx.el.input(
                type="radio",
                name="wallet",
                value=wallet["key"],
                default_checked=Tracking.wallet == wallet["key"],
                on_change=lambda _value: Tracking.choose_wallet(wallet["key"]),
                class_name="dk-hidden",
            ),
            rx.el.span(wallet["label"], class_name="sf-choice-name"),
            class_name="sf-choice",
        )

    return rx.el.fieldset(
        rx.el.legend(say("wallet"), class_name="sf-label"),
        rx.el.div(rx.foreach(Tracking.wallets, choice), class_name="sf-choices"),
    )
