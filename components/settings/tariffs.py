"""Settings: what each courier charges, as a table of weights and kinds of area."""

from __future__ import annotations

import reflex as rx

from components import ui
from dokango.couriers.kind.tariff import Area
from state.settings.tariff_typed import AREA_WORDS, ROW_WORDS, WEIGHTS
from state.settings.tariffs import TariffSettingsState as S


def tariffs_part() -> rx.Component:
    """The couriers as tabs, the table of the one that is open, and a way to add another."""
    tabs = rx.foreach(S.couriers, lambda c: ui.tab(ui.Tab(c["name"], c["href"], current=S.courier == c["key"])))
    return rx.el.div(
        rx.el.p(
            "From these tables the expected charge of each parcel is reckoned when it is booked. What a courier really "
            "keeps or bills is booked beside it, and the difference is shown under Couriers' cash.",
            class_name="dk-hint",
        ),
        ui.tabs(tabs, label="Couriers"),
        _state(),
        _table_form(),
        _another(),
        class_name="dk-stack sh-narrow",
    )


def _state() -> rx.Component:
    return rx.cond(
        S.unchecked,
        rx.callout(
            "To be checked by you: these are prices that this courier is known to ask. Compare them with your own "
            "agreement, then save.",
            icon="search-check", size="1", color_scheme="amber", high_contrast=True,
        ),
        rx.cond(
            S.unknown,
            rx.callout(
                "Nobody has said yet what this courier charges: its parcels have no expected charge.",
                icon="info", size="1", color_scheme="blue", high_contrast=True,
            ),
        ),
    )  # fmt: skip


def _table_form() -> rx.Component:
    return ui.sent_form(
        S,
        S.save_tariff,
        rx.el.input(type="hidden", name="courier", value=S.courier, read_only=True),
        ui.form_error(S.failure),
        _price_table(),
        _wrong(),
        ui.text_field(
            "Districts that are suburbs",
            "suburbs",
            default_value=S.form["suburbs"],
            error=S.errors.get("suburbs", ""),
            hint="With commas between them. Your own district is inside, every other one outside.",
        ),
        ui.text_field(
            "Pays out within days",
            "payout_days",
            input_mode="numeric",
            default_value=S.form["payout_days"],
            error=S.errors.get("payout_days", ""),
            hint="Its promise: cash that it holds for longer is overdue.",
        ),
        ui.text_field(
            "Answers a claim within days",
            "claim_days",
            input_mode="numeric",
            default_value=S.form["claim_days"],
            error=S.errors.get("claim_days", ""),
            hint="0: it does not say, and the days of Delivery hold.",
        ),
        rx.el.div(
            ui.action_button("Save", submit=True, variant="solid", pending=S.pending, size="3"), class_name="sh-save"
        ),
        key=S.showing,
        class_name="dk-form sh-form",
        custom_attrs={"noValidate": True},
    )


def _price_table() -> rx.Component:
    head = rx.el.tr(
        rx.el.th("Parcels of up to", scope="col"), *[rx.el.th(words, scope="col") for words in AREA_WORDS.values()]
    )
    rows = [_weight_row(place, row) for place, row in enumerate(WEIGHTS)]
    rows += [_named_row(row, words) for row, words in ROW_WORDS.items()]
    return rx.el.div(
        rx.el.table(
            rx.el.caption("Prices in taka", class_name="dk-hint"),
            rx.el.thead(head),
            rx.el.tbody(*rows),
            class_name="sh-tariff",
        ),
        class_name="sh-tariff-frame",
    )


def _weight_row(place: int, row: str) -> rx.Component:
    weight = rx.el.span(
        _input(f"{row}_g", f"Grams, row {place + 1}", "numeric"), rx.el.span("g", class_name="dk-soft"),
        class_name="dk-inline sh-grams",
    )  # fmt: skip
    return rx.el.tr(rx.el.th(weight, scope="row"), *_prices(row, f"Row {place + 1}"))


def _named_row(row: str, words: str) -> rx.Component:
    return rx.el.tr(rx.el.th(words, scope="row"), *_prices(row, words))


def _prices(row: str, words: str) -> list[rx.Component]:
    return [rx.el.td(_input(f"{row}_{area.value}", f"{words}: {AREA_WORDS[area].lower()}", "decimal")) for area in Area]


def _input(name: str, label: str, mode: str) -> rx.Component:
    return rx.el.input(
        name=name,
        default_value=S.form[name],
        aria_label=label,
        input_mode=mode,
        max_length=12,
        auto_complete="off",
        class_name="od-pieces",
        aria_invalid=rx.cond(S.errors.get(name, "") != "", "true", "false"),
        aria_describedby="tariff-wrong",
    )


def _wrong() -> rx.Component:
    """What is wrong in the table, cell by cell, below it."""
    cells = [(f"{row}_g", f"Row {place + 1}, weight") for place, row in enumerate(WEIGHTS)]
    named = {row: f"Row {place + 1}" for place, row in enumerate(WEIGHTS)} | ROW_WORDS
    cells += [(f"{row}_{a.value}", f"{words}, {AREA_WORDS[a].lower()}") for row, words in named.items() for a in Area]
    return rx.el.div(
        *[
            rx.cond(S.errors.get(name, "") != "", rx.el.p(words, ": ", S.errors.get(name, ""), class_name="dk-error"))
            for name, words in cells
        ],
        id="tariff-wrong",
        role="alert",
    )


def _another() -> rx.Component:
    return ui.sent_form(
        S,
        S.add_courier,
        ui.text_field(
            "Another courier",
            "carrier",
            error=S.errors.get("carrier", ""),
            hint="As you name it when you hand over a parcel.",
            max_length=60,
        ),
        rx.el.div(ui.action_button("Open its table", submit=True), class_name="sh-save"),
        class_name="dk-form sh-form",
    )
