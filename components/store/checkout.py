"""Cart and checkout on one page: items, who, where, how to pay, and what it comes to."""

from __future__ import annotations

import reflex as rx

from components import ui
from components.store.fields import area_field, choice_field, district_field, field, submit
from components.store.frame import copy, go, icon, nothing_here, picture, say
from components.store.products import quantity
from state.store.cart import CartState
from state.store.checkout import CheckoutState as Checkout


def checkout() -> rx.Component:
    """The whole page: the form, or what to do with an empty cart."""
    return rx.cond(
        Checkout.loaded,
        rx.cond(
            CartState.lines.length() > 0,
            rx.cond(
                Checkout.offers.length() > 0,
                _form(),
                rx.el.div(_items(), rx.el.p(say("pay.none"), class_name="sf-notice", role="alert")),
            ),
            nothing_here(
                say("cart_empty.title"),
                say("cart_empty.next"),
                go(say("to_shop"), to="/", class_name="sf-button sf-solid"),
            ),
        ),
        rx.el.p(say("loading"), role="status"),
    )


def _form() -> rx.Component:
    return ui.sent_form(
        Checkout,
        Checkout.place,
        rx.el.input(type="hidden", name="shown", value=Checkout.shown, read_only=True),
        rx.el.input(type="hidden", name="advance", value=Checkout.advance, read_only=True),
        rx.el.div(_items(), _who(), _where(), _how_to_pay(), class_name="sf-stack"),
        _summary(),
        plain=True,
        no_validate=True,
        class_name="sf-checkout",
        custom_attrs={"data-draft": "dokango_draft"},
    )


def _items() -> rx.Component:
    return rx.el.section(
        rx.el.h2(say("your_items"), class_name="sf-h2"),
        rx.el.ul(rx.foreach(CartState.lines, _item), class_name="sf-lines"),
        class_name="sf-panel",
    )


def _item(line: rx.Var[dict[str, str]]) -> rx.Component:
    return rx.el.li(
        picture(line["image"], "line"),
        rx.el.div(
            rx.cond(
                line["slug"] != "",
                go(line["title"], to="/p/" + line["slug"], class_name="sf-line-title"),
                rx.el.span(line["title"], class_name="sf-line-title"),
            ),
            rx.cond(line["variant"] != "", rx.el.span(line["variant"], class_name="sf-soft-text")),
            rx.cond(line["each"] != "", rx.el.span(line["each"], class_name="sf-soft-text")),
            rx.cond(
                line["trouble"] != "",
                rx.el.p(icon("triangle-alert", 16), line["trouble"], class_name="sf-error", role="alert"),
            ),
            class_name="sf-line-words",
        ),
        rx.el.span(line["amount"], class_name="sf-line-amount"),
        rx.el.div(
            quantity(
                line["quantity"],
                Checkout.change(line["sku"], -1),
                Checkout.change(line["sku"], 1),
                of=line["title"],
            ),
            rx.el.button(
                icon("trash-2"),
                rx.el.span(say("remove")),
                rx.el.span(" ", line["title"], class_name="dk-hidden"),
                type="button",
                on_click=Checkout.remove(line["sku"]),
                class_name="sf-quiet",
            ),
            class_name="sf-line-acts",
        ),
        class_name="sf-line",
    )


def _who() -> rx.Component:
    errors = Checkout.errors
    return _panel(
        "details",
        "you",
        field("name", "name", error=errors["name"], auto_complete="name", max_length=100),
        field("phone", "phone", error=errors["phone"], hint="phone.hint", type="tel", input_mode="tel",
              auto_complete="tel", max_length=40),
        field("email", "email", error=errors["email"], hint="email.hint", optional=True, type="email",
              auto_complete="email", max_length=200),
    )  # fmt: skip


def _where() -> rx.Component:
    errors = Checkout.errors
    return _panel(
        "delivery",
        "where",
        district_field(
            "district", error=errors["district"], default_value=Checkout.district, on_change=Checkout.choose_district
        ),
        field("area", "area", error=errors["area"], optional=True, auto_complete="address-level2",
              max_length=100),
        area_field("address", "line", error=errors["line"], hint="address.hint", rows="2",
                   auto_complete="street-address", max_length=400),
        area_field("note", "note", error=errors["note"], optional=True, rows="2", max_length=1000),
    )  # fmt: skip


def _how_to_pay() -> rx.Component:
    return rx.el.fieldset(
        rx.el.legend(say("pay"), class_name="sf-h2"),
        rx.el.div(rx.foreach(Checkout.offers, _offer), class_name="sf-offers"),
        rx.el.p(
            rx.cond(
                Checkout.errors["method"] != "",
                rx.fragment(icon("circle-alert", 16), rx.el.span(Checkout.errors["method"])),
            ),
            class_name="sf-error",
            role="alert",
        ),
        class_name="sf-panel",
    )


