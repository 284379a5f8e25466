"""Problems with what can be done about them: for programs, which act on them by the API."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from dokango.clock import Clock
from dokango.db import Tx, typed
from dokango.errors import NotFound
from dokango.orders.acts.stand import stands_of
from dokango.orders.acts.table import possible
from dokango.orders.cases.rows import CASE, CaseRow
from dokango.orders.reading.problems import CASE_ID, Problem, case_problem
from dokango.people.actor import Actor


@dataclass(frozen=True, slots=True)
class Actionable:
    """A problem, and the keys of the acts that the reader can do; `case` is None for a hold and a refund."""

    problem: Problem
    acts: tuple[str, ...] = ()
    case: CaseRow | None = None


def with_acts(tx: Tx, clock: Clock, actor: Actor, found: Sequence[Problem]) -> list[Actionable]:
    """Each of `found` with what `actor` can do about it now."""
    ids = [problem.case_id for problem in found if problem.case_id]
    cases = tx.rows(typed(CaseRow, select(*CASE.c).where(CASE.c.id.in_(ids)))) if ids else []
    stands = stands_of(tx, clock, cases)
    known = {
        case.id: tuple(act.key for act in possible(stands[case.id]) if actor.may(act.permission)) for case in cases
    }
    rows = {case.id: case for case in cases}
    return [Actionable(one, known.get(one.case_id, ()), rows.get(one.case_id)) for one in found]


def one_of(tx: Tx, clock: Clock, actor: Actor, case_id: int) -> Actionable:
    """One case as a problem, closed ones too; raises NotFound."""
    (found,) = with_acts(tx, clock, actor, [case_problem(tx, case_id)])
    return found


def case_id_in(text: str) -> int:
    """The case that "case-12" or "12" names; raises NotFound, for what is no case too (a hold, a refund)."""
    digits = text.removeprefix(CASE_ID)
    if not (digits.isascii() and digits.isdigit() and len(digits) < 19):
        raise NotFound("problem with acts", text[:40])
    return int(digits)
