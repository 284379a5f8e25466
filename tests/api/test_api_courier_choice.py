"""Whom the owner's rule chooses, over HTTP: asked, taken when `courier` is left out, and couriers by their name."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import httpx
import pytest

from dokango.couriers import process_desk
from dokango.couriers.carriers import Carrier, add_carrier, change_carrier
from dokango.couriers.choosing.rule import CourierRule, RuleRow, change_rule, load_rule
from dokango.couriers.desk import CourierDesk
from dokango.couriers.registry import COURIERS
from dokango.people.permissions import Role
from tests.api.conftest import Client
from tests.api.test_api_ship import parcel_of
from tests.small_shop import Shop

CALLED = next(kind for kind in COURIERS.values() if kind.by_api)
SUNDARBAN = Carrier(name="Sundarban", link="https://sundarban.example/?cn={code}")
SYLHET = {"address": {"line": "House 7", "area": "Zindabazar", "city": "Sylhet", "district": "Sylhet"}}


@pytest.fixture(autouse=True)
def desk(served: Shop) -> Iterator[CourierDesk]:
    """The practice couriers, in memory."""
    found = CourierDesk(served.clock, None, timeout=httpx.Timeout(0.3))
    process_desk.use_desk(found)
    served.db.write(lambda tx: add_carrier(tx, served.owner, served.clock, SUNDARBAN))
    yield found
    process_desk.use_desk(None)
    found.close()


def rule(shop: Shop, *rows: RuleRow, otherwise: str = "") -> None:
    wanted = CourierRule(rows=rows, otherwise=otherwise)
    shop.db.write(lambda tx: change_rule(tx, shop.owner, shop.clock, load_rule(tx), wanted))


async def test_the_rule_is_asked_and_says_why(client: Client, served: Shop) -> None:
    number = served.bring_to("packed", **SYLHET).number
    asked = f"/api/v1/orders/{number}/courier"
    assert (await client.get(asked)).json() == {"courier": None, "name": None, "why": "", "passed_over": []}
    rule(served, RuleRow(by="eagle"), RuleRow(by="sundarban", districts=("Sylhet",)))
    gone = "it is no courier of this shop any more"
    assert (await client.get(asked)).json() == {
        "courier": "sundarban",
        "name": "Sundarban",
        "why": f"Sundarban: to Sylhet. eagle is passed over: {gone}.",
        "passed_over": [{"courier": "eagle", "name": "eagle", "why": gone}],
    }
    assert (await client.get("/api/v1/orders/9999/courier")).status_code == 404


async def test_who_may_not_ship_is_not_told(client: Client, served: Shop, key_of: Callable[[Role], str]) -> None:
    number = served.bring_to("packed").number
    key = key_of(Role.VIEWER)
    answer = await client.get(f"/api/v1/orders/{number}/courier", headers={"Authorization": f"Bearer {key}"})
    assert answer.status_code == 403


@pytest.mark.parametrize(("by", "carrier"), [(CALLED.key, CALLED.name), ("sundarban", "Sundarban")])
async def test_without_a_courier_it_goes_by_the_rule_s(client: Client, served: Shop, by: str, carrier: str) -> None:
    rule(served, RuleRow(by=by))
    number = served.bring_to("packed").number
    answer = await client.act(number, "ship", key="k", tracking_code="SB 1")
    assert (answer.status_code, answer.json()["status"]) == (200, "shipped"), answer.text
    assert answer.json()["shipment"]["carrier"] == carrier
    rule(served)  # whatever the rule says later, the same key is answered the same
    assert (await client.act(number, "ship", key="k", tracking_code="SB 1")).content == answer.content


async def test_without_a_courier_and_without_a_rule_one_is_asked_for(client: Client, served: Shop) -> None:
    number = served.bring_to("packed", **SYLHET).number
    answer = await client.act(number, "ship")
    assert answer.status_code == 422
    assert answer.json()["fields"]["courier"].startswith("Say by which courier: ")
    assert "sundarban" in answer.json()["fields"]["courier"]
    rule(served, RuleRow(by="sundarban", districts=("Dhaka",)))
    said = (await client.act(number, "ship")).json()["fields"]["courier"]
    assert said.startswith("No row of the rule fits this order. Say by which courier: ")


async def test_a_courier_is_named_as_the_list_has_it(client: Client, served: Shop) -> None:
    listed = {one["key"]: one for one in (await client.get("/api/v1/couriers")).json()["couriers"]}
    assert listed["sundarban"] == {
        "key": "sundarban", "name": "Sundarban", "by_api": False, "is_offered": True, "practises": False, "can": [],
    }  # fmt: skip
    number = served.bring_to("packed").number
    order = (await client.act(number, "ship", courier="sundarban", tracking_code="SB/1")).json()
    assert (order["shipment"]["courier"], order["shipment"]["carrier"]) == ("manual", "Sundarban")
    assert order["shipment"]["tracking_link"] == "https://sundarban.example/?cn=SB%2F1"


async def test_one_that_is_switched_off_is_none(client: Client, served: Shop) -> None:
    off = SUNDARBAN.model_copy(update={"is_on": False})
    served.db.write(lambda tx: change_carrier(tx, served.owner, served.clock, "sundarban", off))
    number = served.bring_to("packed").number
    for body in ({"courier": "sundarban"}, {"courier": "manual", "carrier": "Sundarban"}):
        answer = await client.act(number, "ship", **body)
        assert answer.status_code == 422, answer.text


async def test_another_than_the_rule_s_is_an_event_with_who_chose_it(client: Client, served: Shop) -> None:
    rule(served, RuleRow(by="sundarban"))
    one, two = (served.bring_to("packed").number for _ in range(2))
    for number, body in ((one, {"courier": CALLED.key}), (two, {"courier": "manual", "carrier": "A neighbour"})):
        events = (await client.act(number, "ship", **body)).json()["events"]
        [found] = [event for event in events if event["action"] == "courier_chosen"]
        name = parcel_of(served, number).carrier
        assert found["note"] == f"{name}, although the rule says Sundarban (for every parcel)"
        assert found["actor_kind"] == "api_key"