def _offer(offer: rx.Var[dict[str, str]]) -> rx.Component:
    chosen = Checkout.method == offer["key"]
    return rx.el.div(
        rx.el.label(
            rx.el.input(
                type="radio",
                name="method",
                value=offer["key"],
                default_checked=chosen,
                on_change=lambda _value: Checkout.choose_method(offer["key"]),
            ),
            rx.el.span(offer["label"], class_name="sf-offer-name"),
            class_name="sf-offer-label",
        ),
        rx.cond(
            chosen, rx.cond(offer["wallet"] != "", _wallet(offer), rx.el.p(offer["how"], class_name="sf-offer-how"))
        ),
        rx.cond(chosen & (offer["asks"] != ""), _advance(offer)),
        rx.cond(chosen & (offer["keeps"] != ""), rx.el.p(offer["keeps"], class_name="sf-hint")),
        class_name="sf-offer",
        custom_attrs={"data-wallet": offer["key"]},
    )


def _advance(offer: rx.Var[dict[str, str]]) -> rx.Component:
    """Where what is asked in advance goes to, and its TrxID."""
    errors = Checkout.errors
    return rx.el.div(
        rx.foreach(Checkout.wallets, _advance_wallet),
        rx.el.p(say("pay.send_later"), class_name="sf-hint"),
        choice_field("advance.by", "advance_by", Checkout.wallets, error=errors["advance_by"]),
        rx.el.div(
            field("trx", "trx_id", error=errors["trx_id"], hint=offer["hint"], optional=True, auto_complete="off",
                  auto_capitalize="characters", spell_check=False, max_length=80),
            field("sender", "sender", error=errors["sender"], optional=True, type="tel", input_mode="tel",
                  auto_complete="off", max_length=40),
            class_name="sf-pair",
        ),
        class_name="sf-offer-how",
    )  # fmt: skip


def _advance_wallet(way: rx.Var[dict[str, str]]) -> rx.Component:
    return rx.el.div(rx.el.p(rx.el.strong(way["label"])), wallet_number(way))


def _wallet(offer: rx.Var[dict[str, str]]) -> rx.Component:
    errors = Checkout.errors
    return rx.el.div(
        wallet_number(offer),
        rx.el.p(say("pay.send_later"), class_name="sf-hint"),
        rx.el.div(
            field("trx", "trx_id", error=errors["trx_id"], hint=offer["hint"], optional=True,
                  auto_complete="off",
                  auto_capitalize="characters", spell_check=False, max_length=80),
            field("sender", "sender", error=errors["sender"], optional=True, type="tel", input_mode="tel",
                  auto_complete="off", max_length=40),
            class_name="sf-pair",
        ),
        class_name="sf-offer-how",
    )  # fmt: skip


def wallet_number(wallet: rx.Var[dict[str, str]]) -> rx.Component:
    """The shop's number at a wallet with a copy button, and how to send there."""
    return rx.fragment(
        rx.el.p(wallet["send"]),
        rx.el.p(rx.el.span(wallet["number"], class_name="sf-code"), copy(say("phone"), wallet["number"])),
        rx.el.p(wallet["how"], class_name="sf-soft-text"),
        rx.cond(wallet["more"] != "", rx.el.p(wallet["more"], class_name="sf-description")),
    )


def _summary() -> rx.Component:
    return rx.el.section(
        rx.el.h2(say("sum"), class_name="sf-h2"),
        rx.el.dl(
            _sum(say("subtotal"), CartState.subtotal),
            _sum(
                say("delivery"),
                rx.cond(
                    Checkout.delivery != "",
                    Checkout.delivery,
                    rx.el.span(say("delivery.pick"), class_name="sf-soft-text"),
                ),
            ),
            rx.el.div(rx.el.dt(say("total")), rx.el.dd(Checkout.total), class_name="sf-sum sf-sum-strong"),
            rx.cond(
                Checkout.advance_said != "",
                rx.fragment(
                    _sum(say("advance.now"), Checkout.advance_said), _sum(say("advance.rest"), Checkout.rest)
                ),
            ),
            class_name="sf-sums",
            aria_live="polite",
        ),
        rx.el.p(rx.cond(Checkout.days != "", Checkout.days, Checkout.charges), class_name="sf-hint"),
        rx.el.div(rx.cond(Checkout.failure != "", rx.el.p(Checkout.failure, class_name="sf-notice")), role="alert"),
        submit(rx.fragment(say("place"), " · ", Checkout.total), Checkout.pending, icon_name="check", solid=True),
        class_name="sf-panel sf-summary",
    )  # fmt: skip


def _sum(label: rx.Var[str], amount: rx.Var[str] | rx.Component) -> rx.Component:
    return rx.el.div(rx.el.dt(label), rx.el.dd(amount), class_name="sf-sum")


def _panel(name: str, title: str, *content: rx.Component) -> rx.Component:
    return rx.el.section(rx.el.h2(say(title), class_name="sf-h2"), *content, id=name, class_name="sf-panel")
