"""Which sockets are let in, what may be said on them, and what a page hears that is not."""

from __future__ import annotations

import json
import re
import uuid

import pytest
from simple_websocket import ConnectionClosed

from dokango_web.door.socket_guard import NO_TOKEN, NOT_YOURS
from dokango_web.door.socket_words import ODD_WORDS
from tests.door.strangers import HYDRATE, Backend, new_browser

NEW_TOKEN = re.compile(r'\["new_token","([0-9a-f-]{36})"\]')
CONNECTING = json.dumps(["connect", {"QUERY_STRING": "token=made-up-token", "asgi.scope": {"client": ["9.9.9.9"]}}])


@pytest.mark.parametrize("token", [None, "short", "a" * 65, "with space", "../../etc"])
def test_a_socket_without_a_pages_token_is_closed_at_once(backend: Backend, token: str | None) -> None:
    stranger = backend.stranger(token)
    assert stranger.heard() == []
    assert stranger.code == NO_TOKEN


def test_a_page_is_taken_and_hydrated(backend: Backend) -> None:
    stranger = backend.stranger()
    assert "is_hydrated" in stranger.connect()[-1]
    stranger.close()


def test_anothers_token_is_refused_and_a_fresh_one_told(backend: Backend) -> None:
    token = str(uuid.uuid4())
    first = backend.stranger(token)
    first.connect()
    second = backend.stranger(token)
    heard = second.connect()
    (fresh,) = [found[1] for packet in heard if (found := NEW_TOKEN.search(packet))]
    assert second.code == NOT_YOURS
    assert not any("is_hydrated" in packet for packet in heard)
    again = backend.stranger(fresh)
    assert "is_hydrated" in again.connect()[-1]
    first.call(HYDRATE)
    assert "is_hydrated" in first.heard(until="is_hydrated")[-1]
    for stranger in (first, again):
        stranger.close()


def test_a_token_stays_its_browsers_when_the_line_is_lost(backend: Backend) -> None:
    token = str(uuid.uuid4())
    mine = new_browser()
    first = backend.stranger(token, cookies=mine)
    first.connect()
    first.close()
    thief = backend.stranger(token)
    thief.connect()
    assert thief.code == NOT_YOURS
    back = backend.stranger(token, cookies=mine)
    assert "is_hydrated" in back.connect()[-1]
    back.close()


def test_a_duplicated_tab_of_the_same_browser_gets_its_own_states(backend: Backend) -> None:
    token = str(uuid.uuid4())
    mine = new_browser()
    first = backend.stranger(token, cookies=mine)
    first.connect()
    double = backend.stranger(token, cookies=mine)
    heard = double.connect()
    (fresh,) = [found[1] for packet in heard if (found := NEW_TOKEN.search(packet))]
    assert fresh != token
    assert "is_hydrated" in heard[-1]
    for stranger in (first, double):
        stranger.close()


@pytest.mark.parametrize(
    "words",
    [
        f"42/_event,{CONNECTING}",
        '42/_event,["disconnect","x"]',
        '42/_event,["\\u0065vent",{}]',
        "42/_event,7" + CONNECTING,
        '40/_event,{"event":null}',
        "40/other,",
        "40",
        '459/_event,["event",{"_placeholder":true,"num":0}]',
        "43/_event,1[]",
        "2",
        "5",
        "\u202e",
    ],
)
def test_words_that_no_page_says_close_the_socket(backend: Backend, words: str) -> None:
    stranger = backend.stranger()
    stranger.connect()
    stranger.send(words)
    stranger.heard(timeout_s=5)
    assert stranger.code == ODD_WORDS


def test_bytes_close_the_socket(backend: Backend) -> None:
    stranger = backend.stranger()
    stranger.connect()
    stranger.socket.send(b"\x04" * 10)
    stranger.heard(timeout_s=5)
    assert stranger.code == ODD_WORDS


def test_nothing_is_heard_before_the_page_connects(backend: Backend) -> None:
    stranger = backend.stranger()
    stranger.call(HYDRATE)
    stranger.heard(timeout_s=5)
    assert stranger.code == ODD_WORDS
    with pytest.raises(ConnectionClosed):
        stranger.socket.receive(timeout=1)
