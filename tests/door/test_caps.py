"""How much one stranger may take: sockets of a network, what a browser keeps for us, what an event brings."""

from __future__ import annotations

import contextlib
import itertools
import json
from collections.abc import Iterator
from typing import Any

import pytest

from dokango_web.door.events import BOOT, address_in, size_of
from dokango_web.door.socket_guard import TOO_MANY
from state.store.cart import CartState
from state.store.checkout import CheckoutState
from tests.door.strangers import Backend, Stranger, running_backend

MOST = 4
CHARS = 10_000
KEPT = f"{CartState.get_full_name()}.kept_rx_state_"
DISTRICT = f"{CheckoutState.get_full_name()}.choose_district"
LOOK = "reflex___state____state.state___store___cart____cart_state"
_networks = itertools.count(1)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Backend]:
    """A site that has room for four sockets of a network."""
    limits = {"DOKANGO_SOCKETS_PER_NETWORK": str(MOST), "DOKANGO_EVENT_CHARS": str(CHARS),
              "DOKANGO_STORAGE_CHARS": "2000", "DOKANGO_TRUSTED_PROXY_HOPS": "1"}  # fmt: skip
    with running_backend(tmp_path_factory.mktemp("small"), **limits) as running:
        yield running


@pytest.fixture
def network() -> str:
    """A network of the internet that no other test calls from."""
    return f"8.8.4.{next(_networks)}"


@contextlib.contextmanager
def opened(small: Backend, *addresses: str) -> Iterator[list[Stranger]]:
    """A page from each address."""
    found = [small.stranger(address=address) for address in addresses]
    for stranger in found:
        stranger.connect()
    yield found
    for stranger in found:
        stranger.close()


def is_let_in(small: Backend, address: str, cookies: str = "") -> bool:
    """Whether one more page from there is."""
    more = small.stranger(address=address, cookies=cookies)
    more.connect()
    more.close()
    return more.code != TOO_MANY


def test_a_network_has_so_many_sockets_and_others_are_not_held_up(small: Backend, network: str) -> None:
    refused = small.figure('dokango_refusals_total{where="socket",why="too many sockets"}')
    with opened(small, *[network] * MOST) as held:
        assert [stranger.code for stranger in held] == [0] * MOST
        assert not is_let_in(small, network)
        assert is_let_in(small, "8.8.8.8")
        assert small.figure('dokango_refusals_total{where="socket",why="too many sockets"}') == refused + 1
    assert any(is_let_in(small, network) for _ in range(50))  # once the server has noticed that they went


def test_a_line_of_ipv6_is_one_network_however_many_addresses_it_picks(small: Backend) -> None:
    with opened(small, *[f"2a00:1450:1:2::{n}" for n in range(MOST)]):
        assert not is_let_in(small, "2a00:1450:1:2:ffff::1")
        assert is_let_in(small, "2a00:1450:1:3::1")


@pytest.mark.parametrize("address", ["192.168.0.7", "10.0.0.1", "127.0.0.1", "fd00::1", "unknown"])
def test_a_shops_own_people_and_a_proxy_are_not_counted_as_one(small: Backend, address: str) -> None:
    with opened(small, *[address] * (MOST + 1)):
        assert is_let_in(small, address)


def test_what_a_stranger_says_before_the_trusted_proxy_is_not_believed(small: Backend, network: str) -> None:
    with opened(small, *[f"1.1.1.{n}, {network}" for n in range(MOST)]):
        assert not is_let_in(small, f"1.1.1.99, {network}")


def test_tabs_that_went_make_way_for_new_ones(small: Backend, network: str) -> None:
    before = small.figure("dokango_tabs_let_go_total")
    for _ in range(3 * MOST):
        assert is_let_in(small, network)
    assert small.figure("dokango_tabs_let_go_total") - before >= 2 * MOST


def told(packets: list[Any]) -> str:
    """All that a page heard."""
    return "".join(map(str, packets))


@pytest.mark.parametrize(
    "payload",
    [
        {"district": "D" * (CHARS + 1)},
        {"district": ["x"] * 3_000},
        {"district": json.loads("[" * 20 + "]" * 20)},
        {"x" * (CHARS + 1): 1},
    ],
    ids=["long", "many", "deep", "a long name"],
)
def test_too_large_an_event_is_answered_with_a_sentence(small: Backend, payload: Any, network: str) -> None:
    with opened(small, network) as (stranger,):
        stranger.call(DISTRICT, payload)
        assert "Nothing was done; shorten it" in told(stranger.heard(until="shorten it"))
        stranger.call(DISTRICT, {"district": "Dhaka"})
        assert "Dhaka" in told(stranger.heard(until="Dhaka"))


def test_what_a_browser_keeps_has_its_limit_and_the_page_lives(small: Backend, network: str) -> None:
    stranger = small.stranger(address=network)
    heard = stranger.connect(payload={"vars": {KEPT: json.dumps({"M" * 3_000: 1}), "no.such.var": "x"}})
    assert "is_hydrated" in heard[-1]
    assert "M" * 100 not in told(heard)
    assert "Choose your goods again" in told(heard)
    stranger.close()
    stranger = small.stranger(address=network)
    cart = json.dumps({"MUG": 1})
    assert json.dumps(cart)[1:-1] in told(stranger.connect(payload={"vars": {KEPT: cart}}))
    stranger.close()


@pytest.mark.parametrize(
    "said",
    [
        {"asPath": "/" + "a" * 5_000},
        {"query": {"q": "a" * 5_000}},
        {"query": "q"},
        {"pathname": 1},
        {"query": {str(n): n for n in range(3_000)}},
    ],
)
def test_an_address_that_is_none_is_refused(said: Any) -> None:
    assert address_in(said) is None


def test_nothing_is_kept_of_what_else_is_said_beside_the_address() -> None:
    said = {
        "pathname": "/",
        "asPath": "/?q=1",
        "query": {"q": "1"},
        "ip": "1.2.3.4",
        "headers": {},
        "more": "x" * 9_000,
    }
    assert address_in(said) == {"pathname": "/", "asPath": "/?q=1", "query": {"q": "1"}}


@pytest.mark.parametrize(("value", "least"), [("abc", 3), ({"a": "bc"}, 3), (["a", ["b"]], 2), (float("nan"), 1)])
def test_a_size_is_about_what_is_sent(value: Any, least: int) -> None:
    assert least <= size_of(value) <= least + 20


def test_the_first_event_of_a_page_is_known() -> None:
    assert BOOT == "reflex___state____state.hydrate_and_load"
