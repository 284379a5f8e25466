"""Pictures that staff upload: kept under the hash of their content, served under /media, added to their product."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import bindparam, select, update

from dokango import audit, topics
from dokango.catalogue.models import Product
from dokango.clock import Clock
from dokango.db import Statement, Tx, table_of, typed
from dokango.errors import InvalidInput, NotFound
from dokango.people.actor import Actor
from dokango.people.permissions import Permission

FOLDER = "pictures"
TYPES = {"png": "image/png", "jpg": "image/jpeg", "webp": "image/webp"}
MOST_PICTURES = 12
_NAME = re.compile(r"[0-9a-f]{40}\.(png|jpg|webp)")
_P = table_of(Product)


class _Shown(NamedTuple):
    title: str
    images: str


_IMAGES = typed(_Shown, select(_P.c.title, _P.c.images).where(_P.c.id == bindparam("which")).with_for_update())
_SET = Statement(update(_P).where(_P.c.id == bindparam("which")).values(images=bindparam("new_images")))


def store_picture(data_dir: Path, kind: str, content: bytes, *, folder: str = FOLDER) -> str:
    """Keep a picture whose content was checked to be of `kind` (a key of TYPES); its address."""
    name = f"{hashlib.sha256(content).hexdigest()[:40]}.{kind}"
    path = data_dir / folder / name
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not path.exists():
        half = path.with_suffix(".half")
        half.write_bytes(content)
        half.replace(path)
    return f"/media/{name}"


def is_kept(address: str) -> bool:
    """Whether this is the address of a picture that was uploaded here."""
    return address.startswith("/media/") and _NAME.fullmatch(address.removeprefix("/media/")) is not None


def picture_file(data_dir: Path, name: str, *, folder: str = FOLDER) -> tuple[Path, str]:
    """The file and the type of /media/‹name›; raises NotFound, for anything that is not one of ours too."""
    match = _NAME.fullmatch(name)
    path = data_dir / folder / name
    if match is None or not path.is_file():
        raise NotFound("picture", name[:60])
    return path, TYPES[match[1]]


def add_picture(tx: Tx, actor: Actor, clock: Clock, product_id: int, address: str) -> None:
    """Put a picture at the end of the product's. Raises NotAllowed, NotFound, InvalidInput when there are too many."""
    title, images = _images(tx, actor, product_id)
    if len(images) >= MOST_PICTURES:
        raise InvalidInput({"file": f"A product has at most {MOST_PICTURES} pictures. Take one out first."})
    if address not in images:
        _keep(tx, actor, clock, product_id, title, [*images, address], "picture added")


def drop_picture(tx: Tx, actor: Actor, clock: Clock, product_id: int, address: str) -> None:
    """Take a picture off the product; its file stays, for orders show it. Raises NotAllowed, NotFound."""
    title, images = _images(tx, actor, product_id)
    if address in images:
        left = [image for image in images if image != address]
        _keep(tx, actor, clock, product_id, title, left, "picture taken out")


def put_first(tx: Tx, actor: Actor, clock: Clock, product_id: int, address: str) -> None:
    """Let this picture be the one that lists show. Raises NotAllowed, NotFound."""
    title, images = _images(tx, actor, product_id)
    if address in images[1:]:
        rest = [image for image in images if image != address]
        _keep(tx, actor, clock, product_id, title, [address, *rest], "picture put first")


def _images(tx: Tx, actor: Actor, product_id: int) -> tuple[str, list[str]]:
    actor.require(Permission.EDIT_PRODUCTS)
    row = tx.one(_IMAGES, which=product_id)
    if row is None:
        raise NotFound("product", product_id)
    return row.title, json.loads(row.images)


def _keep(tx: Tx, actor: Actor, clock: Clock, product_id: int, title: str, images: list[str], words: str) -> None:
    tx.run(_SET, which=product_id, new_images=json.dumps(images, ensure_ascii=False))
    now_us = clock.now_us()
    audit.record(
        tx, key=f"product_changed:{product_id}:{now_us}", action="product_changed", actor=actor.name,
        actor_kind=actor.kind, now_us=now_us, note=f"{title}: {words}", data={"product": product_id},
    )  # fmt: skip
    tx.changed(topics.CATALOGUE)
