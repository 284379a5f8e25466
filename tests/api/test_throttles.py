"""Throttles count what is meant, not what was typed, and a flood from one network holds up no other."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator

import httpx
import pytest

from dokango.errors import Throttled
from dokango.people import staff
from dokango.people.actor import SYSTEM
from dokango.people.staff import NewStaff
from dokango.people.throttle import Throttle, network_of, network_that_counts, plain_login
from dokango_web.routes import native, sign_in
from dokango_web.routes.hashing_queue import MOST_OF_A_NETWORK, MOST_OF_ALL, HashingQueue
from tests.small_shop import Shop

ON_BOTH = True  # calls at once

PASSWORD = "a password for tests"
SQLITE_ALONE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("unknown", "unknown"),
    ],
)
def test_callers_are_counted_by_network(address: str, network: str) -> None:
    assert network_of(address) == network


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("8.8.8.8", "8.8.8.8"),
        ("::ffff:8.8.8.8", "8.8.8.8"),
        ("2a00:1450:4001:2:ffff::1", "2a00:1450:4001:2::/64"),
        ("127.0.0.1", ""),  # a proxy of this machine that nobody told the site of
        ("172.17.0.1", ""),
        ("100.64.3.2", ""),
        ("::1", ""),
        ("::ffff:192.168.0.7", ""),
        ("fe80::1%eth0", ""),
        ("unknown", ""),
        ("", ""),
    ],
)
def test_open_orders_are_counted_by_networks_of_the_internet_alone(address: str, network: str) -> None:
    assert network_that_counts(address) == network


@pytest.mark.parametrize("typed", ["Rina", " rina ", "RINA", "ｒｉｎａ"])
def test_a_login_is_counted_as_one_however_it_is_written(typed: str) -> None:
    assert plain_login(typed) == "rina"


@pytest.fixture
def people(served: Shop, monkeypatch: pytest.MonkeyPatch) -> Shop:
    """A shop with Rina and Liton, and throttles that have counted nothing yet."""
    for login in ("rina", "liton"):
        new = NewStaff(login, login.title(), "packer", PASSWORD)
        served.db.write(lambda tx, new=new: staff.create(tx, SYSTEM, new, served.clock))
    monkeypatch.setattr(sign_in, "_by_person", Throttle("3 per 5 minutes"))
    monkeypatch.setattr(sign_in, "_by_network", Throttle("8 per 5 minutes"))
    monkeypatch.setattr(sign_in, "_by_login", Throttle("1000 per 5 minutes"))
    monkeypatch.setattr(sign_in, "_queue", HashingQueue())
    return served


async def why(login: str, password: str, address: str = "203.0.113.7") -> str:
    """The reason in the answer's address; "" when the person is in."""
    transport = httpx.ASGITransport(native, client=(address, 1))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
        answer = await client.post("/sign-in", data={"login": login, "password": password})
    return dict(httpx.URL(answer.headers["location"]).params).get("why", "")


@SQLITE_ALONE
async def test_another_spelling_of_the_login_is_no_other_try(people: Shop) -> None:
    assert [await why(login, "wrong") for login in ("rina", "RINA", " Rina")] == ["wrong"] * 3
    assert await why("ｒｉｎａ", PASSWORD) == "throttled"


@SQLITE_ALONE
async def test_another_address_of_the_same_line_is_no_other_caller(people: Shop) -> None:
    for host in range(3):
        assert await why("rina", "wrong", f"2001:db8::{host + 1}") == "wrong"
    assert await why("rina", PASSWORD, "2001:db8::ffff") == "throttled"
    assert await why("rina", PASSWORD, "2001:db8:0:1::1") == ""


@SQLITE_ALONE
async def test_ones_own_right_answer_buys_no_tries_at_others(people: Shop) -> None:
    for guess in range(2):
        assert await why("liton", f"guess {guess}") == "wrong"
        assert await why("rina", PASSWORD) == ""
    assert await why("liton", "guess 3") == "wrong"
    assert await why("liton", PASSWORD) == "throttled"
    for _ in range(2):
        await why("rina", PASSWORD)
    assert await why("rina", PASSWORD) == "throttled"  # of the network, which its right answers did not forgive


def botnet(count: int) -> Iterator[str]:
    """So many networks that have nothing to do with each other."""
    return (f"198.51.{n // 250}.{n % 250}" for n in range(count))


@SQLITE_ALONE
async def test_guesses_of_one_login_from_everywhere_are_counted_together(
    people: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sign_in, "_by_login", Throttle("40 per 1 hour"))
    told = [await why("liton", f"guess {n}", address) for n, address in enumerate(botnet(45))]
    assert told == ["wrong"] * 40 + ["throttled"] * 5
    assert await why("liton", PASSWORD, "198.51.100.77") == "throttled"  # a network that nobody knows waits
    assert await why("rina", PASSWORD, "198.51.100.77") == ""  # another login is not held up


@SQLITE_ALONE
@pytest.mark.parametrize("network", ["203.0.113.50", "2001:db8:5:6::1"])
async def test_nobody_can_be_locked_out_from_where_they_came_in_before(
    people: Shop, monkeypatch: pytest.MonkeyPatch, network: str
) -> None:
    monkeypatch.setattr(sign_in, "_by_login", Throttle("3 per 1 hour"))
    assert await why("rina", PASSWORD, network) == ""
    for address in botnet(5):
        await why("rina", "guess", address)
    assert await why("rina", PASSWORD, "198.51.100.77") == "throttled"
    assert await why("rina", PASSWORD, network.replace("::1", "::2")) == ""
    assert await why("liton", PASSWORD, "198.51.100.77") == ""
    people.clock.advance(91 * 86_400)
    assert await why("rina", PASSWORD, network) == "throttled"  # too long ago to be a sign of anything


async def test_a_network_that_only_guessed_is_not_known(people: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sign_in, "_by_login", Throttle("3 per 1 hour"))
    assert await why("liton", PASSWORD, "203.0.113.60") == ""  # another's success there says nothing of Rina's
    for address in botnet(3):
        await why("rina", "guess", address)
    assert await why("rina", PASSWORD, "203.0.113.60") == "throttled"


@SQLITE_ALONE
async def test_a_refused_sign_in_is_logged_without_what_may_be_a_password(
    people: Shop, caplog: pytest.LogCaptureFixture
) -> None:
    await why("my password typed as login", "x", "203.0.113.61")
    await why("rina", "the wrong password", "203.0.113.61")
    assert "my password" not in caplog.text and "the wrong password" not in caplog.text
    assert "wrong password; from 203.0.113.61, as rina" in caplog.text


@pytest.fixture
async def crowded() -> AsyncIterator[HashingQueue]:
    """A queue in which one network has all places that it may have."""
    queue = HashingQueue()
    done = asyncio.Event()

    async def wait() -> None:
        async with queue.place("flood"):
            await done.wait()

    waiting = [asyncio.create_task(wait()) for _ in range(MOST_OF_A_NETWORK)]
    await asyncio.sleep(0)
    yield queue
    done.set()
    await asyncio.gather(*waiting)


async def test_a_flood_from_one_network_leaves_places_for_others(crowded: HashingQueue) -> None:
    with pytest.raises(Throttled):
        async with crowded.place("flood"):
            pass
    async with crowded.place("elsewhere"):
        pass


async def test_a_place_is_free_again_when_its_holder_has_gone() -> None:
    queue = HashingQueue()
    for _ in range(3 * MOST_OF_ALL):
        async with queue.place("shop"):
            pass
