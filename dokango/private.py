"""The data folder is its owner's alone: what is made in it is private, and what was made before is mended."""

from __future__ import annotations

import os
import stat
from pathlib import Path

UMASK = 0o077


def keep_private(data_dir: Path) -> int:
    """Make everything new private from here on, and everything in `data_dir`; how many were open to others.

    What belongs to somebody else cannot be changed, and is left.
    """
    os.umask(UMASK)
    data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    return sum(_close(path) for path in (data_dir, *data_dir.rglob("*")))


def _close(path: Path) -> bool:
    found = path.lstat()
    if stat.S_ISLNK(found.st_mode) or not found.st_mode & UMASK or found.st_uid != os.getuid():
        return False
    path.chmod(stat.S_IMODE(found.st_mode) & ~UMASK)
    return True
