"""What strangers are refused: a figure in /metrics for each kind, and a line of the log that says who, when and why."""

from __future__ import annotations

import logging

from prometheus_client import Counter

from dokango.people.throttle import network_of

log = logging.getLogger(__name__)
REFUSALS = Counter("dokango_refusals", "What was refused, by where it came and why.", ["where", "why"])


def refused(where: str, why: str, what: str = "", *, address: str = "", login: str = "") -> None:
    """Note one refusal. `where` and `why` are names of ours, and few; the rest is the caller's."""
    REFUSALS.labels(where, why).inc()
    who = f"as {login[:80]}" if login else "nobody signed in"
    log.warning(
        "refused at the %s: %s%s; from %s, %s",
        where, why, f" ({what[:200]})" if what else "", address or "unknown", who,
        extra={"who": network_of(address)},
    )  # fmt: skip
