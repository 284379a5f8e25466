"""The packing bench: one order's items under the scanner, its checklist, its label and papers."""

from __future__ import annotations

import reflex as rx

from components import ui
from components.pack.scanner import scanner
from state.pack.bench import BenchState


def bench() -> rx.Component:
    """The order on the bench, or why it is not there."""
    return rx.cond(
        BenchState.missing != "",
        ui.empty_state(
            BenchState.missing,
            "Scan the number on its slip or label again, or choose it from the list.",
            ui.link_button("Orders to pack", "/pack"),
            icon="search-x",
        ),
        rx.fragment(_header(), scanner(), _over(), ui.split([_items(), _checklist()], [_label(), _papers()])),
    )


def _header() -> rx.Component:
    return ui.page_header(
        rx.Var.create("Pack #") + BenchState.number,
        subtitle=rx.el.p(
            BenchState.head["items"],
            " · placed ",
            ui.age(BenchState.head["age"], BenchState.head["exact"]),
            " ago",
            class_name="dk-subtitle",
        ),
        back=rx.link(
            rx.icon("arrow-left", size=16, aria_hidden="true"),
            ui.visually_hidden("All orders to pack"),
            href="/pack",
            class_name="dk-iconbutton",
            custom_attrs=ui.shortcut("g p"),
        ),
        action=ui.action_button(
            "Mark packed",
            BenchState.finish(BenchState.number, BenchState.version),
            variant="solid",
            icon="package-check",
            pending=BenchState.packing,
            reason=rx.cond(BenchState.over != "", BenchState.over, BenchState.why),
            key="c",
        ),
    )


def _over() -> rx.Component:
    return rx.el.div(
        rx.cond(
            BenchState.over != "",
            rx.callout(
                BenchState.over, icon="info", color_scheme="amber", high_contrast=True, size="1", class_name="dk-wide"
            ),
        ),
        rx.cond(
            BenchState.head["held"] != "",
            rx.callout(
                rx.Var.create("On hold: ") + BenchState.head["held"],
                icon="circle-pause",
                color_scheme="red",
                high_contrast=True,
                size="1",
            ),
        ),
        rx.cond(
            BenchState.head["note"] != "",
            rx.callout(
                rx.Var.create("The customer says: ") + BenchState.head["note"],
                icon="message-square-text",
                color_scheme="gray",
                high_contrast=True,
                size="1",
            ),
        ),
        role="status",
        class_name="dk-stack",
    )


def _items() -> rx.Component:
    return ui.card(
        rx.el.ul(rx.foreach(BenchState.lines, _line), class_name="dk-list"),
        title="Gather: scan each item, or tick it",
    )


def _line(line: rx.Var[dict[str, str]]) -> rx.Component:
    done = line["done"] != ""
    return rx.el.li(
        ui.choose_box(
            rx.Var.create("All ") + line["wanted"] + " of " + line["title"] + " are in the box",
            done,
            lambda on: BenchState.count(line["sku"], on),
        ),
        ui.thumb(line["image"]),
        rx.el.div(
            rx.el.div(line["title"], class_name="dk-bench-title"),
            rx.el.div(
                rx.cond(line["variant"] != "", line["variant"] + " · ", ""),
                ui.code(line["sku"]),
                rx.el.span(rx.Var.create(" · on hand ") + line["on_hand"], class_name="dk-nowrap"),
                class_name="dk-subtitle",
            ),
        ),
        rx.el.span(line["progress"], class_name="dk-bench-count"),
        class_name="dk-bench-line",
        custom_attrs={"data-done": rx.cond(done, "true", "false")},
    )


def _checklist() -> rx.Component:
    left = rx.cond(
        (BenchState.why != "") & (BenchState.over == ""),
        rx.el.p("Still open: ", BenchState.why, class_name="dk-subtitle", role="status"),
    )
    return rx.cond(
        BenchState.checks.length() > 0,
        ui.card(rx.foreach(BenchState.checks, _check), left, title="Package and label"),
        left,
    )


def _check(check: rx.Var[dict[str, str]]) -> rx.Component:
    key = check["key"]
    return rx.el.div(
        rx.checkbox(
            id=rx.Var.create("check-") + key,
            checked=check["done"] != "",
            on_change=lambda on: BenchState.tick(key, on),
            size="2",
        ),
        rx.el.label(
            check["words"],
            rx.cond(check["needed"] == "", rx.el.span(" (optional)", class_name="dk-soft")),
            html_for=rx.Var.create("check-") + key,
        ),
        class_name="dk-tick",
    )


def _label() -> rx.Component:
    head = BenchState.head
    return ui.card(
        rx.el.div(
            rx.el.div(head["name"], class_name="dk-big"),
            ui.phone_links(head["phone"], head["digits"]),
            rx.el.div(head["address"], class_name="dk-address"),
        ),
        rx.el.div(head["payment"], class_name="dk-big"),
        ui.tick_field("Fragile", "fragile", checked=BenchState.fragile, on_change=BenchState.set_fragile),
        title="To",
    )


def _papers() -> rx.Component:
    def paper(label: str, kind: str, icon: str, key: str | None = None) -> rx.Component:
        href = f"/papers/{kind}.pdf?orders=" + BenchState.number
        return ui.link_button(label, href, icon=icon, inside=False, target="_blank", key=key)

    return ui.card(
        rx.el.div(
            paper("Label", "labels", "printer", "p"),
            paper("Slip", "slips", "receipt-text"),
            paper("Invoice", "invoices", "file-text"),
            class_name="dk-inline",
        ),
        title="Print",
    )
