"""Customers' records counted anew from orders and credit: who differs, and set right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    bindparam,
    case,
    func,
    literal_column,
    or_,
    select,
    union_all,
    update,
)

from dokango.customers.record import ALIAS, CUSTOMER, Share
from dokango.customers.rows import known
from dokango.db import Statement, Tx, table_of, typed
from dokango.db.columns import BigInt
from dokango.orders.book.rows import ORDER
from dokango.payments.models import Credit

_CREDIT = table_of(Credit)


class Different(NamedTuple):
    """A customer by how much their figures are less than their orders and credit come to (below 0: more)."""

    phone: str
    orders: int
    open_orders: int
    delivered: int
    undelivered: int
    returned: int
    cancelled: int
    ordered_poisha: int
    paid_poisha: int
    refunded_poisha: int
    due_poisha: int
    refund_due_poisha: int
    credit_poisha: int


FIGURES = Different._fields[1:]
_NOUGHT: ColumnElement[int] = literal_column("0", BigInt)


def _one(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return case((condition, 1), else_=0)


def _main(phone: ColumnElement[str]) -> ColumnElement[str]:
    leads = select(ALIAS.c.main_phone).where(ALIAS.c.phone == phone).scalar_subquery()
    return func.coalesce(leads, phone).label("phone")


def _of_orders() -> Select[tuple[str, ...]]:
    """What each order is of its customer's record: the same reading as `share_of`, in SQL."""
    status, came_back = ORDER.c.status, ORDER.c.to_inspect.is_not(None)
    is_open = status.in_(("pending", "confirmed", "shipped"))
    share = {
        "orders": _one(ORDER.c.id.is_not(None)),
        "open_orders": _one(is_open),
        "delivered": _one(status == "delivered"),
        "undelivered": _one((status == "returned") & came_back),
        "returned": _one((status == "returned") & ~came_back),
        "cancelled": _one(status == "cancelled"),
        "ordered_poisha": case((is_open | (status == "delivered"), ORDER.c.total_poisha), else_=0),
        **{name: ORDER.c[name] for name in Share._fields[-4:]},
    }
    return select(_main(ORDER.c.phone), *(share.get(name, _NOUGHT).label(name) for name in FIGURES))


def _of_credits() -> Select[tuple[str, ...]]:
    figures = (_CREDIT.c.balance_poisha if name == "credit_poisha" else _NOUGHT for name in FIGURES)
    return select(_main(_CREDIT.c.phone), *(figure.label(name) for figure, name in zip(figures, FIGURES, strict=True)))


def _of_records() -> Select[tuple[str, ...]]:
    return select(CUSTOMER.c.phone, *((-CUSTOMER.c[name]).label(name) for name in FIGURES))


def _differing(parts: CompoundSelect[object]) -> Statement[Different]:
    """Whose parts do not come to nothing."""
    each = parts.subquery("parts")
    sums = {name: func.sum(each.c[name]) for name in FIGURES}
    wrong = sum((_one(total != 0) for total in sums.values()), start=_NOUGHT)
    found = select(each.c.phone, *(total.label(name) for name, total in sums.items()))
    return typed(Different, found.group_by(each.c.phone).having(wrong > 0).order_by(each.c.phone))


_DIFFERENT = _differing(union_all(_of_orders(), _of_credits(), _of_records()))
_ADD = Statement(
    update(CUSTOMER)
    .where(CUSTOMER.c.phone == bindparam("who"))
    .values({name: CUSTOMER.c[name] + bindparam(f"by_{name}") for name in FIGURES})
)


def set_right_of(tx: Tx, phones: Sequence[str]) -> None:
    """The figures of the customers of these numbers, made what they should be; reads their orders alone."""
    theirs = select(ALIAS.c.phone).where(ALIAS.c.main_phone.in_(phones))
    parts = union_all(
        _of_orders().where(or_(ORDER.c.phone.in_(phones), ORDER.c.phone.in_(theirs))),
        _of_credits().where(or_(_CREDIT.c.phone.in_(phones), _CREDIT.c.phone.in_(theirs))),
        _of_records().where(CUSTOMER.c.phone.in_(phones)),
    )
    for one in tx.rows(_differing(parts)):
        _add(tx, one)


def _add(tx: Tx, one: Different) -> None:
    tx.run(_ADD, who=one.phone, **{f"by_{name}": int(getattr(one, name)) for name in FIGURES})


def different(tx: Tx) -> list[Different]:
    """Every customer whose figures are not what their orders and their credit come to. Reads all orders."""
    return tx.rows(_DIFFERENT)


def set_right(tx: Tx, now_us: int) -> list[Different]:
    """The same, each made what it should be; whom it was."""
    found = different(tx)
    for one in found:
        known(tx, one.phone, now_us)
        _add(tx, one)
    return found
