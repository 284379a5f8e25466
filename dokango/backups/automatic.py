"""The copies that the shop makes by itself, each proved before it counts; a person is told when one cannot be made."""

from __future__ import annotations

import json
import logging
import shutil
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path

from dokango import topics
from dokango.archive import BACKUPS, back_up
from dokango.backups.plan import stays
from dokango.backups.verified import verify
from dokango.clock import DHAKA, US_PER_S, Clock, datetime_of, said_day
from dokango.db import Database, Tx
from dokango.errors import Conflict, DokangoError
from dokango.orders.cases.moves import Happened, Matter, close, open_case
from dokango.orders.cases.rows import open_about
from dokango.people.actor import RULE
from dokango.settings import Settings
from dokango.shop.profile import read_setting, write_setting

log = logging.getLogger(__name__)

EVERY_S = 300.0
SETTING = "last-backup"
PREFIX = "auto"
CASE = "backup_failed"
_WRITTEN = "%Y-%m-%d-%H%M%S"
_GIVEN_UP_US = 3_600 * US_PER_S  # whoever began so long ago is gone
_HOUR_US = 3_600 * US_PER_S


@dataclass(frozen=True, slots=True)
class LastBackup:
    """How the copying stands. Times are µs, 0 for never; `words` say why the last try failed, "" when it did not."""

    since_us: int = 0  # from when the first is waited for
    begun_us: int = 0  # by whoever makes one now
    tried_us: int = 0
    good_us: int = 0
    file: str = ""
    size_bytes: int = 0
    words: str = ""


def last_backup(tx: Tx) -> LastBackup:
    """How it stands."""
    return LastBackup(**json.loads(read_setting(tx, SETTING) or "{}"))


def keep_backups(db: Database, clock: Clock, shop: Settings) -> int:
    """Make a copy when one is due; 1 when it did. Two workers at once make one: whoever begins says so."""
    if not shop.backup_every_h or not db.write(lambda tx: _begin(tx, clock.now_us(), shop.backup_every_h)):
        return 0
    make_backup(db, clock, shop)
    return 1


def make_backup(db: Database, clock: Clock, shop: Settings) -> LastBackup:
    """A copy now, proved, kept here and in the second place; the copies that the plan lets go are deleted."""
    try:
        file = _copied(clock, shop)
    except (DokangoError, OSError) as error:
        log.warning("no backup was made: %s", error)
        failed = f"No backup was made: {error}"
        return db.write(lambda tx: _failed(tx, failed, clock.now_us()))
    size_bytes = file.stat().st_size
    return db.write(lambda tx: _made(tx, file.name, size_bytes, clock.now_us()))


def made_at(file: Path) -> datetime | None:
    """When a copy of ours was made, by its name; None for a file of another name."""
    stem = file.name.removesuffix(".tar.gz").removeprefix(f"{PREFIX}-")
    try:
        return datetime.strptime(stem, _WRITTEN).replace(tzinfo=DHAKA)
    except ValueError:
        return None


def _begin(tx: Tx, now_us: int, every_h: int) -> bool:
    last = last_backup(tx)
    if not last.since_us:
        _keep(tx, replace(last, since_us=now_us), now_us)
        return False
    # A clock that was set back a little makes none too many, one that was set back by years does not stop it.
    waited_us, busy_us = now_us - max(last.since_us, last.tried_us), now_us - last.begun_us
    if abs(waited_us) < every_h * _HOUR_US or abs(busy_us) < _GIVEN_UP_US:
        return False
    _keep(tx, replace(last, begun_us=now_us), now_us)
    return True


def _copied(clock: Clock, shop: Settings) -> Path:
    now = datetime_of(clock.now_us()).astimezone(DHAKA)
    folder = shop.data_dir / BACKUPS
    file = back_up(shop.database, shop.data_dir, folder / f"{PREFIX}-{now:{_WRITTEN}}.tar.gz")
    verdict = verify(file)
    if not verdict.is_good:
        raise Conflict(f"{file.name} was made and kept, but {', '.join(verdict.broken)} does not hold in it.")
    _let_go(folder, now)
    if shop.backup_to is not None:
        _send(file, shop.backup_to)
        _let_go(shop.backup_to, now)
    return file


def _send(file: Path, place: Path) -> None:
    """A copy in another place; it appears there only when it is whole."""
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    passing = place / f".{file.name}.part"
    shutil.copyfile(file, passing)
    passing.chmod(0o600)
    passing.replace(place / file.name)


def _let_go(folder: Path, now: datetime) -> None:
    ours = {at: file for file in folder.glob(f"{PREFIX}-*.tar.gz") if (at := made_at(file)) is not None}
    for at in ours.keys() - stays(ours, now):
        ours[at].unlink(missing_ok=True)


def _made(tx: Tx, file: str, size_bytes: int, now_us: int) -> LastBackup:
    case = open_about(tx, CASE, CASE)
    if case is not None:
        close(tx, case, "done", Happened(f"backup/{now_us}", f"{file} was made.", now_us))
    made = replace(
        last_backup(tx), begun_us=0, tried_us=now_us, good_us=now_us, file=file, size_bytes=size_bytes, words=""
    )
    return _keep(tx, made, now_us)


def _failed(tx: Tx, words: str, now_us: int) -> LastBackup:
    last = last_backup(tx)
    day = said_day(datetime_of(now_us).astimezone(DHAKA).date())
    open_case(tx, Matter(CASE), CASE, Happened(f"backup/failed/{day}", words[:400], now_us))
    return _keep(tx, replace(last, begun_us=0, tried_us=now_us, words=words[:400]), now_us)


def _keep(tx: Tx, last: LastBackup, now_us: int) -> LastBackup:
    write_setting(tx, SETTING, json.dumps(asdict(last), ensure_ascii=False), by=RULE.name, now_us=now_us)
    tx.changed(topics.SETTINGS)
    return last
