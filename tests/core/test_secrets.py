"""Secrets are sealed with the installation's key, shown never, and of no use without it."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from sqlalchemy import select

from dokango.couriers.keys import keys_of
from dokango.couriers.steadfast.row import STEADFAST
from dokango.db import Database, table_of
from dokango.settings import Settings
from dokango.shop.models import ShopSetting
from dokango.shop.secrets import KEY_FILE, SecretLost, Vault, forget_secret, keep_secret, mark_of, open_secret

SECRET = "live-key-of-the-courier-9f2c"


def test_a_secret_comes_back_as_it_was_and_lies_sealed(db: Database, tmp_path: Path) -> None:
    vault = Vault(tmp_path)
    db.write(lambda tx: keep_secret(tx, vault, "api_key", SECRET, by="Olin", now_us=1))
    assert db.read(lambda tx: open_secret(tx, vault, "api_key")) == SECRET
    rows = db.read(lambda tx: tx.rows(select(table_of(ShopSetting).c.value)))
    assert SECRET not in str(rows)


def test_only_when_by_whom_and_the_ending_are_shown(db: Database, tmp_path: Path) -> None:
    db.write(lambda tx: keep_secret(tx, Vault(tmp_path), "api_key", SECRET, by="Olin", now_us=1_790_000_000_000_000))
    mark = db.read(lambda tx: mark_of(tx, "api_key"))
    assert mark is not None
    assert mark.words == "set on 21 Sep 2026, 20:13 by Olin, ends in ••••9f2c"


def test_of_a_short_secret_nothing_is_shown(db: Database, tmp_path: Path) -> None:
    db.write(lambda tx: keep_secret(tx, Vault(tmp_path), "pin", "1234", by="Olin", now_us=1))
    mark = db.read(lambda tx: mark_of(tx, "pin"))
    assert mark is not None and mark.tail == ""


def test_the_key_file_is_for_its_owner_alone_and_made_once(tmp_path: Path) -> None:
    sealed = Vault(tmp_path).seal("x")
    assert stat.S_IMODE((tmp_path / KEY_FILE).stat().st_mode) == 0o600
    assert Vault(tmp_path).open(sealed) == "x"
    assert [file.name for file in tmp_path.iterdir()] == [KEY_FILE]


def test_another_installations_key_opens_nothing_and_says_what_to_do(db: Database, tmp_path: Path) -> None:
    db.write(lambda tx: keep_secret(tx, Vault(tmp_path / "a"), "api_key", SECRET, by="Olin", now_us=1))
    with pytest.raises(SecretLost, match="Enter it again"):
        db.read(lambda tx: open_secret(tx, Vault(tmp_path / "b"), "api_key"))


def test_a_secret_that_was_never_set_or_forgotten_is_empty(db: Database, tmp_path: Path) -> None:
    vault = Vault(tmp_path)
    assert db.read(lambda tx: open_secret(tx, vault, "api_key")) == ""
    db.write(lambda tx: keep_secret(tx, vault, "api_key", SECRET, by="Olin", now_us=1))
    db.write(lambda tx: forget_secret(tx, "api_key"))
    assert db.read(lambda tx: (open_secret(tx, vault, "api_key"), mark_of(tx, "api_key"))) == ("", None)


def keys(whose: str) -> dict[str, str]:
    return {"api_key": f"{whose}-a", "secret_key": f"{whose}-s", "base_url": "", "calls_per_min": "1000"}


def test_the_owners_courier_keys_win_over_the_environments_only_when_both_are_set(db: Database, tmp_path: Path) -> None:
    vault = Vault(tmp_path)
    environment = Settings(steadfast_api_key="env-a", steadfast_secret_key="env-s")
    db.write(lambda tx: keep_secret(tx, vault, "steadfast_api_key", "own-a", by="Olin", now_us=1))
    assert db.read(lambda tx: keys_of(tx, vault, environment, STEADFAST)) == keys("env")
    db.write(lambda tx: keep_secret(tx, vault, "steadfast_secret_key", "own-s", by="Olin", now_us=1))
    assert db.read(lambda tx: keys_of(tx, vault, environment, STEADFAST)) == keys("own")
