"""The plain routes of signing in and out: what they keep in the trail, and what a session opens that is not whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import httpx
import pytest

from dokango.people import sessions, sign_ins, staff
from dokango.people.actor import SYSTEM
from dokango.people.staff import NewStaff
from dokango.people.throttle import Throttle
from dokango.settings import settings
from dokango_web.routes import native, sign_in
from state.kit import session
from tests.small_shop import Shop

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
ADDRESS = "203.0.113.7"
RINA = NewStaff("rina", "Rina", "owner", "a password for tests")


@pytest.fixture
def people(served: Shop, monkeypatch: pytest.MonkeyPatch) -> Shop:
    """A shop with nobody in it yet, and throttles that have counted nothing."""
    monkeypatch.setattr(sign_in, "_by_person", Throttle("8 per 5 minutes"))
    monkeypatch.setattr(sign_in, "_by_network", Throttle("60 per 5 minutes"))
    monkeypatch.setattr(sign_in, "_by_login", Throttle("40 per 1 hour"))
    session.forget()
    return served


def browser(**headers: str) -> httpx.AsyncClient:
    return httpx.AsyncClient(
        transport=httpx.ASGITransport(native, client=(ADDRESS, 1)), base_url="http://localhost", headers=headers
    )


def told(shop: Shop) -> list[tuple[str, str, str]]:
    rows = shop.db.read(lambda tx: sign_ins.page(tx, shop.owner, "")).rows
    return [(row.action, row.actor, row.address) for row in reversed(rows)]


async def test_coming_being_refused_and_going_are_kept_with_the_address(people: Shop) -> None:
    people.db.write(lambda tx: staff.create(tx, SYSTEM, RINA, people.clock))
    async with browser() as client:
        await client.post("/sign-in", data={"login": "rina", "password": "wrong"})
        await client.post("/sign-in", data={"login": "rina", "password": RINA.password})
        await client.post("/sign-out")
    assert told(people)[-3:] == [
        ("sign_in_failed", "Rina", ADDRESS),
        ("signed_in", "Rina", ADDRESS),
        ("signed_out", "Rina", ADDRESS),
    ]


async def test_a_given_password_leads_to_the_step_and_opens_no_paper(people: Shop) -> None:
    people.db.write(lambda tx: staff.create(tx, SYSTEM, replace(RINA, given=True), people.clock))
    order = people.place(("MUG", 1))
    paper = f"/papers/pick-list.pdf?orders={order.number}"
    async with browser() as client:
        answer = await client.post("/sign-in", data={"login": "rina", "password": RINA.password, "next": paper})
        assert answer.headers["location"].startswith("/sign-in/step?next=%2Fpapers")
        answer = await client.get(paper)
        assert (answer.status_code, answer.headers["location"].partition("?")[0]) == (303, "/sign-in")


async def test_a_password_of_ones_own_leads_where_one_was_going(people: Shop) -> None:
    people.db.write(lambda tx: staff.create(tx, SYSTEM, RINA, people.clock))
    async with browser() as client:
        answer = await client.post("/sign-in", data={"login": "rina", "password": RINA.password, "next": "/stock"})
    assert answer.headers["location"] == "/stock"


async def test_a_plain_request_of_a_person_keeps_their_session(people: Shop) -> None:
    user_id = people.db.write(lambda tx: staff.create(tx, SYSTEM, RINA, people.clock))
    secret = people.db.write(lambda tx: sessions.start(tx, user_id, people.clock.now_us()))
    order = people.place(("MUG", 1))
    async with browser(cookie=f"{session.COOKIE}={secret}") as client:
        for _ in range(3):
            people.clock.advance(sessions.IDLE_US / 3e6)
            session.forget()
            await client.get(f"/papers/pick-list.pdf?orders={order.number}")
    assert people.db.read(lambda tx: sessions.find(tx, secret, people.clock.now_us())) is not None


@pytest.fixture
def scheme(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """`scheme("https")`: the site's URL from now on."""

    def change(to: str) -> None:
        monkeypatch.setenv("DOKANGO_PUBLIC_URL", f"{to}://localhost")
        settings.cache_clear()

    yield change
    monkeypatch.undo()
    settings.cache_clear()


async def signed_in_at(client: httpx.AsyncClient, url: str) -> str:
    """The name of the cookie that opens a paper at `url`, after signing in there; "" when none does."""
    answer = await client.post(f"{url}/sign-in", data={"login": "rina", "password": RINA.password})
    given = [line for line in answer.headers.get_list("set-cookie") if "Max-Age=0" not in line]
    opened = await client.get(f"{url}/papers/pick-list.pdf?orders=1001")
    assert opened.status_code == 200
    return given[0]


async def test_over_https_the_cookie_is_bound_to_its_host(people: Shop, scheme: Callable[[str], None]) -> None:
    people.db.write(lambda tx: staff.create(tx, SYSTEM, RINA, people.clock))
    people.place(("MUG", 1))
    scheme("https")
    async with browser() as client:
        given = await signed_in_at(client, "https://localhost")
    name, *attributes = [part.strip().lower() for part in given.split(";")]
    assert name.startswith("__host-dokango_session=")
    assert {"secure", "httponly", "path=/"} <= set(attributes) and not any("domain" in part for part in attributes)


async def test_signing_in_works_whenever_the_scheme_was_changed(people: Shop, scheme: Callable[[str], None]) -> None:
    people.db.write(lambda tx: staff.create(tx, SYSTEM, RINA, people.clock))
    people.place(("MUG", 1))
    async with browser() as client:
        for to in ("http", "https", "http", "https"):
            scheme(to)
            given = await signed_in_at(client, f"{to}://localhost")
            assert given.startswith("__Host-") is (to == "https")
            answer = await client.post(f"{to}://localhost/sign-out")
            assert answer.headers["location"] == "/sign-in?why=out"
            answer = await client.get(f"{to}://localhost/papers/pick-list.pdf?orders=1001")
            assert answer.status_code == 303


async def test_over_https_a_cookie_that_anybody_could_have_put_there_opens_nothing(
    people: Shop, scheme: Callable[[str], None]
) -> None:
    user_id = people.db.write(lambda tx: staff.create(tx, SYSTEM, RINA, people.clock))
    secret = people.db.write(lambda tx: sessions.start(tx, user_id, people.clock.now_us()))
    people.place(("MUG", 1))
    scheme("https")
    for name, status in ((session.COOKIE, 303), (session.HOST_COOKIE, 200)):
        async with browser(cookie=f"{name}={secret}") as client:
            answer = await client.get("https://localhost/papers/pick-list.pdf?orders=1001")
        assert answer.status_code == status
