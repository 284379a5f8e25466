"""Photos and screenshots of wallets: beside a line, beside a claim, seen where it is verified, and never taken away."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from dokango.clock import ManualClock
from dokango.db import Database
from dokango.errors import InvalidInput
from dokango.orders.lifecycle.commands import ClaimPayment
from dokango.payments.evidence import PASTE, Brought, keep_all
from dokango.payments.wallet_photos import MOST_PHOTOS, add_photo, photos_of_line, photos_of_order
from dokango.people.actor import Actor
from dokango.settings import settings
from dokango_web.routes import native
from state.kit.session import COOKIE
from state.orders.verify import VerifyState
from state.wallet.inbox import WalletState
from state.wallet.photos import PhotosState
from tests.api.test_api_claims import red_square
from tests.small_shop import Shop, open_shop
from tests.state.desk import Browser, Desk
from tests.state.test_claim_photos import WEBP, huge
from tests.state.test_cod import asked

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
TOLD = "You have received Tk {tk} from 01711000000. Fee Tk 0.00. Balance Tk 9,075.50. TrxID BLU1H6X8AA"


@pytest.fixture
def shop(
    db: Database, clock: ManualClock, owner: Actor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Shop]:
    monkeypatch.setenv("DOKANGO_DATA_DIR", str(tmp_path / "data"))
    settings.cache_clear()
    yield open_shop(db, clock, owner)
    monkeypatch.undo()
    settings.cache_clear()


async def send(tab: Browser, path: str, content: bytes) -> httpx.Response:
    cookies = {COOKIE: tab.secret} if tab.secret else {}
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app=native), base_url="http://shop", cookies=cookies
    ) as client:
        return await client.post(path, files={"file": ("../x.png", content)})


async def see(tab: Browser, path: str) -> httpx.Response:
    cookies = {COOKIE: tab.secret} if tab.secret else {}
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app=native), base_url="http://shop", cookies=cookies
    ) as client:
        return await client.get(path)


def told(shop: Shop, tk: str = "900.00") -> int:
    """A line of the wallet."""
    lines = [Brought(TOLD.format(tk=tk))]
    return shop.db.write(lambda tx: keep_all(tx, shop.owner, lines, PASTE, shop.clock.now_us()))[0].row.id


def claimed(shop: Shop) -> str:
    order = shop.place(("MUG", 1))
    shop.do(order, ClaimPayment(method="bkash", transaction_id="BLU1H6X8AA", sender="01711000000"))
    return shop.order(order).number


async def test_photos_of_a_line_and_of_a_claim_are_seen_where_it_is_verified(desk: Desk, shop: Shop) -> None:
    line, number = told(shop), claimed(shop)
    tab = await desk.browser("manager")
    assert asked(await send(tab, f"/upload/wallet-photos/lines/{line}", red_square())) == {"kept": "The photo is kept."}
    assert (await send(tab, f"/upload/wallet-photos/orders/{number}", WEBP)).headers["location"] == f"/orders/{number}"
    await tab.arrive("/orders")
    await tab.call(VerifyState.show, number=number)
    of_claim, of_line = tab.sees(VerifyState, "photos")
    assert (of_claim["src"].rpartition(".")[2], of_line["src"].rpartition(".")[2]) == ("webp", "png")
    assert of_claim["said"].startswith("22 Nov 2026, 12:00, Manager")
    seen = await see(tab, of_line["src"])
    assert (seen.status_code, seen.content, seen.headers["content-type"]) == (200, red_square(), "image/png")
    assert "no-store" in seen.headers["cache-control"]
    await tab.arrive("/wallet")
    assert tab.sees(WalletState, "rows")[0]["photo"] == of_line["src"]
    await tab.call(PhotosState.show, line_id=str(line))
    assert [photo["src"] for photo in tab.sees(PhotosState, "photos")] == [of_line["src"]]


async def test_the_same_photo_twice_is_one_and_too_many_are_refused(shop: Shop) -> None:
    line, order = told(shop), shop.place(("MUG", 1)).order_id

    def add(name: str) -> None:
        shop.db.write(lambda tx: add_photo(tx, shop.owner, name, shop.clock.now_us(), evidence_id=line))
        shop.db.write(lambda tx: add_photo(tx, shop.owner, name, shop.clock.now_us(), order_id=order))

    for at in (0, *range(MOST_PHOTOS)):
        add(f"{at}.png")
    assert len(shop.db.read(lambda tx: photos_of_line(tx, line))) == MOST_PHOTOS
    assert len(shop.db.read(lambda tx: photos_of_order(tx, order))) == MOST_PHOTOS
    with pytest.raises(InvalidInput, match="At most 8 photos"):
        add("more.png")


@pytest.mark.parametrize(
    "content", [b"", b"<svg onload=alert(1)>", b"%PDF-1.7", huge(), base64.b64decode("R0lGODlhAQABAAAAACw=")]
)
async def test_what_is_no_photo_is_refused_with_a_sentence(desk: Desk, shop: Shop, content: bytes) -> None:
    line = told(shop)
    tab = await desk.browser("manager")
    assert asked(await send(tab, f"/upload/wallet-photos/lines/{line}", content))["refused"].endswith(".")
    answer = await send(tab, f"/upload/wallet-photos/orders/{claimed(shop)}", content)
    assert answer.status_code == 422 and answer.text.endswith(".")
    assert shop.db.read(lambda tx: photos_of_line(tx, line)) == []


@pytest.mark.parametrize("role", ["packer", "viewer", None])
async def test_who_may_not_verify_neither_sends_nor_sees(desk: Desk, shop: Shop, role: str | None) -> None:
    line, number = told(shop), claimed(shop)
    await send(await desk.browser("manager"), f"/upload/wallet-photos/lines/{line}", red_square())
    (photo,) = shop.db.read(lambda tx: photos_of_line(tx, line))
    tab = await desk.browser(role)
    for path in (f"lines/{line}", f"orders/{number}"):
        assert (await send(tab, f"/upload/wallet-photos/{path}", red_square())).status_code in (401, 403)
    assert (await see(tab, f"/wallet/photos/{photo.name}")).status_code in (303, 401, 403)


@pytest.mark.parametrize("path", ["lines/999", "lines/x", "lines/-1", "orders/999", "orders/%2e%2e"])
async def test_a_photo_beside_nothing_is_refused(desk: Desk, shop: Shop, path: str) -> None:
    tab = await desk.browser("manager")
    assert (await send(tab, f"/upload/wallet-photos/{path}", red_square())).status_code in (404, 422)
