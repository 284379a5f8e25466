"""Make the practice courier misbehave on purpose: slow, silent, broken, for the next so many calls."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass

KINDS = ("slow", "timeout", "drop", "fail", "html", "errors_in_200")
_LONGEST_S = 120.0


@dataclass(slots=True)
class Fault:
    """`kind` befalls the next `times` calls whose path holds `call` ("" for any).

    `lands`: the call is carried out although the caller does not hear of it. `delay_s`: for slow and timeout.
    """

    kind: str
    call: str = ""
    times: int = 1
    delay_s: float = 30.0
    http_status: int = 500
    lands: bool = False


class Faults:
    """What is still to go wrong; taken call by call."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: list[Fault] = []

    def add(self, fault: Fault) -> None:
        """Queue one."""
        with self._lock:
            self._waiting.append(fault)

    def clear(self) -> None:
        """Behave again."""
        with self._lock:
            self._waiting.clear()

    def take(self, path: str) -> Fault | None:
        """The fault for this call, counted down."""
        with self._lock:
            fault = next((waiting for waiting in self._waiting if waiting.call in path), None)
            if fault is not None:
                fault.times -= 1
                if fault.times < 1:
                    self._waiting.remove(fault)
            return fault


def read_fault(body: Mapping[str, object]) -> Fault | str:
    """A fault from what was posted, or a sentence on what is wrong with it."""
    known = {"kind", "call", "times", "delay_s", "http_status", "lands"}
    if unknown := set(body) - known:
        return f"Unknown: {', '.join(sorted(unknown))}. Known: {', '.join(sorted(known))}, or clear."
    kind, call, times = body.get("kind"), body.get("call", ""), body.get("times", 1)
    delay_s, http_status = body.get("delay_s", 30.0), body.get("http_status", 500)
    if not isinstance(kind, str) or kind not in KINDS:
        return f"kind must be one of {', '.join(KINDS)}."
    if not isinstance(call, str) or not _is_number(times, 1, 10_000) or not _is_number(delay_s, 0, _LONGEST_S):
        return f"call is text, times is 1 to 10000, delay_s is 0 to {_LONGEST_S:.0f}."
    if not _is_number(http_status, 400, 599):
        return "http_status is 400 to 599."
    return Fault(kind, call, _whole(times), float(str(delay_s)), _whole(http_status), body.get("lands") is True)


def _whole(value: object) -> int:
    return int(float(str(value)))


def _is_number(value: object, least: float, most: float) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and least <= value <= most
