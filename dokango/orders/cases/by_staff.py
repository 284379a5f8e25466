"""What the staff say and do on a case themselves: a problem noted or solved, a case taken, one that is dealt with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from dokango import audit
from dokango.clock import Clock
from dokango.couriers.parcels import shipments
from dokango.couriers.parcels.shipments import ParcelRow
from dokango.db import Tx
from dokango.errors import Refused
from dokango.orders.cases import rows
from dokango.orders.cases.kinds import FAILED_DELIVERIES, FAILED_DELIVERY, KINDS, TOLD_TOO_MUCH
from dokango.orders.cases.moves import Happened, WhereStood, about_parcel, close, close_kinds, note, open_case
from dokango.orders.cases.rows import CaseRow
from dokango.orders.cases.words import kind_of
from dokango.people.actor import Actor
from dokango.people.permissions import Permission

SOLVED = "solved"
CASE_CLOSED = "case_closed"  # on the order's trail


def note_of_staff(tx: Tx, order_id: int, words: str, happened: Happened) -> None:
    """Somebody heard of a problem with the order's live parcel: it stands on its case; "" closes that as solved."""
    parcel = shipments.live_of(tx, order_id)
    if parcel is None:
        return
    if not words:
        close_kinds(tx, order_id, FAILED_DELIVERIES, SOLVED, by=happened.actor, now_us=happened.now_us)
        return
    case = rows.open_about(tx, about_parcel(parcel).subject, FAILED_DELIVERY)
    if case is None:
        open_case(tx, about_parcel(parcel), kind_of(words, "noted"), happened)
    else:
        note(tx, case, "said", happened, words=words, kind=kind_of(words, case.kind))


def take(tx: Tx, actor: Actor, clock: Clock, case_id: int, *, by: str) -> None:
    """The case is somebody's (`by`), or nobody's again (""). Raises NotAllowed, NotFound, Refused for a closed one."""
    case = open_one(tx, actor, case_id)
    if case.taken_by == by:
        return
    words = f"taken by {by}" if by else f"given back by {case.taken_by}"
    happened = Happened(f"case/{case.id}/taken/{case.version}", words, clock.now_us(), actor)
    note(tx, case, "taken", happened, taken_by=by)
    _on_the_trail(tx, case, "case_taken", happened)


def deal_with(tx: Tx, actor: Actor, clock: Clock, case_id: int, words: str) -> bool:
    """Somebody dealt with it, `words` say how; False when somebody else had already. Raises NotAllowed, NotFound."""
    actor.require(Permission.SHIP)
    case = rows.lock_with_order(tx, case_id)
    parcel = shipments.by_id(tx, case.shipment_id) if case.shipment_id is not None else None
    if case.is_open and (why := why_no_word_ends(case, parcel)):
        raise Refused("case", why)
    happened = Happened(f"case/{case_id}/closed/{case.version}", words, clock.now_us(), actor)
    if not close(tx, case, SOLVED, happened):
        return False
    if case.shipment_id is not None and case.kind in FAILED_DELIVERIES:
        shipments.change(tx, case.shipment_id, problem="")
    _on_the_trail(tx, case, CASE_CLOSED, happened, _stood(case, parcel))
    return True


def _stood(case: CaseRow, parcel: ParcelRow | None) -> dict[str, object]:
    """What the closing overwrote, for who undoes it: as the lifecycle keeps it of its steps."""
    where: WhereStood = {"id": case.id, "state": case.state, "next_act": case.next_act, "due_at": case.due_at}
    problem = {"problem": parcel.problem} if parcel is not None and parcel.live else {}
    return {"before": {"columns": {}, "cases": [where], "parcel": problem}}


def why_no_word_ends(case: CaseRow, parcel: ParcelRow | None) -> str:
    """Why a word alone does not end this open case; "" when it does. `parcel` is the case's own, if it has one.

    What a rider took is asked for until it was said; of a parcel that counts no more nobody can say it.
    """
    asked = parcel is not None and parcel.live == 1 and parcel.asked_cod_poisha is not None
    return "" if case.kind == TOLD_TOO_MUCH and not asked else KINDS[case.kind].ends_with


def open_one(tx: Tx, actor: Actor, case_id: int) -> CaseRow:
    """The case, locked, for somebody who may act on it. Raises NotAllowed, NotFound, Refused for a closed one."""
    actor.require(Permission.SHIP)
    case = rows.lock(tx, case_id)
    if not case.is_open:
        raise Refused("case", f"This was closed already: {case.outcome}.")
    return case


def _on_the_trail(
    tx: Tx, case: CaseRow, action: str, happened: Happened, data: Mapping[str, object] | None = None
) -> None:
    """One line of the order's timeline, and the word to other processes."""
    happened = replace(happened, key=f"{happened.key}/event")
    audit.record(
        tx, key=happened.key, order_id=case.order_id, action=action, actor=happened.actor.name,
        actor_kind=happened.actor.kind, note=happened.words, data=data, now_us=happened.now_us,
    )  # fmt: skip
