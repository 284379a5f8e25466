"""The owner's page in parts: the row of figures, the charts, the small lists, and the drawer behind a bar."""

from __future__ import annotations

import reflex as rx

from components import ui
from components.owner.charts import chart
from state.owner.insights import InsightsState

State = InsightsState
Line = dict[str, str]


def figures() -> rx.Component:
    """One row of figures; each opens to its rows."""
    return rx.el.div(
        rx.foreach(
            State.figures,
            lambda f: ui.stat(
                f["label"], f["value"], change=f["change"], direction=f["direction"], href=f["href"], hint=f["hint"]
            ),
        ),
        class_name="dk-stats ow-figures",
    )


def charts() -> rx.Component:
    """The five charts."""
    return rx.el.div(
        rx.el.div(
            chart(
                "Profit and revenue", State.profit_chart, profit_table(), key=("Profit", "Revenue"),
                said="Profit as bars and revenue as a line; the table below says the same.", on_click=State.click_bar,
                action=ui.link_button("XLSX", State.export_url, icon="download", inside=False, colour="gray", size="1"),
            ),
            class_name="ow-wide",
        ),
        chart(
            "Revenue and cost of goods", State.cost_chart, profit_table(), key=("Revenue", "Cost of goods"),
            said="Revenue and cost of goods side by side; the table below says the same.", on_click=State.click_bar,
        ),
        chart(
            "Stock value", State.stock_chart, lines("stock", "Stock value by day", "Day", "Worth"),
            said="What the stock was worth each day; the table below says the same.",
        ),
        chart(
            "Stock value by product", State.product_chart,
            lines("products", "Stock value by product", "Product", "Worth"),
            said="The products that hold the most value; the table below says the same.",
        ),
        chart(
            "From placed to delivered", State.funnel_chart, lines("funnel", "Orders by step", "Step", "Orders"),
            said="How far the orders placed in this period have come; the table below says the same.",
        ),
        class_name="ow-charts",
    )  # fmt: skip


def small_lists() -> rx.Component:
    """Cash, couriers, waits and cover."""
    return rx.el.div(
        _list("Cash by wallet", "cash", "Account", "Balance", "No money has come in yet."),
        rx.el.div(
            _list("Held by couriers, by age", "held", "Courier", "Cash", "No courier holds any of your cash."),
            id="held",
        ),
        _list("Time in stage, half of the orders", "stages", "Stage", "Time", "Nothing was delivered in this period."),
        _list("Sells out first", "cover", "Product", "Lasts", "Nothing was sold in this period."),
        class_name="ow-lists",
    )  # fmt: skip


def wrong() -> rx.Component:
    """What wants a person now."""
    found = State.tables["wrong"].to(list[Line])
    return rx.el.section(
        rx.el.h2("What is going wrong", class_name="dk-section-title"),
        rx.cond(
            found.length() > 0,
            rx.el.ul(
                rx.foreach(
                    found,
                    lambda line: rx.el.li(
                        ui.level_icon("warn"),
                        rx.link(
                            rx.el.strong(line["value"]), " ", line["name"], href=line["href"], class_name="dk-link"
                        ),
                    ),
                ),
                class_name="ow-wrong",
            ),
            ui.check_line("good", "Nothing just now."),
        ),
        class_name="dk-card",
    )  # fmt: skip


def profit_table() -> rx.Component:
    """Every day or month with postings, each a link to its orders."""
    columns = [
        ui.Column("Period"), ui.Column("Revenue", align="right"), ui.Column("Cost of goods", align="right"),
        ui.Column("Expenses", align="right"), ui.Column("Profit", align="right"),
    ]  # fmt: skip
    return ui.table(columns, rx.foreach(State.profit_table, _earned), caption="Profit by period, newest first")


def _earned(row: rx.Var[Line]) -> rx.Component:
    return ui.row(
        ui.cell(
            rx.el.button(
                row["words"], type="button", class_name="ow-open", on_click=State.open_bar(row["period"]),
                custom_attrs={"data-open": ""},
            ),
            lead=True, heading=True,
        ),
        ui.cell(ui.money(row["revenue"]), label="Revenue", align="right"),
        ui.cell(ui.money(row["cogs"]), label="Cost of goods", align="right"),
        ui.cell(ui.money(row["expenses"]), label="Expenses", align="right"),
        ui.cell(ui.money(row["profit"], strong=True), label="Profit", align="right"),
        name=row["period"],
    )  # fmt: skip


def lines(table: str, caption: str, name: str, value: str) -> rx.Component:
    """A list of two columns from State.tables."""
    columns = [ui.Column(name), ui.Column(value, align="right")]
    return ui.table(columns, rx.foreach(State.tables[table].to(list[Line]), _line), caption=caption)


def _line(line: rx.Var[Line]) -> rx.Component:
    return ui.row(
        ui.cell(
            rx.cond(line["href"] != "", rx.link(line["name"], href=line["href"], class_name="dk-link"), line["name"]),
            rx.cond(line["hint"] != "", rx.el.div(line["hint"], class_name="dk-hint")),
            lead=True, heading=True,
        ),
        ui.cell(ui.money(line["value"]), align="right"),
        name=line["name"],
    )  # fmt: skip


def _list(title: str, table: str, name: str, value: str, empty: str) -> rx.Component:
    return rx.el.section(
        rx.el.h2(title, class_name="dk-section-title"),
        rx.cond(
            State.tables[table].to(list[Line]).length() > 0,
            lines(table, title, name, value),
            rx.el.p(empty, class_name="dk-subtitle"),
        ),
        class_name="dk-card",
    )


def bar_drawer() -> rx.Component:
    """The orders behind one bar, and their part of it."""
    columns = [
        ui.Column("Order"), ui.Column("Revenue", align="right"), ui.Column("Costs", align="right"),
        ui.Column("Profit", align="right"),
    ]  # fmt: skip
    return ui.drawer(
        rx.Var.create("Orders behind ") + State.bar_said,
        rx.cond(
            State.bar_rows.length() > 0,
            rx.fragment(
                ui.table(columns, rx.foreach(State.bar_rows, _behind), caption="Orders with income or costs then"),
                rx.cond(State.bar_more, ui.action_button("More orders", State.more_of_bar)),
            ),
            ui.empty_state("Nothing was earned or spent then", "Choose another bar."),
        ),
        footer=[ui.link_button("Postings in the journal", State.bar_journal_url, icon="book-open")],
        is_open=State.bar_said != "",
        on_open_change=State.close_bar,
    )


def _behind(row: rx.Var[Line]) -> rx.Component:
    order = rx.fragment(
        rx.link("#", row["number"], href=rx.Var.create("/orders/") + row["number"], class_name="dk-link"),
        " ", row["name"], rx.el.div(ui.work_badge(row["status"])),
    )  # fmt: skip
    return ui.row(
        ui.cell(rx.cond(row["number"] != "", order, row["name"]), lead=True, heading=True),
        ui.cell(ui.money(row["revenue"]), label="Revenue", align="right"),
        ui.cell(ui.money(row["cost"]), label="Costs", align="right"),
        ui.cell(ui.money(row["profit"], strong=True), label="Profit", align="right"),
        name=row["number"],
    )
