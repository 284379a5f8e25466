"""Whom the owner's rule gives an order to: the facts gathered, and who chose otherwise kept on the trail."""

from __future__ import annotations

from collections.abc import Mapping

from dokango import audit
from dokango.clock import said
from dokango.couriers import contact, known
from dokango.couriers.area_lists import choices
from dokango.couriers.carriers import load_carriers
from dokango.couriers.choosing.choose import NO_RULE, Choice, choose
from dokango.couriers.choosing.facts import Candidate, Wish
from dokango.couriers.choosing.rule import load_rule
from dokango.couriers.desk import CourierDesk
from dokango.couriers.kind import CourierKind
from dokango.couriers.kind.abilities import Can
from dokango.couriers.kind.areas import by_district
from dokango.couriers.kind.base import Courier
from dokango.couriers.kind.parcel_limits import collectable
from dokango.couriers.known import Served
from dokango.couriers.parcels.record import record_of
from dokango.couriers.registry import COURIERS
from dokango.couriers.tariffs import load_tariffs
from dokango.db import Database, Tx
from dokango.errors import DokangoError
from dokango.orders.book import rows
from dokango.orders.book.rows import OrderRow
from dokango.orders.book.weight import goods_weight_g
from dokango.orders.lifecycle.perform import Context
from dokango.orders.parcels.draft import place_of
from dokango.shop.profile import load_profile

NOT_SET_UP, SWITCHED_OFF = "it is not set up", "it is switched off"
Ready = Mapping[str, Courier]  # the couriers that can be called now, by key


class Chooser:
    """The rule for many orders in one transaction: what is the same for a district is asked once."""

    def __init__(self, tx: Tx, ready: Ready) -> None:
        self._tx, self._ready, self._rule = tx, ready, load_rule(tx)
        self._candidates: dict[str, list[Candidate]] = {}

    def of(self, order: OrderRow) -> Choice:
        """Whom it gives an order to."""
        if not self._rule.is_set:
            return NO_RULE
        found = self._candidates.get(order.district)
        if found is None:
            found = self._candidates[order.district] = candidates(self._tx, self._ready, order)
        return choose(self._rule, wish_of(self._tx, order), found)


def is_chosen_by_rule(tx: Tx) -> bool:
    """Whether the owner has made a rule."""
    return load_rule(tx).is_set


def choice_of(desk: CourierDesk, db: Database, number: str) -> Choice:
    """Whom the rule gives an order to, as everything stands now. Outside transactions. Raises NotFound."""
    if not db.read(is_chosen_by_rule):
        return NO_RULE
    ready = ready_of(desk)
    return db.read(lambda tx: Chooser(tx, ready).of(rows.by_number(tx, number)))


def ready_of(desk: CourierDesk) -> Ready:
    """The couriers that can be called; none when their keys cannot be opened."""
    try:
        return desk.ready()
    except DokangoError:
        return {}


def wish_of(tx: Tx, order: OrderRow) -> Wish:
    """What the rule looks at of an order."""
    return Wish(
        order.district,
        load_profile(tx).home_district,
        goods_weight_g(tx, order.id),
        collectable(order.due_poisha),
        order.total_poisha,
    )


def candidates(tx: Tx, ready: Ready, order: OrderRow) -> list[Candidate]:
    """Every courier of the shop as it stands for the order's district: those that are called, then those by name."""
    tariffs = load_tariffs(tx)
    called = [kind for kind in COURIERS.values() if kind.by_api]
    found = [(kind.key, kind.name, _hindrance(tx, kind, ready.get(kind.key), order)) for kind in called]
    by_name = [one for one in load_carriers(tx) if one.key not in COURIERS]
    found += [(one.key, one.name, "" if one.is_on else SWITCHED_OFF) for one in by_name]
    return [
        Candidate(key, name, tariffs.get(key), record_of(tx, key, order.district), hindrance)
        for key, name, hindrance in found
    ]


def note_choice(tx: Tx, context: Context, order: OrderRow, choice: Choice, key: str, name: str) -> None:
    """Keep on the trail who sends an order by another courier (`key`) than the rule says, and why that one."""
    if not choice.key or choice.key == key:
        return
    now_us = context.clock.now_us()
    audit.record(
        tx, key=f"order/{order.id}/courier-chosen/{now_us}", order_id=order.id, action="courier_chosen",
        actor=context.actor.name, actor_kind=context.actor.kind, now_us=now_us,
        note=f"{name}, although the rule says {choice.name} ({choice.why})",
        data={"courier": key, "by_rule": choice.key, "why": choice.why},
    )  # fmt: skip


def _hindrance(tx: Tx, kind: CourierKind, courier: Courier | None, order: OrderRow) -> str:
    if courier is None:
        return NOT_SET_UP
    line = contact.contact_of(tx, kind.key)
    if line is not None and line.silent_since is not None:
        return f"it has not answered since {said(line.silent_since)}"
    if Can.POLICE_STATIONS in kind.can and known.service_of(tx, kind.key, place_of(order)).served is Served.NOT_LISTED:
        return f"it lists no thana of {order.district}"
    return f"it does not list {order.district}" if _is_missing(tx, kind, courier, order) else ""


def _is_missing(tx: Tx, kind: CourierKind, courier: Courier, order: OrderRow) -> bool:
    """Whether the list that a courier kept of its districts is here, and the order's is none of them."""
    if Can.AREAS not in kind.can:
        return False
    asked = choices(tx, courier, place_of(order), {})
    return any(one.level.guess is by_district and one.areas and one.chosen is None for one in asked)
