"""The owner's page in parts: the row of figures, the charts, the small lists, and the drawer behind a bar."""

from __future__ import annotations

from typing import Any

import reflex as rx

from components import ui
from components.owner.charts import chart
from dokango.reports.kit.places import Chart, SmallList, Table
from dokango.reports.register import standing
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
    """The charts of the register."""
    return rx.el.div(*[_charted(report) for report in standing(Chart)], class_name="ow-charts")


def _charted(report: Chart) -> rx.Component:
    """One chart; without lines of its own, its bars are periods, and each opens to its orders."""
    file = f"/export/{report.file}.xlsx?"
    drawn = chart(
        report.title,
        State.charts[report.key].to(dict[str, Any]),
        _lines_of(report.key, report.table) if report.table else profit_table(),
        said=report.said,
        key=report.legend,
        on_click=None if report.table else State.click_bar,
        action=ui.link_button(
            "XLSX", rx.Var.create(file) + State.export_query, icon="download", inside=False, colour="gray", size="1"
        )
        if report.file
        else None,
    )
    return rx.el.div(drawn, class_name="ow-wide") if report.wide else drawn


def small_lists() -> rx.Component:
    """The small lists of the register."""
    return rx.el.div(*[_list(small) for small in standing(SmallList)], class_name="ow-lists")


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


def _lines_of(key: str, table: Table) -> rx.Component:
    """A list of two columns from State.tables."""
    columns = [ui.Column(table.name), ui.Column(table.value, align="right")]
    return ui.table(columns, rx.foreach(State.tables[key].to(list[Line]), _line), caption=table.caption)


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


def _list(small: SmallList) -> rx.Component:
    return rx.el.section(
        rx.el.h2(small.table.caption, class_name="dk-section-title"),
        rx.cond(
            State.tables[small.key].to(list[Line]).length() > 0,
            _lines_of(small.key, small.table),
            rx.el.p(small.empty, class_name="dk-subtitle"),
        ),
        id=small.key,
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
                ui.pager(State.bar_previous_url, State.bar_next_url),
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
        ui.cell(
            ui.money(row["revenue"]),
            rx.cond(row["unsure"] != "", rx.el.div(row["unsure"], class_name="dk-hint")),
            label="Revenue", align="right",
        ),
        ui.cell(ui.money(row["cost"]), label="Costs", align="right"),
        ui.cell(ui.money(row["profit"], strong=True), label="Profit", align="right"),
        name=row["number"],
    )  # fmt: skip
