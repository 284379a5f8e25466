"""What is done again and again: tasks that may run in several workers at once without harm, each at its own pace."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dokango.clock import US_PER_S


@dataclass(frozen=True, slots=True)
class Periodic:
    """`run` every `every_s` seconds; it says how much it did, and is safe when two workers do it at the same time.

    `waits`: it may wait long, so that no other work stands behind it.
    """

    name: str
    every_s: float
    run: Callable[[], int]
    waits: bool = False


def due_tasks(tasks: Sequence[Periodic], next_at: dict[str, int], now_us: int) -> list[Periodic]:
    """The tasks whose time has come; `next_at` remembers when each is due again."""
    due = [task for task in tasks if next_at.get(task.name, 0) <= now_us]
    for task in due:
        next_at[task.name] = now_us + int(task.every_s * US_PER_S)
    return due
