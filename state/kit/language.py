"""English or Bangla: kept in a cookie, so that the pages that are answered without JavaScript speak it too."""

from __future__ import annotations

import reflex as rx

from dokango.language import ENGLISH, LOCALES
from state.kit.access import allow_public

COOKIE = "dokango_locale"
_A_YEAR_S = 365 * 86_400


class LanguageState(rx.State):
    """The visitor's language. The cookie is the browser's word: anything but a known language reads English."""

    locale: str = rx.Cookie(ENGLISH, name=COOKIE, path="/", max_age=_A_YEAR_S, same_site="lax")

    @rx.event
    @allow_public
    async def choose(self, locale: str) -> None:
        """Switch the language; the page's own `load` follows, so that what the server words is worded anew."""
        self.locale = known_locale(locale)


def known_locale(said: object) -> str:
    """`said` when it is one of ours, else English."""
    return said if isinstance(said, str) and said in LOCALES else ENGLISH


async def locale_of(state: rx.State) -> str:
    """The language of the tab that `state` belongs to."""
    return known_locale((await state.get_state(LanguageState)).locale)
