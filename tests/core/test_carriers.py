"""Couriers without an API that the owner keeps by name: their parcels, links, days and tariffs, and hostile words."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from dokango.audit import Event
from dokango.clock import day_of
from dokango.couriers.carriers import Carrier, add_carrier, change_carrier, load_carriers, names_written, said_name
from dokango.couriers.parcels import shipments
from dokango.couriers.registry import COURIERS
from dokango.couriers.tariffs import change_tariff
from dokango.couriers.tracking_links import link_of, link_template, web_link
from dokango.db import Tx, table_of
from dokango.errors import InvalidInput, NotAllowed, NotFound, Refused
from dokango.notify.messages import Letterhead, render, render_short
from dokango.notify.models import Message
from dokango.orders import Done
from dokango.orders.customer.tracking import by_link
from dokango.orders.lifecycle import commands as c
from dokango.orders.reading.lists import Filters, Wanted, page
from dokango.people.actor import Actor
from tests.core.couriered import Couriered, shipped
from tests.core.test_tariffs import TABLE
from tests.small_shop import Shop

_M, _E = table_of(Message), table_of(Event)
SUNDARBAN = Carrier(
    name="Sundarban", link="https://sundarban.example/track?cn={code}", days_inside=1, days_outside=5,
    phone="01711000000",
)  # fmt: skip
SYLHET = {"address": {"line": "House 7", "area": "Zindabazar", "city": "Sylhet", "district": "Sylhet"}}


def keep(shop: Shop, carrier: Carrier = SUNDARBAN, actor: Actor | None = None) -> None:
    shop.db.write(lambda tx: add_carrier(tx, actor or shop.owner, shop.clock, carrier))


def hand_over(shop: Shop, carrier: str = "Sundarban", code: str = "SB 12/7", **changes: Any) -> Done:
    order = shop.bring_to("packed", **changes)
    return shop.do(order, c.Ship(courier="manual", carrier=carrier, tracking_code=code))


def parcel(shop: Shop, order: Done) -> Any:
    return shop.db.read(lambda tx: shipments.all_of(tx, order.order_id))[-1]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("", ""),
        ("  https://a.example/t/{code} ", "https://a.example/t/{code}"),
        ("HTTPS://a.example/t/{code}", "https://a.example/t/{code}"),
        ("http://a.example:8080/?cn={code}&lang=bn", "http://a.example:8080/?cn={code}&lang=bn"),
    ],
)
def test_a_template_is_a_web_address_with_the_code_in_it(typed: str, kept: str) -> None:
    assert link_template(typed, "link") == kept


@pytest.mark.parametrize(
    "typed",
    [
        "javascript:alert(1)//{code}",
        "JavaScript://a.example/%0aalert(1)//{code}",
        "data:text/html,{code}",
        "//a.example/{code}",
        "a.example/{code}",
        "https://a.example/",  # no code
        "https://a.example/{code}/{code}",
        "https://{code}.example/",  # the code would choose the site
        "https://{code}/",
        "https://a.example{code}/",
        "https://a.example@evil.example/{code}",
        "https://a.example\\@evil.example/{code}",
        'https://a.example/"onmouseover="alert(1)/{code}',
        "https://a.example/<script>/{code}",
        "https://a.example/{0.__class__}/{code}",
        "https://a.example/{{code}}",
        "https://a.example/two words/{code}",
        "https://ঢাকা.example/{code}",
        "https:///{code}",
        "https://a.example/" + "a" * 300 + "{code}",
    ],
)
def test_what_is_no_web_address_is_refused_with_a_sentence(typed: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        link_template(typed, "link")
    assert refused.value.fields["link"].startswith("Type an address that begins with https://")


@pytest.mark.parametrize(
    ("code", "end"),
    [
        ("SB-12", "SB-12"),
        ("SB 12/7", "SB%2012%2F7"),
        ("a&b=c#d?e", "a%26b%3Dc%23d%3Fe"),
        ("javascript:alert(1)", "javascript%3Aalert%281%29"),
        ('"><script>', "%22%3E%3Cscript%3E"),
        ("{code}", "%7Bcode%7D"),
        ("কোড", "%E0%A6%95%E0%A7%8B%E0%A6%A1"),
    ],
)
def test_a_code_is_only_ever_data_in_its_link(code: str, end: str) -> None:
    assert link_of("https://a.example/t/{code}", code) == f"https://a.example/t/{end}"


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "data:text/html,x", "//evil.example", "", " https://a.example"]
)
def test_a_page_links_to_the_web_alone(link: str) -> None:
    assert web_link(link) == ""


def test_there_is_no_link_without_a_template_or_a_code() -> None:
    assert (link_of("", "SB-1"), link_of(SUNDARBAN.link, "")) == ("", "")


def test_a_parcel_keeps_the_name_the_link_and_the_days_of_its_courier(shop: Shop) -> None:
    keep(shop)
    here, far = hand_over(shop, "  sundarban ", payment={"method": "cod"}), hand_over(shop, **SYLHET)
    today = day_of(shop.clock.now_us())
    link = "https://sundarban.example/track?cn=SB%2012%2F7"
    found = [
        (row.carrier, row.tracking_link, row.estimated_delivery) for row in (parcel(shop, here), parcel(shop, far))
    ]
    days = [(today + timedelta(days=days)).isoformat() for days in (1, 5)]
    assert found == [("Sundarban", link, days[0]), ("Sundarban", link, days[1])]
    shop.do(here, c.Deliver())
    assert shop.balance("receivable:courier:sundarban") == shop.order(here).courier_due_poisha > 0


def test_another_courier_goes_on_as_it_did(shop: Shop) -> None:
    keep(shop)
    row = parcel(shop, hand_over(shop, "A neighbour", "N-1"))
    days = (day_of(shop.clock.now_us()) + timedelta(days=2)).isoformat()
    assert (row.carrier, row.tracking_link, row.estimated_delivery) == ("A neighbour", "", days)


def test_one_that_is_switched_off_takes_no_parcel_and_keeps_its_old_ones(shop: Shop) -> None:
    keep(shop)
    old = hand_over(shop)
    off = SUNDARBAN.model_copy(update={"is_on": False})
    assert shop.db.write(lambda tx: change_carrier(tx, shop.owner, shop.clock, "sundarban", off))
    new = shop.bring_to("packed")
    with pytest.raises(InvalidInput, match="Sundarban takes no parcels now"):
        shop.do(new, c.Ship(courier="manual", carrier="SUNDARBAN"))
    assert shop.order(new).status == "confirmed"
    assert parcel(shop, old).tracking_link.startswith("https://sundarban.example/")
    assert shop.do(old, c.Deliver()).status == "delivered"


def test_its_tariff_makes_the_charge_of_its_parcels(shop: Shop) -> None:
    keep(shop)
    shop.db.write(lambda tx: change_tariff(tx, shop.owner, shop.clock, "sundarban", TABLE))
    assert parcel(shop, hand_over(shop)).expected_charge_poisha == 6_000


def test_a_code_that_comes_later_makes_the_link_then(shop: Shop) -> None:
    keep(shop)
    order = hand_over(shop, code="")
    assert (parcel(shop, order).tracking_code, parcel(shop, order).tracking_link) == ("", "")
    shop.do(order, c.SetCode(tracking_code="SB 9"))
    row = parcel(shop, order)
    assert (row.tracking_code, row.tracking_link) == ("SB 9", "https://sundarban.example/track?cn=SB%209")
    wanted = Wanted("all", Filters(search="SB 9"))
    assert [one.number for one in shop.db.read(lambda tx: page(tx, wanted)).rows] == [order.number]


def test_the_code_of_a_parcel_that_was_booked_is_its_courier_s(couriered: Couriered) -> None:
    order = shipped(couriered)
    with pytest.raises(Refused, match="says the code itself"):
        couriered.shop.do(order, c.SetCode(tracking_code="X1"))


def test_the_customer_sees_the_link_on_the_page_and_in_the_message(shop: Shop) -> None:
    keep(shop)
    order = hand_over(shop)
    tracked = shop.db.read(lambda tx: by_link(tx, shop.order(order).token))
    link = "https://sundarban.example/track?cn=SB%2012%2F7"
    found = tracked.parcel
    assert found is not None
    assert (found.carrier, found.code, found.link) == ("Sundarban", "SB 12/7", link)
    data = told(shop, order)
    mail, sms = render("customer", "order_shipped", data, HEAD), render_short("order_shipped", data, HEAD)
    assert f"Follow the parcel at the courier: {link}" in mail.body
    assert "কুরিয়ারের সাইটে" in render("customer", "order_shipped", in_bangla(data), HEAD).body
    assert "sundarban.example" not in sms  # the order's page, whose link it has, links there


HEAD = Letterhead("Small shop", "01700000000", "https://shop.example")


def told(shop: Shop, order: Done) -> str:
    """The data of the customer's message about an order that was shipped."""
    query = select(_M.c.data).where(_M.c.order_id == order.order_id, _M.c.template == "order_shipped")
    return str(shop.db.read(lambda tx: tx.value(query)))


