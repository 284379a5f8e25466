"""One signs in for all processes: kept sealed, renewed by one at a time, and called at one pace."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Lock

import pytest
from sqlalchemy import select

from dokango.clock import US_PER_S
from dokango.courier_errors import CourierUnavailable
from dokango.couriers.line.sessions import LEASE_S, KeptSessions, Session
from dokango.couriers.models import CourierSession
from dokango.db import table_of
from dokango.shop.secrets import KEY_FILE, Vault
from tests.small_shop import Shop

NAME = "pathao/one"
LASTS_S = 10_000


class SignIn:
    """Gives out tokens 1, 2, 3 …, and remembers what each was renewed from."""

    def __init__(self, shop: Shop) -> None:
        self._shop, self._lock = shop, Lock()
        self.from_refresh: list[str] = []

    def __call__(self, before: Session | None) -> Session:
        with self._lock:
            self.from_refresh.append(before.refresh if before else "")
            number = len(self.from_refresh)
        ends_us = self._shop.clock.now_us() + LASTS_S * US_PER_S
        return Session(f"access {number}", f"refresh {number}", ends_us)


def sessions(shop: Shop, folder: Path) -> KeptSessions:
    """As another process would have them."""
    return KeptSessions(shop.db, Vault(folder), shop.clock)


def test_what_one_process_signed_in_the_others_use(shop: Shop, tmp_path: Path) -> None:
    sign_in = SignIn(shop)
    found = [sessions(shop, tmp_path).current(NAME, "pathao", "", sign_in) for _ in range(3)]
    assert [session.access for session in found] == ["access 1"] * 3


def test_many_that_hold_a_refused_token_renew_it_once(shop: Shop, tmp_path: Path) -> None:
    sign_in = SignIn(shop)
    first = sessions(shop, tmp_path).current(NAME, "pathao", "", sign_in)
    with ThreadPoolExecutor(8) as pool:
        found = list(
            pool.map(lambda _: sessions(shop, tmp_path).current(NAME, "pathao", first.access, sign_in).access, range(8))
        )
    assert found == ["access 2"] * 8 and sign_in.from_refresh == ["", "refresh 1"]


def test_it_is_renewed_early_and_kept_sealed(shop: Shop, tmp_path: Path) -> None:
    sign_in = SignIn(shop)
    sessions(shop, tmp_path).current(NAME, "pathao", "", sign_in)
    table = table_of(CourierSession)
    (row,) = shop.db.read(lambda tx: tx.rows(select(*table.c)))
    assert "access 1" not in row.sealed and row.sealed
    shop.clock.advance(LASTS_S - 301)
    assert sessions(shop, tmp_path).current(NAME, "pathao", "", sign_in).access == "access 1"
    shop.clock.advance(2)
    assert sessions(shop, tmp_path).current(NAME, "pathao", "", sign_in).access == "access 2"


def test_another_account_drops_the_token_of_the_one_before(shop: Shop, tmp_path: Path) -> None:
    sign_in = SignIn(shop)
    sessions(shop, tmp_path).current(NAME, "pathao", "", sign_in)
    sessions(shop, tmp_path).current("pathao/two", "pathao", "", sign_in)
    table = table_of(CourierSession)
    kept = {row.name: bool(row.sealed) for row in shop.db.read(lambda tx: tx.rows(select(*table.c)))}
    assert kept == {NAME: False, "pathao/two": True}


def test_a_sign_in_that_fails_leaves_the_way_open_for_the_next(shop: Shop, tmp_path: Path) -> None:
    def refused(before: Session | None) -> Session:
        raise CourierUnavailable("pathao", "No.")

    for _ in range(2):
        with pytest.raises(CourierUnavailable, match=r"No\."):
            sessions(shop, tmp_path).current(NAME, "pathao", "", refused)
    assert sessions(shop, tmp_path).current(NAME, "pathao", "", SignIn(shop)).access == "access 1"


def test_who_dies_over_a_renewal_is_waited_for_no_longer_than_its_lease(
    shop: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dokango.couriers.line.sessions.WAIT_S", 0.2)
    kept = sessions(shop, tmp_path)
    assert shop.db.write(lambda tx: kept._claimed(tx, NAME, "pathao"))
    with pytest.raises(CourierUnavailable, match="signing in"):
        kept.current(NAME, "pathao", "", SignIn(shop))
    shop.clock.advance(LEASE_S + 1)
    assert kept.current(NAME, "pathao", "", SignIn(shop)).access == "access 1"


def test_a_token_that_another_installation_sealed_is_replaced(shop: Shop, tmp_path: Path) -> None:
    sign_in = SignIn(shop)
    sessions(shop, tmp_path).current(NAME, "pathao", "", sign_in)
    (tmp_path / KEY_FILE).unlink()
    assert sessions(shop, tmp_path).current(NAME, "pathao", "", sign_in).access == "access 2"


def test_all_processes_call_at_one_pace(shop: Shop, tmp_path: Path) -> None:
    turns = [sessions(shop, tmp_path).turn_s(NAME, "pathao", 60) for _ in range(4)]
    assert turns == pytest.approx([0, 1, 2, 3], abs=0.01)
    shop.clock.advance(60)
    assert sessions(shop, tmp_path).turn_s(NAME, "pathao", 60) == 0
