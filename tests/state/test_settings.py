"""Settings and products by events: who may, what is kept, what is said, and what never leaves the server."""

from __future__ import annotations

import json
from random import Random
from typing import Any

import anyio.to_thread
import pytest
from sqlalchemy import select

from dokango.audit import Event
from dokango.couriers.desk import CourierDesk
from dokango.couriers.process_desk import use_desk
from dokango.db import table_of
from dokango.orders.waits.table import WAITS
from dokango.sample.make import sample
from dokango.settings import Settings
from dokango.shop.profile import load_profile
from dokango.shop.secrets import mark_of
from dokango.shop.sms_account import sms_account
from state.catalogue.product import ProductState
from state.owner.first_steps import FirstStepsState
from state.settings.couriers import CourierSettingsState
from state.settings.mail import MailSettingsState, OutboxState
from state.settings.people import ApiKeysState, StaffState
from state.settings.shop import SettingsState
from state.settings.sms import SmsSettingsState
from tests.state.desk import Desk

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
_E = table_of(Event)
KEY = "live-key-of-the-courier-9f2c"


def events(desk: Desk, action: str) -> list[Any]:
    return desk.db.read(lambda tx: tx.rows(select(*_E.c).where(_E.c.action == action).order_by(_E.c.id)))


async def test_the_owner_sets_the_delivery_charge_and_the_trail_holds_old_and_new(desk: Desk) -> None:
    tab = await desk.browser("owner")
    await tab.arrive("/settings?part=delivery")
    form = {**tab.sees(SettingsState, "form"), "delivery_inside": "৭০", "delivery_outside": "130.50"}
    await tab.call(SettingsState.save_delivery, form=form)
    profile = desk.db.read(load_profile)
    assert (profile.delivery_inside_poisha, profile.delivery_outside_poisha) == (7_000, 13_050)
    changed = json.loads(events(desk, "settings_changed")[-1].data)["changed"]
    assert changed == {"delivery_inside_poisha": [6_000, 7_000], "delivery_outside_poisha": [12_000, 13_050]}


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"delivery_inside": "-5"}, "delivery_inside"),
        ({"delivery_outside": "a lot"}, "delivery_outside"),
        ({"delivery_days_inside": "2.5"}, "delivery_days_inside"),
        ({"delivery_days_outside": "99"}, "delivery_days_outside"),
        ({"claim_days": "0"}, "claim_days"),
        ({"home_district": ""}, "home_district"),
    ],
)
async def test_a_wrong_field_is_named_and_nothing_is_saved(desk: Desk, typed: dict[str, str], field: str) -> None:
    tab = await desk.browser("owner")
    await tab.arrive("/settings?part=delivery")
    before = desk.db.read(load_profile)
    await tab.call(SettingsState.save_delivery, form={**tab.sees(SettingsState, "form"), **typed})
    assert list(tab.sees(SettingsState, "errors")) == [field]
    assert desk.db.read(load_profile) == before


async def test_the_owner_limits_what_a_visitor_may_order(desk: Desk) -> None:
    tab = await desk.browser("owner")
    await tab.arrive("/settings?part=web")
    before = tab.sees(SettingsState, "form")
    assert (before["hold_hours"], before["hold_notice_hours"]) == ("72", "24")
    limits = ("web_units_most", "web_total_most", "web_open_by_phone", "web_open_by_network")
    assert [before[name] for name in limits] == ["10", "50000", "3", "10"]
    typed = {
        "web_units_most": "২৫",
        "web_total_most": "1,00,000",
        "web_open_by_phone": "5",
        "web_open_by_network": "0",
        "blocked_orders": "refuse",
    }
    await tab.call(SettingsState.save_web, form={**before, **typed})
    profile = desk.db.read(load_profile)
    assert (profile.web_units_most, profile.web_total_most_poisha) == (25, 10_000_000)
    assert (profile.web_open_by_phone, profile.web_open_by_network) == (5, 0)
    await tab.call(SettingsState.save_web, form={**before, "web_open_by_phone": "many", "web_total_most": "-1"})
    assert set(tab.sees(SettingsState, "errors")) == {"web_open_by_phone", "web_total_most"}
    assert desk.db.read(load_profile) == profile


