"""Every form that books, ships, refunds or saves, found by walking the pages: a press acts once, and what is mended is
not complained of any more."""

from __future__ import annotations

import asyncio
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from dokango import process
from dokango.checks import run_checks
from dokango.clock import DHAKA, ManualClock
from dokango.couriers.desk import CourierDesk
from dokango.couriers.process_desk import use_desk
from dokango.db import open_database, table_of
from dokango.orders.book.models import Order
from dokango.people.actor import Actor
from dokango.people.permissions import Role
from state.kit import session
from state.kit.form import PRESS, form_of
from tests.small_shop import Shop, open_shop
from tests.state import drawn
from tests.state.desk import Desk
from tests.state.drawn import DrawnForm
from tests.state.filling import UNKNOWN, Reached, World, reached, stock_world

SQLITE_ALONE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
# Forms that change nothing: they search, or choose what a page shows.
ONLY_LOOK = {
    "StorefrontState.search", "LookupState.find", "OrdersState.filter", "InsightsState.choose", "BooksState.choose",
}  # fmt: skip
NOON = ManualClock(datetime(2026, 11, 22, 12, 0, tzinfo=DHAKA))
OWNER = Actor(1, "Olin Owner", Role.OWNER)
_O = table_of(Order)
# Not in the frame yet.
BARE = {
    "CheckoutState.place", "TrackingState.send_trx_id", "TrackingState.fix_address", "TrackingState.cancel",
    "OrderStepsState.hold", "OrderStepsState.cancel", "OrderStepsState.report_problem", "OrderStepsState.ship",
    "OrderStepsState.refund", "OrderStepsState.pay_out", "OrderStepsState.receive_return",
    "OrderStepsState.edit_address", "OrderStepsState.message", "OrderStepsState.note", "OrderEntryState.place",
    "SendState.send", "VerifyState.receive", "VerifyState.reject", "BenchState.scan", "HandoverState.hand_over",
    "ParcelState.enter_id", "ParcelState.move", "ParcelState.note_problem", "ParcelState.came_back",
    "ParcelState.ask_back", "ReceiveState.submit", "CountState.submit", "ProductState.save",
    "MailSettingsState.try_it",
}  # fmt: skip
FORMS = [form for form in drawn.forms() if form_of(form.state.event_handlers[form.handler])]


@pytest.fixture(scope="session")
def stocked(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A shop with orders at every stage, to be copied."""
    path = tmp_path_factory.mktemp("stocked") / "shop.sqlite3"
    shutil.copy(sqlite_template, path)
    database = open_database(f"sqlite:///{path}")
    stock_world(open_shop(database, NOON, OWNER))
    database.close()
    return path


@contextmanager
def world_of(desk: Desk, template: Path, folder: Path) -> Iterator[World]:
    """A shop of its own under the site; when it is left, every invariant must hold in it."""
    path, before = folder / f"{secrets.token_hex(4)}.sqlite3", desk.db
    shutil.copy(template, path)
    desk.db, courier = open_database(f"sqlite:///{path}"), CourierDesk(desk.clock, None)
    process.use(desk.db, desk.clock)
    use_desk(courier)
    session.forget()
    numbers = [row.number for row in desk.db.read(lambda tx: tx.rows(select(_O.c.number).order_by(_O.c.id)))]
    yield World(desk, Shop(desk.db, desk.clock, OWNER), courier, numbers)
    broken = [f"{check.name}: {problem}" for check in desk.db.read(run_checks) for problem in check.problems]
    process.use(before, desk.clock)
    desk.db.close()
    courier.close()
    desk.db = before
    assert broken == []


async def acted(world: World, form: DrawnForm, times: int) -> tuple[Reached, dict[str, str], dict[str, Any]]:
    """Press `times` at once, on one order after the other, until something is written; what was sent, and what grew."""
    async for shown in reached(world, form):
        for _ in range(2):  # some show first what they would do
            before, payload = world.rows(), shown.payload()
            await asyncio.gather(*(shown.press(payload) for _ in range(times)))
            after = world.rows()
            if after != before:
                return (
                    shown,
                    payload,
                    {name: after[name] - before[name] for name in after if after[name] != before[name]},
                )
    wrong = shown.tab.sees(form.state, "errors"), shown.tab.sees(form.state, "failure"), shown.tab.told
    pytest.fail(f"{form.state.__name__}.{form.handler} never wrote anything: {wrong}. See tests/state/filling.py.")


EACH = pytest.mark.parametrize("form", FORMS, ids=lambda form: f"{form.state.__name__}.{form.handler}")


@SQLITE_ALONE
@EACH
async def test_a_form_pressed_twice_acts_once(desk: Desk, stocked: Path, tmp_path: Path, form: DrawnForm) -> None:
    with world_of(desk, stocked, tmp_path) as world:
        shown, sent, once = await acted(world, form, times=1)
        stood = world.rows()
        await shown.press(sent)
        assert world.rows() == stood, "pressed again, it acted again"
        assert not any(shown.tab.sees(form.state, "errors").values())
    with world_of(desk, stocked, tmp_path) as world:
        _, _, twice = await acted(world, form, times=2)
        assert twice == once, "pressed twice at once, it acted twice"


@SQLITE_ALONE
@EACH
async def test_a_sentence_goes_once_its_field_holds_something_else_that_can_be_read(
    desk: Desk, stocked: Path, tmp_path: Path, form: DrawnForm
) -> None:
    with world_of(desk, stocked, tmp_path) as world:
        for junk in ("", "?" * 3_000):
            async for shown in reached(world, form):
                if wrong := await complained_of(shown, junk):
                    await mend_each(shown, wrong, junk)
                    break


async def complained_of(shown: Reached, junk: str) -> list[str]:
    """The fields that have a sentence under them when all hold `junk`."""
    await shown.press({**dict.fromkeys(shown.words, junk), PRESS: shown.payload()[PRESS]})
    return [name for name, said in shown.tab.sees(shown.form.state, "errors").items() if said]


async def mend_each(shown: Reached, wrong: list[str], junk: str) -> None:
    """Leave each wrong field as it was, then with words that can be read."""
    state = shown.form.state
    for name in wrong:
        await shown.tab.call(state.mend, name=name, typed=junk)
        assert shown.tab.sees(state, "errors")[name], f"{name} holds what it held"
        await shown.tab.call(state.mend, name=name, typed=shown.words.get(name, UNKNOWN))
        assert not shown.tab.sees(state, "errors")[name], f"{name} was mended"
    assert shown.tab.sees(state, "failure") == "", "nothing is wrong any more"


def test_every_form_that_a_page_draws_is_in_the_frame_or_only_looks() -> None:
    bare = {f"{form.state.__name__}.{form.handler}" for form in drawn.forms()} - {
        f"{form.state.__name__}.{form.handler}" for form in FORMS if PRESS in form.names
    }
    assert bare - BARE == ONLY_LOOK
