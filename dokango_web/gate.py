"""The one gate. Every event of every browser passes here before anything of a State is touched; what is not declared is
refused.

Reflex lets any browser call any public method of any State. So a handler says who may call it (`state.access`), the
gate finds out who is calling (the session cookie, never the client token), and nothing else gets through: no `.setvar`,
no handler without a declaration. A tab whose user changed (sign-out, sign-in, a borrowed client token) loses all that
its states held before the event goes on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import quote

import reflex as rx
from reflex.middleware.middleware import Middleware
from reflex.state import BaseState, StateUpdate
from reflex.utils.format import format_event_handler
from reflex_base.event import Event, EventHandler
from reflex_base.registry import RegistrationContext

from dokango.errors import DokangoError, NotAllowed
from dokango.people.sessions import SignedIn
from dokango_web.refusals import refused
from state.kit import presence
from state.kit.access import access_of, set_caller
from state.kit.feedback import toast_of
from state.kit.session import acted, actor_of, moved_on, secret_in, settle_owner, signed_in
from state.kit.shown_once import forget_shown

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

    _loads: frozenset[str] = frozenset()

    async def preprocess(self, app: rx.App, state: BaseState, event: Event) -> StateUpdate | None:
        """None lets the event through; a StateUpdate is the answer to one that is refused."""
        router_data = state._get_root_state().router_data
        headers = router_data.get("headers", {})
        found = _from(await signed_in(headers), router_data)
        await settle_owner(state, found)
        if await moved_on(state, str(router_data.get("asPath", ""))):
            presence.registry().leave(str(router_data.get("sid", "")))
            await acted(found)
        actor = actor_of(found)
        set_caller(found)
        if event.name in _SHOW_ANEW:
            await forget_shown(state)
        payload = event.payload
        if not isinstance(payload, dict):
            return await _refused(state, event, found, "the payload is no object")
        if (admits := INTERNAL.get(event.name)) is not None:
            return None if admits(payload) else await _refused(state, event, found, "an odd payload")
        registered = RegistrationContext.get().event_handlers.get(event.name)
        access = access_of(registered.handler) if registered else None
        if access is None:
            return await _refused(state, event, found, "not declared")
        if access.admits(actor) or (access.arriving and found is not None):
            if not self._loads_a_page(app, event.name):
                await acted(found)
            return None
        if actor is None:
            return await _sign_in_first(state, event, found)
        missing = next((p for p in sorted(access.permissions) if not actor.may(p)), "staff")
        return await _refused(state, event, found, missing, NotAllowed(missing))

    def _loads_a_page(self, app: rx.App, name: str) -> bool:
        """Whether an event is some page's on_load, which a reconnect sends as well as a person who comes."""
        if not self._loads:
            handlers = {handler for page in app._load_events.values() for handler in page}
            self._loads = frozenset(format_event_handler(h) for h in handlers if isinstance(h, EventHandler))
        return name in self._loads


def _from(found: SignedIn | None, router_data: Mapping[str, Any]) -> SignedIn | None:
    """With the address that the tab calls from, as the server's own socket knows it."""
    address = str(router_data.get("ip", ""))[:64]
    return None if found is None else replace(found, actor=replace(found.actor, address=address))


async def _refused(
    state: BaseState, event: Event, found: SignedIn | None, why: str, error: DokangoError | None = None
) -> StateUpdate:
    _note(state, event, why, found)
    return await _answer(state, toast_of(error or NotAllowed("this", "That is not possible here.")))


async def _sign_in_first(state: BaseState, event: Event, found: SignedIn | None) -> StateUpdate:
    """Nobody is signed in, or not wholly: to the sign-in page or its next step, and back here afterwards.

    That page says why, once; a page that opens sends many events, and a toast for each would be a stack of the same.
    """
    _note(state, event, "nobody is signed in", found)
    router_data = state._get_root_state().router_data
    here = quote(str(router_data.get("asPath", ""))[:500], safe="")
    if found is not None:
        return await _answer(state, rx.redirect(f"/sign-in/step?next={here}"))
    ended = "why=ended&" if secret_in(router_data.get("headers", {}).get("cookie", "")) else ""
    return await _answer(state, rx.redirect(f"/sign-in?{ended}next={here}"))


def _note(state: BaseState, event: Event, why: str, found: SignedIn | None) -> None:
    address = str(state._get_root_state().router_data.get("ip", ""))
    refused("gate", why, event.name, address=address, login=found.login if found else "")


async def _answer(state: BaseState, *specs: Any) -> StateUpdate:
    root = state._get_root_state()
    delta = await root._get_resolved_delta()
    root._clean()
    return StateUpdate(delta=delta, events=Event.from_event_type(list(specs)))
