"""The two lists of the shipping page: to ship, in transit."""

from __future__ import annotations

import reflex as rx

from components import ui
from components.ui import Column, Tab
from dokango.orders.parcels.lists import IN_TRANSIT, PROBLEMS, TO_SHIP
from dokango.people.permissions import Permission
from state.kit.session import SessionState
from state.problems import url as problems
from state.shipping.couriers import CouriersState
from state.shipping.handover import HandoverState
from state.shipping.lists import ShippingState, url
from state.shipping.parcel import ParcelState
from state.shipping.scan_out import ScanOutState
from state.shipping.sending.bulk import BulkState
from state.shipping.sending.send import SendState

EMPTY = {
    TO_SHIP: ("Nothing to hand over", "Orders come here as soon as they are packed.", "package-check"),
    IN_TRANSIT: ("No parcel is on its way", "Parcels stay here until they are delivered or back.", "truck"),
}
IN_A_LINE = {"flex_wrap": "nowrap"}
MAY_NOT_SHIP = "Your role may not ship parcels."


def may_ship() -> rx.Var[str]:
    """Why this user cannot ship; empty when they can."""
    return rx.cond(SessionState.may[Permission.SHIP.value], "", MAY_NOT_SHIP)


def header() -> rx.Component:
    """Title and *Sync all*."""
    return ui.page_header(
        "Shipping",
        subtitle="Hand parcels over and follow them to the door.",
        action=ui.action_button(
            "Sync all",
            ShippingState.sync_all,
            icon="refresh-cw",
            pending=ShippingState.sync_total > 0,
            reason=may_ship(),
        ),
        more=[ui.action_button("Scan out…", ScanOutState.open, icon="scan-barcode", reason=may_ship())],
    )


def practice_band() -> rx.Component:
    """Says that no parcel is real, while that is so."""
    return rx.cond(
        CouriersState.practising != "",
        rx.callout(
            "Practice courier: no parcel is real. Bookings go to a courier inside this site, and you move its parcels"
            " by hand. Set your " + CouriersState.practising + " keys to send real ones.",
            icon="graduation-cap",
            color_scheme="blue",
            high_contrast=True,
            size="1",
            role="note",
        ),
    )


def courier_lines() -> rx.Component:
    """Whether each courier answers and tells, and what to do when it does not."""
    return rx.el.div(
        rx.foreach(
            ShippingState.lines,
            lambda line: rx.cond(
                line["level"] == "info",
                rx.el.p(line["words"], class_name="dk-subtitle"),
                ui.check_line(line["level"], line["words"]),
            ),
        ),
        role="status",
    )


def tab_row() -> rx.Component:
    """The tabs with their live counts; what is in trouble is listed by the desk of problems alone."""
    words = ((TO_SHIP, "To ship"), (IN_TRANSIT, "In transit"))
    tabs = [Tab(label, url(tab), ShippingState.tab == tab, ShippingState.counts[tab]) for tab, label in words]
    return ui.tabs(
        [*tabs, Tab("Problems", problems.ROUTE, current=False, count=ShippingState.counts[PROBLEMS])],
        label="Lists of parcels",
    )


def sync_progress() -> rx.Component:
    """How far *Sync all* has come, with a way out."""
    return rx.cond(
        ShippingState.sync_total > 0,
        ui.progress(
            ShippingState.sync_done, ShippingState.sync_total, "Asking couriers:", cancel=ShippingState.stop_sync
        ),
    )


def parcel_list() -> rx.Component:
    """The rows, or what stands in their place."""
    return ui.followed_list(ShippingState, _tables(), _nothing())


def chosen_bar() -> rx.Component:
    """What can be done with the ticked orders."""
    return ui.bulk_bar(
        ShippingState.chosen.length(),
        ui.action_button(
            rx.Var.create("Send ") + CouriersState.to_whom + "…", BulkState.open, variant="solid", icon="send", key="s"
        ),
        rx.cond(
            ShippingState.all_chosen & (ShippingState.counts[TO_SHIP] > ShippingState.chosen.length()),
            ui.action_button(
                rx.Var.create("Send all ") + ShippingState.counts[TO_SHIP].to_string() + " that wait…",
                BulkState.open_all,
                icon="send",
                name="all",
                reason=may_ship(),
            ),
        ),
        clear=ShippingState.choose_none,
    )


def _nothing() -> rx.Component:
    return rx.match(
        ShippingState.tab,
        *[(tab, ui.empty_state(title, next_step, icon=icon)) for tab, (title, next_step, icon) in EMPTY.items()],
        ui.empty_state("Nothing here", "Choose another list."),
    )


def _tables() -> rx.Component:
    return rx.cond(ShippingState.tab == TO_SHIP, _to_ship(), _on_the_way())


def _to_ship() -> rx.Component:
    columns = (
        Column(ui.page_box(ShippingState), width="36px"), Column("Order"), Column("Waiting"), Column("Customer"),
        Column("To"),
        Column("Collect", align="right"), Column("Booking"), Column("Actions", align="right", hidden=True),
    )  # fmt: skip
    return ui.table(columns, rx.foreach(ShippingState.rows, _row_to_ship), caption="Orders to hand over")


