"""One's own account: the password, the browsers one is signed in with, and what the trail keeps of both."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dokango.clock import ManualClock
from dokango.db import Database
from dokango.errors import Conflict, InvalidInput, NotAllowed, NotFound
from dokango.people import account, api_keys, sessions, sign_ins, staff
from dokango.people.account import Typed
from dokango.people.actor import SYSTEM, Actor
from dokango.people.permissions import Role
from dokango.people.sessions import Asked, SignedIn
from dokango.people.sign_ins import SignInRow
from dokango.people.staff import NewStaff

RINA = NewStaff("rina", "Rina", "packer", "a password for tests")
NEW = "another one for tests"
ADDRESS = "203.0.113.7"


def taken_on(db: Database, clock: ManualClock, new: NewStaff = RINA) -> int:
    return db.write(lambda tx: staff.create(tx, SYSTEM, new, clock))


def came_in(db: Database, clock: ManualClock, user_id: int, agent: str = "a browser") -> tuple[str, SignedIn]:
    secret, found = db.write(lambda tx: sign_ins.begin(tx, user_id, clock, agent, ADDRESS))
    assert found is not None
    return secret, found


def changed(db: Database, clock: ManualClock, session: SignedIn, typed: Typed) -> int:
    made = db.read(lambda tx: account.prove(tx, session.actor, typed))
    return db.write(lambda tx: account.take(tx, session, replace(session.actor, address=ADDRESS), made, clock))


def told(db: Database) -> list[SignInRow]:
    owner = Actor(1, "Olin", Role.OWNER)
    return list(db.read(lambda tx: sign_ins.page(tx, owner, "")).rows)


def test_ones_own_password_is_changed_and_every_other_browser_signed_out(db: Database, clock: ManualClock) -> None:
    user_id = taken_on(db, clock)
    here, session = came_in(db, clock, user_id)
    elsewhere = [came_in(db, clock, user_id)[0] for _ in range(2)]
    assert changed(db, clock, session, Typed(RINA.password, NEW, NEW)) == 2
    assert db.read(lambda tx: sessions.find(tx, here, clock.now_us())) is not None
    assert [db.read(lambda tx, s=s: sessions.find(tx, s, clock.now_us())) for s in elsewhere] == [None, None]
    assert db.read(lambda tx: staff.authenticate(tx, "rina", NEW)) is not None
    assert db.read(lambda tx: staff.authenticate(tx, "rina", RINA.password)) is None
    assert (told(db)[0].action, told(db)[0].actor, told(db)[0].address) == ("staff_password_changed", "Rina", ADDRESS)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        (Typed("not the one", NEW, NEW), "present"),
        (Typed("", NEW, NEW), "present"),
        (Typed(RINA.password, NEW, NEW + "x"), "again"),
        (Typed(RINA.password, "short", "short"), "new"),
        (Typed(RINA.password, "password123", "password123"), "new"),
        (Typed(RINA.password, "rina1234567", "rina1234567"), "new"),
        (Typed(RINA.password, RINA.password, RINA.password), "new"),
    ],
)
def test_a_wrong_field_changes_nothing_and_gets_a_sentence(
    db: Database, clock: ManualClock, typed: Typed, field: str
) -> None:
    _, session = came_in(db, clock, taken_on(db, clock))
    with pytest.raises(InvalidInput) as wrong:
        changed(db, clock, session, typed)
    assert set(wrong.value.fields) == {field}
    assert db.read(lambda tx: staff.authenticate(tx, "rina", RINA.password)) is not None


def test_of_two_changes_at_once_the_second_is_refused(db: Database, clock: ManualClock) -> None:
    _, session = came_in(db, clock, taken_on(db, clock))
    typed = (Typed(RINA.password, NEW, NEW), Typed(RINA.password, NEW + " 2", NEW + " 2"))
    made = [db.read(lambda tx, t=t: account.prove(tx, session.actor, t)) for t in typed]
    db.write(lambda tx: account.take(tx, session, session.actor, made[0], clock))
    with pytest.raises(Conflict):
        db.write(lambda tx: account.take(tx, session, session.actor, made[1], clock))
    assert db.read(lambda tx: staff.authenticate(tx, "rina", NEW)) is not None


def test_a_password_that_another_made_is_asked_for_until_it_is_changed(
    db: Database, clock: ManualClock, owner: Actor
) -> None:
    user_id = taken_on(db, clock, replace(RINA, given=True))
    _, session = came_in(db, clock, user_id)
    assert session.asked is Asked.PASSWORD
    with pytest.raises(InvalidInput):
        changed(db, clock, session, Typed(None, RINA.password, RINA.password))
    changed(db, clock, session, Typed(None, NEW, NEW))
    assert came_in(db, clock, user_id)[1].asked is None
    db.write(lambda tx: staff.set_password(tx, owner, user_id, "given once more", clock))
    assert came_in(db, clock, user_id)[1].asked is Asked.PASSWORD


def test_blanks_around_a_password_are_no_part_of_it(db: Database, clock: ManualClock) -> None:
    taken_on(db, clock, replace(RINA, password=f" {RINA.password} "))
    for typed in (RINA.password, f"  {RINA.password}"):
        assert db.read(lambda tx, t=typed: staff.authenticate(tx, "rina", t)) is not None


def test_ones_sessions_are_listed_and_signed_out_one_by_one_or_all_but_this(db: Database, clock: ManualClock) -> None:
    user_id, other = taken_on(db, clock), taken_on(db, clock, replace(RINA, login="liton"))
    _, here = came_in(db, clock, user_id, "Firefox here")
    clock.advance(60)
    _, there = came_in(db, clock, user_id, "Chrome there")
    strangers, _ = came_in(db, clock, other)
    listed = db.read(lambda tx: sessions.of_user(tx, user_id, clock.now_us()))
    assert [(one.agent, one.address) for one in listed] == [("Chrome there", ADDRESS), ("Firefox here", ADDRESS)]
    db.write(lambda tx: sign_ins.end_one(tx, here.actor, there.id_hash[:16], clock))
    for name in (there.id_hash[:16], "", sessions.hash_of(strangers)[:16]):
        with pytest.raises(NotFound):
            db.write(lambda tx, n=name: sign_ins.end_one(tx, here.actor, n, clock))
    came_in(db, clock, user_id)
    assert db.write(lambda tx: sign_ins.end_others(tx, here.actor, here.id_hash, clock)) == 1
    assert [one.id_hash for one in db.read(lambda tx: sessions.of_user(tx, user_id, clock.now_us()))] == [here.id_hash]
    assert db.read(lambda tx: sessions.find(tx, strangers, clock.now_us())) is not None


def test_the_trail_keeps_who_came_who_was_refused_and_who_went_with_the_address(
    db: Database, clock: ManualClock
) -> None:
    user_id = taken_on(db, clock)
    db.write(lambda tx: sign_ins.refused(tx, " RINA", "wrong password", clock, ADDRESS))
    db.write(lambda tx: sign_ins.refused(tx, "my secret word", "wrong password", clock, ADDRESS))
    secret, _ = came_in(db, clock, user_id)
    db.write(lambda tx: sign_ins.end(tx, secret, clock, ADDRESS))
    db.write(lambda tx: sign_ins.end(tx, secret, clock, ADDRESS))
    assert [(row.action, row.actor, row.address) for row in reversed(told(db))][1:] == [
        ("sign_in_failed", "Rina", ADDRESS),
        ("sign_in_failed", "Unknown login", ADDRESS),
        ("signed_in", "Rina", ADDRESS),
        ("signed_out", "Rina", ADDRESS),
    ]
    assert "my secret word" not in str(told(db))


def test_a_key_is_told_of_once_a_day(db: Database, clock: ManualClock, owner: Actor) -> None:
    key = db.write(lambda tx: api_keys.make(tx, owner, "till", "viewer", clock))
    actor = db.read(lambda tx: api_keys.find(tx, key))
    assert actor is not None
    for _ in range(3):
        db.write(lambda tx: api_keys.touch(tx, replace(actor, address=ADDRESS), clock.now_us()))
    clock.advance(24 * 3600)
    db.write(lambda tx: api_keys.touch(tx, actor, clock.now_us()))
    used = [row for row in told(db) if row.action == "api_key_used"]
    assert [(row.actor, row.address) for row in used] == [("key till", ""), ("key till", ADDRESS)]


def test_a_change_of_rights_is_told_with_the_address_it_came_from(
    db: Database, clock: ManualClock, owner: Actor
) -> None:
    user_id = taken_on(db, clock)
    away = replace(owner, address=ADDRESS)
    db.write(lambda tx: staff.change_role(tx, away, user_id, "viewer", clock))
    db.write(lambda tx: staff.set_active(tx, away, user_id, False, clock))
    assert [(row.action, row.address) for row in told(db)[:2]] == [
        ("staff_deactivated", ADDRESS),
        ("staff_role_changed", ADDRESS),
    ]


@pytest.mark.parametrize("role", [Role.MANAGER, Role.PACKER, Role.VIEWER])
def test_the_list_is_the_owners(db: Database, role: Role) -> None:
    with pytest.raises(NotAllowed):
        db.read(lambda tx: sign_ins.page(tx, Actor(2, "x", role), ""))
