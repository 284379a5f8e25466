"""`python -m dokango COMMAND`: what the shop does without a browser."""

from __future__ import annotations

import argparse
import os
import sys

from dokango import logs
from dokango.commands import COMMANDS
from dokango.errors import DokangoError
from dokango.private import UMASK


def main(arguments: list[str] | None = None) -> int:
    """Run one command; its exit code, 2 when it was refused with a sentence."""
    parser = argparse.ArgumentParser(prog="python -m dokango", description=__doc__)
    choices = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, command in COMMANDS.items():
        words = (command.__doc__ or "").strip()
        chosen = choices.add_parser(name, help=words.splitlines()[0], description=words)
        command.add_arguments(chosen)
    given = parser.parse_args(arguments)
    os.umask(UMASK)
    logs.configure()
    try:
        return COMMANDS[given.command].run(given)
    except DokangoError as error:
        print(error, file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
