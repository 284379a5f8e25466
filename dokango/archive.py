"""The whole shop in one file: databases copied while they are in use, and everything else of the data folder.

The installation's key, which opens the sealed secrets, goes into an archive only when asked for: without it an archive
that is lost tells no courier's key and no mail password. The first password is in none.
"""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from contextlib import closing
from pathlib import Path

from dokango.errors import Conflict, InvalidInput
from dokango.shop.secrets import KEY_FILE

BACKUPS = "backups"
PASSWORD_FILE = "first-password.txt"  # noqa: S105  a file name
MARK = "dokango-archive.txt"
DATABASE, _DUMP = "database.sqlite3", "database.pgdump"
_FILES = "files"
_PASSING = ("-wal", "-shm", ".lock")


def back_up(database_url: str, data_dir: Path, target: Path, *, with_key: bool = False) -> Path:
    """Write the archive `target`, readable by its owner alone; it appears only when it is whole.

    `with_key` puts the key that opens the secrets beside them: keep such a file as you would keep the shop's safe.

    SQLite is copied by its online backup; PostgreSQL by pg_dump, which must be on the PATH. Raises Conflict.
    """
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        stage = Path(folder) / "archive"
        (stage / _FILES).mkdir(parents=True)
        (stage / MARK).write_text("An archive of DokanGo. Restore it with: python -m dokango restore FILE\n")
        if database_url.startswith("sqlite:///"):
            _copy_sqlite(Path(database_url.removeprefix("sqlite:///")), stage / DATABASE)
        else:
            _postgres("pg_dump", "--format=custom", "--no-owner", f"--file={stage / _DUMP}", database_url)
        left_out = {PASSWORD_FILE} if with_key else {PASSWORD_FILE, KEY_FILE}
        _copy_files(database_url, data_dir, stage / _FILES, left_out)
        whole = Path(folder) / "whole.tar.gz"
        with tarfile.open(whole, "w:gz") as archive:
            archive.add(stage, arcname=".")
        whole.chmod(0o600)
        whole.replace(target)
    return target


def restore(archive: Path, database_url: str, data_dir: Path) -> None:
    """Put everything of `archive` in the place of what is here.

    SQLite's pages go through its own backup, so that a site that still runs sees the old or the new, never half.
    Raises InvalidInput for a file that is no archive of ours, Conflict when it is of the other kind of database.
    """
    with tempfile.TemporaryDirectory() as folder:
        stage = Path(folder)
        unpack(archive, stage)
        if database_url.startswith("sqlite:///"):
            path = Path(database_url.removeprefix("sqlite:///"))
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            _copy_sqlite(_require(stage / DATABASE), path)
        else:
            dump = _require(stage / _DUMP)
            _postgres("pg_restore", "--clean", "--if-exists", "--no-owner", f"--dbname={database_url}", str(dump))
        for file in (file for file in (stage / _FILES).rglob("*") if file.is_file()):
            target = data_dir / file.relative_to(stage / _FILES)
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            _copy(file, target)


def unpack(archive: Path, stage: Path) -> None:
    """Put what is in an archive into the folder `stage`; raises InvalidInput for a file that is none of ours."""
    try:
        with tarfile.open(archive, "r:gz") as opened:
            opened.extractall(stage, filter="data")
    except (OSError, tarfile.TarError, EOFError) as error:
        raise InvalidInput({"file": f"{archive} cannot be read as an archive: {error}"}) from error
    if not (stage / MARK).exists():
        raise InvalidInput({"file": f"{archive} is no archive of DokanGo."})


def _copy(source: Path, target: Path) -> None:
    if source.suffix == ".sqlite3":
        _copy_sqlite(source, target)
    else:
        shutil.copy2(source, target)


def _copy_sqlite(source: Path, target: Path) -> None:
    """SQLite's own copy: consistent although others write meanwhile."""
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        found = old.execute("PRAGMA integrity_check").fetchone()[0]
        if found != "ok":
            raise Conflict(f"{source.name} is damaged: {found}")
        old.backup(new)


def _copy_files(database_url: str, data_dir: Path, target: Path, left_out: set[str]) -> None:
    """What else the data folder holds: pictures, the practice courier's parcels, perhaps the installation's key."""
    for file in sorted(data_dir.rglob("*")):
        name = file.relative_to(data_dir)
        if not file.is_file() or file.is_symlink() or name.parts[0] == BACKUPS or database_url.endswith(str(file)):
            continue
        if file.name.endswith(_PASSING) or str(name) in left_out:
            continue
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        _copy(file, target / name)


def _require(file: Path) -> Path:
    if not file.exists():
        raise Conflict("The archive was made from the other kind of database; restore it into one of its own kind.")
    return file


def _postgres(tool: str, *arguments: str) -> None:
    if shutil.which(tool) is None:
        raise Conflict(f"{tool} is needed for PostgreSQL and is not on the PATH. Install postgresql-client.")
    done = subprocess.run([tool, *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        raise Conflict(f"{tool} failed: {done.stderr.strip()[:500]}")
