"""Take the second step at sign-in from somebody who lost their phone and the recovery codes; their sessions end."""

from __future__ import annotations

import argparse

from dokango import process
from dokango.commands.opening import open_shop
from dokango.db import Tx
from dokango.errors import NotFound
from dokango.people import second_step, staff
from dokango.people.actor import SYSTEM


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Whose."""
    parser.add_argument("login", help="what they sign in with")


def run(given: argparse.Namespace) -> int:
    """Reset it; the password stays as it is."""
    open_shop().write(lambda tx: _reset(tx, given.login))
    print(f"{given.login} signs in with the password alone; a role that must have a second step sets it up anew.")
    return 0


def _reset(tx: Tx, login: str) -> None:
    user = next((row for row in staff.everyone(tx) if row.login == login.strip().lower()), None)
    if user is None:
        raise NotFound("member of staff with the login", login)
    second_step.reset(tx, SYSTEM, user.id, process.clock())