def _row_to_ship(row: rx.Var[dict[str, str]]) -> rx.Component:
    number = row["number"]
    waits = (row["booking"] == "") & (row["work"] == "confirmed")
    return ui.row(
        ui.cell(rx.cond(waits, ui.row_box(ShippingState, number))),
        ui.cell(_number(number), lead=True, heading=True),
        ui.cell(ui.age(row["age"], row["exact"]), label="Waiting"),
        ui.cell(_customer(row), label="Customer"),
        ui.cell(row["place"], label="To"),
        ui.cell(ui.money(row["collect"]), label="Collect", align="right"),
        ui.cell(_badge(row), label="Booking"),
        ui.cell(_send_actions(row), align="right"),
        chosen=ShippingState.chosen.contains(number),
        fresh=row["fresh"] != "",
        name=number,
    )


def _send_actions(row: rx.Var[dict[str, str]]) -> rx.Component:
    number = row["number"]
    send = ui.action_button(
        "Send…", SendState.open(number), icon="send", name=number, size="1", reason=may_ship(), key="s",
        custom_attrs={"data-acts": ""},
        aria_label=rx.Var.create("Send #") + number + " " + CouriersState.to_whom,
    )  # fmt: skip
    look = ui.action_button(
        "Settle…", ParcelState.open(number), variant="soft", colour="red", icon="triangle-alert", name=number, size="1",
        aria_label=rx.Var.create("Settle the booking of #") + number,
    )  # fmt: skip
    menu = ui.more_menu(
        ui.menu_item("Another courier…", HandoverState.open(number), icon="bike"),
        ui.menu_item("Open the parcel", ParcelState.open(number), icon="panel-right"),
        label="More for this order",
    )
    waits = rx.el.span("Asking…", class_name="dk-subtitle")
    first = rx.match(row["booking"], ("uncertain", look), ("requested", waits), send)
    return rx.el.div(rx.cond(row["work"] == "confirmed", first), menu, class_name="dk-inline", style=IN_A_LINE)


def _on_the_way() -> rx.Component:
    columns = (
        Column("Order"), Column("Age"), Column("Customer"), Column("Parcel"), Column("Status", width="30%"),
        Column("Expected"), Column("Collect", align="right"), Column("Actions", align="right", hidden=True),
    )  # fmt: skip
    return ui.table(columns, rx.foreach(ShippingState.rows, _row_on_the_way), caption="Parcels")


def _row_on_the_way(row: rx.Var[dict[str, str]]) -> rx.Component:
    number = row["number"]
    return ui.row(
        ui.cell(_number(number), lead=True, heading=True),
        ui.cell(ui.age(row["age"], row["exact"]), label="Age"),
        ui.cell(_customer(row), label="Customer"),
        ui.cell(_tracking(row), label="Parcel"),
        ui.cell(
            _badge(row),
            rx.cond(row["asked"] != "", rx.el.div(row["asked"], class_name="dk-subtitle")),
            rx.cond(row["trouble"] != "", _trouble(row["trouble"])),
            label="Status",
        ),
        ui.cell(row["expected"], label="Expected"),
        ui.cell(ui.money(row["collect"]), label="Collect", align="right"),
        ui.cell(_follow_actions(row), align="right"),
        fresh=row["fresh"] != "",
        name=number,
    )


def _follow_actions(row: rx.Var[dict[str, str]]) -> rx.Component:
    number = row["number"]
    sync = ui.action_button(
        "Sync", ShippingState.sync_one(number), icon="refresh-cw", name=number, size="1",
        pending=ShippingState.syncing == number, reason=may_ship(), key="s", custom_attrs={"data-acts": ""},
        aria_label=rx.Var.create("Sync #") + number,
    )  # fmt: skip
    look = ui.action_button(
        "Open", ParcelState.open(number), icon="panel-right", name=number, size="1",
        aria_label=rx.Var.create("Open the parcel of #") + number,
    )  # fmt: skip
    asked = (row["by_api"] != "") & (row["work"] == "shipped") & (row["booking"] == "booked")
    return rx.el.div(rx.cond(asked, sync), look, class_name="dk-inline", style=IN_A_LINE)


def _number(number: rx.Var[str]) -> rx.Component:
    return ui.open_link(rx.Var.create("#") + number, rx.Var.create("/orders/") + number)


def _customer(row: rx.Var[dict[str, str]]) -> rx.Component:
    phone = rx.el.span(row["phone_shown"], class_name="dk-subtitle dk-nowrap")
    return rx.el.span(rx.el.span(row["name"], dir="auto"), " ", phone)


def _badge(row: rx.Var[dict[str, str]]) -> rx.Component:
    known = rx.cond(row["badge"] == "shipped", ui.work_badge("shipped"), ui.carrier_badge(row["badge"]))
    return rx.cond(row["badge"] != "", known, rx.el.span("Not booked", class_name="dk-subtitle"))


def _tracking(row: rx.Var[dict[str, str]]) -> rx.Component:
    code = ui.code(row["code"])
    linked = rx.el.a(code, href=row["link"], target="_blank", rel="noopener noreferrer", class_name="dk-link")
    copied = rx.el.span(
        rx.cond(row["link"] != "", linked, code),
        ui.copy_button(row["code"], "tracking code"),
        style={"display": "inline-flex", "align_items": "center"},
    )
    return rx.el.span(
        rx.el.span(row["courier"], class_name="dk-subtitle"),
        " ",
        rx.cond(row["code"] != "", rx.el.span(copied, class_name="dk-nowrap")),
    )


def _trouble(words: rx.Var[str]) -> rx.Component:
    return rx.el.span(ui.level_icon("warn", 14), words, class_name="dk-check", dir="auto")
