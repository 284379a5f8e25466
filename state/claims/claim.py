"""One claim on its own page: what it is for, its photos, how its parcel left, and by when it must be answered."""

from __future__ import annotations

import reflex as rx

from dokango import topics
from dokango.errors import NotFound
from dokango.orders.claims.view import ClaimView, claim_view
from dokango.people.permissions import Permission
from state.claims.text import Row, claim_in_words, happened_in_words, lines_in_words, photos_in_words
from state.kit import live
from state.kit.payload import words
from state.kit.session import allow
from state.kit.work import now_us


class ClaimState(rx.State):
    """Everything of one claim, in words; `refused` says why a photo was not taken."""

    claim: Row = {}
    lines: list[Row] = []
    photos: list[Row] = []
    happened: list[Row] = []
    refused: str = ""
    missing: str = ""
    loading: bool = True
    _claim_id: int = 0

    @rx.event
    @allow(Permission.VIEW_ORDERS)
    async def load(self) -> None:
        """The page's on_load: the claim's id is the last part of the path."""
        asked = self.router.url.path.rstrip("/").rpartition("/")[2]
        self._claim_id = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 18 else 0
        self.refused = words(self.router.url.query_parameters.get("refused", ""), 400)
        live.watch(self, topics.ORDERS)
        await self._refresh()

    async def _refresh(self) -> None:
        claim_id, now = self._claim_id, now_us()
        try:
            view: ClaimView = await live.once(("claim", claim_id), lambda tx: claim_view(tx, claim_id))
        except NotFound as error:
            self.missing, self.loading, self.claim = f"{error} Look for it in the list of claims.", False, {}
            return
        self.claim, self.lines, self.photos = claim_in_words(view, now), lines_in_words(view), photos_in_words(view)
        self.happened, self.missing, self.loading = happened_in_words(view), "", False
