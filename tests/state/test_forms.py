"""Every form that books, ships, refunds or saves, found by walking the pages: a press acts once, and what is mended is
not complained of any more."""

from __future__ import annotations

import ast
import asyncio
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from dokango import process
from dokango.checks import run_checks
from dokango.clock import DHAKA, ManualClock
from dokango.couriers.desk import CourierDesk
from dokango.couriers.process_desk import use_desk
from dokango.db import open_database, table_of
from dokango.orders.book.models import Order
from dokango.orders.lifecycle import commands as c
from dokango.orders.lifecycle import faces
from dokango.orders.lifecycle.table import PERMISSION_OF
from dokango.people.actor import Actor
from dokango.people.permissions import Permission, Role
from dokango.people.throttle import Throttle
from state.account import set_up
from state.kit import session
from state.kit.access import access_of
from state.kit.form import ORDER, ORDERS, PRESS, form_of
from tests.sampling import sampled
from tests.small_shop import Shop, open_shop
from tests.state import drawn
from tests.state.desk import Desk
from tests.state.drawn import DrawnForm
from tests.state.filling import Reached, World, reached, stock_world

SQLITE_ALONE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
# Forms that change nothing: they search, choose what a page shows, or try something.
ONLY_LOOK = {
    "StorefrontState.search", "LookupState.find", "OrdersState.filter", "InsightsState.choose", "BooksState.choose",
    "MailSettingsState.try_it", "SmsSettingsState.try_it", "TariffSettingsState.add_courier", "ProblemsState.narrow",
    "AssignState.choose",
}  # fmt: skip
# Scanners: two mugs are scanned by the same code, and a parcel that is scanned again is said to be out already.
EVERY_PRESS_COUNTS = {"BenchState.scan", "ScanOutState.scan"}
# Two look a field over as it is left, one notes a wrong try and raises on, one says in its own words what is wrong, one
# says of a file that is looked at, and not sent, why it cannot be read.
BY_THEMSELVES = {
    "state/shipping/sending/send.py", "state/shipping/sending/bulk.py", "state/shipping/sending/send_typed.py",
    "state/sign_in_step.py", "state/cod/cash.py", "state/wallet/statement.py",
}  # fmt: skip
ROOT = Path(__file__).resolve().parents[2]
NOON = ManualClock(datetime(2026, 11, 22, 12, 0, tzinfo=DHAKA))
SOON = httpx.Timeout(0.3)
SHOP = "shop.sqlite3"
OWNER = Actor(1, "Olin Owner", Role.OWNER)
_O = table_of(Order)
FORMS = [form for form in drawn.forms() if form_of(form.state.event_handlers[form.handler])]


