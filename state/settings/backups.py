"""The copies that the shop makes of itself, for the owner: when the last was made, which there are, and one now."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import anyio.to_thread
import reflex as rx

from dokango import process, topics
from dokango.archive import BACKUPS
from dokango.backups.automatic import LastBackup, last_backup, make_backup
from dokango.clock import US_PER_S, said
from dokango.people.permissions import Permission
from dokango.settings import Settings, settings
from state.kit import feedback, live
from state.kit.session import allow
from state.kit.work import read

_SHOWN = 30
_MEGABYTE = 1_000_000


class BackupsState(rx.State):
    """How the copying stands, in words."""

    said: str = ""
    failed: str = ""
    plan: str = ""
    files: list[dict[str, str]] = []
    making: bool = False

    @rx.event
    @allow(Permission.EDIT_SETTINGS)
    async def load(self) -> None:
        """The page's on_load."""
        live.watch(self, topics.SETTINGS)
        await self._refresh()

    @rx.event
    @allow(Permission.EDIT_SETTINGS)
    async def make(self) -> Any:
        """A copy now; the page says when it is made."""
        if self.making:
            return
        self.making = True
        yield
        last = await anyio.to_thread.run_sync(lambda: make_backup(process.database(), process.clock(), settings()))
        self.making = False
        await self._refresh()
        yield feedback.warned(last.words) if last.words else feedback.done(f"{last.file} is made, and proved.")

    async def _refresh(self) -> None:
        last, shop = await read(last_backup), settings()
        self.said = _said(last)
        self.failed = last.words
        self.plan = _plan(shop)
        self.files = await anyio.to_thread.run_sync(lambda: _files(shop.data_dir / BACKUPS))


def _said(last: LastBackup) -> str:
    if not last.good_us:
        return "No copy has been made by the shop yet."
    return f"The last good copy is of {said(last.good_us)}: {last.file}, {last.size_bytes / _MEGABYTE:.1f} MB."


def _plan(shop: Settings) -> str:
    if not shop.backup_every_h:
        return "The shop makes no copy by itself (DOKANGO_BACKUP_EVERY_H is 0)."
    beside = f", and {shop.backup_to} gets each too" if shop.backup_to else ""
    return f"One is made every {shop.backup_every_h} hours{beside}."


def _files(folder: Path) -> list[dict[str, str]]:
    found = sorted(((file.stat(), file) for file in folder.glob("*.tar.gz")), key=lambda one: -one[0].st_mtime)
    return [
        {"name": file.name, "size": f"{stat.st_size / _MEGABYTE:.1f} MB", "when": said(int(stat.st_mtime * US_PER_S))}
        for stat, file in found[:_SHOWN]
    ]
