"""The order list: tabs with counts, search and filters, dense rows (cards on a phone), the bar of what is chosen."""

from __future__ import annotations

import reflex as rx

from components import ui
from components.orders.filters import filter_bar
from dokango.orders.book.queues import QUEUES
from dokango.people.permissions import Permission
from state.kit.session import SessionState
from state.orders.confirming import ConfirmingState
from state.orders.lists import OrdersState
from state.orders.steps import OrderStepsState
from state.orders.verify import VerifyState

Row = rx.Var[dict[str, str]]


def order_tabs() -> rx.Component:
    """One tab a queue, with its live count."""
    return ui.tabs(
        [
            ui.Tab(
                queue.label,
                f"/orders?tab={queue.key}",
                current=OrdersState.tab == queue.key,
                count=rx.cond(OrdersState.loading, "·", OrdersState.counts[queue.key].to_string())
                if queue.counted
                else None,
            )
            for queue in QUEUES
        ],
        label="Orders by what they wait for",
    )


def search() -> rx.Component:
    """The search box of the page's head."""
    return ui.search_box(
        OrdersState.search,
        OrdersState.find,
        placeholder="Search number, name, phone, TrxID, tracking code …",
        label="Search orders",
    )


def order_list() -> rx.Component:
    """Filters, what is new, the rows, and the pages beside these."""
    return rx.el.section(
        filter_bar(),
        ui.live_region(OrdersState.news),
        rx.cond(
            OrdersState.news != "",
            rx.el.div(
                rx.button(
                    rx.icon("arrow-up", size=14, aria_hidden="true"),
                    OrdersState.news,
                    variant="soft",
                    size="1",
                    radius="full",
                    on_click=OrdersState.bring_in,
                ),
                class_name="od-news",
            ),
        ),
        rx.cond(
            OrdersState.loading,
            ui.loading_rows(8, "Loading orders…"),
            rx.cond(OrdersState.rows.length() > 0, _rows(), ui.empty_state("Nothing here", OrdersState.empty_words)),
        ),
        ui.pager(OrdersState.previous_url, OrdersState.next_url),
        aria_label="Orders",
        class_name="dk-section",
    )


def chosen_bar() -> rx.Component:
    """What can be done with the chosen rows."""
    numbers = OrdersState.chosen.join(",")
    return ui.bulk_bar(
        OrdersState.chosen.length(),
        rx.cond(
            SessionState.may[Permission.CONFIRM.value],
            ui.action_button("Confirm…", ConfirmingState.open, icon="circle-check", variant="soft"),
        ),
        ui.link_button(
            "Print slips",
            rx.Var.create("/papers/slips.pdf?orders=") + numbers,
            icon="printer",
            inside=False,
            target="_blank",
            key="p",
        ),
        rx.cond(
            SessionState.may[Permission.SHIP.value],
            ui.link_button(
                "Send to courier",
                rx.Var.create("/shipping?chosen=") + numbers,
                icon="truck",
                key="s",
            ),
        ),
        rx.cond(
            SessionState.may[Permission.PACK.value],
            ui.action_button("Take", OrdersState.assign_chosen, icon="user-check"),
        ),
        clear=OrdersState.choose_none,
    )


def _rows() -> rx.Component:
    columns = [
        ui.Column(ui.page_box(OrdersState), width="36px"),
        ui.Column("Order"),
        ui.Column("Age"),
        ui.Column("Customer"),
        ui.Column("Where"),
        ui.Column("Items"),
        ui.Column("Total", align="right"),
        ui.Column("Payment"),
        ui.Column("Work"),
        ui.Column("Remarks"),
        ui.Column("Action", hidden=True),
    ]
    return rx.el.div(ui.table(columns, rx.foreach(OrdersState.rows, _row), caption="Orders"), class_name="od-list")


