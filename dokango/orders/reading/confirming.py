"""Confirming many orders: each is looked at first; one whose checks are not all green waits for a word of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dokango.db import Tx
from dokango.errors import DokangoError
from dokango.orders.before.checks import Verdict
from dokango.orders.before.facts import verdicts_of
from dokango.orders.book import rows
from dokango.orders.lifecycle.commands import Confirm
from dokango.orders.lifecycle.decision import Situation
from dokango.orders.lifecycle.perform import Context, Done, perform
from dokango.orders.lifecycle.table import find
from dokango.people.actor import Actor
from dokango.shop.profile import load_profile

CONFIRMED, LEFT_OUT, REFUSED = "confirmed", "left_out", "refused"


@dataclass(frozen=True, slots=True)
class Looked:
    """An order before it is confirmed: its checks, and why it cannot be ("": it can)."""

    number: str
    version: int
    name: str
    total_poisha: int
    verdicts: tuple[Verdict, ...]
    why: str

    @property
    def warnings(self) -> tuple[Verdict, ...]:
        """The checks that are amber or red."""
        return warnings(self.verdicts)


@dataclass(frozen=True, slots=True)
class Wish:
    """One order to confirm, as it was seen (None: however it stands); `anyway` although a check is not green."""

    number: str
    version: int | None = None
    anyway: bool = False


@dataclass(frozen=True, slots=True)
class Result:
    """How one of many went: CONFIRMED with `done`, LEFT_OUT for its warnings, or REFUSED with `error`."""

    number: str
    outcome: str
    warnings: tuple[Verdict, ...] = ()
    done: Done | None = None
    error: DokangoError | None = None


def warnings(verdicts: Sequence[Verdict]) -> tuple[Verdict, ...]:
    """Those that are amber or red."""
    return tuple(verdict for verdict in verdicts if verdict.level != "good")


def warnings_of(tx: Tx, number: str, now_us: int) -> tuple[Verdict, ...]:
    """The amber and red checks of an order. Raises NotFound."""
    return warnings(verdicts_of(tx, rows.by_number(tx, number), load_profile(tx), now_us))


def look(tx: Tx, actor: Actor, number: str, now_us: int) -> Looked:
    """One order before `actor` confirms it; nothing is locked. Raises NotFound."""
    order, profile = rows.by_number(tx, number), load_profile(tx)
    verdicts = verdicts_of(tx, order, profile, now_us)
    why = ""
    try:
        find(Confirm.action, Situation(order, profile, actor, now_us, verdicts=verdicts))
    except DokangoError as error:
        why = str(error)
    return Looked(order.number, order.version, order.name, order.total_poisha, verdicts, why)


def confirm_each(tx: Tx, context: Context, wishes: Sequence[Wish]) -> list[Result]:
    """Confirm many in one transaction, each on its own: one that cannot be leaves the others as they are."""
    by_number = {number: _confirm(tx, context, wish) for number, wish in sorted({w.number: w for w in wishes}.items())}
    return [by_number[wish.number] for wish in wishes]


def _confirm(tx: Tx, context: Context, wish: Wish) -> Result:
    warned: tuple[Verdict, ...] = ()
    try:
        order = rows.lock(tx, wish.number)
        if order.status == "pending":
            warned = warnings_of(tx, wish.number, context.clock.now_us())
        if warned and not wish.anyway:
            return Result(wish.number, LEFT_OUT, warned)
        done = perform(tx, replace(context, version=wish.version), wish.number, Confirm())
    except DokangoError as error:
        return Result(wish.number, REFUSED, warned, error=error)
    return Result(wish.number, CONFIRMED, warned, done)
