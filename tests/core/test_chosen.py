"""Orders under the owner's rule: what it knows of couriers, what is kept when staff choose otherwise."""

from __future__ import annotations

import importlib
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import select

from dokango.audit import Event
from dokango.clock import day_of
from dokango.couriers import contact, known
from dokango.couriers.carriers import Carrier, add_carrier, change_carrier
from dokango.couriers.choosing.choose import Choice
from dokango.couriers.choosing.rule import CHEAPEST, CourierRule, RuleRow, change_rule
from dokango.couriers.kind.abilities import Can
from dokango.couriers.kind.base import PoliceStation
from dokango.couriers.kind.tariff import Area
from dokango.couriers.models import CourierRecord
from dokango.couriers.parcels.record import Record, record_of
from dokango.couriers.registry import COURIERS
from dokango.couriers.tariffs import change_tariff
from dokango.db import table_of
from dokango.errors import InvalidInput, NotFound
from dokango.migrations import versions
from dokango.orders import Done
from dokango.orders.book import rows
from dokango.orders.lifecycle import commands as c
from dokango.orders.parcels import book
from dokango.orders.parcels.book_many import Wanted, ship_many
from dokango.orders.parcels.by_hand import draft_by_hand, ship_by_hand, ship_of
from dokango.orders.parcels.choosing import Chooser, choice_of, ready_of
from dokango.orders.parcels.draft import ParcelEdits
from dokango.orders.parcels.manifest import manifest
from dokango.people.actor import Actor
from tests.core.couriered import COD, Couriered
from tests.core.test_acts import act, failed
from tests.core.test_search_migration import migrate
from tests.core.test_tariffs import TABLE

_E, _R = table_of(Event), table_of(CourierRecord)
STATIONS = next(kind.key for kind in COURIERS.values() if Can.POLICE_STATIONS in kind.can)
OTHER = next(kind.key for kind in COURIERS.values() if kind.by_api and kind.key != STATIONS)
SYLHET = {"address": {"line": "House 7", "area": "Zindabazar", "city": "Sylhet", "district": "Sylhet"}}


def rule(couriered: Couriered, *rows_of: RuleRow, otherwise: str = "") -> None:
    shop, wanted = couriered.shop, CourierRule(rows=rows_of, otherwise=otherwise)
    shop.db.write(lambda tx: change_rule(tx, shop.owner, shop.clock, CourierRule(), wanted))


def sundarban(couriered: Couriered, **changes: Any) -> Carrier:
    shop, carrier = couriered.shop, Carrier(name="Sundarban", **changes)
    shop.db.write(lambda tx: add_carrier(tx, shop.owner, shop.clock, carrier))
    return carrier


def choice(couriered: Couriered, order: Done) -> Choice:
    return choice_of(couriered.desk, couriered.shop.db, order.number)


def against(couriered: Couriered, order: Done) -> list[tuple[str, str]]:
    """Who chose otherwise, and what is said of it."""
    query = select(_E.c.actor, _E.c.note).where(_E.c.order_id == order.order_id, _E.c.action == "courier_chosen")
    return [(row.actor, row.note) for row in couriered.shop.db.read(lambda tx: tx.rows(query))]


def test_an_order_is_weighed_by_what_it_holds_costs_and_collects(couriered: Couriered) -> None:
    sundarban(couriered)
    rule(
        couriered,
        RuleRow(by="sundarban", areas=(Area.OUTSIDE,), up_to_cod_poisha=0),
        RuleRow(by=OTHER, over_value_poisha=200_000),
        otherwise=STATIONS,
    )
    bring = couriered.shop.bring_to
    names = [kind.name for kind in (COURIERS[OTHER], COURIERS[STATIONS])]
    orders = (
        (bring("packed", ("MUG", 1), **SYLHET), "Sundarban: outside Dhaka and its suburbs, nothing to collect."),
        (bring("packed", ("SARI", 2), **COD, **SYLHET), f"{names[0]}: worth over ৳2,000."),
        (bring("packed", ("MUG", 1), **COD), f"{names[1]}: no row of the rule fits."),
    )
    assert [(choice(couriered, order).sentence) for order, _ in orders] == [said for _, said in orders]


def test_without_a_rule_nobody_is_chosen_and_nothing_is_kept(couriered: Couriered) -> None:
    order = couriered.shop.bring_to("packed")
    assert choice(couriered, order) == Choice()
    couriered.ship(order)
    assert against(couriered, order) == []


