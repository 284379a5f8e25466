"""Put an archive in the place of what is here, which is archived first. Stop the site, or start it again after."""

from __future__ import annotations

import argparse
from pathlib import Path

from dokango.archive import back_up, restore
from dokango.commands.backup import new_archive
from dokango.commands.opening import open_shop
from dokango.migrations.upgrade import upgrade
from dokango.settings import settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which archive."""
    parser.add_argument("file", type=Path, metavar="FILE", help="an archive that `backup` made")


def run(given: argparse.Namespace) -> int:
    """Archive what is here, then restore."""
    shop = settings()
    open_shop()
    kept = back_up(shop.database, shop.data_dir, new_archive("before-restore"), with_key=True)
    restore(given.file, shop.database, shop.data_dir)
    upgrade(shop.database)
    print(f"Restored from {given.file}. What was here before is in {kept}.")
    return 0
