"""Import products from WooCommerce's CSV: variable products with their variations, sale prices, pictures, stock.

Every row that is not taken is printed with its line and the reason. A second time nothing is new. Amounts are taka.
Exit code 0 when the file could be read, 2 when it could not.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from dokango import process
from dokango.commands.opening import open_shop
from dokango.importing.findings import Remark
from dokango.importing.run import import_products
from dokango.people.actor import SYSTEM


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The file."""
    parser.add_argument("file", type=Path, metavar="FILE", help="the CSV that WooCommerce exported")


def run(given: argparse.Namespace) -> int:
    """Import it and report."""
    try:
        raw = given.file.read_bytes()
    except OSError as error:
        print(f"{given.file} cannot be read: {error.strerror}.", file=sys.stderr)
        return 2
    report = import_products(open_shop(), SYSTEM, process.clock(), raw)
    if report.encoding == "cp1252":
        print("The file is not UTF-8; it was read as Windows-1252. Look at names with accents.")
    print(report.summary)
    _list("Not taken:", report.refused)
    if report.unstocked:
        print(f"\n{report.unstocked} new variants have no stock yet: receive goods at /stock.")
    _list("Taken, but look at these:", report.notes)
    return 0


def _list(heading: str, remarks: Sequence[Remark]) -> None:
    if remarks:
        print(f"\n{heading}")
    for remark in remarks:
        print(f"  line {remark.line}: {f'{remark.name}: ' if remark.name else ''}{remark.words}")