@pytest.mark.parametrize(
    ("kept", "told", "wrong"),
    [("48", "12", set()), ("0", "24", set()), ("12", "13", {"hold_notice_hours"}), ("721", "1", {"hold_hours"})],
)
async def test_the_owner_sets_how_long_an_order_is_kept(desk: Desk, kept: str, told: str, wrong: set[str]) -> None:
    tab = await desk.browser("owner")
    await tab.arrive("/settings?part=web")
    form = {**tab.sees(SettingsState, "form"), "hold_hours": kept, "hold_notice_hours": told}
    await tab.call(SettingsState.save_web, form=form)
    profile = desk.db.read(load_profile)
    assert set(tab.sees(SettingsState, "errors")) == wrong
    saved = (72, 24) if wrong else (int(kept), int(told))
    assert (profile.hold_hours, profile.hold_notice_hours) == saved


async def test_a_shop_must_leave_customers_a_way_to_pay(desk: Desk) -> None:
    tab = await desk.browser("owner")
    await tab.arrive("/settings?part=payments")
    form = {**tab.sees(SettingsState, "form"), **{f"{w}_number": "" for w in ("bkash", "nagad", "rocket")}}
    form.pop("cod_enabled")
    await tab.call(SettingsState.save_payments, form=form)
    assert "cod_enabled" in tab.sees(SettingsState, "errors")


async def test_a_wallet_is_kept_with_its_number_and_fee(desk: Desk) -> None:
    tab = await desk.browser("owner")
    await tab.arrive("/settings?part=payments")
    form = {**tab.sees(SettingsState, "form"), "bkash_number": "+880 1700-000077", "bkash_fee": "1.85"}
    await tab.call(SettingsState.save_payments, form=form)
    wallet = desk.db.read(load_profile).wallets["bkash"]
    assert (wallet.number, wallet.fee_bp) == ("01700000077", 185)


async def test_courier_keys_are_kept_tried_and_never_sent_back(desk: Desk) -> None:
    use_desk(CourierDesk(desk.clock, None))
    tab = await desk.browser("owner")
    await tab.arrive("/settings?part=couriers")
    await tab.call(
        CourierSettingsState.save_keys,
        form={"courier": "steadfast", "steadfast_api_key": KEY, "steadfast_secret_key": KEY.swapcase()},
    )
    mark = desk.db.read(lambda tx: mark_of(tx, "steadfast_api_key"))
    use_desk(None)
    assert mark is not None and mark.tail == "9f2c"
    assert "9f2c" in tab.sees(CourierSettingsState, "fields")["steadfast"][0]["mark"]
    assert "answers" in tab.sees(CourierSettingsState, "verdict")
    everything = "".join(tab.received) + str([row.data + row.note for row in events(desk, "settings_changed")])
    assert KEY not in everything and KEY.swapcase() not in everything


async def test_the_webhooks_token_is_shown_once(desk: Desk) -> None:
    tab = await desk.browser("owner")
    await tab.arrive("/settings?part=couriers")
    await tab.call(CourierSettingsState.make_token, courier="steadfast")
    token = tab.sees(CourierSettingsState, "new_token")
    assert len(token) >= 32
    again = await desk.browser("owner", "Another Owner")
    await again.arrive("/settings?part=couriers")
    assert token not in "".join(again.received)


async def test_the_mail_password_stays_here(desk: Desk) -> None:
    tab = await desk.browser("owner")
    await tab.arrive("/settings?part=messages")
    form = {"host": "smtp.example.com", "port": "587", "security": "starttls", "user": "shop",
            "sender": "orders@example.com", "mail_password": "the-mail-password-4711"}  # fmt: skip
    await tab.call(MailSettingsState.save, form=form)
    assert tab.sees(MailSettingsState, "form")["host"] == "smtp.example.com"
    assert "the-mail-password-4711" not in "".join(tab.received)


