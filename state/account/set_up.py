"""Setting up a second step: the secret as a picture, a code of it as the proof, and the recovery codes, shown once."""

from __future__ import annotations

from typing import ClassVar

import reflex as rx
import segno

from dokango import process
from dokango.errors import Conflict
from dokango.people import second_step
from dokango.people.actor import Actor
from dokango.people.counts import counts
from dokango.people.sessions import SignedIn
from dokango.people.throttle import Throttle
from dokango.settings import settings
from dokango.shop.profile import load_profile
from dokango.shop.secrets import Vault
from state.kit.session import forget
from state.kit.shown_once import ShownOnce
from state.kit.work import read, write

_counts = counts(settings().redis_url)
# Three codes of a million are right at a time: at 50 tries a day a guesser needs years, and is seen in the list.
_tries = (Throttle("6 per 5 minutes", _counts), Throttle("50 per day", _counts))
_GROUP = 4
RESTORED = (
    "The shop was restored without its key, and cannot check the app's codes. Type a recovery code, or ask the owner to"
    " reset your second step."
)


class SetUp(ShownOnce, rx.State, mixin=True):
    """What both pages have that set a second step up: the one at sign-in, and one's own account."""

    qr: str = ""  # the picture, as a data URI
    secret: str = ""  # the same to be typed, in groups of four
    codes: list[str] = []
    secret_vars: ClassVar[tuple[str, ...]] = ("qr", "secret", "codes")
    _sealed: str = ""  # the secret that is offered; a reconnect offers the same

    async def _offer(self, login: str) -> None:
        """Show a secret to share with an app. Nothing is kept of it before a code has proved it."""
        shop, vault = await read(load_profile), vault_of_here()
        secret = vault.open(self._sealed) if self._sealed else second_step.make_secret()
        self._sealed = vault.seal(secret)
        picture = segno.make(second_step.uri_of(secret, login, shop.name), error="m")
        self.qr = picture.svg_data_uri(scale=5, border=3, light="#fff")
        self.secret = " ".join(secret[i : i + _GROUP] for i in range(0, len(secret), _GROUP))

    async def _keep(self, session: SignedIn, actor: Actor, code: str) -> None:
        """Set it up and show the recovery codes. Raises InvalidInput, Conflict, Throttled."""
        if not self._sealed:
            raise Conflict("The picture is not shown any more. Load the page anew and scan it again.")
        take_a_try(actor)
        vault, clock = vault_of_here(), process.clock()
        secret = vault.open(self._sealed)
        self.codes = await write(lambda tx: second_step.set_up(tx, session, actor, vault, secret, code, clock))
        self.qr = self.secret = self._sealed = ""
        forgive(actor)
        forget()


def take_a_try(actor: Actor) -> None:
    """Count a code that is typed; raises Throttled when it is one too many. Counted by person, from wherever."""
    for throttle in _tries:
        throttle.take("second-step", str(actor.id))


def forgive(actor: Actor) -> None:
    """The last code was right."""
    for throttle in _tries:
        throttle.forgive("second-step", str(actor.id))


def vault_of_here() -> Vault:
    """The vault of this installation."""
    return Vault(settings().data_dir)
