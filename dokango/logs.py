"""The log of a process, configured here and nowhere else: what strangers send can neither fill nor forge it.

Every line begins with its time (UTC), its level and who wrote it. What a message holds is escaped where it is not plain
print (a line break, a colour of the terminal, a sign that steers direction) and cut to its length; a traceback's lines
are indented, so that none of them reads like a line of its own. Of one place in the code only so many lines are written
in a minute, of one stranger fewer; how many were left out stands on the next line of that place, and in /metrics.

    log.warning("refused %s", what, extra={"who": network})   # `who`: on whose account the line goes
"""

from __future__ import annotations

import logging
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime

from prometheus_client import Counter as Figure

WINDOW_S = 60.0
MOST_OF_A_PLACE = 40
MOST_OF_ONE = 15  # of one `who`, at one place
MOST_CHARS = 400
WEIGHT_OF_A_TRACE = 4  # lines that one with a traceback counts for
MOST_TRACE_LINES = 40
MOST_TRACE_CHARS = 240  # of one line
LEFT_OUT = Figure("dokango_log_lines_left_out", "Lines of the log that came too fast to be written.")
_Place = tuple[str, int]


def configure() -> None:
    """Let all that this process logs go to its error output, each line made safe. Called again it does nothing."""
    root = logging.getLogger()
    if any(isinstance(handler, SafeHandler) for handler in root.handlers):
        return
    root.handlers = [SafeHandler()]
    root.setLevel(logging.WARNING)
    logging.captureWarnings(True)


class SafeHandler(logging.StreamHandler):  # type: ignore[type-arg]  # its stream is the error output
    """Writes to the error output, in the pace and the form that this module describes."""

    def __init__(self) -> None:
        super().__init__(sys.stderr)
        self.addFilter(Pace())
        self.setFormatter(SafeFormatter())


class Pace(logging.Filter):
    """Lets pass what the minute has room for."""

    def __init__(self, now_s: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._now_s = now_s
        self._began_s = now_s()
        self._taken: Counter[tuple[_Place, str]] = Counter()
        self._of_place: Counter[_Place] = Counter()
        self._left: Counter[_Place] = Counter()
        self._lock = threading.Lock()

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether this line is written; it learns how many like it were not."""
        place, who = (record.name, record.lineno), str(getattr(record, "who", ""))
        with self._lock:
            if self._now_s() - self._began_s >= WINDOW_S:
                self._began_s = self._now_s()
                self._taken.clear()
                self._of_place.clear()
            if self._of_place[place] >= MOST_OF_A_PLACE or (who and self._taken[place, who] >= MOST_OF_ONE):
                self._left[place] += 1
                LEFT_OUT.inc()
                return False
            weight = WEIGHT_OF_A_TRACE if record.exc_info else 1
            self._of_place[place] += weight
            self._taken[place, who] += weight
            record.left_out = self._left.pop(place, 0)
            return True


class SafeFormatter(logging.Formatter):
    """One record as one line, and its traceback indented below."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, without a break at its end."""
        when = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        left = getattr(record, "left_out", 0)
        more = f" (and {left:,} more such lines, left out)" if left else ""
        line = f"{when} {record.levelname} {record.name}: {safe(_message(record), MOST_CHARS)}{more}"
        return line + _trace(self.formatException(record.exc_info)) if record.exc_info else line


def safe(text: str, most: int) -> str:
    """`text` as one line of plain print: everything else as its escape, and what is over `most` characters counted."""
    kept = text[:most]
    if not kept.isprintable():
        kept = "".join(c if c.isprintable() else c.encode("unicode_escape", "surrogatepass").decode() for c in kept)
    over = len(text) - most
    return f"{kept} … {over:,} more characters" if over > 0 else kept


def _message(record: logging.LogRecord) -> str:
    try:
        return record.getMessage()
    except (TypeError, ValueError, KeyError):
        return str(record.msg)


def _trace(text: str) -> str:
    lines = text.split("\n")
    if len(lines) > MOST_TRACE_LINES:  # where it began, and where it failed
        half = MOST_TRACE_LINES // 2
        lines = [*lines[:half], f"… {len(lines) - 2 * half:,} lines …", *lines[-half:]]
    return "".join(f"\n    {safe(line, MOST_TRACE_CHARS)}" for line in lines)
