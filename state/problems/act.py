"""Acting on a case: the form of an act, and the words that the courier is still to be told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import anyio.to_thread
import reflex as rx

from dokango import process
from dokango.clock import day_of
from dokango.couriers.carriers import carriers_in_use
from dokango.couriers.process_desk import courier_desk
from dokango.couriers.registry import COURIERS
from dokango.db import Tx
from dokango.money import parse_taka
from dokango.orders import Context, Done
from dokango.orders.acts.forms import MOST_DAYS_AHEAD
from dokango.orders.acts.perform import Acted, act_on
from dokango.orders.acts.prefill import filled
from dokango.orders.acts.stand import Stand, look
from dokango.orders.acts.table import ACTS
from dokango.orders.cases import rows as cases
from dokango.orders.cases.by_staff import CASE_CLOSED
from dokango.orders.cases.kinds import KINDS
from dokango.orders.lifecycle.undo import left_by
from dokango.people.permissions import Permission
from state.kit.dialog import Dialog
from state.kit.feedback import done
from state.kit.form import ORDER, Form, Typed, as_typed, sends
from state.kit.seen import seen_by
from state.kit.session import allow, current_actor
from state.kit.work import now_us, read
from state.orders.undo import taking_back
from state.problems.lists import ProblemsState
from state.problems.took import SAY_TOOK, previews

FIELDS = tuple(dict.fromkeys(asked.name for act in ACTS.values() for asked in act.form.asked))
NO_ERRORS = dict.fromkeys(FIELDS, "")
TOLD = "told"
NO_ORDER = "-"


class ActState(Dialog, Form, rx.State):
    """One act on one case. `act` names its form; `to_courier` are words to copy, while somebody has to tell them.

    The form is over the case's order (`number`, `version`); the shop's own cases have none.
    """

    case_id: str = ""
    case_version: int = 0
    number: str = ""
    version: int = 0
    act: str = ""
    title: str = ""
    about: str = ""
    words: str = ""
    answer: str = ""
    panel: str = ""
    carrier: str = ""
    couriers: list[list[str]] = []  # who can take the parcel instead
    previews: list[list[str]] = []  # of what a rider may have taken, each with what it would write
    to_courier: str = ""
    given: dict[str, str] = NO_ERRORS
    first_day: str = ""
    last_day: str = ""
    errors: dict[str, str] = NO_ERRORS
    no_errors: ClassVar[Mapping[str, str]] = NO_ERRORS

    @rx.event
    @allow(Permission.SHIP)
    async def open(self, case_id: str, act: str, version: str) -> Any:
        """Ask what the act asks; what asks nothing is done at once."""
        row, digits = ACTS.get(str(act)), str(case_id)[:18]
        if row is None or not digits.isdigit():
            return None
        if not row.asks and row.key != TOLD:
            seen = seen_by(digits, int(version) if str(version)[:18].isdigit() else 0)
            return await self._after(await self._do(int(digits), row.key, seen.version, None, {}))
        await self._show(int(digits), row.key)
        return None

    @rx.event
    @allow(Permission.SHIP)
    @sends(as_typed, over=ORDER)
    async def send(self, typed: Typed) -> Any:
        """Do it as it was asked for; what the courier is still to be told stays on the screen."""
        of_order = self._shown_for.version if self._shown_for.number != NO_ORDER else None
        acted = await self._do(int(self.case_id), self.act, self.case_version, of_order, typed)
        return await self._after(acted)

    async def _do(self, case_id: int, act: str, seen: int, of_order: int | None, typed: Typed) -> Acted:
        context = Context(current_actor(), process.clock(), of_order)
        desk, db = courier_desk(), process.database()
        asked = {asked.name: asked.kind for asked in ACTS[act].form.asked}
        given: dict[str, object] = {
            name: parse_taka(said, name) if asked[name] == "money" else said
            for name, said in typed.items()
            if name in asked
        }
        return await anyio.to_thread.run_sync(lambda: act_on(desk, db, context, case_id, act, given, seen))

    async def _after(self, acted: Acted) -> Any:
        self.is_open = False
        if acted.to_courier:
            await self._show(acted.case_id, TOLD)
        await (await self.get_state(ProblemsState))._read()
        left = await read(lambda tx: _closed(tx, acted.case_id))
        return done(acted.sentence, taking_back(CASE_CLOSED, [left] if left else []))

    async def _show(self, case_id: int, act: str) -> None:
        clock = process.clock()
        stand, given = await read(lambda tx: _looked(tx, case_id, act))
        case, order = stand.case, stand.order
        self.case_id, self.case_version, self.act = str(case.id), case.version, act
        self.number, self.version = (order.number, order.version) if order else (NO_ORDER, 1)
        self.title = ACTS[act].label
        self.about = f"#{order.number} · {order.name} · {KINDS[case.kind].label}" if order else KINDS[case.kind].label
        self.words, self.to_courier, self.panel = case.words, case.to_courier, stand.rule.panel
        self.carrier = (stand.parcel.carrier or stand.parcel.courier) if stand.parcel is not None else ""
        self.given = {**NO_ERRORS, **given}
        by_name = [[one.key, one.name] for one in await read(carriers_in_use)]
        self.couriers = [*([kind.key, kind.name] for kind in COURIERS.values()), *by_name]
        asked = act == SAY_TOOK
        self.previews = await _previewed(stand, Context(current_actor(), clock)) if asked else []
        self.first_day = day_of(clock.now_us()).isoformat()
        self.last_day = _last_day(now_us())
        self._anew()
        self.is_open = True


async def _previewed(stand: Stand, context: Context) -> list[list[str]]:
    return await anyio.to_thread.run_sync(lambda: previews(process.database(), context, stand))


def _closed(tx: Tx, case_id: int) -> Done | None:
    """The order whose problem was just closed by a word, as that left it."""
    case = cases.by_id(tx, case_id)
    return None if case.is_open or case.order_id is None else left_by(tx, case.order_id, CASE_CLOSED)


def _looked(tx: Tx, case_id: int, act: str) -> tuple[Stand, dict[str, str]]:
    stand = look(tx, process.clock(), case_id)
    return stand, filled(stand, act)


def _last_day(at_us: int) -> str:
    day = day_of(at_us)
    return day.fromordinal(day.toordinal() + MOST_DAYS_AHEAD).isoformat()
