"""The photos beside one line of a wallet, and the way to add another."""

from __future__ import annotations

import reflex as rx

from dokango.numbers import whole_number
from dokango.payments.evidence import by_id
from dokango.payments.wallet_photos import photos_of_line
from dokango.people.permissions import Permission
from state.kit.dialog import Dialog
from state.kit.payload import words
from state.kit.session import allow
from state.kit.work import read
from state.wallet.photo_text import photos_in_words


class PhotosState(Dialog, rx.State):
    """The line whose photos are shown."""

    about: str = ""
    photos: list[dict[str, str]] = []
    upload: str = ""

    @rx.event
    @allow(Permission.VERIFY_PAYMENT)
    async def show(self, line_id: str) -> None:
        """Show those of one line."""
        wanted = whole_number(words(line_id, 20), "line", 1, 2**53)
        line, photos = await read(lambda tx: (by_id(tx, wanted), photos_of_line(tx, wanted)))
        self.about, self.photos = line.said[:200], photos_in_words(photos)
        self.upload = f"/upload/wallet-photos/lines/{line.id}"
        self.is_open = True
