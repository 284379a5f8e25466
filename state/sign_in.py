"""What the sign-in form says: why it is shown again, and what was typed."""

from __future__ import annotations

import reflex as rx

from state.kit.session import allow_public

_SENTENCES = {
    "wrong": "Login and password do not belong together. Check both and try again.",
    "out": "You are signed out.",
    "ended": "Your session has ended. Sign in to go on.",
}


class SignInState(rx.State):
    """Read from the URL, which is anybody's word: only known reasons become sentences."""

    sentence: str = ""
    failed: bool = False
    login: str = ""
    going_to: str = ""

    @rx.event
    @allow_public
    async def load(self) -> None:
        """The page's on_load."""
        query = self.router.url.query_parameters
        why = str(query.get("why", ""))
        self.failed = why in ("wrong", "throttled")
        self.sentence = _SENTENCES.get(why, "")
        if why == "throttled":
            wait = str(query.get("wait", ""))
            self.sentence = f"Too many tries. Wait {wait if wait.isdigit() else 300} seconds and try again."
        self.login = str(query.get("login", ""))[:200]
        self.going_to = str(query.get("next", ""))[:500]
