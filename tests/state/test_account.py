"""The account page and the step after the password, by events: what opens, what does not, and who is signed out."""

from __future__ import annotations

import pytest
from reflex_base.registry import RegistrationContext

from dokango.db import Database
from dokango.people import sessions, sign_ins, staff
from dokango.people.sessions import IDLE_US, Asked
from dokango_web.gate import INTERNAL
from state.account.password import PasswordState
from state.account.sessions import SessionsState
from state.kit import session
from state.kit.access import access_of
from state.kit.session import SessionState
from state.orders.lists import OrdersState
from state.settings.people import StaffState
from state.settings.sign_ins import SignInsState
from state.sign_in_step import SignInStepState
from tests.state.arriving import arriving
from tests.state.desk import PASSWORD, Browser, Desk

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
NEW = "another one for tests"


def opened(desk: Desk, secret: str) -> bool:
    return desk.db.read(lambda tx: sessions.find(tx, secret, desk.clock.now_us())) is not None


def another(desk: Desk, tab: Browser) -> Browser:
    """A second browser of the same person."""
    found = desk.db.read(lambda tx: sessions.find(tx, tab.secret, desk.clock.now_us()))
    assert found is not None
    second = Browser(f"{tab.token}-second")
    desk.browsers[second.token] = second
    second.secret = desk.db.write(
        lambda tx: sessions.start(tx, found.actor.id, desk.clock.now_us(), "Chrome/1 Android")
    )
    return second


@pytest.mark.parametrize("role", ["viewer", "packer", "manager", "owner"])
async def test_every_role_changes_its_own_password(desk: Desk, role: str) -> None:
    tab = await desk.browser(role)
    second = another(desk, tab)
    await tab.arrive("/account")
    await tab.call(PasswordState.change, form={"present": "not mine", "new": NEW, "again": NEW})
    assert "present" in tab.sees(PasswordState, "errors")
    await tab.call(PasswordState.change, form={"present": PASSWORD, "new": NEW, "again": NEW})
    assert tab.told[-1] == "Your password is changed. One other browser was signed out."
    assert (opened(desk, tab.secret), opened(desk, second.secret)) == (True, False)
    assert not any(NEW in update for update in tab.received)


async def test_the_present_password_is_not_guessed_at_an_open_desk(desk: Desk) -> None:
    tab = await desk.browser("packer")
    await tab.arrive("/account")
    for guess in range(9):
        await tab.call(PasswordState.change, form={"present": f"guess {guess}", "new": NEW, "again": NEW})
    await tab.call(PasswordState.change, form={"present": PASSWORD, "new": NEW, "again": NEW})
    assert "Too many tries" in tab.sees(PasswordState, "failure")


async def test_another_browser_is_signed_out_from_here(desk: Desk) -> None:
    tab = await desk.browser("packer")
    second = another(desk, tab)
    await tab.arrive("/account")
    rows = {row["browser"]: row for row in tab.sees(SessionsState, "rows")}
    assert rows["Chrome on Android"]["here"] == "" and len(rows) == 2
    await tab.call(SessionsState.sign_out, name=rows["Chrome on Android"]["name"])
    assert (opened(desk, tab.secret), opened(desk, second.secret)) == (True, False)
    third = another(desk, tab)
    await tab.call(SessionsState.sign_out_others)
    assert (opened(desk, tab.secret), opened(desk, third.secret)) == (True, False)


async def test_a_given_password_opens_no_handler_of_the_desk(desk: Desk) -> None:
    tab = await arriving(desk)
    await tab.arrive("/orders")
    assert tab.redirects[-1] == "/sign-in/step?next=%2Forders"
    assert tab.sees(SessionState, "signed_in") is False and tab.sees(SessionState, "may") == {}
    for name, entry in RegistrationContext.get().event_handlers.items():
        access = access_of(entry.handler)
        if name in INTERNAL or access is None or access.public or access.arriving:
            continue
        before = len(tab.redirects)
        await tab.send(name, {})
        assert len(tab.redirects) == before + 1, name


async def test_a_password_of_ones_own_opens_the_desk(desk: Desk) -> None:
    tab = await arriving(desk)
    await tab.arrive("/sign-in/step?next=/stock")
    assert tab.sees(SignInStepState, "asked") == Asked.PASSWORD.value
    await tab.call(SignInStepState.set_password, form={"new": PASSWORD, "again": PASSWORD})
    assert "new" in tab.sees(SignInStepState, "errors")
    await tab.call(SignInStepState.set_password, form={"new": NEW, "again": NEW})
    assert tab.redirects[-1] == "/stock"
    await tab.arrive("/stock")
    assert tab.sees(SessionState, "role") == "owner"


async def test_the_step_changes_no_password_that_is_not_asked_for(desk: Desk, db: Database) -> None:
    tab = await desk.browser("packer")
    await tab.arrive("/account")
    await tab.call(SignInStepState.set_password, form={"new": NEW, "again": NEW})
    login = tab.sees(SessionState, "login")
    assert db.read(lambda tx: staff.authenticate(tx, login, NEW)) is None


@pytest.mark.parametrize("going_to", ["//evil.example", "https://evil.example", "/\\evil.example", "/sign-in/step"])
async def test_the_step_leads_to_no_other_site(desk: Desk, going_to: str) -> None:
    tab = await desk.browser("owner")
    await tab.arrive(f"/sign-in/step?next={going_to}")
    assert tab.redirects == ["/orders"]


async def test_whom_the_owner_takes_on_changes_the_password_first(desk: Desk) -> None:
    tab = await desk.browser("owner")
    await tab.arrive("/settings?part=staff")
    await tab.call(StaffState.ask, is_open=True)
    await tab.call(StaffState.add, form={"staff_name": "Mitu", "login": "mitu", "role": "packer"})
    password = tab.sees(StaffState, "shown_password")
    row = desk.db.read(lambda tx: staff.authenticate(tx, "mitu", password))
    assert row.given_at is not None


async def test_looking_on_keeps_no_session_alive_and_acting_does(desk: Desk) -> None:
    tab = await desk.browser("owner")
    await tab.arrive("/orders")
    for _ in range(3):
        desk.clock.advance(IDLE_US / 3e6)
        session.forget()
        tab.reconnect()
        await tab.arrive("/orders")  # what a reconnect does by itself
    assert not opened(desk, tab.secret)
    second = await desk.browser("owner")
    await second.arrive("/orders")
    for _ in range(3):
        desk.clock.advance(IDLE_US / 3e6)
        session.forget()
        await second.call(OrdersState.choose_none)
    assert opened(desk, second.secret)


async def test_going_to_another_page_is_an_act(desk: Desk) -> None:
    tab = await desk.browser("owner")
    for path in ("/orders", "/stock", "/orders", "/stock"):
        desk.clock.advance(IDLE_US / 3e6)
        session.forget()
        await tab.arrive(path)
    assert opened(desk, tab.secret)


async def test_the_owner_reads_who_came_in_page_by_page(desk: Desk) -> None:
    for number in range(30):
        desk.db.write(
            lambda tx, n=number: sign_ins.refused(tx, f"guess{n}", "wrong password", desk.clock, "203.0.113.7")
        )
    tab = await desk.browser("owner")
    await tab.arrive("/settings?part=sign-ins")
    rows = tab.sees(SignInsState, "rows")
    assert (rows[0]["what"], rows[1]["what"], rows[1]["address"]) == ("Taken on", "Sign-in refused", "203.0.113.7")
    assert len(rows) == 25
    await tab.arrive(tab.sees(SignInsState, "next_url"))
    assert len(tab.sees(SignInsState, "rows")) == 6
