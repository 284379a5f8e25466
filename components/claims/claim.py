"""One claim: what it is for and by when it must be answered, its photos, and how its parcel went."""

from __future__ import annotations

import reflex as rx

from components import ui
from components.claims.lists import claim_badge, window
from dokango.people.permissions import Permission
from state.claims.claim import ClaimState
from state.claims.ending import EndClaimState
from state.kit.session import SessionState
from state.problems.text import CLAIMS_PAGE

CLAIM = ClaimState.claim
Words = rx.Var[dict[str, str]]
_KINDS = "image/jpeg,image/png,image/webp"
_MAY_NOT_BOOK = "Who settles couriers' cash books what came in."
_MAY_NOT_SAY = "Your role may not act on claims."


def claim_page() -> rx.Component:
    """All of it, or why there is none."""
    all_claims = ui.link_button("All claims", CLAIMS_PAGE)
    return rx.cond(
        ClaimState.missing != "",
        ui.page(ui.page_header("Claim"), ui.error_state("No such claim", ClaimState.missing, all_claims)),
        rx.cond(ClaimState.loading, ui.page(ui.loading_rows(8, "Loading the claim…")), _page()),
    )


def _page() -> rx.Component:
    is_open = CLAIM["state"] == "open"
    return ui.page(
        ui.page_header(
            rx.Var.create("Claim · #") + CLAIM["number"],
            subtitle=rx.el.div(
                claim_badge(CLAIM["state"]), CLAIM["carrier"], " · ", CLAIM["kind"], " · ",
                rx.cond(is_open, "to be answered by ", "closed "), window(CLAIM), class_name="od-sub",
            ),
            back=rx.link(
                rx.icon("arrow-left", size=18, aria_hidden="true"), href=CLAIMS_PAGE, aria_label="Back to the claims",
                class_name="od-back",
            ),
            action=rx.cond(
                is_open,
                ui.action_button(
                    "Say what came in…", EndClaimState.ask_pay(CLAIM["id"]), variant="solid", key="v",
                    reason=rx.cond(SessionState.may[Permission.SETTLE_COD.value], "", _MAY_NOT_BOOK),
                ),
            ),
            more=[
                ui.link_button("PDF", CLAIM["paper"], icon="printer", inside=False, target="_blank", key="p"),
                rx.cond(
                    is_open,
                    ui.action_button(
                        "Refused…", EndClaimState.ask_refuse(CLAIM["id"]),
                        reason=rx.cond(SessionState.may[Permission.SHIP.value], "", _MAY_NOT_SAY),
                    ),
                ),
            ],
        ),
        ui.split([_claimed(), _photos(), _happened()], [_parcel(), _recipient()]),
    )  # fmt: skip


def _claimed() -> rx.Component:
    ended = rx.cond(
        CLAIM["ended"] != "",
        ui.facts(
            ("Paid", ui.money(CLAIM["paid"])),
            ("Closed", rx.el.span(CLAIM["ended"], " · ", CLAIM["ended_by"])),
            ("Reference", rx.cond(CLAIM["reference"] != "", CLAIM["reference"], "none")),
            ("Remark", rx.cond(CLAIM["reason"] != "", rx.el.span(CLAIM["reason"], dir="auto"), "none")),
        ),
    )
    return ui.card(
        ui.facts(
            ("Claimed", ui.money(CLAIM["claimed"], strong=True)),
            ("Opened", rx.el.span(CLAIM["opened"], " · ", CLAIM["opened_by"])),
            ("To be answered by", CLAIM["exact"]),
        ),
        ended,
        rx.el.p(CLAIM["words"], class_name="od-prewrap", dir="auto"),
        rx.el.ul(rx.foreach(ClaimState.lines, _line), class_name="dk-plain-list"),
        title="What is claimed",
    )


def _line(line: Words) -> rx.Component:
    return rx.el.li(line["quantity"], " × ", line["title"], " ", ui.code(line["sku"]), " ", ui.money(line["price"]))


