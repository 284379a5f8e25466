"""The commands of `python -m dokango`: one file each, with its line in COMMANDS."""

from __future__ import annotations

import argparse
from typing import Protocol, cast

from dokango.commands import (
    api_key,
    backup,
    check,
    courier_sandbox,
    create_user,
    import_products,
    migrate,
    prepare,
    recount_customers,
    reset_second_step,
    restore,
    sample,
    worker,
)


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
    "backup": cast(Command, backup),
    "check": cast(Command, check),
    "courier-sandbox": cast(Command, courier_sandbox),
    "create-user": cast(Command, create_user),
    "import-products": cast(Command, import_products),
    "migrate": cast(Command, migrate),
    "prepare": cast(Command, prepare),
    "recount-customers": cast(Command, recount_customers),
    "reset-second-step": cast(Command, reset_second_step),
    "restore": cast(Command, restore),
    "sample": cast(Command, sample),
    "worker": cast(Command, worker),
}
