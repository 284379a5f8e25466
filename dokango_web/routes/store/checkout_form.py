"""The checkout as plain HTML: the cart, and one form for who, where and how it is paid."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field

from dokango.db import Tx
from dokango.language import said_amount, said_digits, say
from dokango.orders.advances.asking import asking_of
from dokango.orders.placing.cart import Cart, CartLine, price_cart
from dokango.orders.placing.ways_to_pay import Bill, advance_wallets, charges_words, offers
from dokango.people.districts import known_district
from dokango.shop.profile import Profile, load_profile
from dokango.shop.text import shop_words
from dokango_web.routes.store.fields import area_field, button, chooser, district_field, hidden, notice
from dokango_web.routes.store.fields import field as text_field
from dokango_web.routes.store.first_page import FirstPage, frame
from dokango_web.routes.store.html import Html, el
from state.store.cart import line_words


@dataclass(frozen=True, slots=True)
class Told:
    """A form as it came back: what was typed into it, and what stands against it; and what is said of the cart.

    `phone`: whose record counts, once an order of theirs was about to be placed; what is typed alone asks nobody's.
    """

    typed: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    wrong: str = ""
    cart: str = ""
    phone: str = ""


def checkout_form(tx: Tx, wanted: dict[str, int], told: Told, locale: str, status: int) -> FirstPage:
    """The page for the cart `wanted`, as it is answered with `status`."""
    profile = load_profile(tx)
    shop, cart = shop_words(profile, locale), price_cart(tx, wanted)
    bill = _bill(tx, profile, cart, told)
    ways = offers(profile, bill, locale)
    advance_poisha = bill.advance_poisha(profile, told.typed.get("method", ""))
    wallets = advance_wallets(profile, advance_poisha, locale)
    title = el("h1", say("checkout", locale), class_="sf-title")
    if not cart.lines:
        inside = el("div") if told.cart else _empty(locale)
    elif not ways:
        inside = el("div", _items(cart, locale), el("p", say("pay.none", locale), class_="sf-notice", role="alert"))
    else:
        form = el(
            "form", _idempotency_key(told),
            hidden("shown", str(cart.subtotal_poisha)), hidden("advance", str(advance_poisha)),
            el("div", _who(told, locale), _where(told, locale), _how_to_pay(ways, wallets, told, locale),
               class_="sf-stack"),
            _summary(cart, charges_words(profile, locale), told, locale),
            method="post", action="/checkout", novalidate="", class_="sf-checkout", data_draft="dokango_draft",
        )  # fmt: skip
        inside = el("div", _items(cart, locale), form, class_="sf-stack")
    return FirstPage(
        f"{say('checkout', locale)} · {shop['name']}", frame(locale, shop, title, notice(told.cart), inside), locale,
        status=status, index=False, route="checkout", headers={"cache-control": "no-store"},
    )  # fmt: skip


def _idempotency_key(told: Told) -> Html:
    """What makes the form place one order; the live page, should it come before the answer, asks by the same."""
    key = told.typed.get("key") or secrets.token_urlsafe(16)
    return el("input", type="hidden", name="key", value=key, data_keep="dokango_checkout")


def _empty(locale: str) -> Html:
    return el(
        "div",
        el("p", say("cart_empty.title", locale), class_="sf-empty-title"),
        el("p", say("cart_empty.next", locale)),
        el("a", say("to_shop", locale), href="/", class_="sf-button sf-solid"),
        class_="sf-empty",
    )


def _items(cart: Cart, locale: str) -> Html:
    return el(
        "section",
        el("h2", say("your_items", locale), class_="sf-h2"),
        el("ul", *[_item(line, locale) for line in cart.lines], class_="sf-lines"),
        class_="sf-panel",
    )


def _item(line: CartLine, locale: str) -> Html:
    words = line_words(line, locale)
    look = "sf-picture sf-picture-line"
    return el(
        "li",
        el("img", src=words["image"], alt="", loading="lazy", class_=look)
        if words["image"]
        else el("span", class_=look),
        el(
            "div",
            el("a", words["title"], href=f"/p/{words['slug']}", class_="sf-line-title")
            if words["slug"]
            else el("span", words["title"], class_="sf-line-title"),
            el("span", words["variant"], class_="sf-soft-text") if words["variant"] else None,
            el("span", f"{say('quantity', locale)} {words['quantity']}", class_="sf-soft-text"),
            el("p", words["trouble"], class_="sf-error", role="alert") if words["trouble"] else None,
            class_="sf-line-words",
        ),
        el("span", words["amount"], class_="sf-line-amount"),
        el(
            "form",
            hidden("sku", line.sku),
            *[_by(by, say(key, locale), words["title"]) for by, key in (("-1", "fewer"), ("1", "one_more"))],
            _by("0", say("remove", locale), words["title"]),
            method="post",
            action="/cart/change",
            class_="sf-line-acts",
        ),
        class_="sf-line",
    )


def _by(by: str, words: str, title: str) -> Html:
    spoken = el("span", f" {title}", class_="dk-hidden")
    return el("button", words, spoken, type="submit", name="by", value=by, class_="sf-quiet")


def _who(told: Told, locale: str) -> Html:
    def line(label: str, **more: str | bool) -> Html:
        return text_field(label, label, locale, value=told.typed.get(label, ""), error=told.errors.get(label, ""),
                          **more)  # type: ignore[arg-type]  # fmt: skip

    return _panel(
        "you", locale,
        line("name", autocomplete="name", maxlength="100"),
        line("phone", hint=say("phone.hint", locale), type="tel", inputmode="tel", autocomplete="tel", maxlength="40"),
        line("email", hint=say("email.hint", locale), optional=True, type="email", autocomplete="email",
             maxlength="200"),
    )  # fmt: skip


def _where(told: Told, locale: str) -> Html:
    typed, errors = told.typed, told.errors
    return _panel(
        "where", locale,
        district_field(locale, value=typed.get("district", ""), error=errors.get("district", ""),
                       data_keep="dokango_district"),
        text_field("area", "area", locale, value=typed.get("area", ""), error=errors.get("area", ""), optional=True,
                   maxlength="100"),
        area_field("address", "line", locale, value=typed.get("line", ""), error=errors.get("line", ""),
                   hint=say("address.hint", locale), rows="2", maxlength="400"),
        area_field("note", "note", locale, value=typed.get("note", ""), error=errors.get("note", ""), optional=True,
                   rows="2", maxlength="1000"),
    )  # fmt: skip


def _bill(tx: Tx, profile: Profile, cart: Cart, told: Told) -> Bill:
    """What the order comes to, as far as the form that came back says where it goes and who orders."""
    district = known_district(told.typed.get("district", "")) or ""
    delivery_poisha = profile.delivery_poisha(district) if district else 0
    asking = asking_of(tx, [line.sku for line in cart.lines], told.phone)
    return Bill(cart.subtotal_poisha + delivery_poisha, delivery_poisha, district, asking)


def _how_to_pay(ways: list[dict[str, str]], wallets: list[dict[str, str]], told: Told, locale: str) -> Html:
    only = ways[0]["key"] if len(ways) == 1 else ""
    chosen = told.typed.get("method", "") or only
    paid_before = any(way["wallet"] for way in ways)
    return el(
        "fieldset",
        el("legend", say("pay", locale), class_="sf-h2"),
        el("div", *[_way(way, way["key"] == chosen) for way in ways], class_="sf-offers"),
        el("p", told.errors.get("method", ""), class_="sf-error", role="alert"),
        el("p", say("pay.send_later", locale), class_="sf-hint") if paid_before else None,
        _advance_by(wallets, told, locale) if wallets else None,
        *(_trx_fields(told, locale) if paid_before else ()),
        class_="sf-panel",
    )


def _way(way: Mapping[str, str], chosen: bool) -> Html:
    """One way to pay. What to send is said on the order's page: before the district is known nobody knows it."""
    radio = el("input", type="radio", name="method", value=way["key"], checked="" if chosen else None,
               data_keep="dokango_method")  # fmt: skip
    number = el("span", way["number"], class_="sf-code") if way["number"] else None
    return el(
        "div",
        el("label", radio, el("span", way["label"], class_="sf-offer-name"), class_="sf-offer-label"),
        el("p", number, f" {way['how']}", class_="sf-offer-how"),
        el("p", way["keeps"], class_="sf-hint") if way["keeps"] else None,
        class_="sf-offer",
    )


