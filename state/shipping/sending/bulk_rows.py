"""The rows of many parcels about to be sent: by whom each goes, how it stands before, and sending each."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from dokango import process
from dokango.courier_errors import CourierError
from dokango.couriers.kind import CourierKind
from dokango.couriers.kind.base import Courier
from dokango.couriers.process_desk import courier_desk
from dokango.couriers.registry import is_by_api
from dokango.db import Tx
from dokango.errors import DokangoError, NotFound
from dokango.orders import Context
from dokango.orders.book import rows as orders
from dokango.orders.lifecycle.perform import situation_of
from dokango.orders.lifecycle.table import find
from dokango.orders.parcels import book
from dokango.orders.parcels.beforehand import beforehand
from dokango.orders.parcels.book import Outcome
from dokango.orders.parcels.book_many import FAILED, Wanted, settled_by_sending, ship_many
from dokango.orders.parcels.by_hand import draft_by_hand
from dokango.orders.parcels.choosing import Chooser, Ready
from dokango.orders.parcels.draft import ParcelEdits
from dokango.people.actor import Actor
from state.shipping.beforehand_text import worth_saying
from state.shipping.sending.drafting import sent
from state.shipping.text import Row, collect_words

BY_RULE, BY_RULE_WORDS = "*rule", "Each by the rule"  # no courier is called so
ASKED_AGAIN = (
    "It is not known whether this was booked. The very same is sent again: a courier that has it refuses it, and so it"
    " is settled."
)


@dataclass(frozen=True, slots=True)
class By:
    """Who takes an order ("": nobody that can), and why where the rule says so."""

    key: str
    why: str = ""


def whom(tx: Tx, courier: str, ready: Ready, numbers: Sequence[str], known: Mapping[str, str]) -> dict[str, By]:
    """By whom each goes: by one for all, or each by whom the owner's rule says."""
    if courier != BY_RULE:
        return {number: By(courier) for number in numbers}
    chooser, found = Chooser(tx, ready), {}
    for number in numbers:
        try:
            choice = chooser.of(orders.by_number(tx, number))
        except NotFound as error:
            found[number] = By("", str(error))
            continue
        found[number] = By(choice.key if choice.key in known else "", choice.sentence)
    return found


def made_ready(by: Mapping[str, str]) -> dict[str, Courier]:
    """The couriers that are called, with the lists of places that their orders are chosen from, if they have such."""
    desk = courier_desk()
    with contextlib.suppress(NotFound, CourierError):  # said in its row: an order that is gone, a place that is open
        for number, key in by.items():
            if is_by_api(key):
                book.load_areas(desk, process.database(), process.clock(), number, key)
    return {key: desk.courier(key) for key in {*by.values()} if is_by_api(key)}


def looked_over(tx: Tx, actor: Actor, number: str, by: By, called: Mapping[str, Courier], edits: ParcelEdits) -> Row:
    """A row of the dialog; its version is "" when the order cannot go."""
    row = {
        "number": number, "name": "", "collect": "", "level": "bad", "words": "", "version": "",
        "known": "", "known_level": "", "courier": by.key, "why": by.why,
    }  # fmt: skip
    try:
        situation = situation_of(tx, actor, process.clock(), number)
        row |= {"name": situation.order.name, "collect": collect_words(situation.order.due_poisha)}
        version, courier = str(situation.order.version), called.get(by.key)
        if courier is not None and settled_by_sending(tx, courier, situation.order.id) is not None:
            return row | {"level": "warn", "words": ASKED_AGAIN, "version": version}
        find("ship", situation)
        if not by.key:
            return row | {"words": "Choose a courier for it: the rule names none that can take it."}
        if courier is None:
            draft = draft_by_hand(tx, by.key, number, edits)
        else:
            draft = book.drafted(tx, courier, number, edits)
    except DokangoError as error:
        return row | {"words": str(error)}
    if draft.checked.errors:
        return row | {"words": " ".join(draft.checked.errors.values())}
    row |= {"version": version}
    if draft.checked.warnings:
        return row | {"level": "warn", "words": " ".join(draft.checked.warnings.values())}
    return row | {"level": "info", "words": "Ready to send"}


def known_of(tx: Tx, kinds: list[CourierKind], number: str) -> Row:
    """What a courier knows that should be seen before the order goes; "" where all is as it should be."""
    try:
        found = worth_saying(beforehand(tx, kinds, orders.by_number(tx, number))) if kinds else []
    except NotFound:
        found = []
    level = "bad" if any(row["level"] == "bad" for row in found) else "warn"
    return {"known": " ".join(row["words"] for row in found), "known_level": level}


def send_each(
    actor: Actor,
    by: Mapping[str, str],
    wanted: Sequence[Wanted],
    edits: ParcelEdits,
    heard: Callable[[Outcome], None],
    stopped: Callable[[], bool],
) -> None:
    """Send each by its courier, those of one courier together. It waits for couriers: never on an event loop."""
    for key in dict.fromkeys(by[one.number] for one in wanted if by.get(one.number)):
        mine = [one for one in wanted if by.get(one.number) == key]
        if is_by_api(key):
            desk, db, clock = courier_desk(), process.database(), process.clock()
            ship_many(desk, db, clock, actor, key, mine, heard, edits=edits, stopped=stopped)
            continue
        for one in mine:
            if stopped():
                return
            heard(_handed(actor, key, one, edits))


def _handed(actor: Actor, key: str, one: Wanted, edits: ParcelEdits) -> Outcome:
    try:
        return sent(Context(actor, process.clock(), one.version), key, one.number, edits)
    except DokangoError as refusal:
        return Outcome(one.number, FAILED, str(refusal))
