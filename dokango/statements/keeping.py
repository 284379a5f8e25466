"""A whole statement kept, or looked at before: batch by batch, so that nobody else waits for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from dokango.clock import Clock
from dokango.db import Database
from dokango.payments.messages import INCOME, NOT_UNDERSTOOD
from dokango.payments.statement_lines import MOST_IN_ONE, StatementLine, Weighed, keep_lines, weigh
from dokango.people.actor import Actor
from dokango.text import how_many

MOST_SHOWN = 200


@dataclass(slots=True)
class Outcome:
    """What became of the lines of a statement; `shown` are the first of them, those not understood before others."""

    lines: int = 0
    income: int = 0
    not_income: int = 0
    not_understood: int = 0
    known: int = 0
    unclear: list[Weighed] = field(default_factory=list)
    clear: list[Weighed] = field(default_factory=list)

    @property
    def shown(self) -> list[Weighed]:
        """At most MOST_SHOWN lines."""
        return [*self.unclear, *self.clear][:MOST_SHOWN]

    @property
    def words(self) -> str:
        """One sentence."""
        parts = [how_many(self.income, "payment")] if self.income else []
        parts += [f"{self.known} known already"] if self.known else []
        parts += [f"{self.not_income} no income"] if self.not_income else []
        parts += [f"{self.not_understood} not understood"] if self.not_understood else []
        return f"{how_many(self.lines, 'line')}: {', '.join(parts) or 'nothing in it'}."

    def add(self, found: Sequence[Weighed]) -> None:
        """Count them; a line that was here before counts as that alone."""
        for one in found:
            self.lines += 1
            reading = one.line.reading
            self.known += one.known
            self.income += not one.known and reading == INCOME
            self.not_understood += not one.known and reading == NOT_UNDERSTOOD
            first = self.unclear if reading == NOT_UNDERSTOOD else self.clear
            if len(first) < MOST_SHOWN:
                first.append(one)
        self.not_income = self.lines - self.known - self.income - self.not_understood


def keep_statement(db: Database, actor: Actor, clock: Clock, lines: Sequence[StatementLine]) -> Outcome:
    """Keep every line; what was kept before changes nothing, so that one broken off halfway is simply sent again.

    It takes seconds for many: never on the event loop. Raises NotAllowed.
    """
    return _in_batches(lines, lambda batch: db.write(lambda tx: keep_lines(tx, actor, batch, clock.now_us())))


def look_at(db: Database, lines: Sequence[StatementLine]) -> Outcome:
    """What would become of every line."""
    return _in_batches(lines, lambda batch: db.read(lambda tx: weigh(tx, batch)))


def _in_batches(lines: Sequence[StatementLine], work: Callable[[Sequence[StatementLine]], list[Weighed]]) -> Outcome:
    outcome = Outcome()
    for batch in _batches(lines):
        outcome.add(work(batch))
    return outcome


def _batches(lines: Sequence[StatementLine]) -> Iterator[Sequence[StatementLine]]:
    for start in range(0, len(lines), MOST_IN_ONE):
        yield lines[start : start + MOST_IN_ONE]