def _advance_by(wallets: list[dict[str, str]], told: Told, locale: str) -> Html:
    """By which wallet what is asked in advance is sent."""
    chosen = told.typed.get("advance_by", "")
    choices = [(way["key"], way["label"]) for way in wallets]
    return el(
        "div",
        el("p", wallets[0]["send"], class_="sf-hint"),
        chooser("advance_by", say("advance.by", locale), choices, chosen),
        el("p", told.errors.get("advance_by", ""), class_="sf-error", role="alert"),
    )


def _trx_fields(told: Told, locale: str) -> tuple[Html, Html]:
    typed, errors = told.typed, told.errors
    return (
        text_field("trx", "trx_id", locale, value=typed.get("trx_id", ""), error=errors.get("trx_id", ""),
                   hint=say("trx.hint", locale), optional=True, autocomplete="off", maxlength="80"),
        text_field("sender", "sender", locale, value=typed.get("sender", ""), error=errors.get("sender", ""),
                   optional=True, type="tel", inputmode="tel", autocomplete="off", maxlength="40"),
    )  # fmt: skip


def _summary(cart: Cart, charges: str, told: Told, locale: str) -> Html:
    count = said_digits(sum(line.quantity for line in cart.lines), locale)
    return el(
        "section",
        el("h2", say("sum", locale), class_="sf-h2"),
        el(
            "dl",
            _sum(f"{say('subtotal', locale)} ({count})", said_amount(cart.subtotal_poisha, locale)),
            _sum(say("delivery", locale), say("delivery.pick", locale)),
            class_="sf-sums",
        ),
        el("p", charges, class_="sf-hint"),
        notice(told.wrong),
        button(say("place", locale)),
        class_="sf-panel sf-summary",
    )


def _sum(label: str, amount: str) -> Html:
    return el("div", el("dt", label), el("dd", amount), class_="sf-sum")


def _panel(title: str, locale: str, *inside: Html) -> Html:
    return el("section", el("h2", say(title, locale), class_="sf-h2"), *inside, class_="sf-panel")
