"""How fast one network may open pages, held open or not; others, and the shop's own people, are not held up by it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from dokango.clock import SystemClock
from dokango.db import open_database
from dokango.people import sessions, staff
from dokango_web.door.socket_guard import TOO_MANY
from dokango_web.door.socket_rate import Arrivals
from state.kit.session import COOKIE
from tests.door.strangers import Backend, new_browser, running_backend

AT_ONCE = 3
FLOODED, LINE = "8.8.1.1", "2a00:1450:9:9"
REFUSED = 'dokango_refusals_total{where="socket",why="sockets too fast"}'


@pytest.fixture(scope="module")
def paced(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Backend]:
    """A site where a network may open three pages, and one more each minute."""
    limits = {"DOKANGO_NEW_SOCKETS_AT_ONCE": str(AT_ONCE), "DOKANGO_NEW_SOCKETS_PER_MINUTE": "1",
              "DOKANGO_TRUSTED_PROXY_HOPS": "1"}  # fmt: skip
    with running_backend(tmp_path_factory.mktemp("paced"), **limits) as running:
        yield running


def comes_in(paced: Backend, address: str, cookies: str = "") -> bool:
    """Whether a page from there is let in; it closes again."""
    stranger = paced.stranger(address=address, cookies=cookies)
    stranger.connect()
    stranger.close()
    return stranger.code != TOO_MANY


def staffs_cookie(paced: Backend) -> str:
    """That of the owner, signed in."""
    db = open_database(f"sqlite:///{paced.log.parent / 'dokango.sqlite3'}")
    try:
        (owner,) = [user for user in db.read(staff.everyone) if user.role == "owner"]
        now_us = SystemClock().now_us()
        token = db.write(lambda tx: sessions.start(tx, owner.id, now_us, "test"))
    finally:
        db.close()
    return f"{new_browser()}; {COOKIE}={token}"


def test_pages_that_are_opened_and_closed_all_the_time_are_refused_and_counted(paced: Backend) -> None:
    assert [comes_in(paced, FLOODED) for _ in range(AT_ONCE + 2)] == [True] * AT_ONCE + [False] * 2
    assert paced.figure(REFUSED) == 2
    assert "sockets too fast" in paced.written()
    assert comes_in(paced, "8.8.1.2")
    assert comes_in(paced, FLOODED, staffs_cookie(paced))
    assert not comes_in(paced, FLOODED)


def test_a_line_of_ipv6_has_one_bucket_however_many_addresses_it_picks(paced: Backend) -> None:
    assert [comes_in(paced, f"{LINE}::{n}") for n in range(AT_ONCE + 1)] == [True] * AT_ONCE + [False]


@pytest.mark.parametrize("address", ["192.168.0.7", "127.0.0.1", "fd00::1"])
def test_a_proxy_and_the_shops_own_network_are_not_counted_as_one(paced: Backend, address: str) -> None:
    assert [comes_in(paced, address) for _ in range(AT_ONCE + 1)] == [True] * (AT_ONCE + 1)


def test_permits_come_back_with_time_and_never_more_than_there_may_be_at_once() -> None:
    now_s = 1_000.0
    coming = Arrivals(lambda: now_s)
    assert [coming.take("net", 2, 60) for _ in range(3)] == [True, True, False]
    now_s += 1.0
    assert [coming.take("net", 2, 60) for _ in range(2)] == [True, False]
    now_s += 3_600.0
    assert [coming.take("net", 2, 60) for _ in range(3)] == [True, True, False]


def test_a_refusal_costs_nothing_so_that_who_tries_again_gets_in() -> None:
    now_s = 1_000.0
    coming = Arrivals(lambda: now_s)
    assert [coming.take("net", 1, 60) for _ in range(50)] == [True] + [False] * 49
    now_s += 1.0
    assert coming.take("net", 1, 60)


def test_what_is_remembered_has_an_end() -> None:
    now_s = 1_000.0
    coming = Arrivals(lambda: now_s, most_remembered=10)
    for n in range(100):
        coming.take(f"net {n}", 5, 60)
    assert len(coming) <= 10
    now_s += 5.0  # all buckets are full again
    coming.take("net", 5, 60)
    assert len(coming) == 1
