"""The shelf and the product: cards, search, and choosing a variant."""

from __future__ import annotations

import reflex as rx

from components.store.frame import contact, count_words, go, icon, nothing_here, picture, say
from components.ui.lists.pager import pager
from state.store.storefront import ProductState, StorefrontState

_KINDS = (("out", "sf-badge sf-badge-out"), ("few", "sf-badge sf-badge-few"), ("sale", "sf-badge sf-badge-sale"))


def search_form() -> rx.Component:
    """A native form: the search is in the URL, and works before JavaScript has run."""
    return rx.el.form(
        rx.el.label(say("search"), html_for="q", class_name="dk-hidden"),
        rx.el.input(
            id="q",
            name="q",
            type="search",
            max_length=80,
            default_value=StorefrontState.typed,
            key=StorefrontState.typed,
            placeholder=say("search"),
            class_name="sf-input",
        ),
        rx.el.button(icon("search", 20), rx.el.span(say("search.go"), class_name="dk-hidden"), type="submit",
                     class_name="sf-button sf-square"),
        on_submit=StorefrontState.search,
        role="search",
        class_name="sf-search",
    )  # fmt: skip


def category_links() -> rx.Component:
    """All, and each category that has something in it."""
    return rx.cond(
        StorefrontState.categories.length() > 1,
        rx.el.nav(
            _chip(say("all"), "/", StorefrontState.category == ""),
            rx.foreach(
                StorefrontState.categories,
                lambda one: _chip(
                    one["words"], "/?category=" + _encoded(one["name"]), StorefrontState.category == one["name"]
                ),
            ),
            class_name="sf-chips",
            aria_label=say("products"),
        ),
    )


def shelf() -> rx.Component:
    """The products; skeletons before the first load; what to do when there are none."""
    searched = (StorefrontState.typed != "") | (StorefrontState.category != "")
    empty = rx.cond(
        searched,
        nothing_here(say("none.title"), say("none.next"), go(say("all"), to="/", class_name="sf-button")),
        nothing_here(say("empty.title"), say("empty.next"), contact()),
    )
    return rx.el.section(
        rx.el.h2(say("products"), class_name="dk-hidden"),
        rx.cond(
            StorefrontState.loaded,
            rx.cond(
                StorefrontState.cards.length() > 0,
                rx.el.ul(rx.foreach(StorefrontState.cards, product_card), class_name="sf-grid"),
                empty,
            ),
            _skeletons(),
        ),
        pager(
            StorefrontState.previous_url,
            StorefrontState.next_url,
            previous_word=say("page.previous"),
            next_word=say("page.next"),
            label=say("pages"),
            look="sf-button",
        ),
    )


def product_card(card: rx.Var[dict[str, str]]) -> rx.Component:
    """One product; all of it is the link."""
    return rx.el.li(
        go(
            picture(card["image"]),
            rx.el.h3(card["title"], class_name="sf-card-title"),
            rx.el.p(card["price"], class_name="sf-price"),
            rx.cond(
                card["badge"] != "", rx.el.span(card["badge"], class_name=rx.match(card["kind"], *_KINDS, "sf-badge"))
            ),
            to="/p/" + card["slug"],
            class_name="sf-card",
        ),
    )


def product() -> rx.Component:
    """The product page's middle."""
    return rx.cond(
        ProductState.loaded,
        rx.cond(
            ProductState.found,
            rx.el.div(_pictures(), _buying(), class_name="sf-product"),
            nothing_here(say("gone.title"), say("gone.next"), go(say("all"), to="/", class_name="sf-button")),
        ),
        rx.el.div(
            rx.el.div(class_name="sf-picture sf-picture-large dk-skeleton"),
            rx.el.div(rx.el.p(say("loading"), role="status"), class_name="sf-buying"),
            class_name="sf-product",
        ),
    )


def _pictures() -> rx.Component:
    def choice(source: rx.Var[str], position: rx.Var[int]) -> rx.Component:
        return rx.el.button(
            picture(source, "thumb"),
            rx.el.span(say("picture"), " ", count_words(position + 1), class_name="dk-hidden"),
            type="button",
            on_click=ProductState.look_at(source),
            aria_pressed=rx.cond(ProductState.image == source, "true", "false"),
            class_name="sf-thumb",
        )

    more = rx.foreach(ProductState.images, choice)
    return rx.el.div(
        picture(ProductState.image, "large"),
        rx.cond(ProductState.images.length() > 1, rx.el.div(more, class_name="sf-thumbs")),
        class_name="sf-pictures",
    )


