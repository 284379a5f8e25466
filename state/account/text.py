"""A session in words: which browser, from where, since when."""

from __future__ import annotations

from dokango.clock import age_words, said
from dokango.people.sessions import OpenSession

# The first that a browser's own description names: each of them calls itself by the names of those below it, too.
_BROWSERS = (
    ("Edg/", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser/", "Samsung Internet"), ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"), ("Chrome/", "Chrome"), ("CriOS/", "Chrome"), ("Safari/", "Safari"),
)  # fmt: skip
_MACHINES = (
    ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("CrOS", "ChromeOS"),
    ("Mac OS X", "Mac"), ("Linux", "Linux"),
)  # fmt: skip


def browser_words(agent: str) -> str:
    """ "Firefox on Windows", from what a browser says of itself; its first words when it is none that is known."""
    browser = next((name for mark, name in _BROWSERS if mark in agent), "")
    machine = next((name for mark, name in _MACHINES if mark in agent), "")
    known = " on ".join(part for part in (browser, machine) if part)
    return known or agent[:40] or "Unknown browser"


def session_in_words(one: OpenSession, here: str, now_us: int) -> dict[str, str]:
    """One row; `here` is the hash of the session that looks on."""
    return {
        "name": one.name,
        "browser": browser_words(one.agent),
        "address": one.address or "unknown",
        "since": said(one.created_at),
        "acted": age_words(one.seen_at, now_us),
        "acted_exact": said(one.seen_at),
        "here": "1" if one.id_hash == here else "",
    }
