"""Somebody between the sign-in and the desk."""

from __future__ import annotations

from dataclasses import replace

from dokango.people import sign_ins, staff
from dokango.people.actor import SYSTEM
from dokango.people.staff import NewStaff
from tests.state.desk import PASSWORD, Browser, Desk

GIVEN = NewStaff("rina", "Rina", "owner", PASSWORD, given=True)


async def arriving(desk: Desk, login: str = GIVEN.login) -> Browser:
    """A tab whose password somebody else made."""
    tab = await desk.browser()
    user_id = desk.db.write(lambda tx: staff.create(tx, SYSTEM, replace(GIVEN, login=login), desk.clock))
    tab.secret, _ = desk.db.write(lambda tx: sign_ins.begin(tx, user_id, desk.clock, "", ""))
    return tab
