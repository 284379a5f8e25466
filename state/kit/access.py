"""Who may call a handler. Every public method of a State is open to any browser, so each one must say so here.

    class OrdersState(rx.State):
        @rx.event
        @allow(Permission.VERIFY_PAYMENT)          # staff whose role holds it
        async def verify(self, form: dict[str, str]) -> AsyncGenerator:
            actor = current_actor()                # who is calling; never taken from the payload
            ...

        @rx.event
        @allow_public                              # anyone: storefront, sign-in page
        async def add_to_cart(self, sku: str) -> None: ...

        @rx.event
        @allow_customer                            # anyone: acts only on the order of the 128-bit link in the URL
        async def cancel_mine(self) -> None: ...

        @rx.event
        @allow_arriving                            # who has given the password and is still asked for more
        async def set_password(self, form: dict[str, str]) -> Any:
            session = current_session()            # theirs alone is acted on
            ...

A handler without one of these is refused by the gate (dokango_web/gate.py) and fails a test. `@allow(A, B)` wants both;
`@allow_staff` any signed-in member of staff. Helpers on a State begin with `_`.

The decorator also turns a DokangoError into a toast with its sentence (feedback.py); in a form (form.py) it stands at
its field instead, or above them.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import AsyncGenerator, Callable, Generator
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, TypeVar

from dokango.errors import DokangoError, NotSignedIn
from dokango.people.actor import Actor, customer
from dokango.people.permissions import Permission
from dokango.people.sessions import SignedIn
from state.kit.feedback import toast_of

F = TypeVar("F", bound=Callable[..., Any])
_ATTRIBUTE = "_dokango_access"
VISITOR = customer("Visitor")
_caller: ContextVar[SignedIn | None] = ContextVar("caller", default=None)


@dataclass(frozen=True, slots=True)
class Access:
    """What a handler declared: open to anyone, or to staff who hold all of `permissions`.

    `arriving`: to staff of whom something is still asked as well.
    """

    public: bool = False
    arriving: bool = False
    permissions: frozenset[Permission] = frozenset()

    def admits(self, actor: Actor | None) -> bool:
        """Whether `actor` (None: nobody is signed in) may call."""
        if self.public:
            return True
        return actor is not None and actor.is_staff and all(actor.may(p) for p in self.permissions)


def allow(*permissions: Permission) -> Callable[[F], F]:
    """Staff who hold every one of `permissions`."""
    if not permissions:
        raise TypeError("allow() needs a permission; use allow_staff for any member of staff")
    return _declare(Access(permissions=frozenset(permissions)))


def allow_staff(handler: F) -> F:
    """Any signed-in member of staff."""
    return _declare(Access())(handler)


def allow_arriving(handler: F) -> F:
    """Staff who have given their password, though something is still asked before anything else opens to them."""
    return _declare(Access(arriving=True))(handler)


def allow_public(handler: F) -> F:
    """Anyone at all; the handler must not show or change anything of the staff's."""
    return _declare(Access(public=True))(handler)


def allow_customer(handler: F) -> F:
    """Anyone; the handler finds its order by the secret link alone, and acts as that order's customer."""
    return _declare(Access(public=True))(handler)


def access_of(handler: Any) -> Access | None:
    """What `handler` (a function, or a registered EventHandler) declared, or None."""
    return getattr(getattr(handler, "fn", handler), _ATTRIBUTE, None)


def current_actor() -> Actor:
    """The member of staff who calls this handler, as the gate found them. Raises NotSignedIn for anybody else."""
    actor = actor_of(_caller.get())
    if actor is None:
        raise NotSignedIn
    return actor


def current_session() -> SignedIn:
    """The session that calls this handler, whatever is still asked of it. Raises NotSignedIn without one."""
    found = _caller.get()
    if found is None:
        raise NotSignedIn
    return found


def actor_of(found: SignedIn | None) -> Actor | None:
    """Who acts in a session; None without one, and while something is still asked."""
    return found.actor if found is not None and found.asked is None else None


def visitor() -> Actor:
    """Who is calling, when nobody need be signed in: the member of staff, or a visitor."""
    return actor_of(_caller.get()) or VISITOR


def set_caller(found: SignedIn | None) -> None:
    """For the gate and the live refresh only: in whose session this task acts from now on."""
    _caller.set(found)


def _declare(access: Access) -> Callable[[F], F]:
    def decorate(handler: F) -> F:
        wrapped: F = _telling(handler)
        setattr(wrapped, _ATTRIBUTE, access)
        return wrapped

    return decorate


def _telling(fn: Any) -> Any:
    """`fn`, with a DokangoError told to the person instead of raised; of the same kind as `fn` was."""
    if inspect.isasyncgenfunction(fn) or inspect.iscoroutinefunction(fn):
        return _telling_later(fn)
    if inspect.isgeneratorfunction(fn):

        @functools.wraps(fn)
        def steps(*args: Any, **kwargs: Any) -> Generator[Any, Any, Any]:
            try:
                return (yield from fn(*args, **kwargs))
            except DokangoError as error:
                yield toast_of(error)

        return steps

    @functools.wraps(fn)
    def plain(*args: Any, **kwargs: Any) -> Any:
        try:
            return fn(*args, **kwargs)
        except DokangoError as error:
            return toast_of(error)

    return plain


def _telling_later(fn: Any) -> Any:
    """The same for what is awaited."""
    if inspect.isasyncgenfunction(fn):

        @functools.wraps(fn)
        async def async_steps(*args: Any, **kwargs: Any) -> AsyncGenerator[Any, None]:
            try:
                async for step in fn(*args, **kwargs):
                    yield step
            except DokangoError as error:
                yield toast_of(error)

        return async_steps

    @functools.wraps(fn)
    async def coroutine(*args: Any, **kwargs: Any) -> Any:
        try:
            return await fn(*args, **kwargs)
        except DokangoError as error:
            return toast_of(error)

    return coroutine