def test_one_that_is_down_or_does_not_serve_the_place_is_passed_over(couriered: Couriered) -> None:
    shop = couriered.shop
    order = shop.bring_to("packed", **SYLHET)
    rule(couriered, RuleRow(by=STATIONS), RuleRow(by=OTHER))
    name, now_us = COURIERS[STATIONS].name, shop.clock.now_us()
    shop.db.write(lambda tx: known.keep_stations(tx, STATIONS, [PoliceStation("Savar", "Dhaka")], now_us))
    assert f"{name} is passed over: it lists no thana of Sylhet." in choice(couriered, order).sentence
    shop.db.write(lambda tx: known.keep_stations(tx, STATIONS, [PoliceStation("Beanibazar", "Sylhet")], now_us))
    assert choice(couriered, order).key == STATIONS

    def silence(tx: Any) -> None:
        contact.begin_round(tx, STATIONS, "test", now_us, now_us + 1, now_us)
        contact.note_silent(tx, STATIONS, "no answer", now_us, now_us)

    shop.db.write(silence)
    found = choice(couriered, order)
    assert (found.key, found.passed_over[0].why[:25]) == (OTHER, "it has not answered since")
    shop.db.write(lambda tx: contact.note_answered(tx, STATIONS, now_us))


def test_one_that_is_switched_off_is_passed_over(couriered: Couriered) -> None:
    shop, off = couriered.shop, sundarban(couriered).model_copy(update={"is_on": False})
    order = shop.bring_to("packed")
    rule(couriered, RuleRow(by="sundarban"), otherwise=STATIONS)
    assert choice(couriered, order).key == "sundarban"
    shop.db.write(lambda tx: change_carrier(tx, shop.owner, shop.clock, "sundarban", off))
    assert choice(couriered, order).sentence.endswith("Sundarban is passed over: it is switched off.")


def test_one_without_keys_beside_one_that_has_them_is_not_set_up(couriered: Couriered) -> None:
    order = couriered.shop.bring_to("packed")
    rule(couriered, RuleRow(by=OTHER), RuleRow(by=STATIONS))
    ready = {key: courier for key, courier in ready_of(couriered.desk).items() if key != OTHER}
    found = couriered.shop.db.read(lambda tx: Chooser(tx, ready).of(rows.by_number(tx, order.number)))
    assert found.key == STATIONS
    assert found.sentence.endswith(f"{COURIERS[OTHER].name} is passed over: it is not set up.")


def test_the_cheapest_is_reckoned_from_the_tariffs_that_the_owner_keeps(couriered: Couriered) -> None:
    shop = couriered.shop
    sundarban(couriered)
    shop.db.write(lambda tx: change_tariff(tx, shop.owner, shop.clock, "sundarban", TABLE))
    rule(couriered, RuleRow(by=CHEAPEST))
    found = choice(couriered, shop.bring_to("packed", **SYLHET))
    assert (found.key, found.why[:28]) == ("sundarban", "cheapest here, ৳110 against ")


def test_what_a_courier_brought_lost_and_charged_is_its_record_there(couriered: Couriered) -> None:
    shop = couriered.shop
    sundarban(couriered)
    ship = c.Ship(courier="manual", carrier="Sundarban")
    came, back, lost = (shop.do(shop.bring_to("packed", **SYLHET), ship) for _ in range(3))
    shop.clock.advance(2 * 86_400)
    shop.do(came, c.Deliver())
    shop.do(back, c.ReceiveReturn())
    shop.do(lost, c.LoseParcel(reason="the bus burnt out"))
    shop.do(came, c.PayOut(charge_poisha=11_000))
    shop.do(back, c.PayOut(charge_poisha=9_000))
    shop.do(back, c.PayOut(charge_poisha=12_000))  # corrected
    kept = [shop.db.read(lambda tx, d=d: record_of(tx, "sundarban", d)) for d in ("Sylhet", "Dhaka")]
    assert kept == [Record(1, 2, 2, 2, 23_000), Record()]
    assert kept[0].cost_poisha == 11_500
    counted = shop.db.read(lambda tx: tx.rows(select(*_R.c)))
    shop.db.write(lambda tx: tx.script("DELETE FROM courier_record"))
    [path] = Path(versions.__file__ or "").parent.glob("*_courier_record.py")
    was = importlib.import_module(f"{versions.__name__}.{path.stem}")
    migrate(shop, SimpleNamespace(upgrade=was.count_what_was))
    assert shop.db.read(lambda tx: tx.rows(select(*_R.c))) == counted, "what was there before counts alike"


def test_who_sends_it_by_another_courier_than_the_rule_is_on_the_trail(couriered: Couriered, packer: Actor) -> None:
    sundarban(couriered)
    rule(couriered, RuleRow(by="sundarban"))
    one, two, three = (couriered.shop.bring_to("packed") for _ in range(3))
    couriered.ship(one, actor=packer)
    name = COURIERS[couriered.courier].name
    rules = "although the rule says Sundarban (for every parcel)"
    said = f"{name}, {rules}"
    assert against(couriered, one) == [(packer.name, said)]
    wanted, heard = [Wanted(two.number)], []
    ship_many(couriered.desk, couriered.shop.db, couriered.shop.clock, packer, couriered.courier, wanted, heard.append)
    assert against(couriered, two) == [(packer.name, said)]
    by_hand(couriered, three, c.Ship(courier="manual", carrier="A neighbour"), packer)
    assert against(couriered, three) == [(packer.name, f"A neighbour, {rules}")]


