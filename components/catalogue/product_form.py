"""One product as a form: its words, its variants as lines, and its pictures."""

from __future__ import annotations

from typing import Any

import reflex as rx

from components import ui
from dokango.people.permissions import Permission
from state.catalogue.product import ProductState as S
from state.kit.session import SessionState


def product_form() -> rx.Component:
    """The product and its variants, saved together."""
    return ui.sent_form(
        S,
        S.save,
        ui.form_error(S.failure),
        _the_product(),
        ui.card(
            rx.el.div(rx.foreach(S.lines, _line), class_name="sh-lines"),
            rx.el.div(
                ui.action_button("Add a variant", S.add_line, variant="soft", icon="plus", colour="gray"),
            ),
            title="Variants",
        ),
        rx.el.div(
            ui.link_button("Back", "/products", colour="gray"),
            ui.action_button(
                rx.cond(S.product_id == "", "Add product", "Save"), submit=True, variant="solid", pending=S.pending
            ),
            class_name="sh-save",
        ),
        custom_attrs={"noValidate": True},
    )


def _the_product() -> rx.Component:
    return ui.card(
        ui.beside(
            _field("Title", "title", required=True, max_length=200, on_change=S.suggest.debounce(300)),
            _field("Title in Bangla", "title_bn", lang="bn", max_length=200),
        ),
        ui.beside(
            _field("Categories", "category", max_length=500, placeholder="Saris | Sale"),
            _field(
                "Categories in Bangla",
                "category_bn",
                lang="bn",
                max_length=500,
                placeholder="শাড়ি | ছাড়",
                hint="In the same order.",
            ),
        ),
        ui.beside(
            _area("Description", "description"),
            _area("Description in Bangla", "description_bn", lang="bn"),
        ),
        rx.cond(S.product_id == "", _first_picture()),
        ui.tick_field("Listed on the storefront", "active", default_checked=S.form["active"] == "on"),
    )


def _field(label: str, name: str, **props: Any) -> rx.Component:
    return ui.text_field(label, name, error=_wrong(name), default_value=S.form[name], **props)


def _area(label: str, name: str, **props: Any) -> rx.Component:
    return ui.text_area_field(label, name, error=_wrong(name), default_value=S.form[name], rows="4", **props)


def _first_picture() -> rx.Component:
    """The picture of a product that is not there yet: kept as it is chosen, and joined to it when it is saved."""
    return rx.el.div(
        rx.el.label("Picture", html_for="first-picture", class_name="dk-label"),
        rx.el.input(
            type="file", id="first-picture", accept="image/png,image/jpeg,image/webp", class_name="sh-file",
            custom_attrs={"data-keeps": "/upload/pictures"},
        ),
        rx.el.input(type="hidden", name="picture", default_value=""),
        rx.el.img(alt="", hidden=True, class_name="sh-first-picture"),
        rx.el.p("PNG, JPEG or WebP, 5 MB at most. More can follow.", class_name="dk-hint"),
        rx.el.p("", role="status", class_name="dk-error"),
        class_name="dk-field",
        custom_attrs={"data-picture": ""},
    )  # fmt: skip


def _wrong(name: str | rx.Var[str]) -> rx.Var[str]:
    return rx.cond(S.errors[name], S.errors[name], "")


def _line(line: rx.Var[dict[str, str]]) -> rx.Component:
    mark = line["line"]
    return rx.el.fieldset(
        rx.el.legend("Variant ", mark, class_name="dk-hidden"),
        _cell("SKU", "sku", line, required=True, max_length=120, auto_complete="off"),
        _cell("Options", "options", line, placeholder="Colour: Red, Size: M"),
        _cell("Options in Bangla", "options_bn", line, lang="bn", max_length=200, placeholder="লাল, মাঝারি"),
        _cell("Price, ৳", "price", line, input_mode="decimal"),
        _cell("Old price, ৳", "regular", line, input_mode="decimal"),
        _cell("Low at", "low", line, input_mode="numeric"),
        _cell("Weight, g", "weight", line, input_mode="numeric"),
        rx.cond(
            (line["id"] == "") & SessionState.may[Permission.RECEIVE_STOCK.value],
            rx.fragment(
                _cell("Units on the shelf", "quantity", line, input_mode="numeric", auto_complete="off"),
                _cell("Cost each, ৳", "cost", line, input_mode="decimal", auto_complete="off"),
            ),
        ),
        rx.el.div(
            _tick("Kept in stock", "tracks", line),
            _tick("Sold", "sold", line),
            rx.cond(
                line["id"] != "",
                rx.el.span("Available: ", line["available"], class_name="dk-hint"),
                rx.icon_button(
                    rx.icon("x", size=16), type="button", variant="ghost", color_scheme="gray",
                    aria_label="Take this variant out", on_click=S.drop_line(mark),
                ),
            ),
            class_name="sh-ticks",
        ),
        class_name="sh-line",
    )  # fmt: skip


def _cell(label: str, name: str, line: rx.Var[dict[str, str]], **props: Any) -> rx.Component:
    field = rx.Var.create(f"{name}-") + line["line"]
    return ui.text_field(label, field, error=_wrong(field), default_value=line[name], size="2", **props)


def _tick(label: str, name: str, line: rx.Var[dict[str, str]]) -> rx.Component:
    return ui.tick_field(label, rx.Var.create(f"{name}-") + line["line"], default_checked=line[name] == "on")


def pictures() -> rx.Component:
    """The product's pictures; a new one is sent by the browser itself."""
    return ui.card(
        rx.cond(
            S.product_id == "",
            rx.el.p("Add the product first; then more pictures can follow here.", class_name="dk-hint"),
            rx.fragment(
                rx.el.ul(rx.foreach(S.images, _picture), class_name="sh-pictures"),
                ui.plain_form(
                    rx.el.label("Add a picture", html_for="picture-file", class_name="dk-label"),
                    rx.el.input(
                        type="file", name="file", id="picture-file", accept="image/png,image/jpeg,image/webp",
                        required=True, class_name="sh-file",
                    ),
                    rx.el.p("PNG, JPEG or WebP, 5 MB at most. Save your changes first.", class_name="dk-hint"),
                    rx.el.div(rx.button("Send", type="submit", variant="outline", size="2"), class_name="sh-save"),
                    action=rx.Var.create("/upload/product-pictures/") + S.product_id,
                    enc_type="multipart/form-data",
                    class_name="dk-form",
                ),
            ),
        ),
        title="Pictures",
    )  # fmt: skip


def _picture(address: rx.Var[str], place: rx.Var[int]) -> rx.Component:
    return rx.el.li(
        ui.thumb(address, size="88px"),
        ui.more_menu(
            rx.cond(place > 0, ui.menu_item("Show first", S.put_first(address), icon="star")),
            ui.menu_item("Take out", S.drop_picture(address), icon="trash-2", danger=True),
            label="What to do with this picture",
        ),
    )
