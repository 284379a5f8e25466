"""The books: balances, statements, the journal and the check, each figure a link to its entries."""

from __future__ import annotations

from typing import Any

import reflex as rx

from components import ui
from state.owner.books import BooksState


def trial_balance() -> rx.Component:
    """Every account with its two sides."""
    columns = [
        ui.Column("Account"), ui.Column("Debit", align="right"), ui.Column("Credit", align="right"),
        ui.Column("Balance", align="right"),
    ]  # fmt: skip
    totals = BooksState.balance_totals
    return rx.cond(
        BooksState.balances.length() > 0,
        ui.table(
            columns,
            [
                rx.foreach(BooksState.balances, _balance),
                _sum_row("Total", totals["debit"], totals["credit"], totals["balance"]),
            ],
            caption="Trial balance",
        ),
        ui.empty_state(
            "Nothing was booked until then",
            "The first order, or the first goods received, opens the books.",
            icon="book-open",
        ),
    )


def _balance(row: rx.Var[dict[str, str]]) -> rx.Component:
    return ui.row(
        ui.cell(
            rx.link(row["name"], href=row["url"], class_name="dk-link", custom_attrs={"data-open": ""}),
            rx.el.div(row["account"], class_name="dk-hint"),
            lead=True, heading=True,
        ),
        ui.cell(ui.money(row["debit"]), label="Debit", align="right"),
        ui.cell(ui.money(row["credit"]), label="Credit", align="right"),
        ui.cell(ui.money(row["balance"], strong=True), label="Balance", align="right"),
        name=row["account"],
    )  # fmt: skip


def _sum_row(words: str, *amounts: rx.Var[str]) -> rx.Component:
    labels = ("Debit", "Credit", "Balance")[-len(amounts) :] if len(amounts) > 1 else ("",)
    cells = [
        ui.cell(ui.money(amount, strong=True), label=label, align="right")
        for amount, label in zip(amounts, labels, strict=True)
    ]
    return ui.row(ui.cell(rx.el.strong(words), lead=True, heading=True), *cells, name=words, class_name="ow-sum")


def statement(
    parts: tuple[tuple[str, str], tuple[str, str]], left: str, sentence: str, *more: rx.Component
) -> rx.Component:
    """Two lists of accounts (key, title), what is left between them, and `more` that is to be said of it."""
    return rx.el.div(
        *[_part(key, title) for key, title in parts],
        rx.el.div(
            rx.el.span(left, class_name="dk-strong"),
            ui.money(BooksState.statement_totals["profit"], strong=True),
            class_name="ow-left",
        ),
        rx.el.p(sentence, class_name="dk-subtitle"),
        *more,
        class_name="ow-statement",
    )


def _part(key: str, title: str) -> rx.Component:
    columns = [ui.Column(title), ui.Column("Amount", align="right")]
    rows = rx.foreach(BooksState.statement[key].to(list[dict[str, str]]), _statement_line)
    return ui.table(columns, [rows, _sum_row("Total", BooksState.statement_totals[key])], caption=title)


def _statement_line(line: rx.Var[dict[str, str]]) -> rx.Component:
    return ui.row(
        ui.cell(
            rx.link(line["name"], href=line["url"], class_name="dk-link", custom_attrs={"data-open": ""}),
            lead=True, heading=True,
        ),
        ui.cell(ui.money(line["amount"]), align="right"),
        name=line["name"],
    )  # fmt: skip


def journal() -> rx.Component:
    """Happenings, newest first, each with its postings and its order."""
    columns = [ui.Column("When"), ui.Column("What"), ui.Column("Into ← out of, and how much", align="right")]
    return rx.cond(
        BooksState.entries.length() > 0,
        rx.fragment(
            rx.el.div(
                rx.cond(
                    BooksState.news != "",
                    ui.action_button(BooksState.news, BooksState.bring_in, variant="soft", icon="arrow-up"),
                ),
                role="status",
            ),
            ui.table(columns, rx.foreach(BooksState.entries, _entry), caption="Journal, newest first"),
            ui.pager(BooksState.previous_url, BooksState.next_url),
        ),
        ui.empty_state(
            "Nothing was booked here", "Choose a longer period, or another account or order.", icon="book-open"
        ),
    )


def _entry(entry: rx.Var[dict[str, Any]]) -> rx.Component:
    postings = entry["postings"].to(list[dict[str, str]])

    return ui.row(
        ui.cell(rx.el.span(entry["when"], class_name="dk-age"), rx.el.div(entry["who"], class_name="dk-hint")),
        ui.cell(
            entry["what"],
            rx.cond(
                entry["order"] != "",
                rx.fragment(
                    " ",
                    rx.link(
                        "#", entry["order"], href=rx.Var.create("/orders/") + entry["order"].to(str),
                        class_name="dk-link", custom_attrs={"data-open": ""},
                    ),
                ),
            ),
            rx.cond(entry["note"] != "", rx.el.div(entry["note"], class_name="dk-hint ow-note")),
            lead=True,
        ),
        ui.cell(rx.foreach(postings, _posting), align="right", class_name="ow-postings"),
        name=entry["key"].to(str),
        class_name="ow-entry",
    )  # fmt: skip


def _posting(posting: rx.Var[dict[str, str]]) -> rx.Component:
    return rx.el.div(
        rx.el.span(posting["debit"], rx.el.span(" ← ", class_name="dk-soft"), posting["credit"]),
        ui.money(posting["amount"]),
        class_name="ow-posting",
    )


def checks() -> rx.Component:
    """Each invariant: it holds, or the rows that break it."""
    return rx.el.div(
        rx.el.p(BooksState.checks_said, class_name="dk-strong", role="status"),
        rx.foreach(BooksState.checks, _check),
        class_name="dk-stack",
    )


def _check(check: rx.Var[dict[str, Any]]) -> rx.Component:
    problems = check["problems"].to(list[str])
    return rx.el.div(
        ui.check_line(check["level"].to(str), check["name"].to(str)),
        rx.el.p(check["sentence"].to(str), class_name="dk-hint ow-check-sentence"),
        rx.cond(
            problems.length() > 0,
            rx.el.ul(
                rx.foreach(problems, lambda problem: rx.el.li(problem)),
                rx.cond(check["more"] != "", rx.el.li(check["more"].to(str))),
                class_name="ow-problems",
            ),
        ),
        class_name="ow-check",
    )
