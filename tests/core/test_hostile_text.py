"""No text can stop the site: whatever a stranger sends, reading it costs no more than in proportion to its length."""

from __future__ import annotations

import ast
import contextlib
import importlib
import pkgutil
import re
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import dokango
import dokango_web
import state
from dokango.errors import DokangoError
from dokango.importing import html_text, woocommerce_cells
from dokango.importing.marks import column_mark
from dokango.importing.table_file import read_sheet
from dokango.importing.woocommerce import understand
from dokango.money import parse_taka
from dokango.numbers import whole_number
from dokango.orders.book.search import query_of
from dokango.orders.placing.cart import read_cart
from dokango.orders.placing.checkout_form import still_wrong, wanted_of
from dokango.payments.messages import parse_message
from dokango.payments.trx_ids import normalise
from dokango.people.districts import district_of
from dokango.people.emails import is_email
from dokango.people.phones import normalise_phone
from dokango.settings import ROOT
from dokango.text import plain
from dokango.words import findable

LENGTH = 4_000
HEADINGS = "SKU,Name,Regular price,Weight (kg),Categories,Attribute 1 name,Attribute 1 value(s)"
FLOOR_S = 0.015  # below this nobody waits, and a clock tells nothing
MOST_TIMES = 3.2  # twice the text may cost twice as much, and some more on a busy machine; a square costs four times

ENDS = (("", ""), ("", "!"), ("", "@"), ("a@", " "), ("[a ", "\x00"), ("Tk ", "!"))
SEEDS = (
    "a", "a.", ".", "@", "a@", "[a ", "[", " ", "\t", "-", "0", "০", "<", "<!--", "<a ", "</", "&", "&#", ",", "\\",
    "Tk ", "1,", "_", "Aa1", "01", "\n", "payment ", "received from ", "ক্", "\u200b", "variants.1.", "{", '["',
    "\u0300\u0327", "ক\u200d", "\u200c", "11,", "1,11,", "1,111,", "1.", "/-", "taka ",
)  # fmt: skip


def hostile(length: int) -> Iterator[str]:
    """Texts that make patterns try again and again: one thing repeated, behind a head, before an end that fits not."""
    for head, tail in ENDS:
        for seed in SEEDS:
            yield head + seed * (length // len(seed)) + tail


def patterns() -> dict[str, re.Pattern[str]]:
    """Every pattern of the shop and the site: those kept in modules, and those written where they are used."""
    found: dict[str, re.Pattern[str]] = {}
    for package in (dokango, state, dokango_web):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if "versions" in module.name or module.name.endswith(("__main__", "serving", ".env")):
                continue
            for name, value in vars(importlib.import_module(module.name)).items():
                for at, one in enumerate(value if isinstance(value, tuple) else (value,)):
                    for pattern in (one, getattr(one, "pattern", None), *(one if isinstance(one, tuple) else ())):
                        if isinstance(pattern, re.Pattern) and isinstance(pattern.pattern, str):
                            found[f"{module.name}.{name}.{at}"] = pattern
    for path in [p for folder in ("dokango", "state", "dokango_web") for p in (ROOT / folder).rglob("*.py")]:
        found |= {f"{path.relative_to(ROOT)}:{line}": pattern for line, pattern in _written_in(path)}
    return found


def _written_in(path: Path) -> Iterator[tuple[int, re.Pattern[str]]]:
    for node in ast.walk(ast.parse(path.read_text())):
        called = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        if (
            called
            and isinstance(node.func.value, ast.Name)
            and node.func.value.id == "re"
            and node.func.attr != "compile"
        ):
            first = node.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield node.lineno, re.compile(first.value)


def cost_s(read: Callable[[str], Any], text: str) -> float:
    """The processor's time for reading `text`, the least of three."""
    costs = []
    for _ in range(3):
        began = time.process_time()
        with contextlib.suppress(DokangoError, woocommerce_cells.Unusable, ValueError):
            read(text)
        costs.append(time.process_time() - began)
        if costs[-1] < FLOOR_S:
            break
    return min(costs)


def out_of_proportion(read: Callable[[str], Any], length: int = LENGTH) -> list[str]:
    """The texts of which twice as much cost clearly more than twice as much."""
    found = []
    for short, long in zip(hostile(length), hostile(2 * length), strict=True):
        twice = cost_s(read, long)
        if twice > FLOOR_S and twice > MOST_TIMES * cost_s(read, short):
            found.append(f"{short[:12]!r}…{short[-2:]!r}")
    return found


def test_no_pattern_of_the_shop_goes_back_and_forth_over_a_text() -> None:
    wrong = {}
    for name, pattern in patterns().items():
        for read in (pattern.fullmatch, pattern.search):
            if texts := out_of_proportion(read):
                wrong[f"{name} {read.__name__}"] = texts[:3]
    assert wrong == {}


READERS: dict[str, Callable[[str], Any]] = {
    "phone": normalise_phone,
    "district": district_of,
    "amount": parse_taka,
    "whole number": lambda text: whole_number(text, "pieces", 0, 10),
    "text made plain": plain,
    "text of many lines made plain": lambda text: plain(text, lines=True),
    "TrxID": normalise,
    "e-mail": is_email,
    "wallet's message": parse_message,
    "search": lambda text: query_of("sqlite", text),
    "search in PostgreSQL": lambda text: query_of("postgresql", text),
    "words to be found by": findable,
    "cart": read_cart,
    "product's description": html_text.plain,
    "price in a file": lambda text: woocommerce_cells.amount(text, "price"),
    "list in a file": woocommerce_cells.split,
    "words in a file": woocommerce_cells.text,
    "marks of a column": lambda text: column_mark([text, text]),
    "a file of products": lambda text: understand(
        read_sheet(f"{HEADINGS}\n1,{text},{text}".encode()), date(2026, 11, 22)
    ),
    "a file that begins with its delimiter": lambda text: read_sheet(f"sep={text}\n{text}".encode()),
    **{
        f"checkout's {name}": lambda text, name=name: wanted_of({"method": "cod", name: text}, {"SKU": 1})
        for name in ("name", "phone", "email", "district", "area", "line", "note", "trx_id", "sender", "method")
    },
    **{f"mended {name}": lambda text, name=name: still_wrong(name, text) for name in ("phone", "email", "trx_id")},
}


@pytest.mark.parametrize("field", READERS)
def test_no_field_that_people_type_costs_more_than_its_length(field: str) -> None:
    assert out_of_proportion(READERS[field], 10_000) == []


def test_a_pattern_that_goes_back_and_forth_would_be_found() -> None:
    assert out_of_proportion(re.compile(r"[^@\s]{1,64}@[^@\s]+\.[^@\s]{2,}").fullmatch)
