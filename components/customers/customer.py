"""One customer's page: who they are, how their orders went, who owes whom, and what was written down."""

from __future__ import annotations

import reflex as rx

from components import ui
from components.ui import Column
from dokango.people.permissions import Permission
from state.customers.acts import CustomerActsState as Acts
from state.customers.acts import CustomerNoteState as Note
from state.customers.customer import CustomerState as S
from state.kit.session import SessionState

Words = rx.Var[dict[str, str]]
ONE = S.customer


def customer_page() -> rx.Component:
    """Left their orders, right what is known of them."""
    missing = ui.error_state("No such customer", S.missing, ui.link_button("All customers", "/customers"))
    return rx.cond(
        S.missing != "",
        rx.fragment(rx.el.h1("Customer", class_name="dk-hidden"), missing),
        rx.cond(
            S.loading,
            ui.page(rx.el.h1("Customer", class_name="dk-hidden"), ui.loading_rows(8, "Loading the customer…")),
            _page(),
        ),
    )


def _page() -> rx.Component:
    return ui.page(
        ui.page_header(
            rx.el.span(ONE["name"], dir="auto"),
            subtitle=rx.el.div(
                ui.phone_links(ONE["phone_said"], ONE["phone"]),
                rx.foreach(S.labels, lambda label: ui.badge(label, "gray", "tag")),
                class_name="dk-inline",
            ),
            more=_more(),
        ),
        _blocked(),
        ui.split([_orders()], [_record(), _money(), _notes(), _numbers()]),
    )


def _more() -> list[rx.Component]:
    edits = SessionState.may[Permission.EDIT_CUSTOMERS.value]
    blocks = SessionState.may[Permission.BLOCK_CUSTOMERS.value]
    return [
        rx.cond(edits, ui.action_button("Labels…", Acts.ask_label(ONE["phone"], ONE["labels"]), icon="tag")),
        rx.cond(
            SessionState.may[Permission.MERGE_CUSTOMERS.value],
            ui.action_button("Merge…", Acts.ask_merge(ONE["phone"]), icon="merge"),
        ),
        rx.cond(
            blocks,
            rx.cond(
                ONE["blocked"] != "",
                ui.action_button("Unblock…", Acts.ask_unblock(ONE["phone"]), icon="circle-check"),
                ui.action_button("Block…", Acts.ask_block(ONE["phone"]), icon="ban", colour="red"),
            ),
        ),
    ]


def _blocked() -> rx.Component:
    return rx.cond(
        ONE["blocked"] != "",
        rx.callout(
            rx.el.span(
                "Blocked by ", ONE["blocked_by"], ", ", ONE["blocked_when"], ": ", rx.el.q(ONE["blocked"], dir="auto"),
                " They are not told.",
            ),
            icon="ban",
            color_scheme="red",
            high_contrast=True,
            size="1",
        ),
    )  # fmt: skip


def _orders() -> rx.Component:
    columns = (
        Column("Order"), Column("Work"), Column("Money"), Column("Total", align="right"), Column("Due", align="right"),
        Column("Placed", align="right"),
    )  # fmt: skip
    found = rx.fragment(
        ui.table(columns, rx.foreach(S.orders, _order), caption="Their orders, newest first"),
        ui.pager(S.previous_url, S.next_url),
    )
    none = ui.empty_state("No orders", "Nobody ordered with this number yet.", icon="inbox")
    return ui.section("Orders", rx.cond(S.orders.length() > 0, found, none))


def _order(row: Words) -> rx.Component:
    return ui.row(
        ui.cell(
            ui.open_link(rx.Var.create("#") + row["number"], row["href"]),
            rx.el.div(
                row["items"], " · ", row["place"], rx.cond(row["phone"] != "", rx.el.span(" · ", row["phone"])),
                class_name="dk-subtitle",
            ),
            lead=True,
            heading=True,
        ),
        ui.cell(ui.work_badge(row["status"]), label="Work"),
        ui.cell(ui.money_badge(row["money"]), label="Money"),
        ui.cell(ui.money(row["total"]), label="Total", align="right"),
        ui.cell(ui.money(rx.cond(row["due"] != "", row["due"], "–")), label="Due", align="right"),
        ui.cell(ui.age(row["age"], row["exact"]), label="Placed", align="right"),
        name=row["number"],
    )  # fmt: skip


def _record() -> rx.Component:
    return ui.card(
        ui.facts(
            ("Orders", ONE["orders"]),
            ("Open", ONE["open"]),
            ("Delivered", ONE["delivered"]),
            ("Not delivered", ONE["undelivered"]),
            ("Returned after delivery", ONE["returned"]),
            ("Cancelled", ONE["cancelled"]),
            ("Came back", rx.cond(ONE["back"] != "", ONE["back"], "none has ended yet")),
        ),
        title="Record",
    )


def _money() -> rx.Component:
    def line(label: str, name: str) -> rx.Component:
        return rx.cond(ONE[name] != "", ui.facts((label, ui.money(ONE[name]))))

    return ui.card(
        rx.el.p(ONE["owes"], class_name="dk-strong"),
        ui.facts(
            ("Ordered", ui.money(ONE["ordered"])),
            ("Paid", ui.money(ONE["paid"])),
            ("Given back", ui.money(ONE["refunded"])),
        ),
        line("Due to the shop", "due"),
        line("Refund due to them", "refund_due"),
        line("Credit with the shop", "credit"),
        rx.foreach(S.credits, _credit),
        title="Money",
    )


def _credit(row: Words) -> rx.Component:
    return ui.check_line(
        "info", "Credit ", row["amount"], ", ", row["what"],
        rx.el.div(row["when"], " · ", row["by"], class_name="dk-hint"),
    )  # fmt: skip


def _notes() -> rx.Component:
    box = ui.sent_form(
        Note,
        Note.write,
        rx.el.input(type="hidden", name="phone", value=ONE["phone"], read_only=True),
        ui.text_area_field("Write down", "words", error=Note.errors["words"], rows="2", max_length=1000),
        ui.action_button("Add note", submit=True, size="1", pending=Note.pending),
        reset_on_submit=True,
        class_name="dk-form od-note",
    )
    return ui.card(
        rx.cond(SessionState.may[Permission.EDIT_CUSTOMERS.value], box),
        rx.el.ul(rx.foreach(S.notes, _note), class_name="cu-notes"),
        title="Notes",
    )


def _note(row: Words) -> rx.Component:
    return rx.el.li(
        rx.el.div(row["words"], dir="auto", class_name="od-prewrap"),
        rx.el.div(row["by"], " · ", row["when"], class_name="dk-hint"),
    )


def _numbers() -> rx.Component:
    return rx.cond(
        S.phones.length() > 1,
        ui.card(rx.foreach(S.phones, _number), title="Their numbers"),
    )


def _number(row: Words) -> rx.Component:
    may = SessionState.may[Permission.MERGE_CUSTOMERS.value]
    return rx.el.div(
        row["said"],
        rx.cond(
            may & (row["phone"] != ONE["phone"]),
            ui.action_button(
                "Separate…", Acts.ask_separate(ONE["phone"], row["phone"]), name=row["phone"], size="1"
            ),
        ),
        class_name="dk-inline",
    )  # fmt: skip
