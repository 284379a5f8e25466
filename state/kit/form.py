"""One frame for "save this form": a state that holds a form names how it is read and what is done with it.

    class HandoverState(Form, rx.State):
        @rx.event
        @allow(Permission.SHIP)
        @sends(lambda self, typed: handover_of(typed))      # words → command; raises InvalidInput, one sentence a field
        async def hand_over(self, command: Ship) -> Any:    # runs when the words could be read; what it returns is told
            await write(lambda tx: perform_once(tx, ..., command))
            self.is_open = False
            return done("…")

What the frame does for all of them:

- While the work runs `pending` is set; InvalidInput goes under its fields (`errors`), any other DokangoError above them
  (`failure`), and what was typed stays in the browser.
- A press acts once. `press` marks one showing of the form and comes back with what was typed (components/ui/form.py):
  the same words of the same showing again do nothing, whether they come at once or later, and so do words of a showing
  that is over. `_anew()` begins a showing: call it where the form is opened or loaded.
- A sentence under a field goes once the field is left with other words that can be read (`mend`).
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import secrets
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, TypeVar

import reflex as rx

from dokango.errors import DokangoError, InvalidInput
from state.kit.access import allow_public
from state.kit.feedback import told, warned
from state.kit.payload import fields, words

T = TypeVar("T")
Typed = dict[str, str]
PRESS = "press"
_ATTRIBUTE = "_dokango_form"


class Form(rx.State, mixin=True):
    """The vars and the handler that every form has. What a place does otherwise, it overrides below."""

    errors: dict[str, str] = {}
    failure: str = ""
    pending: bool = False
    press: str = ""
    _sent_press: str = ""  # the showing that was taken last, and a print of its words
    _sent_words: str = ""
    _asked: str = ""  # the handler that was refused last
    _refused: dict[str, str] = {}  # a print of what each wrong field held; never the words, which may be a secret

    no_errors: ClassVar[Mapping[str, str]] = {}  # every field that can be wrong, where the page reads errors["name"]
    most_chars: ClassVar[int] = 2_000  # of one field; what is longer is cut before anything reads it
    look_below: ClassVar[str] = ""  # said above the fields when some of them are wrong

    @rx.event
    @allow_public
    async def mend(self, name: str, typed: str) -> None:
        """A wrong field was left: its sentence goes when it holds something else that can be read. Only this tab's
        own words are looked at."""
        typed = words(typed, self.most_chars)
        if not isinstance(name, str) or not self.errors.get(name) or self._refused.get(name) == self._print(typed):
            return
        if not self._still_wrong(name, typed):
            self._mended(name)

    def _anew(self) -> None:
        """Begin a showing: nothing wrong yet, and no press of it was taken."""
        self.errors, self.failure, self.pending = dict(self.no_errors), "", False
        self.press = secrets.token_urlsafe(9)

    def _seen_anew(self) -> None:
        """Somebody else changed what the form shows: the same words sent again are a new wish."""
        if not self.pending:
            self._sent_words = ""

    def _begin(self, typed: Typed) -> None:
        """Before the page shows that the work runs."""

    def _is_shown(self) -> bool:
        """Whether the form is on the screen; words of a closed dialog are an echo."""
        return True

    def _on_page(self, wrong: Mapping[str, str]) -> dict[str, str]:
        """Sentences by the core's names of fields → by the page's."""
        return dict(wrong)

    async def _say_wrong(self, error: InvalidInput) -> Any:
        """Each sentence under its field; what no field shows stands above them."""
        wrong = self._on_page(error.fields)
        known = self.no_errors or wrong
        nowhere = " ".join(sentence for name, sentence in wrong.items() if name not in known)
        self.errors = {**self.no_errors, **{name: sentence for name, sentence in wrong.items() if name in known}}
        self.failure = nowhere or self.look_below

    async def _say_refused(self, error: DokangoError) -> Any:
        """An expected failure that is no field's."""
        self.failure = str(error)

    def _say_again(self) -> Any:
        """The same words came a second time, and the form stands open."""
        return told("Nothing was changed.")

    def _say_over(self) -> Any:
        """The words belong to a showing that nobody sees any more."""
        return warned("This form was shown anew meanwhile. Nothing was done; look at it again, then send it once more.")

    def _still_wrong(self, name: str, typed: str) -> bool:
        """Whether the field `name` still cannot be read by itself."""
        spec = form_of(type(self).event_handlers.get(self._asked))
        try:
            if spec is not None:
                spec.read(self, {name: typed})
        except InvalidInput as error:
            return name in self._on_page(error.fields)
        return False

    def _mended(self, name: str) -> None:
        self.errors = {**self.errors, name: ""}
        if not any(self.errors.values()):
            self.failure = ""

    def _echo(self, press: str, sent: str) -> tuple[bool, Any]:
        """Whether this press was taken already or may not be taken any more, and what is said of it."""
        if self.pending or (press == self._sent_press and (press != self.press or not self._is_shown())):
            return True, None
        if press != self.press or not self._is_shown():
            return True, self._say_over()
        return (True, self._say_again()) if sent == self._sent_words else (False, None)

    async def _refuse(self, name: str, typed: Typed, error: DokangoError) -> Any:
        self.errors, self.failure = dict(self.no_errors), ""
        if not isinstance(error, InvalidInput):
            return await self._say_refused(error)
        answer = await self._say_wrong(error)
        self._asked = name
        self._refused = {field: self._print(typed.get(field, "")) for field, said in self.errors.items() if said}
        return answer

    def _print(self, typed: str) -> str:
        return hashlib.blake2b(typed.encode("utf-8", "replace"), key=self.press.encode(), digest_size=12).hexdigest()


