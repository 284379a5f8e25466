"""The frame of a form (state/kit/form.py) as customers meet it: in their language, with the focus on what is wrong."""

from __future__ import annotations

from typing import Any, ClassVar

import reflex as rx

from dokango.errors import DokangoError, InvalidInput, Throttled
from dokango.language import said_digits, say
from dokango.orders.placing.checkout_form import still_wrong
from state.kit.feedback import warned
from state.kit.form import Form, Typed
from state.kit.language import locale_of


class CustomerForm(Form, mixin=True):
    """A form of the shop's own pages."""

    unfocused: ClassVar[frozenset[str]] = frozenset()  # fields without a control of that id

    async def _say_wrong(self, error: InvalidInput, typed: Typed) -> Any:
        locale = await locale_of(self)
        self.errors = {**self.no_errors, **self._in_language(error, locale)}
        first = next((name for name in self.no_errors if self.errors[name]), "")
        return rx.set_focus(first) if first and first not in self.unfocused else None

    async def _say_refused(self, error: DokangoError, typed: Typed) -> Any:
        if not isinstance(error, Throttled):
            raise error
        self.failure = too_many(error, await locale_of(self))

    async def _say_again(self) -> Any:
        """Nothing: what the first press did is on its way to the page."""

    async def _say_over(self) -> Any:
        return warned(say("no.changed", await locale_of(self)))

    def _in_language(self, error: InvalidInput, locale: str) -> dict[str, str]:
        """A sentence a field of the page, in the visitor's language."""
        raise NotImplementedError

    def _still_wrong(self, name: str, typed: str) -> bool:
        return still_wrong(name, typed)


def too_many(error: Throttled, locale: str) -> str:
    """When to come back."""
    return say("throttled", locale, minutes=said_digits(-(-error.retry_after_s // 60), locale))
