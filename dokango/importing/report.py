"""The report of the last import from the browser, kept so that it can be worked through."""

from __future__ import annotations

import json
from typing import TypedDict

from dokango import topics
from dokango.clock import Clock
from dokango.db import Tx
from dokango.importing.findings import Remark
from dokango.importing.run import Report
from dokango.people.actor import Actor
from dokango.shop.profile import read_setting, write_setting

KEY = "last_import"
MOST_ROWS = 1_000


class KeptRemark(TypedDict):
    """A row of the file, and what there was to tell about it."""

    line: int
    name: str
    words: str


class KeptReport(TypedDict):
    """What an import did, as it is kept."""

    file: str
    by: str
    at: int
    summary: str
    unstocked: int
    encoding: str
    refused: list[KeptRemark]
    notes: list[KeptRemark]


def keep_report(tx: Tx, actor: Actor, clock: Clock, file_name: str, report: Report) -> None:
    """Keep what an import did, in the place of the one before."""
    kept: KeptReport = {
        "file": file_name, "by": actor.name, "at": clock.now_us(), "summary": report.summary,
        "unstocked": report.unstocked, "encoding": report.encoding,
        "refused": [_kept(remark) for remark in report.refused[:MOST_ROWS]],
        "notes": [_kept(remark) for remark in report.notes[:MOST_ROWS]],
    }  # fmt: skip
    write_setting(tx, KEY, json.dumps(kept, ensure_ascii=False), by=actor.name, now_us=clock.now_us())
    tx.changed(topics.CATALOGUE)


def last_report(tx: Tx) -> KeptReport | None:
    """The last report as it was kept; None when nothing was imported in a browser."""
    kept = read_setting(tx, KEY)
    if kept is None:
        return None
    found: KeptReport = json.loads(kept)
    return found


def _kept(remark: Remark) -> KeptRemark:
    return {"line": remark.line, "name": remark.name, "words": remark.words}