@dataclass(frozen=True, slots=True)
class FormSpec:
    """How a handler's form is read."""

    read: Callable[[Any, Typed], Any]


def form_of(handler: Any) -> FormSpec | None:
    """The form that `handler` (a function, or a registered EventHandler) sends, or None."""
    return getattr(getattr(handler, "fn", handler), _ATTRIBUTE, None)


def as_typed(_: Any, typed: Typed) -> Typed:
    """The reading of a form whose words the work itself reads."""
    return typed


def sends(
    read: Callable[[Any, Typed], T], *, apart: bool = False
) -> Callable[[Callable[[Any, T], Awaitable[Any]]], Callable[..., AsyncGenerator[Any, None]]]:
    """Put a handler into the frame. `apart`: it is a background event, which takes the tab's lock itself."""

    def decorate(work: Callable[[Any, T], Awaitable[Any]]) -> Callable[..., AsyncGenerator[Any, None]]:
        async def send(self: Any, form: dict[str, Any]) -> AsyncGenerator[Any, None]:
            async for step in _send(self, work.__name__, form, read, work, apart=apart):
                yield step

        return _named(send, work, FormSpec(read))

    return decorate


def sends_nothing(work: Callable[[Any], Awaitable[Any]]) -> Callable[..., AsyncGenerator[Any, None]]:
    """The same for a dialog that only asks whether one is sure."""

    async def send(self: Any) -> AsyncGenerator[Any, None]:
        async for step in _send(self, work.__name__, {}, as_typed, lambda state, _: work(state)):
            yield step

    return _named(send, work, FormSpec(as_typed))


async def _send(
    state: Any,
    name: str,
    form: Any,
    read: Callable[[Any, Typed], T],
    work: Callable[[Any, T], Awaitable[Any]],
    *,
    apart: bool = False,
) -> AsyncGenerator[Any, None]:
    typed = fields(form, state.most_chars)
    lock: contextlib.AbstractAsyncContextManager[Any] = state if apart else contextlib.nullcontext()
    async with lock:
        press = typed.pop(PRESS, state.press)
        sent = state._print(json.dumps([name, press, typed], sort_keys=True))
        is_echo, answer = state._echo(press, sent)
        if not is_echo:
            state.pending, state.errors, state.failure = True, dict(state.no_errors), ""
            state._begin(typed)
    yield answer
    if is_echo:
        return
    try:
        async with lock:
            command = read(state, typed)
        answer = await work(state, command)
        async with lock:
            state._sent_press, state._sent_words = press, sent
    except DokangoError as error:
        async with lock:
            answer = await state._refuse(name, typed, error)
    finally:
        async with lock:
            state.pending = False
    yield answer


def _named(
    send: Callable[..., AsyncGenerator[Any, None]], work: Any, spec: FormSpec
) -> Callable[..., AsyncGenerator[Any, None]]:
    """`send` under the name of `work`, but with its own arguments: these are what the browser sends."""
    send.__name__, send.__qualname__ = work.__name__, work.__qualname__
    send.__module__, send.__doc__ = work.__module__, work.__doc__
    setattr(send, _ATTRIBUTE, spec)
    return send
