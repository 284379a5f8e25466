"""Staff, sign-in, sessions and keys."""

import subprocess
import sys

import argon2
import pytest
from argon2 import profiles

from dokango.clock import ManualClock
from dokango.db import Database
from dokango.errors import AlreadyExists, Conflict, InvalidInput, NotAllowed
from dokango.people import api_keys, passwords, sessions, staff
from dokango.people.actor import SYSTEM, Actor
from dokango.people.permissions import Role
from dokango.people.staff import NewStaff
from dokango.settings import ROOT

NITU = NewStaff("nitu", "Nitu", "packer", "a long password")


def test_a_password_signs_in_and_a_wrong_one_does_not(db: Database, clock: ManualClock) -> None:
    user_id = db.write(lambda tx: staff.create(tx, SYSTEM, NITU, clock))
    assert db.read(lambda tx: staff.authenticate(tx, " NITU ", NITU.password)).id == user_id
    assert db.read(lambda tx: staff.authenticate(tx, "nitu", "a wrong password")) is None
    assert db.read(lambda tx: staff.authenticate(tx, "nobody", NITU.password)) is None


def test_outside_of_tests_a_password_is_hashed_at_the_cost_that_rfc_9106_asks_for() -> None:
    code = "from dokango.people.passwords import hash_password as h, _NOBODYS as n; print(h('a password of mine'), n)"
    made = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert [argon2.extract_parameters(one) for one in made.split()] == [profiles.RFC_9106_LOW_MEMORY] * 2


def test_a_wrong_form_gets_a_sentence_for_each_field_and_nothing_is_written(db: Database, clock: ManualClock) -> None:
    with pytest.raises(InvalidInput) as wrong:
        db.write(lambda tx: staff.create(tx, SYSTEM, NewStaff("<b>", " ", "king", "short"), clock))
    assert set(wrong.value.fields) == {"login", "name", "role", "password"}
    assert db.read(staff.everyone) == []


def test_a_login_is_taken_once(db: Database, clock: ManualClock) -> None:
    db.write(lambda tx: staff.create(tx, SYSTEM, NITU, clock))
    with pytest.raises(AlreadyExists):
        db.write(lambda tx: staff.create(tx, SYSTEM, NITU, clock))


@pytest.mark.parametrize("role", [Role.MANAGER, Role.PACKER, Role.VIEWER])
def test_only_the_owner_takes_people_on(db: Database, clock: ManualClock, role: Role) -> None:
    with pytest.raises(NotAllowed):
        db.write(lambda tx: staff.create(tx, Actor(9, "x", role), NITU, clock))


def test_a_session_lives_until_it_is_idle_ended_or_signed_out(db: Database, clock: ManualClock) -> None:
    user_id = db.write(lambda tx: staff.create(tx, SYSTEM, NITU, clock))
    secret = db.write(lambda tx: sessions.start(tx, user_id, clock.now_us(), "a browser"))
    found = db.read(lambda tx: sessions.find(tx, secret, clock.now_us()))
    assert found is not None
    assert found.actor == Actor(user_id, "Nitu", Role.PACKER)
    assert db.read(lambda tx: sessions.find(tx, secret + "x", clock.now_us())) is None
    clock.advance(25 * 3600)
    assert db.read(lambda tx: sessions.find(tx, secret, clock.now_us())) is None
    again = db.write(lambda tx: sessions.start(tx, user_id, clock.now_us()))
    db.write(lambda tx: sessions.end(tx, again))
    assert db.read(lambda tx: sessions.find(tx, again, clock.now_us())) is None


def test_the_database_never_holds_a_secret(db: Database, clock: ManualClock, owner: Actor) -> None:
    user_id = db.write(lambda tx: staff.create(tx, SYSTEM, NITU, clock))
    secret = db.write(lambda tx: sessions.start(tx, user_id, clock.now_us()))
    key = db.write(lambda tx: api_keys.make(tx, owner, "till", "viewer", clock))
    for table in ("user", "session", "api_key", "event"):
        rows = db.read(lambda tx, t=table: str(_all(tx, t)))
        assert not any(word in rows for word in (secret, key, NITU.password))


def _all(tx: object, table: str) -> list[object]:
    cursor = tx.connection.cursor()  # type: ignore[attr-defined]
    return list(cursor.execute(f'SELECT * FROM "{table}"').fetchall())


@pytest.mark.parametrize("change", ["role", "let_go", "password"])
def test_a_change_of_standing_ends_every_session(db: Database, clock: ManualClock, owner: Actor, change: str) -> None:
    user_id = db.write(lambda tx: staff.create(tx, SYSTEM, NITU, clock))
    secret = db.write(lambda tx: sessions.start(tx, user_id, clock.now_us()))
    if change == "role":
        db.write(lambda tx: staff.change_role(tx, owner, user_id, "viewer", clock))
    elif change == "let_go":
        db.write(lambda tx: staff.set_active(tx, owner, user_id, False, clock))
    else:
        db.write(lambda tx: staff.set_password(tx, owner, user_id, "another long one", clock))
    assert db.read(lambda tx: sessions.find(tx, secret, clock.now_us())) is None


def test_the_last_owner_stays(db: Database, clock: ManualClock, owner: Actor) -> None:
    only = NewStaff("olin", "Olin", "owner", "a long password")
    user_id = db.write(lambda tx: staff.create(tx, SYSTEM, only, clock))
    with pytest.raises(Conflict):
        db.write(lambda tx: staff.set_active(tx, owner, user_id, False, clock))
    with pytest.raises(Conflict):
        db.write(lambda tx: staff.change_role(tx, owner, user_id, "viewer", clock))


def test_a_key_acts_in_its_role_until_it_is_revoked(db: Database, clock: ManualClock, owner: Actor) -> None:
    key = db.write(lambda tx: api_keys.make(tx, owner, "till", "packer", clock))
    actor = db.read(lambda tx: api_keys.find(tx, key))
    assert actor is not None
    assert (actor.role, actor.id) == (Role.PACKER, -1)
    db.write(lambda tx: api_keys.revoke(tx, owner, 1, clock))
    assert db.read(lambda tx: api_keys.find(tx, key)) is None


def test_made_passwords_are_long_and_never_the_same() -> None:
    made = {passwords.make_password() for _ in range(50)}
    assert len(made) == 50
    assert min(map(len, made)) >= 20