@pytest.mark.parametrize(
    ("typed", "field"),
    [({"port": "0"}, "port"), ({"sender": "nobody"}, "sender"), ({"security": "rot13"}, "security"),
     ({"host": "smtp.example.com\r\nX: y"}, "host")],
)  # fmt: skip
async def test_an_impossible_mail_server_is_refused_by_field(desk: Desk, typed: dict[str, str], field: str) -> None:
    tab = await desk.browser("owner")
    await tab.arrive("/settings?part=messages")
    form = {"host": "smtp.example.com", "port": "587", "security": "starttls", "user": "", "sender": "a@example.com"}
    await tab.call(MailSettingsState.save, form={**form, **typed})
    assert list(tab.sees(MailSettingsState, "errors")) == [field]


async def test_the_sms_gateway_is_kept_and_its_key_stays_here(desk: Desk) -> None:
    tab = await desk.browser("owner")
    await tab.arrive("/settings?part=messages")
    form = {"gateway": "other", "url": "https://sms.example.com/?to={to}&text={text}", "sms_method": "GET", "body": "",
            "accepted": "^OK", "sms_sender": "8809600000000", "part_price": "০.২৫", "most_a_day": "500",
            "sms_key": "the-sms-key-4711"}  # fmt: skip
    await tab.call(SmsSettingsState.save, form=form)
    account = desk.db.read(lambda tx: sms_account(tx, Settings()))
    assert (account.accepted, account.part_poisha, account.most_a_day) == ("^OK", 25, 500)
    assert "the-sms-key-4711" not in "".join(tab.received)
    assert tab.sees(SmsSettingsState, "form")["part_price"] == "0.25"


@pytest.mark.parametrize(
    ("typed", "field"),
    [({"url": "https://sms.example.com/"}, "url"), ({"accepted": "(ok"}, "accepted"),
     ({"gateway": "pigeon"}, "gateway"),
     ({"url": "javascript:{to}{text}"}, "url"), ({"part_price": "much"}, "part_price"),
     ({"most_a_day": "-1"}, "most_a_day")],
)  # fmt: skip
async def test_an_impossible_sms_gateway_is_refused_by_field(desk: Desk, typed: dict[str, str], field: str) -> None:
    tab = await desk.browser("owner")
    await tab.arrive("/settings?part=messages")
    form = {"gateway": "other", "url": "https://sms.example.com/?to={to}&text={text}", "sms_method": "GET", **typed}
    await tab.call(SmsSettingsState.save, form=form)
    assert list(tab.sees(SmsSettingsState, "errors")) == [field]


async def test_staff_are_taken_on_with_a_password_shown_once_and_let_go(desk: Desk) -> None:
    tab = await desk.browser("owner")
    await tab.arrive("/settings?part=staff")
    await tab.call(StaffState.ask, is_open=True)
    await tab.call(StaffState.add, form={"staff_name": "Rina Das", "login": "rina", "role": "packer"})
    assert tab.sees(StaffState, "shown_login") == "rina"
    assert len(tab.sees(StaffState, "shown_password")) > 15
    row = next(row for row in tab.sees(StaffState, "rows") if row["login"] == "rina")
    await tab.call(StaffState.set_active, user_id=row["id"], active=False)
    row = next(row for row in tab.sees(StaffState, "rows") if row["login"] == "rina")
    assert (row["role"], row["state"]) == ("packer", "gone")


async def test_the_only_owner_cannot_be_let_go(desk: Desk) -> None:
    tab = await desk.browser("owner")
    await tab.arrive("/settings?part=staff")
    row = next(row for row in tab.sees(StaffState, "rows") if row["role"] == "owner")
    await tab.call(StaffState.set_active, user_id=row["id"], active=False)
    assert any("only owner" in sentence for sentence in tab.told)


