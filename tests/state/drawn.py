"""What the pages draw, found by walking them: so that a test meets a new dialog or form without being told of it."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from reflex.state import State
from reflex_base.registry import RegistrationContext
from reflex_components_core.el.elements.forms import Form

from dokango_web.dokango_web import SITE


@dataclass
class DrawnForm:
    """A form on a page whose press goes to `handler` (its full name) of `state`, and the names of its fields."""

    route: str
    state: type[State]
    handler: str
    names: set[str] = field(default_factory=set)

    @property
    def name(self) -> str:
        """The form as one speaks of it."""
        return f"{self.state.__name__}.{self.handler}"


def parts(component: Any) -> Iterator[Any]:
    """`component` and all that it draws: children, both sides of a condition, what stands in its props."""
    yield component
    for inner in [*component.children, *component._get_components_in_props()]:
        yield from parts(inner)


@functools.cache
def pages() -> tuple[tuple[str, Any], ...]:
    """Each page of the site map, built once: (route, component)."""
    return tuple((page.route, page.build()) for page in SITE)


def dialogs() -> set[tuple[str, str]]:
    """(full name of a state, its var) of all that opens a dialog on some page."""
    found = set()
    for _, page in pages():
        for part in parts(page):
            if type(part).__name__ == "DialogRoot" and (of := part.open._get_all_var_data()) is not None:
                found.add((of.state, of.field_name))
    return found


def forms() -> list[DrawnForm]:
    """Each form that sends what was typed to a handler of ours, once a handler."""
    found: dict[str, DrawnForm] = {}
    for route, page in pages():
        for part in parts(page):
            if isinstance(part, Form) and (name := _handler_of(part)):
                state, _, handler = name.rpartition(".")
                form = found.setdefault(name, DrawnForm(route, state_named(state), handler))
                form.names |= {said for inner in parts(part) if (said := _literal(getattr(inner, "name", None)))}
    return list(found.values())


def _literal(name: Any) -> str:
    """A field's name as the page was written; "" for one that each row makes."""
    value = getattr(name, "_var_value", "")
    return value if isinstance(value, str) else ""


def _handler_of(form: Form) -> str:
    chain = form.event_triggers.get("on_submit")
    handlers = [event.handler for event in getattr(chain, "events", ()) if hasattr(event, "handler")]
    registered = RegistrationContext.get().event_handlers
    return next((name for name, known in registered.items() if known.handler in handlers), "")


def state_named(full_name: str) -> type[State]:
    """The state called so."""
    return next(state for state in _under(State) if state.get_full_name() == full_name)


def _under(state: Any) -> Iterator[Any]:
    for inner in state.get_substates():
        yield inner
        yield from _under(inner)