def in_bangla(data: str) -> str:
    return json.dumps({**json.loads(data), "locale": "bn"})


@pytest.mark.parametrize("name", ["sundarban", "Manual", "another courier", *(kind.name for kind in COURIERS.values())])
def test_no_two_have_one_name(shop: Shop, name: str) -> None:
    keep(shop)
    with pytest.raises(InvalidInput, match="is there already"):
        keep(shop, Carrier(name=name))


def test_its_name_may_be_written_otherwise_and_stays_the_same_name(shop: Shop) -> None:
    keep(shop, Carrier(name="sa paribahan"))

    def change(name: str, key: str = "sa-paribahan") -> bool:
        return shop.db.write(lambda tx: change_carrier(tx, shop.owner, shop.clock, key, Carrier(name=name)))

    assert (change("SA Paribahan"), change("SA Paribahan")) == (True, False)
    names = shop.db.read(names_written)
    assert said_name("sa-paribahan", names) == "SA Paribahan"
    assert [said_name(part, names) for part in ("own-rider", next(iter(COURIERS)))] == [
        "Own Rider", next(iter(COURIERS.values())).name,
    ]  # fmt: skip
    with pytest.raises(InvalidInput, match="The books know it as SA Paribahan"):
        change("SA Transport")
    with pytest.raises(NotFound):
        change("Nobody", "nobody")


def test_only_who_may_edit_settings_keeps_couriers(shop: Shop, packer: Actor) -> None:
    with pytest.raises(NotAllowed):
        keep(shop, actor=packer)
    keep(shop)
    with pytest.raises(NotAllowed):
        shop.db.write(lambda tx: change_carrier(tx, packer, shop.clock, "sundarban", Carrier(name="Sundarban")))
    assert [one.name for one in shop.db.read(load_carriers)] == ["Sundarban"]


def test_the_trail_has_what_changed(shop: Shop) -> None:
    keep(shop)

    def last(tx: Tx) -> str:
        query = select(_E.c.note).where(_E.c.action == "settings_changed").order_by(_E.c.id.desc()).limit(1)
        return str(tx.value(query))

    assert shop.db.read(last) == "courier Sundarban added"
