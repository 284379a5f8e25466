"""The one gate: whoever calls whatever with anything, nothing happens that their role does not allow."""

from __future__ import annotations

import inspect
from typing import Any

import pytest
from reflex.utils.format import format_event_handler
from reflex_base.registry import RegistrationContext
from sqlalchemy import bindparam, func, select

from dokango import audit
from dokango.db import Database, Statement, Tx, table_of
from dokango.models import METADATA
from dokango.orders.lifecycle.table import PERMISSION_OF
from dokango.people import sessions
from dokango.people.actor import Actor
from dokango.people.permissions import PERMISSIONS, Role
from dokango_web.gate import INTERNAL
from state.bell import BellState
from state.kit import session
from state.kit.access import Access, access_of
from state.kit.session import SessionState
from state.orders.lists import OrdersState
from state.sign_in import SignInState
from tests.small_shop import Shop
from tests.state.desk import Browser, Desk

SQLITE_ALONE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
CALLERS = ("", "viewer", "packer", "manager", "owner")
CANARY = {"name": "Canary Khatun", "phone": "01798765432"}
CANARIES = ("Canary Khatun", "01798765432", "01798-765432", "CANARY7654", "30001", "300.01")  # the last: cost of honey
QUIET_TABLES = ("session", "user")
_E = table_of(audit.Event)
_LAST_EVENT = Statement(select(func.max(_E.c.id)))
_LATER_ACTIONS = Statement(select(_E.c.action).where(_E.c.id > bindparam("event")))


def handlers() -> dict[str, tuple[Any, Access | None]]:
    """Every handler that a browser could name, with what it declared."""
    registered = RegistrationContext.get().event_handlers
    return {name: (entry.handler, access_of(entry.handler)) for name, entry in registered.items()}


def payloads(handler: Any) -> list[Any]:
    """Eight shapes: none, unknown names, and the handler's own names with what no form sends."""
    names = [name for name in inspect.signature(handler.fn).parameters if name != "self"]
    odd: list[Any] = ["1001", -5, float("nan"), {"$ne": ""}, ["1001", {}], "‮<script>" + "A" * 3_000]
    return [{}, {"no_such": 1}, *(dict.fromkeys(names, value) for value in odd)]


def test_every_handler_says_who_may_call_it() -> None:
    silent = [
        name
        for name, (_, access) in handlers().items()
        if access is None and name not in INTERNAL and not name.endswith(".setvar")
    ]
    assert silent == [], "declare these with a decorator of state.access, or begin their names with _"


def test_reflexes_own_events_are_let_through_by_name_and_no_others() -> None:
    known = handlers()
    assert {name for name in INTERNAL if name not in known} == set()


def test_no_setvar_is_let_through() -> None:
    assert [name for name, (_, access) in handlers().items() if name.endswith(".setvar") and access] == []


@SQLITE_ALONE
@pytest.mark.parametrize("role", CALLERS)
async def test_nobody_does_more_than_their_role_allows(desk: Desk, db: Database, shop: Shop, role: str) -> None:
    shop.place(("HONEY", 2), customer=CANARY, payment={"method": "bkash", "transaction_id": "CANARY7654"})
    actor = Actor(1, "x", Role(role)) if role else None
    allowed = PERMISSIONS[Role(role)] if role else PERMISSIONS[Role.CUSTOMER]
    tab = await desk.browser(role)
    for name, (handler, access) in handlers().items():
        admitted = name in INTERNAL or (access is not None and access.admits(actor))
        before = db.read(_everything)
        seen, refused = len(tab.received), len(tab.told) + len(tab.redirects)
        for payload in payloads(handler):
            await tab.send(name, payload)
        after = db.read(_everything)
        if admitted:
            done = db.read(lambda tx, since=before["event"][0]: _actions_since(tx, since))
            assert {action for action in done if PERMISSION_OF.get(action, None) not in {*allowed, None}} == set(), name
        else:
            assert after == before, f"{name} changed the database for {role or 'a stranger'}"
            assert len(tab.told) + len(tab.redirects) == refused + 8, f"{name} was not refused eight times"
            assert not _canaries(tab.received[seen:]), f"{name} told {role or 'a stranger'} too much"
        if not role:
            assert not _canaries(tab.received[seen:]), f"{name} told a stranger too much"


