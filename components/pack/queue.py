"""The packing queue: orders that wait, what is chosen of them, and the pick list over it."""

from __future__ import annotations

import reflex as rx

from components import ui
from components.pack.checklist import checklist_fields, seen_orders
from components.pack.scanner import scanner
from state.pack.packing import PackingState
from state.pack.queue import PackState

_COLUMNS = ("Order", "Age", "Customer", "To", "Items", "Payment", "Marks")


def queue() -> rx.Component:
    """The list with its header, its states and its bars."""
    return rx.fragment(
        ui.page_header(
            "Pack",
            subtitle=rx.cond(PackState.loaded, PackState.total.to_string() + " to pack, oldest first", ""),
            action=rx.cond(
                PackState.oldest != "",
                ui.link_button(
                    "Start packing",
                    "/pack?order=" + PackState.oldest,
                    icon="package-open",
                    variant="solid",
                ),
            ),
        ),
        scanner(),
        ui.live_region(rx.cond(PackState.arrived > 0, PackState.arrived.to_string() + " more orders to pack", "")),
        rx.cond(
            PackState.loaded,
            rx.cond(PackState.rows.length() > 0, _list(), _empty()),
            ui.loading_rows(8, "Loading orders to pack"),
        ),
        _bulk(),
        _pick_list(),
        _packing(),
    )


def _list() -> rx.Component:
    return rx.fragment(
        ui.table(
            [
                ui.Column(ui.page_box(PackState)),
                *[ui.Column(c, "right" if c == "Payment" else "left") for c in _COLUMNS],
            ],
            rx.foreach(PackState.rows, _row),
            caption="Orders to pack",
        ),
        rx.cond(
            PackState.arrived > 0,
            rx.button(
                rx.icon("arrow-down", size=16, aria_hidden="true"),
                PackState.arrived,
                " more to pack: show",
                variant="soft",
                on_click=PackState.show_arrived,
            ),
        ),
        ui.pager(PackState.previous_url, PackState.next_url),
    )


def _row(row: rx.Var[dict[str, str]]) -> rx.Component:
    number = row["number"]
    return ui.row(
        ui.cell(
            rx.cond(
                row["gone"] == "",
                ui.row_box(PackState, number),
            )
        ),
        ui.cell(
            ui.open_link(rx.Var.create("#") + number, "/pack?order=" + number),
            ui.row_key("p", "/papers/labels.pdf?orders=" + number),
            lead=True,
            heading=True,
        ),
        ui.cell(ui.age(row["age"], row["exact"])),
        ui.cell(row["name"]),
        ui.cell(row["place"]),
        ui.cell(row["items"]),
        ui.cell(
            rx.cond(
                row["collects"] != "", ui.money("COD " + row["collects"]), rx.el.span("Paid", class_name="dk-soft")
            ),
            align="right",
        ),
        ui.cell(_marks(row)),
        chosen=PackState.chosen.contains(number),
        name=number,
    )


def _marks(row: rx.Var[dict[str, str]]) -> rx.Component:
    return rx.el.span(
        rx.cond(
            row["gone"] != "",
            rx.cond(
                (row["gone"] == "packed") | (row["gone"] == "held"),
                ui.mark_badge(row["gone"]),
                ui.work_badge(row["gone"]),
            ),
        ),
        rx.cond(row["begun"] != "", ui.badge("Begun", "blue", "circle-dot")),
        rx.cond(row["fragile"] != "", ui.mark_badge("fragile")),
        rx.cond(row["note"] != "", rx.el.span(ui.mark_badge("note"), title=row["note"])),
        class_name="dk-inline",
    )


def _empty() -> rx.Component:
    return ui.empty_state(
        "Nothing to pack",
        "Orders come here by themselves once they are confirmed. Packed ones wait to be handed over.",
        ui.link_button("Orders to confirm", "/orders?tab=to_confirm"),
        ui.link_button("Orders to ship", "/shipping"),
        icon="package-check",
    )


def _bulk() -> rx.Component:
    return ui.bulk_bar(
        PackState.chosen.length(),
        ui.action_button("Pick list", PackState.show_pick(True), icon="list-checks", key="l"),
        _paper("Slips", "slips", "receipt-text"),
        _paper("Labels", "labels", "printer", key="p"),
        _paper("Labels on A4", "label-sheets", "layout-grid"),
        _paper("Invoices", "invoices", "file-text"),
        ui.action_button(
            "Mark packed", PackingState.open, icon="package-check", pending=PackingState.pending, variant="soft"
        ),
        clear=PackState.choose_none,
    )


def _paper(label: str, kind: str, icon: str, key: str | None = None) -> rx.Component:
    href = f"/papers/{kind}.pdf?orders=" + PackState.chosen.join(",")
    return ui.link_button(label, href, icon=icon, inside=False, target="_blank", key=key)


def _pick_list() -> rx.Component:
    return ui.drawer(
        "Pick list",
        ui.table(
            [
                ui.Column("Picture", hidden=True),
                ui.Column("Item"),
                ui.Column("Bring", "right"),
                ui.Column("On hand", "right"),
                ui.Column("For"),
            ],
            rx.foreach(PackState.pick, _pick_row),
            caption="What to bring from the shelf",
        ),
        is_open=PackState.pick_open,
        on_open_change=PackState.show_pick,
        description="One line an item, added up over the chosen orders.",
        footer=[_paper("Print the pick list", "pick-list", "printer")],
    )


def _pick_row(row: rx.Var[dict[str, str]]) -> rx.Component:
    return ui.row(
        ui.cell(ui.thumb(row["image"])),
        ui.cell(
            rx.el.div(row["title"], rx.cond(row["variant"] != "", " · " + row["variant"], "")),
            ui.code(row["sku"]),
            lead=True,
            heading=True,
        ),
        ui.cell(rx.el.span(row["quantity"], class_name="dk-big"), label="Bring", align="right"),
        ui.cell(row["on_hand"], label="On hand", align="right"),
        ui.cell(rx.el.span(row["orders"], class_name="dk-soft"), label="For"),
    )


def _packing() -> rx.Component:
    """The checklist of many orders; afterwards, those that were not packed, and why."""
    ask = ui.sent_form(
        PackingState,
        PackingState.pack,
        ui.form_error(PackingState.failure),
        seen_orders(PackingState.rows),
        checklist_fields(PackingState.errors["checks"]),
        ui.dialog_foot(ui.action_button("Mark packed", submit=True, variant="solid", pending=PackingState.pending)),
    )
    said = rx.foreach(
        PackingState.results,
        lambda r: ui.check_line(r["level"], rx.Var.create("#") + r["number"] + ": " + r["words"]),
    )
    return ui.dialog(
        "Pack the chosen orders",
        rx.cond(
            PackingState.total > 0,
            rx.fragment(
                rx.cond(
                    PackingState.results.length() < PackingState.total,
                    ui.progress(PackingState.results.length(), PackingState.total, "Packed"),
                ),
                rx.el.div(said, role="status"),
            ),
            ask,
        ),
        is_open=PackingState.is_open,
        on_open_change=PackingState.close,
        description=rx.cond(
            PackingState.total > 0,
            "Each order was packed on its own. Those that were not are still chosen.",
            "What you tick holds for each of them.",
        ),
    )
