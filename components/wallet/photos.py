"""Photos and screenshots of a wallet: shown beside what they prove, with a place for one more."""

from __future__ import annotations

import reflex as rx

from components import ui
from state.wallet.photos import PhotosState as S

_KINDS = "image/jpeg,image/png,image/webp"
Words = rx.Var[dict[str, str]]


def wallet_photos(photos: rx.Var[list[dict[str, str]]], upload: rx.Var[str], field_id: str) -> rx.Component:
    """Each photo, and the form that the browser itself sends."""
    return rx.el.div(
        rx.cond(photos.length() > 0, rx.el.ul(rx.foreach(photos, _photo), class_name="cl-photos", aria_label="Photos")),
        ui.plain_form(
            rx.el.label("A photo or a screenshot", html_for=field_id, class_name="dk-label"),
            rx.el.input(type="file", name="file", id=field_id, accept=_KINDS, required=True, class_name="sh-file"),
            rx.el.p("JPEG, PNG or WebP, 9.5 MB at most; 8 photos. What is kept stays.", class_name="dk-hint"),
            rx.el.div(rx.button("Add it", type="submit", variant="outline", size="2"), class_name="sh-save"),
            action=upload,
            enc_type="multipart/form-data",
            class_name="dk-form",
        ),
        class_name="dk-stack",
    )


def photos_dialog() -> rx.Component:
    """The photos of one line of the inbox."""
    return ui.dialog(
        "Photos beside this line",
        wallet_photos(S.photos, S.upload, "line-photo"),
        is_open=S.is_open,
        on_open_change=S.close,
        description=S.about,
        width="480px",
    )


def _photo(photo: Words) -> rx.Component:
    return rx.el.li(
        ui.native_link(
            rx.el.img(src=photo["src"], alt=rx.Var.create("Photo of ") + photo["said"], loading="lazy"),
            href=photo["src"],
            target="_blank",
        )
    )
