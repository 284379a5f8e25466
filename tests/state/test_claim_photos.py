"""Photos of a claim as staff send them: believed by their content alone, and only what the paper can show."""

from __future__ import annotations

import base64
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from dokango.errors import DokangoError
from dokango.orders.claims import rows
from dokango.papers.claims import claim_paper, print_claim
from dokango.papers.photos import check_photo
from dokango.settings import settings
from dokango_web.routes.claims import FOLDER, ROUTES
from state.kit.session import COOKIE
from tests.api.test_api_claims import red_square
from tests.core.test_claims import claim, refused
from tests.small_shop import Shop
from tests.state.desk import Desk
from tests.state.test_claims import lost

SQLITE_ALONE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
NAMES = (
    "'; DROP TABLE claim_photo; --.png",
    "../../../etc/passwd",
    "<img src=x onerror=alert(1)>.png",
    "\u202egnp.exe",
    "x" * 400,
)
WEBP = base64.b64decode("UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA")


async def _told(_: Request, error: Exception) -> Response:
    assert isinstance(error, DokangoError)
    return JSONResponse({"words": str(error)}, error.status)


SITE = Starlette(routes=ROUTES, exception_handlers={DokangoError: _told})


@pytest.fixture(autouse=True)
def _data_dir(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    monkeypatch.setenv("DOKANGO_DATA_DIR", str(tmp_path / "data"))
    settings.cache_clear()
    yield
    monkeypatch.undo()
    settings.cache_clear()


def huge() -> bytes:
    """A PNG of a few bytes that says it is 60,000 pixels wide and high."""
    head = b"IHDR" + struct.pack(">IIBBBBB", 60_000, 60_000, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + head + struct.pack(">I", zlib.crc32(head)) + b"0" * 50


async def send(desk: Desk, claim_id: int, content: bytes, name: str = "x.png", role: str = "owner") -> httpx.Response:
    tab = await desk.browser(role)
    transport = httpx.ASGITransport(app=SITE, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://shop", cookies={COOKIE: tab.secret}) as client:
        return await client.post(f"/upload/claim-photos/{claim_id}", files={"file": (name, content)})


def kept(shop: Shop, claim_id: int) -> list[str]:
    return [photo.name for photo in shop.db.read(lambda tx: rows.photos_of(tx, claim_id))]


@SQLITE_ALONE
async def test_a_photo_is_kept_by_its_content_whatever_its_name_says(desk: Desk, shop: Shop) -> None:
    opened = claim(shop, lost(shop))
    for name in NAMES:
        answer = await send(desk, opened.id, red_square(), name)
        assert (answer.status_code, answer.headers["location"]) == (303, f"/problems/claims/{opened.id}")
    [only] = kept(shop, opened.id)
    assert only.endswith(".png") and len(only) == 44
    assert [file.name for file in (settings().data_dir / FOLDER).iterdir()] == [only]


BAD = {
    "a page": b"<html><script>alert(1)</script>",
    "the beginning of a JPEG": b"\xff\xd8\xff" + b"garbage" * 50,
    "half a PNG": red_square()[:40],
    "no more than a WebP's head": b"RIFF\x20\0\0\0WEBPVP8 ",
    "more pixels than the press can hold": huge(),
    "nothing": b"",
}


@SQLITE_ALONE
@pytest.mark.parametrize("what", BAD)
async def test_what_no_paper_can_show_is_refused_in_a_sentence_and_not_kept(desk: Desk, shop: Shop, what: str) -> None:
    opened = claim(shop, lost(shop))
    answer = await send(desk, opened.id, BAD[what])
    assert answer.status_code == 303 and f"/problems/claims/{opened.id}?refused=" in answer.headers["location"]
    assert kept(shop, opened.id) == []
    assert not (settings().data_dir / FOLDER).exists()


@SQLITE_ALONE
async def test_a_closed_claim_and_a_role_that_only_looks_add_no_photo(desk: Desk, shop: Shop) -> None:
    opened = claim(shop, lost(shop))
    assert (await send(desk, opened.id, red_square(), role="viewer")).status_code == 403
    assert (await send(desk, 999_999, red_square())).status_code == 404
    refused(shop, opened)
    assert "closed+already" in (await send(desk, opened.id, red_square())).headers["location"]
    assert kept(shop, opened.id) == []


def test_every_kind_of_photo_that_is_taken_can_be_printed() -> None:
    for content, kind in ((red_square(), "png"), (WEBP, "webp")):
        check_photo(content, kind)


@SQLITE_ALONE
async def test_a_photo_that_went_bad_on_the_disk_does_not_keep_the_claim_from_its_paper(
    desk: Desk, shop: Shop, tmp_path: Path
) -> None:
    opened = claim(shop, lost(shop))
    await send(desk, opened.id, red_square())
    paper = shop.db.read(lambda tx: claim_paper(tx, opened.id))
    bad = tmp_path / "bad.png"
    bad.write_bytes(red_square()[:40])
    assert print_claim(paper, dict.fromkeys(paper.photos, bad)).startswith(b"%PDF")
