"""Photos of wallets as pages show them."""

from __future__ import annotations

from collections.abc import Iterable

from dokango.clock import said
from dokango.payments.wallet_photos import Photo


def photo_address(name: str) -> str:
    """Where a photo is seen; "" for none."""
    return f"/wallet/photos/{name}" if name else ""


def photos_in_words(photos: Iterable[Photo]) -> list[dict[str, str]]:
    """Each with its address, and who put it there and when."""
    return [{"src": photo_address(photo.name), "said": f"{said(photo.added_at)}, {photo.added_by}"} for photo in photos]
