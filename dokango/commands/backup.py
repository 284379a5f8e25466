"""Copy the shop into one file while it runs: database and pictures; with --with-key also the key to its secrets."""

from __future__ import annotations

import argparse
from pathlib import Path

from dokango import process
from dokango.archive import BACKUPS, back_up
from dokango.clock import DHAKA, datetime_of
from dokango.commands.opening import open_shop
from dokango.settings import settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to."""
    parser.add_argument(
        "--to",
        type=Path,
        help="a file, or a folder (default: backups/ in the data folder)",
    )
    parser.add_argument(
        "--with-key",
        action="store_true",
        help="put in the key that opens courier keys and mail password; else those are entered again after a restore",
    )


def run(given: argparse.Namespace) -> int:
    """Write the archive and say where it is."""
    open_shop()
    made = new_archive("dokango")
    target = made if given.to is None else given.to / made.name if given.to.is_dir() else given.to
    path = back_up(settings().database, settings().data_dir, target, with_key=given.with_key)
    print(f"{path} ({path.stat().st_size / 1_000_000:.1f} MB)")
    return 0


def new_archive(prefix: str) -> Path:
    """A name for an archive made now."""
    now = datetime_of(process.clock().now_us()).astimezone(DHAKA)
    return settings().data_dir / BACKUPS / f"{prefix}-{now:%Y-%m-%d-%H%M%S}.tar.gz"
