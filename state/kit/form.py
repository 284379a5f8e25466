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
- A form over an order (`over=ORDER`) carries the order's number and version as they were on the screen, in fields of
  its own (`sent_form(seen=…)`). The work acts on `self._shown_for` and on nothing else; a form that names no order is
  refused. One over many (`over=ORDERS`) has such a field for each of them: `each_seen`.
- A sentence under a field goes once the field is left with other words that can be read (`mend`).
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import secrets
from collections.abc import AsyncGenerator, Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, TypeVar

import reflex as rx

from dokango.errors import DokangoError, InvalidInput
from state.kit.access import allow_public
from state.kit.feedback import told, warned
from state.kit.payload import fields, words
from state.kit.seen import Seen, seen_in, taken_from

T = TypeVar("T")
Typed = dict[str, str]
PRESS = "press"
ORDER, ORDERS = "order", "orders"  # what a form acts on, as it was seen; "" for anything else
_LONGEST_NAME = 200
_ATTRIBUTE = "_dokango_form"


class Form(rx.State, mixin=True):
    """The vars and the handler that every form has. What a place does otherwise, it overrides below."""

    errors: dict[str, str] = {}
    failure: str = ""
    pending: bool = False
    press: str = ""
    _sent_press: str = ""  # the showing that was taken last, and a print of its words
    _sent_words: str = ""
    _shown_for: Seen = Seen()  # the order that the form under work was shown for
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
        typed, name = words(typed, self.most_chars), words(name, _LONGEST_NAME)
        under = self._stands_under(name)
        is_another = self._refused.get(under) != self._print(typed)
        if self.errors.get(under) and is_another and not self._still_wrong(name, typed):
            self._mended(under)

    def _anew(self) -> None:
        """Begin a showing: nothing wrong yet, and no press of it was taken."""
        self.errors, self.failure, self.pending = dict(self.no_errors), "", False
        self._next_press()

    def _next_press(self) -> None:
        """What is on the screen now asks for a press of its own: one that was meant for what stood there is over."""
        self.press = secrets.token_urlsafe(9)

    def _seen_anew(self) -> None:
        """Somebody else changed what the form shows: the same words sent again are a new wish."""
        if not self.pending:
            self._sent_words = ""

    def _begin(self, name: str, typed: Typed) -> None:
        """Before the page shows that the work of the handler `name` runs."""

    def _is_shown(self, name: str) -> bool:
        """Whether the form of the handler `name` is on the screen; words of a closed dialog are an echo."""
        return True

    def _on_page(self, wrong: Mapping[str, str], typed: Typed) -> dict[str, str]:
        """Sentences by the core's names of fields → by the page's; `typed` is what was sent."""
        return dict(wrong)

    def _stands_under(self, name: str) -> str:
        """Where what is wrong with the field `name` is said: at several fields there may be one sentence."""
        return name

    def _fields(self) -> Collection[str]:
        """The fields that can show a sentence; none named: each that is wrong does."""
        return self.no_errors

    async def _say_wrong(self, error: InvalidInput, typed: Typed) -> Any:
        """Each sentence under its field; what no field shows stands above them."""
        wrong = self._on_page(error.fields, typed)
        known = self._fields() or wrong
        nowhere = " ".join(sentence for name, sentence in wrong.items() if name not in known)
        self.errors = {**self.no_errors, **{name: sentence for name, sentence in wrong.items() if name in known}}
        self.failure = nowhere or self.look_below

    async def _say_refused(self, error: DokangoError, typed: Typed) -> Any:
        """An expected failure that is no field's."""
        self.failure = str(error)

    async def _say_again(self) -> Any:
        """The same words came a second time, and the form stands open."""
        return told("Nothing was changed.")

    async def _say_over(self) -> Any:
        """The words belong to a showing that nobody sees any more."""
        return warned("This form was shown anew meanwhile. Nothing was done; look at it again, then send it once more.")

    def _still_wrong(self, name: str, typed: str) -> bool:
        """Whether the field `name` still cannot be read by itself."""
        spec = form_of(type(self).event_handlers.get(self._asked))
        try:
            if spec is not None:
                spec.read(self, {name: typed})
        except InvalidInput as error:
            return self._stands_under(name) in self._on_page(error.fields, {name: typed})
        return False

    def _mended(self, name: str) -> None:
        self.errors = {**self.errors, name: ""}
        if not any(self.errors.values()):
            self.failure = ""

    async def _echo(self, name: str, press: str, sent: str) -> tuple[bool, Any]:
        """Whether this press was taken already or may not be taken any more, and what is said of it."""
        is_over = press != self.press or not self._is_shown(name)
        if self.pending or (is_over and press == self._sent_press):
            return True, None
        if is_over:
            return True, await self._say_over()
        return (True, await self._say_again()) if sent == self._sent_words else (False, None)

    async def _refuse(self, name: str, typed: Typed, error: DokangoError) -> Any:
        self.errors, self.failure, self._asked = dict(self.no_errors), "", name
        if isinstance(error, InvalidInput):
            answer = await self._say_wrong(error, typed)
        else:
            answer = await self._say_refused(error, typed)
        wrong = {name for name, said in self.errors.items() if said}
        self._refused = {at: self._print(said) for at, said in self._by_place(typed).items() if at in wrong}
        return answer

    def _by_place(self, typed: Typed) -> dict[str, str]:
        """What was typed, by where a sentence of it stands."""
        return {self._stands_under(field): said for field, said in typed.items()}

    def _print(self, typed: str) -> str:
        return hashlib.blake2b(typed.encode("utf-8", "replace"), key=self.press.encode(), digest_size=12).hexdigest()


