"""Make ready to serve: schema up to date, the sample shop in an empty database, and somebody who can sign in."""

from __future__ import annotations

import argparse
import os

from dokango import process
from dokango.archive import PASSWORD_FILE
from dokango.commands.opening import bring_up_to_date
from dokango.commands.sample import fill
from dokango.people import staff
from dokango.people.actor import SYSTEM
from dokango.people.passwords import make_password
from dokango.people.permissions import Role
from dokango.people.staff import NewStaff
from dokango.private import keep_private
from dokango.sample.make import is_empty
from dokango.settings import settings

LOGIN = "owner"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """None."""


def run(given: argparse.Namespace) -> int:
    """Bring everything up to date; does nothing the second time."""
    shop = settings()
    if opened := keep_private(shop.data_dir):
        print(f"{opened} files in {shop.data_dir} could be read by others on this machine; they are private now.")
    print(f"Bringing the database up to date ({shop.database.split('://')[0]}) …", flush=True)
    bring_up_to_date(shop.database, shop.data_dir)
    if shop.sample and process.database().read(is_empty):
        print("Making the sample shop (DOKANGO_SAMPLE=0 starts with an empty one) …", flush=True)
        print(fill(process.database()), flush=True)
    password = _first_owner()
    _say_how_to_sign_in(password)
    return 0


def _first_owner() -> str:
    """The password of the owner made now, or "" when there is one already."""
    database = process.database()
    if database.read(staff.any_staff):
        return ""
    password = make_password()
    owner = NewStaff(LOGIN, "Owner", Role.OWNER.value, password, given=True)
    database.write(lambda tx: staff.create(tx, SYSTEM, owner, process.clock()))
    path = settings().data_dir / PASSWORD_FILE
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(f"login: {LOGIN}\npassword: {password}\n")
    return password


def _say_how_to_sign_in(password: str) -> None:
    shop = settings()
    if password:
        print(f"\n  Sign in at {shop.site_url}/sign-in\n  login     {LOGIN}\n  password  {password}\n")
        print(f"  This is shown once; it is kept in {shop.data_dir / PASSWORD_FILE} until you change it.\n", flush=True)
    elif process.database().read(lambda tx: staff.is_given(tx, LOGIN)) and (shop.data_dir / PASSWORD_FILE).exists():
        print(f"Sign in at {shop.site_url}/sign-in; the first password is in {shop.data_dir / PASSWORD_FILE}.")
    else:
        (shop.data_dir / PASSWORD_FILE).unlink(missing_ok=True)  # it opens nothing any more
        print(f"Sign in at {shop.site_url}/sign-in.")