@pytest.fixture(scope="session")
def stocked(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a shop that has orders at every stage, and its practice courier; to be copied."""
    folder = tmp_path_factory.mktemp("stocked")
    shutil.copy(sqlite_template, folder / SHOP)
    database, courier = open_database(f"sqlite:///{folder / SHOP}"), CourierDesk(NOON, folder, timeout=SOON)
    stock_world(open_shop(database, NOON, OWNER), courier)
    database.close()
    courier.close()
    return folder


@pytest.fixture(autouse=True)
def uncounted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody has tried a code yet: people of two shops have the same ids."""
    monkeypatch.setattr(set_up, "_tries", (Throttle("6 per 5 minutes"),))


@contextmanager
def world_of(desk: Desk, stocked: Path, tmp_path: Path) -> Iterator[World]:
    """A shop of its own under the site; when it is left, every invariant must hold in it."""
    folder, before = tmp_path / secrets.token_hex(4), desk.db
    shutil.copytree(stocked, folder)
    desk.db = open_database(f"sqlite:///{folder / SHOP}")
    courier = CourierDesk(desk.clock, folder, timeout=SOON)
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
    pytest.fail(f"{form.name} never wrote anything: {wrong}. See tests/state/filling.py.")


ACTING = [form for form in FORMS if form.name not in ONLY_LOOK]
EACH = pytest.mark.parametrize("form", sampled(FORMS, 30), ids=lambda form: form.name)


@SQLITE_ALONE
@pytest.mark.parametrize("form", ACTING, ids=lambda form: form.name)
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
    await shown.press({**dict.fromkeys(shown.words, junk), **shown.seen(), PRESS: shown.payload()[PRESS]})
    return [name for name, said in shown.tab.sees(shown.form.state, "errors").items() if said]


async def mend_each(shown: Reached, wrong: list[str], junk: str) -> None:
    """Leave each wrong field as it was, then with words that can be read."""
    state = shown.form.state
    for name in wrong:
        fields = [name] if name in shown.words else list(shown.words)  # one sentence may be of several fields
        for field in fields:
            await shown.leave(field, junk)
        assert shown.tab.sees(state, "errors")[name], f"{name} holds what it held"
        for field in fields:
            await shown.leave(field, shown.words[field])
        assert not shown.tab.sees(state, "errors")[name], f"{name} was mended"
    assert shown.tab.sees(state, "failure") == "", "nothing is wrong any more"


def test_every_form_that_a_page_draws_is_in_the_frame_or_only_looks() -> None:
    framed = {form.name for form in FORMS if PRESS in form.names}
    bare = {form.name for form in drawn.forms()} - framed
    assert bare - ONLY_LOOK == EVERY_PRESS_COUNTS


# A form whose handler asks for one of these moves an order, or the money of one.
OF_ORDERS = set(PERMISSION_OF.values()) - {Permission.PLACE_ORDER}
# These hold one of them and move no order: the practice courier's riders, a wallet's money, what scanners count.
MOVES_NONE = {"AssignState.choose", "ClearUpState.clear", "MoneyOutState.book", "GiveBackState.give", "KeepState.keep",
              "ParcelState.move", *EVERY_PRESS_COUNTS}  # fmt: skip


def over_of(form: DrawnForm) -> str:
    """What the form says it is over: ORDER, ORDERS, or nothing."""
    spec = form_of(form.state.event_handlers[form.handler])
    return spec.over if spec else ""


OVER_ONE = [form for form in ACTING if over_of(form) == ORDER]
EACH_OVER_ONE = pytest.mark.parametrize("form", sampled(OVER_ONE, 12), ids=lambda form: form.name)


def test_every_form_that_moves_an_order_carries_which_one_and_how_it_was_seen() -> None:
    for form in drawn.forms():
        access = access_of(form.state.event_handlers[form.handler])
        if access is not None and access.permissions & OF_ORDERS and form.name not in MOVES_NONE:
            assert over_of(form) in (ORDER, ORDERS), form.name
        assert (over_of(form) == ORDER) == ({"number", "version"} <= form.names), form.name


def test_every_form_that_a_face_opens_is_over_an_order() -> None:
    assert {f"OrderStepsState.{name}" for name in faces.forms()} <= {form.name for form in OVER_ONE}


@SQLITE_ALONE
@EACH_OVER_ONE
async def test_a_form_acts_on_what_was_shown_or_says_that_it_changed(
    desk: Desk, stocked: Path, tmp_path: Path, form: DrawnForm
) -> None:
    with world_of(desk, stocked, tmp_path) as world:
        said = ""
        async for shown in reached(world, form):
            payload = shown.payload()
            if not payload["number"]:
                continue  # nothing could be shown of this order
            world.shop.do(payload["number"], c.AddNote(text="a colleague was here"))
            before = world.rows()
            await shown.press(payload)
            assert world.rows() == before, "it acted on what nobody had seen"
            said += " ".join([shown.tab.sees(form.state, "failure"), *shown.tab.told])
        assert "changed while you looked at it" in said or "changed by somebody else" in said


@SQLITE_ALONE
@EACH_OVER_ONE
async def test_a_form_that_comes_late_does_nothing_to_the_order_that_is_shown_now(
    desk: Desk, stocked: Path, tmp_path: Path, form: DrawnForm
) -> None:
    with world_of(desk, stocked, tmp_path) as world:
        late: dict[str, str] = {}
        async for shown in reached(world, form):
            before = world.rows()
            if late and shown.seen()["number"] != late["number"]:
                await shown.press(late)
                assert world.rows() == before, "it acted on an order, or for one, that had left the screen"
            late = shown.payload()


def test_what_a_field_was_refused_for_is_caught_by_the_frame() -> None:
    catching = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "state").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ExceptHandler) and "InvalidInput" in ast.dump(node.type or node)
    }
    assert catching == {"state/kit/form.py", "state/kit/reading.py"} | BY_THEMSELVES