def test_who_does_as_the_rule_says_leaves_no_word(couriered: Couriered) -> None:
    carrier = sundarban(couriered)
    rule(couriered, RuleRow(by="sundarban", districts=("Sylhet",)), otherwise=couriered.courier)
    here, far = couriered.shop.bring_to("packed"), couriered.shop.bring_to("packed", **SYLHET)
    couriered.ship(here)
    by_hand(couriered, far, ship_of(carrier))
    assert against(couriered, here) == against(couriered, far) == []


def by_hand(couriered: Couriered, order: Done, command: c.Ship, actor: Actor | None = None) -> Done:
    return ship_by_hand(couriered.desk, couriered.shop.db, couriered.context(actor), order.number, command)


def test_a_parcel_by_hand_is_looked_over_and_changed_as_any_other(couriered: Couriered) -> None:
    carrier, order = sundarban(couriered), couriered.shop.bring_to("packed", **COD)
    db, number = couriered.shop.db, order.number
    drafted = db.read(lambda tx: draft_by_hand(tx, "sundarban", number))
    assert (drafted.checked.errors, drafted.parcel.cod_poisha) == ({}, drafted.due_poisha)
    wrong = db.read(lambda tx: draft_by_hand(tx, "sundarban", number, ParcelEdits(recipient_address="")))
    assert "recipient_address" in wrong.checked.errors
    with pytest.raises(NotFound):
        db.read(lambda tx: draft_by_hand(tx, "nobody", number))
    edits = ParcelEdits(recipient_name="Karim", cod_poisha=50_040, weight_g=700, note="ring twice")
    done = by_hand(couriered, order, ship_of(carrier, edits, "SB-7"))
    row = couriered.parcel(order)
    assert (row.cod_poisha, row.weight_g, row.tracking_code, row.carrier) == (50_000, 700, "SB-7", "Sundarban")
    assert done.status == "shipped"
    ship, other = ship_of(carrier, ParcelEdits(recipient_phone="12")), couriered.shop.bring_to("packed")
    with pytest.raises(InvalidInput):
        by_hand(couriered, other, ship)


def test_what_is_booked_is_what_the_rule_was_asked_about(couriered: Couriered) -> None:
    """The rule is asked outside the booking's transaction: nothing is called while it is open."""
    rule(couriered, RuleRow(by=OTHER))
    order = couriered.shop.bring_to("packed")
    found = choice(couriered, order)
    couriered.shop.db.write(lambda tx: book.ask(
        tx, couriered.desk.courier(couriered.courier), couriered.context(), order.number, None, found
    ))  # fmt: skip
    assert len(against(couriered, order)) == 1


def taken_elsewhere(couriered: Couriered, **given: str) -> tuple[Done, str]:
    """A parcel whose delivery failed, handed to another courier; what is said of it."""
    order, case = failed(couriered)
    return order, act(couriered, case, "another_courier", given).sentence


def test_another_courier_by_name_takes_a_parcel_that_failed(couriered: Couriered) -> None:
    sundarban(couriered, link="https://sundarban.example/?cn={code}")
    order, said = taken_elsewhere(couriered, courier="sundarban", tracking_code="SB-1")
    assert "Sundarban has the parcel." in said
    row = couriered.parcel(order)
    assert (row.carrier, row.live, row.tracking_link) == ("Sundarban", 1, "https://sundarban.example/?cn=SB-1")


@pytest.mark.parametrize("given", [{"courier": "sundarban"}, {"courier": "manual", "carrier": "Sundarban"}])
def test_one_that_is_switched_off_takes_no_failed_parcel_and_it_stays_where_it_is(
    couriered: Couriered, given: dict[str, str]
) -> None:
    sundarban(couriered, is_on=False)
    order, case = failed(couriered)
    with pytest.raises(InvalidInput):
        act(couriered, case, "another_courier", given)
    [row] = couriered.parcels(order)
    assert (row.live, row.booking, couriered.shop.order(order).status) == (1, "booked", "shipped")


def test_its_parcels_stand_under_its_name_on_the_list_for_the_rider(couriered: Couriered) -> None:
    shop = couriered.shop
    shop.db.write(lambda tx: add_carrier(tx, shop.owner, shop.clock, Carrier(name="SA Paribahan")))
    now_us = shop.clock.now_us()
    for written in ("SA Paribahan", "sa paribahan"):
        by_hand(couriered, shop.bring_to("packed"), c.Ship(courier="manual", carrier=written))
    listed = shop.db.read(lambda tx: manifest(tx, "sa-paribahan", day_of(now_us), now_us))
    assert (listed.name, len(listed.rows)) == ("SA Paribahan", 2)
    empty = shop.db.read(lambda tx: manifest(tx, "sa-paribahan", day_of(0), now_us))
    assert (empty.name, len(empty.rows)) == ("SA Paribahan", 0)
