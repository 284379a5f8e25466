"""The second step: a code is taken once, a recovery code once, and nothing opens before."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pyotp
import pytest

from dokango.clock import US_PER_S, ManualClock
from dokango.db import Database
from dokango.errors import Conflict, InvalidInput, NotAllowed, NotFound
from dokango.people import second_step, sessions, sign_ins, staff
from dokango.people.actor import SYSTEM, Actor
from dokango.people.permissions import Role
from dokango.people.sessions import Asked, SignedIn
from dokango.people.staff import NewStaff
from dokango.shop.secrets import SecretLost, Vault
from tests.core.racing import at_once

RINA = NewStaff("rina", "Rina", "packer", "a password for tests")
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return Vault(tmp_path)


@pytest.fixture
def rina(db: Database, clock: ManualClock) -> int:
    return db.write(lambda tx: staff.create(tx, SYSTEM, RINA, clock))


def came_in(db: Database, clock: ManualClock, user_id: int) -> SignedIn:
    found = db.write(lambda tx: sign_ins.begin(tx, user_id, clock, "", ""))[1]
    assert found is not None
    return found


def asked(db: Database, session: SignedIn) -> Asked | None:
    return db.read(lambda tx: sessions.asked_of(tx, session.id_hash))


def code_at(clock: ManualClock, apart_s: int = 0) -> str:
    return pyotp.TOTP(SECRET).at(clock.now_us() // US_PER_S + apart_s)


def set_up(db: Database, clock: ManualClock, vault: Vault, user_id: int) -> list[str]:
    session = came_in(db, clock, user_id)
    code = code_at(clock)
    codes = db.write(lambda tx: second_step.set_up(tx, session, session.actor, vault, SECRET, code, clock))
    assert asked(db, session) is None
    clock.advance(60)
    return codes


def give(db: Database, clock: ManualClock, vault: Vault, session: SignedIn, code: str) -> None:
    db.write(lambda tx: second_step.prove(tx, session, session.actor, vault, code, clock))


def test_it_is_set_up_by_a_code_that_proves_it(db: Database, clock: ManualClock, vault: Vault, rina: int) -> None:
    session = came_in(db, clock, rina)
    with pytest.raises(InvalidInput):
        db.write(lambda tx: second_step.set_up(tx, session, session.actor, vault, SECRET, "000000", clock))
    assert came_in(db, clock, rina).asked is None
    codes = set_up(db, clock, vault, rina)
    assert len(set(codes)) == 10 and asked(db, session) is Asked.CODE
    with pytest.raises(Conflict):
        set_up(db, clock, vault, rina)


def test_neither_the_secret_nor_a_recovery_code_is_kept_as_it_is(
    db: Database, clock: ManualClock, vault: Vault, rina: int
) -> None:
    codes = set_up(db, clock, vault, rina)
    for table in ("second_step", "recovery_code", "event"):
        rows = db.read(lambda tx, t=table: str(tx.connection.cursor().execute(f'SELECT * FROM "{t}"').fetchall()))
        assert not any(word in rows for word in (SECRET, *codes))


@pytest.mark.parametrize("apart_s", [-30, 0, 30])
def test_a_code_opens_though_the_phones_clock_is_a_little_off(
    db: Database, clock: ManualClock, vault: Vault, rina: int, apart_s: int
) -> None:
    set_up(db, clock, vault, rina)
    clock.advance(60)
    session = came_in(db, clock, rina)
    assert session.asked is Asked.CODE
    give(db, clock, vault, session, " ".join(code_at(clock, apart_s)))
    assert asked(db, session) is None


@pytest.mark.parametrize("apart_s", [-90, 90, 3_600])
def test_a_code_of_another_time_opens_nothing(
    db: Database, clock: ManualClock, vault: Vault, rina: int, apart_s: int
) -> None:
    set_up(db, clock, vault, rina)
    session = came_in(db, clock, rina)
    with pytest.raises(InvalidInput):
        give(db, clock, vault, session, code_at(clock, apart_s))
    assert asked(db, session) is Asked.CODE


def test_a_code_that_was_used_opens_no_second_browser(
    db: Database, clock: ManualClock, vault: Vault, rina: int
) -> None:
    set_up(db, clock, vault, rina)
    code, first, second = code_at(clock), came_in(db, clock, rina), came_in(db, clock, rina)
    give(db, clock, vault, first, code)
    for late in (code, code_at(clock, -30)):
        with pytest.raises(InvalidInput):
            give(db, clock, vault, second, late)
    assert asked(db, second) is Asked.CODE


def test_of_two_at_once_with_one_code_one_comes_in(db: Database, clock: ManualClock, vault: Vault, rina: int) -> None:
    recovery = set_up(db, clock, vault, rina)[0]
    for code in (code_at(clock), recovery):
        tabs = [came_in(db, clock, rina) for _ in range(2)]
        at_once(*[lambda tab=tab, code=code: give(db, clock, vault, tab, code) for tab in tabs])
        assert sorted(str(asked(db, tab)) for tab in tabs) == ["None", "code"]


def test_a_recovery_code_takes_the_phones_place_once(db: Database, clock: ManualClock, vault: Vault, rina: int) -> None:
    codes = set_up(db, clock, vault, rina)
    session = came_in(db, clock, rina)
    give(db, clock, vault, session, f" {codes[0].upper().replace('-', ' ')} ")
    assert asked(db, session) is None
    with pytest.raises(InvalidInput):
        give(db, clock, vault, came_in(db, clock, rina), codes[0])
    standing = db.read(lambda tx: second_step.standing(tx, rina))
    assert standing is not None and standing.codes_left == 9


def test_a_recovery_code_is_nobody_elses(db: Database, clock: ManualClock, vault: Vault, rina: int) -> None:
    codes = set_up(db, clock, vault, rina)
    liton = db.write(lambda tx: staff.create(tx, SYSTEM, replace(RINA, login="liton"), clock))
    set_up(db, clock, vault, liton)
    with pytest.raises(InvalidInput):
        give(db, clock, vault, came_in(db, clock, liton), codes[0])


def test_a_restored_shop_without_its_key_takes_recovery_codes_alone(
    db: Database, clock: ManualClock, vault: Vault, rina: int, tmp_path: Path
) -> None:
    codes, elsewhere = set_up(db, clock, vault, rina), Vault(tmp_path / "restored")
    session = came_in(db, clock, rina)
    with pytest.raises(SecretLost):
        give(db, clock, elsewhere, session, code_at(clock))
    give(db, clock, elsewhere, session, codes[0])
    assert asked(db, session) is None


def test_a_role_that_must_have_it_is_led_to_set_it_up(
    db: Database, clock: ManualClock, vault: Vault, rina: int, owner: Actor
) -> None:
    before = came_in(db, clock, rina)
    db.write(lambda tx: second_step.require_of(tx, owner, ["packer"], clock))
    assert asked(db, before) is Asked.SECOND_STEP and came_in(db, clock, rina).asked is Asked.SECOND_STEP
    set_up(db, clock, vault, rina)
    assert came_in(db, clock, rina).asked is Asked.CODE
    db.write(lambda tx: second_step.reset(tx, owner, rina, clock))
    assert came_in(db, clock, rina).asked is Asked.SECOND_STEP
    db.write(lambda tx: second_step.require_of(tx, owner, [], clock))
    assert came_in(db, clock, rina).asked is None
    with pytest.raises(InvalidInput):
        db.write(lambda tx: second_step.require_of(tx, owner, ["king"], clock))


def test_a_given_password_is_changed_after_the_code_and_before_all_else(
    db: Database, clock: ManualClock, vault: Vault, rina: int, owner: Actor
) -> None:
    codes = set_up(db, clock, vault, rina)
    db.write(lambda tx: staff.set_password(tx, owner, rina, "given by the owner", clock))
    session = came_in(db, clock, rina)
    assert session.asked is Asked.CODE
    give(db, clock, vault, session, codes[0])
    assert asked(db, session) is Asked.PASSWORD


def test_it_is_removed_by_a_code_and_reset_by_the_owner_alone(
    db: Database, clock: ManualClock, vault: Vault, rina: int, owner: Actor
) -> None:
    codes = set_up(db, clock, vault, rina)
    session = came_in(db, clock, rina)
    with pytest.raises(InvalidInput):
        db.write(lambda tx: second_step.remove(tx, session.actor, vault, "123", clock))
    for role in (Role.MANAGER, Role.PACKER, Role.VIEWER):
        with pytest.raises(NotAllowed):
            db.write(lambda tx, r=role: second_step.reset(tx, Actor(rina, "x", r), rina, clock))
        with pytest.raises(NotAllowed):
            db.write(lambda tx, r=role: second_step.require_of(tx, Actor(rina, "x", r), [], clock))
    db.write(lambda tx: second_step.remove(tx, session.actor, vault, codes[0], clock))
    assert came_in(db, clock, rina).asked is None
    with pytest.raises(NotFound):
        db.write(lambda tx: second_step.reset(tx, owner, rina, clock))
    told = [row.action for row in db.read(lambda tx: sign_ins.page(tx, owner, "")).rows]
    assert {"second_step_set_up", "second_step_removed"} <= set(told)
