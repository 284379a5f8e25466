"""Files that wait until somebody has said what their columns are: the latest few, under names that nobody guesses."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from pathlib import Path

from dokango.errors import NotFound

# A folder for each kind of file.
PRODUCTS, PAYOUTS, CALLED_PAYOUTS, STATEMENTS = "imports", "payouts", "payouts-called", "statements"
MOST_KEPT = 20
_TOKEN = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class WaitingFile:
    """One file, and how it was called where it came from."""

    name: str
    raw: bytes


def keep_waiting(data_dir: Path, name: str, raw: bytes, kind: str = PRODUCTS) -> str:
    """Keep a file; the token that finds it again. The oldest of more than MOST_KEPT go."""
    folder = data_dir / kind
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    token = secrets.token_hex(16)
    half = folder / f"{token}.half"
    half.write_bytes(" ".join(name.split()).encode() + b"\n" + raw)
    half.replace(folder / token)
    for old in sorted(folder.iterdir(), key=_written, reverse=True)[MOST_KEPT:]:
        old.unlink(missing_ok=True)
    return token


def waiting_file(data_dir: Path, token: str, kind: str = PRODUCTS) -> WaitingFile:
    """The file of a token; raises NotFound when it has gone, or never was."""
    path = data_dir / kind / token
    if not _TOKEN.fullmatch(token) or not path.is_file():
        raise NotFound("file waiting to be imported", token[:32])
    name, _, raw = path.read_bytes().partition(b"\n")
    return WaitingFile(name.decode(), raw)


def drop_waiting(data_dir: Path, token: str, kind: str = PRODUCTS) -> None:
    """It was imported."""
    if _TOKEN.fullmatch(token):
        (data_dir / kind / token).unlink(missing_ok=True)


def _written(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except FileNotFoundError:  # another worker was quicker
        return 0.0