@dataclass(frozen=True, slots=True)
class FormSpec:
    """How a handler's form is read, and whether it is over an order or many."""

    read: Callable[[Any, Typed], Any]
    over: str = ""


def form_of(handler: Any) -> FormSpec | None:
    """The form that `handler` (a function, or a registered EventHandler) sends, or None."""
    return getattr(getattr(handler, "fn", handler), _ATTRIBUTE, None)


def as_typed(_: Any, typed: Typed) -> Typed:
    """The reading of a form whose words the work itself reads."""
    return typed


def sends(
    read: Callable[[Any, Typed], T], *, apart: bool = False, over: str = ""
) -> Callable[[Callable[[Any, T], Awaitable[Any]]], Callable[..., AsyncGenerator[Any, None]]]:
    """Put a handler into the frame. `apart`: it is a background event, which takes the tab's lock itself.

    `over`: ORDER when it acts on the order that the form was shown for, ORDERS when on many.
    """
    spec = FormSpec(read, over)

    def decorate(work: Callable[[Any, T], Awaitable[Any]]) -> Callable[..., AsyncGenerator[Any, None]]:
        async def send(self: Any, form: dict[str, Any]) -> AsyncGenerator[Any, None]:
            async for step in _send(self, work.__name__, form, spec, work, apart=apart):
                yield step

        return _named(send, work, spec)

    return decorate


async def _send(
    state: Any,
    name: str,
    form: Any,
    spec: FormSpec,
    work: Callable[[Any, Any], Awaitable[Any]],
    *,
    apart: bool = False,
) -> AsyncGenerator[Any, None]:
    typed = fields(form, state.most_chars)
    lock: contextlib.AbstractAsyncContextManager[Any] = state if apart else contextlib.nullcontext()
    async with lock:
        press = typed.pop(PRESS, state.press)
        sent = state._print(json.dumps([name, press, typed], sort_keys=True))
        is_echo, answer = await state._echo(name, press, sent)
        if not is_echo and not _names_what_it_is_over(spec, typed):
            is_echo, answer = True, await state._say_over()
        if not is_echo:
            if spec.over == ORDER:
                state._shown_for = taken_from(typed)
            state.pending, state.errors, state.failure = True, dict(state.no_errors), ""
            state._begin(name, typed)
    yield answer
    if is_echo:
        return
    try:
        async with lock:
            command = spec.read(state, typed)
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


def _names_what_it_is_over(spec: FormSpec, typed: Typed) -> bool:
    return spec.over != ORDER or bool(seen_in(typed).number)


def _named(
    send: Callable[..., AsyncGenerator[Any, None]], work: Any, spec: FormSpec
) -> Callable[..., AsyncGenerator[Any, None]]:
    """`send` under the name of `work`, but with its own arguments: these are what the browser sends."""
    send.__name__, send.__qualname__ = work.__name__, work.__qualname__
    send.__module__, send.__doc__ = work.__module__, work.__doc__
    setattr(send, _ATTRIBUTE, spec)
    return send