def _buying() -> rx.Component:
    kinds = (("out", "sf-stock sf-stock-out"), ("few", "sf-stock sf-stock-few"))
    signs = (("out", icon("circle-x", 16)), ("few", icon("flame", 16)))
    return rx.el.div(
        rx.el.h1(ProductState.product["title"], class_name="sf-title"),
        rx.el.p(
            rx.el.span(ProductState.price, class_name="sf-price sf-price-large"),
            rx.cond(ProductState.was != "", rx.el.s(ProductState.was, class_name="sf-was")),
            aria_live="polite",
        ),
        rx.el.p(
            rx.match(ProductState.stock_kind, *signs, icon("circle-check", 16)),
            ProductState.stock,
            class_name=rx.match(ProductState.stock_kind, *kinds, "sf-stock"),
            aria_live="polite",
        ),
        rx.cond(ProductState.variants.length() > 1, _variants()),
        _quantity_and_add(),
        rx.cond(
            ProductState.product["description"] != "",
            rx.el.section(
                rx.el.h2(say("about_product"), class_name="sf-h2"),
                rx.el.p(ProductState.product["description"], class_name="sf-description"),
            ),
        ),
        class_name="sf-buying",
    )


def _variants() -> rx.Component:
    def choice(variant: rx.Var[dict[str, str]]) -> rx.Component:
        return rx.el.label(
            rx.el.input(
                type="radio",
                name="variant",
                value=variant["sku"],
                default_checked=ProductState.sku == variant["sku"],
                on_change=lambda _value: ProductState.choose(variant["sku"]),
                class_name="dk-hidden",
            ),
            rx.el.span(variant["title"], class_name="sf-choice-name"),
            rx.el.span(
                variant["price"],
                rx.cond(variant["stock_kind"] != "good", rx.fragment(" · ", variant["stock"])),
                class_name="sf-choice-more",
            ),
            class_name=rx.cond(variant["stock_kind"] == "out", "sf-choice sf-choice-out", "sf-choice"),
            key=variant["sku"],
        )

    return rx.el.fieldset(
        rx.el.legend(say("choose"), class_name="sf-label"),
        rx.el.div(rx.foreach(ProductState.variants, choice), class_name="sf-choices"),
    )


def _quantity_and_add() -> rx.Component:
    return rx.el.div(
        quantity(count_words(ProductState.quantity), ProductState.step(-1), ProductState.step(1)),
        rx.el.button(
            icon("shopping-bag"),
            rx.cond(ProductState.can_add, say("add"), say("sold_out")),
            type="button",
            on_click=ProductState.add,
            disabled=~ProductState.can_add,
            class_name="sf-button sf-solid sf-grow",
        ),
        rx.el.div(rx.cond(ProductState.added != "", _added()), role="status", class_name="sf-grow"),
        class_name="sf-add",
    )


def _added() -> rx.Component:
    """What was put into the cart, and where to go with it."""
    return rx.el.div(
        rx.el.p(icon("circle-check", 16), ProductState.added, class_name="sf-inline"),
        rx.el.p(
            go(say("see_cart"), to="/checkout", class_name="sf-button"),
            go(say("go_checkout"), icon("arrow-right"), to="/checkout#details", class_name="sf-button sf-solid"),
            class_name="sf-contact",
        ),
        class_name="sf-added",
    )


def quantity(count: rx.Var[str], fewer: object, more: object, of: rx.Var[str] | str = "") -> rx.Component:
    """One fewer, how many, one more; `of` names the thing to a screen reader."""
    return rx.el.div(
        rx.el.button(icon("minus"), rx.el.span(say("fewer"), " ", of, class_name="dk-hidden"), type="button",
                     on_click=fewer, class_name="sf-button sf-square"),
        rx.el.span(rx.el.span(say("quantity"), " ", class_name="dk-hidden"), count, class_name="sf-quantity",
                   role="status"),
        rx.el.button(icon("plus"), rx.el.span(say("one_more"), " ", of, class_name="dk-hidden"), type="button",
                     on_click=more, class_name="sf-button sf-square"),
        class_name="sf-stepper",
    )  # fmt: skip


def _chip(words: rx.Var[str] | str, to: rx.Var[str] | str, here: rx.Var[bool]) -> rx.Component:
    return go(words, to=to, class_name="sf-chip", custom_attrs={"aria-current": rx.cond(here, "page", "false")})


def _encoded(name: rx.Var[str]) -> rx.Var[str]:
    return rx.Var(f"encodeURIComponent({name!s})", _var_data=name._get_all_var_data()).to(str)


def _skeletons() -> rx.Component:
    ghost = rx.el.li(
        rx.el.div(
            rx.el.span(class_name="sf-picture sf-picture-card dk-skeleton"),
            rx.el.span(class_name="dk-skeleton sf-ghost"),
            class_name="sf-card",
        ),
    )
    return rx.el.div(
        rx.el.p(say("loading"), class_name="dk-hidden", role="status"),
        rx.el.ul(*[ghost] * 8, class_name="sf-grid", aria_hidden="true"),
    )
