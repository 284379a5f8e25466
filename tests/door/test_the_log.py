"""What strangers send neither fills the log nor forges a line of it."""

from __future__ import annotations

import json
import logging
import re
import sys

import httpx
import pytest

from dokango.logs import MOST_CHARS, MOST_OF_A_PLACE, MOST_OF_ONE, MOST_TRACE_CHARS, Pace, SafeFormatter
from tests.door.strangers import Backend

MOST_BYTES = 400_000  # that a minute of anything may write; a stranger wrote 76 MB in six seconds
LINE = re.compile(r"20\d\d-\d\d-\d\dT[\d:.]+Z [A-Z]+ \S+: |    |DokanGo is on ")
FORGED = "x\n2026-11-27T00:00:00.000Z WARNING dokango_web.refusals: forged\x1b[2J\r"


def record(message: str, *args: object, line: int = 1, **more: object) -> logging.LogRecord:
    """A record as a logger makes it."""
    made = logging.LogRecord("dokango.x", logging.WARNING, "x.py", line, message, args, None)
    made.__dict__.update(more)
    return made


@pytest.mark.parametrize(
    ("sent", "written"),
    [
        (FORGED, r"x\n2026-11-27T00:00:00.000Z WARNING dokango_web.refusals: forged\x1b[2J\r"),
        ("\u202eevil\u2028\x00\x85", r"\u202eevil\u2028\x00\x85"),
        ("\ud800", r"\ud800"),
        ("মেয়ে at দোকান", "মেয়ে at দোকান"),
        ("A" * 200_000, "A" * MOST_CHARS + " … 199,600 more characters"),
    ],
)
def test_a_message_is_one_line_of_plain_print(sent: str, written: str) -> None:
    line = SafeFormatter().format(record("%s", sent))
    assert line.endswith(f"Z WARNING dokango.x: {written}")
    assert line.encode("utf-8").isascii() or written.isprintable()


def test_a_message_that_does_not_fit_its_arguments_is_written_as_it_is() -> None:
    assert SafeFormatter().format(record("%s of %s", 1)).endswith(": %s of %s")


def test_a_traceback_holds_no_line_that_reads_like_one_of_the_log() -> None:
    try:
        raise ValueError(FORGED + "B" * 5_000)
    except ValueError:
        failed = record("failed")
        failed.exc_info = sys.exc_info()
    first, *lines = SafeFormatter().format(failed).split("\n")
    assert first.endswith("failed")
    assert lines and all(line.startswith("    ") and len(line) < MOST_TRACE_CHARS + 50 for line in lines)
    assert all(line.isprintable() for line in lines)


def test_one_stranger_cannot_use_up_the_lines_of_the_others() -> None:
    now = [0.0]
    pace = Pace(lambda: now[0])
    taken = [pace.filter(record("x", who="203.0.113.1")) for _ in range(1_000)]
    assert sum(taken) == MOST_OF_ONE
    assert pace.filter(other := record("x", who="203.0.113.2"))
    assert other.left_out == 1_000 - MOST_OF_ONE
    assert pace.filter(record("x", line=2))  # another place of the code is not held up at all
    many = sum(pace.filter(record("x", who=f"203.0.113.{n}")) for n in range(1_000))
    assert many == MOST_OF_A_PLACE - MOST_OF_ONE - 1
    now[0] = 61.0
    assert pace.filter(record("x", who="203.0.113.1"))


FLOODS = {
    "events that nobody declared": "42/_event," + json.dumps(["event", {"name": FORGED + "n" * 90_000}]),
    "events that are no event": "42/_event," + json.dumps(["event", "z" * 90_000]),
    "events that are a list": "42/_event," + json.dumps(["event", ["z" * 90_000]]),
    "packets of a kind that is none": "47/_event," + "z" * 90_000,
    "packets that cannot be read": '42/_event,["event",{' + "z" * 90_000,
    "reports of a failed page": "42/_event," + json.dumps(["event", {
        "name": "reflex___state____state.reflex___state____frontend_event_exception_state.handle_frontend_exception",
        "payload": {"info": FORGED + "i" * 9_000, "component_stack": "s" * 9_000},
    }]),
    "a handler of the staff's": "42/_event," + json.dumps(["event", {
        "name": "reflex___state____state.state___settings___people____staff_state.add", "payload": {"form": FORGED},
    }]),
}  # fmt: skip


@pytest.mark.parametrize("token", [None, "again"], ids=["no token", "two sockets of one token"])
@pytest.mark.parametrize("flood", FLOODS)
def test_a_flood_of_a_socket_writes_little_and_forges_nothing(backend: Backend, flood: str, token: str | None) -> None:
    before = len(backend.written())
    strangers = [backend.stranger(token, address="203.0.113.9") for _ in range(2)]
    for stranger in strangers:
        stranger.send("40/_event,")
        for _ in range(60):
            stranger.send(FLOODS[flood])
        stranger.heard(timeout_s=0.5)
        stranger.close()
    written = backend.written()[before:]
    assert len(written) < 40_000
    assert [line for line in written.split("\n") if line and not LINE.match(line)] == []
    assert "\x1b" not in written


def test_requests_of_every_kind_write_little(backend: Backend) -> None:
    before = len(backend.written())
    forged = {"Origin": "https://evil.example/%0a", "X-Forwarded-For": "203.0.113.9, " + "9" * 1_000}
    alone = httpx.Limits(max_keepalive_connections=0)  # a refused body is not read: the line is closed
    with httpx.Client(base_url=backend.url, headers=forged, limits=alone) as client:
        for n in range(60):
            client.post("/sign-in", data={"login": FORGED, "password": "p" * 50_000})
            client.get(f"/api/v1/orders/{n}", headers={"Authorization": "Bearer " + "k" * 1_000})
            client.post("/%0a2026-11-27T00:00:00.000Z%20forged", content=b"x")
    written = backend.written()[before:]
    assert len(written) < 60_000
    assert [line for line in written.split("\n") if line and not LINE.match(line)] == []


def test_a_refusal_says_when_who_and_why(backend: Backend) -> None:
    refused = backend.figure('dokango_refusals_total{where="socket",why="no such event"')
    stranger = backend.stranger(address="2001:db8:1:2::3")
    stranger.connect()
    stranger.call("no_such.handler_of_ours")
    stranger.heard(until="not possible here")
    stranger.close()
    (line,) = [line for line in backend.written().split("\n") if "no_such.handler_of_ours" in line]
    assert LINE.match(line)
    assert "(no_such.handler_of_ours); from 2001:db8:1:2::3, nobody signed in" in line
    assert backend.figure('dokango_refusals_total{where="socket",why="no such event"') == refused + 1


def test_what_one_stranger_says_too_often_is_counted_and_not_written(backend: Backend) -> None:
    left_out = backend.figure("dokango_log_lines_left_out_total")
    before = backend.written()
    for _ in range(MOST_OF_ONE + 5):
        stranger = backend.stranger(None, address="198.51.100.77")
        stranger.heard()
    written = backend.written()[len(before) :]
    assert 0 < written.count("198.51.100.77") <= MOST_OF_ONE
    assert backend.figure("dokango_log_lines_left_out_total") > left_out
    assert len(backend.written()) < MOST_BYTES
