"""Two numbers that are one person's: merged into one customer, and apart again. No order is changed by either."""

from __future__ import annotations

from typing import Annotated

from pydantic import ConfigDict, Field
from sqlalchemy import bindparam, delete

from dokango.customers.acts import Block, By, block, note, row_for
from dokango.customers.models import CustomerAlias
from dokango.customers.record import ALIAS
from dokango.customers.rows import CustomerRow, find_by, phones_of
from dokango.db import Statement, Tx, Upsert, table_of
from dokango.errors import Refused
from dokango.orders.recount import set_right_of
from dokango.people.permissions import Permission
from dokango.people.phones import normalise_phone, said_phone
from dokango.plain_model import PlainModel
from dokango.words import words_of

_PUT = Upsert(table_of(CustomerAlias), ["phone", "main_phone", "by", "merged_at"], unique=["phone"], returning="phone")
_TAKE = Statement(delete(ALIAS).where(ALIAS.c.phone == bindparam("who"), ALIAS.c.main_phone == bindparam("main")))


class OtherNumber(PlainModel):
    """Another number of a customer."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, str_strip_whitespace=True)
    other: Annotated[str, Field(min_length=1, max_length=60)]


def merge(tx: Tx, by: By, phone: str, form: OtherNumber) -> CustomerRow:
    """Let `other` lead to the page of `phone`: orders, money and notes of both are one customer's from now on.

    A block of either holds for both. Raises NotAllowed, InvalidInput, Refused where they are one already, or where
    `other` has numbers of its own.
    """
    by.actor.require(Permission.MERGE_CUSTOMERS)
    other = row_for(tx, by, normalise_phone(form.other, "other"))
    main = row_for(tx, by, phone)
    if other.id == main.id:
        raise Refused("merge", f"{said_phone(other.phone)} is this customer's already.")
    if phones_of(tx, other.phone)[1:]:
        raise Refused("merge", f"{said_phone(other.phone)} has other numbers of its own. Separate these first.")
    tx.value(_PUT, phone=other.phone, main_phone=main.phone, by=by.actor.name, merged_at=by.clock.now_us())
    find_by(tx, main.id, words_of(other.name))
    set_right_of(tx, [main.phone, other.phone])
    note(tx, by, main, "merge", f"with {said_phone(other.phone)}")
    if other.blocked_at is not None and main.blocked_at is None:
        block(tx, by, main.phone, Block(reason=other.blocked_reason))
    return row_for(tx, by, main.phone)


def separate(tx: Tx, by: By, phone: str, form: OtherNumber) -> CustomerRow:
    """Make `other` a customer of its own again. Raises NotAllowed, InvalidInput, Refused where it is none of theirs."""
    by.actor.require(Permission.MERGE_CUSTOMERS)
    other = normalise_phone(form.other, "other")
    main = row_for(tx, by, phone)
    if not tx.run(_TAKE, who=other, main=main.phone):
        raise Refused("separate", f"{said_phone(other)} was not merged into this customer.")
    set_right_of(tx, [main.phone, other])
    note(tx, by, main, "separate", f"from {said_phone(other)}")
    return row_for(tx, by, main.phone)
