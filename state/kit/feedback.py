"""What a person is told after a click: a toast that says what happened, or what went wrong and what was kept.

    return done("Payment of ৳2,500 received.")      # from a handler, or `yield done(...)`
    raise Refused(...)                               # any DokangoError that leaves a handler becomes a toast by itself

Errors by field, pending buttons and presses that act once are the frame's of each form (form.py).
"""

from __future__ import annotations

import logging
from collections.abc import Callable

import reflex as rx
from reflex.event import EventSpec

from dokango.errors import Busy, Conflict, DokangoError, InvalidInput, NotSignedIn, Throttled
from dokango.orders.lifecycle.undoable import UNDO_FOR_S

log = logging.getLogger(__name__)
_ERROR_MS = 9_000
_DONE_MS = 4_000


def done(sentence: str, undo: EventSpec | None = None) -> EventSpec:
    """A toast for something that worked; with a button that takes it back where `undo` is that, for as long as it may.

    Its key is z, or Ctrl-Z, where no field has the focus (assets/desk.js).
    """
    if undo is None:
        return _toast(rx.toast.success, sentence, _DONE_MS)
    return _toast(rx.toast.success, sentence, UNDO_FOR_S * 1_000, action={"label": "Undo", "on_click": undo})


def told(sentence: str) -> EventSpec:
    """A toast that only informs."""
    return _toast(rx.toast.info, sentence, _DONE_MS)


def warned(sentence: str) -> EventSpec:
    """A toast for something to look at."""
    return _toast(rx.toast.warning, sentence, _ERROR_MS)


def toast_of(error: DokangoError) -> EventSpec:
    """The toast of an expected failure: its own sentence."""
    mild = isinstance(error, Conflict | InvalidInput | Throttled | Busy | NotSignedIn)
    show = rx.toast.warning if mild else rx.toast.error
    return _toast(show, str(error), _ERROR_MS)


def unexpected(exception: Exception) -> EventSpec:
    """For rx.App(backend_exception_handler=…): log what nobody foresaw, and tell the person without its details."""
    if isinstance(exception, DokangoError):
        return toast_of(exception)
    log.error("a handler failed", exc_info=exception)
    return _toast(
        rx.toast.error,
        "Something went wrong on our side and was written down. Reload the page to see what stands, then try again.",
        _ERROR_MS,
    )


def _toast(show: Callable[..., EventSpec], sentence: str, duration_ms: int, **more: object) -> EventSpec:
    """The sentence is its own id: said again it takes its own place, and no stack of the same grows."""
    return show(sentence, duration=duration_ms, id=sentence, **more)