@SQLITE_ALONE
@pytest.mark.parametrize("role", CALLERS)
async def test_a_handler_that_nobody_declared_is_refused_to_all(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, role: str
) -> None:
    handler = RegistrationContext.get().event_handlers[format_event_handler(SignInState.load)].handler
    monkeypatch.delattr(handler.fn, "_dokango_access")
    assert access_of(handler) is None
    tab = await desk.browser(role)
    await tab.call(SignInState.load)
    assert tab.told == ["That is not possible here."]


@SQLITE_ALONE
async def test_a_strangers_hydrate_holds_nothing_of_the_staffs(desk: Desk, shop: Shop) -> None:
    shop.place(("HONEY", 2), customer=CANARY, payment={"method": "bkash", "transaction_id": "CANARY7654"})
    for path in ("/", "/orders", "/orders/1001", "/pack", "/shipping", "/stock", "/books", "/insights", "/settings"):
        stranger = await desk.browser()
        await stranger.arrive(path)
        assert not _canaries(stranger.received), path


@SQLITE_ALONE
async def test_a_tab_forgets_all_when_another_person_uses_it(desk: Desk) -> None:
    tab = await desk.browser("owner")
    await tab.arrive("/sign-in")
    assert tab.sees(SessionState, "role") == "owner"
    tab.secret = ""  # signed out elsewhere, or a stranger who guessed the client token
    await tab.arrive("/sign-in")
    assert tab.sees(SessionState, "role") == ""
    assert tab.sees(SessionState, "may") == {}


@SQLITE_ALONE
async def test_a_new_role_holds_from_the_next_event_on(desk: Desk, db: Database) -> None:
    tab = await desk.browser("owner")
    await tab.arrive("/sign-in")
    db.write(lambda tx: sessions.end(tx, tab.secret))
    session.forget()  # what the live task does when it hears of it
    await tab.call(SignInState.load)
    assert tab.sees(SessionState, "signed_in") is False


@SQLITE_ALONE
async def test_a_session_that_ended_is_told_of_on_the_sign_in_page_alone(desk: Desk, db: Database) -> None:
    tab = await desk.browser("owner")
    await tab.arrive("/orders?tab=all")
    db.write(lambda tx: sessions.end(tx, tab.secret))
    session.forget()
    for handler in (OrdersState.bring_in, OrdersState.choose_all, BellState.load):
        await tab.call(handler)
    assert tab.told == []
    assert set(tab.redirects) == {"/sign-in?why=ended&next=%2Forders%3Ftab%3Dall"}
    stranger = await desk.browser()
    await stranger.arrive("/orders")
    assert stranger.redirects[-1] == "/sign-in?next=%2Forders"


@SQLITE_ALONE
@pytest.mark.parametrize("payload", [None, 7, "x", ["x"]])
async def test_a_payload_that_is_no_object_is_refused(desk: Desk, payload: Any) -> None:
    tab = await desk.browser("owner")
    await tab.send(format_event_handler(SignInState.load), payload)
    assert tab.told == ["That is not possible here."]


def _everything(tx: Tx) -> dict[str, tuple[int, int]]:
    """Number of rows of each table and their hash, and the last audit event: what any effect would change."""
    contents = {name: _contents(tx, name) for name in METADATA.tables if name not in QUIET_TABLES}
    return {**contents, "event": (int(tx.value(_LAST_EVENT) or 0), 0)}


def _contents(tx: Tx, table: str) -> tuple[int, int]:
    rows = tx.connection.execute(f'SELECT * FROM "{table}"').fetchall()
    return len(rows), hash(tuple(rows))


def _actions_since(tx: Tx, event_id: int) -> set[str]:
    return {row.action for row in tx.rows(_LATER_ACTIONS, event=event_id)}


def _canaries(received: list[str]) -> list[str]:
    return [word for word in CANARIES if any(word in update for update in received)]


def test_the_canaries_would_be_found() -> None:
    assert _canaries([str(Browser("t", states={"x": {"name": "Canary Khatun"}}))]) == ["Canary Khatun"]
