"""Take on a member of staff, or (with --reset) give one a new password.

The password is printed once, and changed at the first sign-in; one that was read with --password-stdin is theirs.
"""

from __future__ import annotations

import argparse
import sys

from dokango import process
from dokango.commands.opening import open_shop
from dokango.db import Tx
from dokango.errors import NotFound
from dokango.people import staff
from dokango.people.actor import SYSTEM
from dokango.people.passwords import make_password
from dokango.people.permissions import STAFF_ROLES
from dokango.shop.profile import load_profile


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Who, and what they may do."""
    parser.add_argument("login", help="what they sign in with, for example an e-mail address")
    parser.add_argument("--name", default="", help="their name (default: the login)")
    parser.add_argument("--role", default="viewer", choices=[role.value for role in STAFF_ROLES])
    parser.add_argument("--email", default="")
    parser.add_argument("--password-stdin", action="store_true", help="read the password from standard input")
    parser.add_argument("--reset", action="store_true", help="a new password for an existing login")


def run(given: argparse.Namespace) -> int:
    """Create or reset, and print how to sign in."""
    password = sys.stdin.readline().rstrip("\n") if given.password_stdin else make_password()
    database = open_shop()
    if given.reset:
        database.write(lambda tx: _reset(tx, given.login, password, made_here=not given.password_stdin))
    else:
        known = database.read(load_profile).words
        new = staff.NewStaff(
            given.login, given.name or given.login, given.role, password, given.email, not given.password_stdin, known
        )
        database.write(lambda tx: staff.create(tx, SYSTEM, new, process.clock()))
    print(f"login     {given.login.strip().lower()}")
    if not given.password_stdin:
        print(f"password  {password}")
    return 0


def _reset(tx: Tx, login: str, password: str, *, made_here: bool) -> None:
    wanted = login.strip().lower()
    user = next((row for row in staff.everyone(tx) if row.login == wanted), None)
    if user is None:
        raise NotFound("member of staff with the login", login)
    staff.set_password(tx, SYSTEM, user.id, password, process.clock(), given=made_here)
