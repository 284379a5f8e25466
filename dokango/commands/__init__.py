"""The commands of `python -m dokango`: one file each, with its line in COMMANDS."""

from __future__ import annotations

import argparse
from typing import Protocol, cast

from dokango.commands import api_key, courier_sandbox, import_products, prepare, sample, worker


class Command(Protocol):
    """A module of this package; the first line of its docstring is its help."""

    __doc__: str | None

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Say which arguments it takes."""
        ...

    def run(self, given: argparse.Namespace) -> int:
        """Do it; the exit code. A DokangoError is printed as its sentence, with exit code 2."""
        ...


COMMANDS: dict[str, Command] = {
    "api-key": cast(Command, api_key),
    "courier-sandbox": cast(Command, courier_sandbox),
    "import-products": cast(Command, import_products),
    "prepare": cast(Command, prepare),
    "sample": cast(Command, sample),
    "worker": cast(Command, worker),
}
