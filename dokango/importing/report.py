"""The report of the last import from the browser, kept so that it can be worked through."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from dokango import topics
from dokango.clock import Clock
from dokango.db import Tx
from dokango.importing.run import Report
from dokango.people.actor import Actor
from dokango.shop.profile import read_setting, write_setting

KEY = "last_import"
MOST_ROWS = 1_000


def keep_report(tx: Tx, actor: Actor, clock: Clock, file_name: str, report: Report) -> None:
    """Keep what an import did, in the place of the one before."""
    kept = {
        "file": file_name, "by": actor.name, "at": clock.now_us(), "summary": report.summary,
        "unstocked": report.unstocked, "encoding": report.encoding,
        "refused": [asdict(remark) for remark in report.refused[:MOST_ROWS]],
        "notes": [asdict(remark) for remark in report.notes[:MOST_ROWS]],
    }  # fmt: skip
    write_setting(tx, KEY, json.dumps(kept, ensure_ascii=False), by=actor.name, now_us=clock.now_us())
    tx.changed(topics.CATALOGUE)


def last_report(tx: Tx) -> dict[str, Any]:
    """The last report as it was kept; empty when nothing was imported in a browser."""
    found: dict[str, Any] = json.loads(read_setting(tx, KEY) or "{}")
    return found
