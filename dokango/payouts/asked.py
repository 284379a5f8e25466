"""Payouts that a courier tells of by its API: those not booked yet, and the one that waits while it is looked at."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import select

from dokango.couriers.desk import CourierDesk
from dokango.couriers.kind.base import Payout
from dokango.couriers.parcels.paid_out import CourierPayout
from dokango.db import Database, Tx, table_of, typed
from dokango.importing import waiting
from dokango.payouts.from_courier import as_text, from_text, payout_of, payouts_of
from dokango.payouts.statement import Statement

_P = table_of(CourierPayout)
MOST_PAGES = 100  # of a courier's list: years of payouts


class _Booked(NamedTuple):
    reference: str


@dataclass(frozen=True, slots=True)
class Told:
    """What a courier says that it paid out and nobody booked, of one page of its list; `older`: there may be more."""

    payouts: list[Payout]
    older: bool


def asked_page(desk: CourierDesk, db: Database, courier: str, page: int = 1) -> Told:
    """What of one page of a courier's list nobody booked, the first page the newest. It waits for the courier.

    Raises NotFound for one that cannot be asked, and CourierError.
    """
    told = [payout for payout in payouts_of(desk, courier, page) if payout.id]
    references = [payout.id for payout in told]

    def booked(tx: Tx) -> set[str]:
        query = select(_P.c.reference).where(_P.c.courier == courier, _P.c.reference.in_(references))
        return {row.reference for row in tx.rows(typed(_Booked, query))}

    known = db.read(booked) if told else set()
    return Told([payout for payout in told if payout.id not in known], bool(told) and page < MOST_PAGES)


def fetch(desk: CourierDesk, data_dir: Path, courier: str, payment_id: str) -> str:
    """Ask for one payout with its parcels and keep it; the token that finds it again. It waits for the courier.

    Raises NotFound, and CourierError.
    """
    statement = payout_of(desk, courier, payment_id)
    return waiting.keep_waiting(data_dir, statement.called, as_text(statement).encode(), waiting.CALLED_PAYOUTS)


def fetched(data_dir: Path, token: str) -> Statement:
    """The payout of a token; raises NotFound when it has gone, or never was."""
    return from_text(waiting.waiting_file(data_dir, token, waiting.CALLED_PAYOUTS).raw.decode())