def _row(row: Row) -> rx.Component:
    return ui.row(
        ui.cell(ui.row_box(OrdersState, row["number"])),
        ui.cell(
            rx.link(rx.Var.create("#") + row["number"], href=row["href"], class_name="od-number"),
            ui.row_key("p", rx.Var.create("/papers/slips.pdf?orders=") + row["number"]),
            rx.cond(
                SessionState.may[Permission.SHIP.value] & (row["packed"] != ""),
                ui.row_key("s", rx.Var.create("/shipping?chosen=") + row["number"]),
            ),
            lead=True,
            heading=True,
        ),
        ui.cell(ui.age(row["age"], row["exact"])),
        ui.cell(
            _buyer(row),
            rx.el.span(row["phone"], class_name="od-phone"),
        ),
        ui.cell(row["place"], class_name="od-place"),
        ui.cell(row["items"], class_name="dk-nowrap"),
        ui.cell(
            ui.money(row["total"]),
            rx.cond(
                row["parts"] != "",
                rx.el.span(row["parts"], class_name="od-due"),
                rx.cond(row["due"] != "", rx.el.span(row["due"], " due", class_name="od-due")),
            ),
            align="right",
        ),
        ui.cell(ui.money_badge(row["money"])),
        ui.cell(rx.cond(row["parcel"] != "", ui.carrier_badge(row["parcel"]), ui.work_badge(row["status"]))),
        ui.cell(_remarks(row), class_name="od-remarks"),
        ui.cell(_action(row), align="right"),
        chosen=OrdersState.chosen.contains(row["number"]),
        fresh=row["fresh"] != "",
        name=row["number"],
        key=row["id"],
        class_name=rx.cond(row["left"] != "", "od-left", ""),
    )


def _buyer(row: Row) -> rx.Component:
    return rx.el.button(
        row["name"],
        type="button",
        on_click=OrdersState.open_peek(row["number"]),
        class_name="od-name",
        custom_attrs={"data-open": ""},
        aria_haspopup="dialog",
    )


def _remarks(row: Row) -> rx.Component:
    """What makes this order different, each with an icon and a word."""
    return rx.el.span(
        rx.cond(row["held"] != "", rx.el.span(ui.mark_badge("held"), title=row["held"])),
        rx.cond(row["approval"] != "", ui.mark_badge("approval")),
        rx.cond(row["problem"] != "", rx.el.span(ui.badge("Problem", "red", "triangle-alert"), title=row["problem"])),
        rx.cond(row["packed"] != "", ui.mark_badge("packed")),
        rx.cond(row["returns"] != "", ui.badge(row["returns"], "orange", "undo-2")),
        rx.cond(row["note"] != "", rx.el.span(ui.mark_badge("note"), title=row["note"])),
        rx.cond(row["assigned"] != "", ui.badge(row["assigned"], "gray", "user")),
        class_name="dk-inline",
    )


def _action(row: Row) -> rx.Component:
    """The next thing for this row, where one click does it."""
    may_confirm = (row["status"] == "pending") & (row["held"] == "") & (row["waits"] == "")
    settled = (row["money"] == "paid") | (row["money"] == "cod_due") | (row["money"] == "refund_due")
    return rx.cond(
        (row["waits"] != "") & SessionState.may[Permission.VERIFY_PAYMENT.value],
        _small("Verify", VerifyState.show(row["number"]), "v", row),
        rx.cond(
            may_confirm & settled & SessionState.may[Permission.CONFIRM.value],
            _small(
                "Confirm", OrderStepsState.act("confirm", row["number"], row["version"].to(int)), "c", row,
                {"data-acts": ""},
            ),
        ),
    )  # fmt: skip


def _small(
    label: str, on_click: rx.event.EventSpec, key: str, row: Row, attributes: dict[str, str] | None = None
) -> rx.Component:
    return rx.button(
        label,
        ui.visually_hidden(rx.Var.create(" order ") + row["number"]),
        on_click=on_click,
        variant="soft",
        size="1",
        custom_attrs={"data-action": "", **ui.shortcut(key), **(attributes or {})},
    )