async def test_an_api_key_is_shown_once_and_can_be_revoked(desk: Desk) -> None:
    tab = await desk.browser("owner")
    await tab.arrive("/settings?part=keys")
    await tab.call(ApiKeysState.ask, is_open=True)
    await tab.call(ApiKeysState.make, form={"key_name": "POS", "role": "viewer"})
    key = tab.sees(ApiKeysState, "shown_key")
    assert key.startswith("dk_")
    (row,) = tab.sees(ApiKeysState, "rows")
    assert key not in str(row)
    await tab.call(ApiKeysState.revoke, key_id=row["id"])
    assert tab.sees(ApiKeysState, "rows")[0]["state"] == "revoked"


@pytest.mark.parametrize("role", ["manager", "packer", "viewer", ""])
async def test_nobody_but_the_owner_reaches_the_settings(desk: Desk, role: str) -> None:
    tab = await desk.browser(role)
    for handler, payload in (
        (SettingsState.save_shop, {"form": {"name": "Hacked"}}),
        (CourierSettingsState.make_token, {"courier": "steadfast"}),
        (StaffState.add, {"form": {"staff_name": "x", "login": "mallory", "role": "owner"}}),
        (ApiKeysState.make, {"form": {"key_name": "x", "role": "owner"}}),
        (OutboxState.load, {}),
        (MailSettingsState.save, {"form": {}}),
    ):
        await tab.call(handler, **payload)
    assert desk.db.read(load_profile).name != "Hacked"
    assert events(desk, "api_key_made") == [] and events(desk, "settings_changed") == []
    assert not any("mallory" in row.note for row in events(desk, "staff_created"))


def variant(mark: str, **changes: str) -> dict[str, str]:
    typed = {"sku": f"SKU-{mark}", "options": "Colour: Red", "price": "450", "tracks": "on", "sold": "on", **changes}
    return {f"{name}-{mark}": value for name, value in typed.items()}


async def test_a_product_is_added_by_hand_and_opens_on_its_own_page(desk: Desk) -> None:
    tab = await desk.browser("manager")
    await tab.arrive("/products/new")
    await tab.call(ProductState.save, form={"title": "Jute rug", "active": "on", **variant("1", regular="500")})
    path = tab.redirects[-1]
    await tab.arrive(path)
    (line,) = tab.sees(ProductState, "lines")
    assert (line["sku"], line["options"], line["price"], line["regular"]) == ("SKU-1", "Colour: Red", "450", "500")


@pytest.mark.parametrize("tick", [True, "on"])
async def test_a_ticked_box_counts_however_the_browser_sends_it(desk: Desk, tick: Any) -> None:
    tab = await desk.browser("manager")
    await tab.arrive("/products/new")
    form = {"title": "Jute rug", **variant("1"), "active": tick, "tracks-1": False, "sold-1": tick}
    await tab.call(ProductState.save, form=form)
    await tab.arrive(tab.redirects[-1])
    assert tab.sees(ProductState, "form")["active"] == "on"
    (line,) = tab.sees(ProductState, "lines")
    assert (line["tracks"], line["sold"]) == ("", "on")


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"title": ""}, "title"),
        ({"price-1": ""}, "price-1"),
        ({"price-1": "-3"}, "price-1"),
        ({"sku-1": "x" * 121}, "sku-1"),
        ({"low-1": "few"}, "low-1"),
    ],
)
async def test_a_product_with_a_wrong_field_is_not_saved(desk: Desk, typed: dict[str, str], field: str) -> None:
    tab = await desk.browser("manager")
    await tab.arrive("/products/new")
    await tab.call(ProductState.save, form={"title": "Jute rug", **variant("1"), **typed})
    assert field in tab.sees(ProductState, "errors")
    assert events(desk, "product_added") == []


async def test_a_sku_in_use_is_said_under_its_field(desk: Desk) -> None:
    tab = await desk.browser("manager")
    await tab.arrive("/products/new")
    await tab.call(ProductState.save, form={"title": "Jute rug", **variant("1")})
    await tab.arrive("/products/new")
    await tab.call(ProductState.save, form={"title": "Other rug", **variant("1")})
    assert "SKU-1" in tab.sees(ProductState, "errors")["sku-1"]


