"""The one gate. Every event of every browser passes here before anything of a State is touched; what is not declared is
refused.

Reflex lets any browser call any public method of any State. So a handler says who may call it (`state.access`), the
gate finds out who is calling (the session cookie, never the client token), and nothing else gets through: no `.setvar`,
no handler without a declaration. A tab whose user changed (sign-out, sign-in, a borrowed client token) loses all that
its states held before the event goes on.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

import reflex as rx
from reflex.middleware.middleware import Middleware
from reflex.state import BaseState, StateUpdate
from reflex_base.event import Event
from reflex_base.registry import RegistrationContext

from dokango.errors import DokangoError, NotAllowed, NotSignedIn
from state.kit.access import access_of, set_current_actor
from state.kit.feedback import toast_of
from state.kit.session import actor_of, settle_owner, signed_in
from state.kit.shown_once import forget_shown

log = logging.getLogger(__name__)

_ROOT = "reflex___state____state"
_ON_LOAD = f"{_ROOT}.reflex___state____on_load_internal_state"


def _booleans(payload: Mapping[str, Any]) -> bool:
    return set(payload) == {"value"} and isinstance(payload["value"], bool)


def _nothing(payload: Mapping[str, Any]) -> bool:
    return not payload


def _boot(payload: Mapping[str, Any]) -> bool:
    hashes = payload.get("hashes")
    return (
        set(payload) <= {"vars", "hashes"}
        and isinstance(payload.get("vars") or {}, dict)
        and (hashes is None or (isinstance(hashes, list) and all(isinstance(h, str) for h in hashes)))
    )


def _storage(payload: Mapping[str, Any]) -> bool:
    return set(payload) == {"vars"} and isinstance(payload["vars"], dict)


def _report(payload: Mapping[str, Any]) -> bool:
    return set(payload) == {"info", "component_stack"} and all(
        isinstance(text, str) and len(text) < 20_000 for text in payload.values()
    )


# Reflex's own events, which no page works without, each with the only payload it is let through with.
INTERNAL = {
    f"{_ROOT}.hydrate": _nothing,
    f"{_ROOT}.hydrate_and_load": _boot,
    f"{_ROOT}.set_is_hydrated": _booleans,
    f"{_ON_LOAD}.on_load_internal": _nothing,
    f"{_ON_LOAD}.set_is_hydrated": _booleans,
    f"{_ROOT}.reflex___state____update_vars_internal_state.update_vars_internal": _storage,
    f"{_ROOT}.reflex___state____frontend_event_exception_state.handle_frontend_exception": _report,
}
# Those that show a page anew: what was shown once is gone by then.
_SHOW_ANEW = {f"{_ROOT}.hydrate", f"{_ROOT}.hydrate_and_load", f"{_ON_LOAD}.on_load_internal"}


class Gate(Middleware):
    """Deny by default."""

    async def preprocess(self, app: rx.App, state: BaseState, event: Event) -> StateUpdate | None:
        """None lets the event through; a StateUpdate is the answer to one that is refused."""
        headers = state._get_root_state().router_data.get("headers", {})
        found = await signed_in(headers)
        await settle_owner(state, found)
        actor = actor_of(found)
        set_current_actor(actor)
        if event.name in _SHOW_ANEW:
            await forget_shown(state)
        payload = event.payload
        if not isinstance(payload, dict):
            return await _refused(state, event, "the payload is no object")
        if (admits := INTERNAL.get(event.name)) is not None:
            return None if admits(payload) else await _refused(state, event, "an odd payload")
        registered = RegistrationContext.get().event_handlers.get(event.name)
        access = access_of(registered.handler) if registered else None
        if access is None:
            return await _refused(state, event, "not declared")
        if access.admits(actor):
            return None
        if actor is None:
            return await _sign_in_first(state, event)
        missing = next((p for p in sorted(access.permissions) if not actor.may(p)), "staff")
        return await _refused(state, event, missing, NotAllowed(missing))


async def _refused(state: BaseState, event: Event, why: str, error: DokangoError | None = None) -> StateUpdate:
    log.warning("refused %s: %s", event.name[:200], why)
    return await _answer(state, toast_of(error or NotAllowed("this", "That is not possible here.")))


async def _sign_in_first(state: BaseState, event: Event) -> StateUpdate:
    """Nobody is signed in: to the sign-in page, and back here afterwards."""
    log.info("not signed in for %s", event.name[:200])
    here = str(state._get_root_state().router_data.get("asPath", ""))[:500]
    return await _answer(state, toast_of(NotSignedIn()), rx.redirect(f"/sign-in?next={quote(here, safe='')}"))


async def _answer(state: BaseState, *specs: Any) -> StateUpdate:
    root = state._get_root_state()
    delta = await root._get_resolved_delta()
    root._clean()
    return StateUpdate(delta=delta, events=Event.from_event_type(list(specs)))
