"""The second step by events: set up on the account page or at sign-in, asked for, throttled, reset."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dokango.people import second_step, sessions, sign_ins
from dokango.people.sessions import Asked
from dokango.settings import settings
from state.account import set_up
from state.account.second_step import SecondStepState
from state.kit import session
from state.kit.session import SessionState
from state.settings.people import StaffState
from state.settings.second_step import SecondStepRulesState
from state.sign_in_step import SignInStepState
from tests.state.desk import Browser, Desk
from tests.state.stepping import OWNER, code_of

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture(autouse=True)
def own_vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The installation's key is a test's own, and nobody has tried a code yet."""
    monkeypatch.setenv("DOKANGO_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setattr(set_up, "_tries", (set_up.Throttle("6 per 5 minutes"), set_up.Throttle("50 per day")))
    settings.cache_clear()
    yield
    monkeypatch.undo()
    settings.cache_clear()


async def with_second_step(desk: Desk, tab: Browser) -> tuple[str, list[str]]:
    """Set one up on the account page: its secret and the recovery codes."""
    await tab.arrive("/account")
    await tab.call(SecondStepState.begin)
    secret = tab.sees(SecondStepState, "secret")
    await tab.call(SecondStepState.set_up, form={"code": code_of(secret, desk.clock)})
    codes = list(tab.sees(SecondStepState, "codes"))
    desk.clock.advance(60)
    session.forget()
    return secret, codes


async def came_in_again(desk: Desk, tab: Browser) -> Browser:
    """The same person in a second browser, the password given."""
    found = desk.db.read(lambda tx: sessions.find(tx, tab.secret, desk.clock.now_us()))
    assert found is not None
    second = await desk.browser()
    second.secret, _ = desk.db.write(lambda tx: sign_ins.begin(tx, found.actor.id, desk.clock, "", ""))
    return second


async def test_every_step_of_it_on_the_account_page(desk: Desk) -> None:
    tab = await desk.browser("packer")
    await tab.arrive("/account")
    await tab.call(SecondStepState.begin)
    assert tab.sees(SecondStepState, "qr").startswith("data:image/svg+xml")
    await tab.call(SecondStepState.set_up, form={"code": "000000"})
    assert "code" in tab.sees(SecondStepState, "errors")
    _, codes = await with_second_step(desk, tab)
    assert len(codes) == 10 and tab.sees(SecondStepState, "since") != ""
    await tab.call(SecondStepState.codes_kept)
    assert tab.sees(SecondStepState, "codes") == []
    await tab.call(SecondStepState.remove, form={"code": codes[3]})
    assert tab.sees(SecondStepState, "since") == ""


async def test_the_code_is_asked_for_after_the_password_and_nothing_opens_before(desk: Desk) -> None:
    tab = await desk.browser("owner")
    secret, _ = await with_second_step(desk, tab)
    second = await came_in_again(desk, tab)
    await second.arrive("/stock")
    assert set(second.redirects) == {"/sign-in/step?next=%2Fstock"}
    await second.arrive("/sign-in/step?next=/stock")
    assert second.sees(SignInStepState, "asked") == Asked.CODE.value
    await second.call(SignInStepState.give_code, form={"code": "000000"})
    assert "code" in second.sees(SignInStepState, "errors")
    await second.call(SignInStepState.give_code, form={"code": code_of(secret, desk.clock)})
    assert second.redirects[-1] == "/stock"
    await second.arrive("/stock")
    assert second.sees(SessionState, "role") == "owner"


async def test_a_code_is_not_guessed(desk: Desk) -> None:
    tab = await desk.browser("owner")
    _, codes = await with_second_step(desk, tab)
    second = await came_in_again(desk, tab)
    await second.arrive("/sign-in/step")
    for guess in range(7):
        await second.call(SignInStepState.give_code, form={"code": f"00000{guess}"})
    await second.call(SignInStepState.give_code, form={"code": codes[0]})
    assert "Too many tries" in second.sees(SignInStepState, "failure")
    refused = [row for row in desk.db.read(lambda tx: sign_ins.page(tx, OWNER, "")).rows if row.note == "wrong code"]
    assert len(refused) == 6


async def test_a_role_that_must_have_it_sets_it_up_at_sign_in(desk: Desk) -> None:
    owner, tab = await desk.browser("owner"), await desk.browser("packer")
    await owner.arrive("/settings?part=staff")
    await owner.call(SecondStepRulesState.save, form={"must_packer": True})
    assert owner.sees(SecondStepRulesState, "must")["packer"] is True
    session.forget()
    await tab.arrive("/orders")
    assert set(tab.redirects) == {"/sign-in/step?next=%2Forders"}
    await tab.arrive("/sign-in/step?next=/stock")
    led = len(tab.redirects)
    await tab.call(SignInStepState.set_up, form={"code": code_of(tab.sees(SignInStepState, "secret"), desk.clock)})
    assert len(tab.sees(SignInStepState, "codes")) == 10 and len(tab.redirects) == led
    await tab.call(SignInStepState.go_on)
    assert tab.redirects[-1] == "/stock" and tab.sees(SignInStepState, "codes") == []
    await tab.arrive("/stock")
    assert tab.sees(SessionState, "role") == "packer"


async def test_a_reconnect_offers_the_same_secret_again(desk: Desk) -> None:
    tab = await desk.browser("packer")
    desk.db.write(lambda tx: second_step.require_of(tx, OWNER, ["packer"], desk.clock))
    session.forget()
    await tab.arrive("/sign-in/step")
    scanned = tab.sees(SignInStepState, "secret")
    tab.reconnect()
    await tab.arrive("/sign-in/step")
    assert tab.sees(SignInStepState, "secret") == scanned


async def test_the_owner_resets_a_members(desk: Desk) -> None:
    owner, tab = await desk.browser("owner"), await desk.browser("packer", name="Piyal")
    await with_second_step(desk, tab)
    await owner.arrive("/settings?part=staff")
    row = next(row for row in owner.sees(StaffState, "rows") if row["name"] == "Piyal")
    assert row["step"] == "1"
    await owner.call(StaffState.reset_second_step, user_id=row["id"])
    row = next(row for row in owner.sees(StaffState, "rows") if row["name"] == "Piyal")
    assert row["step"] == ""
    assert desk.db.read(lambda tx: sessions.find(tx, tab.secret, desk.clock.now_us())) is None


async def test_the_step_sets_nothing_up_that_is_not_asked_for(desk: Desk) -> None:
    tab = await desk.browser("packer")
    secret, _ = await with_second_step(desk, tab)
    second = await came_in_again(desk, tab)
    await second.arrive("/sign-in/step")
    await second.call(SignInStepState.set_up, form={"code": code_of(secret, desk.clock)})
    assert second.sees(SignInStepState, "failure") != ""
    await second.arrive("/account")
    assert second.sees(SessionState, "signed_in") is False