async def test_a_new_shop_is_led_by_a_checklist_until_its_first_order(desk: Desk) -> None:
    tab = await desk.browser("owner")
    await tab.arrive("/settings")
    steps = {step["title"]: step["state"] for step in tab.sees(FirstStepsState, "steps")}
    assert steps["Set a wallet number"] == "open"
    form = {**tab.sees(SettingsState, "form"), "bkash_number": "01700-000077"}
    await tab.call(SettingsState.save_payments, form=form)
    await tab.arrive("/orders")
    steps = {step["title"]: step["state"] for step in tab.sees(FirstStepsState, "steps")}
    assert steps["Set a wallet number"] == "done"
    packer = await desk.browser("packer")
    await packer.arrive("/orders")
    assert "Set a wallet number" not in "".join(packer.received)


async def test_the_checklist_is_gone_once_orders_come_in(desk: Desk) -> None:
    await anyio.to_thread.run_sync(lambda: sample(desk.db, desk.clock, Random(1)))
    tab = await desk.browser("owner")
    await tab.arrive("/orders")
    assert "Set a wallet number" not in "".join(tab.received)


ASKING = {
    "asks_customers": "on", "ask_refused": "", "ask_not_home": "on", "ask_no_answer": "on", "ask_address": "on",
    "ask_another_day": "on", "ask_from_hour": "১০", "ask_to_hour": "20", "ask_wait_hours": "6",
}  # fmt: skip


async def test_the_owner_says_when_customers_are_asked_about_a_failed_delivery(desk: Desk) -> None:
    tab = await desk.browser("owner")
    await tab.arrive("/settings?part=failed")
    assert tab.sees(SettingsState, "form")["asks_customers"] == ""
    await tab.call(SettingsState.save_asking, form={**tab.sees(SettingsState, "form"), **ASKING, "ask_to_hour": "25"})
    assert list(tab.sees(SettingsState, "errors")) == ["ask_to_hour"]
    await tab.call(SettingsState.save_asking, form={**tab.sees(SettingsState, "form"), **ASKING})
    profile = desk.db.read(load_profile)
    assert profile.asks_customers and profile.unasked_kinds == ("refused",)
    assert (profile.ask_from_hour, profile.ask_to_hour, profile.ask_wait_hours) == (10, 20, 6)
    assert {name: tab.sees(SettingsState, "form")[name] for name in ("ask_refused", "ask_address")} == {
        "ask_refused": "", "ask_address": "on",
    }  # fmt: skip


async def test_the_owner_says_after_how_many_hours_what_waits_is_told(desk: Desk) -> None:
    tab = await desk.browser("owner")
    await tab.arrive("/settings?part=waiting")
    form = tab.sees(SettingsState, "form")
    assert {wait.setting: form[wait.setting] for wait in WAITS} == {
        wait.setting: str(wait.hours(desk.db.read(load_profile))) for wait in WAITS
    }
    typed = {wait.setting: "৬" for wait in WAITS}
    await tab.call(SettingsState.save_waiting, form={**form, **typed, WAITS[0].setting: "soon"})
    assert list(tab.sees(SettingsState, "errors")) == [WAITS[0].setting]
    await tab.call(SettingsState.save_waiting, form={**form, **typed})
    assert {wait.hours(desk.db.read(load_profile)) for wait in WAITS} == {6}


async def test_how_long_what_has_ended_is_kept_is_the_owners(desk: Desk) -> None:
    tab = await desk.browser("owner")
    await tab.arrive("/settings?part=keeping")
    form = tab.sees(SettingsState, "form")
    await tab.call(SettingsState.save_keeping, form={**form, "keep_jobs_days": "for ever"})
    assert desk.db.read(load_profile).keep_jobs_days == 30
    await tab.call(SettingsState.save_keeping, form={**form, "keep_jobs_days": "90", "keep_keys_days": "0"})
    saved = desk.db.read(load_profile)
    assert (saved.keep_jobs_days, saved.keep_keys_days) == (90, 0)
