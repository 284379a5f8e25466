"""Put an archive in the place of what is here, which is archived first. Stop the site, or start it again after."""

from __future__ import annotations

import argparse
from pathlib import Path

from dokango.archive import back_up, restore
from dokango.backups.verified import verify
from dokango.clock import said
from dokango.commands.backup import new_archive
from dokango.commands.opening import bring_up_to_date, open_shop
from dokango.errors import Unfit
from dokango.settings import settings

_SQLITE = "sqlite:///"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which archive."""
    parser.add_argument("file", type=Path, metavar="FILE", help="an archive that `backup` made")
    parser.add_argument("--dry-run", action="store_true", help="say what it holds and whether it is sound, no more")


def run(given: argparse.Namespace) -> int:
    """Archive what is here, then restore."""
    if given.dry_run:
        return _tried(given.file)
    shop = settings()
    try:
        open_shop()
        kept = back_up(shop.database, shop.data_dir, new_archive("before-restore"), with_key=True)
    except Unfit:
        kept = _set_aside(shop.database)
    restore(given.file, shop.database, shop.data_dir)
    bring_up_to_date(shop.database, shop.data_dir)
    print(f"Restored from {given.file}. What was here before is in {kept}.")
    return 0


def _tried(file: Path) -> int:
    """What a restore would bring; 1 when it is not sound."""
    verdict = verify(file)
    if verdict.holds is None:
        print(f"{file} is a dump of PostgreSQL. pg_restore reads it; its invariants can be proved once it is restored.")
        return 0
    newest = f", the newest of {said(verdict.holds.newest_us)}" if verdict.holds.newest_us else ""
    print(f"{file} holds {verdict.holds.orders} orders{newest}. Nothing was restored.")
    for name in verdict.broken:
        print(f"BROKEN  {name}")
    print("Every invariant holds in it." if verdict.is_good else "It is not sound: choose another.")
    return 0 if verdict.is_good else 1


def _set_aside(url: str) -> Path:
    """Where the database is kept that nothing can be read from; one of a server is left to who runs it."""
    path = Path(url.removeprefix(_SQLITE))
    if not url.startswith(_SQLITE) or not path.exists():
        return path
    aside = path.with_name(f"{path.name}.{new_archive('unfit').name.removesuffix('.tar.gz')}")
    for end in ("", "-wal", "-shm"):
        found = path.with_name(path.name + end)
        if found.exists():
            found.rename(aside.with_name(aside.name + end))
    return aside
