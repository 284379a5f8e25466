"""Secrets of the shop, encrypted at rest: courier keys, the mail password. The key lies beside the data, never in it.

A stolen database, or a backup of it alone, tells nothing. Settings show when a secret was set and how it ends.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken
from sqlalchemy import bindparam, delete

from dokango.clock import said
from dokango.db import Statement, Tx, table_of
from dokango.errors import Conflict
from dokango.shop.models import ShopSetting
from dokango.shop.profile import read_setting, write_setting

KEY_FILE = "installation.key"
_SHOWN = 4
_LONG_ENOUGH = 12  # of a shorter secret, four characters would be too much to show
_S = table_of(ShopSetting)
_FORGET = Statement(delete(_S).where(_S.c.key == bindparam("key")))


class SecretLost(Conflict):
    """What is kept cannot be opened: it was encrypted by another installation's key."""

    code = "secret-lost"

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(
            f"The {name.replace('_', ' ')} was kept under another installation's key. Enter it again in Settings."
        )


@dataclass(frozen=True, slots=True)
class SecretMark:
    """What may be shown of a secret: when and by whom it was set, and its last characters (empty for short ones)."""

    set_at: int
    set_by: str
    tail: str

    @property
    def words(self) -> str:
        """For people: "set on 22 Nov 2026, 16:05 by Olin, ends in ••••9f2c"."""
        ending = f", ends in ••••{self.tail}" if self.tail else ""
        return f"set on {said(self.set_at)} by {self.set_by}{ending}"


class Vault:
    """Seals and opens with the installation's key, which is made at first use, readable by its owner alone."""

    def __init__(self, data_dir: Path) -> None:
        self._path = data_dir / KEY_FILE

    def seal(self, plain: str) -> str:
        """`plain` as it may be kept."""
        return self._fernet().encrypt(plain.encode()).decode()

    def open(self, sealed: str, name: str = "secret") -> str:
        """What was sealed; raises SecretLost when this installation did not seal it."""
        try:
            return self._fernet().decrypt(sealed.encode()).decode()
        except InvalidToken as error:
            raise SecretLost(name) from error

    def _fernet(self) -> Fernet:
        try:
            return Fernet(self._path.read_bytes().strip())
        except FileNotFoundError:
            return Fernet(self._make_key())

    def _make_key(self) -> bytes:
        """Write a new key; when another process was first, take its."""
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        made = self._path.with_suffix(f".{os.getpid()}.new")
        descriptor = os.open(made, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(Fernet.generate_key())
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(made, self._path)
        except FileExistsError:
            pass
        finally:
            made.unlink()
        return self._path.read_bytes().strip()


def keep_secret(tx: Tx, vault: Vault, name: str, plain: str, *, by: str, now_us: int) -> None:
    """Set the secret `name`; who may, and the audit event (which never holds it), are the caller's."""
    tail = plain[-_SHOWN:] if len(plain) >= _LONG_ENOUGH else ""
    kept = {"sealed": vault.seal(plain), "tail": tail, "by": by, "at": now_us}
    write_setting(tx, _key(name), json.dumps(kept), by=by, now_us=now_us)


def open_secret(tx: Tx, vault: Vault, name: str) -> str:
    """The secret `name`, or "" when it was never set; raises SecretLost."""
    kept = read_setting(tx, _key(name))
    return vault.open(json.loads(kept)["sealed"], name) if kept else ""


def mark_of(tx: Tx, name: str) -> SecretMark | None:
    """What may be shown of the secret `name`; None when it was never set."""
    kept = json.loads(read_setting(tx, _key(name)) or "null")
    return None if kept is None else SecretMark(kept["at"], kept["by"], kept["tail"])


def forget_secret(tx: Tx, name: str) -> None:
    """Take the secret `name` out of the settings."""
    tx.run(_FORGET, key=_key(name))


def _key(name: str) -> str:
    return f"secret/{name}"
