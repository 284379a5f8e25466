"""The case of a rider who was told to collect too much: who tells the courier, and in which words."""

from __future__ import annotations

from dokango.couriers.kind.abilities import Can
from dokango.couriers.kind.base import ParcelName
from dokango.couriers.parcels import shipments
from dokango.couriers.parcels.shipments import ParcelRow
from dokango.couriers.registry import COURIERS, can, is_by_api
from dokango.db import Tx
from dokango.jobs.queue import enqueue
from dokango.money import taka
from dokango.orders.cases import rows
from dokango.orders.cases.kinds import ASKED_COURIER, NEEDS_US, TOLD_TOO_MUCH
from dokango.orders.cases.moves import Happened, about_parcel, close_kinds, move, note, open_case
from dokango.people.phones import said_phone

TELL_AMOUNT = "tell_amount"  # the job that tells the courier by its API


def words_to_copy(parcel: ParcelRow, should_poisha: int) -> str:
    """What the courier is told by phone or in its panel."""
    answer = (
        f"Parcel {_called(parcel)}: please collect "
        f"{taka(should_poisha)} instead of {taka(shipments.told_poisha(parcel))}. No more is due."
    )
    courier = COURIERS.get(parcel.courier)
    name = ParcelName(parcel.invoice, parcel.consignment_id, parcel.tracking_code)
    return courier.cases.words(name, answer) if courier is not None else answer


def whom_to_call(parcel: ParcelRow) -> str:
    """Who carries it, with the number where it is known: "‹name›, 09678-045045"."""
    courier = COURIERS.get(parcel.courier)
    phone = courier.cases.phone if courier is not None else ""
    return ", ".join(part for part in (parcel.carrier or parcel.courier, said_phone(phone)) if part)


def _called(parcel: ParcelRow) -> str:
    """By which name whoever carries it knows the parcel: one without a code or an API by the number on its label."""
    if is_by_api(parcel.courier) or parcel.tracking_code:
        return parcel.tracking_code or parcel.consignment_id or parcel.invoice
    return f"of order #{parcel.invoice.removeprefix('manual-').rpartition('-')[0]}"


def ask_less(tx: Tx, order_id: int, should_poisha: int, why: Happened) -> None:
    """Its rider should collect `should_poisha`: the courier is told by its API where it can be, else by a person."""
    parcel = shipments.live_of(tx, order_id)
    if parcel is None:
        return
    shipments.change(tx, parcel.id, asked_cod_poisha=should_poisha)
    by_api = can(parcel.courier, Can.CHANGE_COD)
    ask = "It is being told." if by_api else f"Call {whom_to_call(parcel)}: “{words_to_copy(parcel, should_poisha)}”"
    told = taka(shipments.told_poisha(parcel))
    words = f"{why.words} The rider was told {told} and should collect {taka(should_poisha)}. {ask}"
    happened = Happened(f"{why.key}/amount", words, why.now_us, why.actor)
    state, act = (ASKED_COURIER, "ask_courier") if by_api else (NEEDS_US, "tell_amount")
    open_case(tx, about_parcel(parcel), TOLD_TOO_MUCH, happened, state=state, next_act=act)
    if by_api:
        enqueue(
            tx, TELL_AMOUNT, f"{TELL_AMOUNT}/{why.key}", {"shipment_id": parcel.id, "key": why.key},
            now_us=why.now_us, order_id=order_id,
        )  # fmt: skip


def known(tx: Tx, order_id: int, known: Happened) -> None:
    """It is known what the rider collects: nobody waits for that any more."""
    close_kinds(tx, order_id, (TOLD_TOO_MUCH,), known.words, by=known.actor, now_us=known.now_us)


def tell_by_hand(tx: Tx, parcel: ParcelRow, why: Happened) -> None:
    """The courier did not take it by its API: a person is to call."""
    case = rows.open_about(tx, about_parcel(parcel).subject, TOLD_TOO_MUCH)
    if case is None or parcel.asked_cod_poisha is None:
        return
    call = f"Call {whom_to_call(parcel)}: “{words_to_copy(parcel, parcel.asked_cod_poisha)}”"
    happened = Happened(why.key, f"{why.words} {call}", why.now_us, why.actor)
    move(tx, case, "moved", happened, state=NEEDS_US, next_act="tell_amount", due_us=case.due_at)
    note(tx, case, "said", Happened(f"{why.key}/words", happened.words, why.now_us, why.actor), words=happened.words)
