"""The frame of every customer page: the shop's name, the cart, the language, and how to reach the shop."""

from __future__ import annotations

from typing import Any

import reflex as rx
from reflex_components_core.core.banner import has_connection_errors
from reflex_components_core.react_router import ReactRouterLink

from components.store.document_language import document_language
from components.ui.native import skip_link
from dokango.language import words
from state.kit.language import LanguageState
from state.store.cart import CartState
from state.store.storefront import ShopState

Text = str | rx.Var[str]
BANGLA = LanguageState.locale == "bn"
SCRIPT = "/storefront.js"


def say(key: str) -> rx.Var[str]:
    """A sentence of the catalogue without names to fill, in the visitor's language, switched in the browser."""
    english, bangla = words(key)
    return rx.cond(BANGLA, bangla, english)


def go(*children: Any, to: Text, **props: Any) -> rx.Component:
    """A link within the site: no page load, and a plain link to a browser without JavaScript."""
    return ReactRouterLink.create(*children, to=to, **props)


def icon(name: str, size: int = 18) -> rx.Component:
    """A picture beside words that say the same."""
    return rx.icon(name, size=size, aria_hidden="true")


def store_page(*content: Any, ready: Any, reload: Any, home: bool = False) -> rx.Component:
    """A customer page. `ready` is true once its state is loaded; `reload` follows a switch of the language."""
    return rx.el.div(
        document_language(rx.cond(BANGLA, "bn", "en")),
        rx.el.script(src=SCRIPT, async_=True),
        skip_link(say("skip"), "content", class_name="sf-skip"),
        rx.el.div(
            rx.cond(has_connection_errors, rx.el.div(icon("wifi-off", 16), say("offline"), class_name="sf-offline")),
            role="status",
        ),
        _header(reload, home),
        rx.el.main(
            *content,
            id="content",
            tab_index=-1,
            class_name="sf-main",
            custom_attrs={"data-ready": rx.cond(ready, "1", "")},
        ),
        _footer(),
        class_name="sf",
        lang=rx.cond(BANGLA, "bn", "en"),
    )


def _header(reload: Any, home: bool) -> rx.Component:
    name = rx.cond(ShopState.shop["name"] != "", ShopState.shop["name"], " ")
    brand = go(name, to="/", class_name="sf-brand")
    return rx.el.header(
        rx.el.div(
            rx.el.h1(brand, class_name="sf-brand-line") if home else brand,
            rx.el.div(language_switch(reload), cart_link(), class_name="sf-header-right"),
            class_name="sf-header-inner",
        ),
        class_name="sf-header",
    )


def language_switch(reload: Any) -> rx.Component:
    """The other language, by its own name."""
    return rx.el.button(
        rx.cond(BANGLA, rx.el.span("English", lang="en"), rx.el.span("বাংলা", lang="bn")),
        type="button",
        on_click=[LanguageState.choose(rx.cond(BANGLA, "en", "bn")), reload],
        class_name="sf-quiet",
        id="language",
    )


def cart_link() -> rx.Component:
    """The cart with its count; the count is spoken when it changes."""
    count = count_words(CartState.count)
    return go(
        icon("shopping-bag", 22),
        rx.el.span(say("cart"), class_name="sf-cart-word"),
        rx.cond(CartState.count > 0, rx.el.span(count, class_name="sf-count", aria_hidden="true")),
        rx.el.span(count, " ", say("cart.count"), class_name="dk-hidden", role="status"),
        to="/checkout",
        class_name="sf-cart",
    )


def count_words(number: rx.Var[int]) -> rx.Var[str]:
    """A count in the reader's digits, written in the browser."""
    digits = f"String({number!s}).replace(/[0-9]/g, (d) => '০১২৩৪৫৬৭৮৯'[d])"
    bangla = rx.Var(digits, _var_data=number._get_all_var_data()).to(str)
    return rx.cond(BANGLA, bangla, number.to_string())


def _footer() -> rx.Component:
    shop = ShopState.shop
    return rx.el.footer(
        rx.el.div(
            rx.cond(shop["about"] != "", rx.el.p(shop["about"], class_name="sf-about")),
            rx.cond(shop["address"] != "", rx.el.p(icon("map-pin", 16), shop["address"], class_name="sf-inline")),
            contact(),
            rx.el.p(
                go(say("track.link"), to="/track"),
                rx.el.a(say("staff"), href="/sign-in"),
                class_name="sf-foot-links",
            ),
            class_name="sf-footer-inner",
        ),
        class_name="sf-footer",
    )


def contact(whatsapp: Any = None) -> rx.Component:
    """Call and WhatsApp; `whatsapp` is another link there, with words already in it."""
    shop = ShopState.shop
    link = rx.cond(shop["whatsapp"] != "", "https://wa.me/" + shop["whatsapp"], "") if whatsapp is None else whatsapp
    return rx.el.div(
        rx.cond(
            shop["call"] != "",
            rx.el.a(icon("phone"), say("call"), " ", rx.el.bdi(shop["phone"]), href="tel:" + shop["call"],
                    class_name="sf-button"),
        ),
        rx.cond(
            link != "",
            rx.el.a(icon("message-circle"), say("whatsapp"), href=link, target="_blank", rel="noopener noreferrer",
                    class_name="sf-button"),
        ),
        class_name="sf-contact",
    )  # fmt: skip


def picture(source: Text, size: str = "card") -> rx.Component:
    """A product's picture, or a plain field where there is none; its title stands beside it."""
    return rx.cond(
        rx.Var.create(source) != "",
        rx.el.img(src=source, alt="", loading="lazy", decoding="async", class_name=f"sf-picture sf-picture-{size}"),
        rx.el.span(icon("image", 28), class_name=f"sf-picture sf-picture-{size} sf-no-picture"),
    )


def copy(what: rx.Var[str], text: Text | None = None) -> rx.Component:
    """Copies `text`, or the page's own link, in the browser (assets/storefront.js); `what` says what it copies."""
    source = {"data-copy-link": ""} if text is None else {"data-copy-text": text}
    return rx.el.button(
        icon("copy", 16),
        rx.el.span(say("copy"), class_name="sf-copy-word"),
        rx.el.span(" ", what, class_name="dk-hidden"),
        type="button",
        class_name="sf-copy",
        custom_attrs={**source, "data-copied": say("copied")},
    )


def nothing_here(title: rx.Var[str], what_next: rx.Var[str], *actions: rx.Component) -> rx.Component:
    """An empty page: what is missing, and where to go."""
    return rx.el.div(
        rx.el.p(title, class_name="sf-empty-title"),
        rx.el.p(what_next),
        rx.el.div(*actions, class_name="sf-contact"),
        class_name="sf-empty",
    )


def folded(words: str, icon_name: str, *content: rx.Component) -> rx.Component:
    """Opens on a press, in the browser alone; `words` is a key of the catalogue."""
    return rx.el.details(
        rx.el.summary(icon(icon_name), say(words), class_name="sf-summary-line"),
        rx.el.div(*content, class_name="sf-folded"),
        class_name="sf-details",
    )
