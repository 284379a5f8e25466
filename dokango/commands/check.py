"""Prove every invariant of books, stock and orders; exit code 1 when one does not hold."""

from __future__ import annotations

import argparse

from dokango.checks import run_checks
from dokango.commands.opening import open_shop

_SHOWN = 20


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """None."""


def run(given: argparse.Namespace) -> int:
    """Print each invariant with ok, or the rows that break it."""
    results = open_shop().read(run_checks)
    for result in results:
        print(f"{'ok    ' if result.ok else 'BROKEN'}  {result.name}")
        for problem in result.problems[:_SHOWN]:
            print(f"          {problem}")
        if len(result.problems) > _SHOWN:
            print(f"          … and {len(result.problems) - _SHOWN} more")
    broken = sum(not result.ok for result in results)
    print(f"{broken} of {len(results)} invariants are broken." if broken else f"All {len(results)} invariants hold.")
    return 1 if broken else 0