def _photos() -> rx.Component:
    """Each photo, and two ways to add one: a phone's camera, or a file."""
    may = SessionState.may[Permission.SHIP.value] & (CLAIM["may_photo"] != "")
    return ui.card(
        ui.form_error(ClaimState.refused),
        rx.cond(
            ClaimState.photos.length() > 0,
            rx.el.ul(rx.foreach(ClaimState.photos, _photo), class_name="cl-photos", aria_label="Photos"),
            rx.el.p("No photo yet: the parcel, its label, what was in it.", class_name="dk-hint"),
        ),
        rx.cond(
            may,
            rx.el.div(
                _photo_form("Take a photo", "claim-camera", "cl-camera", capture="environment"),
                _photo_form("Choose a photo", "claim-file", ""),
                rx.el.p("JPEG, PNG or WebP, 9.5 MB at most; 8 photos.", class_name="dk-hint"),
                class_name="dk-stack",
            ),
        ),
        title="Photos",
    )


def _photo_form(label: str, field_id: str, class_name: str, **props: str) -> rx.Component:
    return ui.plain_form(
        rx.el.label(label, html_for=field_id, class_name="dk-label"),
        rx.el.input(
            type="file", name="file", id=field_id, accept=_KINDS, required=True, class_name="sh-file",
            custom_attrs=props,
        ),
        rx.el.div(rx.button("Add it", type="submit", variant="outline", size="2"), class_name="sh-save"),
        action=CLAIM["upload"],
        enc_type="multipart/form-data",
        class_name=f"dk-form {class_name}".strip(),
    )  # fmt: skip


def _photo(photo: Words) -> rx.Component:
    return rx.el.li(
        ui.native_link(
            rx.el.img(src=photo["src"], alt=rx.Var.create("Photo of ") + photo["said"], loading="lazy"),
            href=photo["src"],
            target="_blank",
        )
    )


def _parcel() -> rx.Component:
    listed = rx.cond(
        CLAIM["list"] != "",
        ui.native_link(CLAIM["listed"], href=CLAIM["list"], target="_blank", class_name="dk-link"),
        "never scanned out",
    )
    return ui.card(
        ui.facts(
            ("Courier", CLAIM["carrier"]),
            ("Consignment", _code(CLAIM["consignment"])),
            ("Tracking code", _code(CLAIM["code"])),
            ("Our parcel", ui.code(CLAIM["parcel"])),
            ("Booked", CLAIM["booked"]),
            ("Handed to the rider", rx.cond(CLAIM["handed"] != "", CLAIM["handed"], "not known")),
            ("Rider's list", listed),
            ("Weight at packing", rx.cond(CLAIM["packed_g"] != "", CLAIM["packed_g"], "not known")),
            ("Weight as it arrived", rx.cond(CLAIM["found_g"] != "", CLAIM["found_g"], "not known")),
        ),
        title="Parcel",
    )


def _code(code: rx.Var[str]) -> rx.Component:
    return rx.cond(code != "", rx.el.span(ui.code(code), ui.copy_button(code, "code"), class_name="dk-inline"), "none")


def _recipient() -> rx.Component:
    return ui.card(
        rx.el.div(CLAIM["name"], dir="auto"),
        ui.phone_links(CLAIM["phone_said"], CLAIM["phone"]),
        title="Recipient",
        action=rx.link("The order", href=rx.Var.create("/orders/") + CLAIM["number"], size="2"),
    )


def _happened() -> rx.Component:
    return ui.card(
        rx.el.ul(rx.foreach(ClaimState.happened, _one), class_name="dk-plain-list"),
        title="On its way",
    )


def _one(row: Words) -> rx.Component:
    return rx.el.li(
        rx.el.span(row["at"], class_name="dk-age"), " ",
        rx.cond(row["by"] != "", rx.el.span(row["by"], ": ", class_name="dk-subtitle")),
        rx.el.span(row["words"], dir="auto"),
    )  # fmt: skip
