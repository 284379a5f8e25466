"""Couriers' cash: who holds what and is late, and a payout file from its upload to its booking, which happens once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import anyio.to_thread
import httpx
import pytest

from dokango.clock import US_PER_DAY
from dokango.couriers.carriers import Carrier, add_carrier
from dokango.couriers.desk import CourierDesk
from dokango.couriers.parcels.told_payouts import Heard, hear, hear_of_parcel
from dokango.couriers.practice.faults import Fault
from dokango.orders import Done
from dokango.orders.lifecycle import commands as c
from dokango.people.actor import Actor
from dokango.settings import settings
from dokango_web.routes import native
from state.cod.cash import CourierCashState as S
from state.cod.clearing import ClearUpState, OpenSumsState
from state.cod.held import HeldCashState as Held
from state.cod.payouts import PayoutsState, PayoutState
from state.kit.session import COOKIE
from tests.core.couriered import Couriered
from tests.core.payouts import Paying, as_csv, as_xlsx
from tests.small_shop import open_shop
from tests.state.desk import Browser, Desk

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def paying(desk: Desk, owner: Actor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Paying]:
    monkeypatch.setenv("DOKANGO_DATA_DIR", str(tmp_path / "data"))
    settings.cache_clear()
    yield Paying(open_shop(desk.db, desk.clock, owner))
    monkeypatch.undo()
    settings.cache_clear()


async def post(tab: Browser, path: str, data: dict[str, str], raw: bytes | None = None) -> httpx.Response:
    cookies = {COOKIE: tab.secret} if tab.secret else {}
    files = None if raw is None else {"file": ("payout.csv", raw)}
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app=native), base_url="http://shop", cookies=cookies
    ) as client:
        return await client.post(path, data=data, files=files)


def asked(answer: httpx.Response) -> dict[str, str]:
    assert answer.status_code == 303, answer.text
    return {name: values[0] for name, values in parse_qs(urlsplit(answer.headers["location"]).query).items()}


async def upload(tab: Browser, raw: bytes) -> dict[str, str]:
    return asked(await post(tab, "/upload/payouts", {"courier": "rider", "reference": "SFC-9"}, raw))


async def send(tab: Browser) -> dict[str, str]:
    """Press the button of the preview."""
    columns = {f"column-{column['at']}": column["place"] for column in tab.sees(S, "columns")}
    form = {"file": tab.sees(S, "token"), "seen": tab.sees(S, "seen"), **columns}
    return asked(await post(tab, "/upload/payouts/book", form))


async def test_what_is_held_longer_than_promised_is_overdue_with_words_to_send(desk: Desk, paying: Paying) -> None:
    order = paying.delivered()
    tab = await desk.browser("manager")
    await tab.arrive("/cod")
    (row,) = tab.sees(Held, "held")
    assert (row["name"], row["held"], row["overdue"], row["promise"]) == ("Rider", "৳900", "", "7 days")
    desk.clock.advance(8 * US_PER_DAY // 1_000_000)
    await tab.arrive("/cod")
    (row,) = tab.sees(Held, "held")
    assert row["overdue"] == "৳900, 1 order"
    assert f"#{order.number}: ৳900, delivered 8 days ago" in row["message"]


async def test_the_orders_behind_what_one_courier_holds_are_its_own(desk: Desk, paying: Paying) -> None:
    mine = paying.delivered()
    other = paying.shop.bring_to("packed", ("MUG", 1), payment={"method": "cod"})
    for step in (c.Ship(courier="manual", carrier="Own boy"), c.Deliver()):
        paying.shop.do(other, step)
    tab = await desk.browser("manager")
    await tab.arrive("/cod?courier=rider")
    assert [row["number"] for row in tab.sees(Held, "orders")] == [mine.number]
    assert tab.sees(Held, "of_courier") == "Rider"
    await tab.arrive("/cod")
    assert [row["number"] for row in tab.sees(Held, "orders")] == [mine.number, other.number]


async def test_what_a_courier_holds_by_age_and_besides_is_what_its_account_says(desk: Desk, paying: Paying) -> None:
    """Two parcels of ৳900, ten days and none old, and ৳60 charged for one that came back: ৳1,740 on its account."""
    paying.delivered()
    desk.clock.advance(10 * US_PER_DAY // 1_000_000)
    back = paying.shop.bring_to("returned", ("MUG", 1), payment={"method": "cod"})
    paying.shop.do(back, c.PayOut(charge_poisha=6_000))
    paying.delivered()
    tab = await desk.browser("manager")
    await tab.arrive("/cod")
    (row,) = tab.sees(Held, "held")
    assert [row[f"band{at}"] for at in range(4)] == ["৳900 · 1", "", "৳900 · 1", ""]
    assert (row["besides"], row["held"]) == ("−৳60", "৳1,740")
    assert paying.shop.balance("receivable:courier:rider") == 174_000


async def test_a_courier_that_the_owner_keeps_has_its_own_name(desk: Desk, paying: Paying, owner: Actor) -> None:
    paying.delivered()
    for name in ("RIDER", "SA Paribahan"):
        carrier = Carrier(name=name)
        desk.db.write(lambda tx, carrier=carrier: add_carrier(tx, owner, desk.clock, carrier))
    tab = await desk.browser("manager")
    await tab.arrive("/cod")
    [held], [behind] = tab.sees(Held, "held"), tab.sees(Held, "orders")
    assert (held["name"], behind["courier"], held["message"][:11]) == ("RIDER", "RIDER", "Dear RIDER,")
    assert ["sa-paribahan", "SA Paribahan"] in [list(pair) for pair in tab.sees(S, "couriers")]


@pytest.mark.parametrize("write", [as_csv, as_xlsx])
async def test_a_payout_is_previewed_booked_and_refused_the_second_time(
    desk: Desk, paying: Paying, write: object
) -> None:
    orders = [paying.delivered(), paying.delivered()]
    rows = [(paying.name(orders[0]), "", 900, 89, 811), (paying.name(orders[1]), "", 600, 89, 511)]
    tab = await desk.browser("manager")
    there = await upload(tab, write(*rows))  # type: ignore[operator]
    await tab.arrive(f"/cod?file={there['file']}")
    lines = tab.sees(S, "lines")
    assert [(line["verdict"], line["booked"]) for line in lines] == [
        ("Short", "৳511 to the bank, ৳89 charge"), ("Paid", "৳811 to the bank, ৳89 charge")
    ]  # fmt: skip
    assert tab.sees(S, "summary").startswith("৳1,322 arrives at the bank.")
    assert paying.shop.balance("cash:bank") == 0
    assert set(await send(tab)) == {"done"}
    assert paying.shop.balance("cash:bank") == 132_200
    assert "was booked by" in (await send(tab))["refused"]
    again = await upload(tab, write(*rows))  # type: ignore[operator]
    await tab.arrive(f"/cod?file={again['file']}")
    assert "was booked before" in tab.sees(S, "problem")
    assert "rider" in [key for key, _ in tab.sees(S, "couriers")], "it may pay again, though it holds nothing"
    assert paying.shop.balance("cash:bank") == 132_200


async def test_columns_are_said_once_and_remembered(desk: Desk, paying: Paying) -> None:
    order = paying.delivered()
    headings = ("Ref", "Taka in", "Taka out", "Kept")
    row = (paying.name(order), 900, 811, 89)
    tab = await desk.browser("manager")
    await tab.arrive(f"/cod?file={(await upload(tab, as_csv(row, headings=headings)))['file']}")
    assert tab.sees(S, "problem").startswith("Say which column names the parcel")
    for at, place in (("0", "invoice"), ("1", "collected"), ("2", "paid"), ("3", "charge")):
        await tab.call(S.choose, at=at, place=place)
    assert tab.sees(S, "problem") == ""
    assert set(await send(tab)) == {"done"}
    other = as_csv((paying.name(paying.delivered()), 900, 800, 100), headings=headings)
    there = asked(await post(tab, "/upload/payouts", {"courier": "rider", "reference": "SFC-10"}, other))
    await tab.arrive(f"/cod?file={there['file']}")
    assert [column["place"] for column in tab.sees(S, "columns")] == ["invoice", "collected", "paid", "charge"]


@pytest.mark.parametrize("role", ["packer", "viewer"])
async def test_who_may_not_settle_sees_and_sends_nothing(desk: Desk, paying: Paying, role: str) -> None:
    paying.delivered()
    tab = await desk.browser(role)
    await tab.call(Held.load)
    assert tab.sees(Held, "held") == []
    assert (await post(tab, "/upload/payouts", {"courier": "rider"}, as_csv())).status_code == 403


async def test_a_file_that_is_none_is_refused_with_a_sentence(desk: Desk, paying: Paying) -> None:
    tab = await desk.browser("manager")
    assert "refused" in asked(await post(tab, "/upload/payouts", {"courier": "rider"}, b"%PDF-1.7 a bill"))
    there = await upload(tab, b"PK\x03\x04 and nothing that follows")
    await tab.arrive(f"/cod?file={there['file']}")
    assert "damaged" in tab.sees(S, "refused")


def paid_out(couriered: Couriered) -> Done:
    """An order that the practice courier delivered, and paid out."""
    order = couriered.shop.bring_to("packed", ("MUG", 1), payment={"method": "cod"})
    couriered.ship(order)
    couriered.move(order, "delivered")
    couriered.sync(order)
    couriered.desk.practice("steadfast").pay_out()
    return order


async def test_what_a_couriers_api_tells_is_listed_previewed_and_booked_once(
    desk: Desk, paying: Paying, practice_courier: CourierDesk
) -> None:
    order = await anyio.to_thread.run_sync(lambda: paid_out(Couriered(paying.shop, practice_courier)))
    tab = await desk.browser("manager")
    await tab.arrive("/cod")
    assert ("steadfast", "Steadfast") in [tuple(pair) for pair in tab.sees(S, "can_ask")]
    await tab.call(S.ask, courier="steadfast")
    (told,) = tab.sees(S, "told")
    there = asked(await post(tab, "/upload/payouts/fetch", {"courier": "steadfast", "payment": told["id"]}))
    await tab.arrive(f"/cod?fetched={there['fetched']}")
    (line,) = tab.sees(S, "lines")
    assert (line["verdict"], line["number"], tab.sees(S, "problem")) == ("Paid", order.number, "")
    assert paying.shop.balance("cash:bank") == 0
    form = {"fetched": tab.sees(S, "fetched"), "seen": tab.sees(S, "seen")}
    assert set(asked(await post(tab, "/upload/payouts/fetched/book", form))) == {"done"}
    booked = paying.shop.balance("cash:bank")
    assert booked > 0
    assert "was booked by" in asked(await post(tab, "/upload/payouts/fetched/book", form))["refused"]
    await tab.arrive("/cod")
    await tab.call(S.ask, courier="steadfast")
    assert (tab.sees(S, "told"), paying.shop.balance("cash:bank")) == ([], booked)
    assert "tells of no other" in tab.sees(S, "said")


async def test_older_payouts_are_asked_for_page_by_page(
    desk: Desk, paying: Paying, practice_courier: CourierDesk
) -> None:
    couriered = Couriered(paying.shop, practice_courier)
    for _ in range(11):
        await anyio.to_thread.run_sync(lambda: paid_out(couriered))
    tab = await desk.browser("manager")
    await tab.arrive("/cod")
    await tab.call(S.ask, courier="steadfast")
    assert (len(tab.sees(S, "told")), tab.sees(S, "older")) == (10, 2)
    newest = {row["id"] for row in tab.sees(S, "told")}
    await tab.call(S.ask, courier="steadfast", at=2)
    [oldest] = tab.sees(S, "told")
    assert oldest["id"] not in newest
    await tab.call(S.ask, courier="steadfast", at=3)
    assert (tab.sees(S, "told"), tab.sees(S, "older")) == ([], 0)


async def test_a_booked_payout_is_listed_and_opens_to_what_was_found(desk: Desk, paying: Paying) -> None:
    order = paying.delivered()
    paying.book(paying.read(as_csv((paying.name(order), "", 900, 89, 811), ("NOBODYS", "", 500, 60, 440))))
    tab = await desk.browser("manager")
    await tab.arrive("/cod/payouts")
    (row,) = tab.sees(PayoutsState, "rows")
    assert (row["courier"], row["amount"], row["charges"], row["differences"]) == (
        "Rider", "৳1,251", "৳149", "1 difference"
    )  # fmt: skip
    await tab.arrive(row["href"])
    paid, nobodys = tab.sees(PayoutState, "lines")
    assert (paid["href"], paid["booked"], paid["level"]) == (f"/orders/{order.number}", "৳811 to the bank", "good")
    assert (nobodys["verdict"], nobodys["booked"], nobodys["level"]) == ("Not ours", "৳440 to be cleared up", "warn")
    for path in ("/cod/payouts/77", "/cod/payouts/x"):
        await tab.arrive(path)
        assert "list of payouts" in tab.sees(PayoutState, "missing")


async def test_a_sum_of_nobodys_is_looked_at_then_assigned_once(desk: Desk, paying: Paying) -> None:
    order = paying.delivered()
    paying.book(paying.read(as_csv(("NOBODYS", "", 500, 60, 440))))
    tab = await desk.browser("manager")
    await tab.arrive("/cod/open")
    (row,) = tab.sees(OpenSumsState, "rows")
    assert (row["left"], row["name"], row["verdict"]) == ("৳440", "NOBODYS", "Not ours")
    assert [total["left"] for total in tab.sees(OpenSumsState, "totals")] == ["৳440"]
    await tab.call(ClearUpState.show, sum_id=row["id"], act="assigned")
    await tab.call(ClearUpState.clear, form={"parcel": "7777"})
    assert "No parcel of yours" in tab.sees(ClearUpState, "errors")["parcel"]
    await tab.call(ClearUpState.clear, form={"parcel": order.number})
    assert f"৳440 goes onto #{order.number}" in tab.sees(ClearUpState, "would")
    assert (len(tab.sees(ClearUpState, "postings")), paying.open_poisha()) == (2, 44_000)
    for _ in range(2):
        await tab.call(ClearUpState.clear, form={})
    assert (paying.open_poisha(), paying.shop.balance("receivable:courier:rider")) == (0, 46_000)
    await tab.arrive("/cod/open")
    assert tab.sees(OpenSumsState, "rows") == []


async def test_a_courier_that_is_down_or_tells_nothing_is_a_sentence(
    desk: Desk, paying: Paying, practice_courier: CourierDesk
) -> None:
    tab = await desk.browser("manager")
    for courier in ("pathao", "nobody"):
        await tab.call(S.ask, courier=courier)
        assert "Nothing was booked." in tab.sees(S, "refused")
    practice_courier.practice("steadfast").faults.add(Fault("fail", "payments", times=9))
    await tab.call(S.ask, courier="steadfast")
    assert (tab.sees(S, "told"), "Nothing was booked." in tab.sees(S, "refused")) == ([], True)
    nothing = {"courier": "steadfast", "payment": "999"}
    assert "Nothing was booked." in asked(await post(tab, "/upload/payouts/fetch", nothing))["refused"]
    packer = await desk.browser("packer")
    assert (await post(packer, "/upload/payouts/fetch", nothing)).status_code == 403
    assert (await post(packer, "/upload/payouts/fetched/book", {"fetched": "x"})).status_code == 403


async def test_a_payout_that_a_courier_told_of_is_looked_at_or_set_aside(desk: Desk, paying: Paying) -> None:
    heard = Heard("SFC-7", 90_000, desk.clock.now_us(), "Paid")
    desk.db.write(lambda tx: hear(tx, "steadfast", [heard], desk.clock.now_us()))
    order = paying.delivered()
    parcel = paying.parcel(order).id
    desk.db.write(lambda tx: hear_of_parcel(tx, "pathao", "271126IBW00417", parcel, desk.clock.now_us()))
    tab = await desk.browser("manager")
    await tab.arrive("/cod/payouts")
    invoice, listed = tab.sees(PayoutsState, "told")
    assert (listed["courier"], listed["reference"], listed["amount"], listed["fetches"]) == (
        "Steadfast", "SFC-7", "৳900", "1"
    )  # fmt: skip
    assert (invoice["amount"], invoice["status"], invoice["fetches"]) == ("not said", "1 parcel, ৳900 to collect", "")
    await tab.arrive(invoice["href"])
    assert tab.sees(S, "file_number") == "271126IBW00417"
    await tab.arrive("/cod/payouts")
    await tab.call(PayoutsState.set_aside, told_id=listed["id"])
    assert [row["reference"] for row in tab.sees(PayoutsState, "told")] == ["271126IBW00417"]
    await tab.call(PayoutsState.set_aside, told_id="x")
    assert len(tab.sees(PayoutsState, "told")) == 1
    other = await desk.browser("packer")
    await other.arrive("/cod/payouts")
    assert other.sees(PayoutsState, "told") == []
